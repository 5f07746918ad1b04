//! Files that earlier versions made are taken over, with all that is in them.

use nguon_core::event::{DrawReason, Drawn, Inputs, KeyAdded, RecallReason, Recalled, Received};
use nguon_core::ledger::Pen;
use nguon_core::prelude::{Options, verify};
use nguon_core::record::ChainKind;
use nguon_core::trace::{Direction, Line};
use nguon_core::values::Grams;
use nguon_core::verify::OutcomeKind;
use nguon_store::sqlite::{self, Clock, Location, SqliteStore, Tuning};
use nguon_store::{OpeningPolicy, Origin, Outcome, Store, StoreError};
use rusqlite::{Connection, params};

use crate::block_on::block_on;
use crate::world::{NOW, World, label, time};

/// The tables as they were before there were logs.
const BEFORE_LOGS: &str = "
    PRAGMA application_id = 0x6e67756f;
    PRAGMA user_version = 1;
    CREATE TABLE deployment (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE TABLE chain (
        chain_id BLOB PRIMARY KEY CHECK (length(chain_id) = 32),
        kind TEXT NOT NULL CHECK (kind IN ('actor', 'place', 'batch'))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE record (
        position INTEGER PRIMARY KEY,
        statement_id BLOB NOT NULL UNIQUE CHECK (length(statement_id) = 32),
        chain_id BLOB NOT NULL REFERENCES chain,
        sequence INTEGER NOT NULL CHECK (sequence >= 0),
        accepted_at INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        UNIQUE (chain_id, sequence)
    ) STRICT;
    CREATE TABLE refers (
        chain_id BLOB NOT NULL REFERENCES chain,
        other BLOB NOT NULL,
        PRIMARY KEY (chain_id, other)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE label (
        gtin TEXT NOT NULL,
        lot TEXT NOT NULL,
        chain_id BLOB NOT NULL REFERENCES chain,
        PRIMARY KEY (gtin, lot)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE code (
        issuer TEXT NOT NULL,
        code TEXT NOT NULL,
        chain_id BLOB NOT NULL REFERENCES chain,
        PRIMARY KEY (issuer, code)
    ) STRICT, WITHOUT ROWID;";

/// A file as an earlier version left it, with these records in it.
fn made_before_logs(world: &World, at: &Location) {
    let database = Connection::open(&at.records).unwrap();
    database.execute_batch(BEFORE_LOGS).unwrap();
    let hash = world.trust.deployment().as_bytes();
    database.execute("INSERT INTO deployment (only, hash) VALUES (1, ?1)", [hash]).unwrap();
    for statement in world.statements() {
        let chain = statement.chain();
        let chain = chain.as_bytes();
        let kind = match statement.record.kind {
            ChainKind::Actor => "actor",
            ChainKind::Place => "place",
            ChainKind::Batch => "batch",
        };
        database.execute("INSERT OR IGNORE INTO chain VALUES (?1, ?2)", params![chain, kind]).unwrap();
        let insert =
            "INSERT INTO record (statement_id, chain_id, sequence, accepted_at, bytes) VALUES (?1, ?2, ?3, ?4, ?5)";
        let (id, bytes) = (statement.id.as_bytes(), statement.signed.as_bytes());
        database.execute(insert, params![id, chain, statement.record.sequence, NOW, bytes]).unwrap();
        for other in statement.record.references() {
            database.execute("INSERT OR IGNORE INTO refers VALUES (?1, ?2)", params![chain, other.as_bytes()]).unwrap();
        }
        if let nguon_core::event::Event::Opened(event) = &statement.record.event
            && let Some(label) = &event.label
        {
            let key = params![label.gtin.to_string(), label.lot.to_string(), chain];
            database.execute("INSERT INTO label VALUES (?1, ?2, ?3)", key).unwrap();
        }
    }
}

#[test]
fn a_store_made_before_there_were_logs_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let at = Location::of(folder.path());
    let mut world = World::new();
    let batch = world.batch(Some("L1"));
    made_before_logs(&world, &at);
    let contents = sqlite::inspect(folder.path()).unwrap();
    assert_eq!((contents.records, contents.leaves), (world.records.len() as u64, 0));
    assert_eq!(contents.deployment, *world.trust.deployment().as_bytes());

    let store = SqliteStore::open(folder.path(), world.trust.clone()).unwrap();
    assert_eq!(block_on(store.batch_of_label(label("L1"))).unwrap(), Some(batch));
    world.list(batch, 1);
    let outcomes = block_on(store.submit(world.statements())).unwrap();
    let (last, before) = outcomes.split_last().unwrap();
    assert!(before.iter().all(|outcome| matches!(outcome, Outcome::Duplicate(_))));
    assert!(matches!(last, Outcome::Accepted(_)), "{last:?}");
    let bundle = block_on(store.bundle(batch, OpeningPolicy::nothing())).unwrap().unwrap();
    let verdict = verify(&bundle.to_bytes().unwrap(), &world.trust, &Options::at(time(NOW))).verdict;
    assert_eq!(verdict.outcome.kind(), OutcomeKind::Unlogged, "{verdict:?}");
    assert_eq!(sqlite::inspect(folder.path()).unwrap().leaves, 0);
}

#[test]
fn the_graph_of_an_older_file_is_that_of_its_records() {
    let mut world = World::new();
    let (batch, farm_key) = (world.batch(Some("L1")), world.farm_key.clone());
    let pen = Pen::new(world.farm, &farm_key, time(NOW));
    let opened = world.opened(None);
    let next = world.begin(&pen, opened);
    let grams = Grams::new(300_000).unwrap();
    world.append(&pen, batch, Drawn { to: next, grams, why: DrawReason::Handover }).unwrap();
    world.append(&pen, next, Received::new(Inputs::one(batch, grams))).unwrap();
    world.append(&pen, batch, Recalled::new(RecallReason::Microbial)).unwrap();
    let [older, newer] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    made_before_logs(&world, &Location::of(older.path()));
    let older = SqliteStore::open(older.path(), world.trust.clone()).unwrap();
    let newer = SqliteStore::open(newer.path(), world.trust.clone()).unwrap();
    block_on(newer.submit(world.statements())).unwrap();
    let traced = |store: &SqliteStore| {
        let walk =
            store.begin_trace(Origin::Label(label("L1")), Direction::Both, 100, OpeningPolicy::nothing(), usize::MAX);
        block_on(walk).unwrap().unwrap().lines
    };
    let lines = traced(&older);
    assert_eq!(lines, traced(&newer));
    // Start and end, four nodes, three edges.
    assert_eq!(lines.len(), 2 + 4 + 3);
    assert!(lines.iter().any(|line| matches!(line, Line::Node(node) if node.chain == batch && node.is_recalled())));
}

#[test]
fn an_older_file_with_a_damaged_record_is_not_taken_up_as_if_it_were_whole() {
    let folder = tempfile::tempdir().unwrap();
    let at = Location::of(folder.path());
    let mut world = World::new();
    let batch = world.batch(None);
    made_before_logs(&world, &at);
    let damage = "UPDATE record SET bytes = zeroblob(100) WHERE chain_id = ?1 AND sequence = 1";
    assert_eq!(Connection::open(&at.records).unwrap().execute(damage, [batch.as_bytes()]).unwrap(), 1);
    for _ in 0..2 {
        let error = SqliteStore::open(folder.path(), world.trust.clone()).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { chain, sequence: 1, .. } if chain == batch), "{error}");
    }
}

#[test]
fn a_store_made_before_serials_were_kept_takes_them_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::new();
    let batch = world.batch(Some("L1"));
    let open = || SqliteStore::open(folder.path(), world.trust.clone()).unwrap();
    block_on(open().submit(world.statements())).unwrap();
    let before = "DROP TABLE scan; DROP TABLE serial_tile; DROP TABLE serial_list;
        DROP TABLE harvest_season; DROP TABLE ground; DROP TABLE key; DROP TABLE actor; PRAGMA user_version = 3;";
    Connection::open(Location::of(folder.path()).records).unwrap().execute_batch(before).unwrap();
    let store = open();
    assert_eq!(block_on(store.records(batch)).unwrap().len(), 2);
    let serial = || "A1".parse().unwrap();
    assert!(block_on(store.serial_proof(batch, serial())).unwrap().lists.is_empty());
    assert_eq!(block_on(store.count_scan(batch, serial())).unwrap(), None);
}

