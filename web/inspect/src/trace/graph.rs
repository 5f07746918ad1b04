//! All that the lines of a trace say, and what follows from it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use nguon_core::ids::ChainId;

use super::line::{AsOf, Edge, End, Line, Named, Node, Sort};
use crate::format;

/// How a node stands, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Two histories contradict each other
    Forked,
    /// It is recalled
    Recalled,
    /// Something it came from is recalled
    Below,
    /// A consignment of it is recalled
    Part,
    /// Nothing of the kind
    Sound,
}

/// What somebody holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Who
    pub owner: ChainId,
    /// Their batches of which something remains, most first
    pub batches: Vec<ChainId>,
    /// Together, in grams
    pub remaining: u64,
}

/// A trace, as far as it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// Where the walk began
    pub starts: Vec<ChainId>,
    /// Every node
    pub nodes: BTreeMap<ChainId, Node>,
    /// Every edge, in the order of the walk
    pub edges: Vec<Edge>,
    /// Who people are
    pub names: BTreeMap<ChainId, Named>,
    /// The checkpoint it follows from, if there is a log
    pub as_of: Option<AsOf>,
    /// How it ended; `None` while lines still come, or if they stopped coming
    pub end: Option<End>,
    /// Lines that could not be read
    pub unreadable: usize,
}

impl Graph {
    /// Takes one line.
    pub fn take(&mut self, line: Line) {
        if let Some(starts) = line.start {
            (self.starts, self.as_of) = (starts, line.as_of);
        }
        if let Some(node) = line.node {
            self.nodes.insert(node.chain, node);
        }
        // An edge is told once; a second one would count its kilograms twice.
        if let Some(edge) = line.edge
            && !self.edges.contains(&edge)
        {
            self.edges.push(edge);
        }
        if let Some(named) = line.name {
            self.names.insert(named.actor, named);
        }
        self.end = line.end.or(self.end);
    }

    /// Edges between nodes that are there.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(|edge| self.nodes.contains_key(&edge.from) && self.nodes.contains_key(&edge.to))
    }

    /// Somebody's name, or the beginning of their id.
    #[must_use]
    pub fn name(&self, actor: &ChainId) -> String {
        let named = self.names.get(actor).and_then(|named| named.name.clone());
        named.unwrap_or_else(|| format::short_id(actor))
    }

    /// What a node is called: its lot, its code, or the beginning of its id.
    #[must_use]
    pub fn title(&self, node: &Node) -> String {
        let label = node.label.as_ref().map(|label| label.lot.clone());
        let code = || node.code.as_ref().map(|code| code.code.clone());
        label.or_else(code).unwrap_or_else(|| format::short_id(&node.chain))
    }

    /// The same of a node that may not be there.
    #[must_use]
    pub fn title_of(&self, chain: &ChainId) -> String {
        self.nodes.get(chain).map_or_else(|| format::short_id(chain), |node| self.title(node))
    }

    /// How every node stands.
    #[must_use]
    pub fn standings(&self) -> BTreeMap<ChainId, Standing> {
        let below = self.below_recalls();
        self.nodes.iter().map(|(chain, node)| (*chain, standing(node, below.contains(chain)))).collect()
    }

    /// What came from something recalled.
    fn below_recalls(&self) -> BTreeSet<ChainId> {
        let mut destinations: BTreeMap<ChainId, Vec<ChainId>> = BTreeMap::new();
        for edge in self.edges() {
            destinations.entry(edge.from).or_default().push(edge.to);
        }
        let recalled = self.nodes.values().filter(|node| is_recalled(node)).map(|node| node.chain);
        let mut next: VecDeque<ChainId> = recalled.collect();
        let mut below = BTreeSet::new();
        while let Some(chain) = next.pop_front() {
            for to in destinations.get(&chain).into_iter().flatten() {
                if below.insert(*to) {
                    next.push_back(*to);
                }
            }
        }
        below
    }

    /// Who holds what now: most first.
    #[must_use]
    pub fn holdings(&self) -> Vec<Holding> {
        let mut held: BTreeMap<ChainId, Vec<(u64, ChainId)>> = BTreeMap::new();
        for node in self.nodes.values().filter(|node| node.sort == Sort::Batch) {
            let remaining = node.remaining_g.unwrap_or(0);
            if remaining > 0 {
                held.entry(node.owner).or_default().push((remaining, node.chain));
            }
        }
        let mut holdings: Vec<Holding> = held
            .into_iter()
            .map(|(owner, mut batches)| {
                batches.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
                let remaining = batches.iter().fold(0, |sum: u64, (grams, _)| sum.saturating_add(*grams));
                Holding { owner, batches: batches.into_iter().map(|(_, chain)| chain).collect(), remaining }
            })
            .collect();
        holdings.sort_by(|one, other| other.remaining.cmp(&one.remaining).then(one.owner.cmp(&other.owner)));
        holdings
    }
}

/// A recall of the whole node that stands.
fn is_recalled(node: &Node) -> bool {
    node.recalls.iter().any(|recall| !recall.released && recall.consignment.is_none())
}

fn standing(node: &Node, below: bool) -> Standing {
    if node.forked {
        Standing::Forked
    } else if is_recalled(node) {
        Standing::Recalled
    } else if below {
        Standing::Below
    } else if node.recalls.iter().any(|recall| !recall.released) {
        Standing::Part
    } else {
        Standing::Sound
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{chain, graph};
    use super::*;

    #[test]
    fn a_recall_reaches_descendants_and_never_ancestors() {
        let mut graph = graph(3);
        graph.nodes.get_mut(&chain("batch", 1)).unwrap().recalls = vec![super::super::samples::recall()];
        let standings = graph.standings();
        assert_eq!(standings[&chain("batch", 1)], Standing::Recalled);
        assert_eq!(standings[&chain("packed", 0)], Standing::Below);
        assert_eq!(standings[&chain("shop", 2)], Standing::Below);
        for untouched in [chain("plot", 1), chain("area", 0), chain("batch", 0)] {
            assert_eq!(standings[&untouched], Standing::Sound);
        }
        graph.nodes.get_mut(&chain("batch", 1)).unwrap().recalls[0].released = true;
        assert!(graph.standings().values().all(|standing| *standing == Standing::Sound));
    }

    #[test]
    fn holdings_are_what_remains_by_holder_most_first() {
        let holdings = graph(3).holdings();
        let sums: Vec<u64> = holdings.iter().map(|holding| holding.remaining).collect();
        assert_eq!(sums, [450_000, 200_000, 200_000, 200_000]);
        assert_eq!(holdings[0].batches, [chain("packed", 0)]);
    }

    #[test]
    fn an_edge_told_twice_counts_once() {
        let mut graph = graph(2);
        let (edge, before) = (graph.edges[0].clone(), graph.edges.len());
        graph.take(Line { edge: Some(edge), ..Line::default() });
        assert_eq!(graph.edges.len(), before);
    }
}
