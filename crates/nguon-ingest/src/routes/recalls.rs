//! `GET` and `PUT /v1/recalls`.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use nguon_core::ids::AuthorityId;
use nguon_core::recalls::RecallList;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{App, shared};
use crate::log::Kept;
use crate::problem::Problem;
use crate::{body, fault};

/// No list is longer.
const LONGEST: usize = 1024 * 1024 + 1024;

/// Whose list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Whose {
    /// The authority, 64 hexadecimal digits; left away: the newest of all.
    authority: Option<String>,
}

/// The list that is served from now on.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Served {
    #[schema(value_type = String)]
    authority: AuthorityId,
    /// Unix seconds.
    issued: u64,
    /// How many recalls it lists.
    recalls: usize,
}

/// The recalls that stand, as an authority signed them
///
/// For readers whose bundles are older than the list.
#[utoipa::path(
    get, path = "/v1/recalls", tag = "recalls", operation_id = "get_recalls", params(Whose),
    responses(
        (status = 200, description = "A COSE_Sign1 over the list", body = Vec<u8>, content_type = "application/cose"),
        (status = 400, description = "Not an authority's id", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no list, or the deployment has no log", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get_list(
    State(app): State<Arc<App>>,
    whose: Result<Query<Whose>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Problem> {
    let Query(whose) = whose.map_err(|error| Problem::bad_address("authority", error.body_text()))?;
    let authority = whose.authority.map(|id| shared::id("authority", &id)).transpose()?;
    let none = || Problem::not_found("no_recalls", "no authority has put a list of recalls here");
    let bytes = app.log()?.recalls.newest(authority).ok_or_else(none)?;
    let headers = [(header::CONTENT_TYPE, shared::COSE), (header::CACHE_CONTROL, shared::REVALIDATE)];
    Ok((headers, bytes).into_response())
}

/// Put an authority's list of recalls
///
/// Its signature is its right to be here. It takes the place of the same authority's earlier list, and of no other.
#[utoipa::path(
    put, path = "/v1/recalls", tag = "recalls", operation_id = "put_recalls",
    request_body(content = Vec<u8>, content_type = "application/cose", description = "A COSE_Sign1 over the list"),
    responses(
        (status = 200, description = "The list is served", body = Served),
        (status = 400, description = "The body cannot be decoded", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The deployment has no log", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body did not arrive in time", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "A newer list is here", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too long", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Wrong Content-Type", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No authority of the newest trust root signed it", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "The list cannot be kept", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn put_list(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let limits = &app.config.limits;
    // It is both; some senders say no more than that it is CBOR.
    if !matches!(body::media_type(&headers).as_deref(), Some("application/cose" | "application/cbor")) {
        return Err(body::unsupported(&headers, "`application/cose`", body, limits).await);
    }
    let bytes = body::read(body, LONGEST.min(limits.body), limits).await?;
    let log = app.log()?.clone();
    let roots = app.config.store.roots();
    let list = RecallList::verify(bytes.clone(), &roots).map_err(|fault| fault::undecodable(&fault, &bytes))?;
    let served = Served { authority: list.authority, issued: list.issued.get(), recalls: list.recalls.len() };
    let kept = tokio::task::spawn_blocking(move || log.recalls.keep(&list, bytes)).await;
    match kept.map_err(|error| Problem::internal(&error))? {
        Ok(Kept::Yes) => Ok(Json(served).into_response()),
        Ok(Kept::NewerIsHere(issued)) => {
            let detail = format!(
                "this authority's list of {issued} (Unix seconds) is here; a list of that time or before \
                                  does not take its place"
            );
            Err(Problem::new(StatusCode::CONFLICT, "older_recalls", "A newer list is here", detail))
        }
        Err(error) => Err(Problem::internal(&error)),
    }
}