#[test]
fn the_register_of_an_older_file_is_that_of_its_records() {
    let mut world = World::new();
    world.batch(Some("L1"));
    let coop_key = world.coop_key.clone();
    let by_coop = Pen::new(world.coop, &coop_key, time(NOW));
    let new = nguon_core::prelude::SigningKey::from_bytes(&[77; 32]);
    world.append(&by_coop, world.farm, KeyAdded { key: (&new).into(), holder: None }).unwrap();
    let [older, newer] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    made_before_logs(&world, &Location::of(older.path()));
    let older = SqliteStore::open(older.path(), world.trust.clone()).unwrap();
    let tuning = Tuning { clock: Clock::new(|| NOW), ..Tuning::default() };
    let newer = SqliteStore::open_tuned(newer.path(), world.trust.clone(), tuning).unwrap();
    block_on(newer.submit(world.statements())).unwrap();
    let households = |store: &SqliteStore| {
        block_on(store.households(world.coop, None, 10, OpeningPolicy::default())).unwrap().unwrap()
    };
    let found = households(&older);
    assert_eq!(found, households(&newer));
    assert_eq!((found.households.len(), found.areas.len()), (1, 1));
    let [household] = &found.households[..] else { panic!("one household") };
    assert_eq!((household.active_keys, household.last_record), (2, Some(time(NOW))));
    assert_eq!(household.plots[0].seasons[0].drawn_g, 850_000);
    let key = nguon_core::key::PublicKey::from_bytes(&(&new).into()).unwrap().id();
    let holders = |store: &SqliteStore| block_on(store.key_holders(key)).unwrap();
    assert_eq!(holders(&older), holders(&newer));
    assert_eq!(holders(&older).actors[0].since.sequence, 1);
    let needed = |store: &SqliteStore| block_on(store.needed_chains(world.farm)).unwrap();
    assert_eq!(needed(&older), needed(&newer));
}
