//! What a sequencer does with a store, in memory: closes, signs and cosigns checkpoints, proves bundles. And what an
//! auditor does: replays the log.
#![allow(dead_code, reason = "several test programs share it, each with its own needs")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use nguon_core::admit::Statement;
use nguon_core::bytes::ByteString;
use nguon_core::ids::ChainId;
use nguon_core::log::Leaf;
use nguon_core::prelude::{Options, verify};
use nguon_core::replay::Replay;
use nguon_core::verify::{MapHead, Proof, Verification};
use nguon_store::sqlite::Clock;
use nguon_store::{Closed, MapEntry, OpeningPolicy, Outcome, Store};
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash;
use nguon_tlog::map::Map;
use nguon_tlog::note;
use nguon_tlog::tree::Frontier;

use crate::block_on::block_on;
use crate::world::{NOW, World, log_keys, time};

/// A world with a store for it, whose clock stands still until it is set.
pub struct Scene {
    pub world: World,
    pub store: Arc<dyn Store>,
    clock: Arc<AtomicU64>,
    /// How many of the world's records have been submitted.
    submitted: usize,
}

impl Scene {
    pub fn new(world: World, open: impl FnOnce(&World, Clock) -> Arc<dyn Store>) -> Self {
        let clock = Arc::new(AtomicU64::new(NOW));
        let shown = clock.clone();
        let store = open(&world, Clock::new(move || shown.load(Ordering::SeqCst)));
        Self { world, store, clock, submitted: 0 }
    }

    pub fn set_clock(&self, seconds: u64) {
        self.clock.store(seconds, Ordering::SeqCst);
    }

    pub fn now(&self) -> u64 {
        self.clock.load(Ordering::SeqCst)
    }

    /// The world's records that have not been submitted yet; from here on they have.
    pub fn due(&mut self) -> Vec<Statement> {
        let due = self.world.records[self.submitted..].iter().map(|record| self.world.statement(record)).collect();
        self.submitted = self.world.records.len();
        due
    }

    /// Submits them; all must be taken.
    pub fn submit(&mut self) {
        let due = self.due();
        let outcomes = block_on(self.store.submit(due)).unwrap();
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Accepted(_))), "{outcomes:?}");
    }

    pub fn size(&self) -> u64 {
        block_on(self.store.log_size()).unwrap()
    }

    /// Closes, signs and cosigns a checkpoint; its size.
    pub fn checkpoint(&self) -> u64 {
        let closed = close(&*self.store).unwrap();
        self.publish(closed.size);
        closed.size
    }

    /// Signs and cosigns a closed checkpoint.
    pub fn publish(&self, size: u64) {
        let root = tree(&*self.store, size).root();
        let [log, witness, auditor] = log_keys();
        let origin = "log.example/mau".to_owned();
        let text = Checkpoint { origin: origin.clone(), size, root, extensions: Vec::new() }.to_text();
        let signed = note::sign(&text, &origin, &log);
        block_on(self.store.sign_checkpoint(size, root, note::assemble(&text, std::slice::from_ref(&signed)))).unwrap();
        let lines = [
            signed,
            note::cosign(&text, "witness.example", &witness, self.now()),
            note::cosign(&text, "auditor.example", &auditor, self.now()),
        ];
        block_on(self.store.cosign_checkpoint(size, note::assemble(&text, &lines), time(self.now()))).unwrap();
    }

    /// A batch's bundle with the proof that a server would have given at this size.
    pub fn proven(&self, batch: ChainId, size: u64) -> Vec<u8> {
        let store = &*self.store;
        let logged = block_on(store.logged_bundle(batch, OpeningPolicy::default(), size)).unwrap().unwrap();
        let checkpoint = block_on(store.checkpoint(size)).unwrap().unwrap();
        let mut map = Map::new();
        map.set(&block_on(store.map_contents(size)).unwrap()).unwrap();
        assert_eq!(map.root(), checkpoint.map_root);
        let inclusion = tree(store, size).last_leaf_proof();
        let inclusion = inclusion.iter().flat_map(|hash| *hash.as_bytes()).collect();
        let head = MapHead {
            checkpoint: checkpoint.cosigned.unwrap().note,
            time: checkpoint.map_time,
            root: checkpoint.map_root.into(),
            inclusion: ByteString(inclusion),
        };
        let map = ByteString(map.prove(&logged.keys));
        let proof = Proof { version: 1, head, map, roots: logged.roots, chains: logged.chains };
        let mut bundle = logged.bundle;
        bundle.proof = Some(ByteString(proof.to_bytes().unwrap()));
        bundle.to_bytes().unwrap()
    }

    /// What a reader makes of it.
    pub fn verified(&self, batch: ChainId, size: u64) -> Verification {
        verify(&self.proven(batch, size), &self.world.trust, &Options::at(time(self.now())))
    }

    /// The log as an auditor replays it, every rule checked.
    pub fn replayed(&self) -> Replay {
        let store = &*self.store;
        let mut replay = Replay::new(self.world.trust.clone());
        let records: BTreeMap<u64, Vec<u8>> =
            block_on(store.logged_records(0, u64::MAX)).unwrap().into_iter().collect();
        let roots = store.roots();
        for (index, data) in (0..).zip(block_on(store.leaves(0, u64::MAX)).unwrap()) {
            let leaf = Leaf::from_bytes(&data).unwrap();
            let content = match &leaf {
                Leaf::Record { .. } => Some(records[&index].clone()),
                Leaf::Map { .. } => None,
                Leaf::Root { payload, .. } => {
                    let root = roots.versions().iter().find(|root| root.signed().payload_hash() == *payload);
                    Some(root.unwrap().signed().to_bytes().unwrap())
                }
                Leaf::Fork { evidence, .. } => block_on(store.evidence(*evidence)).unwrap(),
            };
            replay.apply(&leaf, content.as_deref()).unwrap();
        }
        replay
    }
}

/// The tree over the first leaves.
pub fn tree(store: &dyn Store, size: u64) -> Frontier {
    let mut tree = Frontier::new();
    for leaf in block_on(store.leaves(0, size)).unwrap() {
        tree.append(hash::leaf(&leaf));
    }
    assert_eq!(tree.size(), size);
    tree
}

/// Closes a checkpoint over what the store says the map held before and what changed since.
pub fn close(store: &dyn Store) -> Option<Closed> {
    close_and_see(store).map(|(closed, _)| closed)
}

/// The same; also what was handed over as changed.
pub fn close_and_see(store: &dyn Store) -> Option<(Closed, Vec<MapEntry>)> {
    let before = block_on(store.newest_checkpoint()).unwrap().map_or(0, |checkpoint| checkpoint.size);
    let mut map = Map::new();
    map.set(&block_on(store.map_contents(before)).unwrap()).unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sees = seen.clone();
    let prepare = move |changes: &[MapEntry]| {
        sees.lock().unwrap().extend_from_slice(changes);
        map.prepare(changes).root()
    };
    let closed = block_on(store.close(Box::new(prepare))).unwrap()?;
    let changes = std::mem::take(&mut *seen.lock().unwrap());
    Some((closed, changes))
}
