//! Taking records.

use nguon_core::fault::Fault;
use nguon_core::ids::ChainId;
use nguon_core::ledger::{Ledger, Pen};
use nguon_core::prelude::SigningKey;
use nguon_store::{Outcome, Store};

use crate::Kind;
use crate::block_on::block_on;
use crate::world::{NOW, World, signed_otherwise, time};

fn take_all(store: &dyn Store, world: &World) {
    let outcomes = block_on(store.submit(world.statements())).unwrap();
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Accepted(_))), "{outcomes:?}");
}

fn count(store: &dyn Store) -> u64 {
    block_on(store.count()).unwrap()
}

pub(crate) fn a_season_is_taken_in_order<K: Kind>(kind: K) {
    let mut world = K::world();
    let batch = world.batch(Some("L1"));
    let store = kind.open(&world.trust);
    let outcomes = block_on(store.submit(world.statements())).unwrap();
    for (outcome, statement) in outcomes.iter().zip(world.statements()) {
        assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
        let entry = outcome.entry();
        let expected = (statement.id, statement.chain(), statement.record.sequence);
        assert_eq!((entry.statement, entry.chain, entry.sequence), expected);
    }
    assert_eq!(count(&*store), world.records.len() as u64);
    assert_eq!(block_on(store.records(batch)).unwrap().len(), 2);
}

pub(crate) fn what_was_taken_is_there_after_reopening<K: Kind>(kind: K) {
    let mut world = K::world();
    let batch = world.batch(None);
    take_all(&*kind.open(&world.trust), &world);
    let next = world.list(batch, 1);
    let store = kind.open(&world.trust);
    let outcomes = block_on(store.submit(world.statements())).unwrap();
    let (last, before) = outcomes.split_last().unwrap();
    assert!(before.iter().all(|outcome| matches!(outcome, Outcome::Duplicate(_))));
    assert!(matches!(last, Outcome::Accepted(entry) if entry.statement == next));
}

pub(crate) fn a_duplicate_keeps_the_first_signature<K: Kind>(kind: K) {
    let world = K::world();
    let store = kind.open(&world.trust);
    take_all(&*store, &world);
    let first = &world.records[0];
    let other = world.statement(&signed_otherwise(first));
    assert_ne!(other.signed.as_bytes(), first.as_bytes());
    let outcomes = block_on(store.submit(vec![other.clone()])).unwrap();
    assert!(matches!(&outcomes[..], [Outcome::Duplicate(entry)] if entry.statement == other.id));
    assert_eq!(block_on(store.record(other.id)).unwrap().as_deref(), Some(first.as_bytes()));
}

pub(crate) fn a_lost_race_names_the_head<K: Kind>(kind: K) {
    let mut world = K::world();
    let batch = world.batch(None);
    let store = kind.open(&world.trust);
    take_all(&*store, &world);
    let mut rival = world.clone();
    let won = world.list(batch, 1);
    rival.list(batch, 2);
    let (winner, loser) = (world.records.last().unwrap(), rival.records.last().unwrap());
    let outcomes = block_on(store.submit(vec![world.statement(winner), world.statement(loser)])).unwrap();
    assert!(matches!(outcomes[0], Outcome::Accepted(_)));
    assert!(matches!(outcomes[1], Outcome::Conflict(_, head) if head.sequence == 2 && head.statement == won));
    assert_eq!(block_on(store.records(batch)).unwrap().len(), 3);
}

pub(crate) fn a_refused_record_leaves_nothing<K: Kind>(kind: K) {
    let mut world = K::world();
    let batch = world.batch(None);
    let store = kind.open(&world.trust);
    take_all(&*store, &world);
    let (before, head) = (count(&*store), block_on(store.head(batch)).unwrap());
    world.list(batch, 1);
    let forged = world.statement(&signed_otherwise(world.records.last().unwrap()));
    let outcomes = block_on(store.submit(vec![forged.clone()])).unwrap();
    assert!(matches!(&outcomes[..], [Outcome::Rejected(_, Fault::BadSignature)]), "{outcomes:?}");
    assert_eq!((count(&*store), block_on(store.head(batch)).unwrap()), (before, head));
    assert_eq!(block_on(store.record(forged.id)).unwrap(), None);
}

