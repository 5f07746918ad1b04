//! Somebody with access to the file edits it. The store must say so, and harm nobody else.

use nguon_core::ids::ChainId;
use nguon_core::prelude::{Options, verify};
use nguon_core::verify::OutcomeKind;
use nguon_store::sqlite::{Location, SqliteStore};
use nguon_store::{OpeningPolicy, Outcome, Store, StoreError};
use rusqlite::{Connection, params};

use crate::block_on::block_on;
use crate::world::{NOW, World, time};

/// A store with a batch whose second record is edited, and one that is left alone.
fn edited(
    mut world: World,
    edit: impl FnOnce(&Connection, ChainId),
) -> (tempfile::TempDir, World, ChainId, ChainId, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let (victim, other) = (world.batch(None), world.batch(None));
    let store = SqliteStore::open(folder.path(), world.trust.clone()).unwrap();
    block_on(store.submit(world.statements())).unwrap();
    drop(store);
    let database = Connection::open(Location::of(folder.path()).records).unwrap();
    database.pragma_update(None, "foreign_keys", false).unwrap();
    edit(&database, victim);
    drop(database);
    let store = SqliteStore::open(folder.path(), world.trust.clone()).unwrap();
    (folder, world, victim, other, store)
}

fn must_be_noticed(edit: impl FnOnce(&Connection, ChainId)) {
    must_be_noticed_in(World::new(), edit);
}

fn must_be_noticed_in(world: World, edit: impl FnOnce(&Connection, ChainId)) {
    let (_folder, mut world, victim, other, store) = edited(world, edit);
    world.list(victim, 1);
    let next = world.statement(world.records.last().unwrap());
    let error = block_on(store.submit(vec![next])).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { chain, .. } if chain == victim), "{error}");
    world.list(other, 1);
    let next = world.statement(world.records.last().unwrap());
    assert!(matches!(block_on(store.submit(vec![next])).unwrap()[..], [Outcome::Accepted(_)]));
}

#[test]
fn a_flipped_byte_anywhere_in_a_record_is_noticed() {
    let mut world = World::new();
    let batch = world.batch(None);
    let length = world.ledger.records(&batch)[1].as_bytes().len();
    // The signature itself is not looked at again; whoever reads the bundle does.
    for at in (0..length - 64).step_by(37) {
        must_be_noticed(|database, chain| {
            let query = "SELECT bytes FROM record WHERE chain_id = ?1 AND sequence = 1";
            let mut bytes: Vec<u8> = database.query_row(query, params![chain.as_bytes()], |row| row.get(0)).unwrap();
            bytes[at] ^= 1;
            let update = "UPDATE record SET bytes = ?2 WHERE chain_id = ?1 AND sequence = 1";
            database.execute(update, params![chain.as_bytes(), bytes]).unwrap();
        });
    }
}

#[test]
fn a_row_that_is_no_record_is_noticed() {
    must_be_noticed(|database, chain| {
        let update = "UPDATE record SET bytes = x'00' WHERE chain_id = ?1 AND sequence = 1";
        database.execute(update, params![chain.as_bytes()]).unwrap();
    });
}

#[test]
fn a_changed_place_in_the_log_is_noticed() {
    for change in ["leaf_index = 2", "log_time = log_time - 1", "anchor_time = 1", "entry = zeroblob(32)"] {
        must_be_noticed_in(World::logged(), |database, chain| {
            let update = format!("UPDATE record SET {change} WHERE chain_id = ?1 AND sequence = 1");
            database.execute(&update, params![chain.as_bytes()]).unwrap();
        });
    }
}

#[test]
fn a_missing_middle_is_noticed() {
    must_be_noticed(|database, chain| {
        database.execute("DELETE FROM record WHERE chain_id = ?1 AND sequence = 0", params![chain.as_bytes()]).unwrap();
    });
}

#[test]
fn the_reader_of_a_bundle_sees_the_edited_record_and_refuses_it() {
    let (_folder, world, victim, _, store) = edited(World::new(), |database, chain| {
        let query = "SELECT bytes FROM record WHERE chain_id = ?1 AND sequence = 1";
        let mut bytes: Vec<u8> = database.query_row(query, params![chain.as_bytes()], |row| row.get(0)).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        let update = "UPDATE record SET bytes = ?2 WHERE chain_id = ?1 AND sequence = 1";
        database.execute(update, params![chain.as_bytes(), bytes]).unwrap();
    });
    let bundle = block_on(store.bundle(victim, OpeningPolicy::default())).unwrap().unwrap();
    let verdict = verify(&bundle.to_bytes().unwrap(), &world.trust, &Options::at(time(NOW))).verdict;
    assert_eq!(verdict.outcome.kind(), OutcomeKind::Invalid);
    let named =
        verdict.findings.iter().filter_map(|finding| finding.at).any(|at| at.chain == victim && at.sequence == 1);
    assert!(named, "{verdict:?}");
}
