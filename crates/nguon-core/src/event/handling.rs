//! Further events on a batch's chain: what is done with fruit once it is packed, and where its grams end.

use crate::cbor::{decode_choice, decode_map, decode_words};
use serde::{Deserialize, Serialize};

use super::shared::{Document, Inputs};
use crate::ids::{ChainId, FieldDigest, RootHash};
use crate::values::{Code, Count, Grams, SsccCode, Text, Time};

/// Packed fruit was packed anew: other boxes, other labels. *EPCIS*: TransformationEvent, bizStep `repackaging`; *FSMA 204*:
/// transformation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repacked {
    /// From which batches, how much. *FSMA 204*: quantity of each food used.
    pub inputs: Inputs,
    /// Number of boxes (thùng).
    pub boxes: Count,
    /// Net grams in each box.
    pub grams_per_box: Grams,
    /// Grade (loại).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Text>,
    /// The packing house's place chain. *FSMA 204*: location where transformed; *EPCIS*: `bizLocation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ChainId>,
    /// Reference document. *FSMA 204*: reference document type and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// Unix seconds of repacking, where not at signing. *FSMA 204*: date transformation was completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

impl Repacked {
    /// With the required fields; the rest is absent.
    #[must_use]
    pub const fn new(inputs: Inputs, boxes: Count, grams_per_box: Grams) -> Self {
        Self { inputs, boxes, grams_per_box, grade: None, place: None, document: None, at: None }
    }
}

/// How fruit was cooled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoolingMethod {
    /// In water with ice (làm mát bằng nước đá).
    Hydrocooling,
    /// Forced air.
    ForcedAir,
    /// In a cold store.
    Room,
    /// Ice in the box.
    Ice,
    /// A refrigerated vehicle.
    Transport,
}

/// Fruit was cooled, or its temperature read while it was carried. *EPCIS*: `sensorElementList`; *FSMA 204*: cooling before
/// initial packing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cooled {
    /// How.
    pub method: CoolingMethod,
    /// Measured, thousandths of a degree Celsius.
    pub measured_mc: i32,
    /// Temperature to be kept, thousandths of a degree Celsius.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_point_mc: Option<i32>,
    /// Where, if that place has a code. *FSMA 204*: location where cooled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ChainId>,
    /// Unix seconds, where not at signing. *FSMA 204*: date of cooling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

/// Cold treatment (xử lý lạnh).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColdTreatment {
    /// Fruit pulp temperature not exceeded, thousandths of a degree Celsius.
    pub pulp_mc: i32,
    /// Seconds for which it was held.
    pub seconds: Count,
}

/// Methyl bromide fumigation (xông hơi khử trùng).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fumigation {
    /// Dose, milligrams per cubic metre.
    pub mg_per_m3: Count,
    /// Seconds of exposure.
    pub seconds: Count,
    /// Temperature during exposure, thousandths of a degree Celsius.
    pub temperature_mc: i32,
}

/// A quarantine treatment: the method, with the dose in the method's own units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// Cold.
    Cold(ColdTreatment),
    /// Irradiation (chiếu xạ): least absorbed dose in milligrays; 400 Gy is 400,000.
    IrradiationMgy(Count),
    /// Methyl bromide.
    MethylBromide(Fumigation),
}

/// Fruit was treated against quarantine pests. *EPCIS*: bizStep `other`, `certificationInfo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Treated {
    /// Method and dose.
    pub treatment: Treatment,
    /// Code of the approved facility, as its authority issued it.
    pub facility: Code,
    /// Number of the treatment certificate.
    pub certificate: Code,
    /// Unix seconds at which the treatment ended, where not at signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

/// Labels with serials were issued for this batch's boxes (phát hành tem).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelsIssued {
    /// How many; all issued labels together are no more than the boxes.
    pub count: Count,
    /// Merkle root over the sorted serial hashes (SPEC.md, "Label and address").
    pub root: RootHash,
}

/// Boxes of this batch stand on a pallet. *EPCIS*: AggregationEvent, parent SSCC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aggregated {
    /// The pallet; it may hold boxes of other batches too.
    pub sscc: SsccCode,
    /// How many boxes of this batch; all pallets together hold no more than the boxes.
    pub boxes: Count,
    /// Unix seconds, where not at signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

/// Grams were sold to those who eat them. *EPCIS*: bizStep `retail_selling`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sold {
    /// Grams.
    pub grams: Grams,
    /// Unix seconds, where not at signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

/// Why grams are there no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LossReason {
    /// Rot, mould.
    Spoilage,
    /// Water lost.
    Drying,
    /// Sorted out, and not used.
    Sorting,
    /// Damaged on the way.
    Transport,
    /// Stolen.
    Theft,
    /// Taken as a sample.
    Sample,
    /// Something else, said in the details.
    Other,
}

/// Grams are there no more (hao hụt).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lost {
    /// Grams.
    pub grams: Grams,
    /// Why.
    pub reason: LossReason,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
    /// Unix seconds, where not at signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

/// How grams were disposed of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisposalMethod {
    /// Dumped or buried.
    Landfill,
    /// Composted.
    Compost,
    /// Fed to animals.
    AnimalFeed,
    /// Burnt.
    Incineration,
    /// Something else, said in the details.
    Other,
}

/// Grams were disposed of (tiêu hủy). *EPCIS*: bizStep `destroying`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disposed {
    /// Grams.
    pub grams: Grams,
    /// How.
    pub method: DisposalMethod,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
    /// Unix seconds, where not at signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

decode_map!(Repacked { optional at, required boxes, optional grade, optional place, required inputs, optional document, required grams_per_box });
decode_map!(Cooled { optional at, optional place, required method, required measured_mc, optional set_point_mc });
decode_map!(ColdTreatment { required pulp_mc, required seconds });
decode_map!(Fumigation { required seconds, required mg_per_m3, required temperature_mc });
decode_map!(Treated { optional at, required facility, required treatment, required certificate });
decode_map!(LabelsIssued { required root, required count });
decode_map!(Aggregated { optional at, required sscc, required boxes });
decode_map!(Sold { optional at, required grams });
decode_map!(Lost { optional at, required grams, required reason, optional details });
decode_map!(Disposed { optional at, required grams, required method, optional details });
decode_choice!(Treatment { "cold" = Cold, "irradiation_mgy" = IrradiationMgy, "methyl_bromide" = MethylBromide });
decode_words!(CoolingMethod { "hydrocooling" = Hydrocooling, "forced_air" = ForcedAir, "room" = Room, "ice" = Ice, "transport" = Transport });
decode_words!(LossReason { "spoilage" = Spoilage, "drying" = Drying, "sorting" = Sorting, "transport" = Transport, "theft" = Theft, "sample" = Sample, "other" = Other });
decode_words!(DisposalMethod { "landfill" = Landfill, "compost" = Compost, "animal_feed" = AnimalFeed, "incineration" = Incineration, "other" = Other });
