//! What came in, went out and remains, batch by batch, as this computer knows them: what waits here is counted.

use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::state::Journal;
use nguon_draft::history;
use nguon_draft::{Book, Outbox};

/// A batch's balance, in grams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Its chain
    pub chain: ChainId,
    /// What it is called: its variety, or what the produce is
    pub product: String,
    /// What the produce is, as its first record says
    pub kind: String,
    /// Its variety
    pub variety: Option<String>,
    /// Its lot, if it has a label
    pub lot: Option<String>,
    /// The labelled batch that it is a consignment of
    pub consignment_of: Option<ChainId>,
    /// When it was opened, Unix seconds
    pub opened: u64,
    /// Came in, from where
    pub came: Vec<(ChainId, u64)>,
    /// Went out into other batches, into which
    pub went: Vec<(ChainId, u64)>,
    /// Sold, lost and disposed of
    pub gone: u64,
    /// Boxes packed
    pub boxes: u64,
    /// Labels with serials issued
    pub labels: u64,
    /// What is left
    pub remaining: u64,
    /// Whether a recall stands on it
    pub recalled: bool,
    /// Whether the server has it
    pub stored: bool,
}

impl Lot {
    /// All that came in.
    #[must_use]
    pub fn came_in(&self) -> u64 {
        self.came.iter().map(|(_, grams)| grams).sum()
    }

    /// All that went out.
    #[must_use]
    pub fn went_out(&self) -> u64 {
        self.went.iter().map(|(_, grams)| grams).sum()
    }

    /// Whether the figures add up: what came in is what went out, was sold or lost, and is left.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.came_in() == self.went_out().saturating_add(self.gone).saturating_add(self.remaining)
    }
}

/// All together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Came in from others
    pub came: u64,
    /// Went to others
    pub went: u64,
    /// Sold, lost and disposed of
    pub gone: u64,
    /// Left
    pub remaining: u64,
}

/// An owner's batches, newest first.
#[must_use]
pub fn lots(book: &Book, outbox: &Outbox, owner: &ChainId) -> Vec<Lot> {
    let one = |batch: history::Batch| {
        let state = book.chain(&batch.chain)?;
        let of = state.batch()?;
        Some(Lot {
            chain: batch.chain,
            kind: batch.product.as_ref().map(ToString::to_string).unwrap_or_default(),
            variety: batch.variety.as_ref().map(ToString::to_string),
            product: batch.variety.or(batch.product).map(|text| text.to_string()).unwrap_or_default(),
            lot: batch.label.map(|label| label.lot.to_string()),
            consignment_of: of.label_of,
            opened: batch.opened_at.map_or(0, nguon_core::values::Time::get),
            came: flows(&of.inputs),
            went: flows(&of.draws),
            gone: positive(of.gone.total()),
            boxes: of.boxes(),
            labels: of.labels(),
            remaining: of.remaining(),
            recalled: state.is_recalled(),
            stored: batch.stored,
        })
    };
    let mut found: Vec<Lot> = history::batches_of(book, outbox, owner).into_iter().filter_map(one).collect();
    found.sort_by_key(|lot| (std::cmp::Reverse(lot.opened), lot.chain));
    found
}

/// The owner's sum: what went from one of its own batches into another is neither in nor out.
#[must_use]
pub fn sum(lots: &[Lot]) -> Sum {
    let own: std::collections::BTreeSet<ChainId> = lots.iter().map(|lot| lot.chain).collect();
    let others = |flows: &[(ChainId, u64)]| -> u64 {
        flows.iter().filter(|(other, _)| !own.contains(other)).map(|(_, grams)| grams).sum()
    };
    lots.iter().fold(Sum::default(), |sum, lot| Sum {
        came: sum.came + others(&lot.came),
        went: sum.went + others(&lot.went),
        gone: sum.gone + lot.gone,
        remaining: sum.remaining + lot.remaining,
    })
}

fn flows(journal: &Journal) -> Vec<(ChainId, u64)> {
    let with = |other: ChainId| (other, positive(journal.with(&other, |_| true)));
    journal.others().into_iter().map(with).filter(|(_, grams)| *grams > 0).collect()
}

fn positive(grams: i64) -> u64 {
    u64::try_from(grams).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> ChainId {
        ChainId::from_bytes([n; 32])
    }

    fn lot(n: u8, came: &[(u8, u64)], went: &[(u8, u64)], gone: u64) -> Lot {
        let flows = |flows: &[(u8, u64)]| flows.iter().map(|(other, grams)| (id(*other), *grams)).collect::<Vec<_>>();
        let (came, went) = (flows(came), flows(went));
        let sum = |flows: &[(ChainId, u64)]| flows.iter().map(|(_, grams)| grams).sum::<u64>();
        let remaining = sum(&came) - sum(&went) - gone;
        Lot {
            chain: id(n),
            product: String::new(),
            kind: String::new(),
            variety: None,
            lot: None,
            consignment_of: None,
            opened: 0,
            came,
            went,
            gone,
            boxes: 0,
            labels: 0,
            remaining,
            recalled: false,
            stored: true,
        }
    }

    #[test]
    fn what_moves_between_ones_own_batches_is_counted_once() {
        let lots = [lot(1, &[(90, 500)], &[(2, 400)], 20), lot(2, &[(1, 390)], &[(91, 100)], 0)];
        assert!(lots.iter().all(Lot::adds_up));
        // Ten grams were lost between two batches: drawn, and not received.
        assert_eq!(sum(&lots), Sum { came: 500, went: 100, gone: 20, remaining: 370 });
    }
}
