//! Places in the log.

use nguon_core::envelope::SignedRecord;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, RootHash};
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Pen, next_record};
use nguon_core::log::{Leaf, Position};
use nguon_core::record::{Anchor, Record};
use nguon_core::values::Time;
use nguon_store::{Outcome, Store};

use crate::Kind;
use crate::block_on::block_on;
use crate::keeper::{Scene, close, tree};
use crate::world::{NOW, World, signed_otherwise, time};

pub(crate) fn scene<K: Kind>(kind: &K) -> Scene {
    Scene::new(K::world(), |world, clock| kind.open_at(&world.trust, clock))
}

fn leaves(store: &dyn Store) -> Vec<Leaf> {
    let leaves = block_on(store.leaves(0, u64::MAX)).unwrap();
    leaves.iter().map(|leaf| Leaf::from_bytes(leaf).unwrap()).collect()
}

pub(crate) fn a_log_begins_with_its_trust_root<K: Kind>(kind: K) {
    let scene = scene(&kind);
    let payload = scene.world.trust.signed().payload_hash();
    let first = Leaf::Root { log_time: time(NOW), payload };
    assert_eq!(leaves(&*scene.store), [first]);
    let Scene { world, store, .. } = scene;
    drop(store);
    // Opened again, it does not begin again.
    assert_eq!(leaves(&*kind.open(&world.trust)), [first]);
}

pub(crate) fn positions_are_consecutive_and_only_new_records_have_one<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    scene.world.batch(Some("L1"));
    let statements = scene.due();
    let forged = scene.world.statement(&signed_otherwise(scene.world.records.last().unwrap()));
    let (first, rest) = statements.split_at(3);
    block_on(scene.store.submit(first.to_vec())).unwrap();
    // Known ones, refused ones and new ones in one call; then all of them once more as a group.
    let mixed = [first, &[forged], rest].concat();
    block_on(scene.store.submit(mixed)).unwrap();
    block_on(scene.store.submit_group(statements.clone())).unwrap().unwrap();
    for (index, statement) in (1..).zip(&statements) {
        let logged = block_on(scene.store.position(statement.id)).unwrap().unwrap();
        let position = Position { index, log_time: time(NOW), anchor_time: Time::ZERO };
        assert_eq!(logged.position, position);
        assert_eq!((logged.chain, logged.sequence), (statement.chain(), statement.record.sequence));
    }
    let expected = statements.iter().map(|statement| Leaf::Record { log_time: time(NOW), statement: statement.id });
    assert_eq!(leaves(&*scene.store)[1..], expected.collect::<Vec<_>>());
    assert_eq!(scene.size(), statements.len() as u64 + 1);
    scene.replayed();
}

pub(crate) fn a_refused_group_leaves_no_leaf<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let statements = scene.due();
    let (before, mut group) = (scene.size(), statements.clone());
    let last = group.len() - 1;
    group[last] = scene.world.statement(&signed_otherwise(&statements[last].signed));
    // All queued at once, so that they may share a commit.
    let refused = scene.store.submit_group(group);
    let taken = scene.store.submit(statements.clone());
    assert_eq!(block_on(refused).unwrap().unwrap_err().index, last);
    assert!(block_on(taken).unwrap().iter().all(|outcome| matches!(outcome, Outcome::Accepted(_))));
    assert_eq!(scene.size(), before + statements.len() as u64);
    scene.replayed();
}

