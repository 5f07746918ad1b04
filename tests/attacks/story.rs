//! One story told twice: to a server, which judges each record, and to a log whose operator takes anything and whose
//! watchers all look away. The same keys, times and nonces give the same records, so that both name the same places.

use std::collections::BTreeMap;

use nguon_core::SigningKey;
use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::{Event, Opened};
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, Nonce, StatementId};
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Cosigner, Ledger, LedgerCheckpoint, LedgerError, Pen, begin_record};
use nguon_core::log::{ChainEntry, Position, chain_key};
use nguon_core::record::{ChainKind, Record, Signer};
use nguon_core::replay::Cause;
use nguon_core::values::Time;
use nguon_core::verify::{At, Bundle, OutcomeKind, Verdict};
use nguon_examples::season::{LOG_KEY, Moment, OFFSET};

use crate::log::{all, close, edit, key, later, logged, read_at};
use crate::support::find_slot;

/// Somebody who tells: writes records, to whoever listens.
pub struct Story {
    ledger: Ledger,
    /// Whether the ledger judges; what it refused first.
    judged: bool,
    refused: Option<(Fault, At)>,
    /// What the log could not even take up, as no chain goes on so; the operator proves it all the same.
    aside: BTreeMap<ChainId, Vec<(SignedRecord, Position)>>,
    heads: BTreeMap<ChainId, (ChainKind, u64, StatementId)>,
    now: Time,
    begun: u8,
}

/// How it ended.
pub struct Told {
    /// The rule by which the server refused the first record that it did, and where that stood.
    pub refused: Option<(Fault, At)>,
    /// What a reader concludes when all of it was logged.
    pub verdict: Verdict,
    /// The rule by which an honest map auditor refuses that log, and the record at which it does.
    pub auditor: Option<(&'static str, At)>,
}

impl Told {
    /// Nobody objects.
    #[track_caller]
    pub fn is_fine(&self) {
        assert_eq!(self.refused, None);
        let against: Vec<_> = self.verdict.findings.iter().filter(|finding| finding.outcome.is_some()).collect();
        assert_eq!((self.verdict.outcome.kind(), against), (OutcomeKind::Valid, vec![]));
        assert_eq!(self.auditor, None);
    }

    /// The server refuses by this rule; gives the fault for what else it says.
    #[track_caller]
    pub fn server_refuses(&self, code: &str, chain: ChainId, sequence: u64) -> &Fault {
        let (fault, at) = self.refused.as_ref().expect("the server must refuse");
        assert_eq!((fault.code(), *at), (code, At { chain, sequence }), "{fault}");
        fault
    }

    /// A reader of the lot comes to this conclusion, by this rule, there.
    #[track_caller]
    pub fn reader_finds(&self, outcome: OutcomeKind, code: &str, chain: ChainId, sequence: u64) {
        let first = self.verdict.findings.first().expect("a finding");
        let found = (self.verdict.outcome.kind(), first.code(), first.at);
        assert_eq!(found, (outcome, code, Some(At { chain, sequence })), "{:?}", first.subject);
    }

    /// Both say the same.
    #[track_caller]
    pub fn both(&self, outcome: OutcomeKind, code: &str, chain: ChainId, sequence: u64) -> &Fault {
        self.reader_finds(outcome, code, chain, sequence);
        self.server_refuses(code, chain, sequence)
    }
}

/// Tells a story that gives the lot to be read, and whatever the test wants to know of it.
pub fn told<T>(story: impl Fn(&mut Story) -> (ChainId, T)) -> (Told, T) {
    let mut server = Story::new(true);
    story(&mut server);
    let mut operator = Story::new(false);
    let (lot, more) = story(&mut operator);
    let auditor = operator.audit();
    let verdict = operator.read(lot);
    (Told { refused: server.refused, verdict, auditor }, more)
}

impl Story {
    fn new(judged: bool) -> Self {
        let (ledger, aside, heads) = (logged().ledger.clone(), BTreeMap::new(), BTreeMap::new());
        Self { ledger, judged, refused: None, aside, heads, now: later(60), begun: 0 }
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: u64) {
        self.now = Time::new(self.now.get() + seconds).expect("a time");
    }

