//! Receipts: where a record stands in the published log.

use std::time::Duration;

use nguon_core::ids::StatementId;
use nguon_store::{Logged, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

use super::App;

/// The longest that a request waits for a checkpoint.
pub(super) const LONGEST: u64 = 60;

/// How long requests that wait are still given when the server is about to stop.
const LAST: Duration = Duration::from_secs(2);

/// Where a record stands in the published log; `GET /v1/receipts/{statement_id}` gives the proof.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(super) struct LogReceipt {
    /// Index of its leaf.
    index: u64,
    /// When the log took it, Unix seconds.
    log_time: u64,
    /// Size of the published checkpoint.
    size: u64,
}

/// Where each of these stored records stands, once the last of them is published or the time is up; `None` for those that
/// are not published.
pub(super) async fn receipts(
    app: &App,
    records: &[Option<StatementId>],
    wait: Duration,
) -> Result<Vec<Option<LogReceipt>>, StoreError> {
    let Some(log) = &app.log else { return Ok(vec![None; records.len()]) };
    let mut places: Vec<Option<Logged>> = Vec::with_capacity(records.len());
    for record in records {
        places.push(match record {
            Some(statement) => place(app, *statement).await?,
            None => None,
        });
    }
    if let Some(last) = places.iter().flatten().map(|place| place.position.index).max() {
        let patience = tokio::time::sleep(wait.min(Duration::from_secs(LONGEST)));
        tokio::select! {
            biased;
            () = log.published.covers(last) => {}
            () = patience => {}
            () = async { app.stopping.begun().await; tokio::time::sleep(LAST).await } => {}
        }
    }
    let size = log.published.head().map_or(0, |head| head.size);
    let receipt = |place: Option<Logged>| {
        let position = place?.position;
        let receipt = LogReceipt { index: position.index, log_time: position.log_time.get(), size };
        (position.index < size).then_some(receipt)
    };
    Ok(places.into_iter().map(receipt).collect())
}

/// Where a record stands in the log, published or not.
pub(super) async fn place(app: &App, statement: StatementId) -> Result<Option<Logged>, StoreError> {
    app.config.store.position(statement).await
}
