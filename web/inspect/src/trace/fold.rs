//! What of a graph is shown: nodes that stand for nothing but their kilograms are folded into one ("41 hộ, 12.400 kg") and
//! opened on demand.
//!
//! Nodes are folded together if they are of one sort and standing, in one layer, and lead to the same; those that lead
//! nowhere, if they come from the same. Where the walk began is folded only if it began in many places.

use std::collections::{BTreeMap, BTreeSet};

use nguon_core::ids::ChainId;

use super::graph::{Graph, Standing};
use super::layout::layers;
use super::line::Sort;

/// So many alike are still shown one by one.
const FEW: usize = 6;
/// So many more are shown when a fold is opened.
const PORTION: usize = 40;

/// A fold is known by the first of its members.
pub type FoldId = ChainId;

/// How often each fold was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown(BTreeMap<FoldId, usize>);

impl Shown {
    /// Shows more of a fold.
    pub fn open(&mut self, fold: FoldId) {
        *self.0.entry(fold).or_default() += 1;
    }

    /// Folds all up again.
    pub fn fold_up(&mut self) {
        self.0.clear();
    }

    /// Whether nothing was opened.
    #[must_use]
    pub fn is_folded(&self) -> bool {
        self.0.is_empty()
    }
}

/// Something in the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The nodes it stands for: one, or all of a fold
    pub members: Vec<ChainId>,
    /// The fold it is, or was taken out of
    pub fold: FoldId,
    /// Which column it stands in
    pub layer: usize,
    /// Of what sort its members are
    pub sort: Sort,
    /// How its members stand
    pub standing: Standing,
    /// Whether the walk began here
    pub is_start: bool,
}

impl Cell {
    /// The node, unless it is a fold.
    #[must_use]
    pub fn node(&self) -> Option<ChainId> {
        match *self.members.as_slice() {
            [node] => Some(node),
            _ => None,
        }
    }
}

/// All that goes between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Index of the cell it comes from
    pub from: usize,
    /// Index of the cell it goes to
    pub to: usize,
    /// Grams, if it carries any
    pub grams: Option<u64>,
    /// Grams that did not arrive
    pub shortage: u64,
}

/// What of a graph is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Cells, by layer
    pub cells: Vec<Cell>,
    /// Links, by source and destination
    pub links: Vec<Link>,
}

impl View {
    /// Folds a graph.
    #[must_use]
    pub fn of(graph: &Graph, shown: &Shown) -> Self {
        let groups = groups(graph);
        let standings = graph.standings();
        let mut cells = Vec::new();
        for group in groups {
            let more = shown.0.get(&group.first()).map_or(0, |times| times * PORTION);
            let single = if group.members.len() <= FEW { group.members.len() } else { more };
            let single = single.min(group.members.len());
            // A fold of one would hide what it could as well show.
            let single = if group.members.len() - single == 1 { group.members.len() } else { single };
            let (alone, together) = group.members.split_at(single);
            let fold = group.first();
            let mut push = |members: &[ChainId]| {
                let Some(first) = members.first() else { return };
                let standing = standings.get(first).copied().unwrap_or(Standing::Sound);
                let (layer, sort, is_start) = (group.layer, group.sort, group.is_start);
                cells.push(Cell { members: members.to_vec(), fold, layer, sort, standing, is_start });
            };
            alone.iter().for_each(|member| push(&[*member]));
            push(together);
        }
        let links = links(graph, &cells);
        Self { cells, links }
    }
}

struct Group {
    members: Vec<ChainId>,
    layer: usize,
    sort: Sort,
    is_start: bool,
}

impl Group {
    fn first(&self) -> ChainId {
        self.members.first().copied().unwrap_or_else(|| ChainId::from_bytes([0; 32]))
    }
}

/// By what nodes are alike: layer, sort, standing, whether the walk began there, whether they lead somewhere, and to (or from) which groups.
type Likeness = (usize, Sort, Standing, bool, bool, Vec<usize>);

/// Nodes that are alike, by layer and first member.
fn groups(graph: &Graph) -> Vec<Group> {
    let (layers, standings) = (layers(graph), graph.standings());
    let starts: BTreeSet<&ChainId> = graph.starts.iter().collect();
    let (mut sources, mut destinations) = (Neighbours::new(), Neighbours::new());
    for edge in graph.edges() {
        sources.entry(edge.to).or_default().push(edge.from);
        destinations.entry(edge.from).or_default().push(edge.to);
    }
    let mut by_layer: Vec<ChainId> = graph.nodes.keys().copied().collect();
    by_layer.sort_by_key(|chain| (layers.get(chain).copied().unwrap_or(0), *chain));
    let mut found: Vec<Group> = Vec::new();
    let mut group_of: BTreeMap<ChainId, usize> = BTreeMap::new();
    let mut alike: BTreeMap<Likeness, usize> = BTreeMap::new();
    let mut enter =
        |chain: &ChainId, near: Option<&Vec<ChainId>>, leads_on: bool, group_of: &mut BTreeMap<ChainId, usize>| {
            let Some(node) = graph.nodes.get(chain) else { return };
            let layer = layers.get(chain).copied().unwrap_or(0);
            let is_start = starts.contains(chain);
            // A number of its own for what is not folded: no other has it.
            let unique = graph.nodes.len() + found.len();
            let mut near: Vec<usize> = if is_start && graph.starts.len() <= FEW {
                vec![unique]
            } else {
                near.into_iter().flatten().filter_map(|other| group_of.get(other).copied()).collect()
            };
            near.sort_unstable();
            near.dedup();
            let standing = standings.get(chain).copied().unwrap_or(Standing::Sound);
            let index = *alike.entry((layer, node.sort, standing, is_start, leads_on, near)).or_insert_with(|| {
                found.push(Group { members: Vec::new(), layer, sort: node.sort, is_start });
                found.len() - 1
            });
            if let Some(group) = found.get_mut(index) {
                group.members.push(*chain);
            }
            group_of.insert(*chain, index);
        };
    // From the right those that lead somewhere, where the picture is narrow; from the left those that end.
    for chain in by_layer.iter().rev().filter(|chain| destinations.contains_key(*chain)) {
        enter(chain, destinations.get(chain), true, &mut group_of);
    }
    for chain in by_layer.iter().filter(|chain| !destinations.contains_key(*chain)) {
        enter(chain, sources.get(chain), false, &mut group_of);
    }
    for group in &mut found {
        group.members.sort_unstable();
    }
    found.sort_by_key(|group| (group.layer, group.first()));
    found
}

