//! The graph of a verified bundle says what its records say.

use std::collections::BTreeMap;

use nguon_core::prelude::*;
use nguon_core::trace::{Direction, Edge, Line, Node, NodeSort, of_history, walk};
use nguon_core::verify::History;

use crate::world::{NOW, World, name_of, time, trust};

fn history(world: &World, batch: ChainId) -> History {
    let bytes = world.ledger.bundle(batch).unwrap().to_bytes().unwrap();
    verify(&bytes, &trust(), &Options::at(time(NOW))).history.unwrap()
}

fn traced(history: &History, from: ChainId, direction: Direction) -> (BTreeMap<ChainId, Node>, Vec<Edge>, Vec<String>) {
    let (mut nodes, mut edges, mut names) = (BTreeMap::new(), Vec::new(), Vec::new());
    let Ok(end) = walk(&mut of_history(history), vec![from], direction, 1_000, &mut |line| match line {
        Line::Node(node) => assert!(nodes.insert(node.chain, *node).is_none()),
        Line::Edge(edge) => edges.push(edge),
        Line::Name(name) => names.push(name.name),
        Line::Start(_) | Line::End(_) => {}
    });
    assert!(!end.cut);
    (nodes, edges, names)
}

#[test]
fn a_consignment_is_followed_back_to_the_growing_area() {
    let world = World::new();
    let history = history(&world, world.consignment);
    let (nodes, edges, names) = traced(&history, world.consignment, Direction::Back);
    let depths = [(world.consignment, 0), (world.lot, -1), (world.picked, -2), (world.plot, -3), (world.area, -4)];
    for (chain, depth) in depths {
        assert_eq!(nodes[&chain].depth, depth);
    }
    assert_eq!(nodes.len(), 7);
    let edge = |from, to| edges.iter().find(|edge| (edge.from, edge.to) == (from, to)).unwrap();
    let handed = edge(world.lot, world.consignment);
    assert_eq!((handed.drawn_g, handed.received_g, handed.shortage_g()), (Some(100_000), Some(99_000), Some(1_000)));
    assert_eq!(handed.why, Some(DrawReason::Handover));
    let harvested = edge(world.plot, world.picked);
    assert_eq!(harvested.season.as_ref().map(Code::as_str), Some("2026"));
    assert_eq!((harvested.drawn_g, harvested.received_g), (Some(500_000), Some(500_000)));
    let part = edge(world.area, world.small_plot);
    assert_eq!((part.drawn_g, part.received_g, part.at), (None, None, None));
    assert_eq!(edges.len(), 7);
    assert!(names.is_empty(), "nothing was opened, but for example {:?} would be", name_of(1));
}

#[test]
fn sums_are_those_of_the_records() {
    let world = World::new();
    let history = history(&world, world.consignment);
    let (nodes, ..) = traced(&history, world.consignment, Direction::Back);
    let lot = &nodes[&world.lot];
    assert_eq!((lot.sort, lot.owner), (NodeSort::Batch, world.packer));
    assert_eq!((lot.in_g, lot.drawn_g, lot.remaining_g), (Some(590_000), Some(100_000), Some(490_000)));
    assert_eq!((lot.boxes, lot.records), (Some(118), world.ledger.records(&world.lot).len() as u64));
    assert_eq!(lot.label.as_ref(), Some(&crate::world::label()));
    assert_eq!(nodes[&world.consignment].consignment_of, Some(world.lot));
    let area = &nodes[&world.area];
    assert_eq!((area.sort, area.in_g, area.owner), (NodeSort::GrowingArea, None, world.coop));
    assert_eq!(area.code.as_ref().map(|code| code.code.as_str()), Some("VN-MAU-0001"));
    assert_eq!(nodes[&world.plot].owner, world.farm);
}

#[test]
fn forward_reaches_what_the_bundle_holds_and_names_what_it_does_not() {
    let world = World::new();
    let history = history(&world, world.lot);
    let (nodes, edges, _) = traced(&history, world.plot, Direction::Forward);
    assert_eq!(
        nodes.keys().copied().collect::<std::collections::BTreeSet<_>>(),
        [world.plot, world.picked, world.lot].into()
    );
    // The consignment's own chain is not part of the lot's bundle; that grams were drawn for it is.
    assert!(edges.iter().any(|edge| edge.to == world.consignment && edge.received_g == Some(0)));
}
