//! What an audit promises about a server's store or a backup of it: it is read as it is, running server or not, with or
//! without its tiles.

mod support;

use std::path::Path;

use nguon_core::admit::Statement;
use nguon_core::envelope::SignedRecord;
use nguon_core::log::Leaf;
use nguon_store::sqlite::{Clock, Parts, SqliteStore, Tuning, backup};
use nguon_store::{Answer, Outcome, Store};
use nguon_tlog::map::Map;
use nguon_tlog::tile::{TileBuilder, TileWriter};
use nguon_witness::audit::{Audited, Times};
use nguon_witness::{Audit, Error, Source};
use support::{Growing, LOG, NOW, next_root, sign, trust};
use tempfile::TempDir;

fn now<T>(answer: Answer<'_, T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(answer).unwrap()
}

/// A store in which a sequencer worked: records, a closed and signed checkpoint, and whatever more is asked for.
struct Server {
    store: SqliteStore,
    map: Map,
    folder: TempDir,
}

impl Server {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let tuning = Tuning { clock: Clock::new(|| NOW + 10), ..Tuning::default() };
        let store = SqliteStore::open_tuned(folder.path(), trust(), tuning).unwrap();
        Self { store, map: Map::new(), folder }
    }

    fn submit(&self, records: Vec<Vec<u8>>) {
        let read = |bytes| Statement::decode(SignedRecord::from_bytes(bytes).unwrap(), trust().deployment()).unwrap();
        let outcomes = now(self.store.submit(records.into_iter().map(read).collect()));
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Accepted { .. })), "{outcomes:?}");
    }

    /// Closes, writes the tiles and signs with this key.
    fn close(&mut self, log_key: u8) {
        let (sender, receiver) = std::sync::mpsc::channel();
        let map = self.map.clone();
        let closed = now(self.store.close(Box::new(move |changes| {
            let update = map.prepare(changes);
            let root = update.root();
            let _ = sender.send(changes.to_vec());
            root
        })));
        self.map.set(&receiver.recv().unwrap()).unwrap();
        let size = closed.unwrap().size;
        let mut builder = TileBuilder::new();
        now(self.store.leaves(0, size)).iter().for_each(|leaf| builder.append(leaf).unwrap());
        builder.flush(&mut Tiles(&self.folder.path().join("log"))).unwrap();
        let root = builder.frontier().root();
        let checkpoint =
            nguon_tlog::checkpoint::Checkpoint { origin: support::ORIGIN.into(), size, root, extensions: Vec::new() };
        let note = sign(&checkpoint, log_key);
        std::fs::write(self.folder.path().join("log/checkpoint"), &note).unwrap();
        now(self.store.sign_checkpoint(size, root, note));
    }
}

struct Tiles<'a>(&'a Path);

impl TileWriter for Tiles<'_> {
    type Error = std::io::Error;

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Self::Error> {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap())?;
        std::fs::write(path, bytes)
    }
}

fn audit(folder: &Path) -> Result<Audited, Error> {
    let source = Source::in_folder(folder, None, trust().deployment())?;
    let times = Times { now: NOW + 100, previous: None };
    Audit::open(trust(), None, &mut |_| {}).unwrap().follow(&source.checkpoint()?, &source, times, &mut |_| {})
}

fn records(count: u16) -> Vec<Vec<u8>> {
    let mut log = Growing::new();
    log.grow(count, NOW);
    let leaves = log.shown().leaves.into_iter();
    let records = leaves.filter(|(data, _)| matches!(Leaf::from_bytes(data), Ok(Leaf::Record { .. })));
    records.map(|(_, content)| content.unwrap()).collect()
}

#[test]
fn a_store_is_audited_while_its_server_runs_and_so_is_its_backup() {
    let mut server = Server::new();
    let mut records = records(300);
    server.submit(records.split_off(100));
    server.close(LOG);
    now(server.store.add_root(next_root(77))).unwrap();
    server.submit(records);
    server.close(77);
    // Leaf 0, 300 records, a root and two maps.
    assert_eq!(audit(server.folder.path()).unwrap().checkpoint.size, 304);

    let copy = TempDir::new().unwrap();
    let backed_up = copy.path().join("backup");
    backup(server.folder.path(), &backed_up, Parts::WithoutPersonal, &mut |_| {}).unwrap();
    assert_eq!(audit(&backed_up).unwrap().checkpoint.size, 304, "without tiles, by the leaves in the store");
}

#[test]
fn tiles_and_records_of_one_folder_must_fit_each_other() {
    let mut server = Server::new();
    server.submit(records(20));
    server.close(LOG);
    let mut other = Server::new();
    other.submit(records(30).split_off(10));
    other.close(LOG);
    for file in ["log/checkpoint", "log/tile/0/000.p/22", "log/tile/entries/000.p/22"] {
        std::fs::copy(other.folder.path().join(file), server.folder.path().join(file)).unwrap();
    }
    let error = audit(server.folder.path()).unwrap_err();
    assert_eq!((error.index(), error.code(), error.is_the_logs()), (Some(1), "other_content", false));
}

#[test]
fn a_store_without_a_log_is_said_to_be_one() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("nguon.db"), b"not a database").unwrap();
    assert!(matches!(audit(folder.path()), Err(Error::Store(_))));
}
