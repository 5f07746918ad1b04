//! `nguon weigh-in`: a collector takes fruit in at the orchard, one batch a farmer.

use std::collections::BTreeMap;
use std::path::PathBuf;

use nguon_core::event::Input;
use nguon_core::ids::ChainId;
use nguon_core::values::{Code, Text, Time};
use nguon_draft::{Counted, Draft, Harvest, Into, NewBatch, Parcel, Share};
use serde_json::{Value, json};

use super::handed;
use super::init::text;
use super::place::chain_and_mass;
use crate::args::Signing;
use crate::desk::{Desk, Seat};
use crate::error::Error;
use crate::home::KeyName;
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
  nguon harvest thua=31.5,30 --into lo-bay --as dien-thoai               at the farmer's
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
    /// What a farmer signed: a file (`nguon outbox export`), pictures or texts of the phone's codes, - for a hand scanner; may be repeated
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
    desk.acting_actor()?;
    let product: Text = text("--product", args.product.as_deref().unwrap_or_default())?;
    let variety: Option<Text> = args.variety.as_deref().map(|variety| text("--variety", variety)).transpose()?;
    let mut farmers: BTreeMap<ChainId, Vec<Share>> = BTreeMap::new();
    for share in &args.shares {
        let (plot, grams) = chain_and_mass(share)?;
        let plot = desk.find(plot)?;
        let state = desk.book.need(&plot)?;
        let custodian = state.place().filter(|place| place.area.is_some()).map(|place| place.custodian());
        let farmer = custodian.ok_or_else(|| Error::caller(format_args!("{share:?}: this is no plot")))?;
        farmers.entry(farmer).or_default().push(Share { plot, season: args.season.clone(), crates: vec![grams] });
    }
    let other = [desk.seat(&Signing { signing_key: args.draws_as.clone(), on_behalf_of: None })?];
    let mut weighed = Vec::new();
    for (farmer, shares) in farmers {
        let into = Into::New(NewBatch { variety: variety.clone(), ..NewBatch::of(product.clone()) });
        weighed.push(Weighed { farmer: Some(farmer), ..write(desk, &other, shares, into, at, None)? });
    }
    Ok(weighed)
}

/// Draws that farmers signed themselves, and the harvest over them.
fn from_outboxes(desk: &mut Desk<'_>, batch: &str, draws: &[PathBuf], at: Option<Time>) -> Result<Weighed, Error> {
    let batch = desk.find(batch)?;
    let parcel = handed::read(draws)?;
    let inputs = handed::open_draws(&parcel, &batch, &desk.book)?;
    let share = |input: Input| Share { plot: input.from, season: None, crates: vec![input.grams] };
    let shares = inputs.into_iter().map(share).collect();
    write(desk, &[], shares, Into::Existing(batch), at, Some(parcel))
}

fn write(
    desk: &mut Desk<'_>,
    other: &[Seat],
    shares: Vec<Share>,
    into: Into,
    at: Option<Time>,
    parcel: Option<Parcel>,
) -> Result<Weighed, Error> {
    let grams = shares.iter().flat_map(|share| &share.crates).map(|grams| grams.get()).sum();
    let named = if let Into::Existing(batch) = &into { Some(*batch) } else { None };
    let (counted, operator, photos) = (Counted::NotCounted, None, Vec::new());
    let draft = Draft::WeighedIn(Harvest { shares, into, counted, at, operator, parcel, photos });
    let written = desk.write_group(&draft, other)?;
    let batch = written.begins.or(named).ok_or_else(|| Error::system("no batch"))?;
    Ok(Weighed { entry: written.number, batch, farmer: None, grams })
}
