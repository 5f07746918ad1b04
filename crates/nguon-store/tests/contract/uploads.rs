//! Attachments that come in pieces.

use std::sync::Arc;

use nguon_core::fault::Fault;
use nguon_core::ids::FieldDigest;
use nguon_core::opening::OpeningError;
use nguon_store::{Store, UploadRefusal};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::Kind;
use crate::block_on::block_on;
use crate::keeper::Scene;
use crate::world::{NOW, World};

/// A store that waits for this file.
fn waiting<K: Kind>(kind: &K, file: &[u8]) -> (World, Arc<dyn Store>, FieldDigest) {
    let mut world = K::world();
    let (_, opening, digest) = world.batch_with_photo(file);
    let store = kind.open(&world.trust);
    block_on(store.submit(world.statements())).unwrap();
    block_on(store.store_openings(vec![opening])).unwrap().unwrap();
    (world, store, digest)
}

fn append(store: &dyn Store, digest: FieldDigest, offset: u64, bytes: &[u8]) -> Result<u64, UploadRefusal> {
    block_on(store.append_upload(digest, offset, bytes.to_vec())).unwrap()
}

pub(crate) fn pieces_add_up_to_the_file_however_it_is_cut<K: Kind>(_: K) {
    let config = Config { cases: 12, ..Config::default() };
    let cuts = proptest::collection::vec(0_usize..=1_000, 0..6);
    let law = |(file, mut cuts): (Vec<u8>, Vec<usize>)| {
        let kind = K::fresh();
        let (_, store, digest) = waiting(&kind, &file);
        cuts.iter_mut().for_each(|cut| *cut = *cut * file.len() / 1_000);
        cuts.extend([0, file.len()]);
        cuts.sort_unstable();
        for ends in cuts.windows(2) {
            let piece = &file[ends[0]..ends[1]];
            prop_assert_eq!(append(&*store, digest, ends[0] as u64, piece), Ok(ends[1] as u64));
            let awaited = block_on(store.awaited(digest)).unwrap().unwrap();
            prop_assert_eq!((awaited.received, awaited.length), (ends[1] as u64, file.len() as u64));
            prop_assert!(!awaited.is_stored);
        }
        prop_assert_eq!(block_on(store.upload(digest)).unwrap(), file.clone());
        prop_assert_eq!(block_on(store.finish_upload(digest)).unwrap(), Ok(true));
        prop_assert_eq!(block_on(store.attachment(digest)).unwrap().unwrap().bytes, file);
        prop_assert!(block_on(store.awaited(digest)).unwrap().unwrap().is_stored);
        prop_assert!(block_on(store.upload(digest)).unwrap().is_empty());
        Ok(())
    };
    TestRunner::new(config).run(&(proptest::collection::vec(any::<u8>(), 1..2_000), cuts), law).unwrap();
}

pub(crate) fn a_piece_goes_where_the_last_one_ended<K: Kind>(kind: K) {
    let (_, store, digest) = waiting(&kind, b"a photo of a tree");
    assert_eq!(append(&*store, digest, 0, b"a photo"), Ok(7));
    for wrong in [0, 6, 8, u64::MAX] {
        assert_eq!(append(&*store, digest, wrong, b" of"), Err(UploadRefusal::Offset { expected: 7 }));
    }
    let refusal = Err(UploadRefusal::TooLong { length: 17 });
    assert_eq!(append(&*store, digest, 7, b" of a tree and more"), refusal);
    assert_eq!(block_on(store.upload(digest)).unwrap(), b"a photo");
    assert_eq!(append(&*store, digest, 7, b" of a tree"), Ok(17));
    assert_eq!(block_on(store.finish_upload(digest)).unwrap(), Ok(true));
    assert_eq!(append(&*store, digest, 17, b""), Err(UploadRefusal::Complete));
    // Asked once more, since the first answer was lost.
    assert_eq!(block_on(store.finish_upload(digest)).unwrap(), Ok(true));
}

