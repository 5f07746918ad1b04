//! A batch's sums.

use crate::event::EventName;
use crate::state::{BatchState, ChainState, unsigned};

/// What came into a batch, where it went, and what is left: effective grams, corrections counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// Grams that came in.
    pub in_g: u64,
    /// Grams drawn for other batches.
    pub drawn_g: u64,
    /// Grams sold.
    pub sold_g: u64,
    /// Grams lost.
    pub lost_g: u64,
    /// Grams disposed of.
    pub disposed_g: u64,
    /// Grams that are left.
    pub remaining_g: u64,
    /// Boxes packed.
    pub boxes: u64,
}

impl Sums {
    /// Of a batch; `None` of anything else.
    #[must_use]
    pub fn of(state: &ChainState) -> Option<Self> {
        let batch = state.batch()?;
        Some(Self {
            in_g: unsigned(batch.inputs.total()),
            drawn_g: unsigned(batch.draws.total()),
            sold_g: gone(state, batch, EventName::Sold),
            lost_g: gone(state, batch, EventName::Lost),
            disposed_g: gone(state, batch, EventName::Disposed),
            remaining_g: batch.remaining(),
            boxes: batch.boxes(),
        })
    }
}

/// What records of one event let go.
fn gone(state: &ChainState, batch: &BatchState, event: EventName) -> u64 {
    let said = |sequence| state.place_of(sequence).and_then(|at| state.steps.get(at)).map(|step| step.event);
    let flows = batch.gone.entries().iter().filter(|flow| said(flow.origin) == Some(event));
    unsigned(flows.map(|flow| flow.grams).sum())
}
