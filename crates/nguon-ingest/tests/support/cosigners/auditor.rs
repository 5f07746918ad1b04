//! A map auditor that replays the log over the server's own interface.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use nguon_core::SigningKey;
use nguon_core::cbor::split_sequence;
use nguon_core::log::Leaf;
use nguon_core::replay::Replay;
use nguon_core::trust::TrustRoot;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::note::{Note, NoteKey, cosign, merge};
use nguon_tlog::tile::{TileReader, TiledTree};

use super::{now, serve, signer_of};
use crate::live::Client;

/// Replays the log like any map auditor, and cosigns what it finds sound.
pub struct Auditor {
    pub key: SigningKey,
    pub address: SocketAddr,
    pub(super) over: AtomicBool,
    state: Mutex<AuditorState>,
}

#[derive(Default)]
pub struct AuditorState {
    pub(super) server: Option<SocketAddr>,
    pub(super) asleep: bool,
    /// The checkpoint it stands behind, and the note as it was last cosigned.
    pub(super) stands: Option<(String, u64)>,
    pub(super) fault: Option<String>,
    pub size: u64,
}

impl Auditor {
    pub(super) fn start(runtime: &tokio::runtime::Runtime) -> Arc<Self> {
        let mut made = None;
        serve(runtime, |address| {
            let key = SigningKey::from_bytes(&[40; 32]);
            let auditor = Arc::new(Self { key, address, over: AtomicBool::new(false), state: Mutex::default() });
            made = Some(auditor.clone());
            Router::new().route("/{log}/checkpoint", get(audited)).with_state(auditor)
        });
        made.unwrap()
    }

    pub(super) fn state(&self) -> MutexGuard<'_, AuditorState> {
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

    pub(super) fn follow(&self, trust: &TrustRoot) {
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
        let mut roots = split_sequence(&roots).unwrap().into_iter();
        // The versions that were replayed already.
        for _ in 1..replay.roots().versions().len() {
            roots.next();
        }
        for (index, bytes) in (from..).zip(&leaves) {
            let leaf = Leaf::from_bytes(bytes).unwrap();
            let content = match leaf {
                Leaf::Record { .. } => records.iter().find(|(at, _)| *at == index).map(|(_, record)| record.clone()),
                Leaf::Root { .. } if index > 0 => roots.next().map(<[u8]>::to_vec),
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

/// The items of `GET /v1/log/records`.
pub fn indexed(bytes: &[u8]) -> Vec<(u64, Vec<u8>)> {
    use cbor4ii::core::dec::Decode as _;
    let item = |item: &[u8]| {
        assert_eq!(item[0], 0x82, "an array of two");
        let mut reader = cbor4ii::core::utils::SliceReader::new(&item[1..]);
        let index = u64::decode(&mut reader).unwrap();
        let record: cbor4ii::core::types::Bytes<&[u8]> = cbor4ii::core::types::Bytes::decode(&mut reader).unwrap();
        (index, record.0.to_vec())
    };
    split_sequence(bytes).unwrap().into_iter().map(item).collect()
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
