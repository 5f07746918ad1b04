//! `GET /v1/bundles/{batch_id}`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::shared::Address;
use super::{App, shared};
use crate::problem::Problem;

/// What is needed to verify a batch, by its id
#[utoipa::path(
    get, path = "/v1/bundles/{batch_id}", tag = "bundles", operation_id = "get_bundle",
    params(
        ("batch_id" = String, Path, description = "64 hexadecimal digits"),
        ("Accept" = Option<String>, Header, description = "`application/json` for a view that proves nothing; with `application/cbor-seq` a bundle of more than 100 chains comes in stages"),
    ),
    responses(
        (status = 200, description = "The bundle", content((Vec<u8> = "application/cbor"), (Vec<u8> = "application/cbor-seq"), (Object = "application/json"))),
        (status = 304, description = "As it was when the reader last asked (`If-None-Match`)"),
        (status = 400, description = "Not a batch id", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such batch", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "A stored record is damaged and cannot be shown as JSON", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn bundle_by_batch(
    State(app): State<Arc<App>>,
    Address(id): Address<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    shared::bundle(&app, Some(shared::id("batch_id", &id)?), &headers).await
}
