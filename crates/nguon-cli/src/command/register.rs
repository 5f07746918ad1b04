//! `nguon register`: a batch is opened, with its label and its first harvest.

use nguon_core::values::{Code, Count, GtinCode, Label, LotCode, Text};
use nguon_draft::{Counted, Draft, Harvest, Into, NewBatch, Share};
use serde_json::json;

use super::init::text;
use super::place::chain_and_mass;
use crate::args::Signing;
use crate::compose::normalised;
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
    let desk = Desk::open(session, &args.signing)?;
    let batch = NewBatch {
        product,
        variety: args.variety.as_deref().map(|variety| text("--variety", variety)).transpose()?,
        label: label.clone(),
        label_of: args.label_of.as_deref().map(|labelled| desk.find(labelled)).transpose()?,
    };
    let shares: Vec<Share> =
        args.harvests.iter().map(|share| share_of(&desk, &args, share)).collect::<Result<_, _>>()?;
    let picked: u64 = shares.iter().flat_map(|share| &share.crates).map(|grams| grams.get()).sum();
    let crates = args.crates.map(Count::new).transpose();
    let crates = crates.map_err(|error| Error::caller(format_args!("--crates: {error}")))?;
    let draft = if shares.is_empty() {
        Draft::Opened(batch)
    } else {
        let counted = crates.map_or(Counted::NotCounted, Counted::Together);
        let (into, operator) = (Into::New(batch), args.operator.as_deref().map(normalised));
        Draft::Harvested(Harvest { shares, into, counted, at, operator, parcel: None, photos: Vec::new() })
    };
    let written = desk.write_naming(&draft, args.alias.as_deref())?;
    let (number, batch) = (written.number, written.begins.ok_or_else(|| Error::system("no batch"))?);

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

fn share_of(desk: &Desk<'_>, args: &Args, share: &str) -> Result<Share, Error> {
    let (plot, grams) = chain_and_mass(share)?;
    Ok(Share { plot: desk.find(plot)?, season: args.season.clone(), crates: vec![grams] })
}

fn label(args: &Args) -> Result<Option<Label>, Error> {
    let (Some(gtin), Some(lot)) = (&args.gtin, &args.lot) else { return Ok(None) };
    let gtin: nguon_gs1::Gtin =
        gtin.parse().map_err(|error| Error::caller(error).next("compare --gtin with the label"))?;
    let lot: nguon_gs1::Lot =
        normalised(lot).parse().map_err(|error| Error::caller(error).next("a lot is ASCII, at most 20 characters"))?;
    Ok(Some(Label { gtin: GtinCode::from(gtin), lot: LotCode::from(lot) }))
}
