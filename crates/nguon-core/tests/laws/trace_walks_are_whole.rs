//! A walk finds exactly what a naive search finds, on any graph, in any pieces, and always in the same order.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use nguon_core::prelude::*;
use nguon_core::trace::{Direction, Edge, Graph, Line, Name, Node, Walk, walk};
use proptest::prelude::*;

/// A graph of small numbers; edges may run in circles, which no accepted history does.
#[derive(Debug, Clone)]
struct Drawn {
    nodes: u8,
    edges: BTreeSet<(u8, u8)>,
}

fn id(n: u8) -> ChainId {
    ChainId::from_bytes([n; 32])
}

fn number(id: &ChainId) -> u8 {
    id.as_bytes()[0]
}

impl Graph for Drawn {
    type Error = Infallible;

    fn node(&mut self, chain: &ChainId) -> Result<Option<Node>, Infallible> {
        // Every node has one of three custodians.
        let node = Node { chain: *chain, owner: id(200 + number(chain) % 3), ..Node::default() };
        Ok((number(chain) < self.nodes).then_some(node))
    }

    fn sources(&mut self, chain: &ChainId) -> Result<Vec<Edge>, Infallible> {
        let edges = self.edges.iter().filter(|(_, to)| *to == number(chain));
        Ok(edges.map(|(from, to)| Edge::new(id(*from), id(*to))).collect())
    }

    fn destinations(&mut self, chain: &ChainId) -> Result<Vec<Edge>, Infallible> {
        let edges = self.edges.iter().filter(|(from, _)| *from == number(chain));
        Ok(edges.map(|(from, to)| Edge::new(id(*from), id(*to))).collect())
    }

    fn name(&mut self, actor: &ChainId) -> Result<Option<Name>, Infallible> {
        Ok(Some(Name { actor: *actor, role: Role::Farm, name: format!("Hộ {}", number(actor)) }))
    }
}

