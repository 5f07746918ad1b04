//! `GET /log/tile/…`: tiles and entry bundles, as they are in the folder.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::shared::Address;
use super::{App, shared};
use crate::problem::Problem;

const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// A tile or an entry bundle
///
/// C2SP tlog-tiles. A partial one is taken away once the full one is there.
#[utoipa::path(
    get, path = "/log/tile/{*path}", tag = "log", operation_id = "get_tile",
    params(("path" = String, Path, description = "`0/x001/234`, `1/000.p/5`, `entries/000.p/5`, …")),
    responses(
        (status = 200, description = "Hashes one after the other, or entries each behind its length", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 404, description = "No such tile, or the deployment has no log", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "The tile cannot be read", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn tile(State(app): State<Arc<App>>, Address(path): Address<String>) -> Result<Response, Problem> {
    let tiles = app.log()?.tiles.clone();
    let read = tokio::task::spawn_blocking(move || tiles.static_file(&format!("tile/{path}"))).await;
    let file = match read {
        Ok(Ok(file)) => file,
        Ok(Err(error)) => return Err(unreadable(&error)),
        Err(error) => return Err(unreadable(&error)),
    };
    let file = file.ok_or_else(|| Problem::not_found("no_such_tile", "the log has no such tile or entry bundle"))?;
    Ok(([(header::CONTENT_TYPE, BYTES), (header::CACHE_CONTROL, shared::FOREVER)], file).into_response())
}

/// The operator reads the cause in the log.
pub(super) fn unreadable(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%error, "a tile cannot be read");
    let detail = "a file of the log cannot be read";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "damaged_log", "The log's files are damaged", detail)
}
