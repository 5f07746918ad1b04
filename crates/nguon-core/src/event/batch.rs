//! Events on a batch's chain.

use crate::cbor::{decode_map, decode_words};
use serde::{Deserialize, Serialize};

use super::shared::{Document, Inputs};
use crate::ids::{ChainId, FieldDigest};
use crate::values::{Code, Count, Grams, Label, Text, Time};

/// First record of a batch's chain. It has no inputs, so that the batch's id exists before picking or printing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// The batch's only owner and custodian, its signer. *EPCIS*: `owning_party`.
    pub owner: ChainId,
    /// What the produce is, in the words of the trade. *FSMA 204*: commodity; *TT 02*: product name.
    pub product: Text,
    /// Its variety. *FSMA 204*: variety.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variety: Option<Text>,
    /// GTIN and lot that will be printed. *EPCIS*: LGTIN; *FSMA 204*: traceability lot code; *TT 02*: traceability code of the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// The labelled batch of which this is a consignment; excludes `label`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_of: Option<ChainId>,
}

impl Opened {
    /// With the required fields; the rest is absent.
    #[must_use]
    pub const fn new(owner: ChainId, product: Text) -> Self {
        Self { owner, product, variety: None, label: None, label_of: None }
    }
}

/// Fruit from plots came into the batch. *EPCIS*: ObjectEvent, bizStep `commissioning`; *FSMA 204*: harvesting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Harvested {
    /// From which plots, how much.
    pub inputs: Inputs,
    /// Number of field containers (sọt). *FSMA 204*: harvesting of cut produce by container.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crates: Option<Count>,
    /// Unix seconds of the harvest, where not at signing. *FSMA 204*: date of harvest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

impl Harvested {
    /// With the required fields; the rest is absent.
    #[must_use]
    pub const fn new(inputs: Inputs) -> Self {
        Self { inputs, crates: None, at: None }
    }
}

/// Why grams leave a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrawReason {
    /// Handed to another owner.
    Handover,
    /// Into a packed or repacked batch.
    Packing,
    /// Together with others into one batch.
    Merging,
    /// One part of several.
    Splitting,
    /// To a shop or market as a consignment.
    Consignment,
}

/// Grams leave the batch for a named one. *EPCIS*: `inputQuantityList` of a TransformationEvent, or the source of a shipping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// The destination batch.
    pub to: ChainId,
    /// Grams.
    pub grams: Grams,
    /// Why.
    pub why: DrawReason,
}

/// Fruit was packed. *EPCIS*: TransformationEvent, bizStep `packing`; *FSMA 204*: initial packing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packed {
    /// From which batches, how much. *FSMA 204*: quantity and unit of measure received.
    pub inputs: Inputs,
    /// Number of boxes (thùng). *FSMA 204*: quantity packed.
    pub boxes: Count,
    /// Net grams in each box.
    pub grams_per_box: Grams,
    /// Grade (loại).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Text>,
    /// The packing house's place chain. *FSMA 204*: location where packed, the lot code's source; *EPCIS*: `bizLocation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ChainId>,
    /// Reference document. *FSMA 204*: reference document type and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// Unix seconds of packing, where not at signing. *FSMA 204*: date of initial packing; *TT 02*: time of the stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

impl Packed {
    /// With the required fields; the rest is absent.
    #[must_use]
    pub const fn new(inputs: Inputs, boxes: Count, grams_per_box: Grams) -> Self {
        Self { inputs, boxes, grams_per_box, grade: None, place: None, document: None, at: None }
    }
}

/// What was drawn left with a carrier. *EPCIS*: ObjectEvent, bizStep `shipping`; *FSMA 204*: shipping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shipped {
    /// Sequence of the `drawn` record on this chain that it carries out.
    pub draw: u64,
    /// The carrier's actor chain.
    pub carrier: ChainId,
    /// Digest of the vehicle's registration (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vehicle: Option<FieldDigest>,
    /// Temperature to be kept, thousandths of a degree Celsius. *EPCIS*: `sensorElementList`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_point_mc: Option<i32>,
    /// Reference document. *FSMA 204*: reference document type and number; *EPCIS*: `bizTransactionList`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// Unix seconds of departure, where not at signing. *FSMA 204*: date shipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

impl Shipped {
    /// With the required fields; the rest is absent.
    #[must_use]
    pub const fn new(draw: u64, carrier: ChainId) -> Self {
        Self { draw, carrier, vehicle: None, set_point_mc: None, document: None, at: None }
    }
}

/// Fruit arrived. What was drawn and not received is shortage (hao hụt). *EPCIS*: bizStep `receiving`; *FSMA 204*: receiving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// From which batches, how much arrived. *FSMA 204*: quantity; the source batch's owner is the immediate previous source.
    pub inputs: Inputs,
    /// Where, if that place has a code. *FSMA 204*: location where received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ChainId>,
    /// Measured on arrival, thousandths of a degree Celsius. *EPCIS*: `sensorElementList`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured_mc: Option<i32>,
    /// Reference document. *FSMA 204*: reference document type and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// Unix seconds of arrival, where not at signing. *FSMA 204*: date received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

impl Received {
    /// With the required fields; the rest is absent.
    #[must_use]
    pub const fn new(inputs: Inputs) -> Self {
        Self { inputs, place: None, measured_mc: None, document: None, at: None }
    }
}

/// The custodian offers the batch on a marketplace; a badge there verifies this statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Host name of the marketplace.
    pub marketplace: Code,
    /// The listing's id there.
    pub listing: Code,
    /// Unix seconds at which the offer ends; absent: no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
}

decode_map!(Opened { optional label, required owner, required product, optional variety, optional label_of });
decode_map!(Harvested { optional at, optional crates, required inputs });
decode_map!(Drawn { required to, required why, required grams });
decode_map!(Packed { optional at, required boxes, optional grade, optional place, required inputs, optional document, required grams_per_box });
decode_map!(Shipped { optional at, required draw, required carrier, optional vehicle, optional document, optional set_point_mc });
decode_map!(Received { optional at, optional place, required inputs, optional document, optional measured_mc });
decode_map!(Listed { optional until, required listing, required marketplace });
decode_words!(DrawReason { "handover" = Handover, "packing" = Packing, "merging" = Merging, "splitting" = Splitting, "consignment" = Consignment });
