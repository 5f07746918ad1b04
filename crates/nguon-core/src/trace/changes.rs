//! What a record changes in the graph: grams on the edges of its chain, corrections and their approvals among the rest.

use crate::event::{DrawReason, Event};
use crate::ids::ChainId;
use crate::record::Record;
use crate::state::{ChainState, Subject};
use crate::values::{Code, Time};

/// A change of the grams on an edge; negative where a correction takes something back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where the edge comes from.
    pub from: ChainId,
    /// Where it goes.
    pub to: ChainId,
    /// Grams drawn.
    pub drawn_g: i64,
    /// Grams taken in.
    pub received_g: i64,
    /// What the record says of the draw; what an approval lets count was said before.
    pub draw: Option<DrawFacts>,
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
pub fn changes(state: &ChainState, record: &Record) -> Vec<Change> {
    let (draws, inputs) = match &state.subject {
        Subject::Actor(_) => return Vec::new(),
        Subject::Place(place) => (place.draws.at(record.sequence), &[][..]),
        Subject::Batch(batch) => (batch.draws.at(record.sequence), batch.inputs.at(record.sequence)),
    };
    let said = said(record);
    let drawn = draws.iter().map(|flow| {
        let draw = said.as_ref().filter(|(to, _)| *to == flow.other).map(|(_, draw)| draw.clone());
        Change { from: state.id, to: flow.other, drawn_g: flow.grams, received_g: 0, draw }
    });
    let taken_in = inputs.iter().map(|flow| Change {
        from: flow.other,
        to: state.id,
        drawn_g: 0,
        received_g: flow.grams,
        draw: None,
    });
    drawn.chain(taken_in).collect()
}

/// What a record says of a draw, and for whom it is.
fn said(record: &Record) -> Option<(ChainId, DrawFacts)> {
    let at = record.happened_at();
    let event = if let Event::Corrected(corrected) = &record.event { &*corrected.event } else { &record.event };
    match event {
        Event::HarvestDrawn(event) => Some((event.to, DrawFacts { season: Some(event.season.clone()), why: None, at })),
        Event::Drawn(event) => Some((event.to, DrawFacts { season: None, why: Some(event.why), at })),
        _ => None,
    }
}
