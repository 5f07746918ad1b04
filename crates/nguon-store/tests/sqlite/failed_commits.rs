//! A commit that fails: everybody in it is told, nothing of it is stored, and nothing of it is remembered.

use nguon_core::prelude::RootPayload;
use nguon_core::trust::SignedRoot;
use nguon_store::sqlite::{Location, SqliteStore};
use nguon_store::{Outcome, Store, StoreError};
use nguon_tlog::hash::Hash;
use rusqlite::Connection;

use crate::block_on::block_on;
use crate::keeper::close;
use crate::world::{NOW, World, root_key, time};

/// Fails at COMMIT: a row that breaks a foreign key which is checked only then.
const AT_COMMIT: &str = "
    CREATE TABLE fault (x BLOB REFERENCES chain (chain_id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER fault_at_commit AFTER INSERT ON record BEGIN INSERT INTO fault VALUES (x'00'); END;";
const AT_COMMIT_OVER: &str = "DROP TRIGGER fault_at_commit; DROP TABLE fault;";

/// Fails as a full disk does: SQLite gives up the whole transaction in the middle of it.
const IN_THE_MIDDLE: &str = "
    CREATE TRIGGER fault_in_the_middle AFTER INSERT ON record BEGIN SELECT RAISE(ROLLBACK, 'fault'); END;";
const IN_THE_MIDDLE_OVER: &str = "DROP TRIGGER fault_in_the_middle;";

fn fails_and_recovers(fault: &str, over: &str) {
    for world in [World::new(), World::logged()] {
        fails_and_recovers_in(world, fault, over);
    }
}

fn fails_and_recovers_in(mut world: World, fault: &str, over: &str) {
    let folder = tempfile::tempdir().unwrap();
    let batch = world.batch(None);
    let store = SqliteStore::open(folder.path(), world.trust.clone()).unwrap();
    block_on(store.submit(world.statements())).unwrap();
    let base = world.records.len();
    for number in 0..4 {
        world.list(batch, number);
    }
    let next = world.statements().split_off(base);
    let database = Connection::open(Location::of(folder.path()).records).unwrap();
    database.execute_batch(fault).unwrap();

    // All queued before the first is waited for. A duplicate writes nothing and still must not be acknowledged
    // together with a commit that failed, so it may come either way; the others must fail.
    let known = store.submit(vec![world.statement(&world.records[0])]);
    let answers: Vec<_> = next.iter().map(|statement| store.submit(vec![statement.clone()])).collect();
    let group = store.submit_group(next.clone());
    let mut results: Vec<_> = answers.into_iter().map(block_on).collect();
    assert!(matches!(results.remove(0), Err(StoreError::Database(_))));
    // Those whose predecessor failed are either told of the failure, or judged on what is there.
    assert!(results.iter().all(|result| match result {
        Err(StoreError::Database(_)) => true,
        Ok(outcomes) => outcomes.iter().all(|outcome| matches!(outcome, Outcome::Rejected(..))),
        Err(_) => false,
    }));
    assert!(matches!(block_on(group), Err(StoreError::Database(_))));
    assert!(matches!(block_on(known), Ok(_) | Err(StoreError::Database(_))));
    assert_eq!(block_on(store.count()).unwrap(), base as u64);
    assert_eq!(block_on(store.head(batch)).unwrap().unwrap().sequence, 1);

    database.execute_batch(over).unwrap();
    let leaves = block_on(store.log_size()).unwrap();
    let outcomes = block_on(store.submit(next)).unwrap();
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Accepted(_))), "{outcomes:?}");
    if leaves > 0 {
        // The log goes on where it was before the failures.
        assert_eq!(leaves, base as u64 + 1);
        assert_eq!(block_on(store.log_size()).unwrap(), leaves + 4);
    }
}

/// Closing fails: no leaf, no checkpoint, and what was to be closed still is.
fn closing_fails_and_recovers(fault: &str, over: &str) {
    let folder = tempfile::tempdir().unwrap();
    let world = World::logged();
    let store = SqliteStore::open(folder.path(), world.trust.clone()).unwrap();
    block_on(store.submit(world.statements())).unwrap();
    let (before, trust) = (block_on(store.log_size()).unwrap(), world.trust.clone());
    let database = Connection::open(Location::of(folder.path()).records).unwrap();
    database.execute_batch(fault).unwrap();
    // Together with a new version of the trust root, which must not be remembered either.
    let payload = RootPayload::after(&trust, time(NOW + 1), time(NOW + 200_000_000));
    let second = SignedRoot::sign(&payload, &[&root_key()]).unwrap();
    let added = store.add_root(second.clone());
    let closed = store.close(Box::new(|_| Hash::from_bytes([1; 32])));
    assert!(matches!(block_on(closed), Err(StoreError::Database(_))));
    let added = block_on(added).is_ok();
    assert_eq!(block_on(store.log_size()).unwrap(), before + u64::from(added));
    assert_eq!(store.roots().versions().len(), 1 + usize::from(added));
    assert_eq!(block_on(store.newest_checkpoint()).unwrap(), None);
    database.execute_batch(over).unwrap();
    block_on(store.add_root(second)).unwrap().unwrap();
    let closed = close(&store).unwrap();
    assert_eq!((closed.size, closed.leaves.len() as u64), (before + 2, before + 2));
    assert_eq!(block_on(store.newest_checkpoint()).unwrap().unwrap().size, closed.size);
}

#[test]
fn closing_at_commit() {
    let fault = AT_COMMIT.replace("INSERT ON record", "INSERT ON checkpoint");
    closing_fails_and_recovers(&fault, AT_COMMIT_OVER);
}

#[test]
fn closing_in_the_middle() {
    let fault = IN_THE_MIDDLE.replace("INSERT ON record", "INSERT ON checkpoint");
    closing_fails_and_recovers(&fault, IN_THE_MIDDLE_OVER);
}

#[test]
fn at_commit() {
    fails_and_recovers(AT_COMMIT, AT_COMMIT_OVER);
}

#[test]
fn in_the_middle() {
    fails_and_recovers(IN_THE_MIDDLE, IN_THE_MIDDLE_OVER);
}
