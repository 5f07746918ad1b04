//! What a verified history says to those who need a file of it: events as they count by now, parties, places, lots.
//!
//! ```
//! use nguon_core::verify::{Options, verify};
//! use nguon_examples::season::{Season, Seed};
//! use nguon_export::{Facts, Personal, Source};
//!
//! let season = Season::build(&Seed::sample())?;
//! let bundle = season.ledger.bundle(season.id("hung/0614"))?.to_bytes()?;
//! let verification = verify(&bundle, season.ledger.trust(), &Options::at(season.now()));
//! let source = Source::new(verification, season.now())?;
//! let facts = Facts::new(&source, Personal::Withheld);
//! for entry in facts.entries_of(&facts.batch()) {
//!     println!("{} {}", entry.at.date(), entry.event.name());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod amounts;
mod descent;
mod entry;
mod lot;
mod missing;
mod party;
mod place;
mod product;
mod source;
mod stage;
mod stamp;
mod when;

pub use amounts::{decimal, hectares, kilograms};
pub use entry::{Correction, Entry};
pub use lot::Lot;
pub use missing::{Missing, MissingGroup, Remedy};
pub use party::Party;
pub use place::Place;
pub use product::{Certificate, Producer};
pub use source::{Source, SourceError};
pub use stage::{Stage, StageView, stage_words};
pub use stamp::{Language, Stamp};
pub use when::When;

use std::cell::OnceCell;

use nguon_core::ids::ChainId;
use nguon_core::verify::{History, Verdict, VerifiedChain};
use nguon_gs1::{DigitalLink, LabelCode, UriStem};

/// Whether openings about households and people go into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Personal {
    /// Names of households, telephone numbers, operators, vehicles and exact coordinates are left out, even where the bundle
    /// opens them. Names of organisations stay: the server gave them by its policy.
    #[default]
    Withheld,
    /// What the bundle opens is written.
    Opened,
}

/// A source, asked for what files need.
#[derive(Debug)]
pub struct Facts<'a> {
    source: &'a Source,
    personal: Personal,
    commune: fn(&str) -> Option<String>,
    own_lot: OnceCell<Lot>,
}

impl<'a> Facts<'a> {
    /// Asks a source. Communes are written as their codes; see [`Self::with_communes`].
    #[must_use]
    pub fn new(source: &'a Source, personal: Personal) -> Self {
        Self { source, personal, commune: |_| None, own_lot: OnceCell::new() }
    }

    /// Names communes by this table, which takes the five digits of a code.
    #[must_use]
    pub fn with_communes(mut self, commune: fn(&str) -> Option<String>) -> Self {
        self.commune = commune;
        self
    }

    /// Whether openings about people may be written.
    #[must_use]
    pub const fn personal(&self) -> Personal {
        self.personal
    }

    /// The verdict.
    #[must_use]
    pub const fn verdict(&self) -> &'a Verdict {
        self.source.verdict()
    }

    /// What every file of it says on its face.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp::of(self.source)
    }

    /// The history.
    #[must_use]
    pub const fn history(&self) -> &'a History {
        self.source.history()
    }

    /// The batch it is about.
    #[must_use]
    pub const fn batch(&self) -> ChainId {
        self.source.history().batch()
    }

    /// A verified chain.
    #[must_use]
    pub fn chain(&self, id: &ChainId) -> Option<&'a VerifiedChain> {
        self.source.history().chain(id)
    }

    /// Every verified batch: the source's own first.
    pub fn batches(&self) -> impl Iterator<Item = &'a VerifiedChain> + use<'a> {
        self.history().chains().filter(|chain| chain.state().batch().is_some())
    }

    /// Every verified plot.
    pub fn plots(&self) -> impl Iterator<Item = &'a VerifiedChain> + use<'a> {
        let is_plot = |chain: &&VerifiedChain| chain.state().place().is_some_and(|place| place.area.is_some());
        self.history().chains().filter(is_plot)
    }

    /// Every record of a chain that says what happened, as it counts by now: corrections are folded into what they correct
    /// and have no entry of their own.
    pub fn entries_of(&self, chain: &ChainId) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        self.chain(chain).into_iter().flat_map(entry::entries)
    }

    /// The same of every chain.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        self.history().chains().flat_map(entry::entries)
    }

    /// Who an actor is.
    #[must_use]
    pub fn party(&self, actor: &ChainId) -> Party {
        Party::of(self, actor)
    }

    /// A growing area, a packing house or a plot; `None` if it has not been verified.
    #[must_use]
    pub fn place(&self, id: &ChainId) -> Option<Place> {
        Place::of(self, id)
    }

    /// The lot a batch belongs to.
    #[must_use]
    pub fn lot(&self, batch: &ChainId) -> Lot {
        Lot::of(self, batch)
    }

    /// The lot of the source's own batch.
    pub fn own_lot(&self) -> &Lot {
        self.own_lot.get_or_init(|| self.lot(&self.batch()))
    }

    /// The address of the source's lot at a shopper's page, bound to its batch; `None` for a batch without a label of its own.
    #[must_use]
    pub fn link(&self, page: UriStem) -> Option<DigitalLink> {
        let label = self.chain(&self.batch())?.state().batch()?.label.clone()?;
        let code = LabelCode::new(*label.gtin.get(), label.lot.get().clone());
        Some(DigitalLink::new(page, code.with_commitment(self.batch().commitment())))
    }

    /// A commune's name, or its code.
    #[must_use]
    pub fn commune(&self, code: &str) -> String {
        (self.commune)(code).unwrap_or_else(|| code.to_owned())
    }
}
