//! `HEAD /v1/attachments/{digest}/upload`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::problem::Problem;
use crate::routes::App;
use crate::routes::shared::{self, Address};

/// How much of an attachment has come
///
/// `Upload-Offset` is where the next piece begins, `Upload-Length` the length that was signed, `Upload-Complete` is `?1` once the
/// whole file is stored and was checked. Without any piece the offset is 0; pieces are kept for 7 days after the last one came.
#[utoipa::path(
    head, path = "/v1/attachments/{digest}/upload", tag = "attachments", operation_id = "head_upload",
    params(("digest" = String, Path, description = "The salted digest in the record, 64 hexadecimal digits")),
    responses(
        (status = 204, description = "Where the upload stands", headers(
            ("Upload-Offset" = u64, description = "Bytes that are there"),
            ("Upload-Length" = u64, description = "Bytes of the whole file"),
            ("Upload-Complete" = String, description = "`?1` or `?0`"),
        )),
        (status = 400, description = "Not a digest"),
        (status = 404, description = "No opening for this digest is stored (a HEAD has no body; the code is `no_such_attachment`)"),
        (status = 413, description = "The record names a longer file than is taken"),
        (status = 415, description = "The record names a type that is not taken"),
        (status = 503, description = "The store is not available"),
    )
)]
pub(in crate::routes) async fn head(
    State(app): State<Arc<App>>,
    Address(digest): Address<String>,
) -> Result<Response, Problem> {
    let (awaited, _) = super::awaited(&app, shared::id("digest", &digest)?).await?;
    Ok(super::stands(StatusCode::NO_CONTENT, awaited.received, awaited.length, awaited.is_stored))
}
