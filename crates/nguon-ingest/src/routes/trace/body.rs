//! A body of lines that are fetched as the reader takes them.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use hyper::body::Frame;
use nguon_core::trace::Line;
use nguon_store::StoreError;
use tokio::sync::OwnedSemaphorePermit;

use crate::problem::Problem;
use crate::routes::shared;

const NDJSON: HeaderValue = HeaderValue::from_static("application/x-ndjson");

/// Some lines, and how to get at those that follow.
pub(in crate::routes) type Page = Pin<Box<dyn Future<Output = Result<(Vec<Line>, Option<Next>), StoreError>> + Send>>;

/// Fetches the lines that follow.
pub(in crate::routes) struct Next(Box<dyn FnOnce() -> Page + Send>);

impl Next {
    pub(in crate::routes) fn new(fetch: impl FnOnce() -> Page + Send + 'static) -> Self {
        Self(Box::new(fetch))
    }
}

/// An answer that begins with these lines. The permit is held until the reader has them all, or went away.
pub(in crate::routes) fn respond(
    lines: &[Line],
    next: Option<Next>,
    permit: OwnedSemaphorePermit,
) -> Result<Response, Problem> {
    let ready = text(lines).map_err(|error| Problem::internal(&error))?;
    let body = Lines { ready: Some(ready), coming: None, next, _permit: permit };
    let headers = [(header::CONTENT_TYPE, NDJSON), (header::CACHE_CONTROL, shared::REVALIDATE)];
    Ok((headers, Body::new(body)).into_response())
}

fn text(lines: &[Line]) -> Result<Bytes, serde_json::Error> {
    let mut text = Vec::with_capacity(lines.len() * 512);
    for line in lines {
        serde_json::to_writer(&mut text, line)?;
        text.push(b'\n');
    }
    Ok(text.into())
}

struct Lines {
    ready: Option<Bytes>,
    coming: Option<Page>,
    next: Option<Next>,
    _permit: OwnedSemaphorePermit,
}

impl HttpBody for Lines {
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.get_mut();
        if let Some(ready) = this.ready.take() {
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
        let broken = |error: Self::Error| {
            tracing::error!(%error, "a trace broke off");
            error
        };
        let (lines, next) = page.map_err(|error| broken(error.into()))?;
        this.next = next;
        let text = text(&lines).map_err(|error| broken(error.into()))?;
        Poll::Ready(Some(Ok(Frame::data(text))))
    }
}
