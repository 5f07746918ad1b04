//! What is what: the document's structure (ISO 32000-1 §14.7), as it grows with the layout.

use crate::facts::Language;

use super::sheet::Milli;

/// A standard structure type (ISO 32000-1 §14.8.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `H1` to `H6`.
    Heading { level: u16, title: String },
    /// `P`.
    Paragraph,
    /// `Div`.
    Group,
    /// `Table`.
    Table { summary: Option<String> },
    /// `THead`.
    Head,
    /// `TBody`.
    Body,
    /// `TR`.
    Row,
    /// `TH`, for its column or its row.
    HeadCell { of_row: bool, span: u32 },
    /// `TD`.
    Cell { span: u32 },
    /// `Figure`, with the page and the rectangle that it covers.
    Figure { alt: String, page: usize, area: [Milli; 4] },
}

/// A node's place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(usize);

#[derive(Debug, Clone, Copy)]
pub(super) enum Child {
    Node(NodeId),
    /// A mark of a page, both counted from 0.
    Mark {
        page: usize,
        mark: usize,
    },
}

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub kind: Kind,
    pub lang: Option<Language>,
    pub children: Vec<Child>,
}

/// Nodes in the order in which they are read.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    roots: Vec<NodeId>,
}

impl Tree {
    /// A node below another, or at the top.
    pub fn add(&mut self, parent: Option<NodeId>, kind: Kind, lang: Option<Language>) -> NodeId {
        let id = NodeId(self.nodes.len());
        self.nodes.push(Node { kind, lang, children: Vec::new() });
        match parent.and_then(|NodeId(parent)| self.nodes.get_mut(parent)) {
            Some(parent) => parent.children.push(Child::Node(id)),
            None => self.roots.push(id),
        }
        id
    }

    /// A mark that belongs to a node.
    pub fn mark(&mut self, NodeId(node): NodeId, page: usize, mark: usize) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.children.push(Child::Mark { page, mark });
        }
    }

    pub fn node(&self, NodeId(node): NodeId) -> Option<&Node> {
        self.nodes.get(node)
    }

    pub fn roots(&self) -> &[NodeId] {
        &self.roots
    }
}
