//! `GET /v1/chains/{chain_id}/records`.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::shared::Address;
use super::{App, shared};
use crate::problem::Problem;

/// From where on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct From {
    /// Sequence of the first record wanted: as many as the reader has already.
    #[serde(default)]
    #[param(default = 0)]
    from: u64,
}

impl From {
    pub(super) fn of(asked: Result<Query<Self>, QueryRejection>) -> Result<u64, Problem> {
        let Query(Self { from }) = asked.map_err(|error| Problem::bad_address("from", error.body_text()))?;
        Ok(from)
    }
}

/// The records of a chain, oldest first
///
/// With `from`, those of this sequence and later ones; nothing, if there are none.
#[utoipa::path(
    get, path = "/v1/chains/{chain_id}/records", tag = "chains", operation_id = "get_chain_records",
    params(("chain_id" = String, Path, description = "64 hexadecimal digits"), From),
    responses(
        (status = 200, description = "COSE_Sign1 after COSE_Sign1 (RFC 8742)", body = Vec<u8>, content_type = "application/cbor-seq"),
        (status = 400, description = "Not a chain id or a sequence", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such chain", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn chain_records(
    State(app): State<Arc<App>>,
    Address(id): Address<String>,
    from: Result<Query<From>, QueryRejection>,
) -> Result<Response, Problem> {
    let id = shared::id("chain_id", &id)?;
    let records = app.config.store.records_from(id, From::of(from)?).await?;
    let no_such = || Problem::not_found("no_such_chain", "this server has no such chain");
    let records = records.ok_or_else(no_such)?;
    let headers = [(header::CONTENT_TYPE, shared::CBOR_SEQUENCE), (header::CACHE_CONTROL, shared::REVALIDATE)];
    Ok((headers, records.concat()).into_response())
}
