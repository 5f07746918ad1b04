//! The graph as far as its lines have come.

use std::collections::BTreeMap;

use nguon_core::event::Role;
use nguon_core::ids::ChainId;
use nguon_core::trace::{AsOf, Edge, End, Line, Node};

use super::names::Known;
use crate::error::short;

/// What was drawn so far.
#[derive(Debug, Default)]
pub struct Drawing {
    /// The chains it begins at.
    pub starts: Vec<ChainId>,
    /// The log at that moment.
    pub as_of: Option<AsOf>,
    /// Its last line.
    pub end: Option<End>,
    known: Known,
    nodes: BTreeMap<ChainId, Node>,
    edges: Vec<Edge>,
    /// Positions in `edges` by destination, and by source.
    back: BTreeMap<ChainId, Vec<usize>>,
    forward: BTreeMap<ChainId, Vec<usize>>,
    actors: BTreeMap<ChainId, (Role, String)>,
}

impl Drawing {
    /// Nothing yet.
    pub fn new(known: Known) -> Self {
        Self { known, ..Self::default() }
    }

    /// Takes up a line.
    pub fn take(&mut self, line: Line) {
        match line {
            Line::Start(start) => (self.starts, self.as_of) = (start.start, start.as_of),
            Line::Node(node) => drop(self.nodes.insert(node.chain, *node)),
            Line::Edge(edge) => {
                let at = self.edges.len();
                self.back.entry(edge.to).or_default().push(at);
                self.forward.entry(edge.from).or_default().push(at);
                self.edges.push(edge);
            }
            Line::Name(name) => drop(self.actors.insert(name.actor, (name.role, plain(&name.name)))),
            Line::End(end) => self.end = Some(end),
        }
    }

    /// A place or batch.
    pub fn node(&self, chain: &ChainId) -> Option<&Node> {
        self.nodes.get(chain)
    }

    /// All places and batches.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values()
    }

    /// What came into a chain.
    pub fn sources(&self, chain: &ChainId) -> Vec<&Edge> {
        self.at(&self.back, chain)
    }

    /// What went out of it.
    pub fn destinations(&self, chain: &ChainId) -> Vec<&Edge> {
        self.at(&self.forward, chain)
    }

    fn at(&self, order: &BTreeMap<ChainId, Vec<usize>>, chain: &ChainId) -> Vec<&Edge> {
        order.get(chain).into_iter().flatten().filter_map(|at| self.edges.get(*at)).collect()
    }

    /// What a chain is called: its local name, label, code, or the first digits of its id.
    pub fn name(&self, chain: &ChainId) -> String {
        if let Some(name) = self.known.get(chain) {
            return name.to_owned();
        }
        self.nodes.get(chain).map_or_else(|| short(chain), node_name)
    }

    /// What an actor is called.
    pub fn actor(&self, actor: &ChainId) -> String {
        let open = self.actors.get(actor).map(|(_, name)| name.clone());
        open.or_else(|| self.known.get(actor).map(ToOwned::to_owned)).unwrap_or_else(|| short(actor))
    }

    /// An actor's role, if the server said who it is.
    pub fn role(&self, actor: &ChainId) -> Option<Role> {
        self.actors.get(actor).map(|(role, _)| *role)
    }
}

/// A chain by what is printed on it.
pub fn node_name(node: &Node) -> String {
    let label = node.label.as_ref().map(|label| format!("{} {}", label.gtin, label.lot));
    let code = node.code.as_ref().map(|code| format!("{} ({})", code.code, code.issuer));
    label.or(code).unwrap_or_else(|| short(&node.chain))
}

/// Words that a server sent, without what moves a terminal's cursor.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
