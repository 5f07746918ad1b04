//! `GET /v1/log/consistency/{old}/{new}`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use nguon_tlog::tree;

use super::shared::Address;
use super::{App, log_tile, shared};
use crate::log::concat;
use crate::problem::Problem;

const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// The proof that the log of one size continues the log of another
///
/// RFC 6962 §2.1.2. Anyone can make it from tiles; this spares a browser the reading.
#[utoipa::path(
    get, path = "/v1/log/consistency/{old}/{new}", tag = "log", operation_id = "get_consistency",
    params(
        ("old" = u64, Path, description = "Size of the earlier tree"),
        ("new" = u64, Path, description = "Size of the later tree, at most the newest checkpoint's"),
    ),
    responses(
        (status = 200, description = "Hashes of 32 bytes one after the other", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 400, description = "Not two sizes, the earlier one first", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The log is not that large, or the deployment has none", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "A tile cannot be read", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn consistency(
    State(app): State<Arc<App>>,
    Address((old, new)): Address<(u64, u64)>,
) -> Result<Response, Problem> {
    let log = app.log()?;
    if old > new {
        return Err(Problem::bad_address("old", format!("a tree of {old} leaves is no beginning of one of {new}")));
    }
    let size = log.published.head().map_or(0, |head| head.size);
    if new > size {
        let detail = format!("the published log has {size} leaves, and not yet {new}");
        return Err(Problem::not_found("not_published", detail));
    }
    let tiles = log.tiles.clone();
    let proof = tokio::task::spawn_blocking(move || {
        let tree = tiles.tree(new);
        tree::consistency_proof(&tree, old, new).map_err(|error| log_tile::unreadable(&error))
    });
    let proof = proof.await.map_err(|error| log_tile::unreadable(&error))??;
    let headers = [(header::CONTENT_TYPE, BYTES), (header::CACHE_CONTROL, shared::FOREVER)];
    Ok((headers, concat(&proof)).into_response())
}
