//! Witnesses and a map auditor of a log, on this machine, with what goes wrong with them.
#![allow(dead_code, reason = "several test programs share it, each with its own needs")]

#[path = "cosigners/auditor.rs"]
mod auditor;
#[path = "cosigners/witness.rs"]
mod witness;

#[allow(unused_imports, reason = "each program has its own needs")]
pub use auditor::{Auditor, indexed};
#[allow(unused_imports, reason = "each program has its own needs")]
pub use witness::{Manner, Witness, WitnessState};

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use nguon_core::SigningKey;
use nguon_core::trust::{LogPolicy, LogVerifier, TrustRoot};
use nguon_core::values::{List, Text};
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::Hash;
use nguon_tlog::note::{Note, NoteKey};

pub const ORIGIN: &str = "log.example/mau";

/// The log's key.
pub fn log_key() -> SigningKey {
    SigningKey::from_bytes(&[50; 32])
}

pub fn log_note_key() -> NoteKey {
    NoteKey::new(ORIGIN, log_key().verifying_key().as_bytes()).unwrap()
}

/// The log's key after its rotation, where there is one.
pub fn next_log_key() -> SigningKey {
    SigningKey::from_bytes(&[51; 32])
}

/// The log's key that signed a note; the first one if none did.
fn signer_of(note: &str) -> NoteKey {
    let next = NoteKey::new(ORIGIN, next_log_key().verifying_key().as_bytes()).unwrap();
    let by_next = Note::parse(note).is_ok_and(|note| note.signed_by(&next));
    if by_next { next } else { log_note_key() }
}

/// Unix seconds.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// Four witnesses, three of whom must cosign, and one map auditor.
pub struct Cosigners {
    runtime: Option<tokio::runtime::Runtime>,
    pub witnesses: Vec<Arc<Witness>>,
    pub auditor: Arc<Auditor>,
    auditing: Option<std::thread::JoinHandle<()>>,
}

impl Cosigners {
    pub fn new() -> Self {
        Self::many(4)
    }

    pub fn many(count: u8) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let witnesses = (0..count).map(|number| Witness::start(&runtime, number)).collect();
        let auditor = Auditor::start(&runtime);
        Self { runtime: Some(runtime), witnesses, auditor, auditing: None }
    }

    pub fn add_witness(&mut self) -> Arc<Witness> {
        let number = u8::try_from(self.witnesses.len()).unwrap();
        let witness = Witness::start(self.runtime.as_ref().unwrap(), number);
        self.witnesses.push(witness.clone());
        witness
    }

    /// Who must have seen a checkpoint, with their addresses.
    pub fn policy(&self) -> LogPolicy {
        LogPolicy {
            origin: ORIGIN.parse().unwrap(),
            key: (&log_key()).into(),
            witnesses: List::new(self.witnesses.iter().map(|witness| witness.listed()).collect()).unwrap(),
            witness_threshold: 3,
            auditors: List::of_one(listed("auditor.example", &self.auditor.key, self.auditor.address)),
            fresh_online: 3_600,
            fresh_offline: 86_400,
        }
    }

    /// The auditor replays the log of this deployment, wherever the server happens to be.
    pub fn audit(&mut self, trust: &TrustRoot) {
        let (auditor, trust) = (self.auditor.clone(), trust.clone());
        self.auditing = Some(std::thread::spawn(move || auditor.follow(&trust)));
    }

    /// The auditor forgets what it has seen. Its replay goes on from where it is.
    pub fn forget_audit(&self) {
        let mut state = self.auditor.state();
        state.stands = None;
        state.server = None;
        state.asleep = true;
    }

    /// Nobody saw two histories.
    pub fn agree(&self) {
        for witness in &self.witnesses {
            let state = witness.state();
            assert!(state.two_histories.is_none(), "{:?}", state.two_histories);
        }
        let fault = self.auditor.state().fault.clone();
        assert!(fault.is_none(), "the auditor found: {fault:?}");
    }
}

impl Drop for Cosigners {
    fn drop(&mut self) {
        self.auditor.over.store(true, Ordering::SeqCst);
        if let Some(auditing) = self.auditing.take() {
            let _ = auditing.join();
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn listed(name: &str, key: &SigningKey, address: SocketAddr) -> LogVerifier {
    let url: Text = format!("http://{address}").parse().unwrap();
    LogVerifier { name: name.parse().unwrap(), key: key.into(), url: Some(url) }
}

fn serve(runtime: &tokio::runtime::Runtime, make: impl FnOnce(SocketAddr) -> Router) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let router = make(address);
    runtime.spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        axum::serve(listener, router).await.unwrap();
    });
    address
}

/// A checkpoint that somebody signed in the log's name.
pub fn signed(key: &SigningKey, size: u64, root: Hash) -> String {
    let text = Checkpoint { origin: ORIGIN.to_owned(), size, root, extensions: Vec::new() }.to_text();
    nguon_tlog::note::assemble(&text, &[nguon_tlog::note::sign(&text, ORIGIN, key)])
}
