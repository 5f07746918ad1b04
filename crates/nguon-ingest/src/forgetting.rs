//! Deleting what is kept for a time only, while the server runs.

use std::sync::Arc;
use std::time::Duration;

use nguon_store::Store;
use tokio::task::JoinHandle;

use crate::stopping::Stopping;

/// Days are counted, so a few times a day.
const EVERY: Duration = Duration::from_secs(6 * 3_600);

/// Deletes old counts of scans and unfinished uploads now and then, until the server stops.
pub(crate) fn start(store: Arc<dyn Store>, stopping: Stopping) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            match store.forget_scans().await {
                Ok(0) => {}
                Ok(rows) => tracing::info!(rows, "old counts of scans were deleted"),
                Err(error) => tracing::error!(%error, "old counts of scans could not be deleted"),
            }
            match store.forget_uploads().await {
                Ok(0) => {}
                Ok(uploads) => tracing::info!(uploads, "unfinished uploads were deleted"),
                Err(error) => tracing::error!(%error, "unfinished uploads could not be deleted"),
            }
            tokio::select! {
                () = stopping.begun() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    })
}
