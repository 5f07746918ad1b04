//! `POST /v1/roots`.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use nguon_core::trust::{RootError, SignedRoot};
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use crate::body;
use crate::problem::Problem;

/// No trust root is longer.
const LONGEST: usize = 512 * 1024;

/// A version of the trust root in the log.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Taken {
    /// Its version.
    version: u64,
    /// Index of its leaf.
    index: u64,
}

/// Submit the next version of the trust root
///
/// Its signatures are its right to be here: those of the thresholds of the version before and of its own. It counts from
/// its leaf on. Posting the same again is harmless.
#[utoipa::path(
    post, path = "/v1/roots", tag = "log", operation_id = "submit_root",
    request_body(content = Vec<u8>, content_type = "application/cbor", description = "A signed root, deterministic CBOR"),
    responses(
        (status = 200, description = "It is in the log", body = Taken),
        (status = 400, description = "The body cannot be decoded", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The deployment has no log", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body did not arrive in time", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another version must come first, or has come already", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too long", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Wrong Content-Type", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "It does not follow the newest version", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available, or the log takes nothing now", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn submit(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let limits = &app.config.limits;
    if body::media_type(&headers).as_deref() != Some("application/cbor") {
        return Err(body::unsupported(&headers, "`application/cbor`", body, limits).await);
    }
    let bytes = body::read(body, LONGEST.min(limits.body), limits).await?;
    let log = app.log()?;
    app.accepts()?;
    let root = SignedRoot::from_bytes(&bytes).map_err(|error| refused(&error))?;
    let payload = root.payload.clone();
    let index = app.config.store.add_root(root).await?.map_err(|error| refused(&error))?;
    log.wake.notify_one();
    let roots = app.config.store.roots();
    let taken = roots.versions().iter().find(|known| known.signed().payload == payload);
    let version = taken.map_or(0, |root| root.payload().version);
    tracing::info!(version, index, "a version of the trust root is in the log");
    Ok(Json(Taken { version, index }).into_response())
}

fn refused(error: &RootError) -> Problem {
    let (status, code, title) = match error {
        RootError::Cbor(_) => (StatusCode::BAD_REQUEST, "bad_root", "The trust root cannot be decoded"),
        RootError::Version { .. } => (StatusCode::CONFLICT, "root_version", "Another version must come here"),
        RootError::Newer(_) => (StatusCode::UNPROCESSABLE_ENTITY, "newer_root", "The trust root needs newer software"),
        _ => (StatusCode::UNPROCESSABLE_ENTITY, "root_refused", "The trust root does not follow the newest version"),
    };
    Problem::new(status, code, title, error.to_string())
}
