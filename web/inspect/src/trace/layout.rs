//! Where everything stands in the picture: layers from left to right, as produce goes; within a layer in an order that
//! keeps lines from crossing (barycenters, a few sweeps). The same graph always gives the same picture.

use std::collections::{BTreeMap, BTreeSet};

use nguon_core::ids::ChainId;

use super::fold::View;
use super::graph::Graph;
use super::line::Sort;

/// Width and height of a node, in CSS pixels.
pub const NODE: (u32, u32) = (188, 78);
/// Between columns: room for a weight on a line.
const COLUMN_GAP: u32 = 112;
/// Between nodes of a column.
const ROW_GAP: u32 = 24;
/// What a line takes that passes through a column.
const LANE: u32 = 18;
const MARGIN: u32 = 12;
const SWEEPS: usize = 6;

/// A node in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Left edge
    pub x: u32,
    /// Upper edge
    pub y: u32,
}

/// A line in the picture, and where its weight is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wire {
    /// Where it goes: the first and last points, and those where it passes through a column
    pub points: Vec<(u32, u32)>,
    /// The middle of its weight's text
    pub label: (u32, u32),
}

impl Wire {
    /// As an SVG path: level where it leaves and where it arrives.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (index, &(x, y)) in self.points.iter().enumerate() {
            match index.checked_sub(1).and_then(|before| self.points.get(before)) {
                None => path.push_str(&format!("M{x} {y}")),
                Some(&(from_x, from_y)) => {
                    let middle = from_x.midpoint(x);
                    path.push_str(&format!("C{middle} {from_y} {middle} {y} {x} {y}"));
                }
            }
        }
        path
    }
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Of each cell of the view
    pub boxes: Vec<Spot>,
    /// Of each link of the view
    pub wires: Vec<Wire>,
    /// In CSS pixels
    pub width: u32,
    /// In CSS pixels
    pub height: u32,
}

/// Which layer each node stands in: areas, plots, then batches by the longest way to them; what comes from nowhere stands
/// just before what it leads to. Layers that nothing stands in are left out. Nodes in a circle, which only a server that
/// lies can tell of, stand at its end.
#[must_use]
pub fn layers(graph: &Graph) -> BTreeMap<ChainId, usize> {
    let mut waiting: BTreeMap<ChainId, usize> = graph.nodes.keys().map(|chain| (*chain, 0)).collect();
    let mut destinations: BTreeMap<ChainId, Vec<ChainId>> = BTreeMap::new();
    for edge in graph.edges() {
        *waiting.entry(edge.to).or_default() += 1;
        destinations.entry(edge.from).or_default().push(edge.to);
    }
    let fed: BTreeSet<ChainId> = graph.edges().map(|edge| edge.to).collect();
    let mut layer: BTreeMap<ChainId, usize> =
        graph.nodes.iter().map(|(chain, node)| (*chain, least(node.sort))).collect();
    let mut ready: Vec<ChainId> = waiting.iter().filter(|(_, count)| **count == 0).map(|(chain, _)| *chain).collect();
    let mut order = Vec::with_capacity(graph.nodes.len());
    while let Some(chain) = ready.pop() {
        order.push(chain);
        let next = layer.get(&chain).copied().unwrap_or(0) + 1;
        for to in destinations.get(&chain).into_iter().flatten() {
            let reached = layer.entry(*to).or_default();
            *reached = next.max(*reached);
            if let Some(count) = waiting.get_mut(to) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.push(*to);
                }
            }
        }
    }
    // A batch whose sources are not told stands beside its siblings and not far to the left.
    for chain in order.iter().rev() {
        let nearest = destinations.get(chain).into_iter().flatten().filter_map(|to| layer.get(to)).min().copied();
        if let Some(nearest) = nearest
            && !fed.contains(chain)
        {
            layer.insert(*chain, nearest.saturating_sub(1));
        }
    }
    let last = layer.values().max().copied().unwrap_or(0);
    for (chain, count) in waiting {
        if count > 0 {
            layer.insert(chain, last + 1);
        }
    }
    let mut used: Vec<usize> = layer.values().copied().collect();
    used.sort_unstable();
    used.dedup();
    layer.into_iter().map(|(chain, at)| (chain, used.binary_search(&at).unwrap_or(at))).collect()
}

const fn least(sort: Sort) -> usize {
    match sort {
        Sort::GrowingArea | Sort::PackingHouse => 0,
        Sort::Plot => 1,
        Sort::Batch => 2,
    }
}

