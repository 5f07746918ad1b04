//! What a chain's records add up to, and the rules a chain keeps by itself.

mod actor;
mod batch;
mod correct;
mod field_log;
mod journal;
mod place;
mod recall;
mod season;

pub use actor::{ActorState, KeyState, Revocation};
pub use batch::{BatchState, Shipment};
pub use correct::{Correction, is_correctable};
pub use field_log::{Application, FieldLog, Harvest, Interval};
pub use journal::{Flow, Journal};
pub use place::PlaceState;
pub use recall::Recall;
pub use season::Season;

pub(crate) use field_log::{CLOCK, EARLIER};
pub(crate) use journal::unsigned;

use std::sync::Arc;

use crate::event::{Event, EventName};
use crate::fault::Fault;
use crate::ids::{ChainId, KeyId, StatementId};
use crate::log::Position;
use crate::permission::ChainSort;
use crate::record::{Record, Signer};

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
    corrections: Vec<Correction>,
    reattested: Vec<u64>,
}

/// What a chain needs to know of a record besides the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The key that signed it.
    pub key: KeyId,
    /// Where the log has it; without a log, what the record claims has to do.
    pub position: Option<Position>,
}

/// One record of a chain, as far as later records may ask about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The event.
    pub event: EventName,
    /// Who acted.
    pub acting: Signer,
    /// Who signed: a registrar, where it acted for a household.
    pub signer: Signer,
}

impl Step {
    fn of(record: &Record) -> Self {
        Self { event: record.event.name(), acting: record.acting(), signer: record.signer }
    }
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
        let id = ChainId::of_first(statement);
        let state = Self {
            id,
            sequence: 0,
            head: statement,
            steps: vec![Step::of(record)],
            skipped: 0,
            forked: false,
            subject,
            corrections: Vec::new(),
            reattested: Vec::new(),
        };
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
    pub fn advance(&mut self, record: &Record, statement: StatementId, mark: &Mark) -> Result<(), Fault> {
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
            (Event::Corrected(event), _) => self.correct(event, record)?,
            (Event::CorrectionApproved(event), _) => self.approve(event, record.sequence)?,
            (Event::Reattested(event), _) => self.reattest(&event.sequences)?,
            (event, Subject::Actor(actor)) => Arc::make_mut(actor).advance(event, record.sequence)?,
            (_, Subject::Place(place)) => place.advance(record, mark)?,
            (event, Subject::Batch(batch)) => batch.advance(event, record.sequence, self.id, mark)?,
        }
        self.steps.push(Step::of(record));
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
    pub fn custodian(&self) -> Option<ChainId> {
        match &self.subject {
            Subject::Actor(_) => None,
            Subject::Place(place) => Some(place.custodian()),
            Subject::Batch(batch) => Some(batch.owner),
        }
    }

    /// Whose it was when the record of this sequence was written.
    #[must_use]
    pub fn custodian_at(&self, sequence: u64) -> Option<ChainId> {
        match &self.subject {
            Subject::Place(place) => Some(place.custodian_at(sequence)),
            _ => self.custodian(),
        }
    }

    /// What was taken out of it, entry by entry.
    #[must_use]
    pub fn draws(&self) -> &[Flow] {
        match &self.subject {
            Subject::Actor(_) => &[],
            Subject::Place(place) => place.draws.entries(),
            Subject::Batch(batch) => batch.draws.entries(),
        }
    }

    /// Grams that it let go for another chain, over the records whose sequences count.
    pub fn drawn_for(&self, other: &ChainId, counts: impl Fn(u64) -> bool) -> i64 {
        match &self.subject {
            Subject::Actor(_) => 0,
            Subject::Place(place) => place.draws.with(other, counts),
            Subject::Batch(batch) => batch.draws.with(other, counts),
        }
    }

    /// Its recalls, ended ones too.
    #[must_use]
    pub fn recalls(&self) -> &[Recall] {
        match &self.subject {
            Subject::Actor(_) => &[],
            Subject::Place(place) => &place.recalls,
            Subject::Batch(batch) => &batch.recalls,
        }
    }

    /// Whether a recall stands on it.
    #[must_use]
    pub fn is_recalled(&self) -> bool {
        self.recalls().iter().any(Recall::stands)
    }

    /// Sequence of the record that freed the label or code that its first record took.
    #[must_use]
    pub const fn name_released_at(&self) -> Option<u64> {
        match &self.subject {
            Subject::Actor(_) => None,
            Subject::Place(place) => place.name_released,
            Subject::Batch(batch) => batch.name_released,
        }
    }

    /// Whether the label or code that its first record took has been freed.
    #[must_use]
    pub const fn name_released(&self) -> bool {
        self.name_released_at().is_some()
    }

    /// Says that the name has been freed, where that record is not at hand.
    pub const fn release_name(&mut self) {
        match &mut self.subject {
            Subject::Actor(_) => {}
            Subject::Place(place) => place.name_released = Some(u64::MAX),
            Subject::Batch(batch) => batch.name_released = Some(u64::MAX),
        }
    }

    /// Says that the name has not been freed yet, where that is of later.
    pub(crate) const fn keep_name(&mut self) {
        match &mut self.subject {
            Subject::Actor(_) => {}
            Subject::Place(place) => place.name_released = None,
            Subject::Batch(batch) => batch.name_released = None,
        }
    }

    /// Whether somebody looked at this record again and said that it holds.
    #[must_use]
    pub fn is_reattested(&self, sequence: u64) -> bool {
        self.reattested.contains(&sequence)
    }

    fn reattest(&mut self, sequences: &[u64]) -> Result<(), Fault> {
        let wrong = |rule| Err(Fault::Field { field: "sequences", rule });
        if sequences.iter().zip(sequences.iter().skip(1)).any(|(first, second)| first >= second) {
            return wrong(crate::said("must rise"));
        }
        if sequences.iter().any(|sequence| self.place_of(*sequence).is_none()) {
            return wrong(crate::said("names no earlier record of this chain"));
        }
        self.reattested.extend(sequences);
        Ok(())
    }
}
