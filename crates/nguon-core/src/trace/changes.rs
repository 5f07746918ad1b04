//! What a record changes in its chain's sums; what a graph's grams are folded from.

use crate::event::{DrawReason, Event};
use crate::ids::ChainId;
use crate::record::Record;
use crate::state::ChainState;
use crate::values::{Code, Time};

/// A change of a chain's sums; negative where a correction takes something back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Grams drawn for another chain.
    Drawn {
        /// The destination.
        to: ChainId,
        /// How many more.
        grams: i64,
        /// Season, reason and time, where the record says them.
        draw: Option<DrawFacts>,
    },
    /// Grams taken in from another chain.
    TakenIn {
        /// The source.
        from: ChainId,
        /// How many more.
        grams: i64,
    },
    /// Grams sold.
    Sold(i64),
    /// Grams lost.
    Lost(i64),
    /// Grams disposed of.
    Disposed(i64),
    /// Boxes packed.
    Boxes(i64),
}

/// What an edge says of its newest draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawFacts {
    /// The plot's season.
    pub season: Option<Code>,
    /// Why a batch was drawn from.
    pub why: Option<DrawReason>,
    /// When, by the signer's word.
    pub at: Time,
}

/// What a record of a chain changed; `state` is the chain with it, and perhaps with later ones.
#[must_use]
pub fn changes(_state: &ChainState, record: &Record) -> Vec<Change> {
    let mut changes = Vec::new();
    let at = record.happened_at();
    let mut drawn = |to, grams: crate::values::Grams, season, why| {
        let draw = Some(DrawFacts { season, why, at });
        changes.push(Change::Drawn { to, grams: grams.into(), draw });
    };
    match &record.event {
        Event::HarvestDrawn(event) => drawn(event.to, event.grams, Some(event.season.clone()), None),
        Event::Drawn(event) => drawn(event.to, event.grams, None, Some(event.why)),
        Event::Packed(event) => changes.push(Change::Boxes(event.boxes.into())),
        Event::Repacked(event) => changes.push(Change::Boxes(event.boxes.into())),
        Event::Sold(event) => changes.push(Change::Sold(event.grams.into())),
        Event::Lost(event) => changes.push(Change::Lost(event.grams.into())),
        Event::Disposed(event) => changes.push(Change::Disposed(event.grams.into())),
        _ => {}
    }
    let inputs = record.event.inputs().iter();
    changes.extend(inputs.map(|input| Change::TakenIn { from: input.from, grams: input.grams.into() }));
    changes
}
