//! `nguon key`: keys here, and keys of actors.

mod actor;

pub use actor::public_key;

use std::path::PathBuf;

use nguon_core::record::Signer;
use serde_json::{Value, json};

use crate::args::Signing;
use crate::book::Book;
use crate::error::Error;
use crate::home::{KeyFile, KeyName};
use crate::random;
use crate::report::Report;
use crate::session::Session;

/// Subcommands of `nguon key`.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make a key here, under a passphrase
    New {
        /// Its local name
        name: KeyName,
    },
    /// List the keys here, and to whom each belongs
    List,
    /// Show a key's public half, to be enrolled by a registrar
    Show {
        /// Its local name
        name: KeyName,
    },
    /// Change a key's passphrase; with --no-passphrase, take it away
    Passphrase {
        /// Its local name
        name: KeyName,
        /// File whose first line is the new passphrase [default: the terminal is asked]
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Add a key to an actor: a new phone, a second officer
    Add(actor::Add),
    /// Revoke an actor's key: lost, stolen, replaced
    Revoke(actor::Revoke),
}

/// Does it.
pub fn run(session: &Session, command: Command) -> Result<Report, Error> {
    match command {
        Command::New { name } => new(session, name),
        Command::List => list(session),
        Command::Show { name } => show(session, &name),
        Command::Passphrase { name, new_passphrase_file } => passphrase(session, &name, new_passphrase_file),
        Command::Add(args) => actor::add(session, &args),
        Command::Revoke(args) => actor::revoke(session, &args),
    }
}

fn new(session: &Session, name: KeyName) -> Result<Report, Error> {
    let _lock = session.home.lock()?;
    let under = session.passphrases.for_new_keys()?;
    let file = KeyFile::create(&session.home.keys(), name, &random::signing_key()?, under.as_ref())?;
    let text = format!(
        "Made key {} in {}.\n  public key  {}\n  id          {}\nNext: have it enrolled. Whoever enrols you needs the public key only.",
        file.name,
        file.path().display(),
        file.public,
        file.id()
    );
    Ok(Report::new(text, describe(&file, None)))
}

fn list(session: &Session) -> Result<Report, Error> {
    // Keys can be listed before there is a trust root, or beside a damaged one.
    let book = Book::load(&session.home).ok();
    let names = session.home.names()?;
    let (mut text, mut json) = (String::new(), Vec::new());
    for name in KeyFile::names(&session.home.keys())? {
        let file = KeyFile::load(&session.home.keys(), &name)?;
        let signer = book.as_ref().and_then(|book| book.signer_of(&file.id()));
        let whose = match signer {
            Some(Signer::Authority(_)) => "authority".to_owned(),
            Some(Signer::Actor(actor)) => names.of(&actor).map_or_else(|| actor.to_string(), ToOwned::to_owned),
            None if book.as_ref().is_some_and(|book| book.trust().payload().root_keys.contains(&file.public)) => {
                "the trust root: keep it elsewhere".to_owned()
            }
            None => "nobody known here".to_owned(),
        };
        let lock = if file.is_encrypted() { "encrypted" } else { "NOT ENCRYPTED" };
        text.push_str(&format!("{:<16} {lock:<14} {}  belongs to {whose}\n", file.name, file.id()));
        json.push(describe(&file, signer));
    }
    if text.is_empty() {
        text.push_str("There are no keys here.\nNext: nguon key new NAME");
    }
    Ok(Report::new(text, Value::Array(json)))
}

fn show(session: &Session, name: &KeyName) -> Result<Report, Error> {
    let file = KeyFile::load(&session.home.keys(), name)?;
    let text = format!("public key  {}\nid          {}", file.public, file.id());
    Ok(Report::new(text, describe(&file, None)))
}

fn passphrase(session: &Session, name: &KeyName, new: Option<PathBuf>) -> Result<Report, Error> {
    let _lock = session.home.lock()?;
    let mut file = KeyFile::load(&session.home.keys(), name)?;
    let key = file.unlock(&session.passphrases)?;
    let under = session.passphrases.for_changed_key(new)?;
    file.lock_again(&key, under.as_ref())?;
    let text = match under {
        Some(_) => format!("Key {name} has a new passphrase."),
        None => format!("Key {name} is kept unencrypted now."),
    };
    Ok(Report::new(text, describe(&file, None)))
}

fn describe(file: &KeyFile, signer: Option<Signer>) -> Value {
    json!({
        "name": file.name.to_string(), "public_key": file.public, "key_id": file.id(),
        "encrypted": file.is_encrypted(), "file": file.path(), "belongs_to": signer,
    })
}
