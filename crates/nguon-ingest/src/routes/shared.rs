//! What several routes do alike.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use nguon_core::bytes::to_hex;
use nguon_core::ids::{ChainId, IdError};
use nguon_core::values::Label;
use nguon_core::verify::{Bundle, stages};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::{App, logged};
use crate::problem::Problem;

pub(super) const COSE: HeaderValue = HeaderValue::from_static("application/cose; cose-type=\"cose-sign1\"");
pub(super) const CBOR: HeaderValue = HeaderValue::from_static("application/cbor");
pub(super) const CBOR_SEQUENCE: HeaderValue = HeaderValue::from_static("application/cbor-seq");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// May be kept, must be asked about each time.
pub(super) const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// What stands under an id never changes.
pub(super) const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The variable parts of an address.
pub(super) struct Address<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Address<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::from_request_parts(parts, state).await;
        path.map(|Path(path)| Self(path)).map_err(|rejection| Problem::bad_address("path", rejection.body_text()))
    }
}

/// An id in an address.
pub(super) fn id<T: FromStr<Err = IdError>>(field: &str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|error: IdError| Problem::bad_address(field, format!("{field}: {error} in lower case")))
}

/// A label in an address.
pub(super) fn label(gtin: &str, lot: &str) -> Result<Label, Problem> {
    let gtin = gtin.parse().map_err(|error: String| Problem::bad_address("gtin", error))?;
    let lot = lot.parse().map_err(|error: String| Problem::bad_address("lot", error))?;
    Ok(Label { gtin, lot })
}

/// A batch's bundle: with a log, as of the published checkpoint.
pub(super) async fn find(app: &App, batch: ChainId) -> Result<Bundle, Problem> {
    let config = &app.config;
    let bundle = match &app.log {
        Some(log) => logged::bundle(app, log, batch).await?,
        None => config.store.bundle(batch, config.policy.clone()).await?,
    };
    bundle.ok_or_else(|| no_such_batch(app))
}

fn no_such_batch(app: &App) -> Problem {
    let detail = match &app.log {
        Some(_) => "the published log has no such batch; one accepted just now is in it after the next checkpoint",
        None => "this server has no such batch",
    };
    Problem::not_found("no_such_batch", detail)
}

/// A bundle as CBOR, or as JSON for those who ask for it.
pub(super) async fn bundle(app: &App, batch: Option<ChainId>, headers: &HeaderMap) -> Result<Response, Problem> {
    let batch = batch.ok_or_else(|| no_such_batch(app))?;
    let bundle = find(app, batch).await?;
    let config = &app.config;
    let json = wants_json(headers);
    let staged = !json && wants_stages(headers) && bundle.proof.is_some() && bundle.chains.len() > STAGED_FROM;
    let (form, bytes) = if staged {
        let stages = stages(bundle.clone(), config.trust.deployment()).map_err(|fault| damaged(batch, &fault))?;
        ("staged", stages.concat())
    } else {
        let bytes = bundle.to_bytes().map_err(|error| damaged(batch, &error))?;
        (if json { "json" } else { "cbor" }, bytes)
    };
    // Weak: the same bundle may travel compressed or not.
    let tag = format!("W/\"{}-{form}\"", to_hex(&Sha256::digest(&bytes)[..16]));
    let common = [(header::ETAG, tag.clone()), (header::VARY, "accept".to_owned())];
    let fresh = (header::CACHE_CONTROL, REVALIDATE);
    if matches(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, common, [fresh]).into_response());
    }
    if !json {
        let kind = if staged { CBOR_SEQUENCE } else { CBOR };
        return Ok((common, [fresh, (header::CONTENT_TYPE, kind)], bytes).into_response());
    }
    let view = bundle.view(&config.trust).map_err(|fault| damaged(batch, &fault))?;
    let text = serde_json::to_vec(&view).map_err(|error| damaged(batch, &error))?;
    Ok((common, [fresh, (header::CONTENT_TYPE, JSON)], text).into_response())
}

/// From this many chains on, a reader who takes stages gets them: what is smaller has arrived before it is worth it.
const STAGED_FROM: usize = 100;

/// Whether `application/cbor-seq` stands in `Accept`.
fn wants_stages(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).into_iter().filter_map(|value| value.to_str().ok());
    let mut ranges = accepted.flat_map(|value| value.split(','));
    ranges.any(|range| range.split(';').next().unwrap_or("").trim() == "application/cbor-seq")
}

fn damaged(batch: ChainId, error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%batch, %error, "a stored bundle cannot be shown");
    let detail = format!("a stored record cannot be decoded: {error}");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "damaged_record", "A stored record is damaged", detail)
}

/// Whether `application/json` stands in `Accept` and `application/cbor` does not come before it.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).into_iter().filter_map(|value| value.to_str().ok());
    let mut types =
        accepted.flat_map(|value| value.split(',')).map(|range| range.split(';').next().unwrap_or("").trim());
    types.find(|name| matches!(*name, "application/json" | "application/cbor")) == Some("application/json")
}

/// JSON with a tag, or only the word that what the asker has is still so.
pub(super) fn tagged(headers: &HeaderMap, value: &impl Serialize) -> Result<Response, Problem> {
    let text = serde_json::to_vec(value).map_err(|error| Problem::internal(&error))?;
    // Weak: the same may travel compressed or not.
    let tag = format!("W/\"{}\"", to_hex(&Sha256::digest(&text)[..16]));
    let common = [(header::ETAG, tag.clone())];
    let fresh = (header::CACHE_CONTROL, REVALIDATE);
    if matches(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, common, [fresh]).into_response());
    }
    Ok((common, [fresh, (header::CONTENT_TYPE, JSON)], text).into_response())
}

/// `If-None-Match`, weak comparison (RFC 9110 §13.1.2).
fn matches(headers: &HeaderMap, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let asked = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    asked.flat_map(|value| value.split(',')).any(|found| found.trim() == "*" || bare(found) == bare(tag))
}
