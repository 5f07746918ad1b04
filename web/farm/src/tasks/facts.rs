//! What the task pages know of the chains at hand: plain values, taken from the book once a page opens.

use nguon_core::ids::ChainId;
use nguon_core::values::Code;

use super::day::Day;
use crate::products::Product;

/// What is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Whose device this is
    pub me: ChainId,
    /// By the device's clock, Unix seconds
    pub now: u64,
    /// Plots this device may write on
    pub plots: Vec<Plot>,
    /// Batches of this actor from which something may still go, or into which something may come
    pub batches: Vec<Batch>,
    /// Products that were used here, newest first
    pub used: Vec<Used>,
    /// Products of the server's list
    pub list: Vec<Product>,
    /// How many batches were filled here today, and grams in all
    pub weighed: (usize, u64),
}

/// A plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Its chain
    pub id: ChainId,
    /// What its household calls it
    pub name: String,
    /// Whose it is
    pub household: ChainId,
    /// Their name
    pub farmer: String,
    /// Whether this device's actor signs for them: they have no key
    pub on_behalf: bool,
    /// What grows there
    pub variety: String,
    /// How large it is
    pub area_m2: u64,
    /// Its newest season
    pub season: Option<Season>,
    /// What it waits for
    pub wait: Option<Wait>,
    /// When it was harvested, Unix seconds
    pub harvests: Vec<u64>,
}

/// A season of a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Season {
    /// Its name
    pub name: Code,
    /// Its window, Unix seconds
    pub from: u64,
    /// Its window's end
    pub until: u64,
    /// Grams that are left of the plot's share, where that is known
    pub left: Option<u64>,
}

/// Why a plot may not be picked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// From when on it may, Unix seconds
    pub until: u64,
    /// Because of what
    pub product: String,
    /// Applied when
    pub applied: u64,
}

/// A batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Its chain
    pub id: ChainId,
    /// What the produce is
    pub product: String,
    /// Of which variety
    pub variety: Option<String>,
    /// When it was opened, Unix seconds
    pub opened: u64,
    /// Grams that are left
    pub left: u64,
    /// Whether it takes more: nothing has left it, and it has no label
    pub takes_more: bool,
}

/// A product as it was used here before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// The product
    pub product: Product,
    /// Its kind, as a form has it
    pub kind: &'static str,
    /// Lot number on its package
    pub lot: Option<String>,
    /// How much was used, as it is told
    pub dose: (u64, bool),
}

impl Facts {
    /// A plot.
    #[must_use]
    pub fn plot(&self, id: &ChainId) -> Option<&Plot> {
        self.plots.iter().find(|plot| plot.id == *id)
    }

    /// A batch.
    #[must_use]
    pub fn batch(&self, id: &ChainId) -> Option<&Batch> {
        self.batches.iter().find(|batch| batch.id == *id)
    }

    /// The day of a moment.
    #[must_use]
    pub fn day(&self, unix: u64) -> Day {
        Day::of(unix)
    }

    /// Today.
    #[must_use]
    pub fn today(&self) -> Day {
        self.day(self.now)
    }

    /// The batch that a harvest of this variety goes into unless another is chosen: one of today's that takes more.
    #[must_use]
    pub fn todays_batch(&self, variety: &str) -> Option<&Batch> {
        let fits = |batch: &&Batch| {
            batch.takes_more
                && batch.left > 0
                && batch.variety.as_deref() == Some(variety)
                && self.day(batch.opened) == self.today()
        };
        self.batches.iter().rev().find(fits)
    }
}
