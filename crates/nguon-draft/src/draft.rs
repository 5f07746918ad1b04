//! What people write down, before it is records.
//!
//! A draft is in people's terms (this plot, these crates), holds personal words as they are, and can be prepared again
//! and again: on other chain heads, or after it was changed.
//!
//! Longer than most files: it is the catalogue of all that can be written down, one type each, and nothing else.

mod compose;
mod field;
mod weights;

pub use field::{Personal, Plain};

pub(crate) use compose::{Composer, Made};

use crate::sorted::Map;

use nguon_core::bytes::ByteString;
use nguon_core::cbor;
use nguon_core::event::{
    CoolingMethod, CorrectionReason, DisposalMethod, Document, Dose, DrawReason, Event, Input, InputKind, LossReason,
};
use nguon_core::ids::{ChainId, FieldDigest, RootHash, Salt};
use nguon_core::opening::{PersonalOpening, digest};
use nguon_core::record::LIMITS;
use nguon_core::values::{Code, Count, Days, Grams, Label, MediaType, SquareMetres, Text, Time};
use serde::{Deserialize, Serialize};

use crate::kept;

/// What somebody writes down. Text of people is NFC already: that is done where it is typed.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Draft {
    /// Something was applied on a plot: sprayed, or fertilised
    Applied(Applied),
    /// Fruit was picked, by the plot's household
    Harvested(Harvest),
    /// A collector weighed in one farmer's fruit: the same records, the draws signed by the farmer or on their behalf
    WeighedIn(Harvest),
    /// A batch was opened, to print its label or to show its code to whoever gives
    Opened(NewBatch),
    /// Grams were given into somebody's batch
    HandedOver(HandOver),
    /// Grams arrived from others' batches, or from one's own, merged
    Received(Receipt),
    /// Boxes were packed
    Packed(Packing),
    /// Grams are there no more
    Lost(Loss),
    /// Grams were disposed of
    Disposed(Disposal),
    /// Grams were sold to those who eat them
    Sold(Sale),
    /// Fruit was cooled, or its temperature read
    Cooled(Cooling),
    /// Labels with serials were issued
    Labels {
        /// The batch
        batch: ChainId,
        /// How many
        count: Count,
        /// Root over their hashes (`nguon_core::serial`)
        root: RootHash,
    },
    /// An earlier record should have said something else (đính chính)
    Corrected(Correction),
    /// Somebody else's correction counts from here on
    Approved {
        /// The chain
        chain: ChainId,
        /// Sequence of the `corrected`
        correction: u64,
        /// In words
        details: Option<String>,
    },
    /// Any first record: an enrolment, a plot. Signed as the hand says
    Begins(Plain),
    /// Any later record: a key, a season, an allotment. Signed as the hand says
    Appends {
        /// The chain
        chain: ChainId,
        /// What it says
        event: Plain,
    },
}

/// Written out, since what is derived is compiled again in every crate that uses it.
impl Clone for Draft {
    #[inline(never)]
    fn clone(&self) -> Self {
        match self {
            Self::Applied(one) => Self::Applied(one.clone()),
            Self::Harvested(one) => Self::Harvested(one.clone()),
            Self::WeighedIn(one) => Self::WeighedIn(one.clone()),
            Self::Opened(one) => Self::Opened(one.clone()),
            Self::HandedOver(one) => Self::HandedOver(one.clone()),
            Self::Received(one) => Self::Received(one.clone()),
            Self::Packed(one) => Self::Packed(one.clone()),
            Self::Lost(one) => Self::Lost(one.clone()),
            Self::Disposed(one) => Self::Disposed(one.clone()),
            Self::Sold(one) => Self::Sold(one.clone()),
            Self::Cooled(one) => Self::Cooled(one.clone()),
            Self::Labels { batch, count, root } => Self::Labels { batch: *batch, count: *count, root: *root },
            Self::Corrected(one) => Self::Corrected(one.clone()),
            Self::Approved { chain, correction, details } => {
                Self::Approved { chain: *chain, correction: *correction, details: details.clone() }
            }
            Self::Begins(one) => Self::Begins(one.clone()),
            Self::Appends { chain, event } => Self::Appends { chain: *chain, event: event.clone() },
        }
    }
}

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

