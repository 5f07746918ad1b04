//! `nguon root inspect`: any file of a ceremony, before it is signed or believed.

use std::path::PathBuf;

use nguon_core::trust::RootError;
use serde_json::json;

use super::case::Case;
use crate::error::Error;
use crate::moment;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon root inspect root-2.payload
  nguon root inspect root-2.nguon --previous root.nguon

Read what it changes before you sign it. Nothing here is trusted: what counts is who signed.";

/// Options of `nguon root inspect`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// A proposal, a signature, or a trust root
    file: PathBuf,
    /// The versions before it, version 1 first; may be repeated [default: those in the home]
    #[arg(long, value_name = "FILE")]
    previous: Vec<PathBuf>,
}

/// Shows it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let case = Case::load(&session.home, &args.file, &args.previous)?;
    let tallies: Vec<String> = case.tallies().iter().map(super::tally::Tally::tell).collect();
    let (state, word) = state(&case);
    let expired = case.payload.expires <= moment::now()?;
    let mut text = format!("{}\n{}\n", case.describe(session.offset), tallies.join("\n"));
    if expired {
        text.push_str("It has expired: verdicts under it are \"stale\" at best.\n");
    }
    text.push_str(&state);
    let mut json = case.json(session.offset)?;
    json["state"] = json!(word);
    json["expired"] = json!(expired);
    Ok(Report::new(text, json))
}

/// Where it stands, and what comes next.
fn state(case: &Case) -> (String, &'static str) {
    if case.lacks_before() {
        return (
            format!(
                "Whether it counts is not known: {}.\nNext: name the versions before it with --previous.",
                case.no_before()
            ),
            "unknown",
        );
    }
    let number = case.payload.version;
    match case.verify() {
        Ok(_) if number == 1 => {
            ("Its own root keys signed it. Whether it is the right one, its id tells.".into(), "complete")
        }
        Ok(_) => ("It counts: both thresholds are reached.\nNext: nguon root import".into(), "complete"),
        Err(RootError::Signatures { .. } | RootError::SignaturesBefore { .. }) if case.check().is_ok() => (
            "It does not count yet: signatures are missing.\nNext: nguon root sign, nguon root combine".into(),
            "unsigned",
        ),
        Err(error) => (format!("It can never count: {error}.\nNext: make another proposal."), "refused"),
    }
}