pub(crate) fn leaves_and_records_are_read_by_index<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    scene.submit();
    close(&*scene.store).unwrap();
    let batch = scene.world.batch(None);
    scene.submit();
    let all = block_on(scene.store.leaves(0, 100)).unwrap();
    assert_eq!(block_on(scene.store.leaves(3, 4)).unwrap(), all[3..7]);
    assert!(block_on(scene.store.leaves(all.len() as u64, 4)).unwrap().is_empty());
    // Everything but the trust root and the map leaf is a record.
    let records = block_on(scene.store.logged_records(0, 100)).unwrap();
    let signed: Vec<_> = scene.world.records.iter().map(|record| record.as_bytes().to_vec()).collect();
    assert_eq!(records.iter().map(|(_, bytes)| bytes.clone()).collect::<Vec<_>>(), signed);
    let map_leaf = all.len() as u64 - 4;
    assert!(records.iter().all(|(index, _)| *index != 0 && *index != map_leaf));
    let after_it = block_on(scene.store.logged_records(map_leaf, 2)).unwrap();
    assert_eq!(after_it, [(map_leaf + 1, scene.world.ledger.records(&batch)[0].as_bytes().to_vec())]);
}

pub(crate) fn log_times_never_go_back<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(None);
    scene.submit();
    for (number, clock) in [NOW + 60, NOW - 5_000, 0, NOW + 30, u64::MAX, NOW + 61].into_iter().enumerate() {
        scene.set_clock(clock);
        scene.world.list(batch, number);
        scene.submit();
        close(&*scene.store).unwrap();
    }
    let times: Vec<u64> = leaves(&*scene.store).iter().map(|leaf| leaf.log_time().get()).collect();
    assert!(times.is_sorted(), "{times:?}");
    assert_eq!((times[0], times[times.len() - 1]), (NOW, NOW + 61));
    // Nor after a restart with a clock that is behind.
    let Scene { mut world, store, .. } = scene;
    drop(store);
    world.list(batch, 99);
    let mut scene = Scene::new(world, |world, _| kind.open_at(&world.trust, nguon_store::sqlite::Clock::new(|| 7)));
    let due = scene.due();
    block_on(scene.store.submit(due)).unwrap();
    assert_eq!(leaves(&*scene.store).last().unwrap().log_time(), time(NOW + 61));
    scene.replayed();
}

/// The farm's next record on its batch, with this anchor.
fn anchored(world: &World, batch: ChainId, size: u64, root: [u8; 32]) -> SignedRecord {
    let pen = Pen::new(world.farm, &world.farm_key, time(NOW));
    let record = next_record(&pen, world.listed(0).into(), &world.ledger.chain(&batch).unwrap());
    let record = Record { anchor: Some(Anchor { size, root: RootHash::from_bytes(root) }), ..record };
    SignedRecord::sign(&record, &world.farm_key, world.trust.deployment()).unwrap()
}

pub(crate) fn an_anchor_must_be_an_earlier_signed_checkpoint<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(None);
    scene.submit();
    scene.set_clock(NOW + 100);
    let size = scene.checkpoint();
    let root = *tree(&*scene.store, size).root().as_bytes();
    scene.set_clock(NOW + 200);
    scene.world.batch(None);
    scene.submit();
    let unsigned = close(&*scene.store).unwrap().size;
    let unsigned_root = *tree(&*scene.store, unsigned).root().as_bytes();
    let judged = |size, root| {
        let statement = scene.world.statement(&anchored(&scene.world, batch, size, root));
        let outcome = block_on(scene.store.submit(vec![statement.clone()])).unwrap().remove(0);
        (outcome, statement.id)
    };
    for (size, root) in [
        (size, [7; 32]),
        (size - 1, root),
        (size + 1, root),
        (unsigned, unsigned_root),
        (unsigned + 5, unsigned_root),
        (u64::MAX >> 12, root),
        (0, root),
    ] {
        let (outcome, _) = judged(size, root);
        assert!(matches!(outcome, Outcome::Rejected(_, Fault::BadAnchor)), "{size}: {outcome:?}");
    }
    let (outcome, id) = judged(size, root);
    assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
    let position = block_on(scene.store.position(id)).unwrap().unwrap().position;
    assert_eq!((position.anchor_time, position.log_time), (time(NOW + 100), time(NOW + 200)));
    scene.replayed();
}
