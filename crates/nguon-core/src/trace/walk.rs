//! Breadth first over a graph, in pieces if need be.

use std::collections::VecDeque;

use super::{AsOf, Direction, Edge, End, Line, Name, Node, Start};
use crate::ids::ChainId;
use crate::index::Index;

/// The edges that a walk gives where nobody says how many.
pub const MOST: u64 = 100_000;

/// What a walk asks. Edges come ascending by the chain at their other end.
pub trait Graph {
    /// Why it cannot answer.
    type Error;

    /// A place or batch; its `depth` is the walk's to set. `None` if there is no such chain, or it is an actor's.
    fn node(&mut self, chain: &ChainId) -> Result<Option<Node>, Self::Error>;

    /// What came into it.
    fn sources(&mut self, chain: &ChainId) -> Result<Vec<Edge>, Self::Error>;

    /// What went out of it.
    fn destinations(&mut self, chain: &ChainId) -> Result<Vec<Edge>, Self::Error>;

    /// An actor's name, if it is open.
    fn name(&mut self, actor: &ChainId) -> Result<Option<Name>, Self::Error>;
}

/// Walks all the way: each line to `sink`, the last one also as the answer.
pub fn walk<G: Graph>(
    graph: &mut G,
    starts: Vec<ChainId>,
    direction: Direction,
    most: u64,
    sink: &mut impl FnMut(Line),
) -> Result<End, G::Error> {
    let mut walk = Walk::new(starts, direction, most, None);
    while !walk.is_over() {
        walk.advance(graph, usize::MAX, sink)?;
    }
    Ok(walk.end())
}

/// A walk under way. It can be put aside between two pieces: what it has seen it takes along.
#[derive(Debug, Clone)]
pub struct Walk {
    start: Start,
    most: u64,
    /// Starts whose nodes are still to be given, the next one last.
    beginning: Vec<ChainId>,
    begun: bool,
    seen: Index,
    /// Of each chain seen, what was done.
    marks: Vec<Mark>,
    named: Index,
    queue: VecDeque<Visit>,
    /// What is left of the visit under way.
    edges: std::vec::IntoIter<Edge>,
    visit: Visit,
    end: End,
    over: bool,
}

/// What was done about a chain, each way.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    queued: [bool; 2],
    /// Its edges were given or are being given.
    visited: [bool; 2],
}

/// A chain whose edges are to be given, one way.
#[derive(Debug, Clone, Copy)]
struct Visit {
    chain: ChainId,
    way: Way,
    depth: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Back,
    Forward,
}

impl Way {
    const fn index(self) -> usize {
        match self {
            Self::Back => 0,
            Self::Forward => 1,
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Back => Self::Forward,
            Self::Forward => Self::Back,
        }
    }

    const fn step(self) -> i64 {
        match self {
            Self::Back => -1,
            Self::Forward => 1,
        }
    }
}

impl Walk {
    /// A walk from these chains that gives at most so many edges.
    #[must_use]
    pub fn new(mut starts: Vec<ChainId>, direction: Direction, most: u64, as_of: Option<AsOf>) -> Self {
        starts.sort_unstable();
        starts.dedup();
        let none = Visit { chain: ChainId::from_bytes([0; 32]), way: Way::Back, depth: 0 };
        Self {
            beginning: starts.iter().rev().copied().collect(),
            start: Start { start: starts, direction: Some(direction), as_of },
            most,
            begun: false,
            seen: Index::default(),
            marks: Vec::new(),
            named: Index::default(),
            queue: VecDeque::new(),
            edges: Vec::new().into_iter(),
            visit: none,
            end: End { nodes: 0, edges: 0, cut: false },
            over: false,
        }
    }

