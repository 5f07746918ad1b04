//! The season to attack, and a pen that asks nobody for admission.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use nguon_core::SigningKey;
use nguon_core::bytes::ByteString;
use nguon_core::envelope::{Deployment, SignedRecord};
use nguon_core::event::Event;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, Nonce, StatementId};
use nguon_core::ledger::{LedgerError, Pen, begin_record};
use nguon_core::opening::Opening;
use nguon_core::record::Record;
use nguon_core::verify::{At, Bundle, Options, Outcome, Verification, verify};
use nguon_examples::season::{OFFSET, Printed, Season, Seed};

static SEASON: LazyLock<Season> = LazyLock::new(|| Season::build(&Seed::sample()).expect("the season can be built"));

/// The sample season, built once.
pub fn season() -> &'static Season {
    &SEASON
}

/// The untampered bundle of a batch.
pub fn bundle(name: &str) -> Bundle {
    season().ledger.bundle(season().id(name)).expect("the season has this batch")
}

/// The labels that were printed for a batch.
pub fn printed(name: &str) -> &'static Printed {
    season().printed.iter().find(|printed| printed.batch == season().id(name)).expect("a batch with labels")
}

/// What a reader finds who trusts the season's root.
pub fn read(bundle: &Bundle) -> Verification {
    read_bytes(&bundle.to_bytes().expect("a bundle can be encoded"))
}

/// The same from bytes.
pub fn read_bytes(bytes: &[u8]) -> Verification {
    verify(bytes, season().ledger.trust(), &Options::at(season().now()))
}

/// The conclusion alone.
pub fn outcome(bundle: &Bundle) -> Outcome {
    read(bundle).verdict.outcome
}

/// A broken rule at a record.
pub fn invalid(code: &'static str, chain: &str, sequence: u64) -> Outcome {
    Outcome::Invalid { code, at: Some(at(chain, sequence)) }
}

/// A place in the season.
pub fn at(chain: &str, sequence: u64) -> At {
    At { chain: season().id(chain), sequence }
}

/// Where a chain stands in a bundle.
pub fn slot(bundle: &Bundle, chain: ChainId) -> usize {
    slot_of(bundle, chain, season().ledger.trust().deployment())
}

/// The same in another deployment.
pub fn slot_of(bundle: &Bundle, chain: ChainId, deployment: &Deployment) -> usize {
    find_slot(bundle, chain, deployment).expect("the bundle has this chain")
}

/// The same of a chain that may not be there.
pub fn find_slot(bundle: &Bundle, chain: ChainId, deployment: &Deployment) -> Option<usize> {
    let starts = |records: &Vec<ByteString>| {
        let first = records.first().and_then(|first| SignedRecord::from_bytes(first.0.clone()).ok());
        first.is_some_and(|first| ChainId::of_first(first.statement_id(deployment)) == chain)
    };
    bundle.chains.iter().position(starts)
}

/// Somebody of the season who signs now.
pub fn pen<'a>(actor: &str, key: &'a SigningKey) -> Pen<'a> {
    Pen::new(season().id(actor), key, season().now()).east(OFFSET)
}

/// The authority, with an officer's key.
pub fn office(key: &SigningKey) -> Pen<'_> {
    Pen::new(season().authority, key, season().now()).east(OFFSET)
}

/// The rule by which a server refused.
pub fn refusal<T: std::fmt::Debug>(result: Result<T, LedgerError>) -> Fault {
    match result.expect_err("this must be refused") {
        LedgerError::Rejected(fault) => fault,
        other => panic!("refused for another reason: {other}"),
    }
}

/// Somebody inside: holds real records and some keys, asks no server for admission, and knows the format well enough that
/// everything but the attack itself is in order.
pub struct Insider {
    own: ChainId,
    chains: BTreeMap<ChainId, Vec<SignedRecord>>,
    /// Names, so all of first records.
    openings: Vec<Opening>,
}

