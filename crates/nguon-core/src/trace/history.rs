//! The graph of a verified bundle.

use std::convert::Infallible;

use super::changes::{Change, DrawFacts, changes};
use super::{Edge, Graph, Name, Node};
use crate::event::Event;
use crate::ids::{ChainId, hash};
use crate::index::Index;
use crate::verify::{History, VerifiedChain};

/// The graph of a verified bundle: whole back from its batch; forward as far as the bundle's chains reach.
#[derive(Debug)]
pub struct HistoryGraph<'a> {
    history: &'a History,
    edges: Vec<Edge>,
    /// Positions in `edges`, ascending by source and destination.
    forward: Vec<usize>,
    /// The same, ascending by destination and source.
    back: Vec<usize>,
}

/// The same graph that a server walks, over what was verified.
#[must_use]
pub fn of_history(history: &History) -> HistoryGraph<'_> {
    let mut drawing = Drawing::default();
    for chain in history.chains() {
        for record in chain.records() {
            let record = record.record();
            if let Event::PlotRegistered(event) = &record.event {
                drawing.edge(event.area, chain.id());
            }
            for change in changes(chain.state(), record) {
                drawing.add(change);
            }
        }
    }
    let mut edges = drawing.edges;
    // What a correction took back whole is no edge any more.
    edges.retain(|edge| (edge.drawn_g, edge.received_g) != (Some(0), Some(0)));
    let sorted = |key: fn(&Edge) -> (ChainId, ChainId)| {
        let mut order: Vec<usize> = (0..edges.len()).collect();
        order.sort_unstable_by_key(|at| edges.get(*at).map(key));
        order
    };
    let (forward, back) = (sorted(|edge| (edge.from, edge.to)), sorted(|edge| (edge.to, edge.from)));
    HistoryGraph { history, edges, forward, back }
}

/// Edges as they are folded from records.
#[derive(Default)]
struct Drawing {
    edges: Vec<Edge>,
    /// Positions by both ends.
    index: Index,
}

impl Drawing {
    fn edge(&mut self, from: ChainId, to: ChainId) -> &mut Edge {
        let ends = hash(&[from.as_bytes(), to.as_bytes()]);
        let at = self.index.get(&ends).unwrap_or_else(|| {
            self.index.insert(&ends, self.edges.len());
            self.edges.push(Edge::new(from, to));
            self.edges.len() - 1
        });
        &mut self.edges[at]
    }

    fn add(&mut self, change: Change) {
        let Change { from, to, drawn_g, received_g, draw } = change;
        let edge = self.edge(from, to);
        edge.drawn_g = Some(edge.drawn_g.unwrap_or(0).saturating_add_signed(drawn_g));
        edge.received_g = Some(edge.received_g.unwrap_or(0).saturating_add_signed(received_g));
        if let Some(DrawFacts { season, why, at }) = draw {
            (edge.season, edge.why, edge.at) = (season, why, Some(at));
        }
    }
}

impl HistoryGraph<'_> {
    /// Every edge, ascending by source and destination.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.forward.iter().filter_map(|at| self.edges.get(*at))
    }

    /// The edges at one end of a chain.
    fn at(&self, order: &[usize], chain: &ChainId, end: fn(&Edge) -> &ChainId) -> Vec<Edge> {
        let end_of = |at: &usize| self.edges.get(*at).map(end);
        let from = order.partition_point(|at| end_of(at) < Some(chain));
        let edges = order.iter().skip(from).filter_map(|at| self.edges.get(*at));
        edges.take_while(|edge| end(edge) == chain).cloned().collect()
    }
}

impl Graph for HistoryGraph<'_> {
    type Error = Infallible;

    fn node(&mut self, chain: &ChainId) -> Result<Option<Node>, Infallible> {
        Ok(self.history.chain(chain).and_then(node))
    }

    fn sources(&mut self, chain: &ChainId) -> Result<Vec<Edge>, Infallible> {
        Ok(self.at(&self.back, chain, |edge| &edge.to))
    }

    fn destinations(&mut self, chain: &ChainId) -> Result<Vec<Edge>, Infallible> {
        Ok(self.at(&self.forward, chain, |edge| &edge.from))
    }

    fn name(&mut self, actor: &ChainId) -> Result<Option<Name>, Infallible> {
        let role = self.history.chain(actor).and_then(|chain| Some(chain.state().actor()?.role));
        let opened = self.history.name_of(actor);
        Ok(role.zip(opened.text()).map(|(role, name)| Name { actor: *actor, role, name: name.to_owned() }))
    }
}

fn node(chain: &VerifiedChain) -> Option<Node> {
    Node::of(chain.state(), chain.records().first()?.record())
}
