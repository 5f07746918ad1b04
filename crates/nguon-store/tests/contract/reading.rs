//! Bundles, heads, records.

use nguon_core::ids::{ChainId, StatementId};
use nguon_core::prelude::{Options, verify};
use nguon_core::record::ChainKind;
use nguon_store::{OpeningPolicy, Store};

use crate::Kind;
use crate::block_on::block_on;
use crate::world::{NOW, World, label, time};

fn filled<K: Kind>(kind: &K) -> (World, ChainId, std::sync::Arc<dyn Store>) {
    let mut world = K::world();
    let batch = world.batch(Some("L1"));
    world.batch(Some("L2"));
    let store = kind.open(&world.trust);
    block_on(store.submit(world.statements())).unwrap();
    block_on(store.store_openings(world.openings.clone())).unwrap().unwrap();
    (world, batch, store)
}

pub(crate) fn a_bundle_verifies<K: Kind>(kind: K) {
    let (world, batch, store) = filled(&kind);
    let bundle = block_on(store.bundle(batch, OpeningPolicy::default())).unwrap().unwrap();
    let verified = verify(&bundle.to_bytes().unwrap(), &world.trust, &Options::at(time(NOW)));
    assert_eq!(verified.verdict.outcome.kind(), K::UNPROVEN, "{:?}", verified.verdict);
}

pub(crate) fn a_bundle_equals_the_ledgers<K: Kind>(kind: K) {
    let (world, batch, store) = filled(&kind);
    let bundle = block_on(store.bundle(batch, OpeningPolicy::nothing())).unwrap().unwrap();
    assert_eq!(bundle, world.ledger.bundle(batch).unwrap());
}

pub(crate) fn a_label_leads_to_its_batch<K: Kind>(kind: K) {
    let (_, batch, store) = filled(&kind);
    assert_eq!(block_on(store.batch_of_label(label("L1"))).unwrap(), Some(batch));
    assert_eq!(block_on(store.batch_of_label(label("L3"))).unwrap(), None);
}

pub(crate) fn only_a_batch_has_a_bundle<K: Kind>(kind: K) {
    let (world, _, store) = filled(&kind);
    for chain in [world.farm, world.plot, ChainId::from_bytes([1; 32])] {
        assert_eq!(block_on(store.bundle(chain, OpeningPolicy::default())).unwrap(), None);
    }
}

pub(crate) fn heads_and_records_are_found<K: Kind>(kind: K) {
    let (world, batch, store) = filled(&kind);
    let head = block_on(store.head(batch)).unwrap().unwrap();
    let records = block_on(store.records(batch)).unwrap();
    let last = world.ledger.records(&batch).last().unwrap();
    assert_eq!((head.kind, head.sequence), (ChainKind::Batch, 1));
    assert_eq!(head.head, last.statement_id(world.trust.deployment()));
    assert_eq!(records.last().unwrap(), last.as_bytes());
    assert_eq!(block_on(store.record(head.head)).unwrap().as_deref(), Some(last.as_bytes()));
    let unknown = [1; 32];
    assert_eq!(block_on(store.head(ChainId::from_bytes(unknown))).unwrap(), None);
    assert_eq!(block_on(store.record(StatementId::from_bytes(unknown))).unwrap(), None);
    assert!(block_on(store.records(ChainId::from_bytes(unknown))).unwrap().is_empty());
}

pub(crate) fn the_policy_decides_what_is_opened<K: Kind>(kind: K) {
    let (_, batch, store) = filled(&kind);
    let opened = |policy| block_on(store.bundle(batch, policy)).unwrap().unwrap().openings.len();
    assert_eq!(opened(OpeningPolicy::default()), 2);
    assert_eq!(opened(OpeningPolicy::nothing()), 0);
    assert_eq!(opened(OpeningPolicy::of(["enrolled/phone"])), 0);
}