    /// Whether its last line was given.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.over
    }

    /// What was given so far.
    #[must_use]
    pub const fn end(&self) -> End {
        self.end
    }

    /// Gives about so many further lines. An error ends the walk: what it was about to give is lost.
    pub fn advance<G: Graph>(
        &mut self,
        graph: &mut G,
        lines: usize,
        sink: &mut impl FnMut(Line),
    ) -> Result<(), G::Error> {
        let mut given = 0_usize;
        let mut sink = |line| {
            given = given.saturating_add(1);
            sink(line);
            given
        };
        let mut so_far = 0;
        if !self.begun {
            self.begun = true;
            so_far = sink(Line::Start(self.start.clone()));
        }
        while !self.over && so_far < lines {
            so_far = self.go_on(graph, &mut sink)?;
        }
        Ok(())
    }

    /// One start, one edge, or one visit begun.
    fn go_on<G: Graph>(&mut self, graph: &mut G, sink: &mut impl FnMut(Line) -> usize) -> Result<usize, G::Error> {
        if let Some(chain) = self.beginning.pop() {
            return self.begin_at(chain, graph, sink);
        }
        if let Some(edge) = self.edges.next() {
            return self.take(edge, graph, sink);
        }
        let Some(visit) = self.queue.pop_front() else {
            self.over = true;
            return Ok(sink(Line::End(self.end)));
        };
        self.visit = visit;
        self.mark(&visit.chain).0.visited[visit.way.index()] = true;
        let edges = match visit.way {
            Way::Back => graph.sources(&visit.chain)?,
            Way::Forward => graph.destinations(&visit.chain)?,
        };
        self.edges = edges.into_iter();
        Ok(0)
    }

    fn begin_at<G: Graph>(
        &mut self,
        chain: ChainId,
        graph: &mut G,
        sink: &mut impl FnMut(Line) -> usize,
    ) -> Result<usize, G::Error> {
        let direction = self.start.direction.unwrap_or(Direction::Both);
        for (way, wanted) in [(Way::Back, direction.is_back()), (Way::Forward, direction.is_forward())] {
            if wanted {
                self.mark(&chain).0.queued[way.index()] = true;
                self.queue.push_back(Visit { chain, way, depth: 0 });
            }
        }
        self.give(&chain, 0, graph, sink)
    }

    fn take<G: Graph>(
        &mut self,
        edge: Edge,
        graph: &mut G,
        sink: &mut impl FnMut(Line) -> usize,
    ) -> Result<usize, G::Error> {
        let Visit { way, depth, .. } = self.visit;
        let chain = if way == Way::Back { edge.from } else { edge.to };
        let depth = depth + way.step();
        let (mark, is_new) = self.mark(&chain);
        // Then this edge was given from its other end.
        let is_known = mark.visited[way.other().index()];
        if !std::mem::replace(&mut mark.queued[way.index()], true) {
            self.queue.push_back(Visit { chain, way, depth });
        }
        if is_known {
            return Ok(0);
        }
        if self.end.edges == self.most {
            self.end.cut = true;
            self.over = true;
            return Ok(sink(Line::End(self.end)));
        }
        if is_new {
            self.give(&chain, depth, graph, sink)?;
        }
        self.end.edges += 1;
        Ok(sink(Line::Edge(edge)))
    }

    /// Gives a node, and its custodian's name if that was not given before.
    fn give<G: Graph>(
        &mut self,
        chain: &ChainId,
        depth: i64,
        graph: &mut G,
        sink: &mut impl FnMut(Line) -> usize,
    ) -> Result<usize, G::Error> {
        let Some(mut node) = graph.node(chain)? else { return Ok(0) };
        let owner = node.owner;
        node.depth = depth;
        self.end.nodes += 1;
        let mut given = sink(Line::Node(Box::new(node)));
        if self.named.insert(&owner, 0)
            && let Some(name) = graph.name(&owner)?
        {
            given = sink(Line::Name(name));
        }
        Ok(given)
    }

    /// What was done about a chain, and whether it was never met before.
    fn mark(&mut self, chain: &ChainId) -> (&mut Mark, bool) {
        let (at, is_new) = match self.seen.get(chain) {
            Some(at) => (at, false),
            None => {
                self.seen.insert(chain, self.marks.len());
                self.marks.push(Mark::default());
                (self.marks.len() - 1, true)
            }
        };
        (&mut self.marks[at], is_new)
    }
}
