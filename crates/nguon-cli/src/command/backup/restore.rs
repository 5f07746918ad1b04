//! `nguon restore`: a backup back in its place, unless the log has gone on since.

use std::path::{Path, PathBuf};

use nguon_core::trust::{LogPolicy, LogVerifier, Roots};
use nguon_core::verify::Seen;
use nguon_store::sqlite;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::note::{Note, NoteKey};
use serde_json::json;

use super::check::{Checked, check};
use super::{copy_recalls, folder_of, known_roots, progress, tell, tiles_of};
use crate::error::Error;
use crate::files;
use crate::net::witness::{Answer, ask_each};
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Example:
  nguon restore /backup/2026-06-12 /srv/nguon --root root.nguon

The server must be stopped. The backup is read through as when it was made. A log must never go back
behind what others have seen of it: so the backup is compared with what is in STORE, and every
witness and map auditor of the trust root is asked. If one of them has seen more, or too few of them
answer, nothing is restored. --offline asks nobody; the server asks them again before it goes on.

What was erased in STORE since the backup was made stays erased.";

/// Options of `nguon restore`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct RestoreArgs {
    /// A folder that `nguon backup` wrote
    #[arg(value_name = "BACKUP")]
    backup: PathBuf,
    /// Where the store was, or is
    #[arg(value_name = "STORE")]
    store: PathBuf,
    /// The deployment's trust root; repeat for its later versions, version 1 first [default: the home's]
    #[arg(long, value_name = "FILE")]
    root: Vec<PathBuf>,
    /// Ask no witness whether the log has gone on since
    #[arg(long)]
    offline: bool,
    /// The log's static files [default: STORE/log]
    #[arg(long, value_name = "DIR")]
    tiles: Option<PathBuf>,
}

/// Checks, compares, asks, and copies.
pub fn run(session: &Session, args: &RestoreArgs) -> Result<Report, Error> {
    let roots = known_roots(session, &args.root)?.ok_or_else(|| {
        Error::caller("no trust root is named, and this home has none").next("add --root root.nguon").code("no_root")
    })?;
    let checked = check(&args.backup, Some(&roots))?;
    let tiles = tiles_of(&args.store, args.tiles.as_deref());
    let placed = checked.roots.as_ref().unwrap_or(&roots);
    if let Some(published) = published(&tiles, placed)? {
        let who = format!("{}, where the log was published,", tiles.display());
        compare(&checked, &who, &published)?;
    }
    let policy = roots.newest().payload().log.as_ref();
    let asked = match policy {
        Some(policy) if !args.offline => Some(ask(policy, &checked, placed)?),
        _ => None,
    };
    sqlite::restore(&args.backup, &args.store, &mut progress(session)).map_err(|error| {
        Error::caller(format_args!("{error}"))
            .next("stop the server; if the store there holds more than the backup, keep it, for the backup would lose that")
            .code("store")
    })?;
    set_aside(&tiles)?;
    let recalls = copy_recalls(&folder_of(&args.backup).join("log"), &tiles)?;

    let words = match (policy, asked) {
        (None, _) => String::new(),
        (Some(_), Some(count)) => {
            format!("\n  {count} witnesses were asked; none of them has seen more than the backup.")
        }
        (Some(_), None) => {
            "\n  NOBODY was asked whether the log has gone on since (--offline). If it has, the server will refuse to \
                            run on this store."
                .to_owned()
        }
    };
    let text = format!(
        "Restored: {}\n{}{words}\nNext: start the server with the log's key. It makes the tiles again, and asks the witnesses \
         before it goes on.",
        args.store.display(),
        tell(&checked, session)
    );
    let json =
        json!({ "store": args.store, "witnesses_answered": asked, "recall_lists": recalls, "found": checked.view() });
    Ok(Report::new(text, json))
}

