//! Writes records down, signs them, and hands them on in order.

use nguon_core::SigningKey;
use nguon_core::admit::Statement;
use nguon_core::bytes::ByteString;
use nguon_core::envelope::{Deployment, SignedRecord};
use nguon_core::event::Event;
use nguon_core::ids::{ChainId, Nonce, Salt, StatementId};
use nguon_core::ledger::{Pen, begin_record};
use nguon_core::opening::{FieldValue, Opening, PersonalOpening};
use nguon_core::record::{Anchor, ChainKind, Record, Signer};
use nguon_core::values::{Time, UtcOffset};
use nguon_tlog::map::value_hash;

use crate::root::{ISSUED, time};

/// Seconds.
const DAY: u64 = 86_400;
/// Records that are handed on together, as a busy co-op posts them.
const GROUP: usize = 100;

/// Takes what is written: a server's store, or a ledger.
pub trait Sink {
    /// Sets the clock: all that comes until the next call is taken at this time.
    fn set_time(&mut self, now: Time);

    /// Takes records in this order. All have to be accepted.
    fn take(&mut self, statements: Vec<Statement>);

    /// Takes openings of records that it has.
    fn open(&mut self, openings: Vec<PersonalOpening>);

    /// Closes a checkpoint over all that it has, signed and cosigned.
    fn close(&mut self) -> Anchor;
}

/// Where a chain stands.
#[derive(Debug, Clone, Copy)]
pub struct Chain {
    /// Its name.
    pub id: ChainId,
    /// Sequence of its newest record.
    pub sequence: u64,
    kind: ChainKind,
    head: StatementId,
}

/// Who signs.
#[derive(Clone, Copy)]
pub(super) struct Hand<'a> {
    pub signer: Signer,
    pub key: &'a SigningKey,
    pub on_behalf_of: Option<ChainId>,
}

/// The day that is being written.
pub(super) struct Scribe<'a> {
    seed: u64,
    deployment: Deployment,
    sink: &'a mut dyn Sink,
    day: u64,
    anchor: Option<Anchor>,
    /// Records written.
    pub records: usize,
    today: u64,
    group: Vec<Statement>,
    openings: Vec<PersonalOpening>,
}

/// The first second of a day of the season.
pub(super) fn start_of(day: u64) -> Time {
    time(ISSUED + day * DAY)
}

impl<'a> Scribe<'a> {
    pub(super) fn new(seed: u64, deployment: Deployment, sink: &'a mut dyn Sink) -> Self {
        let (group, openings) = (Vec::new(), Vec::new());
        let mut scribe = Self { seed, deployment, sink, day: 0, anchor: None, records: 0, today: 0, group, openings };
        scribe.begin_day(0);
        scribe
    }

    /// Closes the day's checkpoint and goes on to a later day, at whose end all its records are taken.
    pub(super) fn turn_to(&mut self, day: u64) {
        self.hand_on();
        let openings = std::mem::take(&mut self.openings);
        if !openings.is_empty() {
            self.sink.open(openings);
        }
        if self.today > 0 {
            self.anchor = Some(self.sink.close());
        }
        self.begin_day(day);
    }

    /// Closes the last checkpoint; how many records were written.
    pub(super) fn finish(mut self) -> usize {
        self.turn_to(self.day + 1);
        self.records
    }

    fn begin_day(&mut self, day: u64) {
        (self.day, self.today) = (day, 0);
        self.sink.set_time(time(ISSUED + (day + 1) * DAY - 1));
    }

    /// Begins a chain.
    pub(super) fn begin(&mut self, hand: &Hand<'_>, event: impl Into<Event>) -> Chain {
        let nonce = self.bytes("nonce", self.records);
        let record = begin_record(&self.pen(hand), event.into(), Nonce::from_bytes(nonce));
        let kind = record.kind;
        let head = self.write(&record, hand.key);
        Chain { id: ChainId::of_first(head), sequence: 0, kind, head }
    }

    /// Adds to a chain.
    pub(super) fn append(&mut self, hand: &Hand<'_>, chain: &mut Chain, event: impl Into<Event>) {
        let drafted = begin_record(&self.pen(hand), event.into(), Nonce::from_bytes([0; 16]));
        let sequence = chain.sequence + 1;
        let (id, previous) = (Some(chain.id), Some(chain.head));
        let record = Record { kind: chain.kind, chain: id, sequence, previous, nonce: None, ..drafted };
        chain.head = self.write(&record, hand.key);
        chain.sequence = sequence;
    }

    /// A name's opening, kept until the record is handed on.
    pub(super) fn open_name(&mut self, actor: &Chain, salt: Salt, name: &FieldValue) {
        let value = Some(ByteString(name.to_bytes()));
        let opening = Opening { record: actor.head, path: "enrolled/name".into(), salt, value };
        self.openings.push(PersonalOpening { opening, about: actor.id });
    }

    /// Sixteen bytes that nobody else has.
    pub(super) fn bytes(&self, what: &str, number: usize) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.hash(what, number)[..16]);
        bytes
    }

    /// The key of this number.
    pub(super) fn key(&self, number: usize) -> SigningKey {
        SigningKey::from_bytes(&self.hash("key", number))
    }

    fn hash(&self, what: &str, number: usize) -> [u8; 32] {
        value_hash(format!("province {} {what} {number}", self.seed).as_bytes())
    }

    /// Between six in the morning and eight in the evening; nine devices in ten have seen the log.
    fn pen<'k>(&self, hand: &Hand<'k>) -> Pen<'k> {
        let signed_at = time(ISSUED + self.day * DAY + 6 * 3600 + self.today % (14 * 3600));
        let anchor = self.anchor.filter(|_| !self.today.is_multiple_of(10));
        let Hand { signer, key, on_behalf_of } = *hand;
        Pen { signer, key, on_behalf_of, signed_at, utc_offset: UtcOffset::VIETNAM, anchor }
    }

    fn write(&mut self, record: &Record, key: &SigningKey) -> StatementId {
        let signed = SignedRecord::sign(record, key, &self.deployment).expect("a record");
        let statement = Statement::decode(signed, &self.deployment).expect("a record");
        let id = statement.id;
        self.group.push(statement);
        self.records += 1;
        self.today += 1;
        if self.group.len() == GROUP {
            self.hand_on();
        }
        id
    }

    fn hand_on(&mut self) {
        if !self.group.is_empty() {
            self.sink.take(std::mem::replace(&mut self.group, Vec::with_capacity(GROUP)));
        }
    }
}
