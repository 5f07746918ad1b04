//! A page that shows whether a printer keeps its measures, and which modules it can print.

use super::block::{Align, Block, Paragraph, Points, Unit};
use super::font::Face;
use super::geometry::{Rect, dots_reaching, dots_within};
use super::lang::Lang;
use super::page::{Mark, Page, SymbolMark};
use super::paper::Paper;
use crate::error::{Error, Field};
use crate::label::Symbol;
use crate::length::Length;
use crate::level::Level;
use crate::resolution::{Dpi, INCH_UM};

/// A page for this paper and printer: its labels' frames, a ruler in millimetres both ways, and QR symbols of different module
/// sizes, from one dot below the least that labels get. On paper without room for them, such as a small roll, the frames and as
/// much of the ruler and symbols as there is room for.
///
/// ```
/// use nguon_label::{Dpi, Lang, Paper, test_page};
///
/// let page = test_page(Paper::named("a4-24-70x37")?, Dpi::D300, Lang::Vi)?;
/// assert!(page.to_svg().contains("mm"));
/// # Ok::<(), nguon_label::Error>(())
/// ```
pub fn test_page(paper: Paper, dpi: Dpi, lang: Lang) -> Result<Page, Error> {
    let area = paper.page_dots(dpi);
    let page = Page { paper, dpi, lang, title: "Nguồn".into(), marks: vec![], placed: vec![] };
    let mut sheet = Sheet { page, area, taken: vec![] };
    sheet.fill_in(paper.is_roll())?;
    for at in 0..paper.labels() {
        sheet.frame(paper.label_dots(at, dpi));
    }
    Ok(sheet.page)
}

const PRINT: Points = Points(90);
/// Lines of frames and rulers.
const LINE: Length = Length::from_um(130);
/// The longest ruler.
const RULER_MM: u16 = 100;
/// How many module sizes are shown.
const SAMPLES: u32 = 5;

struct Sheet {
    page: Page,
    area: Rect,
    /// What frames leave free.
    taken: Vec<Rect>,
}

impl Sheet {
    /// All but the frames.
    fn fill_in(&mut self, is_roll: bool) -> Result<(), Error> {
        let edge = self.mm(if is_roll { 2 } else { 15 });
        let Some(room) = self.area.without_edge(edge) else { return Ok(()) };
        let words = self.page.lang.test_page();
        let mut y = room.y;
        if !is_roll {
            y = self.text(words.how, room, y)?;
            y = self.text(words.ruler, room, y)?;
        }
        y = self.rulers(Rect { y, height: room.bottom().saturating_sub(y), ..room });
        // The rest is beside the upright ruler.
        let beside = room.x + self.mm(14);
        let room = Rect { x: beside, width: room.right().saturating_sub(beside), ..room };
        if !is_roll {
            y = self.text(words.modules, room, y)?;
        }
        self.samples(Rect { y, height: room.bottom().saturating_sub(y), ..room })
    }

    fn mm(&self, mm: u16) -> u32 {
        dots_within(Length::mm(mm), self.page.dpi)
    }

    fn line(&self) -> u32 {
        dots_reaching(LINE, self.page.dpi).max(1)
    }

    fn fill(&mut self, area: Rect) {
        if self.area.holds(area) {
            self.page.marks.push(Mark::Area(area));
        }
    }

    /// Keeps frames away from a box, by a millimetre.
    fn take(&mut self, area: Rect) {
        let edge = self.mm(1);
        let (x, y) = (area.x.saturating_sub(edge), area.y.saturating_sub(edge));
        self.taken.push(Rect { x, y, width: area.right() + edge - x, height: area.bottom() + edge - y });
    }

    /// Around a label, broken lines inside it.
    fn frame(&mut self, label: Rect) {
        let (line, dash) = (self.line(), self.mm(1).max(1));
        let Rect { x, y, width, height } = label;
        for at in (0..width).step_by(usize::try_from(2 * dash).unwrap_or(usize::MAX)) {
            let dash = dash.min(width - at);
            self.dash(Rect { x: x + at, y, width: dash, height: line });
            self.dash(Rect { x: x + at, y: label.bottom().saturating_sub(line), width: dash, height: line });
        }
        for at in (0..height).step_by(usize::try_from(2 * dash).unwrap_or(usize::MAX)) {
            let dash = dash.min(height - at);
            self.dash(Rect { x, y: y + at, width: line, height: dash });
            self.dash(Rect { x: label.right().saturating_sub(line), y: y + at, width: line, height: dash });
        }
    }

    fn dash(&mut self, area: Rect) {
        if !self.taken.iter().any(|taken| taken.overlaps(area)) {
            self.fill(area);
        }
    }

