//! Text broken into lines.

use super::font::{Face, UNITS};
use super::geometry::Rect;
use super::page::TextMark;
use crate::error::Field;
use crate::resolution::Dpi;

/// Between the ink of one line and the next, in font units.
const LEADING: u32 = 60;
/// From baseline to baseline at least, so that lines of figures are not closer than lines of letters.
const LEAST_PITCH: u32 = 1_150;
/// More between paragraphs.
const BETWEEN: u32 = 120;

/// A font size in tenths of a point, which is 1/72 inch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Points(pub u32);

impl Points {
    /// The fewest whole dots that hold font units.
    pub fn dots(self, units: u32, dpi: Dpi) -> u32 {
        let (product, per) = self.product(units, dpi);
        u32::try_from(product.div_ceil(per)).unwrap_or(u32::MAX)
    }

    /// Font units in dots, which need not be whole.
    #[allow(clippy::cast_precision_loss)] // a page's
    fn exact_dots(self, units: u32, dpi: Dpi) -> f32 {
        let (product, per) = self.product(units, dpi);
        product as f32 / per as f32
    }

    fn product(self, units: u32, dpi: Dpi) -> (u64, u64) {
        (u64::from(units) * u64::from(self.0) * u64::from(dpi.get()), 720 * u64::from(UNITS))
    }

    /// The font units that so many dots hold.
    pub fn units(self, dots: u32, dpi: Dpi) -> u32 {
        let units = u64::from(dots) * 720 * u64::from(UNITS) / (u64::from(self.0) * u64::from(dpi.get())).max(1);
        u32::try_from(units).unwrap_or(u32::MAX)
    }
}

/// What is kept on one line if it can be.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    parts: Vec<Run>,
    space: bool,
}

/// Text in one face.
#[derive(Debug, Clone)]
struct Run {
    text: String,
    face: Face,
    /// The sum of the advances, in font units.
    width: u32,
    /// Ink beyond them.
    left: u32,
    right: u32,
}

impl Run {
    fn new(text: &str, face: Face) -> Self {
        let glyph = |character: Option<char>| character.and_then(|character| face.glyph(character));
        let left = glyph(text.chars().next()).map_or(0, |glyph| glyph.left);
        let right = glyph(text.chars().next_back()).map_or(0, |glyph| glyph.right);
        Self { text: text.to_owned(), face, width: face.width(text), left, right }
    }
}

impl Unit {
    /// A word with a space before it; in an emergency it is broken between its parts.
    pub fn new<'a>(parts: impl IntoIterator<Item = &'a str>, face: Face) -> Self {
        Self { parts: parts.into_iter().map(|part| Run::new(part, face)).collect(), space: true }
    }

    /// The same without a space before it.
    pub fn glued(self) -> Self {
        Self { space: false, ..self }
    }
}

/// Words that begin on a line of their own.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    pub field: Field,
    units: Vec<Unit>,
}

/// A line: runs and where their advances begin, in font units from the left end of its ink.
#[derive(Debug, Default)]
struct Line {
    runs: Vec<(u32, Run)>,
    /// To the end of the last advance.
    end: u32,
}

impl Line {
    /// With these.
    fn of(runs: &[Run]) -> Self {
        let mut line = Self::default();
        runs.iter().for_each(|run| line.add(run, false));
        line
    }

    /// With its last ink.
    fn width(&self) -> u32 {
        self.end + self.runs.last().map_or(0, |(_, run)| run.right)
    }

    /// The space that comes before more text.
    fn space(&self) -> u32 {
        self.runs.last().map_or(0, |(_, run)| run.face.width(" "))
    }

    /// How wide it would be with these.
    fn width_with(&self, runs: &[Run], space: bool) -> u32 {
        let start = match self.runs.is_empty() {
            true => runs.first().map_or(0, |run| run.left),
            false if space => self.end + self.space(),
            false => self.end,
        };
        start + runs.iter().map(|run| run.width).sum::<u32>() + runs.last().map_or(0, |run| run.right)
    }

    fn add(&mut self, run: &Run, space: bool) {
        let gap = if space { self.space() } else { 0 };
        let at = if self.runs.is_empty() { run.left } else { self.end + gap };
        self.end = at + run.width;
        match self.runs.last_mut() {
            // One run as far as the face is the same: a reader of the PDF finds the words whole.
            Some((_, last)) if last.face == run.face => {
                last.text.extend((gap > 0).then_some(' '));
                last.text.push_str(&run.text);
                (last.width, last.right) = (last.width + gap + run.width, run.right);
            }
            _ => self.runs.push((at, run.clone())),
        }
    }
}