    /// The clock.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Signs a first record. `by` is the name of a key: an actor's, `office/1`, or `coop for suu`.
    pub fn begin(&mut self, by: &str, event: impl Into<Event>) -> ChainId {
        self.begun += 1;
        let nonce = Nonce::from_bytes([self.begun; 16]);
        let key = key_of(by);
        let record = begin_record(&self.pen(by, &key), event.into(), nonce);
        ChainId::of_first(self.take(&record, &key))
    }

    /// Signs the record that follows a chain's head, and gives its sequence.
    pub fn append(&mut self, by: &str, chain: ChainId, event: impl Into<Event>) -> u64 {
        let key = key_of(by);
        let pen = self.pen(by, &key);
        self.append_as(&pen, chain, event)
    }

    /// The same by somebody who is not of the season.
    pub fn append_as(&mut self, pen: &Pen<'_>, chain: ChainId, event: impl Into<Event>) -> u64 {
        let (kind, sequence, head) = self.head(chain);
        let record = Record {
            kind,
            chain: Some(chain),
            sequence: sequence + 1,
            previous: Some(head),
            nonce: None,
            ..begin_record(pen, event.into(), Nonce::from_bytes([0; 16]))
        };
        self.take(&record, pen.key);
        record.sequence
    }

    /// Sequence of a chain's newest record.
    pub fn sequence(&self, chain: ChainId) -> u64 {
        self.head(chain).1
    }

