//! A batch's state: owner, label, what came in, what went out, what is left.

use super::correct::Weight;
use super::journal::{Flow, Journal, bounded, signed, unsigned};
use super::recall::Recall;
use super::{Mark, recall};
use crate::event::{Certified, Disposed, Event, Input, LabResult, Lost, Opened, Recalled, Shipped, Sold};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::permission::ChainSort;
use crate::values::{Count, Grams, Label};

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
    pub inputs: Journal,
    /// What went out into other batches.
    pub draws: Journal,
    /// What was sold to those who eat it, lost and disposed of; the other chain is the batch itself.
    pub gone: Journal,
    /// Recalls, ended ones too.
    pub recalls: Vec<Recall>,
    /// What left with which carrier.
    pub shipments: Vec<Shipment>,
    /// Sequence of the record that freed the label for another batch.
    pub name_released: Option<u64>,
    boxes: Vec<Boxes>,
    /// Labels issued.
    labels: i64,
    /// Boxes on pallets.
    pallets: Vec<(u64, i64)>,
}

/// A draw on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipment {
    /// Sequence of the record.
    pub sequence: u64,
    /// Sequence of the draw.
    pub draw: u64,
    /// Who carries it.
    pub carrier: ChainId,
}

/// What one record packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Boxes {
    origin: u64,
    boxes: i64,
    grams_per_box: i64,
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
            inputs: Journal::default(),
            draws: Journal::default(),
            gone: Journal::default(),
            recalls: Vec::new(),
            shipments: Vec::new(),
            name_released: None,
            boxes: Vec::new(),
            labels: 0,
            pallets: Vec::new(),
        })
    }

    /// Grams that are left.
    #[must_use]
    pub fn remaining(&self) -> u64 {
        unsigned(self.left())
    }

    /// Boxes packed.
    #[must_use]
    pub fn boxes(&self) -> u64 {
        unsigned(self.all_boxes())
    }

    /// Labels with serials issued.
    #[must_use]
    pub fn labels(&self) -> u64 {
        unsigned(self.labels)
    }

    fn left(&self) -> i64 {
        self.inputs.total() - self.draws.total() - self.gone.total()
    }

    fn all_boxes(&self) -> i64 {
        self.boxes.iter().map(|packed| packed.boxes).sum()
    }

    /// What an event's fields must keep to, whether it is new or stands in a correction.
    pub(super) fn check(&self, event: &Event, id: ChainId) -> Result<(), Fault> {
        match event {
            Event::Harvested(_) | Event::Packed(_) | Event::Repacked(_) | Event::Received(_) => {
                check_inputs(event.inputs(), id)
            }
            Event::Drawn(event) if event.to == id => {
                Err(Fault::Field { field: "to", rule: crate::said("is this batch itself") })
            }
            Event::Shipped(event) => self.check_shipment(event),
            Event::Certified(event) => check_certificate(event),
            Event::LabResult(event) => check_report(event),
            _ => Ok(()),
        }
    }

    pub(super) fn advance(&mut self, event: &Event, sequence: u64, id: ChainId, mark: &Mark) -> Result<(), Fault> {
        self.check(event, id)?;
        match event {
            Event::Harvested(_) | Event::Packed(_) | Event::Repacked(_) | Event::Received(_) => {
                if self.name_released.is_some() {
                    let rule = crate::said("a batch that gave its label back takes nothing in");
                    return Err(Fault::Field { field: "inputs", rule });
                }
                if !self.draws.is_empty() {
                    let rule = crate::said("a batch takes nothing in after its first draw");
                    return Err(Fault::Field { field: "inputs", rule });
                }
                self.set(Weight { origin: sequence, sequence, id }, event)
            }
            Event::Drawn(_) | Event::Sold(_) | Event::Lost(_) | Event::Disposed(_) | Event::Aggregated(_) => {
                self.set(Weight { origin: sequence, sequence, id }, event)
            }
            Event::Shipped(event) => {
                self.shipments.push(Shipment { sequence, draw: event.draw, carrier: event.carrier });
                Ok(())
            }
            Event::LabelsIssued(event) => self.issue(event.count),
            Event::Recalled(event) => self.recall(event, sequence),
            Event::ReleaseApproved(event) => recall::approve(&mut self.recalls, event, sequence, mark.key),
            Event::Released(event) => recall::release(&mut self.recalls, event, sequence, mark.key),
            Event::NameReleased(_) => self.release_name(sequence),
            Event::Cooled(_)
            | Event::Treated(_)
            | Event::Inspected(_)
            | Event::LabResult(_)
            | Event::Certified(_)
            | Event::Listed(_) => Ok(()),
            Event::Opened(_) => Err(Fault::FirstAgain(event.name())),
            other => Err(Fault::NotPermitted { event: other.name(), chain: ChainSort::Batch }),
        }
    }

    /// What a record says of grams and boxes, said first or said anew. On an error nothing has changed.
    pub(super) fn set(&mut self, at: Weight, event: &Event) -> Result<(), Fault> {
        match event {
            Event::Harvested(_) | Event::Received(_) => self.take_in(at, event.inputs()),
            Event::Packed(event) => self.pack(at, &event.inputs, event.boxes, event.grams_per_box),
            Event::Repacked(event) => self.pack(at, &event.inputs, event.boxes, event.grams_per_box),
            Event::Drawn(event) => self.draw(at, event.to, event.grams),
            Event::Sold(event) => self.lose(at, event.grams),
            Event::Lost(event) => self.lose(at, event.grams),
            Event::Disposed(event) => self.lose(at, event.grams),
            Event::Aggregated(event) => self.load(at, event.boxes),
            _ => Ok(()),
        }
    }

    fn take_in(&mut self, at: Weight, inputs: &[Input]) -> Result<(), Fault> {
        if at.is_first() {
            // Looked at first, so that an error changes nothing.
            inputs.iter().try_fold(self.inputs.total(), |sum, input| bounded(sum, signed(input.grams)))?;
            for input in inputs {
                self.inputs.add(at.flow(input.from, signed(input.grams)))?;
            }
            return Ok(());
        }
        let changed = self.inputs_with(at, inputs)?;
        let short = self.draws.total() + self.gone.total() - changed.total();
        if short > 0 {
            return Err(Fault::OverDrawn { remaining: unsigned(self.left()) });
        }
        self.inputs = changed;
        Ok(())
    }

    /// The journal of inputs with what one record now says.
    fn inputs_with(&self, at: Weight, inputs: &[Input]) -> Result<Journal, Fault> {
        let mut journal = self.inputs.clone();
        for input in inputs {
            journal.add(at.flow(input.from, signed(input.grams) - journal.of(at.origin, &input.from)))?;
        }
        Ok(journal)
    }

    fn pack(&mut self, at: Weight, inputs: &[Input], boxes: Count, grams_per_box: Grams) -> Result<(), Fault> {
        let packed = Boxes { origin: at.origin, boxes: i64::from(boxes), grams_per_box: signed(grams_per_box) };
        let came = inputs.iter().try_fold(0, |sum, input| bounded(sum, signed(input.grams)))?;
        let fits = packed.boxes.checked_mul(packed.grams_per_box).is_some_and(|grams| grams <= came);
        if !fits {
            return Err(Fault::BoxesAboveInputs { remaining: unsigned(came / packed.grams_per_box) });
        }
        let others = self.boxes.iter().filter(|known| known.origin != at.origin).map(|known| known.boxes);
        let all = others.chain([packed.boxes]).try_fold(0, bounded)?;
        self.check_boxes(all)?;
        self.take_in(at, inputs)?;
        match self.boxes.iter_mut().find(|known| known.origin == at.origin) {
            Some(known) => *known = packed,
            None => self.boxes.push(packed),
        }
        Ok(())
    }

    /// Labels and pallets are no more than the boxes.
    fn check_boxes(&self, boxes: i64) -> Result<(), Fault> {
        let loaded = self.pallets.iter().map(|(_, boxes)| boxes).sum();
        if self.labels > boxes {
            return Err(Fault::AboveBoxes { field: "count", remaining: 0 });
        }
        if boxes < loaded { Err(Fault::AboveBoxes { field: "boxes", remaining: 0 }) } else { Ok(()) }
    }

    fn issue(&mut self, count: Count) -> Result<(), Fault> {
        if self.name_released.is_some() {
            let rule = crate::said("of a batch that gave its label back cannot be issued");
            return Err(Fault::Field { field: "count", rule });
        }
        let labels = bounded(self.labels, i64::from(count))?;
        if labels > self.all_boxes() {
            let remaining = unsigned(self.all_boxes() - self.labels);
            return Err(Fault::AboveBoxes { field: "count", remaining });
        }
        self.labels = labels;
        Ok(())
    }

    fn load(&mut self, at: Weight, boxes: Count) -> Result<(), Fault> {
        let mut others = self.pallets.iter().filter(|(origin, _)| *origin != at.origin).map(|(_, boxes)| *boxes);
        let loaded = others.try_fold(0, bounded)?;
        if bounded(loaded, i64::from(boxes))? > self.all_boxes() {
            let remaining = unsigned(self.all_boxes() - loaded);
            return Err(Fault::AboveBoxes { field: "boxes", remaining });
        }
        self.pallets.retain(|(origin, _)| *origin != at.origin);
        self.pallets.push((at.origin, i64::from(boxes)));
        Ok(())
    }

    fn draw(&mut self, at: Weight, to: ChainId, grams: Grams) -> Result<(), Fault> {
        if at.is_first() {
            self.check_left(signed(grams))?;
            return self.draws.add(at.flow(to, signed(grams)));
        }
        let changed = super::correct::drawn(&self.draws, at, to, grams)?;
        self.check_left(changed.total() - self.draws.total())?;
        self.draws = changed;
        Ok(())
    }

    fn lose(&mut self, at: Weight, grams: Grams) -> Result<(), Fault> {
        let more = signed(grams) - if at.is_first() { 0 } else { self.gone.of(at.origin, &at.id) };
        self.check_left(more)?;
        self.gone.add(at.flow(at.id, more))
    }

    fn check_left(&self, more: i64) -> Result<(), Fault> {
        if more > self.left() { Err(Fault::OverDrawn { remaining: unsigned(self.left()) }) } else { Ok(()) }
    }

    /// Whether a correction takes away from this batch and gives it nothing: less came in, more was lost, fewer boxes.
    pub(super) fn only_lessens(&self, at: Weight, event: &Event) -> bool {
        // What is neither more nor less is no weight that was corrected: that waits for an approval.
        let mut less = false;
        let mut at_most = |new: i64, known: i64| {
            less |= new < known;
            new <= known
        };
        let boxes = match event {
            Event::Packed(event) => Some((event.boxes, event.grams_per_box)),
            Event::Repacked(event) => Some((event.boxes, event.grams_per_box)),
            Event::Harvested(_) | Event::Received(_) => None,
            Event::Sold(Sold { grams, .. })
            | Event::Lost(Lost { grams, .. })
            | Event::Disposed(Disposed { grams, .. }) => {
                return signed(*grams) > self.gone.of(at.origin, &at.id);
            }
            _ => return false,
        };
        if let Some((count, grams_per_box)) = boxes {
            let Some(known) = self.boxes.iter().find(|known| known.origin == at.origin) else { return false };
            if !at_most(i64::from(count), known.boxes) || !at_most(signed(grams_per_box), known.grams_per_box) {
                return false;
            }
        }
        let mut inputs = event.inputs().iter();
        inputs.all(|input| at_most(signed(input.grams), self.inputs.of(at.origin, &input.from))) && less
    }

    /// A correction of inputs names the sources that the original named: another source is another record.
    pub(super) fn same_sources(&self, at: Weight, event: &Event) -> bool {
        let inputs = event.inputs();
        let of_origin = |flow: &&Flow| flow.origin == at.origin && flow.sequence == at.origin;
        let sources = self.inputs.entries().iter().filter(of_origin);
        let named = |source: &ChainId| inputs.iter().any(|input| input.from == *source);
        let mut count = 0;
        let all = sources.map(|flow| flow.other).all(|source| {
            count += 1;
            named(&source)
        });
        all && count == inputs.len()
    }

    /// A corrected shipment, once it counts. Who was said to carry it before stays one who may have.
    pub(super) fn ship_anew(&mut self, sequence: u64, event: &Shipped) {
        self.shipments.push(Shipment { sequence, draw: event.draw, carrier: event.carrier });
    }

    fn check_shipment(&self, event: &Shipped) -> Result<(), Fault> {
        if self.draws.entries().iter().any(|draw| draw.origin == event.draw) {
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
        self.recalls.push(Recall::of(event, sequence));
        Ok(())
    }

    fn release_name(&mut self, sequence: u64) -> Result<(), Fault> {
        let rule = if self.label.is_none() {
            crate::said("there is no label to release")
        } else if self.name_released.is_some() {
            crate::said("has been released already")
        } else if !self.inputs.is_empty() || self.labels > 0 {
            crate::said("stays with a batch that has inputs or issued labels")
        } else {
            self.name_released = Some(sequence);
            return Ok(());
        };
        Err(Fault::Field { field: "label", rule })
    }
}

fn check_inputs(inputs: &[Input], id: ChainId) -> Result<(), Fault> {
    let mut named = crate::index::Index::default();
    for input in inputs {
        if input.from == id {
            return Err(Fault::Field { field: "inputs", rule: crate::said("a batch cannot come from itself") });
        }
        if !named.insert(&input.from, 0) {
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

/// A substance stands in a report once.
pub(super) fn check_report(event: &LabResult) -> Result<(), Fault> {
    for (at, analyte) in event.analytes.iter().enumerate() {
        if event.analytes.iter().take(at).any(|earlier| earlier.name == analyte.name) {
            return Err(Fault::Field {
                field: "analytes",
                rule: crate::said("the same substance twice in one report"),
            });
        }
    }
    Ok(())
}
