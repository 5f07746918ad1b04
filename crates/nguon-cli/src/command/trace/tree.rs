//! A graph as a tree of lines: each chain's edges once.

use std::collections::BTreeSet;

use nguon_core::ids::ChainId;
use nguon_core::trace::{Direction, Edge, Node, NodeSort};

use super::Drawing;
use crate::command::verify::{recall_word, role_word};
use crate::lang::Words;
use crate::moment;
use crate::quantity::{grouped, kilograms_grouped};
use crate::session::Session;

/// A line that is still to be written: before which marks, over which edge it is reached, and which chain.
struct Branch<'a> {
    indent: String,
    last: bool,
    edge: Option<&'a Edge>,
    chain: ChainId,
}

/// The tree one way from each start. A history that runs in a circle, or is very deep, is written as well.
pub fn tree(session: &Session, drawing: &Drawing, way: Direction) -> Vec<String> {
    let (mut lines, mut seen) = (Vec::new(), BTreeSet::new());
    let root = |chain: &ChainId| Branch { indent: String::new(), last: true, edge: None, chain: *chain };
    let mut stack: Vec<Branch<'_>> = drawing.starts.iter().rev().map(root).collect();
    while let Some(Branch { indent, last, edge, chain }) = stack.pop() {
        let (mark, below) = match (edge.is_some(), last) {
            (false, _) => ("", ""),
            (true, true) => ("└─ ", "   "),
            (true, false) => ("├─ ", "│  "),
        };
        let edges = if way == Direction::Back { drawing.sources(&chain) } else { drawing.destinations(&chain) };
        let known = !seen.insert(chain) && !edges.is_empty();
        let what = drawing.node(&chain).map_or_else(|| drawing.name(&chain), |node| node_line(session, drawing, node));
        let above = if known { format!(" {}", session.lang.words().seen_above) } else { String::new() };
        let along = edge.map(|edge| along(session, edge)).unwrap_or_default();
        lines.push(format!("{indent}{mark}{along}{what}{above}"));
        if known {
            continue;
        }
        let indent = format!("{indent}{below}");
        let count = edges.len();
        for (at, edge) in edges.into_iter().enumerate().rev() {
            let chain = if way == Direction::Back { edge.from } else { edge.to };
            stack.push(Branch { indent: indent.clone(), last: at + 1 == count, edge: Some(edge), chain });
        }
    }
    lines
}

/// What went along an edge.
fn along(session: &Session, edge: &Edge) -> String {
    let words = session.lang.words();
    let Some(drawn) = edge.drawn_g else { return String::new() };
    let mut text = kilograms_grouped(drawn, session.lang);
    if let Some(shortage) = edge.shortage_g().filter(|shortage| *shortage > 0) {
        text.push_str(&format!(" ({} {})", words.shortage, kilograms_grouped(shortage, session.lang)));
    }
    if let Some(at) = edge.at {
        text.push_str(&format!(", {}", moment::day(at, session.offset)));
    }
    text + ": "
}

/// A chain in one line.
pub fn node_line(session: &Session, drawing: &Drawing, node: &Node) -> String {
    let words = session.lang.words();
    let mut text = format!("{} {}", sort_word(words, node.sort), drawing.name(&node.chain));
    let product = node.product.as_ref().or(node.variety.as_ref()).map(ToString::to_string);
    if let Some(product) = product {
        text.push_str(&format!(", {product}"));
    }
    text.push_str(&format!(", {}", drawing.actor(&node.owner)));
    if let Some(role) = drawing.role(&node.owner) {
        text.push_str(&format!(" ({})", role_word(words, role)));
    }
    let sums = sums(session, node);
    if !sums.is_empty() {
        text.push_str(&format!(": {sums}"));
    }
    for recall in node.recalls.iter().filter(|recall| !recall.released) {
        text.push_str(&format!("  ✗ {}: {}", words.recalled_event, recall_word(words, recall.reason)));
        if let Some(lot) = &recall.product_lot {
            text.push_str(&format!(" [{lot}]"));
        }
    }
    if node.forked {
        text.push_str(&format!("  ✗ {}", words.forked_word));
    }
    text
}

/// A batch's sums in words.
pub fn sums(session: &Session, node: &Node) -> String {
    let words = session.lang.words();
    let named = [
        (words.came_in, node.in_g, true),
        (words.drawn_on, node.drawn_g, false),
        (words.sold_word, node.sold_g, false),
        (words.lost_word, node.lost_g, false),
        (words.disposed_word, node.disposed_g, false),
        (words.remaining_word, node.remaining_g, true),
    ];
    let told = named.into_iter().filter_map(|(word, grams, always)| {
        let grams = grams.filter(|grams| always || *grams > 0)?;
        Some(format!("{word} {}", kilograms_grouped(grams, session.lang)))
    });
    let boxes = node
        .boxes
        .filter(|boxes| *boxes > 0)
        .map(|boxes| format!("{} {}", grouped(boxes, session.lang.marks().0), words.boxes_word));
    told.chain(boxes).collect::<Vec<_>>().join(", ")
}

const fn sort_word(words: &Words, sort: NodeSort) -> &'static str {
    match sort {
        NodeSort::Batch => words.batch,
        NodeSort::Plot => words.plot,
        NodeSort::GrowingArea => words.growing_area,
        NodeSort::PackingHouse => words.packing_house,
    }
}
