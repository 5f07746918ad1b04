//! `POST /v1/openings`.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use nguon_core::cbor::{self, CborError, Limits};
use nguon_core::opening::{FieldValue, PersonalOpening};
use serde::Serialize;
use unicode_normalization::is_nfc;
use utoipa::ToSchema;

use super::App;
use crate::problem::Problem;
use crate::{body, nfc};

/// How many of the openings are stored now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Stored {
    /// All of them, but for those erased earlier: they are not taken again.
    stored: usize,
}

/// Submit openings of salted fields
///
/// All or none: each must be what its stored record was signed over. Posting the same again is harmless.
#[utoipa::path(
    post, path = "/v1/openings", tag = "openings", operation_id = "submit_openings",
    request_body(content = Vec<u8>, content_type = "application/cbor", description = "An array of personal openings, deterministic CBOR"),
    responses(
        (status = 200, description = "The openings are stored", body = Stored),
        (status = 400, description = "The body cannot be decoded", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body did not arrive in time", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too long", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Wrong Content-Type", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "An opening belongs to no stored record, or is not what was signed", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn submit(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Stored>, Problem> {
    let limits = &app.config.limits;
    if body::media_type(&headers).as_deref() != Some("application/cbor") {
        return Err(body::unsupported(&headers, "`application/cbor`", body, limits).await);
    }
    let body = body::read(body, limits.body, limits).await?;
    let decoded = cbor::from_canonical(&body, Limits { length: limits.body, depth: 4 });
    let openings: Vec<PersonalOpening> = decoded.map_err(|error| undecodable(&error))?;
    for (index, personal) in openings.iter().enumerate() {
        check_text(personal).map_err(|problem| problem.indexed(index))?;
    }
    match app.config.store.store_openings(openings).await? {
        Ok(stored) => Ok(Json(Stored { stored })),
        Err(refusal) => Err(Problem::from(&refusal.fault).indexed(refusal.index)),
    }
}

fn undecodable(error: &CborError) -> Problem {
    let title = "The body cannot be decoded";
    let offset = if let CborError::Canonical(error) = error { Some(error.offset) } else { None };
    Problem::new(StatusCode::BAD_REQUEST, "bad_openings", title, error.to_string()).at_byte(offset)
}

fn check_text(personal: &PersonalOpening) -> Result<(), Problem> {
    let value = personal.opening.value.as_ref().and_then(|value| FieldValue::from_bytes(&value.0));
    match value {
        Some(FieldValue::Text(text)) if !is_nfc(&text) => Err(nfc::problem(personal.opening.path.clone())),
        _ => Ok(()),
    }
}