pub(crate) fn each_record_stands_by_itself<K: Kind>(kind: K) {
    let mut world = K::world();
    let batch = world.batch(None);
    let store = kind.open(&world.trust);
    take_all(&*store, &world);
    world.list(batch, 1);
    let good = world.statement(world.records.last().unwrap());
    let forged = world.statement(&signed_otherwise(world.records.last().unwrap()));
    let known = world.statement(&world.records[0]);
    let outcomes = block_on(store.submit(vec![forged, known, good])).unwrap();
    assert!(matches!(&outcomes[..], [Outcome::Rejected(..), Outcome::Duplicate(_), Outcome::Accepted(_)]));
}

pub(crate) fn a_group_is_taken_whole_at_consecutive_positions<K: Kind>(kind: K) {
    let mut world = K::world();
    world.batch(None);
    let store = kind.open(&world.trust);
    let outcomes = block_on(store.submit_group(world.statements())).unwrap().unwrap();
    assert_eq!(outcomes.len(), world.records.len());
    // The whole group again: nothing new, nothing refused.
    let again = block_on(store.submit_group(world.statements())).unwrap().unwrap();
    assert!(again.iter().all(|outcome| matches!(outcome, Outcome::Duplicate(_))));
    assert_eq!(count(&*store), world.records.len() as u64);
}

pub(crate) fn a_refused_group_leaves_nothing<K: Kind>(kind: K) {
    let mut world = K::world();
    let base = world.records.len();
    let store = kind.open(&world.trust);
    take_all(&*store, &world);
    let batch = world.batch(Some("L1"));
    let mut group: Vec<_> = world.statements().split_off(base);
    let last = group.len() - 1;
    group[last] = world.statement(&signed_otherwise(world.records.last().unwrap()));
    let refusal = block_on(store.submit_group(group)).unwrap().unwrap_err();
    assert_eq!(refusal.index, last);
    assert!(matches!(refusal.outcome, Outcome::Rejected(_, Fault::BadSignature)));
    assert_eq!(count(&*store), base as u64);
    assert_eq!(block_on(store.head(batch)).unwrap(), None);
    // Its label is free, its chain can begin: as if the group had never come.
    take_rest(&*store, &world, base);
}

fn take_rest(store: &dyn Store, world: &World, from: usize) {
    let rest = world.statements().split_off(from);
    let outcomes = block_on(store.submit(rest)).unwrap();
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Accepted(_))), "{outcomes:?}");
}

pub(crate) fn a_group_may_build_on_itself<K: Kind>(kind: K) {
    let mut world = K::world();
    let base = world.records.len();
    let store = kind.open(&world.trust);
    take_all(&*store, &world);
    world.batch(None);
    let group = world.statements().split_off(base);
    // Opened, drawn, taken in: the input finds the draw posted before it.
    assert!(block_on(store.submit_group(group.clone())).unwrap().is_ok());

    let kind = K::fresh();
    let store = kind.open(&world.trust);
    block_on(store.submit(world.statements()[..base].to_vec())).unwrap();
    // The input before its draw: refused.
    let turned = vec![group[0].clone(), group[2].clone(), group[1].clone()];
    let refusal = block_on(store.submit_group(turned)).unwrap().unwrap_err();
    assert_eq!(refusal.index, 1);
    assert!(matches!(refusal.outcome, Outcome::Rejected(_, Fault::UndrawnInput(_))));
}

