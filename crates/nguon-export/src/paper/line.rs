//! Text in lines of a width.

use nguon_label::font::{Face, UNITS, can_print};
use unicode_normalization::UnicodeNormalization as _;

use super::sheet::Milli;
use super::style::Style;

/// Text that is shown as it is, or characters that the font has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// What is drawn.
    pub shown: String,
    /// What it stands for; empty for text that stands for itself.
    pub actual: String,
}

impl Span {
    fn plain(shown: impl Into<String>) -> Self {
        Self { shown: shown.into(), actual: String::new() }
    }

    /// What is not cut without need: text between some marks, and each number.
    fn parts(self) -> Vec<Self> {
        if self.actual.is_empty() {
            return self.shown.split_inclusive(MARKS).map(Self::plain).collect();
        }
        let numbers = self.shown.split_inclusive(']').zip(self.actual.chars());
        numbers.map(|(shown, actual)| Self { shown: shown.to_owned(), actual: actual.to_string() }).collect()
    }

    /// Character by character; a number stays whole.
    fn characters(self) -> Vec<Self> {
        match self.actual.is_empty() {
            true => self.shown.chars().map(Self::plain).collect(),
            false => vec![self],
        }
    }
}

/// After these, an address or a hash is cut first.
const MARKS: [char; 12] = ['-', '/', '–', '·', '#', '.', ',', ':', '?', '&', '=', '_'];

/// A line, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub spans: Vec<Span>,
    /// Without the space at its end.
    pub width: Milli,
}

impl Line {
    /// Whether it shows numbers for characters.
    pub fn has_numbers(&self) -> bool {
        self.spans.iter().any(|span| !span.actual.is_empty())
    }
}

/// What is not broken unless it is wider than a line.
#[derive(Debug, Default)]
struct Unit {
    spans: Vec<Span>,
    /// In font units, as are those below.
    width: u32,
    /// Whether a space stands before it.
    spaced: bool,
}

impl Unit {
    fn push(&mut self, span: Span, face: Face) {
        self.width += face.width(&span.shown);
        append(&mut self.spans, span);
    }
}

/// Joins plain text to plain text, and numbers to numbers.
fn append(spans: &mut Vec<Span>, span: Span) {
    match spans.last_mut() {
        Some(last) if last.actual.is_empty() == span.actual.is_empty() => {
            last.shown.push_str(&span.shown);
            last.actual.push_str(&span.actual);
        }
        _ => spans.push(span),
    }
}

/// A character as it is drawn.
fn span(character: char) -> Span {
    if can_print(character) {
        return Span::plain(character);
    }
    // A control character stands for nothing that could be read aloud or copied.
    let actual = if character.is_control() { '\u{FFFD}' } else { character };
    Span { shown: format!("[U+{:04X}]", u32::from(character)), actual: actual.to_string() }
}

/// Words: what stands between spaces.
fn units(text: &str, face: Face) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut open = Unit::default();
    for character in text.nfc() {
        if character.is_whitespace() && character != '\u{A0}' {
            let done = std::mem::replace(&mut open, Unit { spaced: true, ..Unit::default() });
            units.extend((!done.spans.is_empty()).then_some(done));
            continue;
        }
        open.push(span(character), face);
    }
    units.extend((!open.spans.is_empty()).then_some(open));
    if let Some(first) = units.first_mut() {
        first.spaced = false;
    }
    units
}

/// Font units at a size, rounded up.
fn at_size(units: u32, size: Milli) -> Milli {
    let wide = (u64::from(units) * u64::from(size)).div_ceil(u64::from(UNITS));
    u32::try_from(wide).unwrap_or(u32::MAX)
}

