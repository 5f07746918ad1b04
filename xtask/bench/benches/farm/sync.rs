//! Doing what the outbox says, as the app does, until it rests.

use std::io::Write as _;
use std::time::{Duration, Instant};

use nguon_core::cbor;
use nguon_core::envelope::SignedRecord;
use nguon_core::record::Signer;
use nguon_draft::book::read_positions;
use nguon_draft::{Answer, Book, Moment, Outbox, Stage, Step};
use xtask_bench::root::time;

use crate::served::{self, Got, Served};

/// How long it takes.
pub fn run(served: &Served, book: &mut Book, outbox: &mut Outbox, signer: Signer) -> Duration {
    let mut disk = tempfile::tempfile().expect("a file");
    outbox.take_changes();
    let started = Instant::now();
    let mut steps = 0;
    loop {
        let step = outbox.next(book, time(served::now()), &[signer]);
        steps += 1;
        match &step {
            Step::Rest => break,
            Step::Wait(_) => {
                // The clock of the outbox counts seconds.
                std::thread::sleep(Duration::from_millis(20));
                continue;
            }
            step => take(served, book, outbox, step),
        }
        let changes = outbox.take_changes();
        let written = serde_json::to_vec(&(&changes.entries, &changes.state)).expect("changes");
        disk.write_all(&written).and_then(|()| disk.sync_data()).expect("on disk");
    }
    let took = started.elapsed();
    let done = outbox.entries().filter(|entry| matches!(entry.stage, Stage::Logged { .. }) && entry.is_clear());
    assert_eq!(done.count(), outbox.entries().count(), "not all of it is in the log");
    eprintln!("farm: {steps} steps");
    took
}

fn take(served: &Served, book: &mut Book, outbox: &mut Outbox, step: &Step) {
    let moment = Moment { now: time(served::now()), random: 7 };
    match step {
        Step::Post(ids) => {
            outbox.sending(ids);
            let got = served.post("/v1/groups?wait=10", "application/cbor-seq", &outbox.groups(ids));
            outbox.answered_groups(ids, answer(&got), book, moment);
        }
        Step::Openings(id) => {
            let ids = outbox.words_with(*id);
            let got = served.post("/v1/openings", "application/cbor", &outbox.words(&ids).expect("openings"));
            outbox.answered_words(&ids, answer(&got), book, moment);
        }
        Step::Ask(id) => {
            let entry = outbox.entry(*id).expect("an entry");
            let first = entry.records.first().expect("a record").statement;
            let got = served.get(&format!("/v1/receipts/{first}"));
            outbox.answered(step, *id, answer(&got), book, moment);
        }
        Step::Positions(chain) => {
            let got = served.get(&format!("/v1/chains/{chain}/positions"));
            outbox.positioned(chain, answer(&got), book, moment);
        }
        Step::Fetch(chain) => {
            let got = served.get(&format!("/v1/chains/{chain}/records"));
            let records = cbor::split_sequence(&got.body).expect("records");
            let records = records.into_iter().map(|one| SignedRecord::from_bytes(one.to_vec()).expect("a record"));
            let places = served.get(&format!("/v1/chains/{chain}/positions"));
            let positions = read_positions(&places.body).expect("positions");
            outbox.fetched(chain, records.collect(), positions, book).expect("the chain as it was");
        }
        step => panic!("nothing of this bench asks for {step:?}"),
    }
}

fn answer(got: &Got) -> Answer<'_> {
    Answer { status: got.status, body: &got.body }
}
