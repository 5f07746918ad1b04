//! `nguon root`: what a trust root says, and taking over one.

use std::path::PathBuf;

use nguon_core::bytes::to_hex;
use nguon_core::ids::KeyId;
use nguon_core::trust::TrustRoot;
use nguon_core::values::UtcOffset;
use serde_json::json;

use crate::error::Error;
use crate::files::{self, Mode};
use crate::home::read_root;
use crate::moment;
use crate::report::Report;
use crate::session::Session;

/// Subcommands of `nguon root`.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Show what a trust root says, and its id
    Show {
        /// The file [default: the home's root.nguon]
        file: Option<PathBuf>,
    },
    /// Trust an existing deployment: put its trust root into this home
    Import {
        /// The file
        file: PathBuf,
        /// The id you were given by another way than the file; compared before anything is written
        #[arg(long, value_name = "HEX")]
        id: Option<String>,
    },
}

/// Does it.
pub fn run(session: &Session, command: &Command) -> Result<Report, Error> {
    match command {
        Command::Show { file } => {
            let trust = load(session, file.as_ref())?;
            let payload = serde_json::to_value(trust.payload()).map_err(Error::system)?;
            let json = json!({ "deployment": deployment_id(&trust), "root": payload });
            Ok(Report::new(describe(&trust, session.offset), json))
        }
        Command::Import { file, id } => import(session, file, id.as_deref()),
    }
}

/// The trust root in a file, or the home's.
pub fn load(session: &Session, file: Option<&PathBuf>) -> Result<TrustRoot, Error> {
    match file {
        Some(path) => {
            let bytes =
                files::read(path)?.ok_or_else(|| Error::caller(format_args!("{} is not there", path.display())))?;
            read_root(&bytes, path)
        }
        None => session.home.trust(),
    }
}

fn import(session: &Session, file: &PathBuf, id: Option<&str>) -> Result<Report, Error> {
    let _lock = session.home.lock()?;
    let trust = load(session, Some(file))?;
    let found = deployment_id(&trust);
    if let Some(id) = id
        && !id.eq_ignore_ascii_case(&found)
    {
        return Err(Error::caller(format_args!("the file's id is {found}, not {id}"))
            .next("do not use this file; ask whoever runs the deployment for the right one")
            .code("wrong_root"));
    }
    let path = session.home.root_file();
    if let Some(there) = files::read(&path)?
        && read_root(&there, &path)?.deployment() != trust.deployment()
    {
        return Err(Error::home(format_args!("{} belongs to another deployment", path.display()))
            .next("use another folder for this one: --home DIR"));
    }
    files::write(&path, &trust.signed().to_bytes().map_err(Error::system)?, Mode::Public)?;
    let unchecked =
        if id.is_some() { "" } else { "\nNext: compare the id with one you got by another way than the file." };
    let text = format!("{}\nThis home trusts it now.{unchecked}", describe(&trust, session.offset));
    Ok(Report::new(text, json!({ "root": path, "deployment": found })))
}

/// SHA-256 of version 1's payload: what people compare.
pub fn deployment_id(trust: &TrustRoot) -> String {
    to_hex(trust.deployment().as_bytes())
}

/// A trust root in words.
pub fn describe(trust: &TrustRoot, offset: UtcOffset) -> String {
    let root = trust.payload();
    let mut text = format!(
        "{}\n  id          {}\n  version     {}, issued {}, expires {}\n  root keys   {} of {} must sign\n",
        root.name,
        deployment_id(trust),
        root.version,
        moment::day(root.issued, offset),
        moment::day(root.expires, offset),
        root.threshold,
        root.root_keys.len()
    );
    for key in &root.root_keys {
        text.push_str(&format!("              {}\n", KeyId::of(key)));
    }
    for authority in &root.authorities {
        text.push_str(&format!("  authority   {}\n              id {}\n", authority.name, authority.id));
        for key in &authority.keys {
            text.push_str(&format!("              key {}\n", KeyId::of(key)));
        }
    }
    let log = if root.log.is_some() {
        "as named in the root"
    } else {
        "none: completeness cannot be proven, Unlogged is the best verdict"
    };
    text.push_str(&format!("  log         {log}"));
    text
}
