//! From a chain: `GET /v1/trace/{direction}/batch/{chain_id}`, `…/place/…` and `…/actor/…`.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use nguon_store::Origin;

use super::{Asked, Extent, walk};
use crate::problem::Problem;
use crate::routes::App;
use crate::routes::shared::{self, Address};

/// Where a batch came from and where it went
///
/// NDJSON (one object a line), breadth first, ties by chain id: `{"start":[…],"direction":…,"as_of":…}`, then
/// `{"node":…}`, `{"edge":…}` and `{"name":…}`, each node before its edges, and last `{"end":{"nodes":…,"edges":…,"cut":…}}`;
/// an answer without that line is not all. Grams are effective values, corrections counted. This is the server's word: a
/// batch's own bundle proves where it came from.
#[utoipa::path(
    get, path = "/v1/trace/{direction}/batch/{chain_id}", tag = "trace", operation_id = "trace_batch",
    params(
        ("direction" = String, Path, description = "`back`, `forward` or `both`"),
        ("chain_id" = String, Path, description = "64 hexadecimal digits"),
        Extent,
    ),
    responses(
        (status = 200, description = "The walk's lines", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "Not a direction, a chain id or a number of edges", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such batch", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(in crate::routes) async fn trace_batch(
    State(app): State<Arc<App>>,
    Address((direction, chain)): Address<(String, String)>,
    extent: Result<Query<Extent>, QueryRejection>,
) -> Result<Response, Problem> {
    let asked = Asked::new(&direction, extent)?;
    let unknown = Problem::not_found("no_such_batch", "this server has no such batch");
    walk(&app, Origin::Batch(shared::id("chain_id", &chain)?), asked, unknown).await
}

/// Where the fruit of a growing area or plot went, or what passed through a packing house
///
/// A walk from a packing house begins at it and at every batch that names it. Lines as `GET
/// /v1/trace/{direction}/batch/{chain_id}` describes them.
#[utoipa::path(
    get, path = "/v1/trace/{direction}/place/{chain_id}", tag = "trace", operation_id = "trace_place",
    params(
        ("direction" = String, Path, description = "`back`, `forward` or `both`"),
        ("chain_id" = String, Path, description = "64 hexadecimal digits"),
        Extent,
    ),
    responses(
        (status = 200, description = "The walk's lines", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "Not a direction, a chain id or a number of edges", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such place", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(in crate::routes) async fn trace_place(
    State(app): State<Arc<App>>,
    Address((direction, chain)): Address<(String, String)>,
    extent: Result<Query<Extent>, QueryRejection>,
) -> Result<Response, Problem> {
    let asked = Asked::new(&direction, extent)?;
    let detail = "this server has no growing area, plot or packing house of this id";
    let unknown = Problem::not_found("no_such_place", detail);
    walk(&app, Origin::Place(shared::id("chain_id", &chain)?), asked, unknown).await
}

/// All that passed through an actor's hands
///
/// The walk begins at the batches it owns, the plots it keeps and the places whose codes it holds. Lines as `GET
/// /v1/trace/{direction}/batch/{chain_id}` describes them.
#[utoipa::path(
    get, path = "/v1/trace/{direction}/actor/{chain_id}", tag = "trace", operation_id = "trace_actor",
    params(
        ("direction" = String, Path, description = "`back`, `forward` or `both`"),
        ("chain_id" = String, Path, description = "64 hexadecimal digits"),
        Extent,
    ),
    responses(
        (status = 200, description = "The walk's lines", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "Not a direction, a chain id or a number of edges", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such actor", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(in crate::routes) async fn trace_actor(
    State(app): State<Arc<App>>,
    Address((direction, chain)): Address<(String, String)>,
    extent: Result<Query<Extent>, QueryRejection>,
) -> Result<Response, Problem> {
    let asked = Asked::new(&direction, extent)?;
    let unknown = Problem::not_found("no_such_actor", "this server has no such actor");
    walk(&app, Origin::Actor(shared::id("chain_id", &chain)?), asked, unknown).await
}
