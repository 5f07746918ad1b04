//! A body of JSON lines (NDJSON), or of CBOR items (RFC 8742), that are fetched as the reader takes them.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use hyper::body::Frame;
use nguon_core::cbor::{self, Limits};
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;

use super::shared;
use crate::problem::Problem;

const NDJSON: HeaderValue = HeaderValue::from_static("application/x-ndjson");

/// Why a body broke off.
pub(super) type Broken = Box<dyn std::error::Error + Send + Sync>;

/// Some lines, and how to get at those that follow.
pub(super) type Page<T> = Pin<Box<dyn Future<Output = Result<(Vec<T>, Option<Next<T>>), Broken>> + Send>>;

/// Fetches the lines that follow.
pub(super) struct Next<T>(Box<dyn FnOnce() -> Page<T> + Send>);

impl<T> Next<T> {
    pub(super) fn new(fetch: impl FnOnce() -> Page<T> + Send + 'static) -> Self {
        Self(Box::new(fetch))
    }
}

/// How some lines are written.
type Write<T> = fn(&[T]) -> Result<Bytes, Broken>;

/// An answer that begins with these lines. The permit is held until the reader has them all, or went away.
pub(super) fn respond<T: Serialize + 'static>(
    lines: &[T],
    next: Option<Next<T>>,
    permit: OwnedSemaphorePermit,
) -> Result<Response, Problem> {
    written(NDJSON, text, lines, next, permit)
}

/// The same as CBOR items, one after the other.
pub(super) fn respond_cbor<T: Serialize + 'static>(
    next: Next<T>,
    permit: OwnedSemaphorePermit,
) -> Result<Response, Problem> {
    written(shared::CBOR_SEQUENCE, items, &[], Some(next), permit)
}

fn written<T: Serialize + 'static>(
    media_type: HeaderValue,
    write: Write<T>,
    lines: &[T],
    next: Option<Next<T>>,
    permit: OwnedSemaphorePermit,
) -> Result<Response, Problem> {
    let ready = write(lines).map_err(|error| Problem::internal(&error))?;
    let body = Lines { write, ready: Some(ready), coming: None, next, _permit: permit };
    let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, shared::REVALIDATE)];
    Ok((headers, Body::new(body)).into_response())
}

fn text<T: Serialize>(lines: &[T]) -> Result<Bytes, Broken> {
    let mut text = Vec::with_capacity(lines.len() * 512);
    for line in lines {
        serde_json::to_writer(&mut text, line)?;
        text.push(b'\n');
    }
    Ok(text.into())
}

fn items<T: Serialize>(lines: &[T]) -> Result<Bytes, Broken> {
    let mut bytes = Vec::new();
    for line in lines {
        bytes.extend(cbor::to_canonical(line, Limits { length: usize::MAX, depth: 4 })?);
    }
    Ok(bytes.into())
}

struct Lines<T> {
    write: Write<T>,
    ready: Option<Bytes>,
    coming: Option<Page<T>>,
    next: Option<Next<T>>,
    _permit: OwnedSemaphorePermit,
}

impl<T: Serialize> HttpBody for Lines<T> {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let this = self.get_mut();
        if let Some(ready) = this.ready.take().filter(|ready| !ready.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(ready))));
        }
        if this.coming.is_none() {
            let Some(Next(fetch)) = this.next.take() else { return Poll::Ready(None) };
            this.coming = Some(fetch());
        }
        let Some(coming) = &mut this.coming else { return Poll::Ready(None) };
        let page = ready!(coming.as_mut().poll(context));
        this.coming = None;
        // The answer breaks off without its last line, by which the reader knows.
        let broken = |error: Broken| {
            tracing::error!(%error, "an answer in lines broke off");
            error
        };
        let (lines, next) = page.map_err(broken)?;
        this.next = next;
        let bytes = (this.write)(&lines).map_err(broken)?;
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }
}
