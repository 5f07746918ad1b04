//! `graph.bundle_500`, `graph.first_stage`, `graph.verify_500`, `graph.verify_500_two`: a labelled batch packed from a lot
//! that was merged from 500 households' batches, some 7,000 records with their proof from the log.

use std::sync::atomic::{AtomicUsize, Ordering};

use nguon_bench_wasm::Subject;
use nguon_core::bytes::ByteString;
use nguon_core::verify::{Bundle, MapHead, Proof, stages};
use nguon_store::sqlite::SqliteStore;
use nguon_store::{OpeningPolicy, Store as _};
use nguon_tlog::hash;
use nguon_tlog::map::Map;
use nguon_tlog::tree::Frontier;
use xtask_bench::best::{Best, number};
use xtask_bench::figures::{AtMost, Wanted, report};
use xtask_bench::native;
use xtask_bench::root::{policy, trust};

use crate::made::Made;
use crate::wait;

/// Milliseconds in which the bundle is to be there.
const WAIT: f64 = 300.0;
/// Bytes of the first stage.
const STAGE: f64 = 600.0 * 1024.0;
/// What verifying may take of its signatures alone.
const RATIO: f64 = 1.15;

const ROUNDS: usize = 20;
const THREADS: usize = 2;
/// Signatures that a thread takes up at a time: so many pieces.
const CHUNK: usize = 6;
/// Leaves that are read at a time.
const LEAVES: u64 = 50_000;

pub fn measure(wanted: &Wanted, made: &Made, store: &SqliteStore) {
    let names = ["graph.bundle_500", "graph.first_stage", "graph.verify_500", "graph.verify_500_two"];
    if !names.iter().any(|name| wanted.has(name)) {
        return;
    }
    let published = Published::read(store);
    let mut best = Best::of(1);
    let mut bytes = Vec::new();
    for _ in 0..ROUNDS {
        bytes = best.time_on_core(0, || published.bundle(store, made));
    }
    let bundle = Bundle::from_bytes(&bytes).expect("a bundle");
    let (chains, records) = (bundle.chains.len(), bundle.record_count());
    eprintln!("graph: the bundle has {records} records in {chains} chains, {} bytes", bytes.len());
    if wanted.has(names[0]) {
        report(names[0], best.seconds() * 1e3, "ms", Some(AtMost { ratio: 1.0, of: WAIT }));
    }
    if wanted.has(names[1]) {
        let stages = stages(bundle, trust(Some(policy(&[]))).deployment()).expect("stages");
        report(names[1], number(stages[0].len()), "bytes", Some(AtMost { ratio: 1.0, of: STAGE }));
    }
    let root = trust(Some(policy(&[]))).signed().to_bytes().expect("a root");
    let mut subject = Subject::new(&root, bytes);
    if wanted.has(names[2]) {
        let times = native::times(&mut subject);
        report(names[2], times.whole, "ms", Some(AtMost { ratio: RATIO, of: times.signatures }));
    }
    if wanted.has(names[3]) {
        let (whole, signatures) = on_two_threads(&subject);
        report(names[3], whole, "ms", Some(AtMost { ratio: RATIO, of: signatures }));
    }
}

/// The newest checkpoint with its map and tree, as a server holds them.
struct Published {
    size: u64,
    map: Map,
    head: MapHead,
}

impl Published {
    fn read(store: &SqliteStore) -> Self {
        let newest = wait(store.newest_cosigned()).expect("a store that works").expect("a checkpoint");
        let size = newest.size;
        let mut map = Map::new();
        map.set(&wait(store.map_contents(size)).expect("a store that works")).expect("room");
        assert_eq!(map.root(), newest.map_root);
        let mut tree = Frontier::new();
        while tree.size() < size {
            let leaves = wait(store.leaves(tree.size(), LEAVES.min(size - tree.size()))).expect("a store that works");
            leaves.iter().for_each(|leaf| tree.append(hash::leaf(leaf)));
        }
        let inclusion = tree.last_leaf_proof().iter().flat_map(|hash| *hash.as_bytes()).collect();
        let head = MapHead {
            checkpoint: newest.cosigned.expect("a cosigned note").note,
            time: newest.map_time,
            root: newest.map_root.into(),
            inclusion: ByteString(inclusion),
        };
        Self { size, map, head }
    }

    /// All that a server does for the request, but for HTTP.
    fn bundle(&self, store: &SqliteStore, made: &Made) -> Vec<u8> {
        let found = wait(store.logged_bundle(made.merged, OpeningPolicy::default(), self.size));
        let found = found.expect("a store that works").expect("a batch");
        let map = ByteString(self.map.prove(&found.keys));
        let (roots, chains) = (found.roots, found.chains);
        let proof = Proof { version: 1, head: self.head.clone(), map, roots, chains };
        let mut bundle = found.bundle;
        bundle.proof = Some(ByteString(proof.to_bytes().expect("a proof")));
        bundle.to_bytes().expect("a bundle")
    }
}

/// Milliseconds of the verifier, and of the signatures alone, with the signatures on two threads; the best of both.
fn on_two_threads(subject: &Subject) -> (f64, f64) {
    let (mut whole, mut signatures) = (Best::of(1), Best::of(1));
    for _ in 0..ROUNDS {
        whole.time(0, || {
            subject.verify_with(|jobs| each_on_threads(jobs.len(), CHUNK * Subject::PIECE, |job| jobs[job].check()));
        });
        signatures.time(0, || each_on_threads(subject.pieces(), CHUNK, |piece| subject.signatures(piece)));
    }
    (whole.seconds() * 1e3, signatures.seconds() * 1e3)
}

/// Does so many things on threads that take up the next ones as they come free.
fn each_on_threads(count: usize, chunk: usize, work: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    let take = || {
        loop {
            let from = next.fetch_add(chunk, Ordering::Relaxed);
            if from >= count {
                return;
            }
            (from..count.min(from + chunk)).for_each(&work);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..THREADS {
            scope.spawn(take);
        }
        take();
    });
}
