//! Openings and attachments, and their erasure.

use nguon_core::bytes::ByteString;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::opening::{FieldValue, OpeningError};
use nguon_core::prelude::{Options, verify};
use nguon_store::{OpeningPolicy, Store};

use crate::Kind;
use crate::block_on::block_on;
use crate::world::{NOW, World, time};

fn open<K: Kind>(kind: &K, world: &World) -> std::sync::Arc<dyn Store> {
    let store = kind.open(&world.trust);
    block_on(store.submit(world.statements())).unwrap();
    store
}

fn opened_in_bundle(store: &dyn Store, batch: ChainId) -> usize {
    block_on(store.bundle(batch, OpeningPolicy::default())).unwrap().unwrap().openings.len()
}

pub(crate) fn openings_are_checked_against_their_record<K: Kind>(kind: K) {
    let world = K::world();
    let store = open(&kind, &world);
    let good = world.openings[0].clone();
    let mut stray = good.clone();
    stray.opening.record = StatementId::from_bytes([1; 32]);
    let mut other_field = good.clone();
    other_field.opening.path = "enrolled/phone".to_owned();
    let mut changed = good.clone();
    changed.opening.value = Some(ByteString(FieldValue::Text("Người khác".to_owned()).to_bytes()));
    let mut nobody = good.clone();
    nobody.about = ChainId::from_bytes([1; 32]);
    let mut not_a_person = good;
    not_a_person.about = world.plot;
    let path = || "enrolled/name".to_owned();
    for (offered, expected) in [
        (stray, Fault::StrayOpening),
        (other_field, Fault::Opening(OpeningError::NoSuchField("enrolled/phone".to_owned()))),
        (changed, Fault::Opening(OpeningError::Differs(path()))),
        (nobody, Fault::WrongReference { field: "about" }),
        (not_a_person, Fault::WrongReference { field: "about" }),
    ] {
        let refusal = block_on(store.store_openings(vec![offered])).unwrap().unwrap_err();
        assert_eq!((refusal.index, refusal.fault), (0, expected));
    }
}

pub(crate) fn openings_are_all_or_nothing<K: Kind>(kind: K) {
    let mut world = K::world();
    let batch = world.batch(None);
    let store = open(&kind, &world);
    let mut offered = world.openings.clone();
    offered[1].opening.path = "enrolled/phone".to_owned();
    assert_eq!(block_on(store.store_openings(offered)).unwrap().unwrap_err().index, 1);
    assert_eq!(opened_in_bundle(&*store, batch), 0);
}

pub(crate) fn openings_may_be_posted_again<K: Kind>(kind: K) {
    let mut world = K::world();
    let batch = world.batch(None);
    let store = open(&kind, &world);
    for _ in 0..2 {
        assert_eq!(block_on(store.store_openings(world.openings.clone())).unwrap(), Ok(2));
        assert_eq!(opened_in_bundle(&*store, batch), 2);
    }
}

pub(crate) fn whom_an_opening_is_about_cannot_be_changed<K: Kind>(kind: K) {
    let mut world = K::world();
    let batch = world.batch(None);
    let store = open(&kind, &world);
    block_on(store.store_openings(world.openings.clone())).unwrap().unwrap();
    // Somebody claims the farm's public name to be about the co-op, so that it would outlive the farm's erasure.
    let mut claimed = world.openings[1].clone();
    claimed.about = world.coop;
    block_on(store.store_openings(vec![claimed])).unwrap().unwrap();
    assert_eq!(block_on(store.erase(world.farm)).unwrap(), 1);
    assert_eq!(opened_in_bundle(&*store, batch), 1);
}

pub(crate) fn an_erased_person_is_withheld_and_the_bundle_verifies<K: Kind>(kind: K) {
    let mut world = K::world();
    let batch = world.batch(Some("L1"));
    let store = open(&kind, &world);
    block_on(store.store_openings(world.openings.clone())).unwrap().unwrap();
    let look = || {
        let bundle = block_on(store.bundle(batch, OpeningPolicy::default())).unwrap().unwrap();
        let verified = verify(&bundle.to_bytes().unwrap(), &world.trust, &Options::at(time(NOW)));
        assert_eq!(verified.verdict.outcome.kind(), K::UNPROVEN, "{:?}", verified.verdict);
        let name = verified.history.unwrap().name_of(&world.farm);
        name.text().map(str::to_owned)
    };
    assert_eq!(look().as_deref(), Some("Nguyễn Thị Mẫu"));
    assert_eq!(block_on(store.erase(world.farm)).unwrap(), 1);
    assert_eq!(look(), None);
    assert_eq!(block_on(store.erase(world.farm)).unwrap(), 0);
}

pub(crate) fn what_was_erased_is_not_taken_again<K: Kind>(kind: K) {
    let mut world = K::world();
    let batch = world.batch(None);
    let store = open(&kind, &world);
    block_on(store.store_openings(world.openings.clone())).unwrap().unwrap();
    block_on(store.erase(world.farm)).unwrap();
    // A device that still has it pushes everything once more.
    assert_eq!(block_on(store.store_openings(world.openings.clone())).unwrap(), Ok(1));
    assert_eq!(opened_in_bundle(&*store, batch), 1);
}

pub(crate) fn an_attachment_needs_its_opening<K: Kind>(kind: K) {
    let mut world = K::world();
    let (_, opening, digest) = world.batch_with_photo(b"a photo of a tree");
    let store = open(&kind, &world);
    assert_eq!(block_on(store.store_attachment(digest, b"a photo of a tree".to_vec())).unwrap(), Ok(false));
    block_on(store.store_openings(vec![opening])).unwrap().unwrap();
    for _ in 0..2 {
        assert_eq!(block_on(store.store_attachment(digest, b"a photo of a tree".to_vec())).unwrap(), Ok(true));
    }
    let file = block_on(store.attachment(digest)).unwrap().unwrap();
    assert_eq!((file.bytes.as_slice(), file.path.as_str()), (&b"a photo of a tree"[..], "attachments/0"));
    assert_eq!(file.media_type.to_string(), "image/jpeg");
}

pub(crate) fn an_attachment_must_be_what_was_signed<K: Kind>(kind: K) {
    let mut world = K::world();
    let (_, opening, digest) = world.batch_with_photo(b"a photo of a tree");
    let store = open(&kind, &world);
    block_on(store.store_openings(vec![opening])).unwrap().unwrap();
    let refusal = block_on(store.store_attachment(digest, b"a photo of a bush".to_vec())).unwrap().unwrap_err();
    assert!(matches!(refusal.fault, Fault::Opening(OpeningError::Differs(_))));
    assert_eq!(block_on(store.attachment(digest)).unwrap(), None);
}

pub(crate) fn erasing_takes_the_attachment<K: Kind>(kind: K) {
    let mut world = K::world();
    let (_, opening, digest) = world.batch_with_photo(b"a photo of a tree");
    let store = open(&kind, &world);
    block_on(store.store_openings(vec![opening])).unwrap().unwrap();
    block_on(store.store_attachment(digest, b"a photo of a tree".to_vec())).unwrap().unwrap();
    assert_eq!(block_on(store.erase(world.farm)).unwrap(), 1);
    assert_eq!(block_on(store.attachment(digest)).unwrap(), None);
    assert_eq!(block_on(store.store_attachment(digest, b"a photo of a tree".to_vec())).unwrap(), Ok(false));
}
