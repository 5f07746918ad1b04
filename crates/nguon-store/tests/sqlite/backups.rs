//! A backup holds what the store held at one moment, whatever goes on meanwhile.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use nguon_core::log::Leaf;
use nguon_core::trust::TrustRoot;
use nguon_store::sqlite::{self, Copied, Location, Parts, ReadOnly, SqliteStore};
use nguon_store::{OpeningPolicy, Outcome, Store, StoreError};

use crate::block_on::block_on;
use crate::keeper::{Scene, close};
use crate::world::World;

pub(crate) fn quietly(_: Copied) {}

fn scene(folder: &Path) -> Scene {
    Scene::new(World::logged(), |world, _| std::sync::Arc::new(SqliteStore::open(folder, world.trust.clone()).unwrap()))
}

pub(crate) fn open(folder: &Path, trust: &TrustRoot) -> SqliteStore {
    SqliteStore::open(folder, trust.clone()).unwrap()
}

#[test]
fn a_backup_is_a_store_with_the_same_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (live, copy) = (folder.path().join("live"), folder.path().join("copies/monday"));
    let mut scene = scene(&live);
    let batch = scene.world.batch(Some("L1"));
    scene.submit();
    block_on(scene.store.store_openings(scene.world.openings.clone())).unwrap().unwrap();
    let size = scene.checkpoint();
    let mut steps = Vec::new();
    let contents = sqlite::backup(&live, &copy, Parts::All, &mut |copied| steps.push(copied)).unwrap();
    assert_eq!(contents, sqlite::inspect(&live).unwrap());
    assert_eq!((contents.records, contents.leaves), (scene.world.records.len() as u64, size));
    assert_eq!(contents.checkpoint, block_on(scene.store.newest_checkpoint()).unwrap());
    assert!(steps.is_sorted_by_key(|copied| copied.done) && steps.last().is_some_and(|last| last.done == last.total));
    let names: Vec<_> = std::fs::read_dir(&copy).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "two files and nothing beside them: {names:?}");
    let restored = open(&copy, &scene.world.trust);
    let bundle =
        |store: &dyn Store| block_on(store.logged_bundle(batch, OpeningPolicy::default(), size)).unwrap().unwrap();
    assert_eq!(bundle(&restored), bundle(&*scene.store));
    assert_eq!(bundle(&restored).bundle.openings.len(), 2);
}

#[cfg(unix)]
#[test]
fn a_backup_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (live, copy) = (folder.path().join("live"), folder.path().join("copy"));
    drop(scene(&live));
    sqlite::backup(&live, &copy, Parts::All, &mut quietly).unwrap();
    let at = Location::of(&copy);
    for path in [at.records, at.personal] {
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0, "{path:?}");
    }
}

/// Says that it is over when it goes.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn a_backup_made_while_records_come_in_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let live = folder.path().join("live");
    let mut scene = scene(&live);
    let batch = scene.world.batch(None);
    scene.submit();
    close(&*scene.store).unwrap();
    let (store, world) = (&*scene.store, &mut scene.world);
    let first = block_on(store.count()).unwrap();
    let (over, acknowledged) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0.. {
                if over.load(Ordering::SeqCst) {
                    break;
                }
                world.list(batch, number);
                let statement = world.statement(world.records.last().unwrap());
                let outcomes = block_on(store.submit(vec![statement])).unwrap();
                assert!(matches!(outcomes[..], [Outcome::Accepted(_)]));
                acknowledged.fetch_add(1, Ordering::SeqCst);
                if number % 3 == 0 {
                    close(store).unwrap();
                }
            }
        });
        // Also when what follows fails: the thread must not go on for ever.
        let _over = Over(&over);
        let mut before = 0;
        for number in 0..12 {
            // Something has been written since the last one, and goes on being written.
            while acknowledged.load(Ordering::SeqCst) <= before {
                std::thread::yield_now();
            }
            before = acknowledged.load(Ordering::SeqCst);
            let copy = folder.path().join(format!("copy{number}"));
            let contents = sqlite::backup(&live, &copy, Parts::All, &mut |_| {
                let during = acknowledged.load(Ordering::SeqCst);
                while acknowledged.load(Ordering::SeqCst) == during {
                    std::thread::yield_now();
                }
            });
            let contents = contents.unwrap();
            assert!(contents.records >= first + before, "what was acknowledged before it is in it");
            let checkpoint = contents.checkpoint.unwrap();
            assert!(checkpoint.size <= contents.leaves);
        }
    });
    // Each is a prefix of the log, and a store that can be opened and gone on with.
    let all = block_on(scene.store.leaves(0, u64::MAX)).unwrap();
    for number in 0..12 {
        let copy = open(&folder.path().join(format!("copy{number}")), &scene.world.trust);
        let leaves = block_on(copy.leaves(0, u64::MAX)).unwrap();
        assert_eq!(leaves, all[..leaves.len()]);
        let records = block_on(copy.logged_records(0, u64::MAX)).unwrap();
        let logged = leaves.iter().filter(|leaf| matches!(Leaf::from_bytes(leaf).unwrap(), Leaf::Record { .. }));
        assert_eq!(records.len(), logged.count());
        close(&copy);
    }
}

