//! A page as a list of marks: what PDF, SVG and PNG all draw.

use super::block::Points;
use super::font::Face;
use super::geometry::Rect;
use super::lang::Lang;
use super::paper::Paper;
use crate::label::Symbol;
use crate::length::Length;
use crate::resolution::Dpi;

/// A laid-out page of labels.
#[derive(Debug, Clone)]
pub struct Page {
    pub(crate) paper: Paper,
    pub(crate) dpi: Dpi,
    pub(crate) lang: Lang,
    /// What it is, for readers that do not see it.
    pub(crate) title: String,
    pub(crate) marks: Vec<Mark>,
    pub(crate) placed: Vec<Placed>,
}

/// Where a label is on its page, and what is on it: for those who check.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Placed {
    /// Which of the labels that were to be printed, counted from 1.
    pub number: usize,
    /// The label.
    pub label: Rect,
    /// The symbol with its quiet zone.
    pub symbol: Rect,
    /// How many dots wide a module is.
    pub dots_per_module: u32,
    /// Each line of text.
    pub lines: Vec<Rect>,
}

/// Something black.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    Symbol(SymbolMark),
    Text(TextMark),
    Area(Rect),
}

/// A symbol, with its quiet zone.
#[derive(Debug, Clone)]
pub(crate) struct SymbolMark {
    pub x: u32,
    pub y: u32,
    pub dots_per_module: u32,
    pub symbol: Symbol,
}

/// Text on a baseline. A baseline is a row of dots; a letter begins where it begins.
#[derive(Debug, Clone)]
pub(crate) struct TextMark {
    pub x: f32,
    pub baseline: u32,
    pub size: Points,
    pub face: Face,
    pub text: String,
}

impl SymbolMark {
    /// Its runs of dark modules as boxes.
    pub fn areas(&self) -> impl Iterator<Item = Rect> + '_ {
        let dots = self.dots_per_module;
        self.symbol.runs().map(move |(x, y, run)| Rect {
            x: self.x + x * dots,
            y: self.y + y * dots,
            width: run * dots,
            height: dots,
        })
    }
}

impl TextMark {
    /// The font size in dots, which need not be whole.
    #[allow(clippy::cast_precision_loss)] // a few thousand
    pub fn em(&self, dpi: Dpi) -> f32 {
        self.size.0 as f32 * f32::from(dpi.get()) / 720.0
    }
}

impl Page {
    /// The page's width and height.
    #[must_use]
    pub const fn size(&self) -> (Length, Length) {
        self.paper.page()
    }

    /// The printer's resolution that it is laid out for.
    #[must_use]
    pub const fn dpi(&self) -> Dpi {
        self.dpi
    }

    /// Its labels, in the order of printing.
    #[must_use]
    pub fn placed(&self) -> &[Placed] {
        &self.placed
    }
}
