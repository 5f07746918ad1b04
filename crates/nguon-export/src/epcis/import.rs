//! From somebody else's events to what a person may sign: proposals of records, all of them or none.
//!
//! What a packing house's own system has written down is taken: what it received, packed and packed anew, put on pallets, gave
//! away, sold, lost, disposed of and cooled. An event that was declared wrong proposes nothing, and so does one that is somebody
//! else's to say (an inspection, a laboratory's report, a recall): those are listed as passed over.
//!
//! Digests of personal data are never in a document, so proposals have none: whoever signs adds those words.

mod boxes;
mod movement;
mod resolve;

use nguon_core::event::{self, Input, Inputs};
use nguon_core::ids::ChainId;
use nguon_core::record::ChainKind;
use nguon_core::values::{Grams, Time, UtcOffset};
use nguon_gs1::{Gln, Gtin, Lot};

use super::model::{Event, Quantity, What};
use super::read::{FaultKind, Faults, Limits, Path, each_event};
use super::vocabulary::{Action, BizStep};
use super::write::names::own_step;

/// What is known where events are taken in; its owner answers.
pub trait Register {
    /// The batches on whose boxes this lot is printed: the labelled one first, then its consignments.
    fn lots(&self, gtin: &Gtin, lot: &Lot) -> Vec<ChainId>;
    /// The place of a GLN.
    fn place(&self, gln: &Gln) -> Option<ChainId>;
    /// The actor of a GLN.
    fn party(&self, gln: &Gln) -> Option<ChainId>;
    /// What a chain is; `None`: it is not known.
    fn kind(&self, chain: &ChainId) -> Option<ChainKind>;
    /// The batch that takes in what arrives, where events do not say.
    fn intake(&self) -> Option<ChainId>;
    /// The batch that a receiver opened for what is sent to it, where events do not say.
    fn destination(&self, receiver: &ChainId) -> Option<ChainId>;
}

/// A record that somebody may sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The event it was made of: a JSON pointer into the document.
    pub path: String,
    /// The batch it belongs to.
    pub chain: ChainId,
    /// What it says, with its time.
    pub event: event::Event,
    /// When it happened.
    pub at: Time,
    /// Minutes east of UTC where it happened.
    pub offset: UtcOffset,
    /// The proposal, by its index, of the draw that this shipping carries out: its record gets a sequence only when it is
    /// signed, and until then the shipping names sequence 0.
    pub carries: Option<usize>,
}

/// What a document proposes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Records, in the order in which they can be signed.
    pub proposals: Vec<Proposal>,
    /// Events that propose nothing, and why.
    pub passed_over: Vec<(String, PassedOver)>,
}

/// Why an event proposes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassedOver {
    /// It was declared wrong.
    DeclaredWrong,
    /// It is not a packing house's to say, or records have nothing of the kind.
    NotTaken,
}

/// Reads a document and proposes records.
///
/// # Errors
/// Every fault of the document, and everything that the register does not know; then nothing is proposed.
pub fn import(document: &[u8], limits: &Limits, register: &dyn Register) -> Result<Imported, Faults> {
    let mut imported = Imported::default();
    let reading = each_event(document, limits, &mut |path, _, event, faults| {
        let mut desk = Desk { register, faults, path, event: &event, imported: &mut imported };
        desk.event();
    });
    if reading.faults.is_empty() { Ok(imported) } else { Err(reading.faults) }
}

/// One event at a time.
struct Desk<'a> {
    register: &'a dyn Register,
    faults: &'a mut Faults,
    path: &'a Path<'a>,
    event: &'a Event,
    imported: &'a mut Imported,
}

impl Desk<'_> {
    /// Proposes what the event says. A fault was told where nothing comes of it.
    fn event(&mut self) {
        let taken = if self.event.error_declaration.is_some() {
            self.pass(PassedOver::DeclaredWrong)
        } else {
            match (&self.event.what, self.event.biz_step.as_ref()) {
                (What::Transformation { .. }, Some(step)) if *step == BizStep::REPACKAGING => self.packed(true),
                (What::Transformation { .. }, _) => self.packed(false),
                (What::Aggregation(group), _) if group.action == Action::Add => self.aggregated(group),
                (What::Object { quantities, .. }, Some(step)) => self.object(quantities, step),
                _ => self.pass(PassedOver::NotTaken),
            }
        };
        debug_assert!(taken.is_some() || !self.faults.is_empty(), "what proposes nothing says why");
    }

    fn object(&mut self, quantities: &[Quantity], step: &BizStep) -> Option<()> {
        match step {
            step if *step == BizStep::COMMISSIONING => self.harvested(quantities),
            step if *step == BizStep::RECEIVING => self.received(quantities),
            step if *step == BizStep::SHIPPING => self.shipped(quantities),
            step if *step == own_step("drawing") => self.drawn(quantities),
            step if *step == BizStep::RETAIL_SELLING || *step == BizStep::DESTROYING || *step == own_step("losing") => {
                self.gone(quantities, step)
            }
            step if *step == own_step("cooling") => self.cooled(quantities),
            _ => self.pass(PassedOver::NotTaken),
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "beside those that may fail")]
    fn pass(&mut self, why: PassedOver) -> Option<()> {
        self.imported.passed_over.push((self.path.to_string(), why));
        Some(())
    }

    /// A fault at a place within the event.
    fn fault<T>(&mut self, at: &[&str], kind: FaultKind) -> Option<T> {
        match at {
            [] => self.faults.add(self.path, kind),
            [first] => self.faults.add(&self.path.key(first), kind),
            [first, second, ..] => self.faults.add(&self.path.key(first).key(second), kind),
        }
        None
    }

    fn propose(&mut self, chain: ChainId, event: event::Event, carries: Option<usize>) -> Option<()> {
        let at = self.at()?;
        let (path, offset) = (self.path.to_string(), self.event.event_time_zone_offset);
        self.imported.proposals.push(Proposal { path, chain, event, at, offset, carries });
        Some(())
    }

    fn at(&mut self) -> Option<Time> {
        let second = self.event.event_time.second();
        second.or_else(|| self.fault(&["eventTime"], FaultKind::Early))
    }

    fn inputs(&mut self, list: &str, inputs: Vec<Input>) -> Option<Inputs> {
        Inputs::new(inputs).ok().or_else(|| self.fault(&[list], FaultKind::TooManyInputs))
    }

    /// A quantity in grams.
    fn grams(&mut self, list: &str, index: usize, of: &Quantity) -> Option<Grams> {
        let grams = of.uom.zip(of.quantity).and_then(|(unit, amount)| unit.grams(amount));
        let index = index.to_string();
        grams.and_then(|grams| Grams::new(grams).ok()).or_else(|| self.fault(&[list, &index], FaultKind::Mass))
    }

    /// The only quantity of a list.
    fn only<'q>(&mut self, list: &str, quantities: &'q [Quantity]) -> Option<&'q Quantity> {
        match quantities {
            [one] => Some(one),
            _ => self.fault(&[list], FaultKind::OneQuantity(quantities.len())),
        }
    }
}
