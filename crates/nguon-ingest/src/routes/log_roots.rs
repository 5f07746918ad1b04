//! `GET /v1/log/roots`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::{App, shared};
use crate::problem::Problem;

/// The versions of the trust root after the first
///
/// Whoever verifies has version 1 from elsewhere: no address here serves it. Each later version proves itself by the
/// signatures of the one before.
#[utoipa::path(
    get, path = "/v1/log/roots", tag = "log", operation_id = "get_later_roots",
    responses(
        (status = 200, description = "CBOR sequence (RFC 8742) of signed roots, version 2 first", body = Vec<u8>, content_type = "application/cbor-seq"),
        (status = 404, description = "The deployment has no log", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn roots(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    app.log()?;
    let roots = app.config.store.roots();
    let later = roots.versions().iter().skip(1).map(|root| root.signed().to_bytes());
    let later: Vec<Vec<u8>> = later.collect::<Result<_, _>>().map_err(|error| Problem::internal(&error))?;
    let headers = [(header::CONTENT_TYPE, shared::CBOR_SEQUENCE), (header::CACHE_CONTROL, shared::REVALIDATE)];
    Ok((headers, later.concat()).into_response())
}
