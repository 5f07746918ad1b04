//! Serials of printed labels: of each batch so many as its records say, numbered from 0.

use nguon_core::ids::{ChainId, RootHash};
use nguon_core::judge::Chains as _;
use nguon_core::serial::SerialList;
use nguon_gs1::Serial;

use super::book::Book;
use super::error::{Result, SeasonError};
use super::seed::Seed;

/// The labels with serials that were printed for a batch's boxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The batch.
    pub batch: ChainId,
    /// What each label says, GS1 AI (21), in the order of printing.
    pub serials: Vec<Serial>,
    /// What a server proves them with.
    pub list: SerialList,
}

/// So many labels of a batch.
fn print(seed: &Seed, batch: &ChainId, count: u64) -> Result<Printed> {
    let serials: Vec<Serial> = (0..count).map(|n| Ok(seed.serial(batch, n).parse()?)).collect::<Result<_>>()?;
    let list = SerialList::of(batch, &serials).map_err(|_| SeasonError::Unknown(format!("labels of {batch}")))?;
    Ok(Printed { batch: *batch, serials, list })
}

/// What commits to so many labels.
pub(super) fn root(seed: &Seed, batch: &ChainId, count: u64) -> Result<RootHash> {
    print(seed, batch, count).map(|printed| printed.list.root())
}

/// All that was printed.
pub(super) fn all(book: &Book) -> Result<Vec<Printed>> {
    let labels = |id: &ChainId| Some((*id, book.ledger.chain(id)?.batch()?.labels()));
    let issued = book.chains.values().filter_map(labels).filter(|(_, count)| *count > 0);
    issued.map(|(batch, count)| print(&book.seed, &batch, count)).collect()
}

/// One of a batch's serials.
pub(super) fn one(book: &Book, batch: &ChainId) -> Result<Serial> {
    Ok(book.seed.serial(batch, 0).parse()?)
}
