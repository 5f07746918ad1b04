//! `nguon verify`: a verdict, here, trusting no server.

mod machine;
mod tell;
mod words;

use std::io::Read as _;
use std::path::{Path, PathBuf};

use nguon_core::ids::ChainId;
use nguon_core::trust::TrustRoot;
use nguon_core::verify::{Options, OutcomeKind, ScannedLabel, Verification, verify};
use nguon_gs1::TypedCode;
use serde_json::json;

use super::{fetch, root};
use crate::error::Error;
use crate::files;
use crate::moment;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon verify 'https://nguon.example/01/09521234543213/10/VT-0612#AAECAwQFBgcICQoLDA0ODw'
  nguon verify nguon-09521234543213-VT-0612.cbor --root root.nguon
  nguon verify saved.cbor --label 'https://nguon.example/01/09521234543213/10/VT-0612' --json

Exit codes: 0 valid; 2 unlogged or stale (what there is holds; completeness or freshness is not
proven); 1 anything worse, also when no such lot is in the register; 3 no verdict (usage, file
or network).";

/// Options of `nguon verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// A bundle file (- for standard input), the link on a label (fetches the bundle from that
    /// host), the code under it, or a batch
    #[arg(value_name = "FILE|LINK|CODE|BATCH")]
    subject: String,
    /// Trust root to verify against [default: the home's root.nguon]
    #[arg(long, value_name = "FILE")]
    root: Option<PathBuf>,
    /// With a file: what the label says, to check that the file belongs to it
    #[arg(long, value_name = "LINK|CODE")]
    label: Option<String>,
    /// Verify as a reader at this time would [default: now]
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
}

/// What is to be verified.
struct Case {
    bytes: Vec<u8>,
    label: Option<TypedCode>,
    batch: Option<ChainId>,
    /// Where it came from, for people.
    from: String,
}

/// A verification with all that telling it needs.
pub struct Told<'a> {
    /// The session.
    pub session: &'a Session,
    /// The trust root verified against.
    pub trust: &'a TrustRoot,
    /// What was found.
    pub verification: &'a Verification,
    /// Where the bundle came from.
    pub from: &'a str,
}

/// Verifies it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let trust = root::load(session, args.root.as_ref())?;
    let now = match &args.now {
        Some(text) => moment::parse(text, session.offset).map_err(Error::caller)?,
        None => moment::now()?,
    };
    let Some(case) = case(session, args)? else {
        let text = session.lang.words().no_such_lot;
        return Ok(Report::new(text, json!({ "outcome": "no_such_batch", "message": text })).exit(1));
    };
    let label = case.label.as_ref().map(|code| ScannedLabel::from(code.code()));
    let verification = verify(&case.bytes, &trust, &Options { now, label, batch: case.batch });
    let told = Told { session, trust: &trust, verification: &verification, from: &case.from };
    let exit = exit_code(verification.verdict.outcome.kind());
    Ok(Report::new(tell::tell(&told), machine::view(&told)).exit(exit))
}

/// 0 valid, 2 unlogged or stale, 1 anything worse.
const fn exit_code(outcome: OutcomeKind) -> u8 {
    match outcome {
        OutcomeKind::Valid => 0,
        OutcomeKind::Unlogged | OutcomeKind::Stale => 2,
        _ => 1,
    }
}

fn case(session: &Session, args: &Args) -> Result<Option<Case>, Error> {
    let path = Path::new(&args.subject);
    // A pipe is a file as well; a folder is none.
    let piped = args.subject == "-";
    if !piped && (!path.exists() || path.is_dir()) {
        if args.label.is_some() {
            return Err(Error::caller("--label goes with a bundle file").next("a link is its own label"));
        }
        let fetched = fetch::fetch(session, &args.subject).map_err(|error| explain_missing(error, &args.subject))?;
        let case = |fetched: fetch::Fetched| Case {
            bytes: fetched.bytes,
            label: fetched.code,
            batch: fetched.batch,
            from: fetched.origin,
        };
        return Ok(fetched.map(case));
    }
    let bytes = if piped {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| Error::caller(format_args!("standard input: {error}")))?;
        bytes
    } else {
        files::read(path)?.ok_or_else(|| Error::caller(format_args!("{} is gone", path.display())))?
    };
    let label = args.label.as_deref().map(|text| {
        text.parse::<TypedCode>()
            .map_err(|error| Error::caller(format_args!("--label: {error}")).next("compare it with the label"))
    });
    Ok(Some(Case { bytes, label: label.transpose()?, batch: None, from: args.subject.clone() }))
}

/// Somebody who meant a file should hear about files.
fn explain_missing(error: Error, subject: &str) -> Error {
    match error.code {
        "unknown_name" | "no_root" => {
            Error::caller(format_args!("{subject:?} is no file here, no link, and no batch known here"))
                .next("give a bundle file, the link on a label, or a batch's 64 digits with --server")
        }
        _ => error,
    }
}
