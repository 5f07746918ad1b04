//! Picking and weighing-in: each pick becomes a batch of the collector who weighs it, or of the household that sells it
//! itself.

use std::sync::Arc;

use nguon_core::event::{Corrected, CorrectionReason, HarvestDrawn, Harvested, Inputs, Opened};
use nguon_core::prelude::Text;

use super::cast::{Actor, Cast};
use super::dice::Dice;
use super::land::{Land, MERGED, Plot};
use super::land_register::{grams, season};
use super::scribe::{Chain, Scribe};

/// One plot in so many is sold by its household.
const SELF_SOLD: usize = 7;
/// Grams that a second look at the scales takes off.
const REWEIGHED: usize = 1_000;

/// What was weighed in, and not yet sold on.
pub(super) struct Parcel {
    pub chain: Chain,
    pub owner: Actor,
    pub grams: usize,
    pub area: usize,
    /// Whether it goes into the merged lot.
    pub merged: bool,
}

pub(super) fn product() -> Text {
    "vải thiều".parse().expect("text")
}

/// All that is picked on a day.
pub(super) fn weigh(scribe: &mut Scribe<'_>, cast: &Cast, land: &mut Land, day: usize, dice: &mut Dice) -> Vec<Parcel> {
    let mut parcels = Vec::new();
    for (number, plot) in land.plots.iter_mut().enumerate() {
        if let Some((_, picked)) = plot.picks.iter().find(|(on, _)| *on == day).copied() {
            let household = plot.household.expect("a household");
            let collector = cast.collectors.start + (plot.area * 2 + number % 2) % cast.collectors.len();
            let owner = if number.is_multiple_of(SELF_SOLD) { household } else { Actor(collector) };
            let merged = plot.merged && day == MERGED;
            let (chain, grams) = weigh_one(scribe, cast, plot, owner, picked, dice);
            parcels.push(Parcel { chain, owner, grams, area: plot.area, merged });
        }
    }
    parcels
}

/// Draw before input: the plot lets go, and the batch takes in.
fn weigh_one(
    scribe: &mut Scribe<'_>,
    cast: &Cast,
    plot: &mut Plot,
    owner: Actor,
    picked: usize,
    dice: &mut Dice,
) -> (Chain, usize) {
    let hand = cast.hand(owner);
    let mut batch = scribe.begin(&hand, Opened::new(cast.id(owner), product()));
    let household = cast.hand(plot.household.expect("a household"));
    let source = plot.chain.as_mut().expect("a plot");
    scribe.append(&household, source, HarvestDrawn::new(season(), batch.id, grams(picked)));
    scribe.append(&hand, &mut batch, Harvested::new(Inputs::one(source.id, grams(picked))));
    if !dice.permille(10) {
        return (batch, picked);
    }
    let left = picked - REWEIGHED;
    let event = Arc::new(Harvested::new(Inputs::one(source.id, grams(left))).into());
    let (sequence, reason) = (batch.sequence, CorrectionReason::Weighing);
    scribe.append(&hand, &mut batch, Corrected { sequence, reason, event, details: None });
    (batch, left)
}
