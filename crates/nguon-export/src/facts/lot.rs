//! The lot that a batch belongs to.

use nguon_core::ids::ChainId;
use nguon_core::values::Label;

use super::{Facts, entry};

/// A lot: a batch as its boxes and papers name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// The batch.
    pub batch: ChainId,
    /// GTIN and lot on its boxes; a consignment carries those of the labelled batch it was taken from.
    pub label: Option<Label>,
    /// The labelled batch it is a consignment of.
    pub consignment_of: Option<ChainId>,
    /// Its owner.
    pub owner: ChainId,
    /// What the produce is.
    pub product: String,
    /// Its variety.
    pub variety: Option<String>,
}

impl Lot {
    /// The product with its variety, named once.
    #[must_use]
    pub fn named(&self) -> String {
        let variety = self.variety.as_ref().filter(|variety| !self.product.contains(variety.as_str()));
        variety.map_or_else(|| self.product.clone(), |variety| format!("{}, {variety}", self.product))
    }

    pub(super) fn of(facts: &Facts<'_>, batch: &ChainId) -> Self {
        let first = facts.chain(batch).and_then(entry::opening);
        let labelled = first.and_then(|opened| opened.label_of);
        let of_labelled = labelled.and_then(|id| facts.chain(&id)).and_then(entry::opening);
        let label = first.and_then(|opened| opened.label.clone());
        let variety = |opened: &nguon_core::event::Opened| opened.variety.as_ref().map(|text| text.as_str().to_owned());
        Self {
            batch: *batch,
            label: label.or_else(|| of_labelled.and_then(|opened| opened.label.clone())),
            consignment_of: labelled,
            owner: first.map_or(*batch, |opened| opened.owner),
            product: first.map(|opened| opened.product.as_str().to_owned()).unwrap_or_default(),
            variety: first.and_then(variety).or_else(|| of_labelled.and_then(variety)),
        }
    }

    /// The traceability lot code (21 CFR 1.1310): the GS1 element string of GTIN and lot, or for a batch without a label the
    /// first 16 bytes of its id, in hexadecimal.
    #[must_use]
    pub fn code(&self) -> String {
        match &self.label {
            Some(label) => format!("(01){}(10){}", label.gtin, label.lot),
            None => self.batch.to_string().chars().take(32).collect(),
        }
    }
}
