//! `GET` and `POST /v1/scans/{batch_id}/{serial}`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use nguon_core::serial::scans::{MOST_A_DAY, ScanCounts};
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use super::serial_get::read;
use super::shared::{self, Address};
use crate::problem::Problem;

/// Each answer is of its moment.
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// How often a serial was scanned: this server's word, which nothing proves.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code, reason = "the description of what `ScanCounts` writes")]
struct Counts {
    /// Days in Vietnam (UTC+7) on which there were scans, the earliest first.
    days: Vec<OneDay>,
    /// The earliest of them.
    first: Option<String>,
    /// All scans together.
    total: u64,
    /// How many days counts are kept; older ones are deleted.
    kept_days: u64,
}

#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code, reason = "as above")]
struct OneDay {
    /// `2026-06-14`; in CBOR the number of days since 1970-01-01.
    day: String,
    /// How many; a day's count stands still at 1,000.
    scans: u64,
}

/// How often a serial was scanned, as this server counted
#[utoipa::path(
    get, path = "/v1/scans/{batch_id}/{serial}", tag = "serials", operation_id = "get_scans",
    params(
        ("batch_id" = String, Path, description = "64 hexadecimal digits"),
        ("serial" = String, Path, description = "Serial number, percent-encoded"),
        ("Accept" = Option<String>, Header, description = "`application/json` for JSON"),
    ),
    responses(
        (status = 200, description = "The counts", content((Vec<u8> = "application/cbor"), (Counts = "application/json"))),
        (status = 400, description = "Not a batch id or serial", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No list of issued serials here has it", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get_scans(
    State(app): State<Arc<App>>,
    Address((batch, serial)): Address<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (batch, serial) = read(&batch, &serial)?;
    let counts = app.config.store.scan_counts(batch, serial).await?;
    answer(counts, &headers)
}

/// Count one scan of a serial, and get the counts
///
/// What is kept is the label, the day in Vietnam and the number; no address, no browser, nothing of who scanned. Only serials
/// of a list that was handed in are counted. A page counts a label once a day and browser, by its own memory.
#[utoipa::path(
    post, path = "/v1/scans/{batch_id}/{serial}", tag = "serials", operation_id = "count_scan",
    params(
        ("batch_id" = String, Path, description = "64 hexadecimal digits"),
        ("serial" = String, Path, description = "Serial number, percent-encoded"),
        ("Accept" = Option<String>, Header, description = "`application/json` for JSON"),
    ),
    responses(
        (status = 200, description = "The counts, this scan among them", content((Vec<u8> = "application/cbor"), (Counts = "application/json"))),
        (status = 400, description = "Not a batch id or serial", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No list of issued serials here has it", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many scans by all readers together; nothing was counted", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn count_scan(
    State(app): State<Arc<App>>,
    Address((batch, serial)): Address<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (batch, serial) = read(&batch, &serial)?;
    // Neither serials that were never issued nor one that is scanned without end take from what others may count.
    let counts = app.config.store.scan_counts(batch, serial.clone()).await?.ok_or_else(no_such)?;
    let is_full = counts.days.last().is_some_and(|count| count.scans >= MOST_A_DAY);
    if !is_full && !app.scans.take() {
        let detail = "more scans are sent than this server counts; what is counted can still be read";
        let title = "Too many scans";
        let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_scans", title, detail);
        return Ok(([(header::RETRY_AFTER, "10")], problem).into_response());
    }
    let counts = app.config.store.count_scan(batch, serial).await?;
    answer(counts, &headers)
}

fn no_such() -> Problem {
    Problem::not_found("no_such_serial", "no list of issued serials on this server has it for this batch")
}

fn answer(counts: Option<ScanCounts>, headers: &HeaderMap) -> Result<Response, Problem> {
    let counts = counts.ok_or_else(no_such)?;
    let common = [(header::CACHE_CONTROL, NO_STORE), (header::VARY, HeaderValue::from_static("accept"))];
    if shared::wants_json(headers) {
        return Ok((common, Json(counts)).into_response());
    }
    let bytes = counts.to_bytes().map_err(|error| Problem::internal(&error))?;
    Ok((common, [(header::CONTENT_TYPE, shared::CBOR)], bytes).into_response())
}
