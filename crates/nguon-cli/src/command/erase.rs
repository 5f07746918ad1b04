//! `nguon erase`: what opens a person's data is deleted, in the operator's store and in this home.

use std::path::PathBuf;

use nguon_core::ids::ChainId;
use nguon_core::opening::digests;
use nguon_store::sqlite;
use serde_json::json;

use super::outbox::statements;
use crate::ask;
use crate::book::Book;
use crate::error::Error;
use crate::home::Home;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Example:
  nguon erase bay --store /var/lib/nguon

Names, phones, notes and photos about the actor are deleted from the store (a server may be
running on it) and from this home. Records hold only salted digests of them: every history still
verifies, and the fields read \"withheld\". Backups, and bundles that others have saved, are theirs
to clean: erase there too.";

/// Options of `nguon erase`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The actor, by id or local name
    actor: String,
    /// The operator's store: the folder given to `nguon-ingest --store`
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// Erases.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let home = &session.home;
    let actor = match args.actor.parse() {
        Ok(actor) => actor,
        // An operator may have a store and no home with chains in it.
        Err(_) => match home.names()?.get(&args.actor) {
            Some(actor) => actor,
            None => Book::load(home)?.find(&args.actor, &home.names()?)?,
        },
    };
    let _lock = home.lock()?;
    if !args.yes {
        confirm(home, &actor)?;
    }
    let in_store = sqlite::erase(&args.store, &actor).map_err(|error| {
        Error::caller(format_args!("--store {}: {error}", args.store.display()))
            .next("name the folder given to `nguon-ingest --store`, and run this again: erasing twice does no harm")
            .code("store")
    })?;
    erase_waiting(home, &actor)?;
    let here = home.openings().erase(&actor)?;
    // What tells an imported household apart is about it too.
    super::import::forget(home, &actor)?;
    let text = format!(
        "Erased: {in_store} fields in {}, {here} in this home. The records stay, and every history still verifies.\n\
         Next: erase in backups and in other homes that hold them.",
        args.store.display()
    );
    Ok(Report::new(text, json!({ "actor": actor, "erased_in_store": in_store, "erased_here": here })))
}

fn confirm(home: &Home, actor: &ChainId) -> Result<(), Error> {
    if !ask::somebody_is_here() {
        return Err(Error::caller("erasing cannot be undone, and there is nobody here to ask").next("add --yes"));
    }
    let name = home.openings().name_of(actor).map(|name| format!(" ({name})")).unwrap_or_default();
    if ask::agrees(&format!("Erase all that opens the personal data of {actor}{name}? This cannot be undone."))? {
        Ok(())
    } else {
        Err(Error::caller("nothing was erased"))
    }
}

/// What waits in the outbox would otherwise be sent later. The records themselves are still sent.
fn erase_waiting(home: &Home, actor: &ChainId) -> Result<(), Error> {
    let outbox = home.outbox();
    for (number, mut entry) in outbox.entries()? {
        let (gone, kept): (Vec<_>, Vec<_>) = entry.openings.drain(..).partition(|personal| personal.about == *actor);
        entry.openings = kept;
        if gone.is_empty() {
            continue;
        }
        for statement in statements(&entry, number, &home.trust()?)? {
            for (path, digest) in digests(&statement.record) {
                let of_this = |personal: &&nguon_core::opening::PersonalOpening| {
                    personal.opening.record == statement.id && personal.opening.path == path
                };
                if gone.iter().find(of_this).is_some() {
                    entry.attachments.retain(|waiting| waiting.digest != digest);
                }
            }
        }
        outbox.replace(number, &entry)?;
    }
    Ok(())
}
