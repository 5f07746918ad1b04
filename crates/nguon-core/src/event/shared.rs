//! Events and parts that more than one kind of chain uses.

use std::sync::Arc;

use crate::cbor::{decode_map, decode_words};
use serde::{Deserialize, Serialize};

use super::Event;
use crate::ids::{ChainId, FieldDigest};
use crate::values::{Code, Grams, List, Text, Time};

/// Grams that came from another chain, which must hold a draw naming this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The source: a plot's or a batch's chain. *EPCIS*: `inputEPCList`.
    pub from: ChainId,
    /// Grams. *EPCIS*: `inputQuantityList`.
    pub grams: Grams,
}

/// The inputs of one record; more than 200 go into further records.
pub type Inputs = List<Input, 1, 200>;

impl Inputs {
    /// A single source.
    pub fn one(from: ChainId, grams: Grams) -> Self {
        Self::of_one(Input { from, grams })
    }
}

/// A paper or file outside these records. *EPCIS*: `bizTransactionList`; *FSMA 204*: reference document type and number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Type, as its issuer calls it (`phieu-can`, `bill-of-lading`).
    pub kind: Code,
    /// Number.
    pub number: Code,
}

/// A certificate covers this place or batch. *EPCIS*: `certificationInfo`; *TT 02*: standards the product meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certified {
    /// Scheme, such as VietGAP.
    pub scheme: Text,
    /// Certificate number.
    pub number: Code,
    /// Unix seconds from which it is valid.
    pub from: Time,
    /// Unix seconds at which it is valid no more.
    pub until: Time,
}

/// Why goods are recalled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecallReason {
    /// Residues of a plant protection product above the limit.
    PesticideResidue,
    /// Harmful microbes.
    Microbial,
    /// Foreign matter.
    ForeignMatter,
    /// A treatment or temperature was not kept.
    Treatment,
    /// The label says something wrong.
    Mislabelled,
    /// Quarantine pests.
    QuarantinePest,
    /// Something else, said in the details.
    Other,
}

/// Goods are called back (thu hồi). It reaches all that came from them. *EPCIS*: disposition `recalled`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recalled {
    /// Why.
    pub reason: RecallReason,
    /// On a plot or growing area: the batches whose harvest draws are affected; absent: all until released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harvests: Option<List<ChainId, 1, 200>>,
    /// On a labelled batch: the one consignment of it that is recalled; absent: the whole batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consignment: Option<ChainId>,
    /// Lot number of the plant protection product that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_lot: Option<Code>,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

impl Recalled {
    /// With the required fields; the rest is absent.
    #[must_use]
    pub const fn new(reason: RecallReason) -> Self {
        Self { reason, harvests: None, consignment: None, product_lot: None, details: None }
    }
}

/// Why a record is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionReason {
    /// A slip of the finger.
    Typing,
    /// Weighed wrong.
    Weighing,
    /// The wrong thing was chosen.
    Selection,
    /// Something else, said in the details.
    Other,
}

/// An earlier record of this chain should have said something else (đính chính). The original stays. *EPCIS*: `errorDeclaration`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// Sequence of the record on this chain.
    pub sequence: u64,
    /// Why.
    pub reason: CorrectionReason,
    /// The event as it should have been: whole, and of the same name.
    pub event: Arc<Event>,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

/// A correction counts from here on: said by a registrar or authority above the custodian that signed neither the
/// original nor the correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionApproved {
    /// Sequence of the `corrected` on this chain.
    pub correction: u64,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

/// Records of this chain that a lost or stolen key signed were looked at again and hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reattested {
    /// Their sequences, rising.
    pub sequences: List<u64, 1, 200>,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

decode_map!(CorrectionApproved { optional details, required correction });
decode_map!(Reattested { optional details, required sequences });
decode_map!(Input { required from, required grams });
decode_map!(Document { required kind, required number });
decode_map!(Certified { required from, required until, required number, required scheme });
decode_map!(Recalled { required reason, optional details, optional harvests, optional consignment, optional product_lot });
decode_map!(Corrected { required event, required reason, optional details, required sequence });
decode_words!(RecallReason { "pesticide_residue" = PesticideResidue, "microbial" = Microbial, "foreign_matter" = ForeignMatter, "treatment" = Treatment, "mislabelled" = Mislabelled, "quarantine_pest" = QuarantinePest, "other" = Other });
decode_words!(CorrectionReason { "typing" = Typing, "weighing" = Weighing, "selection" = Selection, "other" = Other });