/// Every witness and auditor; how many witnesses answered. Too few are as good as none.
fn ask(policy: &LogPolicy, checked: &Checked, roots: &Roots) -> Result<u64, Error> {
    let everybody: Vec<&LogVerifier> = policy.witnesses.iter().chain(policy.auditors.iter()).collect();
    let answers = ask_each(&everybody, policy.origin.as_str(), roots);
    let mut answered = 0;
    for (place, (one, answer)) in everybody.iter().zip(answers).enumerate() {
        match answer {
            Answer::Shown(seen) => compare(checked, one.name.as_str(), &seen)?,
            // Who has seen nothing says nothing about a log that was signed before.
            Answer::Nothing if checked.signed > 0 => continue,
            Answer::Nothing => {}
            Answer::Silence => continue,
        }
        answered += u64::from(place < policy.witnesses.len());
    }
    if answered >= policy.witness_threshold {
        return Ok(answered);
    }
    Err(Error::server(format_args!(
        "{answered} of the {} witnesses needed have said what they have seen, so that nobody can tell whether the log has gone on \
         since this backup",
        policy.witness_threshold
    ))
    .next("make them reachable and run this again; --offline restores without asking, and the server asks before it goes on")
    .code("witnesses_silent"))
}

/// Somebody has seen this checkpoint: the backup must reach as far, and agree.
fn compare(checked: &Checked, who: &str, seen: &Seen) -> Result<(), Error> {
    if seen.size > checked.leaves {
        return Err(Error::caller(format_args!(
            "{who} has seen {} leaves of this log, and the backup ends at {}: restoring it would take back what was published",
            seen.size, checked.leaves
        ))
        .next("find a newer backup, or the store itself; a log that goes back is never trusted again")
        .code("log_rollback"));
    }
    if seen.size > 0 && checked.root_at(seen.size) != Some(seen.root.into()) {
        return Err(Error::caller(format_args!(
            "{who} has seen another log of {} leaves than this backup's",
            seen.size
        ))
        .next("keep both: they show that two logs were signed; ask the authority")
        .code("split_log"));
    }
    Ok(())
}

/// What a folder of tiles has published, if it is this log's.
fn published(tiles: &Path, roots: &Roots) -> Result<Option<Seen>, Error> {
    let path = tiles.join("checkpoint");
    let Some(bytes) = files::read(&path)? else { return Ok(None) };
    let seen = String::from_utf8(bytes).ok().and_then(|note| signed_by_log(&note, roots));
    seen.map(Some).ok_or_else(|| {
        Error::caller(format_args!("{} is no checkpoint of this deployment's log", path.display()))
            .next("name the folder of its tiles with --tiles, or move this one away")
            .code("other_log")
    })
}

/// The checkpoint of a note that the log signed, under any version of the trust root.
fn signed_by_log(note: &str, roots: &Roots) -> Option<Seen> {
    let note = Note::parse(note).ok()?;
    let checkpoint = Checkpoint::parse(note.text()).ok()?;
    let signed = |policy: &LogPolicy| {
        let key = NoteKey::new(policy.origin.as_str(), policy.key.as_bytes());
        policy.origin.as_str() == checkpoint.origin && key.is_ok_and(|key| note.signed_by(&key))
    };
    let mut policies = roots.versions().iter().filter_map(|root| root.payload().log.as_ref());
    policies.any(signed).then(|| Seen { size: checkpoint.size, root: checkpoint.root.into() })
}

/// Tiles beyond the backup would stand in the way of those to come; the server makes them anew.
fn set_aside(tiles: &Path) -> Result<(), Error> {
    let tile = tiles.join("tile");
    if !tile.exists() {
        return Ok(());
    }
    let mut number = 1;
    let aside = loop {
        let aside = tiles.join(format!("tile.before-restore-{number}"));
        if !aside.exists() {
            break aside;
        }
        number += 1;
    };
    std::fs::rename(&tile, &aside).map_err(|error| Error::file(&aside, &error))
}
