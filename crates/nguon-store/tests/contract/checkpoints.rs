//! Checkpoints: closed whole or not at all, signed once, cosigned as often as need be.

use nguon_core::log::Leaf;
use nguon_store::StoreError;
use nguon_tlog::hash::Hash;

use super::leaves::scene;
use crate::Kind;
use crate::block_on::block_on;
use crate::keeper::{close, close_and_see};
use crate::world::{NOW, time};

pub(crate) fn a_checkpoint_ends_with_the_map_over_all_leaves_before<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    scene.submit();
    scene.set_clock(NOW + 7);
    let before = scene.size();
    let (closed, changes) = close_and_see(&*scene.store).unwrap();
    assert_eq!((closed.size, closed.map_time), (before + 1, time(NOW + 7)));
    let mut contents = block_on(scene.store.map_contents(closed.size)).unwrap();
    let mut changes = changes;
    contents.sort_unstable();
    changes.sort_unstable();
    assert_eq!(changes, contents, "the first checkpoint changes everything there is");
    let leaf = Leaf::Map { log_time: time(NOW + 7), root: closed.map_root };
    assert_eq!(closed.leaves.last().unwrap()[..], leaf.to_bytes());
    assert_eq!(closed.leaves, block_on(scene.store.leaves(0, closed.size)).unwrap());
    let stored = block_on(scene.store.newest_checkpoint()).unwrap().unwrap();
    assert_eq!((stored.size, stored.map_root, stored.map_time), (closed.size, closed.map_root, closed.map_time));
    assert_eq!((stored.tree_root, stored.signed, stored.cosigned), (None, None, None));
}

pub(crate) fn nothing_new_is_not_closed<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    // A log of which nothing is closed has its trust root pending.
    assert_eq!(close(&*scene.store).unwrap().size, 2);
    let unasked = || block_on(scene.store.close(Box::new(|_| panic!("nothing is pending")))).unwrap();
    assert_eq!(unasked(), None);
    scene.submit();
    assert!(close(&*scene.store).is_some());
    assert!(close(&*scene.store).is_none());
    assert_eq!(scene.replayed().closes().len(), 2);
}

pub(crate) fn a_later_checkpoint_has_what_changed_since<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(Some("L1"));
    scene.submit();
    let first = close(&*scene.store).unwrap().size;
    scene.world.list(batch, 1);
    scene.world.list(batch, 2);
    scene.submit();
    let (closed, changes) = close_and_see(&*scene.store).unwrap();
    assert_eq!(changes.iter().map(|(key, _)| *key).collect::<Vec<_>>(), [nguon_core::log::chain_key(&batch)]);
    assert_eq!((closed.size, closed.leaves.len()), (first + 3, 3));
    scene.world.batch(Some("L2"));
    scene.submit();
    // The new batch, its label, and the plot it draws from.
    assert_eq!(close_and_see(&*scene.store).unwrap().1.len(), 3);
    scene.replayed();
}

pub(crate) fn a_checkpoint_is_signed_as_one_thing_only<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    scene.submit();
    let size = close(&*scene.store).unwrap().size;
    let root = Hash::from_bytes([1; 32]);
    let sign = |size, root, note: &str| block_on(scene.store.sign_checkpoint(size, root, note.to_owned()));
    let cosign = |note: &str, as_of| block_on(scene.store.cosign_checkpoint(size, note.to_owned(), time(as_of)));
    assert!(matches!(sign(size - 1, root, "note"), Err(StoreError::Checkpoint { .. })));
    assert!(matches!(cosign("cosigned", NOW), Err(StoreError::Checkpoint { .. })));
    sign(size, root, "note").unwrap();
    assert!(matches!(sign(size, Hash::from_bytes([2; 32]), "other"), Err(StoreError::Checkpoint { .. })));
    sign(size, root, "note").unwrap();
    cosign("fresh", NOW + 10).unwrap();
    cosign("stale", NOW).unwrap();
    let stored = block_on(scene.store.checkpoint(size)).unwrap().unwrap();
    assert_eq!((stored.tree_root, stored.signed.as_deref()), (Some(root), Some("note")));
    assert_eq!(
        stored.cosigned.map(|cosigned| (cosigned.note, cosigned.as_of)),
        Some(("fresh".to_owned(), time(NOW + 10)))
    );
    cosign("fresher", NOW + 20).unwrap();
    assert_eq!(block_on(scene.store.newest_cosigned()).unwrap().unwrap().cosigned.unwrap().note, "fresher");
}

pub(crate) fn the_newest_checkpoints_are_found<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    assert_eq!(block_on(scene.store.newest_checkpoint()).unwrap(), None);
    assert_eq!(block_on(scene.store.newest_cosigned()).unwrap(), None);
    let first = scene.checkpoint();
    scene.submit();
    let second = close(&*scene.store).unwrap().size;
    let trust = scene.world.trust.clone();
    let newest = |store: &dyn nguon_store::Store| {
        let closed = block_on(store.newest_checkpoint()).unwrap().unwrap().size;
        (closed, block_on(store.newest_cosigned()).unwrap().unwrap().size)
    };
    assert_eq!(newest(&*scene.store), (second, first));
    assert_eq!(block_on(scene.store.checkpoint(first + 1)).unwrap(), None);
    drop(scene);
    assert_eq!(newest(&*kind.open(&trust)), (second, first));
}
