//! Somebody signs two histories.

use nguon_core::admit::Statement;
use nguon_core::envelope::SignedRecord;
use nguon_core::fault::Fault;
use nguon_core::fork::Evidence;
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Pen, next_record};
use nguon_core::log::Leaf;
use nguon_core::prelude::{RecallReason, Recalled};
use nguon_core::record::Record;
use nguon_core::values::List;
use nguon_store::{Outcome, Store};

use super::leaves::scene;
use crate::Kind;
use crate::block_on::block_on;
use crate::keeper::Scene;
use crate::world::{NOW, World, time};

/// The farm's next record on its batch, which the world does not take up.
fn draft(world: &World, batch: ChainId, number: usize, replaces: Option<&Statement>) -> Statement {
    let pen = Pen::new(world.farm, &world.farm_key, time(NOW));
    let record = next_record(&pen, world.listed(number).into(), &world.ledger.chain(&batch).unwrap());
    let record = Record { replaces: replaces.map(|other| List::of_one(other.id)), ..record };
    world.statement(&SignedRecord::sign(&record, &world.farm_key, world.trust.deployment()).unwrap())
}

fn one(store: &dyn Store, statement: &Statement) -> Outcome {
    block_on(store.submit(vec![statement.clone()])).unwrap().remove(0)
}

fn forks(scene: &Scene) -> Vec<[u8; 32]> {
    let leaves = block_on(scene.store.leaves(0, u64::MAX)).unwrap();
    let evidence = |leaf: &Vec<u8>| match Leaf::from_bytes(leaf).unwrap() {
        Leaf::Fork { evidence, .. } => Some(evidence),
        _ => None,
    };
    leaves.iter().filter_map(evidence).collect()
}

pub(crate) fn a_fork_is_kept_once_as_evidence<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(None);
    scene.submit();
    let rivals = [1, 2, 3].map(|number| draft(&scene.world, batch, number, None));
    assert!(matches!(one(&*scene.store, &rivals[0]), Outcome::Accepted(_)));
    assert!(forks(&scene).is_empty());
    for _ in 0..2 {
        for rival in &rivals[1..] {
            assert!(matches!(one(&*scene.store, rival), Outcome::Conflict(..)));
        }
    }
    let found = forks(&scene);
    assert_eq!(found.len(), 1, "once a chain");
    let bytes = block_on(scene.store.evidence(found[0])).unwrap().unwrap();
    let evidence = Evidence::from_bytes(&bytes, scene.world.trust.deployment()).unwrap();
    assert_eq!((evidence.chain(), evidence.hash()), (batch, found[0]));
    let mut ids = [rivals[0].id, rivals[1].id];
    ids.sort();
    assert_eq!(evidence.statements().each_ref().map(|statement| statement.id), ids);
    assert_eq!(block_on(scene.store.evidence([1; 32])).unwrap(), None);
    scene.replayed();
}

pub(crate) fn only_an_authority_adds_to_a_forked_chain<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let (batch, other) = (scene.world.batch(None), scene.world.batch(None));
    scene.submit();
    let rival = draft(&scene.world, batch, 9, None);
    scene.world.list(batch, 1);
    scene.submit();
    assert!(matches!(one(&*scene.store, &rival), Outcome::Conflict(..)));
    // The next record that the farm signs, now and after the store was opened again.
    let (next, elsewhere) = (draft(&scene.world, batch, 2, None), draft(&scene.world, other, 1, None));
    assert!(matches!(one(&*scene.store, &next), Outcome::Rejected(_, Fault::ForkedChain)));
    assert!(matches!(one(&*scene.store, &elsewhere), Outcome::Accepted(_)));
    let Scene { world, store, .. } = scene;
    drop(store);
    let mut scene = Scene::new(world, |world, clock| kind.open_at(&world.trust, clock));
    assert!(matches!(one(&*scene.store, &next), Outcome::Rejected(_, Fault::ForkedChain)));
    let office = scene.world.office.clone();
    let pen = Pen::new(scene.world.authority, &office, time(NOW));
    scene.world.append(&pen, batch, Recalled::new(RecallReason::Other)).unwrap();
    let recalled = scene.world.statement(scene.world.records.last().unwrap());
    assert!(matches!(one(&*scene.store, &recalled), Outcome::Accepted(_)));
    scene.replayed();
}

pub(crate) fn a_refused_group_leaves_its_evidence<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(None);
    scene.submit();
    let rival = draft(&scene.world, batch, 9, None);
    scene.world.list(batch, 1);
    scene.submit();
    let before = scene.size();
    scene.world.batch(None);
    let group = [scene.due(), vec![rival]].concat();
    let refusal = block_on(scene.store.submit_group(group)).unwrap().unwrap_err();
    assert!(matches!(refusal.outcome, Outcome::Conflict(..)));
    assert_eq!((scene.size(), forks(&scene).len()), (before + 1, 1));
    scene.replayed();
}

pub(crate) fn what_was_refused_and_replaced_is_no_fork<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(None);
    scene.submit();
    let refused = draft(&scene.world, batch, 1, None);
    let instead = draft(&scene.world, batch, 2, Some(&refused));
    assert!(matches!(one(&*scene.store, &instead), Outcome::Accepted(_)));
    assert!(matches!(one(&*scene.store, &refused), Outcome::Conflict(..)));
    assert!(forks(&scene).is_empty());
    // But what was logged cannot be replaced.
    let too_late = draft(&scene.world, batch, 3, Some(&instead));
    assert!(matches!(one(&*scene.store, &too_late), Outcome::Conflict(..)));
    assert_eq!(forks(&scene).len(), 1);
    scene.replayed();
}

pub(crate) fn two_keys_on_one_record_are_no_fork<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(None);
    scene.submit();
    let late = draft(&scene.world, batch, 1, None);
    let office = scene.world.office.clone();
    let pen = Pen::new(scene.world.authority, &office, time(NOW));
    scene.world.append(&pen, batch, Recalled::new(RecallReason::Other)).unwrap();
    scene.submit();
    assert!(matches!(one(&*scene.store, &late), Outcome::Conflict(..)));
    assert!(forks(&scene).is_empty());
}
