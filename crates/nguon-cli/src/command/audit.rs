//! `nguon audit`: replaying a log, once or for ever.

mod fault;
mod progress;
mod serve;
mod sound;

use std::path::{Path, PathBuf};

use nguon_core::trust::TrustRoot;
use nguon_witness::audit::Times;
use nguon_witness::{Audit, Source};

use crate::command::root;
use crate::command::witness::{policy, watching};
use crate::error::Error;
use crate::moment;
use crate::report::Report;
use crate::session::Session;
use progress::Watch;

const EXAMPLE: &str = "\
Examples:
  Audit a log where it is served, from its first leaf; stopped and run again, it goes on:
    nguon audit https://nguon.example --state audit

  Audit a backup, or a copy that another auditor made, without network:
    nguon audit backup-2026-07-01 --root root.nguon
    nguon audit /var/lib/nguon/audit --root root.nguon

  Audit tiles that lie on a static host or in a folder, with the records from the server:
    nguon audit https://tiles.example --records https://nguon.example
    nguon audit tiles --records https://nguon.example

  Be a map auditor of the trust root: follow the log and cosign what was replayed:
    nguon audit serve https://nguon.example --key auditor

An audit judges every record, log time, anchor, label and place code at its place, rebuilds the map,
and compares both with what the log signed. It needs as much memory as the log has records.

Exit codes: 0 the log keeps its rules, 1 it does not (the first fault is named by its leaf), 3 no
result. With --state a log that shows another history than at an earlier audit is caught.";

/// Options of `nguon audit`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    which: Option<Which>,
    /// Folder in which the audit keeps its copy, to go on from there next time [default: none is kept]
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
}

/// Subcommands of `nguon audit`.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Follow a log and cosign each checkpoint after replaying it whole, until stopped
    Serve(serve::Args),
}

/// Which log.
#[derive(Debug, clap::Args)]
struct Which {
    /// The log: a server's address, or a folder with a server's store, a backup of it, tiles, or an auditor's state
    #[arg(required = true, value_name = "URL|DIR")]
    log: String,
    /// Trust root version 1 of its deployment [default: the home's]
    #[arg(long, value_name = "FILE")]
    root: Option<PathBuf>,
    /// Address of a server that has the records, where the log's own place has only tiles
    #[arg(long, value_name = "URL")]
    records: Option<String>,
}

impl Which {
    fn trust(&self, session: &Session) -> Result<TrustRoot, Error> {
        let files: Vec<PathBuf> = self.root.clone().into_iter().collect();
        let roots = root::of_files(&session.home, &files)?;
        policy(&roots)?;
        Ok(roots.first().clone())
    }

    fn source(&self, trust: &TrustRoot) -> Result<Source, Error> {
        let records = self.records.as_deref();
        let source = if self.log.contains("://") {
            Source::at_address(&self.log, records)
        } else {
            Source::in_folder(Path::new(&self.log), records, trust.deployment())
        };
        source.map_err(watching)
    }
}

/// Does it.
pub fn run(session: &Session, args: Args) -> Result<Report, Error> {
    match (args.command, args.which) {
        (Some(Command::Serve(args)), _) => serve::run(session, args),
        (None, Some(which)) => once(session, &which, args.state.as_deref()),
        (None, None) => {
            Err(Error::caller("no log is named").next("name its address or folder; see `nguon audit --help`"))
        }
    }
}

fn once(session: &Session, which: &Which, state: Option<&Path>) -> Result<Report, Error> {
    let trust = which.trust(session)?;
    let source = which.source(&trust)?;
    let note = source.checkpoint().map_err(watching)?;
    let mut progress = Watch::new();
    let mut watch = |progressed| progress.tell(progressed);
    let mut audit = Audit::open(trust, state, &mut watch).map_err(watching)?;
    let times = Times { now: moment::now()?.get(), previous: None };
    match audit.follow(&note, &source, times, &mut watch) {
        Ok(audited) => sound::report(session, &audit, &audited),
        Err(error) if fault::is_one(&error) => Ok(fault::report(&audit, &error)),
        Err(error) => Err(watching(error)),
    }
}