#[test]
fn a_backup_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (live, copy) = (folder.path().join("live"), folder.path().join("copy"));
    drop(scene(&live));
    sqlite::backup(&live, &copy, Parts::All, &mut quietly).unwrap();
    let before = std::fs::read(Location::of(&copy).records).unwrap();
    for out in [&copy, &live] {
        assert!(matches!(sqlite::backup(&live, out, Parts::All, &mut quietly), Err(StoreError::Occupied(_))));
    }
    assert_eq!(std::fs::read(Location::of(&copy).records).unwrap(), before);
}

#[test]
fn what_is_no_store_is_not_backed_up() {
    let folder = tempfile::tempdir().unwrap();
    let (empty, copy) = (folder.path().join("empty"), folder.path().join("copy"));
    let refused = |from: &Path| sqlite::backup(from, &copy, Parts::All, &mut quietly).unwrap_err();
    assert!(matches!(refused(&empty), StoreError::NotAStore { .. }));
    std::fs::create_dir(&empty).unwrap();
    std::fs::write(empty.join("nguon.db"), "dear diary, ".repeat(500)).unwrap();
    assert!(matches!(refused(&empty), StoreError::NotAStore { .. }));
    assert!(matches!(sqlite::inspect(&empty), Err(StoreError::NotAStore { .. })));
    assert!(!copy.join("nguon.db").exists());
}

#[test]
fn a_damaged_store_is_not_backed_up_as_if_it_were_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (live, copy) = (folder.path().join("live"), folder.path().join("copy"));
    let mut scene = scene(&live);
    for _ in 0..20 {
        scene.world.batch(None);
    }
    scene.submit();
    drop(scene);
    let path = Location::of(&live).records;
    let mut bytes = std::fs::read(&path).unwrap();
    let (from, to) = (bytes.len() / 2, bytes.len() / 2 + 8192);
    bytes[from..to].fill(0xa5);
    std::fs::write(&path, bytes).unwrap();
    sqlite::backup(&live, &copy, Parts::All, &mut quietly).unwrap_err();
    assert!(!copy.join("nguon.db").exists(), "it never gets its name");
}

#[test]
fn an_auditor_reads_a_store_in_use_and_a_backup_alike() {
    let folder = tempfile::tempdir().unwrap();
    let (live, copy) = (folder.path().join("live"), folder.path().join("copy"));
    let mut scene = scene(&live);
    scene.world.batch(Some("L1"));
    scene.submit();
    let size = scene.checkpoint();
    sqlite::backup(&live, &copy, Parts::WithoutPersonal, &mut quietly).unwrap();
    let leaves = block_on(scene.store.leaves(0, u64::MAX)).unwrap();
    for folder in [&live, &copy] {
        let found = ReadOnly::open(folder, scene.world.trust.deployment()).unwrap();
        assert_eq!(found.log_size().unwrap(), size);
        assert_eq!(found.leaves(0, u64::MAX).unwrap(), leaves);
        assert_eq!(found.logged_records(3, 5).unwrap(), block_on(scene.store.logged_records(3, 5)).unwrap());
        assert_eq!(found.roots().unwrap(), [scene.world.trust.signed().clone()]);
        assert_eq!(found.evidence(&[1; 32]).unwrap(), None);
        assert_eq!(found.newest_cosigned().unwrap(), block_on(scene.store.newest_cosigned()).unwrap());
        let mut seen = Vec::new();
        sqlite::each_leaf(folder, &mut |index, leaf| seen.push((index, leaf.to_vec()))).unwrap();
        assert_eq!(seen, (0..).zip(leaves.clone()).collect::<Vec<_>>());
        let checkpoints = sqlite::checkpoints(folder).unwrap();
        assert_eq!(checkpoints, [block_on(scene.store.checkpoint(size)).unwrap().unwrap()]);
        let other = ReadOnly::open(folder, World::named(7).trust.deployment());
        assert!(matches!(other, Err(StoreError::OtherDeployment(_))));
    }
}