/// The lines of a text, none wider than `width` unless one character is.
pub(super) fn lines(text: &str, style: Style, width: Milli) -> Vec<Line> {
    let room = u32::try_from(u64::from(width) * u64::from(UNITS) / u64::from(style.size.max(1))).unwrap_or(u32::MAX);
    let space = style.face.width(" ");
    let mut breaking = Breaking { face: style.face, room, done: Vec::new(), open: Unit::default() };
    for unit in units(text, style.face) {
        let gap = if unit.spaced && !breaking.open.spans.is_empty() { space } else { 0 };
        if breaking.open.width + gap + unit.width > room {
            breaking.end(unit.spaced);
        } else if gap > 0 {
            breaking.open.push(Span::plain(" "), style.face);
        }
        breaking.add(unit);
    }
    breaking.end(false);
    let line = |unit: Unit| {
        let trailing = if unit.spaced { space } else { 0 };
        Line { width: at_size(unit.width - trailing, style.size), spans: unit.spans }
    };
    breaking.done.into_iter().map(line).collect()
}

struct Breaking {
    face: Face,
    room: u32,
    /// Lines; `spaced` says that one ends in a space.
    done: Vec<Unit>,
    open: Unit,
}

impl Breaking {
    /// Ends the line, with the space between its last word and the next, which readers of the PDF would miss.
    fn end(&mut self, spaced: bool) {
        if self.open.spans.is_empty() {
            return;
        }
        if spaced {
            self.open.push(Span::plain(" "), self.face);
        }
        self.open.spaced = spaced;
        self.done.push(std::mem::take(&mut self.open));
    }

    /// At the end of the line. What is wider than any line, such as an address or a hash, is cut: after a hyphen or another mark
    /// where that is enough, else between any two characters.
    fn add(&mut self, unit: Unit) {
        if self.open.width + unit.width <= self.room {
            unit.spans.into_iter().for_each(|span| self.open.push(span, self.face));
            return;
        }
        for part in unit.spans.into_iter().flat_map(Span::parts) {
            let fits = self.face.width(&part.shown) <= self.room;
            for part in if fits { vec![part] } else { part.characters() } {
                if self.open.width + self.face.width(&part.shown) > self.room {
                    self.end(false);
                }
                self.open.push(part, self.face);
            }
        }
    }
}

/// How wide a text is at the least (its widest word) and at the most (in one line).
pub(super) fn widths(text: &str, style: Style) -> (Milli, Milli) {
    let units = units(text, style.face);
    let space = style.face.width(" ");
    let least = units.iter().map(|unit| unit.width).max().unwrap_or(0);
    let most = units.iter().map(|unit| unit.width + if unit.spaced { space } else { 0 }).sum();
    (at_size(least, style.size), at_size(most, style.size))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::style::BODY;
    use super::*;

    fn text(lines: &[Line]) -> String {
        lines.iter().flat_map(|line| &line.spans).map(|span| span.shown.as_str()).collect()
    }

    #[test]
    fn a_character_that_the_font_has_not_is_shown_by_its_number() {
        let lines = lines("Công ty 荔枝 \u{7}", BODY, 300_000);
        assert_eq!(text(&lines), "Công ty [U+8354][U+679D] [U+0007]");
        let actual: Vec<&str> = lines[0].spans.iter().map(|span| span.actual.as_str()).collect();
        assert_eq!(actual, ["", "荔枝", "", "\u{FFFD}"]);
    }

    proptest! {
        /// Nothing is lost, and nothing is wider than its column but a single character.
        #[test]
        fn all_words_come_back_in_their_order(words in "[ a-zA-Z0-9ăâđêôơưĂẪ/\u{4e00}-\u{4e0f}-]{0,200}", width in 50_000_u32..400_000) {
            let lines = lines(&words, BODY, width);
            let expected: Vec<String> = words.nfc().map(|c| if c.is_whitespace() { " ".into() } else { span(c).shown }).collect();
            let expected = expected.concat().split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(text(&lines), expected);
            for line in &lines {
                prop_assert!(line.width <= width, "{line:?}");
                prop_assert!(!line.spans.is_empty());
            }
        }
    }
}
