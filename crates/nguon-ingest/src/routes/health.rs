//! `GET /v1/health`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use crate::log::LogHealth;
use crate::problem::Problem;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Health {
    /// `ok`, or `log_stopped`: everything is served, and nothing accepted.
    status: &'static str,
    /// Records accepted so far.
    records: u64,
    /// Version of the server.
    version: &'static str,
    /// The log, if the deployment has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<LogHealth>,
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
    let log = match &app.log {
        Some(log) => {
            let size = app.config.store.log_size().await?;
            Some(log.status.health(size, log.published.head().map(|head| (head.size, head.as_of))))
        }
        None => None,
    };
    let status = if log.as_ref().is_some_and(LogHealth::is_stopped) { "log_stopped" } else { "ok" };
    Ok(Json(Health { status, records, version: env!("CARGO_PKG_VERSION"), log }))
}
