//! `nguon root`: what a trust root says, taking over one, and the offline ceremony that makes its next version.

mod case;
mod changes;
mod combine;
mod edit;
mod import;
mod inspect;
mod propose;
mod publish;
mod sign;
mod tally;
mod versions;
mod words;

pub use sign::key_file;
pub use versions::{file_of, of_files, of_home};
pub use words::{deployment_id, describe};

use std::path::{Path, PathBuf};

use nguon_core::trust::{SignedRoot, TrustRoot};
use serde_json::json;

use crate::error::Error;
use crate::files;
use crate::home::read_root;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
A new version of a trust root is signed by people who sit apart, each on a computer without network:

  1. one proposes      nguon root propose --retire-authority-key 5d0e… --add-authority-key 8f21…
  2. each looks        nguon root inspect root-2.payload
  3. each signs        nguon root sign root-2.payload --key /media/safe/root-1.key
  4. one combines      nguon root combine root-2.payload root-2.*.sig
  5. one publishes     nguon root publish root-2.nguon --server https://nguon.example
  6. all take it over  nguon pull; or nguon root import root-2.nguon

It counts once the thresholds of the version before and of its own have signed; `inspect` and
`combine` say who is missing. Files go from hand to hand: none of them is secret but the keys.";

/// Subcommands of `nguon root`.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLE)]
pub enum Command {
    /// Show the trust root of this home, or a first version in a file, and its id
    Show {
        /// The file [default: the newest version in the home]
        file: Option<PathBuf>,
    },
    /// Trust an existing deployment: put its trust root, or its next versions, into this home
    Import(import::Args),
    /// Show any file of a ceremony: what it says, what it changes, who has signed, who is missing
    Inspect(inspect::Args),
    /// Write down what the next version is to say, for others to look at and sign
    Propose(Box<propose::Args>),
    /// Sign a proposed version with one root key, on the computer that has it
    Sign(sign::Args),
    /// Put the signatures together: the next version, if both thresholds are reached
    Combine(combine::Args),
    /// Hand the next version to the server, which puts it into the log
    Publish(publish::Args),
}

/// Does it.
pub fn run(session: &Session, command: &Command) -> Result<Report, Error> {
    match command {
        Command::Show { file } => show(session, file.as_ref()),
        Command::Import(args) => import::run(session, args),
        Command::Inspect(args) => inspect::run(session, args),
        Command::Propose(args) => propose::run(session, args),
        Command::Sign(args) => sign::run(session, args),
        Command::Combine(args) => combine::run(session, args),
        Command::Publish(args) => publish::run(session, args),
    }
}

fn show(session: &Session, file: Option<&PathBuf>) -> Result<Report, Error> {
    let trust = match file {
        Some(_) => load(session, file)?,
        None => versions::of_home(&session.home)?.newest().clone(),
    };
    let payload = serde_json::to_value(trust.payload()).map_err(Error::system)?;
    let json = json!({ "deployment": deployment_id(&trust), "root": payload });
    Ok(Report::new(describe(&trust, session.offset), json))
}

/// The first version of a trust root in a file, or the home's.
pub fn load(session: &Session, file: Option<&PathBuf>) -> Result<TrustRoot, Error> {
    match file {
        Some(path) => read_root(&read(path)?, path),
        None => session.home.trust(),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    files::read(path)?.ok_or_else(|| Error::caller(format_args!("{} is not there", path.display())))
}

/// A file of a ceremony: a proposal, a signature, or a trust root; nothing in it is checked.
fn read_unverified(path: &Path) -> Result<SignedRoot, Error> {
    let read = SignedRoot::from_bytes(&read(path)?).and_then(|signed| signed.read_unverified().map(|_| signed));
    read.map_err(|error| {
        Error::caller(format_args!("{}: {error}", path.display()))
            .next("name a file that `nguon root propose`, `sign` or `combine` wrote; copy it again if it was damaged")
            .code("bad_root")
    })
}

/// What somebody is to sign, or relies on, is not replaced behind their back.
fn refuse_taken(path: &Path) -> Result<(), Error> {
    if path.exists() {
        return Err(Error::caller(format_args!("{} is there already", path.display()))
            .next("move it away, or choose another name with --out FILE"));
    }
    Ok(())
}
