//! `nguon backup`: a copy of a server's store, made while it runs, and checked.

mod check;
mod restore;

pub use restore::{RestoreArgs, run as restore};

use std::path::{Path, PathBuf};

use nguon_core::trust::Roots;
use nguon_store::sqlite::{self, Copied, Location, Parts};
use serde_json::json;

use self::check::{Checked, check};
use super::root::{of_files, of_home};
use crate::error::Error;
use crate::files::{self, Mode};
use crate::report::{Report, remark};
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon backup /srv/nguon /backup/2026-06-12
  nguon backup /srv/nguon /backup/2026-06-12 --root root.nguon --without-personal

The server goes on running. The copy is of one moment, every page of it is read back, and where the
deployment has a log, the tree is computed anew from its leaves and must give the root of every
checkpoint that was signed. Tiles are not copied: the server makes them again from the leaves. The
log's secret key is not in the store: keep a copy of it elsewhere.

Bring it back:  nguon restore /backup/2026-06-12 /srv/nguon --root root.nguon";

/// Options of `nguon backup`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The server's store, as given to `nguon-ingest --store`
    #[arg(value_name = "STORE")]
    store: PathBuf,
    /// A folder that holds no backup yet
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// Trust root to check signatures against; repeat for its later versions, version 1 first [default: the home's]
    #[arg(long, value_name = "FILE")]
    root: Vec<PathBuf>,
    /// Leave out names, phones, photos and all else that opens sealed fields
    #[arg(long)]
    without_personal: bool,
    /// The log's static files, whose lists of recalls are copied too [default: STORE/log]
    #[arg(long, value_name = "DIR")]
    tiles: Option<PathBuf>,
}

/// Copies and checks.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let roots = known_roots(session, &args.root)?;
    let parts = if args.without_personal { Parts::WithoutPersonal } else { Parts::All };
    sqlite::backup(&args.store, &args.out, parts, &mut progress(session)).map_err(|error| {
        Error::caller(format_args!("{error}"))
            .next("name the folder given to `nguon-ingest --store`, and a new folder for the backup")
            .code("store")
    })?;
    let checked = check(&args.out, roots.as_ref())?;
    let recalls = copy_recalls(&tiles_of(&args.store, args.tiles.as_deref()), &folder_of(&args.out).join("log"))?;
    let text = format!(
        "Written: {}\n{}\nNext: keep it on another machine, and the log's secret key apart from it; to bring it back:\n  \
         nguon restore {} {} --root root.nguon",
        args.out.display(),
        tell(&checked, session),
        args.out.display(),
        args.store.display()
    );
    let json = json!({ "backup": args.out, "personal": !args.without_personal, "recall_lists": recalls, "found": checked.view() });
    Ok(Report::new(text, json))
}

/// What was found, in words.
fn tell(checked: &Checked, session: &Session) -> String {
    let mut text = format!("Checked: every page reads back; {} records.", checked.records);
    if checked.leaves == 0 {
        return text;
    }
    text.push_str(&format!(
        "\n  The tree over its {} leaves gives the root of each of the {} checkpoints that were signed.",
        checked.leaves, checked.signed
    ));
    match (&checked.cosigned, checked.roots_known) {
        (Some((seen, as_of)), true) => text.push_str(&format!(
            "\n  The newest cosigned one, of {} leaves, holds: as of {}.",
            seen.size,
            crate::moment::show(*as_of, session.offset)
        )),
        (None, true) => text.push_str("\n  No checkpoint in it is cosigned yet."),
        (_, false) => text.push_str("\n  Signatures were not checked: name the trust root with --root."),
    }
    text
}

/// The versions in the files, else the home's, else none.
fn known_roots(session: &Session, files: &[PathBuf]) -> Result<Option<Roots>, Error> {
    if files.is_empty() && !session.home.root_file().exists() {
        return Ok(None);
    }
    let roots = if files.is_empty() { of_home(&session.home)? } else { of_files(&session.home, files)? };
    Ok(Some(roots))
}

/// Where a server keeps the static files of its log.
fn tiles_of(store: &Path, given: Option<&Path>) -> PathBuf {
    given.map_or_else(|| folder_of(store).join("log"), Path::to_owned)
}

fn folder_of(store: &Path) -> PathBuf {
    Location::of(store).records.parent().map(Path::to_owned).unwrap_or_default()
}

/// Copies the lists of recalls that the target has not; how many. Whoever uses them checks their signatures.
fn copy_recalls(from: &Path, to: &Path) -> Result<usize, Error> {
    let (from, to) = (from.join("recalls"), to.join("recalls"));
    let mut copied = 0;
    for name in files::list(&from, "")? {
        let target = to.join(&name);
        let (Some(bytes), false) = (files::read(&from.join(&name))?, target.exists()) else { continue };
        std::fs::create_dir_all(&to).map_err(|error| Error::file(&to, &error))?;
        files::write(&target, &bytes, Mode::Public)?;
        copied += 1;
    }
    Ok(copied)
}

/// Tells every tenth of a long copy.
fn progress(session: &Session) -> impl FnMut(Copied) + use<> {
    let quiet = session.json;
    let mut told = 0;
    move |copied: Copied| {
        let tenths = copied.done.saturating_mul(10).checked_div(copied.total).unwrap_or(10);
        // Small stores are done before anybody looks.
        if !quiet && tenths > told && tenths < 10 {
            told = tenths;
            remark(format_args!("{tenths}0 % of {} MiB", copied.total >> 20));
        }
    }
}
