//! A phone: an outbox, a book and keys, and a disk that holds what was written there and no more.

use std::collections::{BTreeMap, BTreeSet};

use ed25519_dalek::Signer as _;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::Event;
use nguon_core::ids::{ChainId, KeyId, StatementId};
use nguon_core::prelude::SigningKey;
use nguon_core::record::{Record, Signer};
use nguon_draft::book::read_positions;
use nguon_draft::outbox::State;
use nguon_draft::*;

use crate::world::{World, key, roots, time, trust};

/// What the network does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Net {
    Up,
    /// It never arrives
    RequestLost,
    /// It arrives, and the answer does not
    AnswerLost,
    /// 503
    Busy,
}

/// Every signature that anybody could have seen.
#[derive(Default)]
pub struct Signed(BTreeMap<(KeyId, ChainId, StatementId), Vec<StatementId>>, BTreeSet<StatementId>);

impl Signed {
    /// No key has two statements on one previous without `replaces`.
    pub fn saw(&mut self, signed: &SignedRecord) {
        let record = Record::from_payload(signed.payload()).unwrap();
        let statement = signed.statement_id(trust().deployment());
        let (Some(chain), Some(previous)) = (record.chain, record.previous) else { return };
        if !self.1.insert(statement) {
            return;
        }
        let before = self.0.entry((signed.key_id(), chain, previous)).or_default();
        let replaces = record.replaces.map(|list| list.to_vec()).unwrap_or_default();
        for old in before.iter() {
            assert!(replaces.contains(old), "{statement} stands beside {old} and does not replace it");
        }
        before.push(statement);
    }
}

/// Entries, the outbox's state, and chains with their positions.
type Disk = (BTreeMap<EntryId, Vec<u8>>, Option<Vec<u8>>, BTreeMap<ChainId, (Vec<u8>, String)>);

pub struct Device {
    pub outbox: Outbox,
    pub book: Book,
    pub signer: Signer,
    pub key: u8,
    pub also: Vec<(Signer, u8)>,
    pub now: u64,
    pub entropy: u64,
    pub seen: Option<Seen>,
    pub true_now: Option<nguon_core::values::Time>,
    disk: Disk,
    /// Every entry that was ever said to be on the device
    pub written: BTreeSet<EntryId>,
}

impl Device {
    pub fn new(world: &World, signer: ChainId, key: u8) -> Self {
        let mut device = Self {
            outbox: Outbox::default(),
            book: world.book(),
            signer: signer.into(),
            key,
            also: Vec::new(),
            now: world.now,
            entropy: u64::from(key) << 32,
            seen: None,
            true_now: None,
            disk: Default::default(),
            written: BTreeSet::new(),
        };
        device.save(&mut Signed::default());
        device
    }

    pub fn hand(&self) -> Hand {
        let mut hand = Hand::new(self.signer, super::world::key(self.key).into(), time(self.now));
        (hand.seen, hand.true_now) = (self.seen, self.true_now);
        hand.also = self.also.iter().map(|(signer, n)| Seat { signer: *signer, key: key(*n).into() }).collect();
        hand
    }

    fn sign(&self, prepared: &Prepared) -> Vec<[u8; 64]> {
        let keys = || std::iter::once(self.key).chain(self.also.iter().map(|(_, n)| *n));
        let find = |id: KeyId| -> &SigningKey { keys().map(key).find(|key| KeyId::of(&(*key).into()) == id).unwrap() };
        prepared.to_sign().map(|(id, bytes)| find(id).sign(bytes).to_bytes()).collect()
    }

    fn random(entropy: &mut u64) -> impl FnMut() -> [u8; 16] {
        move || {
            *entropy += 1;
            let mut bytes = [0; 16];
            bytes[..8].copy_from_slice(&entropy.to_be_bytes());
            bytes
        }
    }

    /// Prepares, signs and keeps.
    pub fn write(&mut self, draft: &Draft, signed: &mut Signed) -> Result<EntryId, Refused> {
        let hand = self.hand();
        let journal = self.outbox.journal().clone();
        let mut entropy = self.entropy;
        let prepared = prepare(draft, &self.book, &hand, &journal, &mut Self::random(&mut entropy))?;
        self.entropy = entropy;
        let signatures = self.sign(&prepared);
        let group = prepared.seal(&signatures).unwrap();
        let id = self.outbox.add(group, &mut self.book).unwrap();
        self.save(signed);
        self.written.insert(id);
        Ok(id)
    }

