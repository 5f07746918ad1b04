//! `GET /v1/chains/{chain_id}`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::record::ChainKind;
use serde::Serialize;
use utoipa::ToSchema;

use super::shared::Address;
use super::{App, shared};
use crate::problem::Problem;

/// A chain's newest record.
#[derive(Debug, Serialize, ToSchema)]
struct ChainHead {
    #[schema(value_type = String)]
    chain: ChainId,
    /// `actor`, `place` or `batch`.
    #[schema(value_type = String)]
    kind: ChainKind,
    /// Sequence of the newest record.
    sequence: u64,
    /// Statement id of the newest record.
    #[schema(value_type = String)]
    head: StatementId,
}

/// A chain's newest record, to sign the next one on
#[utoipa::path(
    get, path = "/v1/chains/{chain_id}", tag = "chains", operation_id = "get_chain",
    params(("chain_id" = String, Path, description = "64 hexadecimal digits")),
    responses(
        (status = 200, description = "The chain's head", body = ChainHead),
        (status = 400, description = "Not a chain id", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such chain", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn chain_head(State(app): State<Arc<App>>, Address(id): Address<String>) -> Result<Response, Problem> {
    let id = shared::id("chain_id", &id)?;
    let no_such = || Problem::not_found("no_such_chain", "this server has no such chain");
    let found = app.config.store.head(id).await?.ok_or_else(no_such)?;
    let head = ChainHead { chain: found.chain, kind: found.kind, sequence: found.sequence, head: found.head };
    Ok(([(header::CACHE_CONTROL, shared::REVALIDATE)], Json(head)).into_response())
}
