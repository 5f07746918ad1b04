//! Where symbol and text stand within one label.
//!
//! An arrangement divides the label into boxes that do not overlap, one of them the symbol with its quiet zone; text is then
//! broken to fit its box, or the arrangement is none. So nothing can come to stand over anything else.

use super::block::{Align, Block, Paragraph, Points};
use super::geometry::Rect;
use super::lang::Captions;
use super::page::TextMark;
use super::text::PrintLabel;
use crate::error::Field;
use crate::resolution::Dpi;

/// How a label is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrangement {
    /// The symbol on the left, all text beside it.
    Beside,
    /// The same, but the element string runs below both.
    BesideWithFoot,
    /// The product's name above, the element string below, and between them the symbol with the rest beside it.
    BesideUnderHead,
    /// The symbol above, all text below it.
    Above,
    /// The product's name, the symbol, the rest.
    AboveUnderHead,
}

/// All of them.
pub(crate) const ARRANGEMENTS: [Arrangement; 5] = [
    Arrangement::Beside,
    Arrangement::BesideWithFoot,
    Arrangement::BesideUnderHead,
    Arrangement::Above,
    Arrangement::AboveUnderHead,
];

/// The smallest print that people read.
pub(crate) const SMALLEST: Points = Points(60);
const LARGEST_BODY: Points = Points(130);
const LARGEST_FOOT: Points = Points(90);

/// Free between parts of a label with room, in font units of its text.
const AIR: u32 = 400;

/// The sizes that go with the product's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    head: Points,
    body: Points,
    foot: Points,
}

impl Sizes {
    pub fn of(head: Points) -> Self {
        let share = |hundredths: u32, most| Points(head.0 * hundredths / 100).clamp(SMALLEST, most);
        Self { head: head.max(SMALLEST), body: share(64, LARGEST_BODY), foot: share(50, LARGEST_FOOT) }
    }

    /// What stays free between parts, at least: nothing where print is as small as can be.
    fn air(self, dpi: Dpi) -> u32 {
        let share = (self.head.0 - SMALLEST.0).min(60) * AIR / 60;
        self.body.dots(share, dpi)
    }
}

/// What does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// The symbol.
    Symbol,
    /// A text, and how many came before it.
    Text(Field, usize),
}

/// A label's parts in their places.
#[derive(Debug, Default)]
pub(crate) struct Arranged {
    pub symbol: Rect,
    pub texts: Vec<TextMark>,
    pub lines: Vec<Rect>,
    /// Lines that captions and values are broken into beyond one each.
    pub breaks: u32,
}

/// A label's text.
pub(crate) struct Content {
    head: [Paragraph; 1],
    body: Vec<Paragraph>,
    foot: [Paragraph; 1],
}

impl Content {
    pub fn of(label: &PrintLabel, captions: Captions) -> Self {
        let body = label.text().body(label.label(), captions);
        Self { head: [label.text().head()], body, foot: [label.foot()] }
    }
}

/// A way to arrange labels: all but their content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    pub arrangement: Arrangement,
    pub sizes: Sizes,
    pub dpi: Dpi,
}

impl Manner {
    /// Arranges a label in `room`, its symbol `side` dots wide and high, of them `quiet` free on each side.
    pub fn arrange(&self, room: Rect, side: u32, quiet: u32, content: &Content) -> Result<Arranged, Misfit> {
        if side > room.width || side > room.height {
            return Err(Misfit::Symbol);
        }
        let Content { head, body, foot } = content;
        let Sizes { head: large, body: medium, foot: small } = self.sizes;
        let head: Part<'_> = (head.as_slice(), large);
        let body: Part<'_> = (body.as_slice(), medium);
        let foot: Part<'_> = (foot.as_slice(), small);
        match self.arrangement {
            Arrangement::Beside => self.beside(room, (side, quiet), &[], &[head, body, foot], &[]),
            Arrangement::BesideWithFoot => self.beside(room, (side, quiet), &[], &[head, body], &[foot]),
            Arrangement::BesideUnderHead => self.beside(room, (side, quiet), &[head], &[body], &[foot]),
            Arrangement::Above => self.above(room, side, &[], &[head, body, foot]),
            Arrangement::AboveUnderHead => self.above(room, side, &[head], &[body, foot]),
        }
    }

