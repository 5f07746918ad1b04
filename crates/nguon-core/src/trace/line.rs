//! The lines of a trace, as they stand in NDJSON.

use serde::{Deserialize, Serialize};

use super::{Direction, Edge, Node};
use crate::event::Role;
use crate::ids::ChainId;
use crate::values::Time;

/// How much of the log was known where a walk began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOf {
    /// Number of leaves.
    pub size: u64,
    /// Unix seconds of the last of them.
    pub log_time: Time,
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// The chains it begins at, ascending.
    pub start: Vec<ChainId>,
    /// Which way it goes; absent where nothing is walked (who holds what).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// The log when the walk began; `None` in a deployment without one. A long walk may also see what came since.
    pub as_of: Option<AsOf>,
}

/// Who an actor is, where the server's policy opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The actor's chain.
    pub actor: ChainId,
    /// What it is.
    pub role: Role,
    /// Its name.
    pub name: String,
}

/// The last line. Lines that do not end with it are not all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Nodes that were given.
    pub nodes: u64,
    /// Edges that were given.
    pub edges: u64,
    /// Whether there were more edges than were asked for.
    pub cut: bool,
}

/// One line. In JSON the first is a [`Start`] as it is, every other an object of one key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Wire")]
pub enum Line {
    /// Where the walk begins.
    Start(Start),
    /// A node, before any edge that touches it.
    Node(Box<Node>),
    /// An edge.
    Edge(Edge),
    /// An actor's name, once, after the first node that it is custodian of.
    Name(Name),
    /// That was all.
    End(End),
}

impl Serialize for Line {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Start(start) => start.serialize(serializer),
            Self::Node(node) => one(serializer, "node", node),
            Self::Edge(edge) => one(serializer, "edge", edge),
            Self::Name(name) => one(serializer, "name", name),
            Self::End(end) => one(serializer, "end", end),
        }
    }
}

fn one<S: serde::Serializer>(serializer: S, key: &str, value: &impl Serialize) -> Result<S::Ok, S::Error> {
    serializer.collect_map([(key, value)])
}

/// Any line, read without looking ahead. Keys that this version does not know are passed over.
#[derive(Deserialize)]
struct Wire {
    start: Option<Vec<ChainId>>,
    direction: Option<Direction>,
    as_of: Option<AsOf>,
    node: Option<Box<Node>>,
    edge: Option<Edge>,
    name: Option<Name>,
    end: Option<End>,
}

/// An object that is no line of a trace this version knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a line of a trace: it has none of the keys start, node, edge, name, end")]
pub struct NotALine;

impl TryFrom<Wire> for Line {
    type Error = NotALine;
    fn try_from(wire: Wire) -> Result<Self, NotALine> {
        let Wire { start, direction, as_of, node, edge, name, end } = wire;
        let line = start.map(|start| Self::Start(Start { start, direction, as_of }));
        let line = line.or(node.map(Self::Node)).or(edge.map(Self::Edge));
        line.or(name.map(Self::Name)).or(end.map(Self::End)).ok_or(NotALine)
    }
}
