//! A witness over HTTP.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use nguon_tlog::witness::{MAX_BODY, Refusal};

use super::{AddError, Witness};
use crate::clock::Clock;
use crate::served;

/// `POST /add-checkpoint`, beside what every cosigner [answers](served::routes).
pub fn routes(witness: Arc<Witness>, clock: Clock) -> Router {
    let add = Router::new()
        .route("/add-checkpoint", post(add))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state((witness.clone(), clock));
    served::routes(witness).merge(add)
}

async fn add(State((witness, clock)): State<(Arc<Witness>, Clock)>, body: Result<Bytes, BytesRejection>) -> Response {
    // What was not read of a body stands between this request and the next: the sender is told to connect anew.
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return ([(header::CONNECTION, "close")], rejection).into_response(),
    };
    // It waits for the disk.
    let added = tokio::task::spawn_blocking(move || witness.add(&body, clock.now())).await;
    match added {
        Ok(Ok(line)) => {
            tracing::info!("cosigned");
            served::text(StatusCode::OK, line)
        }
        Ok(Err(AddError::Refused(refusal))) => refused(refusal),
        Ok(Err(AddError::State(error))) => {
            tracing::error!(%error, "nothing was cosigned");
            failed()
        }
        Err(error) => {
            tracing::error!(%error, "nothing was answered");
            failed()
        }
    }
}

fn refused(refusal: Refusal) -> Response {
    tracing::info!(status = refusal.status(), %refusal, "refused");
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    (status, [(header::CONTENT_TYPE, refusal.content_type())], refusal.body()).into_response()
}

fn failed() -> Response {
    served::text(StatusCode::INTERNAL_SERVER_ERROR, "this witness cannot store anything now\n".to_owned())
}