    fn beside(
        &self,
        room: Rect,
        (side, quiet): (u32, u32),
        over: &[Part<'_>],
        right: &[Part<'_>],
        under: &[Part<'_>],
    ) -> Result<Arranged, Misfit> {
        let over = self.column(over, room.width, 0)?;
        let column = self.column(right, room.width - side, over.paragraphs)?;
        let under = self.column(under, room.width, over.paragraphs + column.paragraphs)?;
        let middle = side.max(column.height);
        let inner = u32::from(over.height > 0) + u32::from(under.height > 0);
        let air = self.sizes.air(self.dpi);
        let height = over.height + middle + under.height;
        let Some(free) = room.height.checked_sub(height).filter(|&free| free >= inner * air) else {
            // The last one is what there is no more room for, unless the column alone is too high.
            let outer_alone = over.height + side + under.height + inner * air > room.height;
            let blamed = if outer_alone { [&under, &column] } else { [&column, &under] };
            return Err(blamed.iter().find_map(|column| column.overflow()).unwrap_or(Misfit::Symbol));
        };
        // Free height goes above and below, and between the parts that there are.
        let gap = (free / (2 + inner)).max(if inner > 0 { air } else { 0 });
        let mut arranged = Arranged { breaks: column.breaks, ..Arranged::default() };
        let mut y = room.y + (free - gap * inner) / 2;
        // Text over and under the symbol begins where its dark modules do, if it is short enough.
        let indented = |column: &Column| room.x + quiet.min(room.width.saturating_sub(column.width));
        if over.height > 0 {
            let (x, height) = (indented(&over), over.height);
            over.place(x, y, room.width, Align::Left, self.dpi, &mut arranged);
            y += height + gap;
        }
        arranged.symbol = Rect { x: room.x, y: y + (middle - side) / 2, width: side, height: side };
        let beside = y + (middle - column.height) / 2;
        column.place(room.x + side, beside, room.width - side, Align::Left, self.dpi, &mut arranged);
        let x = indented(&under);
        under.place(x, y + middle + gap, room.width, Align::Left, self.dpi, &mut arranged);
        Ok(arranged)
    }

    fn above(&self, room: Rect, side: u32, over: &[Part<'_>], under: &[Part<'_>]) -> Result<Arranged, Misfit> {
        let over = self.column(over, room.width, 0)?;
        let under = self.column(under, room.width, over.paragraphs)?;
        let Some(free) = room.height.checked_sub(over.height + side + under.height) else {
            let blamed = if over.height + side > room.height { &over } else { &under };
            return Err(blamed.overflow().unwrap_or(Misfit::Symbol));
        };
        // The quiet zone is air enough between text and symbol.
        let mut arranged = Arranged { breaks: over.breaks + under.breaks, ..Arranged::default() };
        let mut y = room.y + free / 2;
        let height = over.height;
        over.place(room.x, y, room.width, Align::Centre, self.dpi, &mut arranged);
        y += height;
        arranged.symbol = Rect { x: room.x + (room.width - side) / 2, y, width: side, height: side };
        under.place(room.x, y + side, room.width, Align::Centre, self.dpi, &mut arranged);
        Ok(arranged)
    }

    /// Parts one below the other.
    fn column(&self, parts: &[Part<'_>], width: u32, before: usize) -> Result<Column, Misfit> {
        let mut column = Column::default();
        for (paragraphs, size) in parts {
            let block = Block::new(paragraphs, *size, width, self.dpi).map_err(|field| {
                let at = paragraphs.iter().position(|paragraph| paragraph.field == field).unwrap_or(0);
                Misfit::Text(field, before + column.paragraphs + at)
            })?;
            if !column.blocks.is_empty() {
                column.height += size.dots(BETWEEN_PARTS, self.dpi);
            }
            let top = column.height;
            column.height += block.height;
            column.width = column.width.max(block.width(self.dpi));
            column.breaks +=
                if paragraphs.iter().any(|paragraph| paragraph.field == Field::Lot) { block.breaks } else { 0 };
            column.paragraphs += paragraphs.len();
            column.last = paragraphs.last().map(|paragraph| paragraph.field);
            column.blocks.push((top, block));
        }
        column.before = before;
        Ok(column)
    }
}

/// Paragraphs and their size.
type Part<'a> = (&'a [Paragraph], Points);

/// More between parts, in font units of the lower one.
const BETWEEN_PARTS: u32 = 330;

#[derive(Debug, Default)]
struct Column {
    /// Each with where it begins.
    blocks: Vec<(u32, Block)>,
    height: u32,
    width: u32,
    breaks: u32,
    paragraphs: usize,
    before: usize,
    last: Option<Field>,
}

impl Column {
    /// What is to blame if it is too high: its last text, or none if it has none.
    fn overflow(&self) -> Option<Misfit> {
        self.last.map(|field| Misfit::Text(field, self.before + self.paragraphs))
    }

    fn place(self, x: u32, y: u32, width: u32, align: Align, dpi: Dpi, arranged: &mut Arranged) {
        for (top, block) in self.blocks {
            let (texts, lines) = block.marks(x, y + top, width, align, dpi);
            arranged.texts.extend(texts);
            arranged.lines.extend(lines);
        }
    }
}
