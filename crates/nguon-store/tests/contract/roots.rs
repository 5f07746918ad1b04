//! Later versions of the trust root.

use nguon_core::envelope::SignedRecord;
use nguon_core::fault::Fault;
use nguon_core::ledger::{Pen, begin_record};
use nguon_core::prelude::{Authority, RootPayload, SigningKey};
use nguon_core::trust::{RootError, SignedRoot, TrustRoot};
use nguon_core::values::List;
use nguon_store::Outcome;

use super::leaves::scene;
use crate::Kind;
use crate::block_on::block_on;
use crate::keeper::{Scene, close};
use crate::world::{NOW, World, root_key, time};

/// The version after, in which the authority has another key.
fn rotated(before: &TrustRoot, key: &SigningKey) -> SignedRoot {
    let mut payload = RootPayload::after(before, time(NOW + 1), time(NOW + 200_000_000));
    let old = payload.authorities.iter().next().unwrap();
    let retired = old.retired.iter().flatten().chain(old.keys.iter()).copied();
    let retired = Some(List::new(retired.collect()).unwrap());
    payload.authorities = List::of_one(Authority { keys: List::of_one(key.into()), retired, ..old.clone() });
    SignedRoot::sign(&payload, &[&root_key()]).unwrap()
}

/// The authority registers a place, signing with this key.
fn registered(world: &mut World, key: &SigningKey, code: &str) -> nguon_core::admit::Statement {
    let pen = Pen::new(world.authority, key, time(NOW));
    let record = begin_record(&pen, world.place(code).into(), world.nonce());
    world.statement(&SignedRecord::sign(&record, key, world.trust.deployment()).unwrap())
}

pub(crate) fn a_new_version_is_a_leaf_and_judges_what_follows<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    scene.submit();
    close(&*scene.store).unwrap();
    let (old_key, new_key) = (scene.world.office.clone(), SigningKey::from_bytes(&[42; 32]));
    let second = rotated(&scene.world.trust, &new_key);
    let early = registered(&mut scene.world, &new_key, "VN-MAU-0002");
    let late = registered(&mut scene.world, &old_key, "VN-MAU-0003");
    let good = registered(&mut scene.world, &new_key, "VN-MAU-0004");
    let index = scene.size();
    // Queued together, so that they may share a commit.
    let before = scene.store.submit(vec![early.clone()]);
    let added = scene.store.add_root(second.clone());
    let after = scene.store.submit(vec![late.clone(), good.clone()]);
    assert!(matches!(block_on(before).unwrap()[..], [Outcome::Rejected(_, Fault::UnknownKey(_))]));
    assert_eq!(block_on(added).unwrap(), Ok(index));
    let outcomes = block_on(after).unwrap();
    assert!(matches!(outcomes[..], [Outcome::Rejected(_, Fault::UnknownKey(_)), Outcome::Accepted(_)]), "{outcomes:?}");
    assert_eq!(scene.store.roots().newest().signed(), &second);
    assert_eq!(scene.store.roots().at(index).payload().version, 1);
    assert_eq!(scene.store.roots().at(index + 1).payload().version, 2);
    close(&*scene.store).unwrap();
    scene.replayed();
    // Also after a restart.
    let Scene { world, store, .. } = scene;
    let roots = store.roots();
    drop(store);
    let scene = Scene::new(world, |world, clock| kind.open_at(&world.trust, clock));
    assert_eq!(scene.store.roots(), roots);
    assert!(matches!(block_on(scene.store.submit(vec![late])).unwrap()[..], [Outcome::Rejected(..)]));
}

pub(crate) fn a_version_that_does_not_follow_is_refused<K: Kind>(kind: K) {
    let scene = scene(&kind);
    let key = SigningKey::from_bytes(&[42; 32]);
    let second = rotated(&scene.world.trust, &key);
    let mut unsigned = second.clone();
    unsigned.signatures.clear();
    let third = rotated(&scene.world.trust.verify_next(second.clone()).unwrap(), &SigningKey::from_bytes(&[43; 32]));
    let add = |root: &SignedRoot| block_on(scene.store.add_root(root.clone())).unwrap();
    assert!(matches!(add(&unsigned), Err(RootError::SignaturesBefore { .. })));
    assert!(matches!(add(&third), Err(RootError::Version { expected: 2, found: 3 })));
    assert_eq!(scene.size(), 1);
    let index = add(&second).unwrap();
    // Once more, perhaps by another hand, changes nothing.
    assert_eq!((add(&second), add(scene.world.trust.signed())), (Ok(index), Ok(0)));
    assert!(add(&third).is_ok());
    assert_eq!(scene.size(), 3);
    assert!(add(&rotated(&scene.world.trust, &SigningKey::from_bytes(&[44; 32]))).is_err(), "no second version 2");
    scene.replayed();
}
