//! The province in a server's store: made once, kept under `target/bench`.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use nguon_core::SigningKey;
use nguon_core::admit::Statement;
use nguon_core::ids::ChainId;
use nguon_core::opening::PersonalOpening;
use nguon_core::record::Anchor;
use nguon_core::values::Time;
use nguon_store::sqlite::{Clock, SqliteStore, Tuning};
use nguon_store::{Answer, GroupRefusal, Outcome, Store as _};
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::map::{Map, Update};
use nguon_tlog::note::{assemble, cosign, sign};
use nguon_tlog::tree::Frontier;
use xtask_bench::province::{self, Sink, Size, Written};
use xtask_bench::root::{COSIGNERS, ISSUED, ORIGIN, cosigner_keys, log_key, policy, time, trust};

use crate::wait;

const SEED: u64 = 20_260_615;

/// Groups of records that the writer has before it.
const AHEAD: usize = 40;

/// A province on disk.
pub struct Made {
    /// Where its store is.
    pub folder: PathBuf,
    /// See [`Written::merged`].
    pub merged: ChainId,
}

/// The province, made anew if it is not there.
pub fn made() -> Made {
    let name = format!("province-{}-{SEED}", province::VERSION);
    // target/tmp is cargo's; beside it, so that tests that clear up leave it alone.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench").join(name);
    let note = folder.join("province.json");
    if let Ok(note) = std::fs::read(&note) {
        let note: serde_json::Value = serde_json::from_slice(&note).expect("a note on the province");
        let merged = note["merged"].as_str().and_then(|id| id.parse().ok()).expect("a batch");
        return Made { folder, merged };
    }
    // One that was not finished.
    let _ = std::fs::remove_dir_all(&folder);
    let written = make(&folder, Size::PROVINCE);
    let Written { merged, records, batches, plots, keys } = written;
    let said = serde_json::json!({"merged": merged.to_string(), "records": records, "batches": batches,
        "plots": plots, "keys": keys});
    std::fs::write(note, said.to_string()).expect("a note on the province");
    Made { folder, merged }
}

fn make(folder: &Path, size: Size) -> Written {
    let trust = trust(Some(policy(&[])));
    let clock = Arc::new(AtomicU64::new(ISSUED));
    let shown = clock.clone();
    let tuning = Tuning {
        // A province's worth of chains: what is measured is not the making.
        cached_chains: 400_000.try_into().expect("some"),
        clock: Clock::new(move || shown.load(Ordering::SeqCst)),
        ..Tuning::default()
    };
    let store = SqliteStore::open_tuned(folder, trust.clone(), tuning).expect("a store");
    let mut sink = StoreSink {
        store: &store,
        clock,
        started: Instant::now(),
        pending: VecDeque::new(),
        taken: 0,
        tree: Frontier::new(),
        map: Arc::default(),
    };
    let written = province::write(size, SEED, &trust, &mut sink);
    eprintln!("{written:?} in {:.0} s", sink.started.elapsed().as_secs_f64());
    written
}

type Taken<'s> = Answer<'s, Result<Vec<Outcome>, GroupRefusal>>;

struct StoreSink<'s> {
    store: &'s SqliteStore,
    clock: Arc<AtomicU64>,
    started: Instant,
    pending: VecDeque<Taken<'s>>,
    taken: usize,
    /// Over all leaves of closed checkpoints.
    tree: Frontier,
    map: Arc<Mutex<(Map, Option<Update>)>>,
}

impl StoreSink<'_> {
    fn settle(&mut self, left: usize) {
        while self.pending.len() > left
            && let Some(answer) = self.pending.pop_front()
        {
            let outcomes = wait(answer).expect("a store that works");
            self.taken += outcomes.unwrap_or_else(|refused| panic!("{refused:?}")).len();
        }
    }

    fn sign(&self, size: u64, root: Hash) -> [String; 2] {
        let text = Checkpoint { origin: ORIGIN.into(), size, root, extensions: Vec::new() }.to_text();
        let signed = sign(&text, ORIGIN, &log_key());
        let now = self.clock.load(Ordering::SeqCst);
        let by = |(name, key): (&str, SigningKey)| cosign(&text, name, &key, now);
        let cosigned: Vec<String> =
            std::iter::once(signed.clone()).chain(COSIGNERS.into_iter().zip(cosigner_keys()).map(by)).collect();
        [assemble(&text, &[signed]), assemble(&text, &cosigned)]
    }
}

impl Sink for StoreSink<'_> {
    fn set_time(&mut self, now: Time) {
        self.settle(0);
        self.clock.store(now.get(), Ordering::SeqCst);
    }

    fn take(&mut self, statements: Vec<Statement>) {
        self.pending.push_back(self.store.submit_group(statements));
        self.settle(AHEAD);
    }

    fn open(&mut self, openings: Vec<PersonalOpening>) {
        self.settle(0);
        let count = openings.len();
        let kept = wait(self.store.store_openings(openings)).expect("a store that works");
        assert_eq!(kept, Ok(count));
    }

    fn close(&mut self) -> Anchor {
        self.settle(0);
        let map = self.map.clone();
        let prepare = move |changes: &[_]| {
            let mut map = map.lock().unwrap_or_else(PoisonError::into_inner);
            let update = map.0.prepare(changes);
            let root = update.root();
            map.1 = Some(update);
            root
        };
        let closed = wait(self.store.close(Box::new(prepare))).expect("a store that works").expect("a checkpoint");
        let mut map = self.map.lock().unwrap_or_else(PoisonError::into_inner);
        let update = map.1.take().expect("an update");
        map.0.apply(update).expect("room");
        drop(map);
        closed.leaves.iter().for_each(|leaf| self.tree.append(hash::leaf(leaf)));
        let root = self.tree.root();
        let [signed, cosigned] = self.sign(closed.size, root);
        wait(self.store.sign_checkpoint(closed.size, root, signed)).expect("a store that works");
        let as_of = time(self.clock.load(Ordering::SeqCst));
        wait(self.store.cosign_checkpoint(closed.size, cosigned, as_of)).expect("a store that works");
        let seconds = self.started.elapsed().as_secs_f64();
        eprintln!("province: {:>7} records, {seconds:.0} s", self.taken);
        Anchor { size: closed.size, root: root.into() }
    }
}
