//! The synthetic province is what a server would have accepted, and the same each time.

use std::sync::LazyLock;

use nguon_core::admit::Statement;
use nguon_core::ids::StatementId;
use nguon_core::ledger::Cosigner;
use nguon_core::opening::PersonalOpening;
use nguon_core::prelude::*;
use nguon_core::record::Anchor;
use xtask_bench::province::{self, Sink, Size, Written};
use xtask_bench::root::{COSIGNERS, ISSUED, cosigner_keys, log_key, policy, time, trust};

/// A ledger that judges each record as a server does.
struct LedgerSink {
    ledger: Ledger,
    now: Time,
    taken: Vec<StatementId>,
}

impl Sink for LedgerSink {
    fn set_time(&mut self, now: Time) {
        self.now = now;
        self.ledger.set_time(now);
    }

    fn take(&mut self, statements: Vec<Statement>) {
        for statement in statements {
            let event = statement.record.event.name();
            let id = self.ledger.admit(statement.signed).unwrap_or_else(|error| panic!("{event}: {error}"));
            self.taken.push(id);
        }
    }

    fn open(&mut self, openings: Vec<PersonalOpening>) {
        // A ledger looks through all it has for each; a few will do.
        let few = openings.into_iter().take(3);
        few.for_each(|personal| self.ledger.open(personal.opening).expect("an opening"));
    }

    fn close(&mut self) -> Anchor {
        let keys = cosigner_keys();
        let cosigners: Vec<Cosigner<'_>> =
            COSIGNERS.into_iter().zip(&keys).map(|(name, key)| Cosigner { name, key, at: self.now }).collect();
        self.ledger.close(self.now, &log_key(), &cosigners).expect("a checkpoint").anchor()
    }
}

fn write(seed: u64) -> (LedgerSink, Written) {
    let trust = trust(Some(policy(&[])));
    let ledger = Ledger::logged(trust.clone(), time(ISSUED)).expect("a ledger");
    let mut sink = LedgerSink { ledger, now: time(ISSUED), taken: Vec::new() };
    let written = province::write(Size::HAMLET, seed, &trust, &mut sink);
    (sink, written)
}

#[test]
fn every_record_is_accepted() {
    let (sink, written) = first();
    assert_eq!((written.records, sink.taken.len()), (Size::HAMLET.records, Size::HAMLET.records));
    assert_eq!(written.plots, Size::HAMLET.plots);
}

#[test]
fn the_merged_batch_holds_and_came_from_as_many_households_as_it_says() {
    let (sink, written) = first();
    let bundle = sink.ledger.bundle(written.merged).expect("a bundle");
    let verdict = verify(&bundle.to_bytes().expect("bytes"), sink.ledger.trust(), &Options::at(sink.now)).verdict;
    assert_eq!(verdict.outcome, Outcome::Valid, "{:?}", verdict.findings.first());
    let deployment = sink.ledger.roots().deployment();
    let events = bundle.chains.into_iter().flatten().map(|record| {
        let statement = Statement::from_bytes(record.0, deployment);
        statement.expect("a record").record.event
    });
    let households = events.filter(|event| matches!(event, Event::Enrolled(event) if event.role == Role::Farm)).count();
    assert_eq!(households, Size::HAMLET.merged);
}

#[test]
fn the_same_seed_gives_the_same_records_and_another_seed_others() {
    let ((one, _), (again, _), (other, _)) = (first(), write(1), write(2));
    assert!(one.taken == again.taken);
    assert!(one.taken.iter().zip(&other.taken).all(|(one, other)| one != other));
}

/// Written once for all tests.
fn first() -> &'static (LedgerSink, Written) {
    static FIRST: LazyLock<(LedgerSink, Written)> = LazyLock::new(|| write(1));
    &FIRST
}
