//! `DELETE /v1/attachments/{digest}/upload`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::problem::Problem;
use crate::routes::App;
use crate::routes::shared::{self, Address};

/// Give an unfinished upload up
///
/// Deletes the pieces that came. A file that is stored whole stays.
#[utoipa::path(
    delete, path = "/v1/attachments/{digest}/upload", tag = "attachments", operation_id = "delete_upload",
    params(("digest" = String, Path, description = "The salted digest in the record, 64 hexadecimal digits")),
    responses(
        (status = 204, description = "No piece is kept any more"),
        (status = 400, description = "Not a digest", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No piece was there", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(in crate::routes) async fn delete(
    State(app): State<Arc<App>>,
    Address(digest): Address<String>,
) -> Result<StatusCode, Problem> {
    if app.config.store.drop_upload(shared::id("digest", &digest)?).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Problem::not_found("no_such_upload", "no piece of such an attachment is kept here"))
}
