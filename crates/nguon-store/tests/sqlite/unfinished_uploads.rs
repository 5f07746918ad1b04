//! Unfinished uploads take no more room than they may.

use nguon_store::sqlite::{SqliteStore, Tuning};
use nguon_store::{Store, UploadLimits, UploadRefusal};

use crate::block_on::block_on;
use crate::world::World;

#[test]
fn unfinished_uploads_are_bounded_for_one_person_and_for_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::new();
    let files: Vec<_> = (0..4_u8).map(|n| world.batch_with_photo(&[n; 40])).collect();
    let uploads = UploadLimits { per_person: 60, all: 90, ..UploadLimits::default() };
    let tuning = Tuning { uploads, ..Tuning::default() };
    let store = SqliteStore::open_tuned(folder.path(), world.trust.clone(), tuning).unwrap();
    block_on(store.submit(world.statements())).unwrap();
    for (at, (_, opening, _)) in files.iter().enumerate() {
        let mut opening = opening.clone();
        // The last two are about somebody else.
        opening.about = if at < 2 { world.farm } else { world.coop };
        block_on(store.store_openings(vec![opening])).unwrap().unwrap();
    }
    let append = |at: usize, offset, bytes: usize| {
        block_on(store.append_upload(files[at].2, offset, vec![u8::try_from(at).unwrap(); bytes])).unwrap()
    };
    assert_eq!(append(0, 0, 40), Ok(40));
    assert_eq!(append(1, 0, 21), Err(UploadRefusal::TooMuchOfOne(60)));
    assert_eq!(append(1, 0, 20), Ok(20));
    assert_eq!(append(2, 0, 31), Err(UploadRefusal::TooMuch(90)));
    assert_eq!(append(2, 0, 30), Ok(30));
    assert_eq!(append(3, 0, 1), Err(UploadRefusal::TooMuch(90)));
    // What is finished or given up counts no more.
    assert_eq!(block_on(store.finish_upload(files[0].2)).unwrap(), Ok(true));
    assert_eq!(append(3, 0, 30), Ok(30));
    assert!(block_on(store.drop_upload(files[2].2)).unwrap());
    assert_eq!(append(1, 20, 20), Ok(40));
}
