//! How chains are called: by their GS1 keys where they have any, else by their ids.

use std::collections::{BTreeSet, HashMap};

use nguon_core::event::Document;
use nguon_core::ids::ChainId;
use nguon_core::values::Label;

use crate::epcis::decimal::Decimal;
use crate::epcis::key;
use crate::epcis::model::{BizTransaction, Namespace, Quantity, SourceDest};
use crate::epcis::unit::Unit;
use crate::epcis::uri::Uri;
use crate::epcis::vocabulary::{BizStep, BizTransactionType, SourceDestType};
use crate::facts::{Facts, Missing, Remedy};

/// Names, and what is missing for better ones.
pub(super) struct Names<'f, 'a> {
    pub(super) facts: &'f Facts<'a>,
    lots: HashMap<ChainId, Option<Label>>,
    parties: HashMap<ChainId, Uri>,
    places: HashMap<ChainId, Uri>,
    missing: BTreeSet<Missing>,
}

impl<'f, 'a> Names<'f, 'a> {
    pub(super) fn new(facts: &'f Facts<'a>) -> Self {
        let (lots, parties, places) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { facts, lots, parties, places, missing: BTreeSet::new() }
    }

    pub(super) fn missing(self) -> BTreeSet<Missing> {
        self.missing
    }

    pub(super) fn lacks(&mut self, missing: Missing) {
        self.missing.insert(missing);
    }

    /// The class of a batch's produce: its lot, or its own name.
    pub(super) fn class(&mut self, batch: &ChainId) -> Uri {
        let facts = self.facts;
        let label = self.lots.entry(*batch).or_insert_with(|| facts.lot(batch).label);
        label.as_ref().map_or_else(|| key::chain_uri(batch), |label| key::lot_uri(label.gtin.get(), label.lot.get()))
    }

    /// So many grams of a batch.
    pub(super) fn quantity(&mut self, batch: &ChainId, grams: u64) -> Quantity {
        Quantity { epc_class: self.class(batch), quantity: Some(kilograms(grams)), uom: Some(Unit::KILOGRAM) }
    }

    /// A party by its GLN, or its own name.
    pub(super) fn party(&mut self, actor: &ChainId) -> Uri {
        if let Some(uri) = self.parties.get(actor) {
            return uri.clone();
        }
        let party = self.facts.party(actor);
        if party.gln.is_none() && party.role.is_some_and(|role| role != nguon_core::event::Role::Farm) {
            let element = "CBV 2.0 §8.7: PGLN of the party";
            self.lacks(Missing::of_first(element, *actor, "enrolled/gln", Remedy::Enrol));
        }
        let gln = party.gln.and_then(|gln| gln.parse().ok());
        let uri = gln.map_or_else(|| key::chain_uri(actor), |gln| key::party_uri(&gln));
        self.parties.insert(*actor, uri.clone());
        uri
    }

    /// A place by its GLN, or its own name.
    pub(super) fn place(&mut self, place: &ChainId) -> Uri {
        if let Some(uri) = self.places.get(place) {
            return uri.clone();
        }
        let found = self.facts.place(place);
        if found.as_ref().is_some_and(|place| place.gln.is_none() && place.area.is_none()) {
            let element = "CBV 2.0 §8.3: GLN of the place";
            self.lacks(Missing::of_first(element, *place, "place_registered/gln", Remedy::Register));
        }
        let gln = found.and_then(|place| place.gln?.parse().ok());
        let uri = gln.map_or_else(|| key::chain_uri(place), |gln| key::gln_uri(&gln));
        self.places.insert(*place, uri.clone());
        uri
    }

    /// The owner of a batch.
    pub(super) fn owner(&self, batch: &ChainId) -> Option<ChainId> {
        Some(self.facts.chain(batch)?.state().batch()?.owner)
    }

    /// A party as an owner.
    pub(super) fn owning(&mut self, actor: &ChainId) -> SourceDest {
        SourceDest { kind: SourceDestType::OWNING_PARTY, id: self.party(actor) }
    }
}

/// Grams as kilograms.
pub(super) const fn kilograms(grams: u64) -> Decimal {
    Decimal::new(grams.cast_signed(), 3)
}

/// A term of our own.
pub(in crate::epcis) fn own(term: &str) -> Uri {
    Uri::made([Namespace::NGUON.as_str(), term].concat())
}

/// A step that the vocabulary has not.
pub(in crate::epcis) fn own_step(term: &str) -> BizStep {
    BizStep::own(&own(term))
}

/// Where the names of documents begin; kind and number follow.
pub(in crate::epcis) const DOCUMENT: &str = "document/";

/// A document's name: nobody but its issuer could give it a GS1 key.
pub(super) fn document_uri(kind: &str, number: &str) -> Uri {
    own(&[DOCUMENT, &key::encoded(kind), "/", &key::encoded(number)].concat())
}

/// A document, with its kind where the vocabulary has it.
pub(super) fn document(document: &Document) -> BizTransaction {
    let kind = KINDS.iter().find(|(kind, _)| *kind == document.kind.as_str()).map(|(_, term)| term.clone());
    BizTransaction { kind, biz_transaction: document_uri(document.kind.as_str(), document.number.as_str()) }
}

/// Kinds of document as records name them, and the vocabulary's terms.
pub(in crate::epcis) const KINDS: &[(&str, BizTransactionType)] = &[
    ("bill-of-lading", BizTransactionType::BOL),
    ("certificate", BizTransactionType::CERT),
    ("despatch-advice", BizTransactionType::DESADV),
    ("invoice", BizTransactionType::INV),
    ("purchase-order", BizTransactionType::PO),
    ("production-order", BizTransactionType::PRODORDER),
    ("receiving-advice", BizTransactionType::RECADV),
];
