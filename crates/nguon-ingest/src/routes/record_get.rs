//! `GET /v1/records/{statement_id}`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::shared::Address;
use super::{App, shared};
use crate::problem::Problem;

/// A record as it was signed
#[utoipa::path(
    get, path = "/v1/records/{statement_id}", tag = "records", operation_id = "get_record",
    params(("statement_id" = String, Path, description = "64 hexadecimal digits")),
    responses(
        (status = 200, description = "A COSE_Sign1", body = Vec<u8>, content_type = "application/cose"),
        (status = 400, description = "Not a statement id", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such record", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn record(State(app): State<Arc<App>>, Address(id): Address<String>) -> Result<Response, Problem> {
    let id = shared::id("statement_id", &id)?;
    let no_such = || Problem::not_found("no_such_record", "this server has no such record");
    let bytes = app.config.store.record(id).await?.ok_or_else(no_such)?;
    let headers = [(header::CONTENT_TYPE, shared::COSE), (header::CACHE_CONTROL, shared::FOREVER)];
    Ok((headers, bytes).into_response())
}
