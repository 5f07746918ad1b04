//! `GET /v1/log/records/{from}/{count}`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use nguon_core::bytes::ByteString;
use nguon_core::cbor::{self, Limits};

use super::shared::Address;
use super::{App, shared};
use crate::problem::Problem;

/// How many leaves are looked at for one answer.
const MOST: u64 = 1000;

/// The records among some leaves of the log
///
/// For map auditors, who need every record. At most 1000 leaves are looked at; ask on from behind the last of them.
#[utoipa::path(
    get, path = "/v1/log/records/{from}/{count}", tag = "log", operation_id = "get_logged_records",
    params(
        ("from" = u64, Path, description = "Index of the first leaf"),
        ("count" = u64, Path, description = "How many leaves, at most 1000"),
    ),
    responses(
        (status = 200, description = "CBOR sequence (RFC 8742) of `[index, COSE_Sign1 as bytes]`", body = Vec<u8>, content_type = "application/cbor-seq"),
        (status = 400, description = "Not two numbers", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The deployment has no log", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn records(
    State(app): State<Arc<App>>,
    Address((from, count)): Address<(u64, u64)>,
) -> Result<Response, Problem> {
    app.log()?;
    let records = app.config.store.logged_records(from, count.min(MOST)).await?;
    let mut body = Vec::new();
    for (index, record) in records {
        let item = (index, ByteString(record));
        let bytes = cbor::to_canonical(&item, Limits { length: 64 * 1024, depth: 2 });
        body.extend(bytes.map_err(|error| Problem::internal(&error))?);
    }
    // Leaves never change, but there may be more of them tomorrow.
    let headers = [(header::CONTENT_TYPE, shared::CBOR_SEQUENCE), (header::CACHE_CONTROL, shared::REVALIDATE)];
    Ok((headers, body).into_response())
}
