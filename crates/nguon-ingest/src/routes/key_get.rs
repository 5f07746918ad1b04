//! `GET /v1/keys/{key_id}`: whose key it is.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use nguon_core::ids::{AuthorityId, KeyId};
use nguon_core::key::PublicKey;
use nguon_core::values::Text;
use nguon_store::KeyHolder;
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use super::shared::{self, Address};
use crate::problem::Problem;

/// Seconds after which a phone that waits for its enrolment asks again.
const AGAIN: HeaderValue = HeaderValue::from_static("5");

/// Who has a key, or had it.
#[derive(Debug, Serialize, ToSchema)]
struct KeyView {
    #[schema(value_type = String)]
    key_id: KeyId,
    /// Actors, ascending by chain id: `{actor, role, enrolled_by, since: {sequence, time}, revoked?: {sequence, time, reason,
    /// suspect_since?}, retired}`. Times are Unix seconds, the log's where there is a log.
    #[schema(value_type = Vec<Object>)]
    actors: Vec<KeyHolder>,
    /// Authorities that the newest trust root names with it.
    authorities: Vec<AuthorityView>,
}

/// An authority of the trust root.
#[derive(Debug, Serialize, ToSchema)]
struct AuthorityView {
    #[schema(value_type = String)]
    id: AuthorityId,
    #[schema(value_type = String)]
    name: Text,
}

/// Whose key this is
///
/// A phone that has shown its code asks here whether a registrar has enrolled it. Until then the answer is 404, with the
/// seconds to wait before asking again in `Retry-After`; afterwards an `ETag` makes asking cheap. A key that was revoked is
/// still told, and when and why it was. This is the server's word: the actor's chain proves it.
#[utoipa::path(
    get, path = "/v1/keys/{key_id}", tag = "actors", operation_id = "get_key",
    params(("key_id" = String, Path, description = "64 hexadecimal digits")),
    responses(
        (status = 200, description = "Who has the key, or had it", body = KeyView),
        (status = 304, description = "Nothing has changed since"),
        (status = 400, description = "Not a key id", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nobody has this key yet; `Retry-After` says when to ask again", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn key(
    State(app): State<Arc<App>>,
    Address(key): Address<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let key_id: KeyId = shared::id("key_id", &key)?;
    let actors = app.config.store.key_holders(key_id).await?.actors;
    let authorities = authorities(&app, &key_id);
    if actors.is_empty() && authorities.is_empty() {
        let detail = "nobody on this server has this key yet; ask again once a registrar has scanned the phone's code";
        let problem = Problem::not_found("no_such_key", detail);
        return Ok(([(header::RETRY_AFTER, AGAIN)], problem).into_response());
    }
    shared::tagged(&headers, &KeyView { key_id, actors, authorities })
}

fn authorities(app: &App, key_id: &KeyId) -> Vec<AuthorityView> {
    let roots = app.config.store.roots();
    let has = |key| PublicKey::from_bytes(key).is_ok_and(|key| key.id() == *key_id);
    let named = roots.newest().payload().authorities.iter().filter(|authority| authority.keys.iter().any(has));
    named.map(|authority| AuthorityView { id: authority.id, name: authority.name.clone() }).collect()
}
