//! `nguon weigh-in`: a collector takes fruit in at the orchard, one batch a farmer.

use std::collections::BTreeMap;
use std::path::PathBuf;

use nguon_core::event::{Event, HarvestDrawn, Harvested, Input, Opened};
use nguon_core::ids::ChainId;
use nguon_core::record::Signer;
use nguon_core::values::{Code, Grams, List, Text, Time};
use serde_json::{Value, json};

use super::init::text;
use super::place::chain_and_mass;
use super::register::last_season;
use crate::args::Signing;
use crate::compose::Composed;
use crate::desk::{Desk, Seat};
use crate::error::Error;
use crate::files;
use crate::home::{Entry, KeyName};
use crate::moment;
use crate::quantity::kilograms_and_grams;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon weigh-in thua-bay=850.5 thua-hai=430 thua-hai-2=120 --product \"vải thiều\" \\
      --as tram-can --draws-as coop
  nguon push

One batch a farmer is opened, owned by the collector (--as). On each plot a draw is signed with
--draws-as: the household's own key, or its registrar's, who signs for households without a key.
Opening, draws and harvest of a farmer are one group: the server takes all of it or nothing, and
what is refused of one farmer holds up no other.

Where the farmer signs on a phone of their own:
  nguon register --as tram-can --product \"vải thiều\" --alias lo-bay      at the collector's
  nguon append thua --event '{\"harvest_drawn\": {…, \"to\": ID, …}}'        at the farmer's
  nguon outbox export 1 --out can-bay.json                               at the farmer's
  nguon weigh-in --batch lo-bay --draw can-bay.json --as tram-can        at the collector's
Draw and harvest then go as one group; the farmer may push as well, it is the same record.";

/// Options of `nguon weigh-in`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// Plots and what was picked there
    #[arg(value_name = "PLOT=KG", required_unless_present = "draws", conflicts_with = "draws")]
    shares: Vec<String>,
    /// What the produce is, in the words of the trade
    #[arg(long, required_unless_present = "draws")]
    product: Option<String>,
    /// Its variety
    #[arg(long)]
    variety: Option<String>,
    /// Key that signs the draws on the plots
    #[arg(long, value_name = "KEY", required_unless_present = "draws")]
    draws_as: Option<KeyName>,
    /// The plots' season [default: the one opened last]
    #[arg(long)]
    season: Option<Code>,
    /// When it was picked [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// A draw from a farmer's outbox (`nguon outbox export`); may be repeated
    #[arg(long = "draw", value_name = "FILE", requires = "batch")]
    draws: Vec<PathBuf>,
    /// The batch that these draws name
    #[arg(long, value_name = "BATCH", requires = "draws")]
    batch: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// What came into one batch.
struct Weighed {
    entry: u64,
    batch: ChainId,
    farmer: Option<ChainId>,
    grams: u64,
}

/// Takes it in.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let at = args.at.as_deref().map(|text| moment::parse(text, session.offset)).transpose();
    let at = at.map_err(|error| Error::caller(format_args!("--at: {error}")))?;
    let mut desk = Desk::open(session, &args.signing)?;
    let weighed = match &args.batch {
        Some(batch) => vec![from_outboxes(&mut desk, batch, &args.draws, at)?],
        None => here(&mut desk, args, at)?,
    };
    let mut said = String::new();
    for one in &weighed {
        let farmer =
            one.farmer.map(|farmer| desk.names.of(&farmer).map_or_else(|| farmer.to_string(), ToOwned::to_owned));
        said.push_str(&format!(
            "Signed: {} into batch {}{} (outbox entry {})\n",
            kilograms_and_grams(one.grams, session.lang),
            one.batch,
            farmer.map(|farmer| format!(" from {farmer}")).unwrap_or_default(),
            one.entry
        ));
    }
    said.push_str("Next: nguon push");
    let json: Vec<Value> = weighed
        .iter()
        .map(|one| json!({ "outbox": one.entry, "batch": one.batch, "farmer": one.farmer, "grams": one.grams }))
        .collect();
    Ok(Report::new(said, json!({ "weighed": json })))
}

