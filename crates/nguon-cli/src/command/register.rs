//! `nguon register`: a batch is opened, with its label and its first harvest.

use nguon_core::event::{HarvestDrawn, Harvested, Input, Opened};
use nguon_core::ids::ChainId;
use nguon_core::values::{Code, Count, Grams, GtinCode, Label, List, LotCode, Text, Time};
use serde_json::json;

use super::init::text;
use super::place::chain_and_mass;
use crate::args::Signing;
use crate::compose::{Composed, Sealer, normalised};
use crate::desk::Desk;
use crate::error::Error;
use crate::moment;
use crate::quantity::kilograms_of;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon register --as coop --for bay --product \"vải thiều\" --harvest thua-bay=850.5 \\
      --crates 34 --alias lo-bay
  nguon register --as kho --product \"Vải thiều Lục Ngạn\" --gtin 09521234543213 --lot VT-0612 \\
      --alias thung-0612

Opening, draw on the plot and harvest are one group: the server takes all of it or nothing.
A label is printed once it is accepted: nguon push, then nguon label.";

/// Options of `nguon register`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// What the produce is, in the words of the trade
    #[arg(long)]
    product: String,
    /// Its variety
    #[arg(long)]
    variety: Option<String>,
    /// GTIN that will be printed, 8 to 14 digits
    #[arg(long, requires = "lot")]
    gtin: Option<String>,
    /// Lot that will be printed
    #[arg(long, requires = "gtin")]
    lot: Option<String>,
    /// The labelled batch of which this is a consignment
    #[arg(long, value_name = "BATCH", conflicts_with = "gtin")]
    label_of: Option<String>,
    /// A plot and what was picked there; may be repeated
    #[arg(long = "harvest", value_name = "PLOT=KG")]
    harvests: Vec<String>,
    /// The plots' season [default: the one opened last]
    #[arg(long, requires = "harvests")]
    season: Option<Code>,
    /// Number of field containers (sọt)
    #[arg(long, requires = "harvests")]
    crates: Option<u64>,
    /// Name of who picked (personal: sealed)
    #[arg(long, requires = "harvests", value_name = "NAME")]
    operator: Option<String>,
    /// When it was picked [default: now]
    #[arg(long, requires = "harvests", value_name = "TIME")]
    at: Option<String>,
    /// Local name for its chain
    #[arg(long, value_name = "NAME")]
    alias: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// Opens the batch.
pub fn run(session: &Session, args: Args) -> Result<Report, Error> {
    let at = args.at.as_deref().map(|text| moment::parse(text, session.offset)).transpose();
    let at = at.map_err(|error| Error::caller(format_args!("--at: {error}")))?;
    let label = label(&args)?;
    let product: Text = text("--product", &args.product)?;
    let mut desk = Desk::open(session, &args.signing)?;
    let mut opened = Opened::new(desk.acting_actor()?, product);
    opened.variety = args.variety.as_deref().map(|variety| text("--variety", variety)).transpose()?;
    opened.label = label.clone();
    opened.label_of = args.label_of.as_deref().map(|labelled| desk.find(labelled)).transpose()?;
    let batch = desk.begin(Composed::plain(opened), None)?;
    let picked = harvest(&mut desk, batch, &args, at)?;
    let number = desk.finish_naming(args.alias.as_deref(), batch)?;

    let mut said = format!("Signed: the batch is open.\n  batch  {batch}\n");
    if let Some(label) = &label {
        said.push_str(&format!("  label  (01){} (10){}\n", label.gtin, label.lot));
    }
    if picked > 0 {
        said.push_str(&format!("  picked {}\n", kilograms_of(picked, session.lang)));
    }
    said.push_str("Next: nguon push");
    Ok(Report::new(
        said,
        json!({ "outbox": number, "batch": batch, "alias": args.alias, "label": label, "grams": picked }),
    ))
}

/// Draws on each plot, then the harvest that names them. Gives the grams picked.
fn harvest(desk: &mut Desk<'_>, batch: ChainId, args: &Args, at: Option<Time>) -> Result<u64, Error> {
    let mut inputs = Vec::new();
    for share in &args.harvests {
        let (plot, grams) = chain_and_mass(share)?;
        let plot = desk.find(plot)?;
        let season = match &args.season {
            Some(season) => season.clone(),
            None => last_season(desk, &plot)?,
        };
        let mut drawn = HarvestDrawn::new(season, batch, grams);
        drawn.at = at;
        let mut sealer = Sealer::default();
        drawn.operator =
            args.operator.as_deref().map(|name| sealer.text("harvest_drawn/operator", name)).transpose()?;
        desk.append(plot, sealer.with(drawn), None)?;
        inputs.push(Input { from: plot, grams });
    }
    if inputs.is_empty() {
        return Ok(0);
    }
    let picked = inputs.iter().map(|input: &Input| Grams::get(input.grams)).sum();
    let mut harvested = Harvested::new(List::new(inputs).map_err(Error::caller)?);
    harvested.at = at;
    let crates = args.crates.map(Count::new).transpose();
    harvested.crates = crates.map_err(|error| Error::caller(format_args!("--crates: {error}")))?;
    desk.append(batch, Composed::plain(harvested), None)?;
    Ok(picked)
}

/// The season that was opened last on a plot.
pub fn last_season(desk: &Desk<'_>, plot: &ChainId) -> Result<Code, Error> {
    let state = desk.book.need(plot)?;
    let last = state.place().and_then(|place| place.seasons.last().map(|season| season.name.clone()));
    last.ok_or_else(|| {
        Error::caller("no season is open on this plot")
            .next("open one with `nguon place season`, or name it with --season")
    })
}

fn label(args: &Args) -> Result<Option<Label>, Error> {
    let (Some(gtin), Some(lot)) = (&args.gtin, &args.lot) else { return Ok(None) };
    let gtin: nguon_gs1::Gtin =
        gtin.parse().map_err(|error| Error::caller(error).next("compare --gtin with the label"))?;
    let lot: nguon_gs1::Lot =
        normalised(lot).parse().map_err(|error| Error::caller(error).next("a lot is ASCII, at most 20 characters"))?;
    Ok(Some(Label { gtin: GtinCode::from(gtin), lot: LotCode::from(lot) }))
}
