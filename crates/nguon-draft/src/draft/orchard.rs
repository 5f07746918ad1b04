//! What is done in an orchard, and the batch that begins there.

use nguon_core::event::{Dose, InputKind};
use nguon_core::ids::ChainId;
use nguon_core::values::{Code, Count, Days, Grams, Label, SquareMetres, Text, Time};
use serde::{Deserialize, Serialize};

use super::{Parcel, Photo};

/// Something applied on a plot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The plot
    pub plot: ChainId,
    /// Plant protection, fertiliser, growth regulator
    pub kind: InputKind,
    /// Trade name
    pub product: Text,
    /// Active ingredients
    #[serde(default)]
    pub ingredients: Vec<Text>,
    /// Lot number on the package
    #[serde(default)]
    pub lot: Option<Code>,
    /// Product used on all of the area
    pub dose: Dose,
    /// Millilitres of water it was mixed into
    #[serde(default)]
    pub water_ml: Option<Count>,
    /// Treated square metres
    pub area_m2: SquareMetres,
    /// Thời gian cách ly
    pub phi_days: Days,
    /// When, if not now
    #[serde(default)]
    pub at: Option<Time>,
    /// Who did it
    #[serde(default)]
    pub operator: Option<String>,
    /// Further words
    #[serde(default)]
    pub note: Option<String>,
    /// Of the package
    #[serde(default)]
    pub photos: Vec<Photo>,
}

/// Fruit of one household's plots into one batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Harvest {
    /// Which plots, how much
    pub shares: Vec<Share>,
    /// Into which batch: of who writes, or of who shows its code. Into another's batch only the draws are written
    pub into: Into,
    /// How many crates that were
    #[serde(default)]
    pub counted: Counted,
    /// When, if not now
    #[serde(default)]
    pub at: Option<Time>,
    /// Who picked
    #[serde(default)]
    pub operator: Option<String>,
    /// What the farmer handed over: draws signed on the farmer's phone
    #[serde(default)]
    pub parcel: Option<Parcel>,
    /// Photos
    #[serde(default)]
    pub photos: Vec<Photo>,
}

/// What was picked on one plot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The plot
    pub plot: ChainId,
    /// Its season; the one opened last, if absent
    #[serde(default)]
    pub season: Option<Code>,
    /// Weight of each crate
    pub crates: Vec<Grams>,
}

/// How many crates a harvest came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// As many as weights are given: each was weighed
    #[default]
    EachWeighed,
    /// So many, weighed together
    Together(Count),
    /// Nobody counted
    NotCounted,
}

/// Into which batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Into {
    /// One that is opened with it
    New(NewBatch),
    /// One that is there, or somebody's whose code was scanned
    Existing(ChainId),
}

/// A batch to be opened by who acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewBatch {
    /// What the produce is
    pub product: Text,
    /// Its variety
    #[serde(default)]
    pub variety: Option<Text>,
    /// What will be printed on its boxes
    #[serde(default)]
    pub label: Option<Label>,
    /// The labelled batch it is a consignment of
    #[serde(default)]
    pub label_of: Option<ChainId>,
}

impl NewBatch {
    /// Without variety and label.
    #[must_use]
    pub const fn of(product: Text) -> Self {
        Self { product, variety: None, label: None, label_of: None }
    }
}
