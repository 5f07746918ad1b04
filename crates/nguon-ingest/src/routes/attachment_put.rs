//! `PUT /v1/attachments/{digest}`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;

use super::shared::Address;
use super::{App, shared, upload};
use crate::body;
use crate::problem::Problem;

/// Submit an attachment's bytes
///
/// Its opening must be there already, for it holds the salt. Posting the same again is harmless. Pictures (`image/jpeg`,
/// `image/png`, `image/webp`, at most 2 MiB) and documents (`application/pdf`, at most 10 MiB) are taken; the content decides
/// what a file is, and must agree with the type that its record names. Files longer than bodies may be (4 MiB, unless the
/// operator chose otherwise) come in pieces: `PATCH /v1/attachments/{digest}/upload`.
#[utoipa::path(
    put, path = "/v1/attachments/{digest}", tag = "attachments", operation_id = "put_attachment",
    params(("digest" = String, Path, description = "The salted digest in the record, 64 hexadecimal digits")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file"),
    responses(
        (status = 204, description = "The attachment is stored"),
        (status = 400, description = "Not a digest", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No opening for this digest is stored", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body did not arrive in time", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The file is too long", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The record names a type that is not taken", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Not the file that was signed, or not of its type", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn attachment(
    State(app): State<Arc<App>>,
    Address(digest): Address<String>,
    body: Body,
) -> Result<StatusCode, Problem> {
    let limits = &app.config.limits;
    let bytes = body::read(body, limits.body, limits).await?;
    let digest = shared::id("digest", &digest)?;
    let (_, kind) = upload::awaited(&app, digest).await?;
    upload::check_content(kind, &bytes)?;
    match app.config.store.store_attachment(digest, bytes).await? {
        Ok(true) => Ok(StatusCode::NO_CONTENT),
        Ok(false) => Err(upload::no_opening()),
        Err(refusal) => Err(Problem::from(&refusal.fault)),
    }
}
