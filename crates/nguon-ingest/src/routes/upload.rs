//! `/v1/attachments/{digest}/upload`: an attachment in pieces, after the IETF draft "Resumable Uploads for HTTP"
//! (draft-ietf-httpbis-resumable-upload).
//!
//! What is an upload is known beforehand: the opening names record, length and type. So an upload need not be created, and its
//! address is known; left out are its creation, `Upload-Length` from the client, and the interim answer 104.

mod delete;
mod head;
mod patch;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use nguon_core::ids::FieldDigest;
use nguon_store::{Awaited, UploadRefusal};

pub(super) use delete::{__path_delete, delete};
pub(super) use head::{__path_head, head};
pub(super) use patch::{__path_patch, patch};

use super::App;
use crate::media::Kind;
use crate::problem::Problem;

/// Where the next piece begins (a structured field, RFC 9651: an integer).
pub(super) const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// Whether all is there (a structured field: a boolean).
pub(super) const COMPLETE: HeaderName = HeaderName::from_static("upload-complete");
/// Bytes of the whole file.
pub(super) const LENGTH: HeaderName = HeaderName::from_static("upload-length");

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Where an upload stands, in headers.
fn stands(status: StatusCode, offset: u64, length: u64, is_complete: bool) -> Response {
    let complete = HeaderValue::from_static(if is_complete { "?1" } else { "?0" });
    let headers =
        [(OFFSET, offset.into()), (LENGTH, length.into()), (COMPLETE, complete), (header::CACHE_CONTROL, NO_STORE)];
    (status, headers).into_response()
}

/// The attachment that is waited for, and its sort. A sort or length that is not taken is refused before a byte is read.
pub(super) async fn awaited(app: &App, digest: FieldDigest) -> Result<(Awaited, Kind), Problem> {
    let awaited = app.config.store.awaited(digest).await?.ok_or_else(no_opening)?;
    let kind = Kind::of_media_type(awaited.media_type.as_str()).ok_or_else(|| {
        let detail = format!(
            "the record says `{}`; pictures (image/jpeg, image/png, image/webp) and documents (application/pdf) are taken",
            awaited.media_type
        );
        let title = "Files of this type are not taken";
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_attachment", title, detail)
    })?;
    if awaited.length > kind.most() {
        let detail = format!("{} bytes, where at most {} are taken of {kind}", awaited.length, kind.most());
        let title = "The file is too long";
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "attachment_too_large", title, detail));
    }
    Ok((awaited, kind))
}

pub(super) fn no_opening() -> Problem {
    let detail = "no opening of an attachment with this digest is stored; post the opening first";
    Problem::not_found("no_such_attachment", detail)
}

/// Refuses a file that is not what its record says it is.
pub(super) fn check_content(kind: Kind, bytes: &[u8]) -> Result<(), Problem> {
    let found = Kind::of_content(bytes);
    if found == Some(kind) { Ok(()) } else { Err(wrong_type(kind, found)) }
}

fn wrong_type(kind: Kind, found: Option<Kind>) -> Problem {
    let found = found.map_or_else(|| "nothing that is taken here, or not whole".to_owned(), |found| found.to_string());
    let detail = format!("the record says {kind}; by its content the file is {found}");
    let title = "The file is not of the type that was signed";
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong_attachment_type", title, detail)
}

/// The problem of a piece that was not taken.
fn refused(refusal: &UploadRefusal) -> Problem {
    let (status, code, title) = match refusal {
        UploadRefusal::NotAwaited => return no_opening(),
        UploadRefusal::Complete => (StatusCode::BAD_REQUEST, "completed_upload", "The upload is complete"),
        UploadRefusal::Offset { .. } => {
            (StatusCode::CONFLICT, "mismatching_upload_offset", "The piece begins elsewhere than the last one ended")
        }
        UploadRefusal::TooLong { .. } => {
            (StatusCode::BAD_REQUEST, "inconsistent_upload_length", "The pieces are longer than the file")
        }
        UploadRefusal::TooMuchOfOne(_) => {
            (StatusCode::TOO_MANY_REQUESTS, "too_many_uploads", "Too much is unfinished about this person")
        }
        _ => (StatusCode::INSUFFICIENT_STORAGE, "uploads_full", "Too much is unfinished"),
    };
    let more = match refusal {
        UploadRefusal::TooMuchOfOne(_) => "; finish the others first, or delete them",
        UploadRefusal::TooMuch(_) => "; try again later",
        _ => "",
    };
    Problem::new(status, code, title, format!("{refusal}{more}"))
}

/// The answer to a piece that was not taken: also where the next one begins, if that is what was wrong.
fn answer(refusal: &UploadRefusal) -> Response {
    let problem = refused(refusal);
    match refusal {
        UploadRefusal::Offset { expected } => ([(OFFSET, HeaderValue::from(*expected))], problem).into_response(),
        UploadRefusal::Complete => ([(COMPLETE, HeaderValue::from_static("?1"))], problem).into_response(),
        _ => problem.into_response(),
    }
}

/// The number in a header.
fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Problem> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.trim().parse().ok()).ok_or_else(|| {
        let detail = format!("{name}: a number of bytes is expected");
        let title = "The header cannot be read";
        Problem::new(StatusCode::BAD_REQUEST, "bad_header", title, detail).in_field(Some(name.to_string()))
    })
}
