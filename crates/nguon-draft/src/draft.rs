//! What people write down, before it is records.
//!
//! A draft is in people's terms (this plot, these crates), holds personal words as they are, and can be prepared again
//! and again: on other chain heads, or after it was changed.
//!
//! Here is the list of what can be written down, and what is asked of any of it; what each holds is in `orchard`, `goods`
//! and `papers`.

mod compose;
mod field;
mod goods;
mod orchard;
mod papers;
mod rename;
mod weights;

pub use field::{Personal, Plain};
pub use goods::{Carriage, Cooling, Disposal, HandOver, Loss, Packing, Receipt, Sale};
pub use orchard::{Applied, Counted, Harvest, Into, NewBatch, Share};
pub use papers::{Correction, Parcel, Photo};
pub(crate) use rename::rename;

pub(crate) use compose::{Composer, Made};

use nguon_core::event::Event;
use nguon_core::ids::{ChainId, RootHash};
use nguon_core::values::{Count, Time};
use serde::{Deserialize, Serialize};

use crate::kept;
use crate::sorted::Map;

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
        rename::replace(&mut bytes, names);
        kept::from_bytes(&bytes).unwrap_or_else(|| self.clone())
    }
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
