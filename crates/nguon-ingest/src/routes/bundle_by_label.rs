//! `GET /v1/bundles/01/{gtin}/10/{lot}`, with or without `/21/{serial}`: the path of the label's own link.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::shared::Address;
use super::{App, logged, shared};
use crate::problem::Problem;

/// What is needed to verify a batch, by what is printed on its boxes
#[utoipa::path(
    get, path = "/v1/bundles/01/{gtin}/10/{lot}", tag = "bundles", operation_id = "get_bundle_by_label",
    params(
        ("gtin" = String, Path, description = "GTIN in 14 digits"),
        ("lot" = String, Path, description = "Lot, percent-encoded"),
        ("Accept" = Option<String>, Header, description = "`application/json` for a view that proves nothing; with `application/cbor-seq` a bundle of more than 100 chains comes in stages"),
    ),
    responses(
        (status = 200, description = "The bundle", content((Vec<u8> = "application/cbor"), (Vec<u8> = "application/cbor-seq"), (Object = "application/json"))),
        (status = 304, description = "As it was when the reader last asked (`If-None-Match`)"),
        (status = 400, description = "Not a GTIN or lot", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such batch; from a deployment with a log, with the proof that there is none", content((Vec<u8> = "application/cbor"), (Problem = "application/problem+json"))),
        (status = 500, description = "A stored record is damaged and cannot be shown as JSON", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn bundle_by_label(
    State(app): State<Arc<App>>,
    Address((gtin, lot)): Address<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let label = shared::label(&gtin, &lot)?;
    let batch = match &app.log {
        None => app.config.store.batch_of_label(label).await?,
        Some(log) => match logged::batch_of_label(&app, log, label).await? {
            Ok(batch) => Some(batch),
            // A view proves nothing: who asks for JSON gets a problem.
            Err(absence) if !shared::wants_json(&headers) => return logged::absent(&absence),
            Err(_) => None,
        },
    };
    shared::bundle(&app, batch, &headers).await
}

/// The same for a label with a serial number, which says nothing about the batch
#[utoipa::path(
    get, path = "/v1/bundles/01/{gtin}/10/{lot}/21/{serial}", tag = "bundles", operation_id = "get_bundle_by_serial",
    params(
        ("gtin" = String, Path, description = "GTIN in 14 digits"),
        ("lot" = String, Path, description = "Lot, percent-encoded"),
        ("serial" = String, Path, description = "Serial number, percent-encoded"),
        ("Accept" = Option<String>, Header, description = "`application/json` for a view that proves nothing; with `application/cbor-seq` a bundle of more than 100 chains comes in stages"),
    ),
    responses(
        (status = 200, description = "The bundle", content((Vec<u8> = "application/cbor"), (Vec<u8> = "application/cbor-seq"), (Object = "application/json"))),
        (status = 304, description = "As it was when the reader last asked (`If-None-Match`)"),
        (status = 400, description = "Not a GTIN, lot or serial", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such batch; from a deployment with a log, with the proof that there is none", content((Vec<u8> = "application/cbor"), (Problem = "application/problem+json"))),
        (status = 500, description = "A stored record is damaged and cannot be shown as JSON", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn bundle_by_serial(
    State(app): State<Arc<App>>,
    Address((gtin, lot, serial)): Address<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    serial
        .parse::<nguon_core::gs1::Serial>()
        .map_err(|error| Problem::bad_address("serial", format!("serial: {error}")))?;
    bundle_by_label(State(app), Address((gtin, lot)), headers).await
}