/// What stands in a column: a cell, or a line on its way through.
#[derive(Clone, Copy)]
struct Slot {
    item: Item,
    y: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Cell(usize),
    Lane(usize),
}

impl Item {
    const fn height(self) -> u32 {
        match self {
            Self::Cell(_) => NODE.1,
            Self::Lane(_) => LANE,
        }
    }
}

/// Lays out a view.
#[must_use]
pub fn picture(view: &View) -> Picture {
    let mut columns = columns(view);
    for sweep in 0..SWEEPS {
        order(view, &mut columns, sweep % 2 == 0);
    }
    let height = stack(&mut columns);
    let x_of = |layer: usize| MARGIN + u32::try_from(layer).unwrap_or(0).saturating_mul(NODE.0 + COLUMN_GAP);
    let mut boxes = vec![Spot { x: 0, y: 0 }; view.cells.len()];
    let mut lanes: BTreeMap<usize, Vec<(u32, u32)>> = BTreeMap::new();
    for (layer, column) in columns.iter().enumerate() {
        for slot in column {
            match slot.item {
                Item::Cell(cell) => {
                    if let Some(found) = boxes.get_mut(cell) {
                        *found = Spot { x: x_of(layer), y: slot.y };
                    }
                }
                Item::Lane(link) => {
                    let y = slot.y + LANE / 2;
                    lanes.entry(link).or_default().extend([(x_of(layer), y), (x_of(layer) + NODE.0, y)]);
                }
            }
        }
    }
    let wires = view.links.iter().enumerate().map(|(n, link)| {
        let at = |cell: usize| boxes.get(cell).copied().unwrap_or(Spot { x: 0, y: 0 });
        let (from, to) = (at(link.from), at(link.to));
        let mut points = vec![(from.x + NODE.0, from.y + NODE.1 / 2)];
        points.extend(lanes.get(&n).into_iter().flatten());
        points.push((to.x, to.y + NODE.1 / 2));
        let label = match points.as_slice() {
            [.., one, other] => (one.0.midpoint(other.0), one.1.midpoint(other.1)),
            _ => (0, 0),
        };
        Wire { points, label }
    });
    let wires = wires.collect();
    let last = u32::try_from(columns.len()).unwrap_or(1).saturating_sub(1);
    let width = 2 * MARGIN + NODE.0 + last.saturating_mul(NODE.0 + COLUMN_GAP);
    Picture { boxes, wires, width, height }
}

fn columns(view: &View) -> Vec<Vec<Slot>> {
    let count = view.cells.iter().map(|cell| cell.layer + 1).max().unwrap_or(0);
    let mut columns: Vec<Vec<Slot>> = vec![Vec::new(); count];
    let slot = |item| Slot { item, y: 0 };
    for (n, cell) in view.cells.iter().enumerate() {
        if let Some(column) = columns.get_mut(cell.layer) {
            column.push(slot(Item::Cell(n)));
        }
    }
    for (n, link) in view.links.iter().enumerate() {
        let layer = |cell: usize| view.cells.get(cell).map_or(0, |cell| cell.layer);
        for column in columns.iter_mut().take(layer(link.to)).skip(layer(link.from) + 1) {
            column.push(slot(Item::Lane(n)));
        }
    }
    columns
}

/// Orders each column by where its neighbours stand in the one before (or after) it.
fn order(view: &View, columns: &mut [Vec<Slot>], forward: bool) {
    let count = columns.len();
    let steps: Vec<usize> = if forward { (1..count).collect() } else { (0..count.saturating_sub(1)).rev().collect() };
    for at in steps {
        let near = if forward { at - 1 } else { at + 1 };
        let places: Vec<(Item, u64)> =
            columns.get(near).into_iter().flatten().zip(0..).map(|(slot, place)| (slot.item, place)).collect();
        let cell_place: BTreeMap<usize, u64> =
            places.iter().filter_map(|(item, place)| cell_of(*item, *place)).collect();
        let lane_place: BTreeMap<usize, u64> =
            places.iter().filter_map(|(item, place)| lane_of(*item, *place)).collect();
        let mut sums: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
        let mut lane_sums: BTreeMap<usize, u64> = BTreeMap::new();
        for (n, link) in view.links.iter().enumerate() {
            let (here, there) = if forward { (link.to, link.from) } else { (link.from, link.to) };
            if let Some(place) = lane_place.get(&n).or_else(|| cell_place.get(&there)) {
                let sum = sums.entry(here).or_default();
                *sum = (sum.0 + place, sum.1 + 1);
                lane_sums.insert(n, *place);
            }
        }
        let Some(column) = columns.get_mut(at) else { continue };
        let weight = |item: Item| match item {
            // In thousandths, so that no floating point decides the order.
            Item::Cell(cell) => sums.get(&cell).map(|(sum, count)| sum * 1000 / count.max(&1)),
            Item::Lane(link) => lane_sums.get(&link).map(|place| place * 1000),
        };
        let mut keyed: Vec<(u64, usize, Slot)> = column
            .iter()
            .enumerate()
            .map(|(n, slot)| (weight(slot.item).unwrap_or(n as u64 * 1000), n, *slot))
            .collect();
        keyed.sort_by_key(|(weight, n, _)| (*weight, *n));
        *column = keyed.into_iter().map(|(_, _, slot)| slot).collect();
    }
}

