//! A deployment whose trust root names no log has none.

use nguon_core::ids::StatementId;
use nguon_store::{OpeningPolicy, StoreError};
use nguon_tlog::hash::Hash;

use crate::Kind;
use crate::block_on::block_on;
use crate::world::{NOW, World, label, time};

pub(crate) fn what_asks_finds_nothing_and_what_changes_says_so<K: Kind>(kind: K) {
    let mut world = World::new();
    let batch = world.batch(Some("L1"));
    let store = kind.open(&world.trust);
    block_on(store.submit(world.statements())).unwrap();
    assert_eq!(store.roots().newest(), &world.trust);
    assert_eq!(block_on(store.log_size()).unwrap(), 0);
    assert!(block_on(store.leaves(0, 9)).unwrap().is_empty());
    assert!(block_on(store.logged_records(0, 9)).unwrap().is_empty());
    assert!(block_on(store.map_contents(9)).unwrap().is_empty());
    assert!(block_on(store.root_places(9)).unwrap().is_empty());
    assert_eq!(block_on(store.evidence([1; 32])).unwrap(), None);
    let first = StatementId::from_bytes(*batch.as_bytes());
    assert_eq!(block_on(store.position(first)).unwrap(), None);
    assert_eq!(block_on(store.newest_checkpoint()).unwrap(), None);
    assert_eq!(block_on(store.newest_cosigned()).unwrap(), None);
    assert_eq!(block_on(store.checkpoint(2)).unwrap(), None);
    assert_eq!(block_on(store.logged_bundle(batch, OpeningPolicy::default(), u64::MAX)).unwrap(), None);
    assert_eq!(block_on(store.batch_of_label_at(label("L1"), u64::MAX)).unwrap(), None);
    let close = block_on(store.close(Box::new(|_| panic!("there is nothing to close"))));
    let sign = block_on(store.sign_checkpoint(2, Hash::from_bytes([1; 32]), String::new()));
    let cosign = block_on(store.cosign_checkpoint(2, String::new(), time(NOW)));
    let root = block_on(store.add_root(world.trust.signed().clone()));
    assert!(matches!(close, Err(StoreError::NoLog)));
    assert!(matches!(sign, Err(StoreError::NoLog)));
    assert!(matches!(cosign, Err(StoreError::NoLog)));
    assert!(matches!(root, Err(StoreError::NoLog)));
}
