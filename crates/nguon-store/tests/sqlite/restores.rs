//! A backup comes back only over what it contains: a log never goes behind what others have seen.

use std::path::{Path, PathBuf};

use nguon_store::sqlite::{self, Location, Parts};
use nguon_store::{OpeningPolicy, Store, StoreError};

use super::backups::{open, quietly};
use crate::block_on::block_on;
use crate::keeper::close;
use crate::world::World;

struct Folders {
    _folder: tempfile::TempDir,
    live: PathBuf,
    copy: PathBuf,
}

/// A store with a batch in it, and a backup of it.
fn backed_up(world: &mut World) -> (Folders, nguon_core::ids::ChainId) {
    let folder = tempfile::tempdir().unwrap();
    let (live, copy) = (folder.path().join("live"), folder.path().join("copy"));
    let batch = world.batch(Some("L1"));
    let store = open(&live, &world.trust);
    block_on(store.submit(world.statements())).unwrap();
    block_on(store.store_openings(world.openings.clone())).unwrap().unwrap();
    if world.trust.payload().log.is_some() {
        close(&store).unwrap();
    }
    drop(store);
    sqlite::backup(&live, &copy, Parts::All, &mut quietly).unwrap();
    (Folders { _folder: folder, live, copy }, batch)
}

fn restore(at: &Folders) -> Result<sqlite::Contents, StoreError> {
    sqlite::restore(&at.copy, &at.live, &mut quietly)
}

fn destroy(folder: &Path) {
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_lost_store_comes_back() {
    for mut world in [World::new(), World::logged()] {
        let (at, batch) = backed_up(&mut world);
        let before = sqlite::inspect(&at.live).unwrap();
        destroy(&at.live);
        assert_eq!(restore(&at).unwrap(), before);
        let store = open(&at.live, &world.trust);
        let bundle = block_on(store.bundle(batch, OpeningPolicy::default())).unwrap().unwrap();
        assert_eq!(bundle.openings.len(), 2);
        // And it goes on.
        world.list(batch, 1);
        assert!(block_on(store.submit(world.statements())).unwrap().iter().all(nguon_store::Outcome::is_stored));
    }
}

#[test]
fn an_older_backup_is_refused() {
    for mut world in [World::new(), World::logged()] {
        let (at, batch) = backed_up(&mut world);
        world.list(batch, 1);
        let store = open(&at.live, &world.trust);
        block_on(store.submit(world.statements())).unwrap();
        assert!(matches!(restore(&at), Err(StoreError::InUse(_))), "the server is running");
        drop(store);
        let before = std::fs::read(Location::of(&at.live).records).unwrap();
        assert!(matches!(restore(&at), Err(StoreError::OlderBackup { .. })));
        assert_eq!(std::fs::read(Location::of(&at.live).records).unwrap(), before);
    }
}

#[test]
fn a_log_that_was_only_closed_is_newer_too() {
    let mut world = World::logged();
    let (at, batch) = backed_up(&mut world);
    world.list(batch, 1);
    let store = open(&at.live, &world.trust);
    block_on(store.submit(world.statements())).unwrap();
    drop(store);
    let later = Folders { copy: at.live.with_extension("later"), ..at };
    sqlite::backup(&later.live, &later.copy, Parts::All, &mut quietly).unwrap();
    close(&open(&later.live, &world.trust)).unwrap();
    assert!(matches!(restore(&later), Err(StoreError::OlderBackup { .. })));
}

#[test]
fn another_history_is_refused() {
    let mut world = World::logged();
    let (at, batch) = backed_up(&mut world);
    let mut rival = world.clone();
    world.list(batch, 1);
    rival.list(batch, 2);
    rival.list(batch, 3);
    // The backup went on by itself: somebody opened it as a store.
    for (folder, world) in [(&at.live, &world), (&at.copy, &rival)] {
        let store = open(folder, &world.trust);
        block_on(store.submit(world.statements())).unwrap();
        close(&store).unwrap();
    }
    assert!(matches!(restore(&at), Err(StoreError::OtherHistory(_))));
    let other = World::named(7);
    drop(open(&at.live.with_extension("other"), &other.trust));
    let at = Folders { live: at.live.with_extension("other"), ..at };
    assert!(matches!(restore(&at), Err(StoreError::OtherDeployment(_))));
}

#[test]
fn a_newer_backup_replaces_an_older_store() {
    let mut world = World::logged();
    let (at, batch) = backed_up(&mut world);
    world.list(batch, 1);
    let store = open(&at.live, &world.trust);
    block_on(store.submit(world.statements())).unwrap();
    close(&store).unwrap();
    drop(store);
    // The other way round: what was the backup is behind the store now.
    let at = Folders { live: at.copy.clone(), copy: at.live.clone(), ..at };
    let contents = restore(&at).unwrap();
    assert_eq!(contents, sqlite::inspect(&at.copy).unwrap());
    assert_eq!(block_on(open(&at.live, &world.trust).records(batch)).unwrap().len(), 3);
}

#[test]
fn what_was_erased_since_stays_erased() {
    let mut world = World::logged();
    let (at, batch) = backed_up(&mut world);
    assert_eq!(sqlite::erase(&at.live, &world.farm).unwrap(), 1);
    restore(&at).unwrap();
    let personal = std::fs::read(Location::of(&at.live).personal).unwrap();
    assert!(!String::from_utf8_lossy(&personal).contains("Nguyễn Thị Mẫu"));
    let store = open(&at.live, &world.trust);
    let bundle = block_on(store.bundle(batch, OpeningPolicy::default())).unwrap().unwrap();
    assert_eq!(bundle.openings.len(), 1);
    assert_eq!(block_on(store.store_openings(world.openings.clone())).unwrap(), Ok(1), "nor is it taken again");
}

#[test]
fn a_backup_without_openings_leaves_those_that_are_there() {
    let mut world = World::logged();
    let (at, batch) = backed_up(&mut world);
    let at = Folders { copy: at.live.with_extension("nameless"), ..at };
    sqlite::backup(&at.live, &at.copy, Parts::WithoutPersonal, &mut quietly).unwrap();
    assert!(!Location::of(&at.copy).personal.exists());
    let opened = || {
        let store = open(&at.live, &world.trust);
        block_on(store.bundle(batch, OpeningPolicy::default())).unwrap().unwrap().openings.len()
    };
    restore(&at).unwrap();
    assert_eq!(opened(), 2);
    destroy(&at.live);
    restore(&at).unwrap();
    assert_eq!(opened(), 0);
}

#[test]
fn what_an_interrupted_restore_left_is_no_hindrance() {
    let mut world = World::logged();
    let (at, _) = backed_up(&mut world);
    for name in ["nguon.db.unfinished", "nguon.personal.db.unfinished"] {
        std::fs::write(at.live.join(name), "half a file").unwrap();
    }
    restore(&at).unwrap();
    let names = std::fs::read_dir(&at.live).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().contains("unfinished")));
}