/// What an earlier record should have said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The chain
    pub chain: ChainId,
    /// The record on it
    pub sequence: u64,
    /// Why
    pub reason: CorrectionReason,
    /// The event as it should have been, whole
    pub event: Plain,
    /// In words
    #[serde(default)]
    pub details: Option<String>,
}

/// What somebody handed over: records signed elsewhere, in the order they have to be sent, and what they seal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The records
    pub records: Vec<ByteString>,
    /// Openings of their fields
    #[serde(default)]
    pub openings: Vec<PersonalOpening>,
}

/// A photo or document. Its bytes are kept by whoever runs this, under a name of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Where its bytes are
    pub name: String,
    /// Fresh for this photo
    pub salt: Salt,
    /// Which attachment of its record, from 0: part of what is sealed
    pub place: usize,
    /// What the record holds of it, and by which it is sent
    pub digest: FieldDigest,
    /// Bytes
    pub length: Count,
    /// What kind of file
    pub media_type: MediaType,
}

impl Photo {
    /// Seals a photo as the so-many-th attachment of its record, from 0. `None` if there are no bytes.
    #[must_use]
    pub fn seal(name: String, bytes: &[u8], media_type: MediaType, salt: Salt, place: usize) -> Option<Self> {
        let digest = digest(&salt, &format!("attachments/{place}"), bytes);
        let length = Count::new(u64::try_from(bytes.len()).ok()?).ok()?;
        Some(Self { name, salt, place, digest, length, media_type })
    }
}

impl Draft {
    /// Its photos.
    #[must_use]
    pub fn photos(&self) -> &[Photo] {
        match self {
            Self::Applied(one) => &one.photos,
            Self::Harvested(one) | Self::WeighedIn(one) => &one.photos,
            Self::HandedOver(one) => &one.photos,
            Self::Received(one) => &one.photos,
            Self::Packed(one) => &one.photos,
            Self::Lost(one) => &one.photos,
            Self::Disposed(one) => &one.photos,
            Self::Begins(event) | Self::Appends { event, .. } => &event.photos,
            Self::Corrected(one) => &one.event.photos,
            _ => &[],
        }
    }

    /// What was handed over with it.
    #[must_use]
    pub const fn parcel(&self) -> Option<&Parcel> {
        match self {
            Self::Harvested(one) | Self::WeighedIn(one) => one.parcel.as_ref(),
            Self::Received(one) => one.parcel.as_ref(),
            Self::Packed(one) => one.parcel.as_ref(),
            _ => None,
        }
    }

    /// The chains that it names: what it is about, and what it adds to.
    #[must_use]
    pub fn chains(&self) -> Vec<ChainId> {
        let into = |into: &Into| match into {
            Into::New(batch) => batch.label_of,
            Into::Existing(batch) => Some(*batch),
        };
        match self {
            Self::Applied(one) => vec![one.plot],
            Self::Harvested(one) | Self::WeighedIn(one) => {
                one.shares.iter().map(|share| share.plot).chain(into(&one.into)).collect()
            }
            Self::Opened(batch) => batch.label_of.into_iter().collect(),
            Self::HandedOver(one) => vec![one.from, one.to],
            Self::Received(one) => one.inputs.iter().map(|input| input.from).chain(into(&one.into)).collect(),
            Self::Packed(one) => one.inputs.iter().map(|input| input.from).chain(into(&one.into)).collect(),
            Self::Lost(one) => vec![one.batch],
            Self::Disposed(one) => vec![one.batch],
            Self::Sold(one) => vec![one.batch],
            Self::Cooled(one) => vec![one.batch],
            Self::Labels { batch, .. } => vec![*batch],
            Self::Corrected(one) => vec![one.chain],
            Self::Approved { chain, .. } => vec![*chain],
            Self::Begins(plain) => plain.event.references(),
            Self::Appends { chain, event } => event.event.references().into_iter().chain([*chain]).collect(),
        }
    }

