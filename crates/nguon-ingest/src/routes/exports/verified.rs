//! Bundles verified by the server itself, as a reader would.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_core::verify::{Bundle, Options, verify};
use nguon_export::{Source, SourceError};

use super::super::App;
use crate::problem::Problem;

/// Does work that takes a core, as many at a time as walks.
pub(in super::super) async fn on_a_thread<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let permit = Arc::clone(&app.walks).acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let done = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    });
    done.await.map_err(|error| Problem::internal(&error))?
}

/// A bundle's source, and its bytes.
pub(in super::super) fn source(
    bundle: &Bundle,
    trust: &TrustRoot,
    despite: bool,
) -> Result<(Source, Vec<u8>), Problem> {
    let bytes = bundle.to_bytes().map_err(|error| Problem::internal(&error))?;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let now = Time::new(seconds).map_err(|error| Problem::internal(&error))?;
    let verification = verify(&bytes, trust, &Options { online: true, ..Options::at(now) });
    let source = if despite { Source::despite(verification, now) } else { Source::new(verification, now) };
    let source = source.map_err(|error| match error {
        SourceError::BadVerdict { .. } => {
            let detail = format!("{error}: add ?despite=true to have it all the same");
            Problem::new(StatusCode::CONFLICT, "bad_verdict", "The verdict is bad", detail)
        }
        other => Problem::internal(&other),
    })?;
    Ok((source, bytes))
}
