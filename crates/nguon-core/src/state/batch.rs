//! A batch's state: owner, label, what came in, what went out.

use super::{Draw, Recall};
use crate::event::{Certified, Event, Input, Opened, Recalled, Shipped};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::permission::ChainSort;
use crate::values::Label;

/// A quantity of produce with one owner and one history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchState {
    /// Owner and custodian.
    pub owner: ChainId,
    /// What is printed on its boxes.
    pub label: Option<Label>,
    /// The labelled batch it is a consignment of.
    pub label_of: Option<ChainId>,
    /// What came in.
    pub inputs: Vec<Input>,
    /// What went out.
    pub draws: Vec<Draw>,
    /// Recalls.
    pub recalls: Vec<Recall>,
}

impl BatchState {
    pub(super) fn begin(event: &Opened) -> Result<Self, Fault> {
        if event.label.is_some() && event.label_of.is_some() {
            return Err(Fault::Field { field: "label_of", rule: crate::said("a consignment has no label of its own") });
        }
        Ok(Self {
            owner: event.owner,
            label: event.label.clone(),
            label_of: event.label_of,
            inputs: Vec::new(),
            draws: Vec::new(),
            recalls: Vec::new(),
        })
    }

    /// What an event's fields must keep to, whether it is new or stands in a correction.
    pub(super) fn check(&self, event: &Event, id: ChainId) -> Result<(), Fault> {
        match event {
            Event::Harvested(_) | Event::Packed(_) | Event::Received(_) => check_inputs(event.inputs(), id),
            Event::Drawn(event) if event.to == id => {
                Err(Fault::Field { field: "to", rule: crate::said("is this batch itself") })
            }
            Event::Shipped(event) => self.check_shipment(event),
            Event::Certified(event) => check_certificate(event),
            _ => Ok(()),
        }
    }

    pub(super) fn advance(&mut self, event: &Event, sequence: u64, id: ChainId) -> Result<(), Fault> {
        self.check(event, id)?;
        match event {
            Event::Harvested(_) | Event::Packed(_) | Event::Received(_) => self.take_in(event.inputs()),
            Event::Drawn(event) => {
                self.draws.push(Draw { sequence, to: event.to, grams: event.grams });
                Ok(())
            }
            Event::Recalled(event) => self.recall(event, sequence),
            Event::Shipped(_) | Event::Certified(_) | Event::Listed(_) => Ok(()),
            Event::Opened(_) => Err(Fault::FirstAgain(event.name())),
            other => Err(Fault::NotPermitted { event: other.name(), chain: ChainSort::Batch }),
        }
    }

    fn take_in(&mut self, inputs: &[Input]) -> Result<(), Fault> {
        if !self.draws.is_empty() {
            return Err(Fault::Field {
                field: "inputs",
                rule: crate::said("a batch takes nothing in after its first draw"),
            });
        }
        self.inputs.extend(inputs.iter().cloned());
        Ok(())
    }

    fn check_shipment(&self, event: &Shipped) -> Result<(), Fault> {
        if self.draws.iter().any(|draw| draw.sequence == event.draw) {
            Ok(())
        } else {
            Err(Fault::Field { field: "draw", rule: crate::said("is not the sequence of a draw on this batch") })
        }
    }

    fn recall(&mut self, event: &Recalled, sequence: u64) -> Result<(), Fault> {
        if event.harvests.is_some() {
            return Err(Fault::Field {
                field: "harvests",
                rule: crate::said("belongs to a recall of a plot or growing area"),
            });
        }
        if event.consignment.is_some() && self.label.is_none() {
            return Err(Fault::Field {
                field: "consignment",
                rule: crate::said("belongs to a recall of a labelled batch"),
            });
        }
        let consignment = event.consignment;
        self.recalls.push(Recall { sequence, reason: event.reason, harvests: Vec::new(), consignment });
        Ok(())
    }
}

fn check_inputs(inputs: &[Input], id: ChainId) -> Result<(), Fault> {
    for (at, input) in inputs.iter().enumerate() {
        if input.from == id {
            return Err(Fault::Field { field: "inputs", rule: crate::said("a batch cannot come from itself") });
        }
        if inputs[..at].iter().any(|earlier| earlier.from == input.from) {
            return Err(Fault::Field { field: "inputs", rule: crate::said("the same source twice in one record") });
        }
    }
    Ok(())
}

pub(super) fn check_certificate(event: &Certified) -> Result<(), Fault> {
    if event.until <= event.from {
        return Err(Fault::Field { field: "until", rule: crate::said("must be later than from") });
    }
    Ok(())
}
