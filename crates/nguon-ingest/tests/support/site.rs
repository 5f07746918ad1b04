//! A deployment with a log: its records, its cosigners, and servers that run it one after the other.
#![allow(dead_code, reason = "several test programs share it, each with its own needs")]

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use nguon_core::envelope::SignedRecord;
use nguon_core::ids::ChainId;
use nguon_core::log::Leaf;
use nguon_core::values::Time;
use nguon_core::verify::{Options, Verification, verify};
use nguon_ingest::{Config, Limits, LogConfig, Server, StartError};
use nguon_store::Store;
use nguon_store::sqlite::SqliteStore;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::note::Note;
use nguon_tlog::tree::verify_inclusion;
use serde_json::Value;

use crate::cosigners::{Cosigners, log_key, log_note_key, now};
use crate::live::{Answer, Client};
use crate::world::World;

/// How long a test waits for something that must come. No assertion depends on how soon it does.
const PATIENCE: Duration = Duration::from_secs(120);

pub const COSE: &str = "application/cose";
pub const SEQUENCE: &str = "application/cbor-seq";

pub struct Site {
    pub folder: tempfile::TempDir,
    pub cosigners: Cosigners,
    pub world: World,
}

impl Site {
    pub fn new() -> Self {
        Self::with(Cosigners::new())
    }

    pub fn with(mut cosigners: Cosigners) -> Self {
        let world = World::under(9, Some(cosigners.policy()));
        cosigners.audit(&world.trust);
        Self { folder: tempfile::tempdir().unwrap(), cosigners, world }
    }

    pub fn store_path(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn tiles(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Starts the server, and waits until it publishes.
    pub fn start(&self) -> Running {
        let running = self.start_with(|_| {}).unwrap();
        running.await_state("publishing");
        running
    }

    pub fn start_with(&self, change: impl FnOnce(&mut LogConfig)) -> Result<Running, StartError> {
        self.start_on(&self.store_path(), &self.tiles(), change)
    }

    pub fn start_on(
        &self,
        store: &Path,
        tiles: &Path,
        change: impl FnOnce(&mut LogConfig),
    ) -> Result<Running, StartError> {
        let mut log = LogConfig::new(log_key(), tiles.to_owned());
        log.interval = Duration::from_millis(5);
        log.witness_patience = Duration::from_secs(2);
        change(&mut log);
        let running = Running::start(&self.world, store, Some(log))?;
        self.cosigners.auditor.watch(running.address);
        Ok(running)
    }

    /// All records of the world so far, at once.
    pub fn post_all(&self, running: &Running) -> Answer {
        running.post("/v1/records?atomic=true&wait=60", SEQUENCE, &self.world.sequence())
    }

    /// One more record, to be posted.
    pub fn one_more(&mut self, batch: ChainId, number: usize) -> SignedRecord {
        self.world.list(batch, number);
        self.world.records.last().unwrap().clone()
    }

    /// Verifies a receipt as anyone can who has the keys in the trust root: index of the leaf, and size of the checkpoint.
    pub fn check_receipt(&self, id: &str, proof: &Value) -> (u64, u64) {
        assert_eq!(proof["statement_id"].as_str(), Some(id));
        let note = Note::parse(proof["checkpoint"].as_str().unwrap()).unwrap();
        assert!(note.signed_by(&log_note_key()));
        let witnesses = self.cosigners.witnesses.iter();
        assert!(witnesses.filter(|witness| note.cosigned_by(&witness.note_key()).is_some()).count() >= 3);
        assert!(note.cosigned_by(&self.cosigners.auditor.note_key()).is_some());
        let checkpoint = Checkpoint::parse(note.text()).unwrap();
        let leaf = bytes(&proof["leaf"]);
        let Leaf::Record { log_time, statement } = Leaf::from_bytes(&leaf).unwrap() else { panic!("no record's leaf") };
        assert_eq!((statement.to_string().as_str(), Some(log_time.get())), (id, proof["log_time"].as_u64()));
        let index = proof["index"].as_u64().unwrap();
        let hash = |hex: &Value| Hash::from_bytes(bytes(hex).try_into().unwrap());
        let inclusion: Vec<Hash> = proof["inclusion"].as_array().unwrap().iter().map(hash).collect();
        verify_inclusion(&hash::leaf(&leaf), index, checkpoint.size, &inclusion, &checkpoint.root).unwrap();
        (index, checkpoint.size)
    }

    pub fn verify(&self, bundle: &[u8]) -> Verification {
        let options = Options { online: true, ..Options::at(Time::new(now()).unwrap()) };
        verify(bundle, &self.world.trust, &options)
    }
}

fn bytes(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().unwrap();
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

pub struct Running {
    pub store: Arc<dyn Store>,
    pub address: SocketAddr,
    client: Client,
    runtime: Option<tokio::runtime::Runtime>,
    server: Option<Server>,
}

impl Running {
    pub fn start(world: &World, store: &Path, log: Option<LogConfig>) -> Result<Self, StartError> {
        Self::limited(world, store, log, Limits::default())
    }

    pub fn limited(world: &World, store: &Path, log: Option<LogConfig>, limits: Limits) -> Result<Self, StartError> {
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(store, world.trust.clone()).unwrap());
        Self::over(world, store, log, limits)
    }

    pub fn over(
        world: &World,
        store: Arc<dyn Store>,
        log: Option<LogConfig>,
        limits: Limits,
    ) -> Result<Self, StartError> {
        let config = Config::new("127.0.0.1:0".parse().unwrap(), world.trust.clone(), store.clone());
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let server = runtime.block_on(Server::start(Config { log, limits, ..config }))?;
        let address = server.local_addr();
        let client = Client::new(address);
        Ok(Self { store, address, client, runtime: Some(runtime), server: Some(server) })
    }

    pub fn get(&self, path: &str) -> Answer {
        self.client.send("GET", path, &[], None)
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.client.send("GET", path, headers, None)
    }

    pub fn post(&self, path: &str, media_type: &str, body: &[u8]) -> Answer {
        self.client.send("POST", path, &[("content-type", media_type)], Some(body))
    }

    pub fn put(&self, path: &str, media_type: &str, body: &[u8]) -> Answer {
        self.client.send("PUT", path, &[("content-type", media_type)], Some(body))
    }

    pub fn health(&self) -> Value {
        self.get("/v1/health").json()["log"].clone()
    }

    #[track_caller]
    pub fn await_state(&self, state: &str) {
        self.until(state, || self.health()["state"] == state);
    }

    /// Waits for something that must come.
    #[track_caller]
    pub fn until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let began = Instant::now();
        while !is_so() {
            assert!(began.elapsed() < PATIENCE, "{what} did not come: {:#}", self.health());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The published checkpoint, and its note.
    pub fn checkpoint(&self) -> (Checkpoint, Note) {
        let answer = self.get("/log/checkpoint");
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/plain; charset=utf-8"));
        let note = Note::parse(std::str::from_utf8(&answer.body).unwrap()).unwrap();
        assert!(note.signed_by(&log_note_key()));
        (Checkpoint::parse(note.text()).unwrap(), note)
    }

    pub fn stop(&mut self) {
        if let (Some(server), Some(runtime)) = (self.server.take(), &self.runtime) {
            runtime.block_on(server.shutdown());
        }
    }

    pub fn ask<T>(&self, answer: impl Future<Output = T>) -> T {
        self.runtime.as_ref().unwrap().block_on(answer)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(20));
        }
    }
}