    pub fn revise(&mut self, id: EntryId, draft: &Draft, signed: &mut Signed) -> Result<(), Refused> {
        let hand = self.hand();
        let mut entropy = self.entropy;
        let prepared = self.outbox.revise(id, draft, &self.book, &hand, &mut Self::random(&mut entropy))?;
        self.entropy = entropy;
        let signatures = self.sign(&prepared);
        self.outbox.revised(id, prepared.seal(&signatures).unwrap(), &mut self.book)?;
        self.save(signed);
        Ok(())
    }

    pub fn step(&self) -> Step {
        let signers: Vec<Signer> = self.hand().seats().map(|seat| seat.signer).collect();
        self.outbox.next(&self.book, time(self.now), &signers)
    }

    /// Takes one step; whether there was one.
    pub fn advance(&mut self, world: &mut World, net: Net, signed: &mut Signed) -> bool {
        let step = self.step();
        let at = Moment { now: time(self.now), random: u32::try_from(self.now % 97).unwrap() };
        match &step {
            Step::Rest => return false,
            Step::Wait(until) => {
                self.now = *until;
                return true;
            }
            Step::Sign(id) => self.sign_again(*id),
            Step::Fetch(chain) => match net {
                Net::Up => {
                    let records = world.ledger.records(chain).to_vec();
                    let positions = read_positions(world.positions(chain).as_bytes()).unwrap();
                    self.outbox.fetched(chain, records, positions, &mut self.book).unwrap();
                }
                _ => self.outbox.fetch_failed(at),
            },
            Step::Post(ids) => {
                self.outbox.sending(ids);
                self.save(signed);
                let mut lines = String::new();
                for (n, id) in ids.iter().enumerate() {
                    let records = self.outbox.entry(*id).unwrap().signed_records();
                    if matches!(net, Net::Up | Net::AnswerLost) {
                        let (status, body) = world.post(&records);
                        let key = if status == 202 { "results" } else { "problem" };
                        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
                        let inner = if status == 202 { body["results"].clone() } else { body };
                        lines += &serde_json::json!({ "group": n, "status": status, key: inner }).to_string();
                        lines.push('\n');
                    }
                }
                let answer = match net {
                    Net::Up => Answer { status: 200, body: lines.as_bytes() },
                    Net::Busy => Answer { status: 503, body: b"" },
                    _ => Answer { status: 0, body: b"" },
                };
                self.outbox.answered_groups(ids, answer, &mut self.book, at);
            }
            Step::Positions(chain) => {
                let body = world.positions(chain);
                let (status, body) = if net == Net::Up { (200, body) } else { (0, String::new()) };
                self.outbox.positioned(chain, Answer { status, body: body.as_bytes() }, &mut self.book, at);
            }
            Step::Openings(id) => {
                let ids = self.outbox.words_with(*id);
                assert_eq!(ids.first(), Some(id));
                assert!(self.outbox.words(&ids).is_some());
                // Together they are refused now and then, as where one of them was erased; alone they are taken.
                let refused = ids.len() > 1 && self.outbox.entries().count().is_multiple_of(2);
                let status = if net != Net::Up {
                    0
                } else if refused {
                    404
                } else {
                    204
                };
                self.outbox.answered_words(&ids, Answer { status, body: b"" }, &mut self.book, at);
            }
            Step::Photo(id, _) => {
                let status = if net == Net::Up { 204 } else { 0 };
                self.outbox.answered(&step, *id, Answer { status, body: b"" }, &mut self.book, at);
            }
            Step::Ask(id) => {
                let statement = self.outbox.entry(*id).unwrap().records.last().unwrap().statement;
                let receipt = world.receipt(&statement).expect("what was acknowledged is in the log");
                let (status, body) = if net == Net::Up { (200, receipt) } else { (0, String::new()) };
                self.outbox.answered(&step, *id, Answer { status, body: body.as_bytes() }, &mut self.book, at);
            }
        }
        self.save(signed);
        true
    }

    fn sign_again(&mut self, id: EntryId) {
        let hand = self.hand();
        let before = own_records(self.outbox.entry(id).unwrap());
        let mut entropy = self.entropy;
        let prepared = self.outbox.renew(id, &self.book, &hand, &mut Self::random(&mut entropy));
        self.entropy = entropy;
        match prepared {
            Err(refused) => self.outbox.not_renewed(id, &refused, &mut self.book),
            Ok(prepared) => {
                let signatures = self.sign(&prepared);
                self.outbox.renewed(id, prepared.seal(&signatures).unwrap(), &mut self.book).unwrap();
                let after = own_records(self.outbox.entry(id).unwrap());
                assert!(before.is_empty() || before.len() == after.len(), "records were lost");
                for (before, after) in before.iter().zip(&after) {
                    assert_eq!(self.renamed(&what_stays(before)), self.renamed(&what_stays(after)));
                }
            }
        }
    }

