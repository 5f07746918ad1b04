//! `nguon remaining`: what is left of a batch, a plot's allotment, a growing area's ceiling.

use std::sync::Arc;

use nguon_core::ids::ChainId;
use nguon_core::permission::ChainSort;
use nguon_core::state::{BatchState, ChainState, PlaceState, Subject};
use serde_json::{Value, json};

use crate::book::Book;
use crate::error::Error;
use crate::home::Names;
use crate::quantity::kilograms_and_grams;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon remaining lo-bay             a batch: what came in, went out, and is left
  nguon remaining thua-bay           a plot: what is left of each season's allotment
  nguon remaining vung               a growing area: what is left of each season's ceiling

As far as is known here, what waits in the outbox included; fetch first: nguon pull CHAIN.
Corrections count as they count now; one that waits for an approval does not.";

/// Options of `nguon remaining`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The batch, plot or growing area
    chain: String,
}

/// Says it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let book = Book::load(&session.home)?;
    let names = session.home.names()?;
    let chain = book.find(&args.chain, &names)?;
    let state = book.need(&chain)?;
    match &state.subject {
        Subject::Batch(batch) => Ok(of_batch(session, &names, &chain, batch)),
        Subject::Place(place) if place.sort == ChainSort::Plot => of_plot(session, &book, &chain, place),
        Subject::Place(place) if place.sort == ChainSort::GrowingArea => Ok(of_area(session, &names, &chain, place)),
        _ => Err(Error::caller("nothing is weighed on this chain")
            .next("name a batch, a plot or a growing area: `nguon show` lists what is known here")),
    }
}

fn of_batch(session: &Session, names: &Names, chain: &ChainId, batch: &BatchState) -> Report {
    let mass = |grams: i64| kilograms_and_grams(u64::try_from(grams).unwrap_or(0), session.lang);
    let mut text = format!(
        "came in                  {}\ndrawn                    {}\nsold, lost, disposed of  {}\nremaining                {}\n",
        mass(batch.inputs.total()),
        mass(batch.draws.total()),
        mass(batch.gone.total()),
        kilograms_and_grams(batch.remaining(), session.lang)
    );
    if batch.boxes() > 0 {
        text.push_str(&format!("boxes                    {}, labels issued {}\n", batch.boxes(), batch.labels()));
    }
    let mut draws = Vec::new();
    for to in batch.draws.others() {
        let grams = batch.draws.with(&to, |_| true);
        let name = names.of(&to).map_or_else(|| to.to_string(), ToOwned::to_owned);
        text.push_str(&format!("  {} to {name}\n", mass(grams)));
        draws.push(json!({ "to": to, "grams": grams }));
    }
    Report::new(
        text,
        json!({
            "chain": chain, "in_g": batch.inputs.total(), "drawn_g": batch.draws.total(), "gone_g": batch.gone.total(),
            "remaining_g": batch.remaining(), "boxes": batch.boxes(), "labels": batch.labels(), "draws": draws,
        }),
    )
}

fn of_plot(session: &Session, book: &Book, chain: &ChainId, place: &PlaceState) -> Result<Report, Error> {
    let (mut text, mut seasons) = (String::new(), Vec::new());
    for share in shares(book, chain, place)? {
        text.push_str(&share.tell(session));
        seasons.push(share.view());
    }
    if text.is_empty() {
        text.push_str("No season is open on this plot.");
    }
    Ok(Report::new(text, json!({ "chain": chain, "seasons": seasons })))
}

/// A plot's part of a season.
pub struct Share {
    season: String,
    allotted: Option<u64>,
    harvested: u64,
}

impl Share {
    /// In words.
    pub fn tell(&self, session: &Session) -> String {
        let mass = |grams| kilograms_and_grams(grams, session.lang);
        match self.allotted {
            None => format!("season {}: nothing is allotted; harvested {}\n", self.season, mass(self.harvested)),
            Some(allotted) => format!(
                "season {}: allotted {}, harvested {}, remaining {}\n",
                self.season,
                mass(allotted),
                mass(self.harvested),
                mass(allotted.saturating_sub(self.harvested))
            ),
        }
    }

    /// For machines.
    pub fn view(&self) -> Value {
        json!({
            "season": self.season, "allotted_g": self.allotted, "harvested_g": self.harvested,
            "remaining_g": self.allotted.map(|allotted| allotted.saturating_sub(self.harvested)),
        })
    }
}

/// A plot's parts of its seasons; the growing area's chain says how much was allotted.
pub fn shares(book: &Book, plot: &ChainId, place: &PlaceState) -> Result<Vec<Share>, Error> {
    let area = place.area.map(|area| book.need(&area)).transpose()?;
    let area: Option<&PlaceState> = area.as_ref().and_then(|area: &Arc<ChainState>| area.place());
    let share = |season: &nguon_core::state::Season| {
        let of_area = area.and_then(|area| area.season(&season.name));
        let allotted = of_area.map(|of| of.allotted.with(plot, |_| true)).filter(|grams| *grams > 0);
        Share {
            season: season.name.to_string(),
            allotted: allotted.and_then(|grams| u64::try_from(grams).ok()),
            harvested: u64::try_from(season.harvested.total()).unwrap_or(0),
        }
    };
    Ok(place.seasons.iter().map(share).collect())
}

fn of_area(session: &Session, names: &Names, chain: &ChainId, place: &PlaceState) -> Report {
    let mass = |grams: i64| kilograms_and_grams(u64::try_from(grams).unwrap_or(0), session.lang);
    let (mut text, mut seasons) = (String::new(), Vec::new());
    for season in &place.seasons {
        let (ceiling, allotted) = (season.ceiling, season.allotted.total());
        text.push_str(&format!(
            "season {}: ceiling {}, allotted {}, remaining {}\n",
            season.name,
            mass(ceiling),
            mass(allotted),
            mass(ceiling - allotted)
        ));
        let mut plots = Vec::new();
        for plot in season.allotted.others() {
            let grams = season.allotted.with(&plot, |_| true);
            let name = names.of(&plot).map_or_else(|| plot.to_string(), ToOwned::to_owned);
            text.push_str(&format!("  {} for {name}\n", mass(grams)));
            plots.push(json!({ "plot": plot, "grams": grams }));
        }
        seasons.push(json!({
            "season": season.name, "ceiling_g": ceiling, "allotted_g": allotted, "remaining_g": ceiling - allotted,
            "plots": plots,
        }));
    }
    if text.is_empty() {
        text.push_str("No season is open on this growing area.");
    }
    Report::new(text, json!({ "chain": chain, "seasons": seasons }))
}