    /// When it happened, if that is written down.
    #[must_use]
    pub fn at(&self) -> Option<Time> {
        match self {
            Self::Applied(one) => one.at,
            Self::Harvested(one) | Self::WeighedIn(one) => one.at,
            Self::HandedOver(one) => one.carriage.as_ref().and_then(|carriage| carriage.at),
            Self::Received(one) => one.at,
            Self::Packed(one) => one.at,
            Self::Lost(one) => one.at,
            Self::Disposed(one) => one.at,
            Self::Sold(one) => one.at,
            Self::Cooled(one) => one.at,
            Self::Begins(plain) | Self::Appends { event: plain, .. } => plain.event.at(),
            _ => None,
        }
    }

    /// Writes down when it happened, unless that is written down: it may be signed much later.
    pub fn keep_time(&mut self, now: Time) {
        let at = match self {
            Self::Applied(one) => &mut one.at,
            Self::Harvested(one) | Self::WeighedIn(one) => &mut one.at,
            Self::HandedOver(HandOver { carriage: Some(carriage), .. }) => &mut carriage.at,
            Self::Received(one) => &mut one.at,
            Self::Packed(one) => &mut one.at,
            Self::Lost(one) => &mut one.at,
            Self::Disposed(one) => &mut one.at,
            Self::Sold(one) => &mut one.at,
            Self::Cooled(one) => &mut one.at,
            Self::Appends { event, .. } => return keep_time(&mut event.event, now),
            _ => return,
        };
        at.get_or_insert(now);
    }

    /// The same with a chain called otherwise: its first record was signed anew, by another key or with another label.
    #[must_use]
    pub(crate) fn renamed(&self, names: &Map<ChainId, ChainId>) -> Self {
        if names.is_empty() {
            return self.clone();
        }
        let mut bytes = kept::to_bytes(self);
        replace(&mut bytes, names);
        kept::from_bytes(&bytes).unwrap_or_else(|| self.clone())
    }
}

/// Puts other ids in the places of ids: 32 bytes each, alone or within an event's bytes, which nothing else is by chance.
fn replace(bytes: &mut [u8], names: &Map<ChainId, ChainId>) {
    for (old, new) in names {
        let mut at = 0;
        while let Some(place) = bytes.get_mut(at..at + ChainId::LENGTH) {
            if place == old.as_bytes() {
                place.copy_from_slice(new.as_bytes());
            }
            at += 1;
        }
    }
}

/// An event with chains called otherwise.
pub(crate) fn rename(event: &Event, names: &Map<ChainId, ChainId>) -> Option<Event> {
    if names.is_empty() {
        return Some(event.clone());
    }
    let mut bytes = cbor::to_bytes(event, LIMITS).ok()?;
    replace(&mut bytes, names);
    cbor::from_canonical(&bytes, LIMITS).ok()
}

/// What happened keeps its time, though it is signed later.
pub fn keep_time(event: &mut Event, signed_at: Time) {
    let at = match event {
        Event::InputApplied(event) => &mut event.at,
        Event::HarvestDrawn(event) => &mut event.at,
        Event::Harvested(event) => &mut event.at,
        Event::Packed(event) => &mut event.at,
        Event::Repacked(event) => &mut event.at,
        Event::Shipped(event) => &mut event.at,
        Event::Received(event) => &mut event.at,
        Event::Cooled(event) => &mut event.at,
        Event::Treated(event) => &mut event.at,
        Event::Aggregated(event) => &mut event.at,
        Event::Sold(event) => &mut event.at,
        Event::Lost(event) => &mut event.at,
        Event::Disposed(event) => &mut event.at,
        Event::Inspected(event) => &mut event.at,
        _ => return,
    };
    at.get_or_insert(signed_at);
}