pub(crate) fn nothing_is_kept_of_what_nobody_opened<K: Kind>(kind: K) {
    let (_, store, _) = waiting(&kind, b"a photo of a tree");
    let unknown = FieldDigest::from_bytes([7; 32]);
    assert_eq!(append(&*store, unknown, 0, b"a photo"), Err(UploadRefusal::NotAwaited));
    assert_eq!(block_on(store.awaited(unknown)).unwrap(), None);
    assert_eq!(block_on(store.finish_upload(unknown)).unwrap(), Ok(false));
    assert!(!block_on(store.drop_upload(unknown)).unwrap());
}

pub(crate) fn pieces_that_are_not_what_was_signed_are_gone<K: Kind>(kind: K) {
    let (_, store, digest) = waiting(&kind, b"a photo of a tree");
    assert_eq!(append(&*store, digest, 0, b"a photo of a bush"), Ok(17));
    let refusal = block_on(store.finish_upload(digest)).unwrap().unwrap_err();
    assert!(matches!(refusal.fault, Fault::Opening(OpeningError::Differs(_))));
    assert_eq!(block_on(store.attachment(digest)).unwrap(), None);
    assert_eq!(block_on(store.awaited(digest)).unwrap().unwrap().received, 0);
    // The right ones are taken then.
    assert_eq!(append(&*store, digest, 0, b"a photo of a tree"), Ok(17));
    assert_eq!(block_on(store.finish_upload(digest)).unwrap(), Ok(true));
}

pub(crate) fn an_upload_can_be_given_up<K: Kind>(kind: K) {
    let (_, store, digest) = waiting(&kind, b"a photo of a tree");
    assert_eq!(append(&*store, digest, 0, b"a photo"), Ok(7));
    assert!(block_on(store.drop_upload(digest)).unwrap());
    assert_eq!(block_on(store.awaited(digest)).unwrap().unwrap().received, 0);
    assert!(!block_on(store.drop_upload(digest)).unwrap());
}

pub(crate) fn pieces_outlast_the_process<K: Kind>(kind: K) {
    let (world, store, digest) = waiting(&kind, b"a photo of a tree");
    assert_eq!(append(&*store, digest, 0, b"a photo"), Ok(7));
    drop(store);
    let store = kind.open(&world.trust);
    assert_eq!(block_on(store.awaited(digest)).unwrap().unwrap().received, 7);
    assert_eq!(append(&*store, digest, 7, b" of a tree"), Ok(17));
    assert_eq!(block_on(store.finish_upload(digest)).unwrap(), Ok(true));
}

pub(crate) fn erasing_takes_unfinished_uploads<K: Kind>(kind: K) {
    let (world, store, digest) = waiting(&kind, b"a photo of a tree");
    assert_eq!(append(&*store, digest, 0, b"a photo"), Ok(7));
    assert_eq!(block_on(store.erase(world.farm)).unwrap(), 1);
    assert!(block_on(store.upload(digest)).unwrap().is_empty());
    assert_eq!(append(&*store, digest, 7, b" of a tree"), Err(UploadRefusal::NotAwaited));
    assert_eq!(block_on(store.finish_upload(digest)).unwrap(), Ok(false));
}

pub(crate) fn unfinished_uploads_are_deleted_a_week_after_the_last_piece<K: Kind>(kind: K) {
    const DAY: u64 = 86_400;
    let mut world = K::world();
    let (_, opening, digest) = world.batch_with_photo(b"a photo of a tree");
    let mut scene = Scene::new(world, |world, clock| kind.open_at(&world.trust, clock));
    scene.submit();
    let store = scene.store.clone();
    block_on(store.store_openings(vec![opening])).unwrap().unwrap();
    assert_eq!(append(&*store, digest, 0, b"a photo"), Ok(7));
    scene.set_clock(NOW + 6 * DAY);
    assert_eq!(append(&*store, digest, 7, b" of"), Ok(10));
    scene.set_clock(NOW + 13 * DAY);
    assert_eq!(block_on(store.forget_uploads()).unwrap(), 0);
    scene.set_clock(NOW + 13 * DAY + 1);
    assert_eq!(block_on(store.forget_uploads()).unwrap(), 1);
    assert!(block_on(store.upload(digest)).unwrap().is_empty());
}
