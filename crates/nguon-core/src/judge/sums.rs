//! That kilograms add up between chains, as of the record's place. What a chain adds up by itself stands in [`crate::state`].

use super::{Chains, Judge, Order};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::record::Record;
use crate::state::{BatchState, ChainState, PlaceState, Season, Subject, unsigned};

impl<C: Chains> Judge<'_, C> {
    /// Holds what this record enters into its chain's journals against the other chains'.
    pub(super) fn judge_sums(&self, record: &Record, chain: &ChainState) -> Result<(), Fault> {
        let sequence = record.sequence;
        match &chain.subject {
            Subject::Actor(_) => Ok(()),
            Subject::Batch(batch) => {
                for flow in batch.inputs.at(sequence).iter().filter(|flow| flow.grams > 0) {
                    self.check_input(&flow.other, batch, chain, sequence)?;
                }
                self.check_draws(batch.draws.at(sequence).iter().filter(|flow| flow.grams < 0), chain, sequence)
            }
            Subject::Place(place) => {
                self.check_draws(place.draws.at(sequence).iter().filter(|flow| flow.grams < 0), chain, sequence)?;
                for season in &place.seasons {
                    if season.harvested.at(sequence).iter().any(|flow| flow.grams > 0) {
                        self.check_harvest(place, season, chain, sequence)?;
                    }
                    for flow in season.allotted.at(sequence).iter().filter(|flow| flow.grams < 0) {
                        self.check_allotment(&flow.other, season, sequence)?;
                    }
                }
                Ok(())
            }
        }
    }

    /// Which of the chain's own records count: those up to this one. Where no order between chains is known, all of
    /// them do, on both sides of a comparison.
    fn up_to(&self, sequence: u64) -> impl Fn(u64) -> bool + use<C> {
        let all = self.order == Order::Unknown;
        move |other| all || other <= sequence
    }

    /// A batch takes no more from a source than the source let go for it.
    fn check_input(
        &self,
        source: &ChainId,
        batch: &BatchState,
        chain: &ChainState,
        sequence: u64,
    ) -> Result<(), Fault> {
        let drawn = self.at_hand(source)?.drawn_for(&chain.id, |other| self.precedes(source, other));
        let taken = batch.inputs.with(source, self.up_to(sequence));
        match (taken > drawn, drawn > 0) {
            (false, _) => Ok(()),
            (true, false) => Err(Fault::UndrawnInput(*source)),
            (true, true) => {
                let (drawn, taken) = (unsigned(drawn), unsigned(taken));
                Err(Fault::InputsAboveDraws { source_chain: *source, drawn, taken })
            }
        }
    }

    /// A draw that is corrected leaves what its batch has taken already.
    fn check_draws<'a>(
        &self,
        lowered: impl Iterator<Item = &'a crate::state::Flow>,
        chain: &ChainState,
        sequence: u64,
    ) -> Result<(), Fault> {
        for by in lowered.map(|flow| flow.other) {
            let Some(taker) = self.chains.chain(&by) else { continue };
            let Some(batch) = taker.batch() else { continue };
            let taken = batch.inputs.with(&chain.id, |other| self.precedes(&by, other));
            if taken > chain.drawn_for(&by, self.up_to(sequence)) {
                return Err(Fault::BelowTaken { by, taken: unsigned(taken) });
            }
        }
        Ok(())
    }

    /// A plot yields no more in a season than its growing area allotted it, under a code that counts.
    fn check_harvest(
        &self,
        place: &PlaceState,
        season: &Season,
        chain: &ChainState,
        sequence: u64,
    ) -> Result<(), Fault> {
        let id = place.area.ok_or(Fault::WrongReference { field: "area" })?;
        let area = self.at_hand(&id)?;
        let area = area.place().ok_or(Fault::WrongReference { field: "area" })?;
        let allotted =
            area.season(&season.name).map_or(0, |of| of.allotted.with(&chain.id, |other| self.precedes(&id, other)));
        let harvested = season.harvested.over(self.up_to(sequence));
        if harvested > allotted {
            let now = season.harvested.over(|other| other == sequence);
            return Err(Fault::AboveAllotment { remaining: unsigned(allotted - (harvested - now)) });
        }
        self.check_code(&id, area)
    }

    /// A code under which something is harvested or packed is not suspended.
    pub(super) fn check_code(&self, id: &ChainId, place: &PlaceState) -> Result<(), Fault> {
        let counts = |sequence| self.precedes(id, sequence);
        // Without any order nobody knows whether it was.
        if self.order != Order::Unknown && (place.is_suspended(counts) || place.name_released.is_some_and(counts)) {
            return Err(Fault::Suspended(*id));
        }
        Ok(())
    }

    /// An allotment that is corrected leaves what its plot has yielded already.
    fn check_allotment(&self, plot: &ChainId, season: &Season, sequence: u64) -> Result<(), Fault> {
        let Some(held) = self.chains.chain(plot) else { return Ok(()) };
        let Some(of) = held.place().and_then(|place| place.season(&season.name)) else { return Ok(()) };
        let harvested = of.harvested.over(|other| self.precedes(plot, other));
        if harvested > season.allotted.with(plot, self.up_to(sequence)) {
            return Err(Fault::BelowTaken { by: *plot, taken: unsigned(harvested) });
        }
        Ok(())
    }
}
