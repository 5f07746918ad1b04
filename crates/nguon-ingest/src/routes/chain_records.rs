//! `GET /v1/chains/{chain_id}/records`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::shared::Address;
use super::{App, shared};
use crate::problem::Problem;

/// All records of a chain, oldest first
#[utoipa::path(
    get, path = "/v1/chains/{chain_id}/records", tag = "chains", operation_id = "get_chain_records",
    params(("chain_id" = String, Path, description = "64 hexadecimal digits")),
    responses(
        (status = 200, description = "COSE_Sign1 after COSE_Sign1 (RFC 8742)", body = Vec<u8>, content_type = "application/cbor-seq"),
        (status = 400, description = "Not a chain id", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such chain", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn chain_records(
    State(app): State<Arc<App>>,
    Address(id): Address<String>,
) -> Result<Response, Problem> {
    let id = shared::id("chain_id", &id)?;
    let records = app.config.store.records(id).await?;
    if records.is_empty() {
        return Err(Problem::not_found("no_such_chain", "this server has no such chain"));
    }
    let headers = [(header::CONTENT_TYPE, shared::CBOR_SEQUENCE), (header::CACHE_CONTROL, shared::REVALIDATE)];
    Ok((headers, records.concat()).into_response())
}
