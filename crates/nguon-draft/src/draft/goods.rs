//! What becomes of a batch: given, received, packed, lost, sold, cooled.

use nguon_core::event::{CoolingMethod, DisposalMethod, Document, DrawReason, Input, LossReason};
use nguon_core::ids::ChainId;
use nguon_core::values::{Count, Grams, Text, Time};
use serde::{Deserialize, Serialize};

use super::{Into, Parcel, Photo};

/// Grams given into somebody's batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The giver's batch
    pub from: ChainId,
    /// The receiver's
    pub to: ChainId,
    /// How much
    pub grams: Grams,
    /// Why
    pub why: DrawReason,
    /// Who carries it, if somebody does
    #[serde(default)]
    pub carriage: Option<Carriage>,
    /// Photos
    #[serde(default)]
    pub photos: Vec<Photo>,
}

/// Who carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carriage {
    /// The carrier's actor chain
    pub carrier: ChainId,
    /// Registration of the vehicle
    #[serde(default)]
    pub vehicle: Option<String>,
    /// Temperature to be kept, thousandths of a degree Celsius
    #[serde(default)]
    pub set_point_mc: Option<i32>,
    /// Reference document
    #[serde(default)]
    pub document: Option<Document>,
    /// When it left, if not now
    #[serde(default)]
    pub at: Option<Time>,
}

/// Grams that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Into which batch of who writes
    pub into: Into,
    /// From which batches, how much arrived; what the giver drew beyond that is shortage. From one's own batches the draws
    /// are written too
    pub inputs: Vec<Input>,
    /// At which packing house
    #[serde(default)]
    pub place: Option<ChainId>,
    /// Temperature on arrival, thousandths of a degree Celsius
    #[serde(default)]
    pub measured_mc: Option<i32>,
    /// Reference document
    #[serde(default)]
    pub document: Option<Document>,
    /// When, if not now
    #[serde(default)]
    pub at: Option<Time>,
    /// What the giver handed over
    #[serde(default)]
    pub parcel: Option<Parcel>,
    /// Photos
    #[serde(default)]
    pub photos: Vec<Photo>,
}

/// Boxes packed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packing {
    /// Into which lot
    pub into: Into,
    /// From which batches, how much. From one's own batches the draws are written too
    pub inputs: Vec<Input>,
    /// How many boxes
    pub boxes: Count,
    /// Net grams in each
    pub grams_per_box: Grams,
    /// Grade
    #[serde(default)]
    pub grade: Option<Text>,
    /// The packing house
    #[serde(default)]
    pub place: Option<ChainId>,
    /// Reference document
    #[serde(default)]
    pub document: Option<Document>,
    /// When, if not now
    #[serde(default)]
    pub at: Option<Time>,
    /// Whether packed fruit was packed anew
    #[serde(default)]
    pub again: bool,
    /// What others handed over
    #[serde(default)]
    pub parcel: Option<Parcel>,
    /// Photos
    #[serde(default)]
    pub photos: Vec<Photo>,
}

/// Grams that are there no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// The batch
    pub batch: ChainId,
    /// How much
    pub grams: Grams,
    /// Why
    pub reason: LossReason,
    /// In words
    #[serde(default)]
    pub details: Option<String>,
    /// When, if not now
    #[serde(default)]
    pub at: Option<Time>,
    /// Photos
    #[serde(default)]
    pub photos: Vec<Photo>,
}

/// Grams disposed of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposal {
    /// The batch
    pub batch: ChainId,
    /// How much
    pub grams: Grams,
    /// How
    pub method: DisposalMethod,
    /// In words
    #[serde(default)]
    pub details: Option<String>,
    /// When, if not now
    #[serde(default)]
    pub at: Option<Time>,
    /// Photos
    #[serde(default)]
    pub photos: Vec<Photo>,
}

/// Grams sold to those who eat them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    /// The batch
    pub batch: ChainId,
    /// How much
    pub grams: Grams,
    /// When, if not now
    #[serde(default)]
    pub at: Option<Time>,
}

/// Fruit cooled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cooling {
    /// The batch
    pub batch: ChainId,
    /// How
    pub method: CoolingMethod,
    /// Measured, thousandths of a degree Celsius
    pub measured_mc: i32,
    /// To be kept, thousandths of a degree Celsius
    #[serde(default)]
    pub set_point_mc: Option<i32>,
    /// Where, if that place has a code
    #[serde(default)]
    pub place: Option<ChainId>,
    /// When, if not now
    #[serde(default)]
    pub at: Option<Time>,
}
