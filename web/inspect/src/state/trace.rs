//! Walking the graph.

use nguon_core::ids::ChainId;

use super::Action;
use crate::check::Conclusion;
use crate::code::{CodeFault, Direction, Kind};
use crate::trace::{Focus, Graph, Picture, Shown, View, picture, step, steps};

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Counts up, so that what comes late for an earlier question is known for it
    pub run: u32,
    /// As it was typed
    pub code: String,
    /// What it is said to be
    pub kind: Kind,
    /// As people read it
    pub title: String,
    /// Which way
    pub direction: Direction,
}

/// How a trace ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With its last line
    Whole,
    /// Before its last line
    Torn,
    /// Nothing has this code
    NotFound,
    /// Nothing came
    NotReachable,
    /// The server answered something else
    Refused(u16),
}

/// A trace and how it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// What was asked for last
    pub asked: Option<Asked>,
    /// Why the code names nothing
    pub fault: Option<CodeFault>,
    /// All that came
    pub graph: Graph,
    /// What was unfolded
    pub shown: Shown,
    /// What is drawn
    pub view: View,
    /// Where
    pub picture: Picture,
    /// Where the keyboard is
    pub focus: Option<Focus>,
    /// Whose facts are shown
    pub open: Option<ChainId>,
    /// What is being proven, and what was
    pub proof: Option<(ChainId, Option<Conclusion>)>,
    /// How it ended; `None` while it comes
    pub ending: Option<Ending>,
}

impl Trace {
    /// Whether lines may still come.
    #[must_use]
    pub const fn is_coming(&self) -> bool {
        self.asked.is_some() && self.ending.is_none()
    }

    fn is_of(&self, run: u32) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.run == run)
    }

    /// Changes it.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Ask(asked) => *self = Self { asked: Some(asked), ..Self::default() },
            Action::Mistyped(fault) => *self = Self { fault: Some(fault), ..Self::default() },
            Action::Lines(run, lines, unreadable) if self.is_of(run) => {
                lines.into_iter().for_each(|line| self.graph.take(line));
                self.graph.unreadable += unreadable;
                self.draw();
            }
            Action::Traced(run, ending) if self.is_of(run) => self.ending = Some(ending),
            Action::Open(chain) => self.open = chain,
            Action::Unfold(fold) => {
                self.shown.open(fold);
                self.draw();
                // On to the first of what came out of it.
                let first = self.view.cells.iter().position(|cell| cell.members.contains(&fold));
                self.focus = first.map(Focus::Cell);
            }
            Action::FoldUp => {
                self.shown.fold_up();
                self.draw();
            }
            Action::Walk(key) => self.focus = Some(step(&self.view, &self.picture, self.focused(), key)),
            Action::Focused(focus) => self.focus = Some(focus),
            Action::Proving(chain) => self.proof = Some((chain, None)),
            Action::Proved(chain, found) if self.proof.as_ref().is_some_and(|(asked, _)| *asked == chain) => {
                self.proof = Some((chain, Some(found)));
            }
            _ => {}
        }
    }

    /// What can be reached by Tab.
    #[must_use]
    pub fn focused(&self) -> Focus {
        self.focus.unwrap_or_else(|| steps::begin(&self.view))
    }

    /// Draws anew; the keyboard stays on the node it was on, though its number may be another now.
    fn draw(&mut self) {
        let before = match self.focus {
            Some(Focus::Cell(cell)) => self.view.cells.get(cell).and_then(|cell| cell.members.first().copied()),
            _ => None,
        };
        self.view = View::of(&self.graph, &self.shown);
        self.picture = picture(&self.view);
        let place = |node: &ChainId| self.view.cells.iter().position(|cell| cell.members.contains(node));
        self.focus = before.as_ref().and_then(place).map(Focus::Cell);
    }
}
