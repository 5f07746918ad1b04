//! What left the seller's batches for others', and how far it is: read from the records, so that every officer sees the same.

use nguon_core::event::{Document, Event};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_draft::{Book, Outbox, Stage, history};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has taken it in yet
    UnderWay,
    /// So many grams arrived
    Arrived(u64),
}

/// Grams that left a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    /// From which batch of the seller's
    pub from: ChainId,
    /// Its lot, if it has a label
    pub lot: Option<String>,
    /// Sequence of the draw on that chain
    pub draw: u64,
    /// Into which batch
    pub to: ChainId,
    /// Whose that is, where its chain is at hand
    pub owner: Option<ChainId>,
    /// How much, as it is by now
    pub grams: u64,
    /// When, Unix seconds
    pub at: u64,
    /// Who carries it
    pub carrier: Option<ChainId>,
    /// The paper that goes along
    pub document: Option<Document>,
    /// How far it is
    pub state: State,
    /// Whether the server has it
    pub stored: bool,
}

impl Shipment {
    /// Grams that left and did not arrive, once it arrived.
    #[must_use]
    pub const fn shortage(&self) -> u64 {
        match self.state {
            State::Arrived(grams) => self.grams.saturating_sub(grams),
            State::UnderWay => 0,
        }
    }
}

/// All that left for others or for consignments of one's own, newest first. What moves between the seller's own batches is none.
#[must_use]
pub fn shipments(book: &Book, outbox: &Outbox, seller: &ChainId) -> Vec<Shipment> {
    let mut found = Vec::new();
    for batch in history::batches_of(book, outbox, seller) {
        let lines = history::of_chain(book, outbox, &batch.chain);
        let shipped = |draw: u64| {
            lines.iter().find_map(|line| match line.now.as_ref().unwrap_or(&line.said) {
                Event::Shipped(event) if event.draw == draw => Some(event),
                _ => None,
            })
        };
        for line in &lines {
            let Event::Drawn(drawn) = line.now.as_ref().unwrap_or(&line.said) else { continue };
            let to = book.chain(&drawn.to);
            let taker = to.as_ref().and_then(|state| state.batch());
            let own = taker.is_some_and(|taker| taker.owner == *seller);
            if own && taker.is_some_and(|taker| taker.label_of.is_none()) {
                continue;
            }
            let came = taker.map_or(0, |taker| taker.inputs.with(&batch.chain, |_| true));
            let shipped = shipped(line.sequence);
            found.push(Shipment {
                from: batch.chain,
                lot: batch.label.as_ref().map(|label| label.lot.to_string()),
                draw: line.sequence,
                to: drawn.to,
                owner: taker.map(|taker| taker.owner),
                grams: drawn.grams.get(),
                at: line.at.get(),
                carrier: shipped.map(|event| event.carrier),
                document: shipped.and_then(|event| event.document.clone()),
                state: u64::try_from(came).ok().filter(|came| *came > 0).map_or(State::UnderWay, State::Arrived),
                stored: line
                    .stage
                    .as_ref()
                    .is_none_or(|(_, stage)| matches!(stage, Stage::Sent | Stage::Logged { .. })),
            });
        }
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.at), one.from, one.draw));
    found
}