pub(crate) fn a_refused_group_does_not_disturb_what_follows<K: Kind>(kind: K) {
    let mut world = K::world();
    let batch = world.batch(None);
    let store = kind.open(&world.trust);
    take_all(&*store, &world);
    let base = world.records.len();
    for number in 0..3 {
        world.list(batch, number);
    }
    let good = world.statements().split_off(base);
    let mut bad = good.clone();
    bad[2] = world.statement(&signed_otherwise(&world.records[base + 2]));
    // All in the queue at once, so that they may share a commit.
    let first = store.submit_group(bad.clone());
    let second = store.submit(vec![good[0].clone()]);
    let third = store.submit_group(bad);
    let fourth = store.submit(good.clone());
    assert_eq!(block_on(first).unwrap().unwrap_err().index, 2);
    assert!(matches!(block_on(second).unwrap()[..], [Outcome::Accepted(_)]));
    assert_eq!(block_on(third).unwrap().unwrap_err().index, 2);
    let outcomes = block_on(fourth).unwrap();
    assert!(matches!(outcomes[..], [Outcome::Duplicate(_), Outcome::Accepted(_), Outcome::Accepted(_)]));
}

pub(crate) fn a_label_is_taken_once<K: Kind>(kind: K) {
    let mut world = K::world();
    let first = world.batch(Some("L1"));
    let store = kind.open(&world.trust);
    take_all(&*store, &world);
    let base = world.records.len();
    world.batch(Some("L1"));
    let second = world.statements().swap_remove(base);
    let outcomes = block_on(store.submit(vec![second])).unwrap();
    assert!(
        matches!(outcomes[..], [Outcome::Rejected(_, Fault::Taken { field: "label", by })] if by == first),
        "{outcomes:?}"
    );
    // Another lot is another label.
    let base = world.records.len();
    world.batch(Some("L2"));
    let third = world.statements().swap_remove(base);
    assert!(matches!(block_on(store.submit(vec![third])).unwrap()[..], [Outcome::Accepted(_)]));
}

pub(crate) fn a_place_code_is_taken_once<K: Kind>(kind: K) {
    let mut world = K::world();
    let store = kind.open(&world.trust);
    take_all(&*store, &world);
    let office = world.office.clone();
    let pen = Pen::new(world.authority, &office, time(NOW));
    let mut registered = |code: &str| {
        world.register_place(&pen, code);
        world.statement(world.records.last().unwrap())
    };
    let (again, other) = (registered("VN-MAU-0001"), registered("VN-MAU-0002"));
    let outcomes = block_on(store.submit(vec![again, other])).unwrap();
    let area = world.area;
    assert!(
        matches!(outcomes[..], [Outcome::Rejected(_, Fault::Taken { field: "code", by }), Outcome::Accepted(_)] if by == area),
        "{outcomes:?}"
    );
}

pub(crate) fn many_writers_at_once_keep_every_chain_whole<K: Kind>(kind: K) {
    const WRITERS: usize = 8;
    const RECORDS: usize = 40;
    let mut world = K::world();
    let shared = world.batch(None);
    let own: Vec<ChainId> = (0..WRITERS).map(|_| world.batch(None)).collect();
    let store = kind.open(&world.trust);
    take_all(&*store, &world);
    std::thread::scope(|scope| {
        for (writer, batch) in own.iter().enumerate() {
            let mut world = world.clone();
            let store = &*store;
            scope.spawn(move || {
                for number in 0..RECORDS {
                    world.list(*batch, number);
                    let record = world.statement(world.records.last().unwrap());
                    assert!(matches!(block_on(store.submit(vec![record])).unwrap()[..], [Outcome::Accepted(_)]));
                    // All of them also race for one chain with one key; whoever loses is told so, and where there is a
                    // log, that makes two histories.
                    world.list(shared, writer * RECORDS + number);
                    let record = world.statement(world.records.last().unwrap());
                    let outcome = block_on(store.submit(vec![record])).unwrap().remove(0);
                    assert!(matches!(
                        outcome,
                        Outcome::Accepted(_)
                            | Outcome::Conflict(..)
                            | Outcome::Rejected(_, Fault::WrongSequence { .. } | Fault::ForkedChain)
                    ));
                }
            });
        }
    });
    // Every chain replays in an empty ledger, record by record.
    let mut ledger = Ledger::new(world.trust.clone());
    for record in &world.records {
        ledger.admit(record.clone()).unwrap();
    }
    for batch in own.into_iter().chain([shared]) {
        for bytes in block_on(store.records(batch)).unwrap() {
            ledger.admit(nguon_core::envelope::SignedRecord::from_bytes(bytes).unwrap()).unwrap();
        }
    }
}

