//! `GET /v1/evidence/{hash}`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use nguon_core::ids::RootHash;

use super::shared::Address;
use super::{App, shared};
use crate::problem::Problem;

/// Evidence that somebody signed two histories
///
/// By the hash that a fork leaf of the log holds.
#[utoipa::path(
    get, path = "/v1/evidence/{hash}", tag = "log", operation_id = "get_evidence",
    params(("hash" = String, Path, description = "64 hexadecimal digits")),
    responses(
        (status = 200, description = "Array of the two COSE_Sign1, deterministic CBOR", body = Vec<u8>, content_type = "application/cbor"),
        (status = 400, description = "Not a hash", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such evidence", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn evidence(State(app): State<Arc<App>>, Address(hash): Address<String>) -> Result<Response, Problem> {
    let hash: RootHash = shared::id("hash", &hash)?;
    let found = app.config.store.evidence(*hash.as_bytes()).await?;
    let bytes = found.ok_or_else(|| Problem::not_found("no_such_evidence", "this server has no such evidence"))?;
    let headers = [(header::CONTENT_TYPE, shared::CBOR), (header::CACHE_CONTROL, shared::FOREVER)];
    Ok((headers, bytes).into_response())
}
