//! `POST /v1/serials/{batch_id}`.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use nguon_core::ids::ChainId;
use nguon_core::serial::{SerialList, SerialListError};
use nguon_store::SerialsRefusal;
use serde::Serialize;
use utoipa::ToSchema;

use super::shared::Address;
use super::{App, shared};
use crate::body;
use crate::problem::Problem;

/// The list is kept.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Kept {
    /// How many serials it has.
    stored: u64,
}

/// Hand in the list of a batch's issued serials, so that this server can prove them
///
/// Not the serials: their hashes, of which no label can be printed. The `labels_issued` record that signs for the list's
/// root and count is its right to be here; without it the list is refused. Posting the same again is harmless.
#[utoipa::path(
    post, path = "/v1/serials/{batch_id}", tag = "serials", operation_id = "submit_serials",
    params(("batch_id" = String, Path, description = "64 hexadecimal digits")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "SHA-256(\"nguon/serial/v1\\n\" ‖ batch id ‖ serial) of each, ascending, 32 bytes one after the other"),
    responses(
        (status = 200, description = "The list is kept", body = Kept),
        (status = 400, description = "Not a batch id, or the body is no list", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such batch", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body did not arrive in time", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too long", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Wrong Content-Type", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No record of the batch signs for this list", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn submit(
    State(app): State<Arc<App>>,
    Address(batch): Address<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Kept>, Problem> {
    let limits = &app.config.limits;
    if body::media_type(&headers).as_deref() != Some("application/octet-stream") {
        return Err(body::unsupported(&headers, "`application/octet-stream`", body, limits).await);
    }
    let body = body::read(body, limits.body, limits).await?;
    let batch: ChainId = shared::id("batch_id", &batch)?;
    let list = SerialList::from_bytes(&body).map_err(|error| not_a_list(&error, body.len()))?;
    let stored = list.count();
    match app.config.store.store_serials(batch, list).await? {
        Ok(()) => Ok(Json(Kept { stored })),
        Err(refusal @ SerialsRefusal::NoSuchBatch) => Err(Problem::not_found("no_such_batch", refusal.to_string())),
        Err(refusal) => {
            let title = "No record signs for this list";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "serials_not_signed", title, refusal.to_string()))
        }
    }
}

fn not_a_list(error: &SerialListError, length: usize) -> Problem {
    let offset = match error {
        SerialListError::Order(at) => Some(at * 32),
        SerialListError::Length(_) => Some(length - length % 32),
        _ => None,
    };
    let title = "The body is no list of serials";
    Problem::new(StatusCode::BAD_REQUEST, "bad_serials", title, error.to_string()).at_byte(offset)
}
