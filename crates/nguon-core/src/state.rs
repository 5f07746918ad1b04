//! What a chain's records add up to, and the rules a chain keeps by itself.

mod actor;
mod batch;
mod place;

pub use actor::{ActorState, KeyState, Revocation};
pub use batch::BatchState;
pub use place::{PlaceState, Season};

use std::sync::Arc;

use crate::event::{Corrected, Event, EventName, RecallReason};
use crate::fault::Fault;
use crate::ids::{ChainId, StatementId};
use crate::permission::ChainSort;
use crate::record::{Record, Signer};
use crate::values::Grams;

/// A chain, folded up to its newest record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainState {
    /// The chain.
    pub id: ChainId,
    /// Sequence of the newest record.
    pub sequence: u64,
    /// The newest record.
    pub head: StatementId,
    /// What each record at hand said and who acted.
    pub steps: Vec<Step>,
    /// How many records after the first are not at hand: earlier seasons of a place.
    pub skipped: u64,
    /// Whether there is evidence that two histories of it were signed. A store knows, and sets it.
    pub forked: bool,
    /// What it is about.
    pub subject: Subject,
}

/// One record of a chain, as far as later records may ask about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The event.
    pub event: EventName,
    /// Who acted.
    pub acting: Signer,
}

/// What a chain is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Who signs.
    Actor(Arc<ActorState>),
    /// A growing area, packing house or plot.
    Place(PlaceState),
    /// A quantity of produce.
    Batch(BatchState),
}

/// Grams taken out of a chain for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    /// Sequence of the record.
    pub sequence: u64,
    /// The destination batch.
    pub to: ChainId,
    /// How much.
    pub grams: Grams,
}

/// A standing recall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recall {
    /// Sequence of the record.
    pub sequence: u64,
    /// Why.
    pub reason: RecallReason,
    /// The batches it is limited to; empty: no limit.
    pub harvests: Vec<ChainId>,
    /// The consignment it is limited to.
    pub consignment: Option<ChainId>,
}

impl ChainState {
    /// Begins a chain with its first record.
    pub fn begin(record: &Record, statement: StatementId) -> Result<Self, Fault> {
        if record.sequence != 0 {
            return Err(Fault::WrongSequence { expected: 0, found: record.sequence });
        }
        let subject = match &record.event {
            Event::Enrolled(event) => Subject::Actor(Arc::new(ActorState::begin(event, record.signer)?)),
            Event::PlaceRegistered(event) => Subject::Place(PlaceState::of_code(event, record.signer)?),
            Event::PlotRegistered(event) => Subject::Place(PlaceState::of_plot(event, record.signer)),
            Event::Opened(event) => Subject::Batch(BatchState::begin(event)?),
            other => return Err(Fault::WrongFirst(other.name())),
        };
        let step = Step { event: record.event.name(), acting: record.acting() };
        let id = ChainId::of_first(statement);
        let state = Self { id, sequence: 0, head: statement, steps: vec![step], skipped: 0, forked: false, subject };
        if record.kind == state.sort().kind() { Ok(state) } else { Err(Fault::WrongFirst(record.event.name())) }
    }

    /// Leaves out the records of earlier seasons of a place, which its next season's opening has settled. `head` is what
    /// that opening continues.
    pub fn skip(&mut self, records: u64, head: StatementId) {
        self.skipped = records;
        self.sequence += records;
        self.head = head;
    }

    /// Where a record that is at hand stands among those at hand.
    #[must_use]
    pub fn place_of(&self, sequence: u64) -> Option<usize> {
        let place = if sequence == 0 { 0 } else { sequence.checked_sub(self.skipped).filter(|place| *place > 0)? };
        usize::try_from(place).ok().filter(|place| *place < self.steps.len())
    }

