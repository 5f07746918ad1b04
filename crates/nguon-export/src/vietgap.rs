//! The field log of a plot in a season (nhật ký canh tác), as a VietGAP auditor asks for it: on A4 and as a spreadsheet, from one set
//! of rows.
//!
//! VietGAP's standard on crops (TCVN 11892-1:2017) asks growers to keep records of what they apply and harvest, and to be able to
//! trace each lot back to its plot; it sets no form. The columns here are those that co-operatives' own books have: what was applied,
//! when, of which lot, how much, on what area, in how much water, against what, by whom, with which pre-harvest interval and from
//! which day on fruit may be picked; what was picked, when, into which lot, and whether the interval was kept; inspections and
//! laboratory results; corrections, with what was written before; and room for the auditor's signature. When each entry was signed
//! and by whom stands beside it.
//!
//! What such a book has and these records do not (purchases of inputs, equipment, waste, training, analyses of soil and water) is
//! listed as [`Missing`], to be added by hand. Operators and reasons are personal data or free words, and written only when asked for.
//!
//! ```
//! use nguon_core::verify::{Options, verify};
//! use nguon_examples::season::{Season, Seed};
//! use nguon_export::vietgap::FieldLog;
//! use nguon_export::{Facts, Personal, Source};
//!
//! let season = Season::build(&Seed::sample())?;
//! let bundle = season.ledger.bundle(season.id("hung/0614"))?.to_bytes()?;
//! let verification = verify(&bundle, season.ledger.trust(), &Options::at(season.now()));
//! let source = Source::new(verification, season.now())?;
//! let facts = Facts::new(&source, Personal::Withheld);
//! for plot in facts.plots() {
//!     let log = FieldLog::of(&facts, &plot.id(), None)?;
//!     assert_eq!(log.season(), "2026");
//!     assert!(!log.inputs().is_empty() && !log.harvests().is_empty());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod changed;
mod columns;
mod head;
mod make;
#[cfg(feature = "pdf")]
mod page;
mod rows;
mod sheets;
mod value;

pub use columns::SHEETS;
pub use value::Value;

use nguon_core::ids::ChainId;
use nguon_core::state::Season;

use crate::facts::{Facts, Missing, Remedy, Stamp};
use changed::Changed;
use rows::Rows;

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bundle does not have that plot, or it is no plot.
    #[error("{0} is no plot of this bundle: name one that the lot was harvested on")]
    NoPlot(ChainId),
    /// The plot has no such season in the bundle.
    #[error(
        "plot {plot} has no season {wanted} in this bundle (it has: {known}): take a bundle of a lot of that season"
    )]
    NoSeason {
        /// The plot.
        plot: ChainId,
        /// What was asked for; `any` if nothing was.
        wanted: String,
        /// What there is.
        known: String,
    },
    /// The bundle to be attached is not the one that was verified.
    #[cfg(feature = "pdf")]
    #[error("this is not the bundle of the verified lot {0}: give the bytes that were verified")]
    OtherBundle(ChainId),
    /// The document could not be made.
    #[cfg(feature = "pdf")]
    #[error(transparent)]
    Paper(#[from] crate::paper::Error),
}

/// One plot's log of one season.
#[derive(Debug, Clone)]
pub struct FieldLog {
    batch: ChainId,
    plot: ChainId,
    season: String,
    stamp: Stamp,
    head: Vec<(&'static str, &'static str, Value)>,
    rows: Rows,
    missing: Vec<Missing>,
    #[cfg(feature = "pdf")]
    attached: Option<Vec<u8>>,
}

impl FieldLog {
    /// The log of a plot; of the season of this name, or of its newest.
    pub fn of(facts: &Facts<'_>, plot: &ChainId, season: Option<&str>) -> Result<Self, Error> {
        let state = facts.chain(plot).and_then(|chain| chain.state().place()).filter(|place| place.area.is_some());
        let state = state.ok_or(Error::NoPlot(*plot))?;
        let asked = |known: &&Season| season.is_none_or(|wanted| known.name.as_str() == wanted);
        let of_season = state.seasons.iter().rfind(asked).ok_or_else(|| {
            let known: Vec<&str> = state.seasons.iter().map(|known| known.name.as_str()).collect();
            Error::NoSeason { plot: *plot, wanted: season.unwrap_or("any").to_owned(), known: known.join(", ") }
        })?;
        let until = state.seasons.iter().map(|next| next.opened).filter(|next| *next > of_season.opened).min();
        let mut missing = Vec::new();
        let rows = Rows::of(facts, plot, (of_season.opened, until.unwrap_or(u64::MAX)), &mut missing);
        let head = head::of(facts, plot, of_season, &mut missing);
        by_hand(*plot, &mut missing);
        Ok(Self {
            batch: facts.batch(),
            plot: *plot,
            season: of_season.name.to_string(),
            stamp: facts.stamp(),
            head,
            rows,
            missing,
            #[cfg(feature = "pdf")]
            attached: None,
        })
    }

    /// The plot.
    #[must_use]
    pub const fn plot(&self) -> ChainId {
        self.plot
    }

    /// The lot whose bundle the log was read from.
    #[must_use]
    pub const fn batch(&self) -> ChainId {
        self.batch
    }

    /// The season's name.
    #[must_use]
    pub fn season(&self) -> &str {
        &self.season
    }

    /// What was applied: rows of the second of [`SHEETS`], without the plot and season before them.
    #[must_use]
    pub fn inputs(&self) -> &[Vec<Value>] {
        &self.rows.inputs
    }

    /// What was harvested: rows of the third.
    #[must_use]
    pub fn harvests(&self) -> &[Vec<Value>] {
        &self.rows.harvests
    }

    /// Inspections, laboratory results and certificates, of the plot and its growing area: rows of the fourth.
    #[must_use]
    pub fn checks(&self) -> &[Vec<Value>] {
        &self.rows.checks
    }

    /// Corrections that count, one row for each value that changed: rows of the fifth.
    #[must_use]
    pub fn corrections(&self) -> Vec<Vec<Value>> {
        self.rows.changed.iter().map(Changed::row).collect()
    }

    /// What an auditor asks for and the records do not have, or may not show.
    #[must_use]
    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }
}

/// What no record has a field for.
fn by_hand(plot: ChainId, missing: &mut Vec<Missing>) {
    for element in [
        "Mua vật tư: ngày, nơi bán, hạn dùng / Purchases of inputs: date, seller, expiry",
        "Thiết bị phun: vệ sinh, hiệu chỉnh / Sprayers: cleaning, calibration",
        "Thu gom bao bì thuốc / Waste of packages",
        "Tập huấn, bảo hộ lao động / Training, protective clothing",
        "Phân tích đất, nước / Analyses of soil and water",
    ] {
        missing.push(Missing::of_first(format!("VietGAP: {element}"), plot, "—", Remedy::ByHand));
    }
}
