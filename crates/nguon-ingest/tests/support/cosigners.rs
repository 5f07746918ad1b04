//! Witnesses and a map auditor of a log, on this machine, with what goes wrong with them.
#![allow(dead_code, reason = "several test programs share it, each with its own needs")]

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use nguon_core::SigningKey;
use nguon_core::log::Leaf;
use nguon_core::replay::Replay;
use nguon_core::trust::{LogPolicy, LogVerifier, TrustRoot};
use nguon_core::values::{List, Text};
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::Hash;
use nguon_tlog::note::{Note, NoteKey, cosign, merge};
use nguon_tlog::tile::{TileReader, TiledTree};
use nguon_tlog::witness::{AddCheckpoint, Seen, judge};

use crate::live::Client;

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

/// How a witness behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manner {
    Honest,
    Slow(Duration),
    /// Takes the request and never answers.
    Silent,
    Broken,
    /// Cosigns another text.
    SignsNonsense,
    /// Cosigns with a time two hours ahead.
    AheadOfTime,
    /// Gives another witness's name.
    UnderAnotherName,
    /// Says it has seen this size, and shows nothing of the kind.
    ClaimsSize(u64),
    /// Shows a checkpoint that the log never signed.
    ShowsForgery,
    /// Answers with far more than anybody asked for.
    Endless,
}

pub struct Witness {
    pub name: String,
    pub key: SigningKey,
    pub address: SocketAddr,
    state: Mutex<WitnessState>,
}

#[derive(Default)]
pub struct WitnessState {
    manner: Option<Manner>,
    seen: Option<Seen>,
    /// What it shows to those who ask for its newest checkpoint.
    pub note: Option<String>,
    /// Every checkpoint it cosigned, the same one several times.
    pub cosigned: Vec<u64>,
    pub asked: usize,
    two_histories: Option<String>,
}

impl Witness {
    fn start(runtime: &tokio::runtime::Runtime, number: u8) -> Arc<Self> {
        let mut made = None;
        serve(runtime, |address| {
            let key = SigningKey::from_bytes(&[20 + number; 32]);
            let name = format!("w{number}.example");
            let witness = Arc::new(Self { name, key, address, state: Mutex::default() });
            made = Some(witness.clone());
            let routes = Router::new().route("/add-checkpoint", post(add_checkpoint));
            routes.route("/{log}/checkpoint", get(newest)).with_state(witness)
        });
        made.unwrap()
    }

    pub fn set(&self, manner: Manner) {
        self.state().manner = Some(manner);
    }

    pub fn state(&self) -> MutexGuard<'_, WitnessState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn listed(&self) -> LogVerifier {
        listed(&self.name, &self.key, self.address)
    }

    pub fn note_key(&self) -> NoteKey {
        NoteKey::new(&self.name, self.key.verifying_key().as_bytes()).unwrap()
    }

    /// Makes it forget what it has seen.
    pub fn forget(&self) {
        *self.state() = WitnessState::default();
    }

    /// Takes its memory away, to be given back.
    pub fn take(&self) -> WitnessState {
        std::mem::take(&mut *self.state())
    }

    pub fn give(&self, state: WitnessState) {
        *self.state() = state;
    }

    pub fn size(&self) -> u64 {
        self.state().seen.map_or(0, |seen| seen.size)
    }
}

async fn add_checkpoint(State(witness): State<Arc<Witness>>, body: Bytes) -> Response {
    let manner = {
        let mut state = witness.state();
        state.asked += 1;
        state.manner.clone().unwrap_or(Manner::Honest)
    };
    match manner {
        Manner::Slow(time) => tokio::time::sleep(time).await,
        Manner::Silent => std::future::pending().await,
        Manner::Broken => return (StatusCode::BAD_GATEWAY, "<html>").into_response(),
        Manner::ClaimsSize(size) => {
            let size_type = [(header::CONTENT_TYPE, "text/x.tlog.size")];
            return (StatusCode::CONFLICT, size_type, format!("{size}\n")).into_response();
        }
        Manner::Endless => return vec![b'x'; 8 * 1024 * 1024].into_response(),
        _ => {}
    }
    let request = AddCheckpoint::parse(&body).unwrap();
    let mut state = witness.state();
    match judge(&request, &signer_of(&request.note), ORIGIN, state.seen.as_ref()) {
        Err(refusal) => {
            if matches!(refusal.status(), 422) || refusal.body().contains("two histories") {
                state.two_histories = Some(format!("{}: {refusal} {}", witness.name, request.note));
            }
            let kind = [(header::CONTENT_TYPE, refusal.content_type())];
            (StatusCode::from_u16(refusal.status()).unwrap(), kind, refusal.body()).into_response()
        }
        Ok(checkpoint) => {
            state.seen = Some(Seen { size: checkpoint.size, root: checkpoint.root });
            state.cosigned.push(checkpoint.size);
            let text = checkpoint.to_text();
            let line = match manner {
                Manner::SignsNonsense => cosign("nonsense\n", &witness.name, &witness.key, now()),
                Manner::AheadOfTime => cosign(&text, &witness.name, &witness.key, now() + 7200),
                Manner::UnderAnotherName => cosign(&text, "w0.example", &witness.key, now()),
                _ => cosign(&text, &witness.name, &witness.key, now()),
            };
            let note = Note::parse(&request.note).unwrap();
            state.note = Some(merge(&note, std::slice::from_ref(&line)));
            line.into_response()
        }
    }
}

