//! Asking for the trace graph: where a walk begins, and its lines piece by piece.

use nguon_core::event::Document;
use nguon_core::ids::ChainId;
use nguon_core::trace::{AsOf, Line, Name, Node, Walk};
use nguon_core::values::{Code, Label, SsccCode, Text};

/// Where a walk begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A batch.
    Batch(ChainId),
    /// A growing area or plot; of a packing house also the batches that name it as their place.
    Place(ChainId),
    /// The batch behind a label.
    Label(Label),
    /// All batches an actor owns, the plots it keeps and the places whose codes it holds.
    Actor(ChainId),
    /// All plots on whose field log this lot of a product stands, corrected entries and corrections alike.
    ProductLot {
        /// The lot on the package.
        lot: Code,
        /// The product's trade name; `None`: any product of that lot.
        product: Option<Text>,
    },
    /// The batches whose shipments name this document.
    Shipment(Document),
    /// The batches with boxes on this pallet.
    Pallet(SsccCode),
}

/// Some lines of a walk, and the walk, which goes on from there.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The lines.
    pub lines: Vec<Line>,
    /// The walk; [`Walk::is_over`] says whether these lines were the last.
    pub walk: Walk,
}

/// Batches that an actor holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holdings {
    /// The log at that moment, where there is one.
    pub as_of: Option<AsOf>,
    /// The actor's name, if the policy opens it.
    pub name: Option<Name>,
    /// Its batches of which something remains, ascending by chain id.
    pub batches: Vec<Node>,
}
