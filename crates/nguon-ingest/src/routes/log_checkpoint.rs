//! `GET /log/checkpoint` and `GET /log/pending`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use super::{App, shared};
use crate::problem::Problem;

const NOTE: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// The published checkpoint, with its cosignatures
#[utoipa::path(
    get, path = "/log/checkpoint", tag = "log", operation_id = "get_checkpoint",
    responses(
        (status = 200, description = "C2SP signed note: tlog-checkpoint with tlog-cosignature lines", body = String, content_type = "text/plain"),
        (status = 404, description = "Nothing is published yet, or the deployment has no log", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn checkpoint(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let head = app.log()?.published.head();
    note(head.map(|head| head.note.clone()))
}

/// The newest checkpoint, published or not, signed by the log alone
///
/// For map auditors, who look at a checkpoint before it is published. It is no proof of anything: what was not cosigned
/// may never be published.
#[utoipa::path(
    get, path = "/log/pending", tag = "log", operation_id = "get_pending_checkpoint",
    responses(
        (status = 200, description = "C2SP signed note: tlog-checkpoint", body = String, content_type = "text/plain"),
        (status = 404, description = "There is no checkpoint yet, or the deployment has no log", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn pending(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    note(app.log()?.pending())
}

fn note(note: Option<String>) -> Result<Response, Problem> {
    let none = || Problem::not_found("no_checkpoint", "the log has no checkpoint yet");
    let note = note.ok_or_else(none)?;
    Ok(([(header::CONTENT_TYPE, NOTE), (header::CACHE_CONTROL, shared::REVALIDATE)], note).into_response())
}
