//! Ctrl-C, as something to look at: the demo ends its server itself before it goes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result};

/// Whether Ctrl-C was pressed, or the process was asked to end.
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// From here on Ctrl-C is noted instead of ending this process at once.
    ///
    /// # Errors
    /// The signal already has a handler.
    pub fn on_ctrl_c() -> Result<Self> {
        let pressed = Arc::new(AtomicBool::new(false));
        let handler = Arc::clone(&pressed);
        ctrlc::set_handler(move || handler.store(true, Ordering::SeqCst)).context("Ctrl-C")?;
        Ok(Self(pressed))
    }

    /// Whether it is time to go.
    pub fn requested(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
