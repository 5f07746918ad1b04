//! `nguon receive`: grams arrived from another owner's batch.

use std::path::PathBuf;

use nguon_core::event::Input;
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_draft::{Draft, Into, NewBatch, Receipt};
use serde_json::json;

use super::handed;
use super::init::text;
use super::place::chain_and_mass;
use crate::args::Signing;
use crate::desk::Desk;
use crate::error::Error;
use crate::moment;
use crate::quantity::kilograms_and_grams;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon receive lo-bay=498.5 --into lo-can --as can
  nguon receive lo-bay=498.5 --product \"vải thiều\" --alias lo-can --as can
  nguon receive lo-bay=498.5 --into lo-can --draw giao.json --as can
  nguon receive lo-bay=498.5 --into lo-can --draw man-hinh-1.png --draw man-hinh-2.png --as can
  nguon receive lo-bay=498.5 --into lo-can --draw - --as can

The giver's draw has to name the batch: it is on the server (nguon pull), or the giver shows it
(nguon hand-over --out or --qr, or the app); then both go together. --draw takes that file, PNG
pictures of the codes on the giver's screen, their texts in a file, or from a hand scanner (-).
What was drawn and did not arrive is shortage (hao hụt), and shown.";

/// Options of `nguon receive`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The giver's batches, and what arrived
    #[arg(value_name = "BATCH=KG", required = true)]
    inputs: Vec<String>,
    /// The receiver's batch
    #[arg(long, value_name = "BATCH")]
    into: Option<String>,
    /// What the produce is: a batch is opened, from one's own batches only
    #[arg(long, required_unless_present = "into", conflicts_with = "into")]
    product: Option<String>,
    /// Local name for the batch that is opened
    #[arg(long, value_name = "NAME", requires = "product")]
    alias: Option<String>,
    /// The packing house where it arrived
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// What a giver signed: its file, pictures or texts of its codes, - for a hand scanner; may be repeated
    #[arg(long = "draw", value_name = "FILE")]
    draws: Vec<PathBuf>,
    /// When it arrived [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// Records it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let at = moment::option(session, args.at.as_deref())?;
    let desk = Desk::open(session, &args.signing)?;
    let input = |given: &String| -> Result<Input, Error> {
        let (from, grams) = chain_and_mass(given)?;
        Ok(Input { from: desk.find(from)?, grams })
    };
    let inputs: Vec<Input> = args.inputs.iter().map(input).collect::<Result<_, _>>()?;
    let into = match (&args.into, &args.product) {
        (Some(batch), _) => Into::Existing(desk.find(batch)?),
        (None, product) => Into::New(NewBatch::of(text("--product", product.as_deref().unwrap_or_default())?)),
    };
    let named = if let Into::Existing(batch) = &into { Some(*batch) } else { None };
    let place = args.place.as_deref().map(|place| desk.find(place)).transpose()?;
    let parcel = if args.draws.is_empty() { None } else { Some(handed::read(&args.draws)?) };
    let grams: u64 = inputs.iter().map(|input| input.grams.get()).sum();
    let sources: Vec<ChainId> = inputs.iter().map(|input| input.from).collect();
    let known: Vec<_> = sources.iter().map(|source| desk.book.chain(source)).collect();
    let (measured_mc, document, photos) = (None, None, Vec::new());
    let draft = Draft::Received(Receipt { into, inputs, place, measured_mc, document, at, parcel, photos });
    let written = desk.write_naming(&draft, args.alias.as_deref())?;
    let batch = written.begins.or(named);
    // A source that somebody else drew from is as it was known before, or as it came along.
    let drawn: i64 = (sources.iter().zip(&known))
        .filter_map(|(source, known)| Some(written.state(source).or(known.as_deref())?.drawn_for(&batch?, |_| true)))
        .sum();
    let came = batch.and_then(|batch| {
        let state = written.state(&batch)?;
        let inputs = &state.batch()?.inputs;
        Some(sources.iter().map(|source| inputs.with(source, |_| true)).sum::<i64>())
    });
    let shortage = u64::try_from(drawn - came.unwrap_or(drawn)).unwrap_or(0);
    let shown = batch.map(|batch| batch.to_string()).unwrap_or_default();
    let said = format!(
        "Signed: {} into batch {shown} (outbox entry {}).\n  short  {}\nNext: nguon push",
        kilograms_and_grams(grams, session.lang),
        written.number,
        kilograms_and_grams(shortage, session.lang)
    );
    let json =
        json!({ "outbox": written.number, "batch": batch, "grams": grams, "shortage": shortage, "alias": args.alias });
    Ok(Report::new(said, json))
}