impl Insider {
    /// Begins with the true bundle of a batch.
    pub fn of(name: &str) -> Self {
        let bundle = bundle(name);
        let deployment = season().ledger.trust().deployment();
        let signed = |record: &ByteString| SignedRecord::from_bytes(record.0.clone()).expect("a record of the season");
        let chains = bundle.chains.iter().map(|chain| chain.iter().map(signed).collect::<Vec<_>>());
        let chains = chains.map(|chain| (ChainId::of_first(chain[0].statement_id(deployment)), chain)).collect();
        Self { own: season().id(name), chains, openings: bundle.openings }
    }

    /// Takes in a chain of the season as it is, which the forged records refer to.
    pub fn with_chain(mut self, name: &str) -> Self {
        let id = season().id(name);
        self.chains.insert(id, season().ledger.records(&id).to_vec());
        self
    }

    /// Makes another batch the one that is asked for.
    pub fn about(mut self, batch: ChainId) -> Self {
        self.own = batch;
        self
    }

    /// Signs a first record.
    pub fn begin(&mut self, pen: &Pen<'_>, event: impl Into<Event>) -> ChainId {
        let nonce = Nonce::from_bytes([u8::try_from(self.chains.len()).unwrap_or(u8::MAX); 16]);
        let signed = self.sign(&begin_record(pen, event.into(), nonce), pen.key);
        let id = ChainId::of_first(signed.statement_id(season().ledger.trust().deployment()));
        self.chains.insert(id, vec![signed]);
        id
    }

    /// Signs the record that follows a chain's head, and gives its sequence.
    pub fn append(&mut self, pen: &Pen<'_>, chain: ChainId, event: impl Into<Event>) -> u64 {
        let last = self.chains[&chain].last().expect("a chain has records");
        let head = Record::from_payload(last.payload()).expect("a record of the season");
        let previous: StatementId = last.statement_id(season().ledger.trust().deployment());
        // A first record's fields, then those by which it continues a chain.
        let record = Record {
            kind: head.kind,
            chain: Some(chain),
            sequence: head.sequence + 1,
            previous: Some(previous),
            nonce: None,
            ..begin_record(pen, event.into(), Nonce::from_bytes([0; 16]))
        };
        let signed = self.sign(&record, pen.key);
        self.chains.get_mut(&chain).expect("looked up above").push(signed);
        record.sequence
    }

    /// Puts a record behind a chain's head, whatever it is.
    pub fn push(&mut self, chain: ChainId, signed: SignedRecord) {
        self.chains.get_mut(&chain).expect("a chain of the bundle").push(signed);
    }

    /// The bundle, in order and with all that can be reached from its batch.
    pub fn bundle(&self) -> Bundle {
        let references = |chain: &ChainId| -> Result<_, std::convert::Infallible> {
            Ok(self.chains.get(chain).map(|records| {
                let decoded = records.iter().filter_map(|record| Record::from_payload(record.payload()).ok());
                decoded.flat_map(|record| record.references()).collect()
            }))
        };
        let Ok(needed) = nguon_core::verify::closure(self.own, references);
        let others = needed.chains.into_iter().filter(|chain| *chain != self.own);
        let bytes = |chain| -> Vec<ByteString> {
            self.chains[&chain].iter().map(|record| ByteString(record.as_bytes().to_vec())).collect()
        };
        let chains: Vec<ChainId> = std::iter::once(self.own).chain(others).collect();
        let about = |opening: &&Opening| chains.iter().any(|chain| chain.as_bytes() == opening.record.as_bytes());
        let openings = self.openings.iter().filter(about).cloned().collect();
        let root = season().ledger.trust().signed().clone();
        Bundle::new(vec![root], chains.into_iter().map(bytes).collect(), openings)
    }

    /// What a reader concludes from it.
    pub fn outcome(&self) -> Outcome {
        outcome(&self.bundle())
    }

    fn sign(&self, record: &Record, key: &SigningKey) -> SignedRecord {
        SignedRecord::sign(record, key, season().ledger.trust().deployment()).expect("a record that can be signed")
    }
}