    /// Adds the next record. On an error the state is as it was.
    pub fn advance(&mut self, record: &Record, statement: StatementId) -> Result<(), Fault> {
        if record.chain != Some(self.id) || record.kind != self.sort().kind() {
            return Err(Fault::WrongChain);
        }
        let expected = self.sequence + 1;
        if record.sequence != expected {
            return Err(Fault::WrongSequence { expected, found: record.sequence });
        }
        if record.previous != Some(self.head) {
            return Err(Fault::WrongPrevious);
        }
        match (&record.event, &mut self.subject) {
            (Event::Corrected(event), _) => {
                self.check_correction(event, record)?;
                // A longer interval counts at once; a shorter one takes back nothing.
                if let (Subject::Place(place), Event::InputApplied(applied)) = (&mut self.subject, &*event.event) {
                    place.apply(applied, event.event.at().unwrap_or(record.signed_at));
                }
            }
            (event, Subject::Actor(actor)) => Arc::make_mut(actor).advance(event, record.sequence)?,
            (event, Subject::Place(place)) => place.advance(event, record.sequence, record.happened_at())?,
            (event, Subject::Batch(batch)) => batch.advance(event, record.sequence, self.id)?,
        }
        self.steps.push(Step { event: record.event.name(), acting: record.acting() });
        self.sequence = expected;
        self.head = statement;
        Ok(())
    }

    /// What the chain is about, as finely as permissions need it.
    #[must_use]
    pub const fn sort(&self) -> ChainSort {
        match &self.subject {
            Subject::Actor(_) => ChainSort::Actor,
            Subject::Place(place) => place.sort,
            Subject::Batch(_) => ChainSort::Batch,
        }
    }

    /// The actor, if it is one.
    #[must_use]
    pub const fn actor(&self) -> Option<&Arc<ActorState>> {
        if let Subject::Actor(actor) = &self.subject { Some(actor) } else { None }
    }

    /// The place, if it is one.
    #[must_use]
    pub const fn place(&self) -> Option<&PlaceState> {
        if let Subject::Place(place) = &self.subject { Some(place) } else { None }
    }

    /// The batch, if it is one.
    #[must_use]
    pub const fn batch(&self) -> Option<&BatchState> {
        if let Subject::Batch(batch) = &self.subject { Some(batch) } else { None }
    }

    /// Whose it is: the owner of a batch, the household of a plot, the holder of a code.
    #[must_use]
    pub const fn custodian(&self) -> Option<ChainId> {
        match &self.subject {
            Subject::Actor(_) => None,
            Subject::Place(place) => Some(place.custodian),
            Subject::Batch(batch) => Some(batch.owner),
        }
    }

    /// What was taken out of it.
    #[must_use]
    pub fn draws(&self) -> &[Draw] {
        match &self.subject {
            Subject::Actor(_) => &[],
            Subject::Place(place) => &place.draws,
            Subject::Batch(batch) => &batch.draws,
        }
    }

    /// The recalls that stand on it.
    #[must_use]
    pub fn recalls(&self) -> &[Recall] {
        match &self.subject {
            Subject::Actor(_) => &[],
            Subject::Place(place) => &place.recalls,
            Subject::Batch(batch) => &batch.recalls,
        }
    }

    /// A correction names an earlier record of the same event whose meaning does not rest on anything built upon it.
    fn check_correction(&self, event: &Corrected, record: &Record) -> Result<(), Fault> {
        let target = self.place_of(event.sequence).map(|at| self.steps[at]);
        let target = target
            .ok_or(Fault::Field { field: "sequence", rule: crate::said("names no earlier record of this chain") })?;
        if target.event != event.event.name() {
            return Err(Fault::Field {
                field: "event",
                rule: crate::said("must be of the name of the event it corrects"),
            });
        }
        let correctable = matches!(
            target.event,
            EventName::InputApplied
                | EventName::HarvestDrawn
                | EventName::Harvested
                | EventName::Packed
                | EventName::Received
                | EventName::Drawn
                | EventName::Shipped
                | EventName::Certified
                | EventName::SeasonOpened
                | EventName::PlotsAllotted
        );
        if !correctable {
            return Err(Fault::Field {
                field: "event",
                rule: crate::said("cannot be corrected; record what happened since"),
            });
        }
        if matches!(record.acting(), Signer::Actor(_)) && record.acting() != target.acting {
            return Err(Fault::Field {
                field: "signer",
                rule: crate::said("must be who signed the original, or an authority"),
            });
        }
        match &self.subject {
            Subject::Actor(_) => Ok(()),
            Subject::Place(place) => place.check(&event.event),
            Subject::Batch(batch) => batch.check(&event.event, self.id),
        }
    }
}
