//! What takes time: asking, checking, sending. Nothing here decides; that is done by plain functions elsewhere.

pub mod check;
pub mod files;
pub mod outbox;
pub mod proof;
pub mod record;
pub mod trace;

use crate::browser;

/// Origin of the ingestion server; empty if it serves the page itself.
#[must_use]
pub fn api() -> String {
    browser::setting("api").unwrap_or_default()
}
