//! A word passed once, from whoever stops something to all that should end with it.

use std::sync::Arc;

use tokio::sync::watch;

/// Clones hear the same word.
#[derive(Debug, Clone)]
pub(crate) struct Stopping(Arc<watch::Sender<bool>>);

impl Default for Stopping {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stopping {
    pub(crate) fn begin(&self) {
        self.0.send_replace(true);
    }

    pub(crate) fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Comes back when it has begun.
    pub(crate) async fn begun(&self) {
        // The sender is `self`: it cannot be gone.
        let _ = self.0.subscribe().wait_for(|stopping| *stopping).await;
    }
}
