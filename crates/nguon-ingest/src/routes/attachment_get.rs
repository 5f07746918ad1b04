//! `GET /v1/attachments/{digest}`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use super::shared::Address;
use super::{App, shared};
use crate::problem::Problem;

/// An attachment's bytes
///
/// Only if the server's policy opens attachments: a photo may be personal, and its digest is public.
#[utoipa::path(
    get, path = "/v1/attachments/{digest}", tag = "attachments", operation_id = "get_attachment",
    params(("digest" = String, Path, description = "The salted digest in the record, 64 hexadecimal digits")),
    responses(
        (status = 200, description = "The file, of the media type that the record names", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 400, description = "Not a digest", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such attachment, or it is not public", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn attachment(
    State(app): State<Arc<App>>,
    Address(digest): Address<String>,
) -> Result<Response, Problem> {
    let digest = shared::id("digest", &digest)?;
    let found = app.config.store.attachment(digest).await?;
    let public = found.filter(|file| app.config.policy.opens(&file.path));
    let detail = "this server has no such attachment, or does not make it public";
    let file = public.ok_or_else(|| Problem::not_found("no_such_attachment", detail))?;
    let unknown = || HeaderValue::from_static("application/octet-stream");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_str(&file.media_type.to_string()).unwrap_or_else(|_| unknown())),
        // It may be erased: nobody keeps it without asking.
        (header::CACHE_CONTROL, shared::REVALIDATE),
        // Whoever signed chose type and bytes: in a browser they must not run as a part of this site.
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
    ];
    Ok((headers, file.bytes).into_response())
}
