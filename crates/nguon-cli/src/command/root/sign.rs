//! `nguon root sign`: one signer, on a computer of its own.

use std::path::{Path, PathBuf};

use nguon_core::bytes::to_hex;
use nguon_core::ids::KeyId;
use nguon_core::trust::SignedRoot;
use serde_json::json;

use super::case::Case;
use crate::error::Error;
use crate::files::{self, Mode};
use crate::home::{KeyFile, KeyName};
use crate::report::{Report, remark};
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon root sign root-2.payload --key root-1
  nguon root sign root-2.payload --key /media/safe/root-1.key --previous root.nguon

Shows what is signed, and about which version before it, then asks for the key's passphrase: that
is the moment to say no (Ctrl-C). Needs no network. Compare the payload's hash with the other
signers by voice: all must have looked at the same.";

/// Options of `nguon root sign`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The proposal
    payload: PathBuf,
    /// The root key: its name here, or its file
    #[arg(long, value_name = "NAME|FILE")]
    key: String,
    /// The versions before it, version 1 first; may be repeated [default: those in the home]
    #[arg(long, value_name = "FILE")]
    previous: Vec<PathBuf>,
    /// Where the signature goes [default: beside the proposal, such as root-2.5d0e9f01.sig]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Shows it, then signs it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let case = Case::load(&session.home, &args.payload, &args.previous)?;
    if case.lacks_before() {
        return Err(case.no_before());
    }
    case.check().map_err(|error| {
        Error::caller(format_args!("no reader would accept it: {error}"))
            .next("do not sign it; ask for another proposal")
            .code("bad_root")
    })?;
    let file = key_file(session, &args.key)?;
    let number = case.payload.version;
    let listed = |keys: &[nguon_core::ids::PublicKeyBytes]| keys.contains(&file.public);
    if !listed(&case.payload.root_keys) && !case.before.as_ref().is_some_and(|root| listed(&root.payload().root_keys)) {
        return Err(Error::caller(format_args!(
            "key {} is a root key neither of version {number} nor of the one before it",
            file.name
        ))
        .next("sign with a root key; `nguon root inspect` lists their ids, `nguon key show NAME` shows a key's")
        .code("not_a_root_key"));
    }
    let hash = to_hex(&case.signed.payload_hash());
    remark(format_args!(
        "{}\nYou sign this with root key {}.\nHash of the payload: {hash}",
        case.describe(session.offset),
        file.id()
    ));

    let mut signature = SignedRoot { signatures: Vec::new(), ..case.signed.clone() };
    signature.add_signature(&file.unlock(&session.passphrases)?);
    let out = args.out.clone().unwrap_or_else(|| beside(&args.payload, &file.id()));
    files::write(&out, &signature.to_bytes().map_err(Error::system)?, Mode::Public)?;
    let text = format!(
        "Signed version {number} with root key {}: {}\nNext: give this file to whoever combines, \
         or do it: nguon root combine {} {} …",
        file.id(),
        out.display(),
        args.payload.display(),
        out.display()
    );
    let mut json = case.json(session.offset)?;
    json["signature"] = json!(out);
    json["key_id"] = json!(file.id());
    json["payload_sha256"] = json!(hash);
    Ok(Report::new(text, json))
}

/// A key of this home by its name, or one on some medium by its path.
pub fn key_file(session: &Session, text: &str) -> Result<KeyFile, Error> {
    if let Ok(name) = text.parse::<KeyName>()
        && !text.ends_with(".key")
    {
        return KeyFile::load(&session.home.keys(), &name);
    }
    let path = Path::new(text);
    let stem = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".key"));
    let name = stem.and_then(|stem| stem.parse::<KeyName>().ok()).ok_or_else(|| {
        Error::caller(format_args!("{text:?} is neither a key's name nor the path of a NAME.key file"))
    })?;
    KeyFile::load(path.parent().unwrap_or(Path::new("")), &name)
}

fn beside(payload: &Path, key: &KeyId) -> PathBuf {
    payload.with_extension(format!("{}.sig", &key.to_string()[..8]))
}
