//! How the log is, for whoever runs it: in `GET /v1/health`, and in the server's own log when it changes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use utoipa::ToSchema;

use super::policy::{Kind, Policy};

/// What the sequencer is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// Too few witnesses have said where they stand: nothing is accepted, for the store may have lost state.
    Starting,
    /// Checkpoints are published as records come.
    Publishing,
    /// Records are accepted, and wait to be published.
    Waiting(String),
    /// Nothing is accepted or published any more.
    Stopped(String),
}

/// How the log is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogHealth {
    /// `publishing`; `waiting` (records are accepted, and published when the reason is gone); `starting` (nothing is
    /// accepted yet) or `stopped` (nothing is accepted any more).
    state: &'static str,
    /// Why it is not publishing.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Number of leaves.
    size: u64,
    /// Number of leaves in the published checkpoint.
    published_size: u64,
    /// Up to when cosigners confirm that it is the newest, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<u64>,
    /// Witnesses that must cosign.
    witnesses_needed: usize,
    /// Witnesses that answered when they were last asked.
    witnesses_answering: usize,
    /// Everybody who cosigns.
    cosigners: Vec<CosignerHealth>,
}

impl LogHealth {
    /// Whether it will publish nothing more.
    pub(crate) fn is_stopped(&self) -> bool {
        self.state == "stopped"
    }
}

/// How somebody who cosigns is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CosignerHealth {
    /// Key name.
    name: String,
    /// `witness` or `auditor`.
    kind: &'static str,
    /// Whether it did what it was last asked.
    answering: bool,
    /// The newest checkpoint it cosigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    /// What was wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

/// What is known now.
#[derive(Debug)]
pub(crate) struct Status(Mutex<Inner>);

#[derive(Debug)]
struct Inner {
    state: State,
    needed: usize,
    cosigners: BTreeMap<String, CosignerHealth>,
}

impl Status {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Inner { state: State::Starting, needed: 0, cosigners: BTreeMap::new() }))
    }

    pub(crate) fn state(&self) -> State {
        self.inner(|inner| inner.state.clone())
    }

    /// Takes a new state up, and tells the operator if it is another one.
    pub(super) fn set(&self, state: State) {
        let changed = self.inner(|inner| std::mem::replace(&mut inner.state, state.clone()) != state);
        if !changed {
            return;
        }
        match state {
            State::Starting => {}
            State::Publishing => tracing::info!("the log publishes"),
            State::Waiting(reason) => {
                tracing::warn!(%reason, "the log waits; records are accepted and published later");
            }
            State::Stopped(reason) => tracing::error!(%reason, "THE LOG HAS STOPPED: nothing is accepted any more"),
        }
    }

    /// Who cosigns from now on.
    pub(super) fn expect(&self, policy: &Policy) {
        self.inner(|inner| {
            inner.needed = policy.threshold;
            let mut known = std::mem::take(&mut inner.cosigners);
            for cosigner in &policy.cosigners {
                let kind = if cosigner.kind == Kind::Witness { "witness" } else { "auditor" };
                let name = cosigner.name().to_owned();
                let problem = cosigner.address.is_none().then(|| "no address is known for it".to_owned());
                let new = CosignerHealth { name: name.clone(), kind, answering: false, size: None, problem };
                inner.cosigners.insert(name.clone(), known.remove(&name).unwrap_or(new));
            }
        });
    }

    /// Somebody answered as it should; with the size it cosigned.
    pub(super) fn answers(&self, name: &str, size: Option<u64>) {
        let was_away = self.inner(|inner| {
            let cosigner = inner.cosigners.get_mut(name)?;
            cosigner.size = size.or(cosigner.size);
            cosigner.answering = true;
            cosigner.problem.take()
        });
        if was_away.is_some() {
            tracing::info!(cosigner = name, "a cosigner answers again");
        }
    }

    /// Somebody did not.
    pub(super) fn fails(&self, name: &str, problem: &str) {
        let is_new = self.inner(|inner| {
            let Some(cosigner) = inner.cosigners.get_mut(name) else { return false };
            cosigner.answering = false;
            cosigner.problem.replace(problem.to_owned()).is_none()
        });
        if is_new {
            tracing::warn!(cosigner = name, problem, "a cosigner does not cosign");
        }
    }

    pub(crate) fn health(&self, size: u64, published: Option<(u64, u64)>) -> LogHealth {
        self.inner(|inner| {
            let (state, reason) = match &inner.state {
                State::Starting => ("starting", Some("too few witnesses have answered yet".to_owned())),
                State::Publishing => ("publishing", None),
                State::Waiting(reason) => ("waiting", Some(reason.clone())),
                State::Stopped(reason) => ("stopped", Some(reason.clone())),
            };
            let cosigners: Vec<CosignerHealth> = inner.cosigners.values().cloned().collect();
            let answering =
                cosigners.iter().filter(|cosigner| cosigner.kind == "witness" && cosigner.answering).count();
            LogHealth {
                state,
                reason,
                size,
                published_size: published.map_or(0, |(size, _)| size),
                as_of: published.map(|(_, as_of)| as_of),
                witnesses_needed: inner.needed,
                witnesses_answering: answering,
                cosigners,
            }
        })
    }

    fn inner<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
