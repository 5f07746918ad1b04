//! `GET /v1/chains/{chain_id}/positions`.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use nguon_core::ids::ChainId;
use serde::Serialize;
use utoipa::ToSchema;

use super::chain_records::From;
use super::shared::Address;
use super::{App, shared};
use crate::problem::Problem;

/// Where records of a chain stand in the log.
#[derive(Debug, Serialize, ToSchema)]
struct Positions {
    #[schema(value_type = String)]
    chain: ChainId,
    /// Sequence of the first of them.
    from: u64,
    /// `[index, log time, anchor time]` of each, one after the other; times are Unix seconds, the anchor's 0 where a record
    /// names none. Empty in a deployment without a log.
    positions: Vec<[u64; 3]>,
}

/// Where a chain's records stand in the log, published or not
///
/// When the log took a record, and when the checkpoint it names was closed, decides which claimed times count. This is the
/// server's word: `GET /v1/receipts/{statement_id}` gives the proof of one, a bundle that of all.
#[utoipa::path(
    get, path = "/v1/chains/{chain_id}/positions", tag = "chains", operation_id = "get_chain_positions",
    params(("chain_id" = String, Path, description = "64 hexadecimal digits"), From),
    responses(
        (status = 200, description = "The places", body = Positions),
        (status = 400, description = "Not a chain id or a sequence", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such chain", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn chain_positions(
    State(app): State<Arc<App>>,
    Address(id): Address<String>,
    from: Result<Query<From>, QueryRejection>,
) -> Result<Response, Problem> {
    let chain: ChainId = shared::id("chain_id", &id)?;
    let from = From::of(from)?;
    let found = app.config.store.positions(chain, from).await?;
    let found = found.ok_or_else(|| Problem::not_found("no_such_chain", "this server has no such chain"))?;
    let positions = found.iter().map(|at| [at.index, at.log_time.get(), at.anchor_time.get()]).collect();
    Ok(([(header::CACHE_CONTROL, shared::REVALIDATE)], Json(Positions { chain, from, positions })).into_response())
}
