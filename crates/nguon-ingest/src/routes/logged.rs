//! Bundles with their proof from the log, and the proof that a label is nobody's.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use nguon_core::bytes::ByteString;
use nguon_core::ids::ChainId;
use nguon_core::log::{label_key, root_key};
use nguon_core::values::Label;
use nguon_core::verify::{Absence, Bundle, Proof};

use super::{App, shared};
use crate::log::{Head, Log};
use crate::problem::Problem;

/// How often a checkpoint may be published while one answer is put together.
const TRIES: usize = 10;

/// Version of the proofs made here.
const VERSION: u64 = 1;

/// A batch's bundle as of the published checkpoint; `None` if there is no such batch in it.
pub(super) async fn bundle(app: &App, log: &Log, batch: ChainId) -> Result<Option<Bundle>, Problem> {
    for _ in 0..TRIES {
        let head = published(log)?;
        let found = app.config.store.logged_bundle(batch, app.config.policy.clone(), head.size).await?;
        let Some(found) = found else { return Ok(None) };
        let Some(map) = log.published.prove(head.size, &found.keys) else { continue };
        let (roots, chains) = (found.roots, found.chains);
        let proof = Proof { version: VERSION, head: head.for_bundle(), map: ByteString(map), roots, chains };
        let mut bundle = found.bundle;
        bundle.proof = Some(ByteString(proof.to_bytes().map_err(|error| Problem::internal(&error))?));
        return Ok(Some(bundle));
    }
    Err(moving())
}

/// The batch behind a label in the published checkpoint, or the proof that there is none.
pub(super) async fn batch_of_label(app: &App, log: &Log, label: Label) -> Result<Result<ChainId, Absence>, Problem> {
    let store = &app.config.store;
    for _ in 0..TRIES {
        let head = published(log)?;
        if let Some(batch) = store.batch_of_label_at(label.clone(), head.size).await? {
            return Ok(Ok(batch));
        }
        let places = store.root_places(head.size).await?;
        let roots = store.roots();
        let roots = roots.versions().iter().take(places.len()).map(|root| root.signed().clone()).collect();
        let Some(map) = log.published.prove(head.size, &[label_key(&label), root_key()]) else { continue };
        return Ok(Err(Absence { version: VERSION, roots, places, head: head.for_bundle(), map: ByteString(map) }));
    }
    Err(moving())
}

/// `No such lot`, with its proof.
pub(super) fn absent(absence: &Absence) -> Result<Response, Problem> {
    let bytes = absence.to_bytes().map_err(|error| Problem::internal(&error))?;
    let headers = [(header::CONTENT_TYPE, shared::CBOR), (header::CACHE_CONTROL, shared::REVALIDATE)];
    Ok((StatusCode::NOT_FOUND, headers, bytes).into_response())
}

fn published(log: &Log) -> Result<Arc<Head>, Problem> {
    log.published.head().ok_or_else(|| {
        let detail = "the log has not published its first checkpoint yet; try again soon (GET /v1/health says why)";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_published", "Nothing is published yet", detail)
    })
}

fn moving() -> Problem {
    let detail = "checkpoints follow one another too fast for this answer; try again";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "log_busy", "The log is busy", detail)
}
