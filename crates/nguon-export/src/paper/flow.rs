//! Blocks onto pages, from top to bottom.

mod blocks;
mod columns;
mod running;
mod table;

use nguon_label::Label;

use crate::facts::Language;

use super::Paper;
use super::error::Error;
use super::line::Line;
use super::said::Said;
use super::sheet::{Milli, Sheet, mm};
use super::style::{BODY, Colour, SECTION, Style, TITLE};
use super::tree::{Kind, NodeId, Tree};

/// Nobody reads more, and a bundle holds no more.
const MOST_PAGES: usize = 4_000;

/// What is drawn.
#[derive(Debug)]
pub(super) enum What {
    Line { x: Milli, baseline: Milli, style: Style, lang: Option<Language>, line: Line },
    Fill { x: Milli, y: Milli, width: Milli, height: Milli, colour: Colour },
    Symbol { x: Milli, y: Milli, side: Milli, label: Box<Label> },
}

/// What it is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Content(NodeId),
    /// Hairlines and grounds.
    Layout,
    /// A table's header again.
    Again,
    Head,
    Foot,
}

#[derive(Debug)]
pub(super) struct Mark {
    pub what: What,
    pub role: Role,
}

/// A heading, for the outline.
#[derive(Debug)]
pub(super) struct Entry {
    pub part: bool,
    pub title: String,
    pub page: usize,
    pub y: Milli,
}

/// All pages and what stands on them.
#[derive(Debug)]
pub(super) struct Laid {
    pub sheet: Sheet,
    pub pages: Vec<Vec<Mark>>,
    pub tree: Tree,
    pub outline: Vec<Entry>,
}

/// Lays a document out.
pub(super) fn lay_out(paper: &Paper) -> Result<Laid, Error> {
    let mut flow = Flow::of(paper);
    flow.title();
    for block in &paper.blocks {
        flow.block(&block.0)?;
        flow.check_length()?;
    }
    flow.explain_numbers();
    flow.check_length()?;
    let pages = flow.laid.pages.len();
    for page in 0..pages {
        flow.foot(page, pages);
    }
    Ok(flow.laid)
}

struct Flow<'p> {
    paper: &'p Paper,
    laid: Laid,
    /// The top of what comes next, on the last page.
    y: Milli,
    /// Whether a character was shown by its number.
    numbers: bool,
}

impl<'p> Flow<'p> {
    fn of(paper: &'p Paper) -> Self {
        let sheet = Sheet::of(paper.turn);
        let laid = Laid { sheet, pages: Vec::new(), tree: Tree::default(), outline: Vec::new() };
        let mut flow = Self { paper, laid, y: 0, numbers: false };
        flow.next_page();
        flow
    }

    fn page(&self) -> usize {
        self.laid.pages.len() - 1
    }

    fn room(&self) -> Milli {
        self.laid.sheet.bottom.saturating_sub(self.y)
    }

    /// What a page holds.
    fn full(&self) -> Milli {
        self.laid.sheet.bottom - self.laid.sheet.top
    }

    fn at_top(&self) -> bool {
        self.y == self.laid.sheet.top
    }

    fn next_page(&mut self) {
        self.laid.pages.push(Vec::new());
        let top = self.band();
        self.laid.sheet.top = top;
        self.y = top;
    }

    /// Goes to the next page unless this height, or a whole page, is left.
    fn need(&mut self, height: Milli) {
        if self.room() < height.min(self.full()) {
            self.next_page();
        }
    }

    /// Room between blocks; none at the top of a page.
    fn gap(&mut self, height: Milli) {
        if !self.at_top() {
            self.y += height;
        }
    }

    fn check_length(&self) -> Result<(), Error> {
        match self.laid.pages.len() {
            pages if pages > MOST_PAGES => Err(Error::TooLong { most: MOST_PAGES }),
            _ => Ok(()),
        }
    }

    fn put(&mut self, page: usize, what: What, role: Role) {
        let Some(marks) = self.laid.pages.get_mut(page) else { return };
        if let Role::Content(node) = role {
            self.laid.tree.mark(node, page, marks.len());
        }
        marks.push(Mark { what, role });
    }

    fn line(&mut self, x: Milli, top: Milli, set: Set, role: Role) {
        self.numbers |= set.line.has_numbers();
        let Set { line, style, lang } = set;
        let what = What::Line { x, baseline: top + style.rise(), style, lang, line };
        self.put(self.page(), what, role);
    }

    fn fill(&mut self, [x, y, width, height]: [Milli; 4], colour: Colour) {
        self.put(self.page(), What::Fill { x, y, width, height, colour }, Role::Layout);
    }

    /// The document's own heading (`H1`): the first language large, the second below it.
    fn title(&mut self) {
        let title = &self.paper.title;
        let joined = title.joined(self.paper.langs);
        let node = self.laid.tree.add(None, Kind::Heading { level: 1, title: joined.clone() }, None);
        self.laid.outline.push(Entry { part: false, title: joined, page: self.page(), y: self.y });
        for (at, (lang, text)) in title.shown(self.paper.langs).into_iter().enumerate() {
            let style = if at == 0 { TITLE } else { SECTION.second() };
            for line in super::line::lines(text, style, self.laid.sheet.measure) {
                self.line(self.laid.sheet.left, self.y, Set { line, style, lang }, Role::Content(node));
                self.y += style.lead();
            }
        }
        self.y += mm(3);
    }

    /// What a number in brackets means, if there was one.
    fn explain_numbers(&mut self) {
        if self.numbers {
            self.gap(BODY.lead());
            self.paragraph(
                &Said::new(
                    "Ký tự mà phông chữ của tài liệu này không có được ghi bằng mã Unicode trong ngoặc, ví dụ [U+8354]. Khi sao chép hoặc nghe đọc sẽ ra chính ký tự đó.",
                    "A character that this document's letters do not have is shown by its Unicode number in brackets, such as [U+8354]. Copied or read aloud, it is the character itself.",
                ),
                super::style::SMALL,
            );
        }
    }
}

/// A line and how it is set.
#[derive(Debug, Clone)]
struct Set {
    line: Line,
    style: Style,
    lang: Option<Language>,
}