async fn newest(State(witness): State<Arc<Witness>>, Path(_): Path<String>) -> Response {
    let (manner, note) = {
        let state = witness.state();
        (state.manner.clone(), state.note.clone())
    };
    match manner {
        Some(Manner::Silent) => std::future::pending().await,
        Some(Manner::Broken) => StatusCode::BAD_GATEWAY.into_response(),
        Some(Manner::ShowsForgery) => {
            let forger = SigningKey::from_bytes(&[99; 32]);
            signed(&forger, 1_000_000, Hash::from_bytes([7; 32])).into_response()
        }
        _ => note.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |note| note.into_response()),
    }
}

/// A checkpoint that somebody signed in the log's name.
pub fn signed(key: &SigningKey, size: u64, root: Hash) -> String {
    let text = Checkpoint { origin: ORIGIN.to_owned(), size, root, extensions: Vec::new() }.to_text();
    nguon_tlog::note::assemble(&text, &[nguon_tlog::note::sign(&text, ORIGIN, key)])
}

/// Replays the log like any map auditor, and cosigns what it finds sound.
pub struct Auditor {
    pub key: SigningKey,
    pub address: SocketAddr,
    over: AtomicBool,
    state: Mutex<AuditorState>,
}

#[derive(Default)]
pub struct AuditorState {
    server: Option<SocketAddr>,
    asleep: bool,
    /// The checkpoint it stands behind, and the note as it was last cosigned.
    stands: Option<(String, u64)>,
    fault: Option<String>,
    pub size: u64,
}

impl Auditor {
    fn start(runtime: &tokio::runtime::Runtime) -> Arc<Self> {
        let mut made = None;
        serve(runtime, |address| {
            let key = SigningKey::from_bytes(&[40; 32]);
            let auditor = Arc::new(Self { key, address, over: AtomicBool::new(false), state: Mutex::default() });
            made = Some(auditor.clone());
            Router::new().route("/{log}/checkpoint", get(audited)).with_state(auditor)
        });
        made.unwrap()
    }

    fn state(&self) -> MutexGuard<'_, AuditorState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn watch(&self, server: SocketAddr) {
        self.state().server = Some(server);
    }

    /// While it sleeps it looks at nothing new and cosigns nothing again.
    pub fn sleep(&self, asleep: bool) {
        self.state().asleep = asleep;
    }

    pub fn note_key(&self) -> NoteKey {
        NoteKey::new("auditor.example", self.key.verifying_key().as_bytes()).unwrap()
    }

    fn follow(&self, trust: &TrustRoot) {
        let mut replay = Replay::new(trust.clone());
        while !self.over.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(5));
            let (server, asleep) = {
                let state = self.state();
                (state.server, state.asleep)
            };
            let Some(server) = server.filter(|_| !asleep) else { continue };
            // A server that died under the questions is asked again when it is back.
            match self.look(&mut replay, &Client::impatient(server)) {
                Ok(Some(note)) => {
                    let mut state = self.state();
                    state.size = replay.size();
                    state.stands = Some((note, 0));
                }
                Ok(None) => {}
                Err(Trouble::Away) => {}
                Err(Trouble::Fault(fault)) => {
                    self.state().fault = Some(fault);
                    return;
                }
            }
        }
    }

    fn look(&self, replay: &mut Replay, server: &Client) -> Result<Option<String>, Trouble> {
        let Ok(answer) = server.try_send("GET", "/log/pending", &[], None) else { return Err(Trouble::Away) };
        if answer.status != 200 {
            return Ok(None);
        }
        let text = String::from_utf8(answer.body).unwrap();
        let note = Note::parse(&text).unwrap();
        let fault = |text: String| Trouble::Fault(text);
        if !note.signed_by(&signer_of(&text)) {
            return Err(fault("a pending checkpoint that the log did not sign".to_owned()));
        }
        let checkpoint = Checkpoint::parse(note.text()).unwrap();
        if replay.size() < checkpoint.size {
            self.catch_up(replay, server, checkpoint.size)?;
        }
        replay.check_checkpoint(checkpoint.size, &checkpoint.root).map_err(|found| fault(found.to_string()))?;
        Ok(Some(merge(&note, &[])))
    }

    fn catch_up(&self, replay: &mut Replay, server: &Client, size: u64) -> Result<(), Trouble> {
        let from = replay.size();
        let tiles = TiledTree::new(Tiles(server), size);
        let mut leaves: Vec<Vec<u8>> = Vec::new();
        for bundle in from / 256..=(size - 1) / 256 {
            let entries = tiles.entries(bundle).map_err(|_| Trouble::Away)?;
            let known = usize::try_from(from.saturating_sub(bundle * 256)).unwrap();
            leaves.extend(entries.into_iter().skip(known));
        }
        let records = contents(server, from, size)?;
        let roots = get_bytes(server, "/v1/log/roots")?;
        let mut roots = sequence(&roots).into_iter();
        // The versions that were replayed already.
        for _ in 1..replay.roots().versions().len() {
            roots.next();
        }
        for (index, bytes) in (from..).zip(&leaves) {
            let leaf = Leaf::from_bytes(bytes).unwrap();
            let content = match leaf {
                Leaf::Record { .. } => records.iter().find(|(at, _)| *at == index).map(|(_, record)| record.clone()),
                Leaf::Root { .. } if index > 0 => roots.next(),
                Leaf::Fork { evidence, .. } => {
                    Some(get_bytes(server, &format!("/v1/evidence/{}", nguon_core::bytes::to_hex(&evidence)))?)
                }
                _ => None,
            };
            let applied = replay.apply(&leaf, content.as_deref());
            applied.map_err(|found| Trouble::Fault(format!("leaf {index}: {found}")))?;
        }
        Ok(())
    }
}

