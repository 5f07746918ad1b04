//! What an event's own fields must agree with on other chains.

use super::{Chains, Judge, MAX_REGISTRARS, Order};
use crate::event::{Enrolled, Event, EventName, Inputs, Opened, PlotRegistered, PlotsAllotted, Recalled, Role, Scope};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::permission::ChainSort;
use crate::record::{Record, Signer};
use crate::state::{BatchState, ChainState, Recall, Season};

impl<C: Chains> Judge<'_, C> {
    pub(super) fn judge_event(&self, event: &Event, record: &Record, chain: &ChainState) -> Result<(), Fault> {
        match event {
            Event::Enrolled(event) => self.judge_enrolment(event, record),
            Event::ScopeChanged(event) => self.judge_scope(&event.scope, record),
            Event::PlaceRegistered(event) => self.actor(&event.holder, "holder").map(|_| ()),
            Event::PlotRegistered(event) => self.judge_plot(event, record),
            Event::PlotsAllotted(event) => self.judge_allotments(event, chain),
            Event::Opened(event) => self.judge_opening(event),
            Event::Harvested(event) => self.judge_inputs(&event.inputs, ChainSort::Plot, chain),
            Event::Packed(event) => {
                self.judge_house(event.place.as_ref(), record)?;
                self.judge_inputs(&event.inputs, ChainSort::Batch, chain)
            }
            Event::Repacked(event) => {
                self.judge_house(event.place.as_ref(), record)?;
                self.judge_inputs(&event.inputs, ChainSort::Batch, chain)
            }
            Event::Received(event) => {
                self.judge_house(event.place.as_ref(), record)?;
                self.judge_inputs(&event.inputs, ChainSort::Batch, chain)
            }
            Event::Cooled(event) => self.judge_house(event.place.as_ref(), record),
            Event::Shipped(event) => self.expect_role(&event.carrier, Role::Carrier, "carrier"),
            Event::CustodianChanged(event) => self.expect_role(&event.to, Role::Farm, "to"),
            Event::Drawn(event) => self.expect_batch(&event.to),
            Event::HarvestDrawn(event) => {
                self.expect_batch(&event.to)?;
                self.judge_window(record.sequence, chain)
            }
            Event::CorrectionApproved(_) => self.judge_window(record.sequence, chain),
            Event::Recalled(event) => self.judge_recall(event, chain),
            Event::Corrected(event) => self.judge_event(&event.event, record, chain),
            _ => Ok(()),
        }
    }

    /// An enrolment lies within its enroller's scope, and registrars stand at most four deep.
    fn judge_enrolment(&self, event: &Enrolled, record: &Record) -> Result<(), Fault> {
        let Signer::Actor(enroller) = record.signer else { return Ok(()) };
        let above = self.registrars_from(record.signer)?;
        if event.role == Role::Registrar && above.len() == MAX_REGISTRARS {
            return Err(Fault::TooDeep);
        }
        self.judge_scope_of(&event.scope, &enroller)
    }

    /// Who gives a scope has it.
    fn judge_scope(&self, scope: &Scope, record: &Record) -> Result<(), Fault> {
        if let Signer::Actor(giver) = record.signer { self.judge_scope_of(scope, &giver) } else { Ok(()) }
    }

    fn judge_scope_of(&self, scope: &Scope, giver: &ChainId) -> Result<(), Fault> {
        let beyond = |outer: &Scope| scope.beyond(outer).map_or(Ok(()), |dimension| Err(Fault::OutOfScope(dimension)));
        self.in_scope(giver, &beyond)
    }

    /// A harvest, as it counts once this record is there, lies within its growing area's season and the code's validity.
    fn judge_window(&self, sequence: u64, chain: &ChainState) -> Result<(), Fault> {
        let Some(place) = chain.place() else { return Ok(()) };
        // What an approval makes count is the correction's; what a harvest says is its own.
        let by_approval = chain.corrections().iter().find(|correction| correction.counts_from == Some(sequence));
        let origin = by_approval.map_or(sequence, |correction| correction.origin);
        let Some(harvest) = place.log.harvest_of(origin) else { return Ok(()) };
        let Some(area) = place.area.map(|area| self.at_hand(&area)).transpose()? else { return Ok(()) };
        let Some(area) = area.place() else { return Ok(()) };
        let of_season = |season: &&Season| season.harvested.entries().iter().any(|flow| flow.origin == origin);
        let season = place.seasons.iter().find(of_season);
        if let (Some(season), Some(id)) = (season.and_then(|season| area.season(&season.name)), place.area) {
            season.check_window(harvest.at, |other| self.precedes(&id, other))?;
        }
        let (from, until) = area.valid;
        if harvest.at < from || until.is_some_and(|until| harvest.at >= until) {
            let rule = crate::said("the growing area's code was not valid then");
            return Err(Fault::Field { field: "at", rule });
        }
        Ok(())
    }

    /// Where something is packed or received, if it is said: a packing house whose code counts.
    fn judge_house(&self, place: Option<&ChainId>, record: &Record) -> Result<(), Fault> {
        let Some(id) = place else { return Ok(()) };
        self.expect(id, &[ChainSort::PackingHouse], "place")?;
        // What is only said anew was held against the code when it was said first.
        if matches!(record.event, Event::Corrected(_)) {
            return Ok(());
        }
        let house = self.at_hand(id)?;
        let Some(house) = house.place() else { return Ok(()) };
        let (from, until) = house.valid;
        let at = record.happened_at();
        if at < from || until.is_some_and(|until| at >= until) {
            let rule = crate::said("the packing house's code was not valid then");
            return Err(Fault::Field { field: "place", rule });
        }
        self.check_code(id, house)
    }

    /// A consignment is recalled by itself only once its labelled batch says so, whose readers would not see it
    /// otherwise; and what a recall names as a consignment is one of this batch.
    fn judge_recall(&self, event: &Recalled, chain: &ChainState) -> Result<(), Fault> {
        let Some(batch) = chain.batch() else { return Ok(()) };
        if let Some(consignment) = &event.consignment {
            let named = self.at_hand(consignment)?;
            let named = named.batch().filter(|named| named.label_of == Some(chain.id));
            // One that took nothing is nobody's part of the lot: anybody can open it.
            let took = |named: &BatchState| named.inputs.over(|other| self.precedes(consignment, other)) > 0;
            if !named.is_some_and(took) {
                return Err(Fault::WrongReference { field: "consignment" });
            }
        }
        if let Some(labelled) = &batch.label_of {
            let labelled_state = self.at_hand(labelled)?;
            let says =
                |recall: &Recall| recall.consignment == Some(chain.id) && self.precedes(labelled, recall.sequence);
            if !labelled_state.recalls().iter().any(says) {
                let rule = crate::said("of a consignment needs one on its labelled batch that names it, before it");
                return Err(Fault::Field { field: "consignment", rule });
            }
        }
        Ok(())
    }

    /// Only who answers for a growing area adds plots to it: its holder, a registrar above the holder or above who
    /// registered the area, or one whose scope names the area, given by an authority or by somebody who answers for it.
    /// Otherwise any co-op could sell under another's code.
    fn judge_plot(&self, event: &PlotRegistered, record: &Record) -> Result<(), Fault> {
        self.expect(&event.area, &[ChainSort::GrowingArea], "area")?;
        self.actor(&event.household, "household")?;
        let area = self.at_hand(&event.area)?;
        let mut answering = self.registrars_over(&area)?;
        if let Some(holder) = area.custodian() {
            answering.push(holder);
            answering.extend(self.registrars_from(self.actor(&holder, "holder")?.enrolled_by)?);
        }
        for registrar in self.registrars_from(record.signer)? {
            if answering.contains(&registrar) {
                return Ok(());
            }
            let refused = Fault::NotPermitted { event: EventName::PlotRegistered, chain: ChainSort::Plot };
            let named = |scope: &Scope| {
                let named = scope.places.iter().flatten().any(|place| *place == event.area);
                if named { Ok(()) } else { Err(refused.clone()) }
            };
            self.in_scope(&registrar, &named)?;
        }
        Ok(())
    }

    /// A plot takes part in its own growing area's ceiling. A verifier of one batch holds only its own plots.
    fn judge_allotments(&self, event: &PlotsAllotted, area: &ChainState) -> Result<(), Fault> {
        for allotment in &event.allotments {
            match (self.chains.chain(&allotment.plot), self.order) {
                (Some(plot), _) if plot.place().is_some_and(|plot| plot.area == Some(area.id)) => {}
                (None, Order::Unknown | Order::At(_)) => {}
                (None, Order::Now) => return Err(Fault::MissingChain(allotment.plot)),
                (Some(_), _) => return Err(Fault::WrongReference { field: "allotments" }),
            }
        }
        self.judge_size(event, area)
    }

    /// The plots of a season are together no larger than the growing area: otherwise one orchard registered twice would
    /// be harvested twice. Only who holds all plots can tell.
    fn judge_size(&self, event: &PlotsAllotted, area: &ChainState) -> Result<(), Fault> {
        let place = area.place().filter(|_| self.order == Order::Now);
        let Some((place, season)) = place.and_then(|place| Some((place, place.season(&event.season)?))) else {
            return Ok(());
        };
        let size = |plot: &ChainId| {
            let plot = self.chains.chain(plot)?;
            Some(plot.place()?.area_m2?.get())
        };
        let all: u64 = season.allotted.others().iter().filter_map(size).sum();
        let of_area = place.area_m2.map_or(0, |size| size.get());
        if all > of_area {
            let now: u64 = event.allotments.iter().filter_map(|allotment| size(&allotment.plot)).sum();
            return Err(Fault::AboveArea { remaining: of_area.saturating_sub(all - now) });
        }
        Ok(())
    }

    fn judge_opening(&self, event: &Opened) -> Result<(), Fault> {
        self.actor(&event.owner, "owner")?;
        if let Some(label) = &event.label {
            let owns = |scope: &Scope| {
                if scope.owns(&label.gtin) { Ok(()) } else { Err(Fault::OutOfScope("gs1_prefixes")) }
            };
            self.in_scope(&event.owner, &owns)?;
        }
        if let Some(labelled) = &event.label_of {
            let state = self.at_hand(labelled)?;
            let freed = state.name_released_at().is_some_and(|at| self.precedes(labelled, at));
            if state.batch().is_none_or(|batch| batch.label.is_none()) || (freed && self.order != Order::Unknown) {
                return Err(Fault::WrongReference { field: "label_of" });
            }
        }
        Ok(())
    }

    /// Every source is of the right kind. That its custodian let it go is judged with the sums.
    fn judge_inputs(&self, inputs: &Inputs, sort: ChainSort, chain: &ChainState) -> Result<(), Fault> {
        let labelled = chain.batch().and_then(|batch| batch.label_of);
        for input in inputs {
            self.expect(&input.from, &[sort], "inputs")?;
            let source = self.at_hand(&input.from)?;
            let source_of = source.batch().and_then(|source| source.label_of);
            if labelled.is_some_and(|labelled| input.from != labelled && source_of != Some(labelled)) {
                let rule =
                    crate::said("of a consignment come from its labelled batch, or from that batch's consignments");
                return Err(Fault::Field { field: "inputs", rule });
            }
        }
        Ok(())
    }

    /// What a draw names is a batch, or not known yet.
    fn expect_batch(&self, to: &ChainId) -> Result<(), Fault> {
        match self.chains.chain(to) {
            Some(chain) if chain.batch().is_none() => Err(Fault::WrongReference { field: "to" }),
            _ => Ok(()),
        }
    }

    fn expect_role(&self, id: &ChainId, role: Role, field: &'static str) -> Result<(), Fault> {
        if self.actor(id, field)?.role == role { Ok(()) } else { Err(Fault::WrongReference { field }) }
    }

    fn expect(&self, id: &ChainId, sorts: &[ChainSort], field: &'static str) -> Result<(), Fault> {
        if sorts.contains(&self.at_hand(id)?.sort()) { Ok(()) } else { Err(Fault::WrongReference { field }) }
    }
}