/// All that can be reached one way, by asking every edge again and again.
fn reached(edges: &BTreeSet<(u8, u8)>, starts: &BTreeSet<u8>, back: bool) -> BTreeSet<u8> {
    let mut found = starts.clone();
    loop {
        let before = found.len();
        for (from, to) in edges {
            let (here, there) = if back { (to, from) } else { (from, to) };
            if found.contains(here) {
                found.insert(*there);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// Nodes and edges of the naive search.
fn naive(graph: &Drawn, starts: &BTreeSet<u8>, direction: Direction) -> (BTreeSet<u8>, BTreeSet<(u8, u8)>) {
    let none = BTreeSet::new();
    let back = if direction.is_back() { reached(&graph.edges, starts, true) } else { none.clone() };
    let forward = if direction.is_forward() { reached(&graph.edges, starts, false) } else { none };
    let edges = graph.edges.iter().filter(|(from, to)| back.contains(to) || forward.contains(from));
    let nodes = back.union(&forward).copied().filter(|node| *node < graph.nodes);
    (nodes.collect(), edges.copied().collect())
}

fn lines(graph: &Drawn, starts: &BTreeSet<u8>, direction: Direction, most: u64) -> Vec<Line> {
    let mut lines = Vec::new();
    let starts = starts.iter().copied().map(id).collect();
    let Ok(_) = walk(&mut graph.clone(), starts, direction, most, &mut |line| lines.push(line));
    lines
}

fn nodes(lines: &[Line]) -> Vec<(u8, i64)> {
    let node = |line: &Line| if let Line::Node(node) = line { Some((number(&node.chain), node.depth)) } else { None };
    lines.iter().filter_map(node).collect()
}

fn edges(lines: &[Line]) -> Vec<(u8, u8)> {
    let edge =
        |line: &Line| if let Line::Edge(edge) = line { Some((number(&edge.from), number(&edge.to))) } else { None };
    lines.iter().filter_map(edge).collect()
}

fn graphs() -> impl Strategy<Value = Drawn> {
    // Two further ids are named by edges and have no node.
    (1_u8..14).prop_flat_map(|nodes| {
        let edges = prop::collection::btree_set((0..nodes + 2, 0..nodes + 2), 0..30);
        edges.prop_map(move |edges| Drawn { nodes, edges })
    })
}

fn walks() -> impl Strategy<Value = (Drawn, BTreeSet<u8>, Direction)> {
    let direction = prop::sample::select(Direction::ALL.to_vec());
    graphs().prop_flat_map(move |graph| {
        let starts = prop::collection::btree_set(0..graph.nodes, 1..4);
        (Just(graph), starts, direction.clone())
    })
}

proptest! {
    #[test]
    fn a_walk_finds_what_a_naive_search_finds((graph, starts, direction) in walks()) {
        let lines = lines(&graph, &starts, direction, u64::MAX);
        let (wanted_nodes, wanted_edges) = naive(&graph, &starts, direction);
        let (nodes, edges) = (nodes(&lines), edges(&lines));
        prop_assert_eq!(nodes.iter().map(|(node, _)| *node).collect::<BTreeSet<_>>(), wanted_nodes.clone());
        prop_assert_eq!(edges.iter().copied().collect::<BTreeSet<_>>(), wanted_edges.clone());
        // Each once.
        prop_assert_eq!((nodes.len(), edges.len()), (wanted_nodes.len(), wanted_edges.len()));
        let Some(Line::End(end)) = lines.last() else { panic!("no end") };
        prop_assert_eq!((end.nodes, end.edges, end.cut), (nodes.len() as u64, edges.len() as u64, false));
    }

    #[test]
    fn nodes_come_before_their_edges_and_nearer_ones_first((graph, starts, direction) in walks()) {
        let lines = lines(&graph, &starts, direction, u64::MAX);
        let depths = nodes(&lines);
        prop_assert!(depths.is_sorted_by_key(|(_, depth)| depth.abs()), "{:?}", depths);
        let mut seen = BTreeSet::new();
        let mut named = BTreeMap::new();
        for line in &lines {
            match line {
                Line::Node(node) => {
                    seen.insert(number(&node.chain));
                }
                Line::Edge(edge) => {
                    for end in [number(&edge.from), number(&edge.to)] {
                        prop_assert!(seen.contains(&end) || end >= graph.nodes);
                    }
                }
                Line::Name(name) => *named.entry(number(&name.actor)).or_insert(0) += 1,
                Line::Start(_) | Line::End(_) => {}
            }
        }
        prop_assert!(named.values().all(|times| *times == 1));
        prop_assert_eq!(named.len(), seen.iter().map(|node| node % 3).collect::<BTreeSet<_>>().len());
    }

    #[test]
    fn pieces_make_the_whole((graph, starts, direction) in walks(), piece in 1_usize..7) {
        let whole = lines(&graph, &starts, direction, u64::MAX);
        let mut graph = graph;
        let mut walk = Walk::new(starts.iter().copied().map(id).collect(), direction, u64::MAX, None);
        let mut pieces = Vec::new();
        while !walk.is_over() {
            let before = pieces.len();
            let Ok(()) = walk.advance(&mut graph, piece, &mut |line| pieces.push(line));
            // A node, its custodian's name and the edge to it stay together.
            prop_assert!(pieces.len() < before + piece + 3);
        }
        prop_assert_eq!(pieces, whole);
    }

    #[test]
    fn a_cut_walk_is_the_beginning_and_says_so((graph, starts, direction) in walks(), most in 0_u64..30) {
        let whole = lines(&graph, &starts, direction, u64::MAX);
        let cut = lines(&graph, &starts, direction, most);
        let Some(Line::End(end)) = cut.last() else { panic!("no end") };
        let all = edges(&whole).len() as u64;
        prop_assert_eq!((end.edges, end.cut), (all.min(most), all > most));
        prop_assert_eq!(&cut[..cut.len() - 1], &whole[..cut.len() - 1]);
    }

    #[test]
    fn lines_survive_json((graph, starts, direction) in walks()) {
        for line in lines(&graph, &starts, direction, u64::MAX) {
            let json = serde_json::to_string(&line).unwrap();
            prop_assert_eq!(serde_json::from_str::<Line>(&json).unwrap(), line);
        }
    }
}

#[test]
fn lines_look_as_they_are_documented() {
    let mut node = Node { chain: id(1), owner: id(2), ..Node::default() };
    node.label = Some(crate::world::label());
    let json = serde_json::to_value(Line::Node(Box::new(node))).unwrap();
    assert_eq!(json["node"]["label"]["lot"], "VT-2026-001");
    assert_eq!(json["node"]["sort"], "batch");
    assert!(json["node"].get("code").is_none() && json["node"]["recalls"].as_array().unwrap().is_empty());
    let start = Walk::new(vec![id(3), id(1), id(3)], Direction::Back, 1, None);
    let mut first = None;
    let mut empty = Drawn { nodes: 0, edges: BTreeSet::new() };
    let mut start = start;
    let Ok(()) = start.advance(&mut empty, 1, &mut |line| first = first.take().or(Some(line)));
    let wanted = serde_json::json!({"start": [id(1), id(3)], "direction": "back", "as_of": null});
    assert_eq!(serde_json::to_value(first.unwrap()).unwrap(), wanted);
    assert!(serde_json::from_str::<Line>("{\"other\":1}").unwrap_err().to_string().contains("start, node, edge"));
    assert_eq!(
        "sideways".parse::<Direction>().unwrap_err().to_string(),
        "no such direction; these are: back, forward, both"
    );
}