    /// With chains as they are called now: what another key signed again begins another chain.
    fn renamed(&self, record: &Record) -> String {
        let mut text = serde_json::to_string(record).unwrap();
        for entry in self.outbox.entries() {
            for kept in &entry.records {
                for old in kept.was.iter().map(ToString::to_string) {
                    text = text.replace(&old, &self.outbox.name_now(old.parse().unwrap()).to_string());
                }
            }
        }
        text
    }

    /// What is in memory is gone; what is on disk is not.
    pub fn crash(&mut self) {
        let entries = self.disk.0.values().map(|bytes| kept::from_bytes::<Entry>(bytes).unwrap());
        let state = self.disk.1.as_ref().map(|bytes| kept::from_bytes::<State>(bytes).unwrap());
        self.outbox = Outbox::restore(entries, state);
        self.book = Book::new(roots());
        for (chain, (bytes, positions)) in &self.disk.2 {
            let items = nguon_core::cbor::split_sequence(bytes).unwrap();
            let records = items.iter().map(|item| SignedRecord::from_bytes(item.to_vec()).unwrap()).collect();
            let positions = read_positions(positions.as_bytes()).unwrap();
            self.book.take(chain, records, positions).unwrap();
        }
        self.outbox.lay(&mut self.book);
        assert_eq!(self.outbox.take_changes().entries.len(), 0, "restoring changes nothing");
    }

    /// One transaction.
    pub fn save(&mut self, signed: &mut Signed) {
        let changes = self.outbox.take_changes();
        for (id, entry) in changes.entries {
            match entry {
                Some(entry) => {
                    entry.signed_records().iter().for_each(|record| signed.saw(record));
                    self.disk.0.insert(id, kept::to_bytes(&entry));
                }
                None => {
                    self.disk.0.remove(&id);
                }
            }
        }
        if let Some(state) = changes.state {
            self.disk.1 = Some(kept::to_bytes(&state));
        }
        let chains: Vec<ChainId> = self.book.chains().map(|chain| chain.id).collect();
        for chain in chains.into_iter().filter(|chain| self.book.stored(chain).is_some()) {
            let kept = (self.book.to_sequence(&chain), self.book.to_positions(&chain));
            self.disk.2.insert(chain, kept);
        }
    }

    /// Takes every step until nothing is left to do.
    pub fn sync(&mut self, world: &mut World, signed: &mut Signed) {
        self.outbox.try_now();
        for _ in 0..10_000 {
            if !self.advance(world, Net::Up, signed) {
                return;
            }
            world.now = world.now.max(self.now);
        }
        panic!("it never rests: {:?}", self.step());
    }

    /// The same where the server keeps its own time.
    pub fn sync_at(&mut self, world: &mut World, signed: &mut Signed) {
        let (mut here, now) = (world.clone(), world.now);
        std::mem::swap(&mut here, world);
        for _ in 0..1_000 {
            here.now = now;
            if !self.advance(&mut here, Net::Up, signed) {
                break;
            }
        }
        *world = here;
    }

    pub fn stage(&self, id: EntryId) -> &Stage {
        &self.outbox.entry(id).unwrap().stage
    }
}

/// What was signed here; what was handed over may be left out, once its giver has sent it.
fn own_records(entry: &Entry) -> Vec<Record> {
    let all = entry.records.iter().zip(entry.decoded());
    all.filter(|(kept, _)| kept.own).map(|(_, record)| record).collect()
}

/// A record without its place, its time of signing and what it replaces.
fn what_stays(record: &Record) -> Record {
    let mut record = record.clone();
    (record.sequence, record.previous, record.replaces, record.anchor) = (0, None, None, None);
    let happened = record.happened_at();
    let at = match &mut record.event {
        Event::InputApplied(event) => Some(&mut event.at),
        Event::HarvestDrawn(event) => Some(&mut event.at),
        Event::Harvested(event) => Some(&mut event.at),
        Event::Received(event) => Some(&mut event.at),
        Event::Packed(event) => Some(&mut event.at),
        Event::Lost(event) => Some(&mut event.at),
        Event::Shipped(event) => {
            event.draw = 0;
            Some(&mut event.at)
        }
        Event::Corrected(event) => {
            event.sequence = 0;
            None
        }
        _ => None,
    };
    // When it happened stays, whether it was said or followed from the signing.
    if let Some(at) = at {
        *at = Some(happened);
    }
    record.signed_at = time(0);
    record
}