/// All signed at this desk: one group a farmer.
fn here(desk: &mut Desk<'_>, args: &Args, at: Option<Time>) -> Result<Vec<Weighed>, Error> {
    let owner = desk.acting_actor()?;
    let product: Text = text("--product", args.product.as_deref().unwrap_or_default())?;
    let variety: Option<Text> = args.variety.as_deref().map(|variety| text("--variety", variety)).transpose()?;
    let mut farmers: BTreeMap<ChainId, Vec<(ChainId, Grams)>> = BTreeMap::new();
    for share in &args.shares {
        let (plot, grams) = chain_and_mass(share)?;
        let plot = desk.find(plot)?;
        let state = desk.book.need(&plot)?;
        let custodian = state.place().filter(|place| place.area.is_some()).map(|place| place.custodian());
        let farmer = custodian.ok_or_else(|| Error::caller(format_args!("{share:?}: this is no plot")))?;
        farmers.entry(farmer).or_default().push((plot, grams));
    }
    let mut other = desk.seat(&Signing { signing_key: args.draws_as.clone(), on_behalf_of: None })?;
    let mut weighed = Vec::new();
    for (farmer, plots) in farmers {
        let mut opened = Opened::new(owner, product.clone());
        opened.variety.clone_from(&variety);
        let batch = desk.begin(Composed::plain(opened), None)?;
        let drawn = at_other_seat(desk, &mut other, &farmer, |desk| draw(desk, batch, &plots, args, at));
        let inputs = drawn?;
        let grams = harvest(desk, batch, inputs, at)?;
        weighed.push(Weighed { entry: desk.finish_group()?, batch, farmer: Some(farmer), grams });
    }
    Ok(weighed)
}

/// Lets the other key sign: its own actor's draws, or those of a household for which it signs.
fn at_other_seat<T>(
    desk: &mut Desk<'_>,
    other: &mut Seat,
    farmer: &ChainId,
    write: impl FnOnce(&mut Desk<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    other.on_behalf_of = (other.signer != Signer::Actor(*farmer)).then_some(*farmer);
    desk.swap(other);
    let written = write(desk);
    desk.swap(other);
    written
}

fn draw(
    desk: &mut Desk<'_>,
    batch: ChainId,
    plots: &[(ChainId, Grams)],
    args: &Args,
    at: Option<Time>,
) -> Result<Vec<Input>, Error> {
    let mut inputs = Vec::new();
    for (plot, grams) in plots {
        let season = match &args.season {
            Some(season) => season.clone(),
            None => last_season(desk, plot)?,
        };
        let mut event = HarvestDrawn::new(season, batch, *grams);
        event.at = at;
        desk.append(*plot, Composed::plain(event), None)?;
        inputs.push(Input { from: *plot, grams: *grams });
    }
    Ok(inputs)
}

fn harvest(desk: &mut Desk<'_>, batch: ChainId, inputs: Vec<Input>, at: Option<Time>) -> Result<u64, Error> {
    let grams = inputs.iter().map(|input| input.grams.get()).sum();
    let mut event = Harvested::new(List::new(inputs).map_err(Error::caller)?);
    event.at = at;
    desk.append(batch, Composed::plain(event), None)?;
    Ok(grams)
}

/// Draws that farmers signed themselves, and the harvest over them.
fn from_outboxes(desk: &mut Desk<'_>, batch: &str, draws: &[PathBuf], at: Option<Time>) -> Result<Weighed, Error> {
    let batch = desk.find(batch)?;
    let mut inputs: Vec<Input> = Vec::new();
    for path in draws {
        let wrong = |why: &dyn std::fmt::Display| {
            Error::caller(format_args!("{}: {why}", path.display()))
                .next("have it exported again at the farmer's: nguon outbox export NUMBER --out FILE")
        };
        let bytes = files::read(path)?.ok_or_else(|| wrong(&"it is not there"))?;
        let entry: Entry = serde_json::from_slice(&bytes).map_err(|error| wrong(&error))?;
        for signed in entry.signed().map_err(|error| wrong(&error))? {
            let record = nguon_core::record::Record::from_payload(signed.payload()).map_err(|error| wrong(&error))?;
            match (record.chain, record.event) {
                (Some(plot), Event::HarvestDrawn(event)) if event.to == batch => {
                    inputs.push(Input { from: plot, grams: event.grams });
                }
                _ => return Err(wrong(&"it holds something else than harvests for this batch")),
            }
        }
        desk.take(entry)?;
    }
    let grams = harvest(desk, batch, inputs, at)?;
    Ok(Weighed { entry: desk.finish_group()?, batch, farmer: None, grams })
}
