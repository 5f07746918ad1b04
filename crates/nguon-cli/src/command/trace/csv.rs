//! Comma separated values (RFC 4180), row by row.

use std::fmt::Display;

use nguon_core::trace::{Edge, Line, Node};

use super::Drawing;

/// Which rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Table {
    /// One row an edge
    Edges,
    /// One row a place or batch
    Nodes,
}

const EDGES: [&str; 10] =
    ["from", "from_name", "to", "to_name", "drawn_g", "received_g", "shortage_g", "season", "why", "at"];

const NODES: [&str; 21] = [
    "chain",
    "sort",
    "depth",
    "owner",
    "owner_name",
    "gtin",
    "lot",
    "issuer",
    "code",
    "product",
    "variety",
    "in_g",
    "drawn_g",
    "sold_g",
    "lost_g",
    "disposed_g",
    "remaining_g",
    "boxes",
    "records",
    "recalled",
    "forked",
];

impl Table {
    /// The first row.
    pub fn header(self) -> String {
        match self {
            Self::Edges => row(&EDGES.map(ToOwned::to_owned)),
            Self::Nodes => row(&NODES.map(ToOwned::to_owned)),
        }
    }

    /// The row of a line, if it has one. An edge's ends were given before it; an owner's name may come after its node.
    pub fn row(self, line: &Line, drawing: &Drawing) -> Option<String> {
        match (self, line) {
            (Self::Edges, Line::Edge(edge)) => Some(edge_row(edge, drawing)),
            (Self::Nodes, Line::Node(node)) => Some(node_row(node, drawing)),
            _ => None,
        }
    }
}

fn edge_row(edge: &Edge, drawing: &Drawing) -> String {
    row(&[
        edge.from.to_string(),
        drawing.name(&edge.from),
        edge.to.to_string(),
        drawing.name(&edge.to),
        maybe(edge.drawn_g.as_ref()),
        maybe(edge.received_g.as_ref()),
        maybe(edge.shortage_g().as_ref()),
        maybe(edge.season.as_ref()),
        edge.why.and_then(|why| serde_json::to_value(why).ok()?.as_str().map(ToOwned::to_owned)).unwrap_or_default(),
        maybe(edge.at.as_ref()),
    ])
}

fn node_row(node: &Node, drawing: &Drawing) -> String {
    let label = node.label.as_ref();
    let code = node.code.as_ref();
    row(&[
        node.chain.to_string(),
        node.sort.as_str().to_owned(),
        node.depth.to_string(),
        node.owner.to_string(),
        drawing.actor(&node.owner),
        maybe(label.map(|label| &label.gtin)),
        maybe(label.map(|label| &label.lot)),
        maybe(code.map(|code| &code.issuer)),
        maybe(code.map(|code| &code.code)),
        maybe(node.product.as_ref()),
        maybe(node.variety.as_ref()),
        maybe(node.in_g.as_ref()),
        maybe(node.drawn_g.as_ref()),
        maybe(node.sold_g.as_ref()),
        maybe(node.lost_g.as_ref()),
        maybe(node.disposed_g.as_ref()),
        maybe(node.remaining_g.as_ref()),
        maybe(node.boxes.as_ref()),
        node.records.to_string(),
        node.is_recalled().to_string(),
        node.forked.to_string(),
    ])
}

fn maybe<T: Display>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

fn row(cells: &[String]) -> String {
    cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A cell, quoted where it must be; what a spreadsheet would run as a formula is text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t']) || (cell.starts_with('-') && cell.parse::<i64>().is_err());
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_cell_and_no_formula() {
        assert_eq!(quoted("vải \"thiều\", loại 1"), "\"vải \"\"thiều\"\", loại 1\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!((quoted("-2"), quoted("-x"), quoted("850500")), ("-2".into(), "'-x".into(), "850500".into()));
    }
}
