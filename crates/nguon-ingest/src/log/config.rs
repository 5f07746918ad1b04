//! What a log is run with.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use nguon_core::SigningKey;

/// What the sequencer of a log needs; [`LogConfig::new`] fills in what most deployments want.
#[derive(Clone)]
pub struct LogConfig {
    /// The secret half of the key that the trust root names.
    pub key: SigningKey,
    /// Folder of the static files: tiles, entry bundles and the published checkpoint.
    pub tiles: PathBuf,
    /// How long a checkpoint waits for cosignatures before they are asked for again; at most a minute.
    pub witness_patience: Duration,
    /// The shortest time from one checkpoint to the next.
    pub interval: Duration,
    /// How often a checkpoint is cosigned again when nothing is added; never less often than three times in the online
    /// freshness that the trust root names.
    pub recosign_every: Duration,
    /// Addresses of witnesses and auditors by name, where they differ from those in the trust root.
    pub addresses: BTreeMap<String, String>,
}

impl LogConfig {
    /// The usual times, and the addresses in the trust root.
    #[must_use]
    pub fn new(key: SigningKey, tiles: PathBuf) -> Self {
        Self {
            key,
            tiles,
            witness_patience: Duration::from_secs(5),
            interval: Duration::from_millis(250),
            recosign_every: Duration::from_secs(600),
            addresses: BTreeMap::new(),
        }
    }
}

impl fmt::Debug for LogConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the key.
        f.debug_struct("LogConfig").field("tiles", &self.tiles).finish_non_exhaustive()
    }
}