type Neighbours = BTreeMap<ChainId, Vec<ChainId>>;

fn links(graph: &Graph, cells: &[Cell]) -> Vec<Link> {
    let of: BTreeMap<ChainId, usize> =
        cells.iter().enumerate().flat_map(|(n, cell)| cell.members.iter().map(move |member| (*member, n))).collect();
    let mut sums: BTreeMap<(usize, usize), Link> = BTreeMap::new();
    for edge in graph.edges() {
        let (Some(&from), Some(&to)) = (of.get(&edge.from), of.get(&edge.to)) else { continue };
        // Within a fold there is nothing to draw.
        if from == to {
            continue;
        }
        let link = sums.entry((from, to)).or_insert(Link { from, to, grams: None, shortage: 0 });
        link.grams = match (link.grams, edge.grams()) {
            (Some(sum), Some(grams)) => Some(sum.saturating_add(grams)),
            (sum, grams) => sum.or(grams),
        };
        link.shortage = link.shortage.saturating_add(edge.shortage());
    }
    sums.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{chain, graph};
    use super::*;
    use proptest::prelude::*;

    fn fold_of<'a>(view: &'a View, member: &ChainId) -> &'a Cell {
        view.cells.iter().find(|cell| cell.members.contains(member)).unwrap()
    }

    #[test]
    fn a_large_season_folds_into_households_with_their_kilograms() {
        let graph = graph(41);
        let view = View::of(&graph, &Shown::default());
        assert_eq!(view.cells.len(), 1 + 1 + 1 + 1 + 3, "area, 41 plots, 41 batches, packed, 3 shops");
        let plots = fold_of(&view, &chain("plot", 0));
        assert_eq!(plots.members.len(), 41);
        let packed = view.cells.iter().position(|cell| cell.is_start).unwrap();
        let into = view.links.iter().find(|link| link.to == packed).unwrap();
        assert_eq!(into.grams, Some(41 * 300_000));
        assert_eq!(view.links.iter().map(|link| link.shortage).sum::<u64>(), 20_000);
    }

    #[test]
    fn a_small_season_is_shown_as_it_is() {
        let graph = graph(4);
        let view = View::of(&graph, &Shown::default());
        assert!(view.cells.iter().all(|cell| cell.node().is_some()));
        assert_eq!(view.cells.len(), graph.nodes.len());
    }

    #[test]
    fn a_fold_opens_in_portions_until_nothing_is_left_of_it() {
        let graph = graph(100);
        let fold = chain("batch", 0);
        let mut shown = Shown::default();
        for left in [100, 60, 20, 0, 0] {
            let view = View::of(&graph, &shown);
            let folded = view.cells.iter().filter(|cell| cell.fold == fold).map(|cell| cell.members.len());
            assert_eq!(folded.filter(|many| *many > 1).sum::<usize>(), left);
            shown.open(fold);
        }
    }

    #[test]
    fn what_is_recalled_does_not_disappear_in_a_fold_of_sound_ones() {
        let mut graph = graph(41);
        graph.nodes.get_mut(&chain("plot", 7)).unwrap().recalls = vec![super::super::samples::recall()];
        let view = View::of(&graph, &Shown::default());
        assert_eq!(fold_of(&view, &chain("plot", 7)).node(), Some(chain("plot", 7)));
        assert_eq!(fold_of(&view, &chain("batch", 7)).standing, Standing::Below);
        assert_eq!(fold_of(&view, &chain("batch", 6)).members.len(), 40);
    }

    proptest! {
        /// Whatever is folded or opened: every node is in one cell, and no gram is gained or lost between layers.
        #[test]
        fn folding_hides_no_node_and_no_gram(households in 1..80_usize, opened in prop::collection::vec(0..4_usize, 0..4)) {
            let graph = graph(households);
            let mut shown = Shown::default();
            for which in opened {
                shown.open([chain("plot", 0), chain("batch", 0), chain("shop", 0), chain("area", 0)][which]);
            }
            let view = View::of(&graph, &shown);
            let mut members: Vec<ChainId> = view.cells.iter().flat_map(|cell| cell.members.clone()).collect();
            members.sort_unstable();
            prop_assert_eq!(members, graph.nodes.keys().copied().collect::<Vec<_>>());
            let told: u64 = view.links.iter().filter_map(|link| link.grams).sum();
            let recorded: u64 = graph.edges().filter_map(super::super::line::Edge::grams).sum();
            prop_assert_eq!(told, recorded);
        }
    }
}
