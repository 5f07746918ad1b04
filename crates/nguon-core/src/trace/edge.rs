//! What went from one chain to another.

use serde::{Deserialize, Serialize};

use crate::event::DrawReason;
use crate::ids::ChainId;
use crate::values::{Code, Time};

/// One edge, whatever the number of draws and inputs behind it. From a growing area to a plot it has no grams.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// Where it came from.
    pub from: ChainId,
    /// Where it went. A draw may name a batch that has not been opened (here): then no node has this id.
    pub to: ChainId,
    /// Grams drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn_g: Option<u64>,
    /// Grams taken in; what was drawn and not taken in is shortage, or still under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_g: Option<u64>,
    /// Season of the newest draw, from a plot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<Code>,
    /// Why the newest draw was made, from a batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<DrawReason>,
    /// Unix seconds of the newest draw, by its signer's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

impl Edge {
    /// An edge of which nothing more is known.
    #[must_use]
    pub const fn new(from: ChainId, to: ChainId) -> Self {
        Self { from, to, drawn_g: None, received_g: None, season: None, why: None, at: None }
    }

    /// What was drawn and not taken in.
    #[must_use]
    pub fn shortage_g(&self) -> Option<u64> {
        Some(self.drawn_g?.saturating_sub(self.received_g?))
    }
}
