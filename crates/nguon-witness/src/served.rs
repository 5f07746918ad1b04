//! What both kinds of cosigner answer over HTTP: their newest cosigned checkpoint, to whoever asks, from any page.

use std::sync::Arc;

pub use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::cors::CorsLayer;

/// Somebody who cosigns and says so.
pub trait Served: Send + Sync + 'static {
    /// The newest cosigned checkpoint of the log whose id is these hexadecimal digits.
    fn newest(&self, log: &str) -> Option<String>;

    /// For people: who this is, and what is watched.
    fn about(&self) -> String;
}

/// `GET /{hex sha256(origin)}/checkpoint` and `GET /`, readable from every origin.
pub fn routes<S: Served>(served: Arc<S>) -> Router {
    Router::new()
        .route("/{log}/checkpoint", get(newest::<S>))
        .route("/", get(about::<S>))
        .layer(CorsLayer::permissive())
        .with_state(served)
}

async fn newest<S: Served>(State(served): State<Arc<S>>, Path(log): Path<String>) -> Response {
    match served.newest(&log) {
        Some(note) => text(StatusCode::OK, note),
        None => text(StatusCode::NOT_FOUND, "no checkpoint of such a log was cosigned here\n".to_owned()),
    }
}

async fn about<S: Served>(State(served): State<Arc<S>>) -> Response {
    text(StatusCode::OK, served.about())
}

pub(crate) fn text(status: StatusCode, body: String) -> Response {
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    let fresh = HeaderValue::from_static("no-store");
    (status, [(CONTENT_TYPE, plain), (CACHE_CONTROL, fresh)], body).into_response()
}
