//! A trace as tables to keep: every edge, and what a recall reaches.

use super::graph::{Graph, Standing};
use super::line::{Edge, Node, Sort};
use crate::csv::Table;
use crate::format::plain_kilograms;
use crate::messages::Messages;

/// Every node with what remains of it and who has it: a recall's reach, as a spreadsheet.
#[must_use]
pub fn nodes_csv(graph: &Graph, m: &Messages) -> Vec<u8> {
    let mut table = Table::new(&[
        m.column_chain,
        m.column_kind,
        m.column_gtin,
        m.column_lot,
        m.column_product,
        m.column_holder,
        m.column_holder_chain,
        m.column_commune,
        m.column_in,
        m.column_remaining,
        m.column_boxes,
        m.column_standing,
    ]);
    let standings = graph.standings();
    let mut nodes: Vec<&Node> = graph.nodes.values().collect();
    nodes.sort_by_key(|node| (node.depth, node.chain));
    for node in nodes {
        let (gtin, lot) = node.label.as_ref().map(|label| (label.gtin.clone(), label.lot.clone())).unwrap_or_default();
        let lot =
            if lot.is_empty() { node.code.as_ref().map(|code| code.code.clone()).unwrap_or_default() } else { lot };
        let mass = |grams: Option<u64>| grams.map(plain_kilograms).unwrap_or_default();
        table.row(&[
            node.chain.to_string(),
            sort_word(node.sort, m).to_owned(),
            gtin,
            lot,
            node.product.clone().or_else(|| node.variety.clone()).unwrap_or_default(),
            graph.name(&node.owner),
            node.owner.to_string(),
            node.commune.clone().unwrap_or_default(),
            mass(node.in_g),
            mass(node.remaining_g),
            node.boxes.map(|boxes| boxes.to_string()).unwrap_or_default(),
            standing_word(standings.get(&node.chain).copied().unwrap_or(Standing::Sound), m).to_owned(),
        ]);
    }
    table.into_bytes()
}

/// Every edge, as a spreadsheet.
#[must_use]
pub fn edges_csv(graph: &Graph, m: &Messages) -> Vec<u8> {
    let columns = [
        m.column_from,
        m.column_from_chain,
        m.column_to,
        m.column_to_chain,
        m.column_drawn,
        m.column_received,
        m.column_shortage,
    ];
    let mut table = Table::new(&columns);
    for edge in graph.edges() {
        table.row(&edge_row(graph, edge));
    }
    table.into_bytes()
}

fn edge_row(graph: &Graph, edge: &Edge) -> [String; 7] {
    let mass = |grams: Option<u64>| grams.map(plain_kilograms).unwrap_or_default();
    [
        graph.title_of(&edge.from),
        edge.from.to_string(),
        graph.title_of(&edge.to),
        edge.to.to_string(),
        mass(edge.drawn_g),
        mass(edge.received_g),
        mass(Some(edge.shortage()).filter(|grams| *grams > 0)),
    ]
}

/// What a node is, in words.
#[must_use]
pub const fn sort_word(sort: Sort, m: &Messages) -> &'static str {
    match sort {
        Sort::GrowingArea => m.sort_growing_area,
        Sort::PackingHouse => m.sort_packing_house,
        Sort::Plot => m.sort_plot,
        Sort::Batch => m.sort_batch,
    }
}

/// How a node stands, in words; nothing where there is nothing to say.
#[must_use]
pub const fn standing_word(standing: Standing, m: &Messages) -> &'static str {
    match standing {
        Standing::Forked => m.standing_forked,
        Standing::Recalled => m.standing_recalled,
        Standing::Below => m.standing_below,
        Standing::Part => m.standing_part,
        Standing::Sound => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{graph, recall};
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn a_recalls_reach_lists_who_has_what() {
        let mut graph = graph(2);
        let packed = super::super::samples::chain("packed", 0);
        graph.nodes.get_mut(&packed).unwrap().recalls = vec![recall()];
        let text = String::from_utf8(nodes_csv(&graph, Lang::Vi.messages())).unwrap();
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows.len(), 1 + graph.nodes.len());
        let packed = rows.iter().find(|row| row.contains("VT-0605")).unwrap();
        assert!(
            packed.contains("HTX Hồng Xuân") && packed.contains(",450,330,") && packed.contains("Thu hồi"),
            "{packed}"
        );
        assert_eq!(rows.iter().filter(|row| row.ends_with(Lang::Vi.messages().standing_below)).count(), 3);
    }

    #[test]
    fn the_edges_say_the_same_as_the_picture() {
        let graph = graph(2);
        let text = String::from_utf8(edges_csv(&graph, Lang::Vi.messages())).unwrap();
        assert_eq!(text.lines().count(), 1 + graph.edges.len());
        assert!(text.lines().any(|row| row.ends_with("400,380,20")), "{text}");
    }
}
