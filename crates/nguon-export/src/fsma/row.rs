//! What every row is made with: the facts of a lot, and the list of what is missing.

use std::collections::{BTreeSet, HashMap, HashSet};

use nguon_core::event::{Document, Event};
use nguon_core::ids::ChainId;

use crate::facts::{Entry, Facts, Lot, Missing, Remedy, kilograms};
use crate::table::Cell;

/// The unit of measure of every quantity.
pub(super) const UNIT: &str = "kg";

/// One source's facts, with what was found missing so far.
pub(super) struct Maker<'a, 'f> {
    pub facts: &'f Facts<'a>,
    pub missing: BTreeSet<Missing>,
    /// Places and parties that rows name, each with its words.
    pub locations: HashMap<ChainId, (super::location::Site, String)>,
    /// What was looked at for what: nobody's lack is told twice. Kept from lot to lot.
    pub looked_at: LookedAt,
}

/// A party or place, the section that asks for it, and as what.
pub(super) type LookedAt = HashSet<(ChainId, &'static str, &'static str)>;

impl<'a, 'f> Maker<'a, 'f> {
    pub fn new(facts: &'f Facts<'a>, looked_at: LookedAt) -> Self {
        Self { facts, missing: BTreeSet::new(), locations: HashMap::new(), looked_at }
    }

    /// Notes that a field is missing at an entry.
    pub fn lacks(&mut self, cite: &str, what: &str, entry: &Entry<'_>, field: &str, remedy: Remedy) {
        let element = format!("21 CFR {cite}: {what}");
        self.missing.insert(Missing::new(element, entry.place(), format!("{}/{field}", entry.event.name()), remedy));
    }

    /// The variety: of the batch, else of the plot it came from.
    pub fn variety(&mut self, cite: &str, lot: &Lot, plot: Option<&str>) -> Cell {
        if let Some(variety) = lot.variety.as_deref().or(plot) {
            return variety.into();
        }
        let element = format!("21 CFR {cite}: variety");
        self.missing.insert(Missing::of_first(element, lot.batch, "opened/variety", Remedy::ByHand));
        Cell::Empty
    }

    /// Type and number of the reference document: the paper that the record names, else the record itself.
    pub fn document(entry: &Entry<'_>) -> [Cell; 2] {
        match document(entry.event) {
            Some(document) => [document.kind.as_str().into(), document.number.as_str().into()],
            None => ["nguon-record".into(), entry.id().to_string().into()],
        }
    }

    /// Product description, §1.1310: product, variety, packaging.
    pub fn product(&self, lot: &Lot, packed: Option<&Packaging<'_>>) -> String {
        let mut text = lot.named();
        if let Some(packed) = packed {
            text.push_str(&format!(", box of {} kg", kilograms(packed.grams_per_box)));
            if let Some(grade) = packed.grade {
                text.push_str(&format!(", grade {grade}"));
            }
        }
        text
    }

    /// The product as it was last packed on its way into this batch.
    pub fn product_of(&self, batch: &ChainId) -> String {
        let packed_in = self.facts.packed_in(batch);
        let packed =
            packed_in.and_then(|chain| self.facts.entries_of(&chain).filter_map(|entry| packaging(entry.event)).last());
        self.product(&self.facts.lot(&packed_in.unwrap_or(*batch)), packed.as_ref())
    }
}

/// How it was packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packaging<'a> {
    pub boxes: u64,
    pub grams_per_box: u64,
    pub grade: Option<&'a str>,
    pub place: Option<ChainId>,
}

/// The packaging that a `packed` or `repacked` tells of.
pub(super) fn packaging(event: &Event) -> Option<Packaging<'_>> {
    let (boxes, grams, grade, place) = match event {
        Event::Packed(event) => (event.boxes, event.grams_per_box, &event.grade, event.place),
        Event::Repacked(event) => (event.boxes, event.grams_per_box, &event.grade, event.place),
        _ => return None,
    };
    let grade = grade.as_ref().map(nguon_core::values::Text::as_str);
    Some(Packaging { boxes: boxes.get(), grams_per_box: grams.get(), grade, place })
}

fn document(event: &Event) -> Option<&Document> {
    match event {
        Event::Packed(event) => event.document.as_ref(),
        Event::Repacked(event) => event.document.as_ref(),
        Event::Shipped(event) => event.document.as_ref(),
        Event::Received(event) => event.document.as_ref(),
        _ => None,
    }
}

/// The last cells of every event's row.
pub(super) fn tail(entry: &Entry<'_>) -> [Cell; 2] {
    let corrected = entry.correction.map(|correction| correction.at.date());
    [Cell::words(corrected), entry.id().to_string().into()]
}
