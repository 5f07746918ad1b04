//! Where a log shows another history than it showed before.

use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash;
use nguon_tlog::tree::Frontier;

use super::fetched;
use crate::copy::Copy;
use crate::error::Error;
use crate::source::Source;

/// The first leaf that is another than in the copy, if what the log shows now from leaf 0 on makes the root it signed:
/// then both histories are the log's. If it does not, the files shown are damaged, and prove nothing.
pub(super) fn first(copy: &Copy, copied: u64, checkpoint: &Checkpoint, source: &Source) -> Result<Option<u64>, Error> {
    let (mut tree, mut difference) = (Frontier::new(), None);
    while tree.size() < checkpoint.size {
        let shown = fetched(source, tree.size(), checkpoint.size)?;
        let known = if difference.is_none() && tree.size() < copied {
            copy.leaves(tree.size(), shown.len() as u64)?
        } else {
            Vec::new()
        };
        let differs = shown.iter().zip(&known).position(|(shown, known)| shown != known);
        difference = difference.or(differs.map(|at| tree.size() + at as u64));
        shown.iter().for_each(|data| tree.append(hash::leaf(data)));
    }
    Ok(difference.filter(|_| tree.root() == checkpoint.root))
}
