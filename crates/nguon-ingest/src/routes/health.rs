//! `GET /v1/health`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use crate::problem::Problem;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Health {
    /// `ok`.
    status: &'static str,
    /// Records accepted so far.
    records: u64,
    /// Version of the server.
    version: &'static str,
}

/// Whether the server answers and its store can be read
#[utoipa::path(
    get, path = "/v1/health", tag = "server", operation_id = "health",
    responses(
        (status = 200, description = "All is well", body = Health),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn health(State(app): State<Arc<App>>) -> Result<Json<Health>, Problem> {
    let records = app.config.store.count().await?;
    Ok(Json(Health { status: "ok", records, version: env!("CARGO_PKG_VERSION") }))
}
