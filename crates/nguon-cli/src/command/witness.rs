//! `nguon witness`: being one of those who see to it that a log has one history.

mod key;
mod serving;

pub use key::cosigner;
pub use serving::{Announced, log_to_stderr, serve};

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use nguon_core::trust::{LogPolicy, Roots};
use nguon_witness::witness::routes;
use nguon_witness::{Clock, LogKey, Witness};
use serde_json::json;

use crate::command::root;
use crate::error::Error;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
A witness remembers the newest checkpoint of a log and cosigns only what continues it. It holds no
records, needs next to no memory, disk or traffic, and one person can run it on the smallest VPS:

  1. nguon key new witness                    on the VPS; the key never leaves it
  2. nguon key show witness                   send the public key and your address to whoever keeps
                                              the trust root; they add you with `nguon root propose`
  3. nguon root import root.nguon --id 3f5a…  the deployment's trust root, its id told by telephone
  4. nguon witness serve --key witness --root root.nguon --passphrase-file /etc/nguon/passphrase

It listens on this computer only. Let a web server with a certificate pass requests on, such as
Caddy, whose whole configuration is:

  witness.example.org {
    reverse_proxy 127.0.0.1:8790
  }

and let systemd start it again after a power cut; nothing it cosigned is ever forgotten:

  [Service]
  ExecStart=/usr/local/bin/nguon witness serve --key witness --root /etc/nguon/root.nguon
  Environment=NGUON_HOME=/var/lib/nguon NGUON_SERVER=
  Restart=always

Never run two with one key, and never start one from an old copy of its state: a witness that
forgot what it cosigned can be made to cosign a second history. If its state is lost, make a new
key. Any C2SP log can be watched by its verifier key:

  nguon witness serve --key witness --name w.example.org --log 'log.example+530d903a+AekyeRrm…'

Example of a question to it: curl http://127.0.0.1:8790/";

/// Subcommands of `nguon witness`.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLE)]
pub enum Command {
    /// Cosign checkpoints of one or more logs over HTTP (C2SP tlog-witness), until stopped
    Serve(Args),
}

/// Options of `nguon witness serve`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The witness's key: its name here, or its file
    #[arg(long, value_name = "NAME|FILE")]
    key: String,
    /// Name it cosigns under [default: the one the trust root gives its key]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// A log to be watched, by its verifier key; may be repeated
    #[arg(long, value_name = "VKEY")]
    log: Vec<LogKey>,
    /// Trust root of a deployment whose log is watched, version 1 first; may be repeated [default: the home's, unless
    /// --log is given]
    #[arg(long, value_name = "FILE")]
    root: Vec<PathBuf>,
    /// Where to listen; port 0 takes any free port
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8790")]
    listen: SocketAddr,
    /// Folder of what was cosigned: its only memory [default: witness in the home]
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
}

/// Does it.
pub fn run(session: &Session, command: Command) -> Result<Report, Error> {
    match command {
        Command::Serve(args) => run_serve(session, args),
    }
}

fn run_serve(session: &Session, args: Args) -> Result<Report, Error> {
    let roots = if args.log.is_empty() || !args.root.is_empty() {
        Some(root::of_files(&session.home, &args.root)?)
    } else {
        None
    };
    let policy = roots.as_ref().map(policy).transpose()?;
    let listed = policy.map_or(&[][..], |policy| &policy.witnesses);
    let cosigner = cosigner(session, &args.key, args.name.as_deref(), listed, "witness")?;
    let mut logs = args.log;
    logs.extend(policy.map(log_key).transpose()?);

    let state = args.state.unwrap_or_else(|| session.home.root_file().with_file_name("witness"));
    log_to_stderr();
    let announced = Announced::of(&cosigner, json!({ "state": state }));
    let witness = Arc::new(Witness::open(cosigner, logs, &state).map_err(watching)?);
    serve(session, args.listen, routes::routes(witness, Clock::system()), announced)
}

/// The log of the newest of these roots.
pub fn policy(roots: &Roots) -> Result<&LogPolicy, Error> {
    roots.newest().payload().log.as_ref().ok_or_else(|| {
        Error::caller("this trust root names no log")
            .next("a deployment that begins without a log never gains one: there is nothing to watch")
            .code("no_log")
    })
}

fn log_key(policy: &LogPolicy) -> Result<LogKey, Error> {
    LogKey::of_policy(policy).map_err(|error| Error::caller(format_args!("the log's key in the trust root: {error}")))
}

/// What watching a log failed for, and what to do next.
pub fn watching(error: nguon_witness::Error) -> Error {
    use nguon_witness::Error as Watching;
    let code = error.code();
    let told = match &error {
        Watching::File { .. } => Error::system(&error),
        Watching::InUse(_) => Error::caller(&error).next("stop the other process, or give this one another --state"),
        Watching::State { .. } | Watching::Copy { .. } => {
            Error::home(&error).next("look at the folder named above before anything is started on it again")
        }
        Watching::LogTwice(_) => Error::caller(&error).next("name each log once, with --log or with --root"),
        Watching::NoLog => Error::caller(&error).next("name the trust root of a deployment with a log: --root FILE"),
        Watching::NotTheLogs(_) => Error::server(&error)
            .next("check that the address or folder is of the deployment whose trust root this is (--root)"),
        Watching::Unreachable { .. } => {
            Error::server(&error).next("check the address and the network, and run it again; it goes on where it was")
        }
        Watching::Nonsense { .. } => Error::server(&error)
            .next("check the address or folder; a damaged file is to be copied again from the log's operator"),
        _ => Error::server(&error),
    };
    told.code(code)
}
