//! Checking many lots.

use super::Action;
use crate::check::Conclusion;
use crate::check::list::{Row, State, Summary, summary};

/// Rows that are drawn at a time.
pub const PORTION: usize = 40;

/// The list and how far it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Check {
    /// Counts up with each list
    pub run: u32,
    /// Its lines
    pub rows: Vec<Row>,
    /// How many of them are drawn, worst first: to draw all of a long list at each conclusion would hold the page up
    pub drawn: usize,
}

impl Check {
    /// How many of how many.
    #[must_use]
    pub fn summary(&self) -> Summary {
        summary(&self.rows)
    }

    /// Whether something is still to be concluded.
    #[must_use]
    pub fn is_running(&self) -> bool {
        let Summary { done, total, .. } = self.summary();
        done < total
    }

    /// Changes it.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Listed(run, rows) => *self = Self { run, rows, drawn: PORTION },
            Action::Drawn(run) if run == self.run => self.drawn += PORTION,
            Action::Checking(run, row, done, total) if run == self.run => self.set(row, State::Checking(done, total)),
            Action::Concluded(run, row, found) if run == self.run => self.conclude(row, found),
            _ => {}
        }
    }

    fn set(&mut self, row: usize, state: State) {
        if let Some(row) = self.rows.get_mut(row) {
            row.state = state;
        }
    }

    fn conclude(&mut self, row: usize, found: Conclusion) {
        self.set(row, State::Done(found));
    }
}
