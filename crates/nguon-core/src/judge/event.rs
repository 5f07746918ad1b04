//! What an event's own fields must agree with on other chains.

use super::{Chains, Judge, MAX_REGISTRARS, Order};
use crate::event::{Enrolled, Event, EventName, Inputs, Opened, PlotRegistered, PlotsAllotted, Role};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::permission::ChainSort;
use crate::record::{Record, Signer};
use crate::state::ChainState;

impl<C: Chains> Judge<'_, C> {
    pub(super) fn judge_event(&self, event: &Event, record: &Record, chain: &ChainState) -> Result<(), Fault> {
        match event {
            Event::Enrolled(event) => self.judge_enrolment(event, record),
            Event::PlaceRegistered(event) => self.actor(&event.holder, "holder").map(|_| ()),
            Event::PlotRegistered(event) => self.judge_plot(event, record),
            Event::PlotsAllotted(event) => self.judge_allotments(event, chain),
            Event::Opened(event) => self.judge_opening(event),
            Event::Harvested(event) => self.judge_inputs(&event.inputs, ChainSort::Plot, chain),
            Event::Packed(event) => {
                self.expect_any(event.place.as_ref(), &[ChainSort::PackingHouse], "place")?;
                self.judge_inputs(&event.inputs, ChainSort::Batch, chain)
            }
            Event::Received(event) => {
                self.expect_any(event.place.as_ref(), &[ChainSort::PackingHouse], "place")?;
                self.judge_inputs(&event.inputs, ChainSort::Batch, chain)
            }
            Event::Shipped(event) => match self.actor(&event.carrier, "carrier")?.role {
                Role::Carrier => Ok(()),
                _ => Err(Fault::WrongReference { field: "carrier" }),
            },
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
        let enroller = self.actor(&enroller, "signer")?;
        event.scope.beyond(&enroller.scope).map_or(Ok(()), |dimension| Err(Fault::OutOfScope(dimension)))
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
            let places = &self.actor(&registrar, "signer")?.scope.places;
            if !places.iter().flatten().any(|place| *place == event.area) {
                return Err(Fault::NotPermitted { event: EventName::PlotRegistered, chain: ChainSort::Plot });
            }
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
        Ok(())
    }

    fn judge_opening(&self, event: &Opened) -> Result<(), Fault> {
        let owner = self.actor(&event.owner, "owner")?;
        if let Some(label) = &event.label
            && !owner.scope.owns(&label.gtin)
        {
            return Err(Fault::OutOfScope("gs1_prefixes"));
        }
        if let Some(labelled) = &event.label_of
            && self.at_hand(labelled)?.batch().is_none_or(|batch| batch.label.is_none())
        {
            return Err(Fault::WrongReference { field: "label_of" });
        }
        Ok(())
    }

    /// Every source is of the right kind and holds a draw that names this batch: its custodian let it go.
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
            let drawn = |draw: &crate::state::Draw| draw.to == chain.id && self.precedes(&input.from, draw.sequence);
            if !source.draws().iter().any(drawn) {
                return Err(Fault::UndrawnInput(input.from));
            }
        }
        Ok(())
    }

    fn expect_any(&self, id: Option<&ChainId>, sorts: &[ChainSort], field: &'static str) -> Result<(), Fault> {
        id.map_or(Ok(()), |id| self.expect(id, sorts, field))
    }

    fn expect(&self, id: &ChainId, sorts: &[ChainSort], field: &'static str) -> Result<(), Fault> {
        if sorts.contains(&self.at_hand(id)?.sort()) { Ok(()) } else { Err(Fault::WrongReference { field }) }
    }
}
