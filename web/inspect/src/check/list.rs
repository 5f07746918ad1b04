//! The list: one code a line, nothing lost.

use super::conclusion::{Conclusion, Kind};
use crate::code::{Code, CodeFault};
use crate::csv::Table;
use crate::format;
use crate::lang::Lang;

/// How far a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It names no lot
    Bad(CodeFault),
    /// The same as an earlier row (its index), and concluded with it
    Same(usize),
    /// Not begun
    Waiting,
    /// Records checked, of how many
    Checking(usize, usize),
    /// Concluded
    Done(Conclusion),
}

/// A line that was pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, counted from 1, empty lines included: where the inspector finds it
    pub line: usize,
    /// What it says
    pub text: String,
    /// What it names
    pub code: Option<Code>,
    /// How far it is
    pub state: State,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Concluded, or not to be read
    pub done: usize,
    /// Lines
    pub total: usize,
    /// Worse than "holds"
    pub to_look_at: usize,
}

/// Reads what was pasted; empty lines are left out.
#[must_use]
pub fn read(text: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let text = line.trim();
        if text.is_empty() {
            continue;
        }
        let (code, state) = match Code::read_lot(text) {
            Ok(code) => {
                let same = rows.iter().position(|row| row.code.as_ref() == Some(&code));
                (Some(code), same.map_or(State::Waiting, State::Same))
            }
            Err(fault) => (None, State::Bad(fault)),
        };
        rows.push(Row { line: index + 1, text: text.to_owned(), code, state });
    }
    rows
}

/// What is known of a row by now: its own conclusion, or that of the one it repeats.
#[must_use]
pub fn found(rows: &[Row], index: usize) -> Option<Conclusion> {
    match &rows.get(index)?.state {
        State::Bad(_) => Some(Conclusion::bare(Kind::Unreadable)),
        // An earlier row is never itself a repetition: the search finds the first.
        State::Same(earlier) => match &rows.get(*earlier)?.state {
            State::Done(conclusion) => Some(conclusion.clone()),
            _ => None,
        },
        State::Done(conclusion) => Some(conclusion.clone()),
        State::Waiting | State::Checking(..) => None,
    }
}

/// The order of the table: worst first, then as pasted; those not concluded last.
#[must_use]
pub fn worst_first(rows: &[Row]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|index| {
        let kind = found(rows, *index).map(|conclusion| conclusion.kind);
        (kind.is_none(), kind, *index)
    });
    order
}

/// How many of how many.
#[must_use]
pub fn summary(rows: &[Row]) -> Summary {
    let found: Vec<Kind> = (0..rows.len()).filter_map(|index| found(rows, index)).map(|found| found.kind).collect();
    let good = |kind: &&Kind| matches!(kind, Kind::Valid | Kind::Unlogged);
    Summary { done: found.len(), total: rows.len(), to_look_at: found.len() - found.iter().filter(good).count() }
}

/// The table as a spreadsheet, in the order shown.
#[must_use]
pub fn csv(rows: &[Row], lang: Lang) -> Vec<u8> {
    let m = lang.messages();
    let mut table =
        Table::new(&[m.column_line, m.column_text, m.column_gtin, m.column_lot, m.column_found, m.column_as_of]);
    for index in worst_first(rows) {
        let Some(row) = rows.get(index) else { continue };
        let (gtin, lot) = match &row.code {
            Some(Code::Label(code)) => (code.gtin().to_string(), code.lot().to_string()),
            _ => Default::default(),
        };
        let (words, as_of) = match (&row.state, found(rows, index)) {
            (State::Bad(fault), _) => (format!("{}: {}", Kind::Unreadable.words(m), fault.sentence(m)), None),
            (_, Some(conclusion)) => (conclusion.sentence(lang), conclusion.as_of),
            (_, None) => (m.check_waiting.to_owned(), None),
        };
        let as_of = as_of.map(|time| format::moment(lang, time).replace('\u{a0}', " ")).unwrap_or_default();
        table.row(&[row.line.to_string(), row.text.clone(), gtin, lot, words, as_of]);
    }
    table.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str = "(01)09521234543213(10)VT-0605";

    #[test]
    fn a_bad_line_keeps_its_place_and_says_what_is_wrong() {
        let rows = read(&format!("{GOOD}\n\n(01)09521234543214(10)A\nchào\n{GOOD}\n"));
        let lines: Vec<usize> = rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [1, 3, 4, 5]);
        assert_eq!(rows[1].state, State::Bad(CodeFault::CheckDigit));
        assert_eq!(rows[2].state, State::Bad(CodeFault::Unreadable));
        assert_eq!(rows[3].state, State::Same(0));
    }

    #[test]
    fn the_worst_come_first_and_repetitions_with_them() {
        let other = "(01)09521234543213(10)B";
        let mut rows = read(&[GOOD, "x", other, GOOD].join("\n"));
        rows[0].state = State::Done(Conclusion::bare(Kind::Recalled));
        assert_eq!(worst_first(&rows), [0, 3, 1, 2]);
        assert_eq!(summary(&rows), Summary { done: 3, total: 4, to_look_at: 3 });
        rows[2].state = State::Done(Conclusion::bare(Kind::Valid));
        assert_eq!(summary(&rows), Summary { done: 4, total: 4, to_look_at: 3 });
    }

    #[test]
    fn the_spreadsheet_has_every_line() {
        let mut rows = read(&[GOOD, "=x", "(01)09521234543213"].join("\n"));
        rows[0].state = State::Done(Conclusion { as_of: Some(1_780_644_600), ..Conclusion::bare(Kind::Valid) });
        let text = String::from_utf8(csv(&rows, Lang::Vi)).unwrap();
        assert_eq!(text.lines().count(), 4);
        assert!(text.contains("05/06/2026 14:30") && text.contains("\"'=x\""), "{text}");
    }

    proptest! {
        /// Whatever is pasted: every line with something on it is a row, in its place.
        #[test]
        fn nothing_pasted_is_lost(text in "([^\n]{0,30}\n){0,20}") {
            let rows = read(&text);
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            prop_assert_eq!(rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), lines);
            let mut order = worst_first(&rows);
            order.sort_unstable();
            prop_assert_eq!(order, (0..rows.len()).collect::<Vec<_>>());
        }
    }
}
