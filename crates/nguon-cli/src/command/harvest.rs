//! `nguon harvest`: fruit was picked on a household's plots.

use nguon_core::values::Code;
use nguon_draft::{Counted, Draft, Harvest, Into, NewBatch, Share};
use serde_json::json;

use super::init::text;
use super::place::chain_and_mass;
use crate::args::Signing;
use crate::compose::normalised;
use crate::desk::Desk;
use crate::error::Error;
use crate::moment;
use crate::quantity::kilograms_and_grams;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon harvest thua-bay=31.5,30,32 --product \"vải thiều\" --alias lo-bay --as coop --for bay
  nguon harvest thua-bay=60 --into lo-can --as dien-thoai-bay

Weights of crates are separated by commas, with points for decimals. A batch is opened for it, or
--into names one: of the household, or of the collector, whose code the collector shows. Into
another's batch only the draw on the plot is signed; the collector records the arrival.";

/// Options of `nguon harvest`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// Plots, and the weight of each crate picked there
    #[arg(value_name = "PLOT=KG[,KG…]", required = true)]
    shares: Vec<String>,
    /// What the produce is: a batch is opened for it
    #[arg(long, required_unless_present = "into", conflicts_with = "into")]
    product: Option<String>,
    /// Its variety
    #[arg(long, requires = "product")]
    variety: Option<String>,
    /// The batch it goes into
    #[arg(long, value_name = "BATCH")]
    into: Option<String>,
    /// Local name for the batch that is opened
    #[arg(long, value_name = "NAME", requires = "product")]
    alias: Option<String>,
    /// The plots' season [default: the one opened last]
    #[arg(long)]
    season: Option<Code>,
    /// Name of who picked (personal: sealed)
    #[arg(long, value_name = "NAME")]
    operator: Option<String>,
    /// When it was picked [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// Records it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let at = moment::option(session, args.at.as_deref())?;
    let desk = Desk::open(session, &args.signing)?;
    let share = |given: &String| -> Result<Share, Error> {
        let (plot, weights) = given.split_once('=').ok_or_else(|| {
            Error::caller(format_args!("{given:?} is no share"))
                .next("write it like thua-bay=31.5,30: a plot, and kilograms")
        })?;
        let crates = weights.split(',').map(|weight| {
            let whole = format!("{plot}={weight}");
            chain_and_mass(&whole).map(|(_, grams)| grams)
        });
        Ok(Share { plot: desk.find(plot)?, season: args.season.clone(), crates: crates.collect::<Result<_, _>>()? })
    };
    let shares: Vec<Share> = args.shares.iter().map(share).collect::<Result<_, _>>()?;
    let grams: u64 = shares.iter().flat_map(|share| &share.crates).map(|grams| grams.get()).sum();
    let into = match (&args.into, &args.product) {
        (Some(batch), _) => Into::Existing(desk.find(batch)?),
        (None, product) => Into::New(NewBatch {
            variety: args.variety.as_deref().map(|variety| text("--variety", variety)).transpose()?,
            ..NewBatch::of(text("--product", product.as_deref().unwrap_or_default())?)
        }),
    };
    let operator = args.operator.as_deref().map(normalised);
    let named = if let Into::Existing(batch) = &into { Some(*batch) } else { None };
    let draft = Draft::Harvested(Harvest {
        shares,
        into,
        counted: Counted::EachWeighed,
        at,
        operator,
        parcel: None,
        photos: Vec::new(),
    });
    let written = desk.write_naming(&draft, args.alias.as_deref())?;
    let batch = written.begins.or(named);
    let shown = batch.map(|batch| batch.to_string()).unwrap_or_default();
    let said = format!(
        "Signed: {} into batch {shown} (outbox entry {}).\nNext: nguon push",
        kilograms_and_grams(grams, session.lang),
        written.number
    );
    Ok(Report::new(said, json!({ "outbox": written.number, "batch": batch, "grams": grams, "alias": args.alias })))
}
