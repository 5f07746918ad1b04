//! Walking the picture by keyboard: from a node along one of its edges to the next node.
//!
//! Right and left lead from a node to its first edge on that side, and from an edge to the node at its end; up and down lead
//! to the other edges of the node that one came from, or to the node above and below. One thing at a time can be
//! reached by Tab (roving tabindex).

use super::fold::View;
use super::layout::Picture;

/// From which end an edge was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From its source: up and down lead to what else the source gave
    Source,
    /// From its destination: up and down lead to what else the destination took in
    Destination,
}

/// Where the keyboard is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// On a cell
    Cell(usize),
    /// On a link
    Link(usize, Side),
}

/// Keys that walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the words are those on the keys
pub enum Key {
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
}

impl Key {
    /// The key of a keyboard event.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "ArrowLeft" => Self::Left,
            "ArrowRight" => Self::Right,
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "Home" => Self::Home,
            "End" => Self::End,
            _ => return None,
        })
    }
}

/// Where a key leads; the same place if it leads nowhere.
#[must_use]
pub fn step(view: &View, picture: &Picture, at: Focus, key: Key) -> Focus {
    match (at, key) {
        (_, Key::Home) => begin(view),
        (_, Key::End) => last(view, picture),
        (Focus::Cell(cell), Key::Right) => first_link(view, picture, cell, Side::Source).unwrap_or(at),
        (Focus::Cell(cell), Key::Left) => first_link(view, picture, cell, Side::Destination).unwrap_or(at),
        (Focus::Cell(cell), Key::Up) => neighbour(view, picture, cell, true).map_or(at, Focus::Cell),
        (Focus::Cell(cell), Key::Down) => neighbour(view, picture, cell, false).map_or(at, Focus::Cell),
        (Focus::Link(link, _), Key::Right) => view.links.get(link).map_or(at, |link| Focus::Cell(link.to)),
        (Focus::Link(link, _), Key::Left) => view.links.get(link).map_or(at, |link| Focus::Cell(link.from)),
        (Focus::Link(link, side), Key::Up | Key::Down) => {
            sibling(view, picture, link, side, key == Key::Up).unwrap_or(at)
        }
    }
}

/// Where the keyboard begins: where the walk did.
#[must_use]
pub fn begin(view: &View) -> Focus {
    Focus::Cell(view.cells.iter().position(|cell| cell.is_start).unwrap_or(0))
}

fn last(view: &View, picture: &Picture) -> Focus {
    let far = |cell: &usize| picture.boxes.get(*cell).map(|at| (at.x, at.y));
    Focus::Cell((0..view.cells.len()).max_by_key(far).unwrap_or(0))
}

/// The links of a cell on one side, from top to bottom.
fn links_of(view: &View, picture: &Picture, cell: usize, side: Side) -> Vec<usize> {
    let mut found: Vec<(u32, usize)> = view
        .links
        .iter()
        .enumerate()
        .filter_map(|(n, link)| {
            let (near, far) = match side {
                Side::Source => (link.from, link.to),
                Side::Destination => (link.to, link.from),
            };
            (near == cell).then(|| (picture.boxes.get(far).map_or(0, |at| at.y), n))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, n)| n).collect()
}

fn first_link(view: &View, picture: &Picture, cell: usize, side: Side) -> Option<Focus> {
    links_of(view, picture, cell, side).first().map(|link| Focus::Link(*link, side))
}

fn sibling(view: &View, picture: &Picture, link: usize, side: Side, up: bool) -> Option<Focus> {
    let found = view.links.get(link)?;
    let cell = match side {
        Side::Source => found.from,
        Side::Destination => found.to,
    };
    let siblings = links_of(view, picture, cell, side);
    let at = siblings.iter().position(|one| *one == link)?;
    let next = if up { at.checked_sub(1)? } else { at + 1 };
    siblings.get(next).map(|link| Focus::Link(*link, side))
}

/// The cell above or below in the same column.
fn neighbour(view: &View, picture: &Picture, cell: usize, up: bool) -> Option<usize> {
    let here = picture.boxes.get(cell)?;
    let layer = view.cells.get(cell)?.layer;
    let same = (0..view.cells.len()).filter(|other| view.cells.get(*other).is_some_and(|found| found.layer == layer));
    let placed = same.filter_map(|other| Some((picture.boxes.get(other)?.y, other)));
    if up {
        placed.filter(|(y, _)| *y < here.y).max().map(|(_, other)| other)
    } else {
        placed.filter(|(y, _)| *y > here.y).min().map(|(_, other)| other)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::fold::Shown;
    use super::super::layout::picture;
    use super::super::samples::{chain, graph};
    use super::*;

    fn shown(households: usize) -> (View, Picture) {
        let view = View::of(&graph(households), &Shown::default());
        let picture = picture(&view);
        (view, picture)
    }

    #[test]
    fn arrows_walk_along_edges_from_the_area_to_the_shop() {
        let (view, picture) = shown(41);
        let node = |focus| match focus {
            Focus::Cell(cell) => Some(view.cells[cell].sort),
            Focus::Link(..) => None,
        };
        let mut at = begin(&view);
        for _ in 0..6 {
            at = step(&view, &picture, at, Key::Left);
        }
        assert_eq!(node(at), Some(super::super::line::Sort::GrowingArea));
        assert_eq!(step(&view, &picture, at, Key::Left), at, "nothing is before the area");
        for _ in 0..8 {
            at = step(&view, &picture, at, Key::Right);
        }
        let Focus::Cell(cell) = at else { panic!("ends on a node") };
        assert_eq!(view.cells[cell].layer, 4);
    }

    #[test]
    fn up_and_down_go_through_what_one_source_gave() {
        let (view, picture) = shown(41);
        let first = step(&view, &picture, begin(&view), Key::Right);
        let second = step(&view, &picture, first, Key::Down);
        let third = step(&view, &picture, second, Key::Down);
        assert_eq!(BTreeSet::from([first, second, third].map(|focus| format!("{focus:?}"))).len(), 3);
        assert_eq!(step(&view, &picture, third, Key::Down), third);
        assert_eq!(step(&view, &picture, second, Key::Up), first);
    }

    #[test]
    fn every_node_and_edge_can_be_reached() {
        let (view, picture) = shown(5);
        let keys = [Key::Left, Key::Right, Key::Up, Key::Down, Key::Home, Key::End];
        let (mut seen, mut next) = (Vec::new(), vec![begin(&view)]);
        while let Some(at) = next.pop() {
            if !seen.contains(&at) {
                seen.push(at);
                next.extend(keys.map(|key| step(&view, &picture, at, key)));
            }
        }
        let cells = seen.iter().filter(|focus| matches!(focus, Focus::Cell(_))).count();
        let links: BTreeSet<usize> =
            seen.iter().filter_map(|focus| if let Focus::Link(link, _) = focus { Some(*link) } else { None }).collect();
        assert_eq!((cells, links.len()), (view.cells.len(), view.links.len()));
        assert!(view.cells.iter().any(|cell| cell.node() == Some(chain("plot", 4))));
    }
}