    /// Who signs, now.
    pub fn pen<'a>(&self, by: &str, key: &'a SigningKey) -> Pen<'a> {
        let (by, household) = by.split_once(" for ").map_or((by, None), |(by, household)| (by, Some(household)));
        let name = by.split('/').next().unwrap_or(by);
        let signer = if name == "office" { logged().authority.into() } else { Signer::Actor(logged().id(name)) };
        let pen = Pen::new(signer, key, self.now).east(OFFSET);
        household.map_or(pen, |household| pen.on_behalf_of(logged().id(household)))
    }

    fn head(&self, chain: ChainId) -> (ChainKind, u64, StatementId) {
        let of_season = || {
            let state = self.ledger.chain(&chain).expect("a chain of the season");
            (state.sort().kind(), state.sequence, state.head)
        };
        self.heads.get(&chain).copied().unwrap_or_else(of_season)
    }

    fn take(&mut self, record: &Record, key: &SigningKey) -> StatementId {
        let deployment = logged().ledger.trust().deployment();
        let signed = SignedRecord::sign(record, key, deployment).expect("a record that can be signed");
        let id = signed.statement_id(deployment);
        let chain = record.chain.unwrap_or(ChainId::of_first(id));
        self.heads.insert(chain, (record.kind, record.sequence, id));
        self.ledger.set_time(self.now);
        if self.judged {
            self.offer(signed, At { chain, sequence: record.sequence });
        } else if self.aside.contains_key(&chain) || self.ledger.log_unjudged(signed.clone()).is_err() {
            let position = Position { anchor_time: self.anchor_time(record), ..self.leaf() };
            self.aside.entry(chain).or_default().push((signed, position));
        }
        id
    }

    /// A server that has refused a record is offered no more: what comes rests on it.
    fn offer(&mut self, signed: SignedRecord, at: At) {
        if self.refused.is_none()
            && let Err(error) = self.ledger.admit(signed)
        {
            let LedgerError::Rejected(fault) = error else { panic!("refused for another reason: {error}") };
            self.refused = Some((fault, at));
        }
    }

    /// A leaf of the log that names something else, for a record that no log would take up.
    fn leaf(&mut self) -> Position {
        self.begun += 1;
        let packer = key("packer");
        let pen = self.pen("packer", &packer);
        let opened = Opened::new(logged().id("packer"), "Vải thiều tươi".parse().expect("a name"));
        let other = self.ledger.begin(&pen, opened, Nonce::from_bytes([self.begun; 16])).expect("anybody's batch");
        self.ledger.replay().expect("a log").records(&other)[0].position
    }

    /// Replays what was logged, leaf by leaf.
    fn audit(&self) -> Option<(&'static str, At)> {
        // The season itself is sound, and replayed elsewhere.
        let mut replay = logged().ledger.replay().expect("a log").clone();
        let known = usize::try_from(replay.size()).expect("leaves in memory");
        for (leaf, content) in self.ledger.leaves().skip(known) {
            let Err(fault) = replay.apply(&leaf, content) else { continue };
            let Cause::Record(fault) = fault.cause else { panic!("{fault}") };
            let signed = SignedRecord::from_bytes(content.expect("a record").to_vec()).expect("a record");
            let record = Record::from_payload(signed.payload()).expect("a record");
            let id = signed.statement_id(self.ledger.trust().deployment());
            let chain = record.chain.unwrap_or(ChainId::of_first(id));
            return Some((fault.code(), At { chain, sequence: record.sequence }));
        }
        None
    }

    /// When the checkpoint that a record names was closed.
    fn anchor_time(&self, record: &Record) -> Time {
        let named = |close: &&LedgerCheckpoint| record.anchor.is_some_and(|anchor| anchor == close.anchor());
        self.ledger.checkpoints().iter().find(named).map_or(Time::ZERO, |close| close.time)
    }

    fn read(mut self, lot: ChainId) -> Verdict {
        self.wait(60);
        close(&mut self.ledger, self.now, &all());
        if self.aside.is_empty() {
            let bundle = self.ledger.bundle(lot).expect("a batch of the log");
            return read_at(&bundle, self.now).verdict;
        }
        self.close_over_what_is_aside();
        let bundle = self.with_what_is_aside(self.ledger.bundle(lot).expect("a batch of the log"));
        read_at(&bundle, self.now).verdict
    }

    /// A map in which the chains go on with what no chain goes on with.
    fn close_over_what_is_aside(&mut self) {
        self.leaf();
        let replay = self.ledger.replay().expect("a log");
        let mut map = replay.map().clone();
        for (chain, records) in &self.aside {
            let mut entry = replay.entry(chain).copied().unwrap_or(ChainEntry::START);
            for (signed, position) in records {
                entry = entry.next(&signed.statement_id(self.ledger.trust().deployment()), position);
            }
            map.set(&[(chain_key(chain), entry.value())]).expect("the map as the operator wants it");
        }
        let keys: Vec<_> = all().into_iter().map(|name| (name, key(name))).collect();
        let cosigners: Vec<_> = keys.iter().map(|(name, key)| Cosigner { name, key, at: self.now }).collect();
        self.ledger.close_over(map, self.now, &key(LOG_KEY), &cosigners).expect("a checkpoint");
    }

    fn with_what_is_aside(&self, mut bundle: Bundle) -> Bundle {
        for (chain, records) in &self.aside {
            let Some(slot) = find_slot(&bundle, *chain, self.ledger.trust().deployment()) else { continue };
            for (signed, position) in records {
                bundle.chains[slot].push(ByteString(signed.as_bytes().to_vec()));
                let numbers = [position.index, position.log_time.get(), position.anchor_time.get()];
                edit(&mut bundle, |proof| proof.chains[slot].positions.extend(numbers));
            }
        }
        bundle
    }
}

fn key_of(by: &str) -> SigningKey {
    key(by.split(" for ").next().unwrap_or(by))
}

/// A time of the season.
pub fn time(moment: Moment) -> Time {
    moment.time().expect("a time")
}
