//! Reading bodies: of the right type, within a length, within a time.

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt as _;

use crate::config::Limits;
use crate::problem::Problem;

/// The media type of a body, in lower case and without parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = text.split(';').next().unwrap_or_default();
    Some(essence.trim().to_ascii_lowercase())
}

/// Refuses a body for its type. It is read and thrown away first: a connection that is closed over unread bytes is
/// reset, and the sender might never see the answer.
pub(crate) async fn unsupported(headers: &HeaderMap, wanted: &str, body: Body, limits: &Limits) -> Problem {
    let _ = read(body, limits.body, limits).await;
    wrong_type(headers, wanted)
}

/// The problem of a body of another type.
pub(crate) fn wrong_type(headers: &HeaderMap, wanted: &str) -> Problem {
    let found = media_type(headers).map_or_else(|| "no Content-Type".to_owned(), |found| format!("`{found}`"));
    let detail = format!("{found}, where {wanted} is expected");
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "Wrong Content-Type", detail)
}

/// Reads a whole body.
pub(crate) async fn read(body: Body, most: usize, limits: &Limits) -> Result<Vec<u8>, Problem> {
    match tokio::time::timeout(limits.body_patience, collect(body, most)).await {
        Ok(result) => result,
        Err(_) => {
            let detail = format!("the body did not arrive within {} s", limits.body_patience.as_secs());
            Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout", "The request took too long", detail))
        }
    }
}

async fn collect(mut body: Body, most: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            let detail = format!("the body ended early, after {length} bytes: {error}");
            Problem::new(StatusCode::BAD_REQUEST, "incomplete_body", "The body ended early", detail)
        })?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length <= most {
            bytes.extend_from_slice(&data);
        } else if length > most.saturating_mul(4) {
            break;
        }
        // A body somewhat too long is read to its end and thrown away: its sender then gets to see the answer.
    }
    if length <= most { Ok(bytes) } else { Err(too_large(most)) }
}

fn too_large(most: usize) -> Problem {
    let detail = format!("the body is longer than the {most} bytes permitted here");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The body is too long", detail)
}
