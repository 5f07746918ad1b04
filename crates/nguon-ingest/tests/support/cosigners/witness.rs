//! A witness, with all that a witness may do wrong.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use nguon_core::SigningKey;
use nguon_core::trust::LogVerifier;
use nguon_tlog::hash::Hash;
use nguon_tlog::note::{Note, NoteKey, cosign, merge};
use nguon_tlog::witness::{AddCheckpoint, Seen, judge};

use super::{ORIGIN, listed, now, serve, signed, signer_of};

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
    pub(super) two_histories: Option<String>,
}

impl Witness {
    pub(super) fn start(runtime: &tokio::runtime::Runtime, number: u8) -> Arc<Self> {
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
