//! `GET /v1/serials/{batch_id}/{serial}`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use nguon_core::gs1::Serial;
use nguon_core::ids::ChainId;

use super::shared::Address;
use super::{App, shared};
use crate::problem::Problem;

/// Whether a label with this serial was issued, as a proof
///
/// That it never was is a proof too, so there is no 404. A proof without lists says that none was handed in here for the
/// batch, or that there is no such batch. A reader checks it against the `labels_issued` records of the batch.
#[utoipa::path(
    get, path = "/v1/serials/{batch_id}/{serial}", tag = "serials", operation_id = "get_serial",
    params(
        ("batch_id" = String, Path, description = "64 hexadecimal digits"),
        ("serial" = String, Path, description = "Serial number, percent-encoded"),
    ),
    responses(
        (status = 200, description = "The proof, deterministic CBOR", body = Vec<u8>, content_type = "application/cbor"),
        (status = 400, description = "Not a batch id or serial", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn serial(
    State(app): State<Arc<App>>,
    Address((batch, serial)): Address<(String, String)>,
) -> Result<Response, Problem> {
    let (batch, serial) = read(&batch, &serial)?;
    let proof = app.config.store.serial_proof(batch, serial).await?;
    let bytes = proof.to_bytes().map_err(|error| Problem::internal(&error))?;
    let headers = [(header::CONTENT_TYPE, shared::CBOR), (header::CACHE_CONTROL, shared::REVALIDATE)];
    Ok((headers, bytes).into_response())
}

/// A batch and a serial in an address.
pub(super) fn read(batch: &str, serial: &str) -> Result<(ChainId, Serial), Problem> {
    let wrong = |error| Problem::bad_address("serial", format!("serial: {error}"));
    Ok((shared::id("batch_id", batch)?, serial.parse().map_err(|error: nguon_core::gs1::Error| wrong(error))?))
}
