//! The store's files: whose they are, how new, who has them open.

use nguon_store::sqlite::{Location, SqliteStore};
use nguon_store::{Store, StoreError};
use rusqlite::Connection;

use crate::block_on::block_on;
use crate::world::World;

fn refusal(prepare: impl FnOnce(&Location)) -> StoreError {
    let folder = tempfile::tempdir().unwrap();
    let at = Location::of(folder.path());
    let world = World::new();
    prepare(&at);
    let files = |at: &Location| [&at.records, &at.personal].map(|path| std::fs::read(path).ok());
    let before = files(&at);
    let error = SqliteStore::open(folder.path(), world.trust).unwrap_err();
    let unchanged = files(&at).into_iter().zip(before).all(|(after, before)| before.is_none() || after == before);
    assert!(unchanged, "a file that is refused stays as it is");
    error
}

fn made_by_us(at: &Location) {
    drop(SqliteStore::open(&at.records, World::new().trust).unwrap());
}

#[test]
fn a_newer_schema_is_refused() {
    for personal in [false, true] {
        let error = refusal(|at| {
            made_by_us(at);
            let path = if personal { &at.personal } else { &at.records };
            Connection::open(path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        });
        assert!(matches!(error, StoreError::NewerSchema { found: 99, .. }), "{error}");
        assert!(error.to_string().contains("install the newer version"));
    }
}

#[test]
fn another_programs_database_is_refused() {
    let error = refusal(|at| Connection::open(&at.records).unwrap().execute_batch("CREATE TABLE notes (x)").unwrap());
    assert!(matches!(error, StoreError::NotAStore { .. }), "{error}");
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let error = refusal(|at| std::fs::write(&at.records, "dear diary, ".repeat(500)).unwrap());
    assert!(matches!(error, StoreError::NotAStore { .. }), "{error}");
}

#[test]
fn another_deployments_store_is_refused() {
    let error = refusal(|at| drop(SqliteStore::open(&at.records, World::named(7).trust).unwrap()));
    assert!(matches!(error, StoreError::OtherDeployment(_)), "{error}");
}

#[test]
fn two_servers_cannot_share_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let first = SqliteStore::open(folder.path(), world.trust.clone()).unwrap();
    let error = SqliteStore::open(folder.path(), world.trust.clone()).unwrap_err();
    assert!(matches!(error, StoreError::InUse(_)), "{error}");
    drop(first);
    assert!(SqliteStore::open(folder.path(), world.trust).is_ok());
}

#[test]
fn a_folder_in_the_way_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("taken"), "").unwrap();
    let error = SqliteStore::open(&folder.path().join("taken/data"), World::new().trust).unwrap_err();
    assert!(error.to_string().contains("taken"), "{error}");
}

#[test]
fn a_dropped_store_has_finished_what_was_submitted() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let store = SqliteStore::open(folder.path(), world.trust.clone()).unwrap();
    // Nobody waits for the answer.
    drop(store.submit(world.statements()));
    drop(store);
    let store = SqliteStore::open(folder.path(), world.trust.clone()).unwrap();
    assert_eq!(block_on(store.count()).unwrap(), world.records.len() as u64);
}