const fn cell_of(item: Item, place: u64) -> Option<(usize, u64)> {
    if let Item::Cell(cell) = item { Some((cell, place)) } else { None }
}

const fn lane_of(item: Item, place: u64) -> Option<(usize, u64)> {
    if let Item::Lane(link) = item { Some((link, place)) } else { None }
}

/// Gives every slot its place from top to bottom, columns centred; the height of all.
fn stack(columns: &mut [Vec<Slot>]) -> u32 {
    let tall = |column: &Vec<Slot>| {
        column.iter().map(|slot| slot.item.height() + ROW_GAP).sum::<u32>().saturating_sub(ROW_GAP)
    };
    let height = columns.iter().map(tall).max().unwrap_or(0);
    for column in columns.iter_mut() {
        let mut y = MARGIN + (height - tall(column)) / 2;
        for slot in column.iter_mut() {
            slot.y = y;
            y += slot.item.height() + ROW_GAP;
        }
    }
    height + 2 * MARGIN
}

#[cfg(test)]
mod tests {
    use super::super::fold::Shown;
    use super::super::line::Line;
    use super::super::samples::{chain, graph};
    use super::*;
    use proptest::prelude::*;

    fn laid_out(households: usize, opened: usize) -> (View, Picture) {
        let graph = graph(households);
        let mut shown = Shown::default();
        (0..opened).for_each(|_| shown.open(chain("batch", 0)));
        let view = View::of(&graph, &shown);
        let picture = picture(&view);
        (view, picture)
    }

    #[test]
    fn produce_goes_from_left_to_right() {
        let layers = layers(&graph(3));
        let at = |kind: &str| layers[&chain(kind, 0)];
        assert_eq!([at("area"), at("plot"), at("batch"), at("packed"), at("shop")], [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_circle_told_by_a_liar_ends_and_is_drawn() {
        let mut graph = graph(2);
        let (one, other) = (chain("batch", 0), chain("packed", 0));
        let mut back = graph.edges.iter().find(|edge| edge.from == one && edge.to == other).unwrap().clone();
        (back.from, back.to) = (other, one);
        graph.take(Line { edge: Some(back), ..Line::default() });
        let view = View::of(&graph, &Shown::default());
        assert_eq!(picture(&view).boxes.len(), view.cells.len());
    }

    #[test]
    fn a_wire_leaves_its_source_and_arrives_at_its_destination() {
        let (view, picture) = laid_out(3, 0);
        for (link, wire) in view.links.iter().zip(&picture.wires) {
            let (from, to) = (picture.boxes[link.from], picture.boxes[link.to]);
            assert_eq!(wire.points.first(), Some(&(from.x + NODE.0, from.y + NODE.1 / 2)));
            assert_eq!(wire.points.last(), Some(&(to.x, to.y + NODE.1 / 2)));
            assert!(wire.path().starts_with('M') && wire.path().contains('C'));
        }
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_all_is_inside(households in 1..60_usize, opened in 0..3_usize) {
            let (_, picture) = laid_out(households, opened);
            for (n, one) in picture.boxes.iter().enumerate() {
                prop_assert!(one.x + NODE.0 <= picture.width && one.y + NODE.1 <= picture.height);
                for other in &picture.boxes[n + 1..] {
                    let apart = one.x + NODE.0 <= other.x || other.x + NODE.0 <= one.x
                        || one.y + NODE.1 <= other.y || other.y + NODE.1 <= one.y;
                    prop_assert!(apart, "{:?} {:?}", one, other);
                }
            }
        }

        #[test]
        fn the_same_graph_gives_the_same_picture(households in 1..30_usize) {
            prop_assert_eq!(laid_out(households, 1), laid_out(households, 1));
        }
    }
}
