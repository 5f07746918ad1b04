//! `nguon root combine`: from a proposal and its signatures to a version that counts.

use std::path::{Path, PathBuf};

use nguon_core::key::PublicKey;
use nguon_core::trust::SignedRoot;
use serde_json::json;

use super::case::Case;
use super::tally::Tally;
use super::{deployment_id, read_unverified};
use crate::error::Error;
use crate::files::{self, Mode};
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon root combine root-2.payload root-2.5d0e9f01.sig root-2.8f21aa07.sig
  nguon root combine root-3.payload *.sig --previous root.nguon --previous root-2.nguon

Every signature is checked; the version is written only if enough root keys of the version before
and enough of its own have signed. If not, it says who is missing.";

/// Options of `nguon root combine`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The proposal
    payload: PathBuf,
    /// The signatures
    #[arg(required = true, value_name = "SIG")]
    signatures: Vec<PathBuf>,
    /// The versions before it, version 1 first; may be repeated [default: those in the home]
    #[arg(long, value_name = "FILE")]
    previous: Vec<PathBuf>,
    /// Where the new version goes [default: beside the proposal, such as root-2.nguon]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Puts them together.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let mut case = Case::load(&session.home, &args.payload, &args.previous)?;
    if case.lacks_before() {
        return Err(case.no_before());
    }
    let before = case.before.as_ref().map(|root| root.payload().root_keys.iter());
    let keys: Vec<PublicKey> = before
        .into_iter()
        .flatten()
        .chain(&case.payload.root_keys)
        .filter_map(|key| PublicKey::from_bytes(key).ok())
        .collect();
    for path in &args.signatures {
        take(&mut case, &keys, path)?;
    }
    // One order, whoever signed first.
    case.signed.signatures.sort_by_key(|made| made.key);
    case.signed.signatures.dedup_by_key(|made| made.key);

    let tallies = case.tallies();
    let told: Vec<String> = tallies.iter().map(Tally::tell).collect();
    let told = told.join("\n");
    if tallies.iter().any(|tally| tally.lacking() > 0) && case.check().is_ok() {
        return Err(Error::caller(format_args!("signatures are missing.\n{told}"))
            .next("ask those who have not signed yet for `nguon root sign`, and combine again with all signatures")
            .code("signatures_missing"));
    }
    let trust = case.verify().map_err(|error| {
        Error::caller(format_args!("no reader would accept it: {error}")).next("make another proposal").code("bad_root")
    })?;
    let number = trust.payload().version;
    let out = args.out.clone().unwrap_or_else(|| args.payload.with_file_name(format!("root-{number}.nguon")));
    super::refuse_taken(&out)?;
    files::create(&out, &trust.signed().to_bytes().map_err(Error::system)?, Mode::Public)?;
    let text = format!(
        "{}\n{told}\nVersion {number} is made: {}\nNext: nguon root publish {}, so that the log holds it and `nguon pull` takes it \
         over everywhere; without a log, each takes it over with `nguon root import`.",
        case.describe(session.offset),
        out.display(),
        out.display()
    );
    let mut json = case.json(session.offset)?;
    json["out"] = json!(out);
    json["deployment"] = json!(deployment_id(&trust));
    Ok(Report::new(text, json))
}

/// Takes over the signatures in a file that hold; a file without any is an error, since somebody relies on it.
fn take(case: &mut Case, keys: &[PublicKey], path: &Path) -> Result<(), Error> {
    let given = read_unverified(path)?;
    if given.payload != case.signed.payload {
        return Err(Error::caller(format_args!("{} is a signature of another payload", path.display()))
            .next("look at both with `nguon root inspect`; whoever signed has to sign the proposal that is combined")
            .code("other_payload"));
    }
    let found = case.signed.signatures.len();
    for made in given.signatures {
        let alone = SignedRoot { payload: given.payload.clone(), signatures: vec![made.clone()] };
        if keys.iter().any(|key| alone.is_signed_by(key)) {
            case.signed.signatures.push(made);
        }
    }
    if case.signed.signatures.len() == found {
        return Err(Error::caller(format_args!("{} holds no signature by a root key that is valid", path.display()))
            .next("leave it out, or ask whoever made it to sign again with a root key")
            .code("bad_signature"));
    }
    Ok(())
}
