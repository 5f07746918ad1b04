//! `log.start`: from a closed store with a million leaves about a hundred thousand chains to a heads map and a right edge
//! of the tree that give the signed roots: what a server's log does before it asks its witnesses.
//!
//! The store is a real one, but its rows are written straight into its tables: a million records would take minutes to
//! sign and judge. Rows of records are left out, as a start reads none.

use std::io;
use std::path::{Path, PathBuf};

use nguon_core::log::{EntryHash, Leaf, Position};
use nguon_store::Store as _;
use nguon_store::sqlite::{Location, SqliteStore};
use nguon_tlog::map::Map;
use nguon_tlog::tile::{TileBuilder, TileReader, TileWriter};
use rusqlite::{Connection, params};
use xtask_bench::best::Best;
use xtask_bench::deployment::{Deployment, LEAVES, chain_id, code_of, label_of, leaf_at};
use xtask_bench::figures::{Wanted, report};
use xtask_bench::root::{policy, trust};

const ROUNDS: usize = 5;

fn main() {
    if !Wanted::from_arguments().has("log.start") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (store, tiles) = (folder.path().join("store"), Tiles(folder.path().join("tiles")));
    fill(&store, &tiles).expect("a store");
    let mut best = Best::of(1);
    for _ in 0..ROUNDS {
        best.time(0, || start(&store, &tiles));
    }
    report("log.start", best.seconds(), "s", None);
}

/// Opens the store, builds the map from its chains, and takes the tree's edge from the tiles.
fn start(folder: &Path, tiles: &Tiles) {
    let store = SqliteStore::open(folder, trust(Some(policy(&[])))).expect("a store");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let newest = runtime.block_on(store.newest_cosigned()).expect("an answer").expect("a checkpoint");
    let contents = runtime.block_on(store.map_contents(newest.size)).expect("an answer");
    let mut map = Map::new();
    map.set(&contents).expect("room");
    assert_eq!(map.root(), newest.map_root);
    let tree = TileBuilder::resume(newest.size, tiles).expect("tiles");
    assert_eq!(Some(tree.frontier().root()), newest.tree_root);
}

fn fill(folder: &Path, tiles: &Tiles) -> rusqlite::Result<()> {
    let trust = trust(Some(policy(&[])));
    let payload = trust.signed().payload_hash();
    // The store makes its own tables.
    drop(SqliteStore::open(folder, trust).expect("a store"));
    let mut connection = Connection::open(Location::of(folder).records)?;
    connection.pragma_update(None, "synchronous", "off")?;
    let transaction = connection.transaction()?;
    transaction.execute("DELETE FROM leaf", [])?;
    let mut log = TileBuilder::new();
    let mut insert = transaction.prepare("INSERT INTO leaf (idx, data) VALUES (?1, ?2)")?;
    let mut failed = None;
    let deployment = Deployment::grow(payload, |leaf: &Leaf| {
        let data = leaf.to_bytes();
        let inserted = insert.execute(params![log.size(), data]);
        failed = failed.take().or(inserted.err());
        log.append(&data).expect("a short entry");
    });
    drop(insert);
    failed.map_or(Ok(()), Err)?;
    log.flush(&mut &*tiles).expect("tiles");
    let root_entry = EntryHash::START.next(&payload, &deployment.root);
    let root_time = i64::from(deployment.root.log_time);
    transaction.execute("UPDATE root SET log_time = ?1, entry = ?2", params![root_time, root_entry.as_bytes()])?;
    chains(&transaction, &deployment)?;
    let checkpoint = "INSERT INTO checkpoint (size, map_root, map_time, tree_root, signed, cosigned, as_of)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?3)";
    let (map, tree) = (deployment.map.root(), deployment.tree.root());
    let time = i64::from(leaf_at(LEAVES - 1).1);
    transaction.execute(checkpoint, params![LEAVES, map.as_bytes(), time, tree.as_bytes(), deployment.note])?;
    transaction.commit()
}

/// Chains as their newest records left them, and the names they took with their first.
fn chains(connection: &Connection, deployment: &Deployment) -> rusqlite::Result<()> {
    let mut chain = connection
        .prepare("INSERT INTO chain (chain_id, kind, leaf_index, count, entry) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut label =
        connection.prepare("INSERT INTO label (gtin, lot, chain_id, leaf_index) VALUES (?1, ?2, ?3, ?4)")?;
    let mut code =
        connection.prepare("INSERT INTO code (issuer, code, chain_id, leaf_index) VALUES (?1, ?2, ?3, ?4)")?;
    for (number, (entry, positions)) in deployment.entries.iter().zip(&deployment.positions).enumerate() {
        let index = |position: Option<&Position>| position.map(|position| position.index);
        let (id, first, newest) = (chain_id(number), index(positions.first()), index(positions.last()));
        let kind = if label_of(number).is_some() { "batch" } else { "place" };
        chain.execute(params![id.as_bytes(), kind, newest, entry.count, entry.entry.as_bytes()])?;
        if let Some(named) = label_of(number) {
            label.execute(params![named.gtin.to_string(), named.lot.to_string(), id.as_bytes(), first])?;
        }
        if let Some((issuer, named)) = code_of(number) {
            code.execute(params![issuer.to_string(), named.to_string(), id.as_bytes(), first])?;
        }
    }
    Ok(())
}

/// A folder of tiles.
struct Tiles(PathBuf);

impl TileReader for Tiles {
    type Error = io::Error;

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.0.join(path))
    }
}

impl TileWriter for &Tiles {
    type Error = io::Error;

    fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(&self.0))?;
        std::fs::write(path, bytes)
    }
}
