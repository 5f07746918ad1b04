//! Serials of printed labels: of each batch so many as its records say, numbered from 0.

use nguon_core::ids::{ChainId, RootHash};
use nguon_core::serial::SerialList;
use nguon_gs1::Serial;

use super::error::{Result, SeasonError};
use super::seed::Seed;

/// A batch's serials, in the order of printing.
pub(super) fn printed(seed: &Seed, batch: &ChainId, count: u64) -> Result<Vec<Serial>> {
    (0..count).map(|n| Ok(seed.serial(batch, n).parse()?)).collect()
}

/// What a server proves them with.
pub(super) fn list(seed: &Seed, batch: &ChainId, count: u64) -> Result<SerialList> {
    SerialList::of(batch, &printed(seed, batch, count)?).map_err(|_| SeasonError::Unknown(format!("labels of {batch}")))
}

/// What commits to them.
pub(super) fn root(seed: &Seed, batch: &ChainId, count: u64) -> Result<RootHash> {
    list(seed, batch, count).map(|list| list.root())
}
