//! `PATCH /v1/attachments/{digest}/upload`.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt as _;
use nguon_core::ids::FieldDigest;
use nguon_store::UploadRefusal;
use tokio::time::Instant;

use super::{COMPLETE, OFFSET};
use crate::body;
use crate::media::Kind;
use crate::problem::Problem;
use crate::routes::App;
use crate::routes::shared::{self, Address};

/// Bytes after which what came is made durable: a connection that drops loses no more than this.
const PIECE: usize = 128 * 1024;

/// How many times the patience with other bodies a slow line may take, as long as something comes.
const SLOWER: u32 = 10;

/// Bytes by which a file's sort is known.
const ENOUGH: usize = 12;

/// Submit the next piece of an attachment
///
/// `Upload-Offset` says where the piece begins: where the last one ended, or nothing of it is taken. What has arrived is kept
/// even if the connection drops before the rest has; `HEAD` tells how much that is. As soon as all bytes are there the file is
/// checked: its content must be of the type that its record names, and its digest must be the one that was signed. Pieces of a
/// file that is not are deleted. Unfinished uploads may hold 32 MiB about one person and 512 MiB in all.
#[utoipa::path(
    patch, path = "/v1/attachments/{digest}/upload", tag = "attachments", operation_id = "patch_upload",
    params(
        ("digest" = String, Path, description = "The salted digest in the record, 64 hexadecimal digits"),
        ("Upload-Offset" = u64, Header, description = "Where the piece begins"),
        ("Upload-Complete" = Option<String>, Header, description = "`?1` if it is the last; then it must end where the file does"),
    ),
    request_body(content = Vec<u8>, content_type = "application/partial-upload", description = "The piece"),
    responses(
        (status = 204, description = "The piece is stored; with `Upload-Complete: ?1`, the whole file", headers(
            ("Upload-Offset" = u64, description = "Bytes that are there now"),
            ("Upload-Length" = u64, description = "Bytes of the whole file"),
            ("Upload-Complete" = String, description = "`?1` or `?0`"),
        )),
        (status = 400, description = "Not a digest or an offset; the upload is complete, or longer or shorter than was signed; or the body ended early", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No opening for this digest is stored", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body did not arrive in time; what arrived is kept", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The piece begins elsewhere; `Upload-Offset` says where it must", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Longer than files of its type may be", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Wrong Content-Type, or a type that is not taken", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Not the file that was signed, or not of its type", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too much is unfinished about this person", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
        (status = 507, description = "Too much is unfinished in all", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(in crate::routes) async fn patch(
    State(app): State<Arc<App>>,
    Address(digest): Address<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    match Upload::begin(&app, &digest, &headers).await {
        Ok(upload) => upload.take(body).await,
        Err(refused) => {
            // Read and thrown away, so that the sender gets to see the answer.
            let limits = &app.config.limits;
            let _ = body::read(body, limits.body, limits).await;
            Err(refused)
        }
    }
}

/// Why a piece was not taken, or not all of it.
pub(in crate::routes) enum Refused {
    Piece(UploadRefusal),
    Other(Problem),
}

impl<T: Into<Problem>> From<T> for Refused {
    fn from(problem: T) -> Self {
        Self::Other(problem.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Piece(refusal) => super::answer(&refusal),
            Self::Other(problem) => problem.into_response(),
        }
    }
}

/// An upload under way.
struct Upload<'a> {
    app: &'a App,
    digest: FieldDigest,
    kind: Kind,
    offset: u64,
    length: u64,
    /// Whether the client says that this piece is the last.
    is_last: bool,
}

impl<'a> Upload<'a> {
    /// Sees whether a piece that begins there may be taken.
    async fn begin(app: &'a App, digest: &str, headers: &HeaderMap) -> Result<Self, Refused> {
        let digest = shared::id("digest", digest)?;
        if body::media_type(headers).as_deref() != Some("application/partial-upload") {
            return Err(body::wrong_type(headers, "`application/partial-upload`").into());
        }
        let offset = super::number(headers, &OFFSET)?;
        let is_last = headers.get(&COMPLETE).is_some_and(|value| value.as_bytes() == b"?1");
        let (awaited, kind) = super::awaited(app, digest).await?;
        if awaited.is_stored {
            return Err(Refused::Piece(UploadRefusal::Complete));
        }
        if offset != awaited.received {
            return Err(Refused::Piece(UploadRefusal::Offset { expected: awaited.received }));
        }
        Ok(Self { app, digest, kind, offset, length: awaited.length, is_last })
    }

    /// Makes the body durable piece by piece as it comes.
    async fn take(mut self, mut body: Body) -> Result<Response, Refused> {
        let patience = self.app.config.limits.body_patience;
        let until = Instant::now() + patience.saturating_mul(SLOWER);
        let mut piece = Vec::new();
        loop {
            let left = until.saturating_duration_since(Instant::now()).min(patience);
            let ended = match tokio::time::timeout(left, body.frame()).await {
                Ok(Some(Ok(frame))) => {
                    if let Ok(data) = frame.into_data() {
                        piece.extend_from_slice(&data);
                    }
                    if piece.len() >= PIECE {
                        self.keep(&mut piece).await?;
                    }
                    continue;
                }
                Ok(None) => None,
                Ok(Some(Err(error))) => {
                    let detail = format!("the body ended early: {error}; what arrived is kept, HEAD says how much");
                    let title = "The body ended early";
                    Some(Problem::new(StatusCode::BAD_REQUEST, "incomplete_body", title, detail))
                }
                Err(_) => Some(too_slow(patience)),
            };
            self.keep(&mut piece).await?;
            return match ended {
                Some(problem) => Err(problem.into()),
                None => self.answer().await,
            };
        }
    }

    async fn keep(&mut self, piece: &mut Vec<u8>) -> Result<(), Refused> {
        if self.offset == 0 && piece.len() >= ENOUGH && !self.kind.may_begin(piece) {
            return Err(super::check_content(self.kind, piece).err().unwrap_or_else(super::no_opening).into());
        }
        let bytes = std::mem::take(piece);
        let kept = self.app.config.store.append_upload(self.digest, self.offset, bytes).await?;
        self.offset = kept.map_err(Refused::Piece)?;
        Ok(())
    }

    /// All of this piece is durable. If it was the last, the whole is checked.
    async fn answer(self) -> Result<Response, Refused> {
        let Self { app, digest, kind, offset, length, is_last } = self;
        if offset < length {
            if is_last {
                let detail = format!("{offset} bytes are there, and the signed record says that the file has {length}");
                let title = "The file is shorter than was signed";
                return Err(Problem::new(StatusCode::BAD_REQUEST, "inconsistent_upload_length", title, detail).into());
            }
            return Ok(super::stands(StatusCode::NO_CONTENT, offset, length, false));
        }
        let store = &app.config.store;
        let whole = store.upload(digest).await?;
        if let Err(problem) = super::check_content(kind, &whole) {
            store.drop_upload(digest).await?;
            return Err(problem.into());
        }
        match store.finish_upload(digest).await? {
            Ok(true) => Ok(super::stands(StatusCode::NO_CONTENT, offset, length, true)),
            // Erased meanwhile.
            Ok(false) => Err(super::no_opening().into()),
            Err(refusal) => Err(Problem::from(&refusal.fault).into()),
        }
    }
}

fn too_slow(patience: Duration) -> Problem {
    let detail = format!(
        "nothing came for {} s, or not all within {} s; what arrived is kept, HEAD says how much",
        patience.as_secs(),
        patience.saturating_mul(SLOWER).as_secs()
    );
    Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout", "The request took too long", detail)
}