impl Paragraph {
    pub fn new(field: Field, units: Vec<Unit>) -> Self {
        Self { field, units }
    }

    /// Lines no wider than `width` font units, if there are any.
    fn lines(&self, width: u32) -> Option<Vec<Line>> {
        let mut lines = vec![Line::default()];
        for unit in &self.units {
            let whole = [unit.parts.as_slice()];
            let broken: Vec<&[Run]> = unit.parts.chunks(1).collect();
            let fits = Line::default().width_with(&unit.parts, false) <= width;
            for (n, runs) in (if fits { whole.as_slice() } else { broken.as_slice() }).iter().enumerate() {
                let line = lines.last_mut()?;
                let space = unit.space && n == 0;
                if line.width_with(runs, space) <= width {
                    runs.iter().enumerate().for_each(|(n, run)| line.add(run, space && n == 0));
                } else if Line::default().width_with(runs, false) <= width {
                    lines.push(Line::of(runs));
                } else {
                    return None;
                }
            }
        }
        lines.retain(|line| !line.runs.is_empty());
        Some(lines)
    }
}

/// Where lines begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
}

/// Paragraphs of one size, broken into lines that fit a width.
#[derive(Debug)]
pub(crate) struct Block {
    lines: Vec<(u32, Line)>,
    size: Points,
    above: u32,
    /// In dots.
    pub height: u32,
    /// Lines beyond one a paragraph.
    pub breaks: u32,
}

impl Block {
    /// Breaks them; if a word is wider than the width, says whose.
    pub fn new(paragraphs: &[Paragraph], size: Points, width: u32, dpi: Dpi) -> Result<Self, Field> {
        let (mut lines, mut starts) = (Vec::new(), Vec::new());
        for paragraph in paragraphs {
            let broken = paragraph.lines(size.units(width, dpi)).ok_or(paragraph.field)?;
            starts.push(lines.len());
            lines.extend(broken);
        }
        let glyphs = || {
            let runs = lines.iter().flat_map(|line: &Line| &line.runs);
            runs.flat_map(|(_, run)| run.text.chars().filter_map(|character| run.face.glyph(character)))
        };
        let above = size.dots(glyphs().map(|glyph| glyph.above).max().unwrap_or(0), dpi);
        let below = size.dots(glyphs().map(|glyph| glyph.below).max().unwrap_or(0), dpi);
        let pitch = (above + below + size.dots(LEADING, dpi)).max(size.dots(LEAST_PITCH, dpi));
        let mut top = 0;
        let mut placed = Vec::new();
        for (n, line) in lines.into_iter().enumerate() {
            if n > 0 {
                top += pitch + if starts.contains(&n) { size.dots(BETWEEN, dpi) } else { 0 };
            }
            placed.push((top, line));
        }
        let height = if placed.is_empty() { 0 } else { top + above + below };
        let breaks = u32::try_from(placed.len().saturating_sub(paragraphs.len())).unwrap_or(u32::MAX);
        Ok(Self { lines: placed, size, above, height, breaks })
    }

    /// How wide its widest line is, in dots.
    pub fn width(&self, dpi: Dpi) -> u32 {
        self.lines.iter().map(|(_, line)| self.size.dots(line.width(), dpi)).max().unwrap_or(0)
    }

    /// Its text at a place, in a column of a width that it was broken for; and the box of each line.
    pub fn marks(self, x: u32, y: u32, width: u32, align: Align, dpi: Dpi) -> (Vec<TextMark>, Vec<Rect>) {
        let Self { lines, size, above, height, .. } = self;
        let line_height = height.saturating_sub(lines.last().map_or(0, |(top, _)| *top));
        let (mut marks, mut boxes) = (Vec::new(), Vec::new());
        for (top, line) in lines {
            let line_width = size.dots(line.width(), dpi);
            let free = width.saturating_sub(line_width);
            let left = x + if align == Align::Centre { free / 2 } else { 0 };
            boxes.push(Rect { x: left, y: y + top, width: line_width, height: line_height });
            for (at, Run { text, face, .. }) in line.runs {
                let x = left as f32 + size.exact_dots(at, dpi);
                marks.push(TextMark { x, baseline: y + top + above, size, face, text });
            }
        }
        (marks, boxes)
    }
}
