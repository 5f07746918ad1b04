//! What others say of places and batches: inspectors, laboratories, authorities.

use crate::cbor::{decode_map, decode_words};
use serde::{Deserialize, Serialize};

use crate::ids::FieldDigest;
use crate::values::{Code, Level, List, Text, Time};

/// What an inspection found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InspectionResult {
    /// All as it should be.
    Conforms,
    /// Defects that can be mended.
    Defects,
    /// Not as it must be.
    Fails,
}

/// Why somebody inspected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InspectionPurpose {
    /// In its turn.
    Routine,
    /// After a complaint.
    Complaint,
    /// Before export.
    Export,
    /// To see whether defects were mended.
    FollowUp,
}

/// Somebody looked at a place or batch (kiểm tra); photos are the record's attachments. *EPCIS*: bizStep `inspecting`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inspected {
    /// What was found.
    pub result: InspectionResult,
    /// Why it was looked at.
    pub purpose: InspectionPurpose,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
    /// Unix seconds, where not at signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

impl Inspected {
    /// With the required fields; the rest is absent.
    #[must_use]
    pub const fn new(result: InspectionResult, purpose: InspectionPurpose) -> Self {
        Self { result, purpose, details: None, at: None }
    }
}

/// One substance in a laboratory's report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Analyte {
    /// What was looked for (ISO common name).
    pub name: Text,
    /// Micrograms found in a kilogram; 0: not detected.
    pub ug_per_kg: Level,
    /// The limit, micrograms in a kilogram; absent: none is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_ug_per_kg: Option<Level>,
}

/// A laboratory's report on a sample (phiếu kết quả thử nghiệm).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabResult {
    /// Number of the report.
    pub report: Code,
    /// Number of the sample.
    pub sample: Code,
    /// Method, as the laboratory names it.
    pub method: Text,
    /// What was looked for.
    pub analytes: List<Analyte, 1, 64>,
    /// Unix seconds at which the sample was taken.
    pub sampled_at: Time,
}

impl LabResult {
    /// The first substance above its limit.
    #[must_use]
    pub fn exceeded(&self) -> Option<&Analyte> {
        self.analytes.iter().find(|analyte| analyte.limit_ug_per_kg.is_some_and(|limit| analyte.ug_per_kg > limit))
    }
}

/// Why a code counts for the time being no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspensionReason {
    /// Residues above the limit.
    Residue,
    /// Quarantine pests.
    Pest,
    /// The field log or other documents are not in order.
    Documents,
    /// An inspection failed.
    Inspection,
    /// Something else, said in the details.
    Other,
}

/// The code counts no more for the time being (đình chỉ): nothing is harvested or packed under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspended {
    /// Why.
    pub reason: SuspensionReason,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

/// The code counts again (gỡ đình chỉ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuspensionLifted {
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

/// A first authority key agrees that a recall ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseApproved {
    /// Sequence of the `recalled` on this chain.
    pub recall: u64,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

/// A recall ends (giải tỏa): by a second authority key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// Sequence of the `recalled` on this chain.
    pub recall: u64,
    /// Sequence of the `release_approved` on this chain, signed by another key.
    pub approval: u64,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

/// The label or place code that this chain took is free for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameReleased {
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

decode_map!(Inspected { optional at, required result, optional details, required purpose });
decode_map!(Analyte { required name, required ug_per_kg, optional limit_ug_per_kg });
decode_map!(LabResult { required method, required report, required sample, required analytes, required sampled_at });
decode_map!(Suspended { required reason, optional details });
decode_map!(SuspensionLifted { optional details });
decode_map!(ReleaseApproved { required recall, optional details });
decode_map!(Released { required recall, optional details, required approval });
decode_map!(NameReleased { optional details });
decode_words!(InspectionResult { "conforms" = Conforms, "defects" = Defects, "fails" = Fails });
decode_words!(InspectionPurpose { "routine" = Routine, "complaint" = Complaint, "export" = Export, "follow_up" = FollowUp });
decode_words!(SuspensionReason { "residue" = Residue, "pest" = Pest, "documents" = Documents, "inspection" = Inspection, "other" = Other });
