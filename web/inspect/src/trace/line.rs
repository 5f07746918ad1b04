//! One line of a trace: newline-delimited JSON as `GET /v1/trace/…` streams it.

use nguon_core::ids::ChainId;
use serde::Deserialize;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Vùng trồng
    GrowingArea,
    /// Cơ sở đóng gói
    PackingHouse,
    /// Thửa
    Plot,
    /// Lô
    Batch,
}

/// GTIN and lot on a label.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct NodeLabel {
    /// GS1 AI (01)
    pub gtin: String,
    /// GS1 AI (10)
    pub lot: String,
}

/// A place's code.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct NodeCode {
    /// Who gave it
    pub issuer: String,
    /// The code
    pub code: String,
}

/// A recall that a chain holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Recall {
    /// Which record says so
    pub sequence: u64,
    /// The coded reason
    pub reason: String,
    /// The lot of the product that was applied
    #[serde(default)]
    pub product_lot: Option<String>,
    /// How many harvests it names; all if absent
    #[serde(default)]
    pub harvests: Option<u64>,
    /// The consignment that is meant, if not all of the lot
    #[serde(default)]
    pub consignment: Option<ChainId>,
    /// Whether it was lifted
    #[serde(default)]
    pub released: bool,
}

/// A place or batch.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)] // the words are those of the contract in SPEC.md
pub struct Node {
    pub chain: ChainId,
    pub sort: Sort,
    #[serde(default)]
    pub depth: i64,
    pub owner: ChainId,
    #[serde(default)]
    pub label: Option<NodeLabel>,
    #[serde(default)]
    pub code: Option<NodeCode>,
    #[serde(default)]
    pub product: Option<String>,
    #[serde(default)]
    pub variety: Option<String>,
    #[serde(default)]
    pub commune: Option<String>,
    #[serde(default)]
    pub in_g: Option<u64>,
    #[serde(default)]
    pub drawn_g: Option<u64>,
    #[serde(default)]
    pub sold_g: Option<u64>,
    #[serde(default)]
    pub lost_g: Option<u64>,
    #[serde(default)]
    pub disposed_g: Option<u64>,
    #[serde(default)]
    pub remaining_g: Option<u64>,
    #[serde(default)]
    pub boxes: Option<u64>,
    #[serde(default)]
    pub consignment_of: Option<ChainId>,
    #[serde(default)]
    pub records: u64,
    #[serde(default)]
    pub opened_at: u64,
    #[serde(default)]
    pub recalls: Vec<Recall>,
    #[serde(default)]
    pub forked: bool,
}

/// Produce, or the right to it, going from one chain to another.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Edge {
    /// Source
    pub from: ChainId,
    /// Destination
    pub to: ChainId,
    /// Grams the source gave
    #[serde(default)]
    pub drawn_g: Option<u64>,
    /// Grams the destination took in
    #[serde(default)]
    pub received_g: Option<u64>,
    /// The season of a harvest
    #[serde(default)]
    pub season: Option<String>,
    /// The coded purpose of the draw
    #[serde(default)]
    pub why: Option<String>,
    /// When
    #[serde(default)]
    pub at: Option<u64>,
}

impl Edge {
    /// What goes along it, for the picture: what was given, or else what was taken in.
    #[must_use]
    pub fn grams(&self) -> Option<u64> {
        self.drawn_g.or(self.received_g)
    }

    /// What was given and, though some of it was taken in, did not arrive.
    #[must_use]
    pub fn shortage(&self) -> u64 {
        match (self.drawn_g, self.received_g) {
            (Some(drawn), Some(received)) if received > 0 => drawn.saturating_sub(received),
            _ => 0,
        }
    }
}

/// Who somebody is, if the public policy tells it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Named {
    /// Whose name
    pub actor: ChainId,
    /// The role
    #[serde(default)]
    pub role: Option<String>,
    /// The name
    #[serde(default)]
    pub name: Option<String>,
}

/// The checkpoint that the answer follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct AsOf {
    /// Leaves of the log
    pub size: u64,
    /// Unix seconds
    pub log_time: u64,
}

/// How the walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct End {
    /// Nodes told
    pub nodes: u64,
    /// Edges told
    pub edges: u64,
    /// Whether there is more than was asked for
    #[serde(default)]
    pub cut: bool,
}

/// One line. Exactly one of the first five is there; what this page does not know it passes over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Line {
    /// Where the walk begins
    #[serde(default)]
    pub start: Option<Vec<ChainId>>,
    /// A node
    #[serde(default)]
    pub node: Option<Node>,
    /// An edge
    #[serde(default)]
    pub edge: Option<Edge>,
    /// A name
    #[serde(default)]
    pub name: Option<Named>,
    /// The end
    #[serde(default)]
    pub end: Option<End>,
    /// Beside `start`
    #[serde(default)]
    pub as_of: Option<AsOf>,
}

/// Cuts what arrives into lines, wherever the network cut it.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    rest: Vec<u8>,
}

impl Lines {
    /// The whole lines that are there with these bytes.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Result<Line, serde_json::Error>> {
        self.rest.extend_from_slice(bytes);
        let end = self.rest.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let whole: Vec<u8> = self.rest.drain(..end).collect();
        let lines = whole.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
        lines.map(serde_json::from_slice).collect()
    }

    /// Whether something is left that no line end followed.
    #[must_use]
    pub fn is_torn(&self) -> bool {
        !self.rest.trim_ascii().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn lines_are_whole_wherever_the_network_cuts_them() {
        let text = samples::season(3);
        let whole: Vec<Line> = Lines::default().take(text.as_bytes()).into_iter().map(Result::unwrap).collect();
        for size in [1, 7, 64, 1000] {
            let mut lines = Lines::default();
            let cut: Vec<Line> =
                text.as_bytes().chunks(size).flat_map(|chunk| lines.take(chunk)).map(Result::unwrap).collect();
            assert_eq!(cut, whole, "{size}");
            assert!(!lines.is_torn());
        }
    }

    #[test]
    fn a_torn_answer_is_noticed() {
        let mut lines = Lines::default();
        lines.take(&samples::season(1).as_bytes()[..40]);
        assert!(lines.is_torn());
    }

    #[test]
    fn shortage_is_what_was_sent_and_did_not_arrive() {
        let edge = |drawn_g, received_g| {
            let chain = ChainId::from_bytes([1; 32]);
            Edge { from: chain, to: chain, drawn_g, received_g, season: None, why: None, at: None }
        };
        assert_eq!(edge(Some(500), Some(480)).shortage(), 20);
        assert_eq!(edge(Some(500), None).shortage(), 0, "still on its way");
        assert_eq!(edge(Some(500), Some(0)).shortage(), 0, "still on its way");
        assert_eq!(edge(None, Some(480)).shortage(), 0);
    }
}
