//! A season by the contract, for tests: one area, `households` plots with a batch each, packed together, sent to three shops.

use nguon_core::ids::ChainId;

use super::graph::Graph;
use super::line::{Lines, Recall};

/// An id that says what it is.
pub(crate) fn chain(kind: &str, number: usize) -> ChainId {
    let mut bytes = [0; 32];
    for (byte, letter) in bytes.iter_mut().zip(kind.bytes()) {
        *byte = letter;
    }
    bytes[30..].copy_from_slice(&u16::try_from(number).unwrap_or(u16::MAX).to_be_bytes());
    ChainId::from_bytes(bytes)
}

/// A recall of everything.
pub(crate) fn recall() -> Recall {
    let reason = "pesticide_residue".to_owned();
    Recall { sequence: 3, reason, product_lot: None, harvests: None, consignment: None, released: false }
}

fn node(chain: ChainId, sort: &str, owner: ChainId, more: &str) -> String {
    format!(
        r#"{{"node":{{"chain":"{chain}","sort":"{sort}","depth":0,"owner":"{owner}",{more}"records":3,"opened_at":1780000000,"recalls":[],"forked":false}}}}"#
    )
}

fn edge(from: ChainId, to: ChainId, more: &str) -> String {
    format!(r#"{{"edge":{{"from":"{from}","to":"{to}"{more}}}}}"#)
}

/// The lines.
pub(crate) fn season(households: usize) -> String {
    let (area, packed, coop) = (chain("area", 0), chain("packed", 0), chain("coop", 0));
    let mut lines = vec![
        format!(r#"{{"start":["{packed}"],"direction":"both","as_of":{{"size":812,"log_time":1780644600}}}}"#),
        node(
            packed,
            "batch",
            coop,
            r#""label":{"gtin":"09521234543213","lot":"VT-0605"},"product":"vải thiều","in_g":1650000,"remaining_g":450000,"boxes":330,"#,
        ),
        node(area, "growing_area", coop, r#""code":{"issuer":"bvtv","code":"VN-BG-0012"},"commune":"07420","#),
        format!(r#"{{"name":{{"actor":"{coop}","role":"registrar","name":"HTX Hồng Xuân"}}}}"#),
    ];
    for n in 0..households {
        let (plot, batch, farm) = (chain("plot", n), chain("batch", n), chain("farm", n));
        lines.push(node(batch, "batch", farm, r#""in_g":300000,"remaining_g":0,"#));
        lines.push(edge(batch, packed, r#","drawn_g":300000,"received_g":300000,"why":"handover""#));
        lines.push(node(plot, "plot", farm, r#""variety":"vải thiều Thanh Hà","#));
        lines.push(edge(plot, batch, r#","drawn_g":300000,"received_g":300000,"season":"2026""#));
        lines.push(edge(area, plot, ""));
    }
    for n in 0..3 {
        let shop = chain("shop", n);
        lines.push(node(shop, "batch", chain("seller", n), r#""in_g":400000,"remaining_g":200000,"#));
        let received = if n == 0 { 380_000 } else { 400_000 };
        lines.push(edge(packed, shop, &format!(r#","drawn_g":400000,"received_g":{received},"why":"consignment""#)));
    }
    lines.push(r#"{"end":{"nodes":8,"edges":9,"cut":false}}"#.to_owned());
    lines.join("\n") + "\n"
}

/// The graph.
pub(crate) fn graph(households: usize) -> Graph {
    let mut graph = Graph::default();
    for line in Lines::default().take(season(households).as_bytes()) {
        graph.take(line.expect("a line by the contract"));
    }
    graph
}