enum Trouble {
    Away,
    Fault(String),
}

struct Tiles<'a>(&'a Client);

impl TileReader for Tiles<'_> {
    type Error = ();

    fn read(&self, path: &str) -> Result<Vec<u8>, ()> {
        let answer = self.0.try_send("GET", &format!("/log/{path}"), &[], None).map_err(|_| ())?;
        if answer.status == 200 { Ok(answer.body) } else { Err(()) }
    }
}

fn get_bytes(server: &Client, path: &str) -> Result<Vec<u8>, Trouble> {
    let answer = server.try_send("GET", path, &[], None).map_err(|_| Trouble::Away)?;
    if answer.status == 200 { Ok(answer.body) } else { Err(Trouble::Away) }
}

fn contents(server: &Client, from: u64, to: u64) -> Result<Vec<(u64, Vec<u8>)>, Trouble> {
    let mut all = Vec::new();
    for at in (from..to).step_by(500) {
        let count = 500.min(to - at);
        all.extend(indexed(&get_bytes(server, &format!("/v1/log/records/{at}/{count}"))?));
    }
    Ok(all)
}

/// The items of a CBOR sequence.
pub fn sequence(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    use cbor4ii::core::dec::{Decode as _, IgnoredAny, Read as _};
    let mut items = Vec::new();
    while !bytes.is_empty() {
        let mut reader = cbor4ii::core::utils::SliceReader::new(bytes);
        IgnoredAny::decode(&mut reader).unwrap();
        let left = reader.fill(usize::MAX).unwrap().as_ref().len();
        items.push(bytes[..bytes.len() - left].to_vec());
        bytes = &bytes[bytes.len() - left..];
    }
    items
}

/// The items of `GET /v1/log/records`.
pub fn indexed(bytes: &[u8]) -> Vec<(u64, Vec<u8>)> {
    use cbor4ii::core::dec::Decode as _;
    let item = |item: Vec<u8>| {
        assert_eq!(item[0], 0x82, "an array of two");
        let mut reader = cbor4ii::core::utils::SliceReader::new(&item[1..]);
        let index = u64::decode(&mut reader).unwrap();
        let record: cbor4ii::core::types::Bytes<&[u8]> = cbor4ii::core::types::Bytes::decode(&mut reader).unwrap();
        (index, record.0.to_vec())
    };
    sequence(bytes).into_iter().map(item).collect()
}

async fn audited(State(auditor): State<Arc<Auditor>>, Path(_): Path<String>) -> Response {
    let mut state = auditor.state();
    let asleep = state.asleep;
    let Some((note, cosigned_at)) = &mut state.stands else { return StatusCode::NOT_FOUND.into_response() };
    if *cosigned_at != now() && !asleep {
        let log_only = Note::parse(note).unwrap();
        let own = log_only.signatures().iter().take(1).map(|line| line.to_line());
        let line = cosign(log_only.text(), "auditor.example", &auditor.key, now());
        let lines: Vec<String> = own.chain([line]).collect();
        *note = nguon_tlog::note::assemble(log_only.text(), &lines);
        *cosigned_at = now();
    }
    note.clone().into_response()
}