    /// A block in its place, if the page has room for it.
    fn write(&mut self, block: Block, area: Rect, align: Align) {
        if self.area.holds(area) {
            let (marks, lines) = block.marks(area.x, area.y, area.width, align, self.page.dpi);
            lines.into_iter().for_each(|line| self.take(line));
            self.page.marks.extend(marks.into_iter().map(Mark::Text));
        }
    }

    /// A paragraph; gives where the next thing may begin.
    fn text(&mut self, text: &str, room: Rect, y: u32) -> Result<u32, Error> {
        let block = self.block(text, room.width)?;
        let height = block.height;
        self.write(block, Rect { y, height, ..room }, Align::Left);
        Ok(y + height + self.mm(2))
    }

    fn block(&self, text: &str, width: u32) -> Result<Block, Error> {
        let units = text.split(' ').map(|word| Unit::new([word], Face::Regular)).collect();
        Block::new(&[Paragraph::new(Field::TestPage, units)], PRINT, width, self.page.dpi)
            .map_err(|field| Error::TextTooLong { number: 1, field, fits: None })
    }

    /// Marks every millimetre along the upper and the left side of a box; gives where the next thing may begin.
    fn rulers(&mut self, room: Rect) -> u32 {
        let (line, dpi) = (self.line(), self.page.dpi);
        for mm in 0..=RULER_MM {
            let at = dots_within(Length::mm(mm), dpi);
            let long = self.mm(match mm {
                mm if mm.is_multiple_of(10) => 4,
                mm if mm.is_multiple_of(5) => 3,
                _ => 2,
            });
            if at + line <= room.width {
                self.fill(Rect { x: room.x + at, y: room.y, width: line, height: long });
                self.take(Rect { x: room.x + at, y: room.y, width: line, height: long });
            }
            if at + line <= room.height {
                self.fill(Rect { x: room.x, y: room.y + at, width: long, height: line });
                self.take(Rect { x: room.x, y: room.y + at, width: long, height: line });
            }
            if mm.is_multiple_of(10) && mm > 0 {
                self.number(mm, room, at);
            }
        }
        room.y + self.mm(10)
    }

    /// A number at both rulers' marks.
    fn number(&mut self, mm: u16, room: Rect, at: u32) {
        let width = self.mm(9);
        let blocks = || (self.block(&mm.to_string(), width), self.block(&mm.to_string(), width));
        let (Ok(upper), Ok(left)) = blocks() else { return };
        let height = upper.height;
        let under = Rect { x: room.x + at - width / 2, y: room.y + self.mm(5), width, height };
        if under.right() <= room.right() {
            self.write(upper, under, Align::Centre);
        }
        let beside = Rect { x: room.x + self.mm(5), y: room.y + at - height / 2, width, height };
        if beside.bottom() <= room.bottom() {
            self.write(left, beside, Align::Left);
        }
    }

    /// A symbol for each module size, with its caption below.
    fn samples(&mut self, room: Rect) -> Result<(), Error> {
        let dpi = self.page.dpi;
        let least = dpi.dots_per_module();
        let (mut x, mut y, mut lower) = (room.x, room.y, room.y);
        let first = least.saturating_sub(1).max(1);
        for dots in first..first + SAMPLES {
            let size = size(dots, dpi, self.page.lang);
            // What a phone shows when it has read it: ASCII.
            let symbol = Symbol::of(&format!("NGUON {}", size.replace(',', ".")), Level::M)?;
            let side = symbol.modules() * dots;
            let words = self.page.lang.test_page();
            let note = match dots {
                dots if dots < least => words.below,
                dots if dots == least => words.least,
                _ => "",
            };
            let width = side.max(self.mm(30));
            let block = self.block(format!("{size}, {dots} {} {note}", words.dots).trim(), width)?;
            let height = side + block.height;
            if x + width > room.right() {
                (x, y) = (room.x, lower + self.mm(2));
            }
            if x + width > room.right() || y + height > room.bottom() {
                continue;
            }
            self.take(Rect { x, y, width: side, height: side });
            self.page.marks.push(Mark::Symbol(SymbolMark { x, y, dots_per_module: dots, symbol }));
            self.write(block, Rect { x, y: y + side, width, height: height - side }, Align::Left);
            lower = lower.max(y + height);
            x += width + self.mm(3);
        }
        Ok(())
    }
}

/// A module's width to a thousandth of a millimetre.
fn size(dots: u32, dpi: Dpi, lang: Lang) -> String {
    let um = (dots * INCH_UM + u32::from(dpi.get()) / 2) / u32::from(dpi.get());
    format!("{}{}{:03} mm", um / 1_000, lang.decimal_mark(), um % 1_000)
}
