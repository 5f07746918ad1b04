//! `nguon approve`: a correction counts from here on.

use nguon_draft::Draft;
use serde_json::json;

use super::corrections::{differences, in_words};
use super::show::{correction, effective, records};
use crate::args::Signing;
use crate::compose::normalised;
use crate::desk::Desk;
use crate::error::Error;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Example:
  nguon pull thua-bay
  nguon show thua-bay                what waits, with both values
  nguon approve thua-bay 7 --as sub --details \"đã đối chiếu phiếu cân\"
  nguon push

Approving takes a registrar or authority above the custodian that signed neither the original nor
the correction. It is refused if a sum would break by then.";

/// Options of `nguon approve`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The place or batch
    chain: String,
    /// Sequence of the correction (`corrected`) on it
    sequence: u64,
    /// Further words (sealed)
    #[arg(long, value_name = "WORDS")]
    details: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// Records it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let desk = Desk::open(session, &args.signing)?;
    let chain = desk.find(&args.chain)?;
    let state = desk.book.need(&chain)?;
    let found = state.corrections().iter().find(|correction| correction.sequence == args.sequence);
    let found = found.ok_or_else(|| {
        Error::caller(format_args!("record {} is no correction", args.sequence))
            .next(format_args!("`nguon show {}` says which corrections wait", args.chain))
    })?;
    if let Some(since) = found.counts_from {
        return Err(Error::caller(format_args!("this correction counts already, since record {since}"))
            .next("nothing is to be done"));
    }
    let signers = state.signers_of_correction(args.sequence);
    if signers.is_some_and(|signers| signers.contains(&desk.signer)) {
        return Err(Error::caller("who signed the original or the correction cannot approve it")
            .next("somebody else above the custodian does: a registrar further up, or an authority (--as)")
            .code("not_permitted"));
    }
    let records = records(session, &desk.book, &chain)?;
    let both = effective(&state, &records, found.origin).zip(correction(&records, args.sequence));
    let differences = both.map(|(now, new)| differences(now, new)).unwrap_or_default();
    let (origin, correction) = (found.origin, args.sequence);
    let details = args.details.as_deref().map(normalised);
    let written = desk.write(&Draft::Approved { chain, correction, details })?;
    let text = format!(
        "Signed: record {origin} counts from now on as record {correction} corrects it.\n  {}\nNext: nguon push",
        in_words(&differences, session.lang)
    );
    Ok(Report::new(
        text,
        json!({
            "outbox": written.number, "chain": chain, "correction": correction, "corrects": origin,
            "statement_id": written.state(&chain).map(|state| state.head), "differences": differences,
        }),
    ))
}