pub(crate) fn a_small_cache_decides_the_same<K: Kind>(kind: K) {
    // A store that was opened anew folds every chain from its records: the extreme of a small cache.
    let mut world = K::world();
    let batch = world.batch(Some("L1"));
    for number in 0..3 {
        world.list(batch, number);
    }
    for (number, statement) in world.statements().into_iter().enumerate() {
        let store = kind.open(&world.trust);
        let outcomes = block_on(store.submit(vec![statement])).unwrap();
        assert!(matches!(outcomes[..], [Outcome::Accepted(_)]), "record {number}: {outcomes:?}");
    }
    let stranger = SigningKey::from_bytes(&[77; 32]);
    let forged = {
        let chain = nguon_core::judge::Chains::chain(&world.ledger, &batch).unwrap();
        let pen = Pen::new(world.farm, &stranger, time(NOW));
        let record = nguon_core::ledger::next_record(&pen, world.listed(9).into(), &chain);
        nguon_core::envelope::SignedRecord::sign(&record, &stranger, world.trust.deployment()).unwrap()
    };
    let outcomes = block_on(kind.open(&world.trust).submit(vec![world.statement(&forged)])).unwrap();
    assert!(matches!(outcomes[..], [Outcome::Rejected(_, Fault::UnknownKey(_))]));
}

pub(crate) fn many_groups_in_one_commit_are_taken_as_one_by_one<K: Kind>(_: K) {
    let mut world = K::world();
    let base = world.records.len();
    let batches = [world.batch(Some("L1")), world.batch(None)];
    for number in 0..6 {
        world.list(batches[number % 2], number);
    }
    // A rival's record on a head that has gone on, a forged one, and one that builds on what was refused.
    let mut rival = world.clone();
    let stale = rival.records[base].clone();
    rival.list(batches[0], 90);
    let forged = signed_otherwise(world.records.last().unwrap());
    let late = rival.records.last().unwrap().clone();
    world.list(batches[0], 91);
    let next = world.records.last().unwrap().clone();
    let of = |records: &[_]| records.iter().map(|record| world.statement(record)).collect::<Vec<_>>();
    let groups = [
        of(&world.records[..base]),
        of(&[]),
        of(&world.records[base..base + 6]),
        of(&[world.records[base + 6].clone(), forged]),
        of(&world.records[base + 6..base + 12]),
        of(&[next]),
        of(&[late]),
        of(&[stale]),
    ];
    let (together, alone) = (K::fresh(), K::fresh());
    let (together, alone) = (together.open(&world.trust), alone.open(&world.trust));
    let answers = block_on(together.submit_groups(groups.to_vec())).unwrap();
    for (answer, group) in answers.iter().zip(&groups) {
        assert_eq!(*answer, block_on(alone.submit_group(group.clone())).unwrap());
    }
    let stored: Vec<bool> = answers.iter().map(Result::is_ok).collect();
    assert_eq!(stored, [true, true, true, false, true, true, false, true], "{answers:?}");
    for batch in batches {
        assert_eq!(block_on(together.records(batch)).unwrap(), block_on(alone.records(batch)).unwrap());
    }
    assert_eq!(count(&*together), count(&*alone));
}
