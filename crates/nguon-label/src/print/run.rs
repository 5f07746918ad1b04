//! A run of labels on paper.

use super::arrange::Misfit;
use super::choose::{NoChoice, Wanted};
use super::formats::FORMATS;
use super::geometry::{Rect, dots_reaching, length_of};
use super::page::{Mark, Page, Placed, SymbolMark};
use super::paper::Paper;
use super::text::PrintLabel;
use crate::error::Error;
use crate::length::Length;
use crate::resolution::{Dpi, INCH_UM, SMALLEST_MODULE_UM};

/// Labels of one file.
const MOST_LABELS: usize = 10_000;
const LARGEST_MODULE: Length = Length::mm(2);
const LEAST_QUIET_ZONE: u8 = 4;

/// How labels come on paper: which paper, which printer, where it begins.
///
/// ```
/// use nguon_label::{Dpi, Label, LabelText, Paper, PrintLabel, PrintRun};
///
/// let link = "https://nguon.example/01/09521234543213/10/VT-0612#AAECAwQFBgcICQoLDA0ODw";
/// let label = PrintLabel::new(Label::new(link.parse()?)?, LabelText::new("Vải thiều Lục Ngạn")?)?;
///
/// // A sheet whose first three labels are used up.
/// let run = PrintRun::on(Paper::named("a4-21-63.5x38.1")?, Dpi::D600).starting_at(4)?;
/// let pages = run.lay_out(&vec![label; 20])?;
/// assert_eq!(pages.len(), 2);
/// assert_eq!(pages[0].placed().len(), 18);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct PrintRun {
    paper: Paper,
    wanted: Wanted,
    start: u32,
    margin: Length,
    /// In micrometres.
    shift: (i32, i32),
}

impl PrintRun {
    /// From the first label on, 1 mm kept free inside each label (4 % of the shorter side of a smaller label than 25 mm), modules
    /// as large as is good.
    #[must_use]
    pub fn on(paper: Paper, dpi: Dpi) -> Self {
        let wanted = Wanted { dots_per_module: None, quiet_zone: u32::from(LEAST_QUIET_ZONE), dpi };
        let (width, height) = paper.label();
        let margin = Length::mm(1).min(Length::from_um(width.min(height).um() / 25));
        Self { paper, wanted, start: 1, margin, shift: (0, 0) }
    }

    /// From label `start` of the first page on, counted from 1, row by row: those before it are used up.
    pub fn starting_at(self, start: u32) -> Result<Self, Error> {
        match self.paper.labels() {
            labels if (1..=labels).contains(&start) => Ok(Self { start, ..self }),
            labels => Err(Error::Start { start, labels }),
        }
    }

    /// What is kept free inside each label's edge, for paper that does not lie straight.
    #[must_use]
    pub fn with_margin(self, margin: Length) -> Self {
        Self { margin, ..self }
    }

    /// Moves all that is printed to the right and down, in micrometres, for a printer that is off.
    #[must_use]
    pub fn shifted(self, right_um: i32, down_um: i32) -> Self {
        Self { shift: (right_um, down_um), ..self }
    }

    /// Modules of this width, or the next that is whole dots. Refused below 0.396 mm.
    pub fn with_module(mut self, module: Length) -> Result<Self, Error> {
        if module.um() < SMALLEST_MODULE_UM {
            return Err(Error::ModuleTooSmall(module));
        }
        if module > LARGEST_MODULE {
            return Err(Error::ModuleTooLarge(module));
        }
        self.wanted.dots_per_module = Some(dots_reaching(module, self.wanted.dpi));
        Ok(self)
    }

    /// Modules left free around each symbol. Refused below 4.
    pub fn with_quiet_zone(mut self, modules: u8) -> Result<Self, Error> {
        if modules < LEAST_QUIET_ZONE {
            return Err(Error::QuietZone(modules));
        }
        self.wanted.quiet_zone = u32::from(modules);
        Ok(self)
    }

    /// The pages, labels in their order; all alike in arrangement, module and print. A label that cannot be read is refused, with
    /// the name of a paper on which it could.
    pub fn lay_out(&self, labels: &[PrintLabel]) -> Result<Vec<Page>, Error> {
        if labels.len() > MOST_LABELS {
            return Err(Error::TooManyLabels(labels.len()));
        }
        let boxes = self.boxes()?;
        let rooms: Vec<Rect> = boxes.iter().map(|(_, room)| *room).collect();
        let choice = self.wanted.choose(labels, &rooms).map_err(|fault| self.refusal(&fault, labels, &rooms))?;
        let title = labels.first().map(|label| label.text().product().to_owned()).unwrap_or_default();
        let page = || Page {
            paper: self.paper,
            dpi: self.wanted.dpi,
            lang: labels.first().map(|label| label.text().lang()).unwrap_or_default(),
            title: title.clone(),
            marks: Vec::new(),
            placed: Vec::new(),
        };
        let mut pages: Vec<Page> = Vec::new();
        let used = usize::try_from(self.start - 1).unwrap_or(0);
        for (at, label) in labels.iter().enumerate() {
            // A paper has at least one label.
            let place = (used + at) % boxes.len().max(1);
            if at == 0 || place == 0 {
                pages.push(page());
            }
            let (Some(page), Some((place, room))) = (pages.last_mut(), boxes.get(place)) else { break };
            let arranged = choice.arrange(*room, label).map_err(|misfit| {
                let fault = NoChoice { at, misfit, side: choice.side_of(label) };
                self.refusal(&fault, labels, &rooms)
            })?;
            page.marks.push(Mark::Symbol(SymbolMark {
                x: arranged.symbol.x + choice.extra(),
                y: arranged.symbol.y + choice.extra(),
                dots_per_module: choice.dots_per_module,
                symbol: label.label().symbol().clone(),
            }));
            page.marks.extend(arranged.texts.into_iter().map(Mark::Text));
            page.placed.push(Placed {
                number: at + 1,
                label: *place,
                symbol: arranged.symbol,
                dots_per_module: choice.dots_per_module,
                lines: arranged.lines,
            });
        }
        Ok(pages)
    }

    /// Each label of a page, and what of it is printed on, which a shift moves.
    fn boxes(&self) -> Result<Vec<(Rect, Rect)>, Error> {
        let dpi = self.wanted.dpi;
        let page = self.paper.page_dots(dpi);
        let (right, down) = (dots(self.shift.0, dpi), dots(self.shift.1, dpi));
        (0..self.paper.labels())
            .map(|at| {
                let label = self.paper.label_dots(at, dpi);
                let room = self.paper.label_dots_within(at, self.margin, dpi).ok_or(Error::Margin(self.margin))?;
                let room = room.moved(right, down).filter(|room| page.holds(*room)).ok_or(Error::Shift)?;
                Ok((label, room))
            })
            .collect()
    }

    fn refusal(&self, fault: &NoChoice, labels: &[PrintLabel], rooms: &[Rect]) -> Error {
        let number = fault.at + 1;
        let label = labels.get(fault.at).map(std::slice::from_ref).unwrap_or_default();
        let fits = self.what_fits(label);
        match fault.misfit {
            Misfit::Text(field, _) => Error::TextTooLong { number, field, fits },
            Misfit::Symbol => {
                let dpi = self.wanted.dpi;
                let room = rooms.first().copied().unwrap_or_default();
                let (width, height) = (length_of(room.width, dpi), length_of(room.height, dpi));
                Error::SymbolTooLarge { number, needed: length_of(fault.side, dpi), width, height, fits }
            }
        }
    }

    /// The smallest known paper of the same kind that takes the label.
    fn what_fits(&self, label: &[PrintLabel]) -> Option<&'static str> {
        let mut formats: Vec<_> = FORMATS.iter().filter(|format| format.is_roll == self.paper.is_roll()).collect();
        formats.sort_by_key(|format| u64::from(format.width.um()) * u64::from(format.height.um()));
        let takes = |paper: Paper| {
            let run = Self { paper, start: 1, shift: (0, 0), ..self.clone() };
            let rooms: Vec<Rect> = run.boxes().ok()?.into_iter().map(|(_, room)| room).collect();
            run.wanted.choose(label, &rooms).ok()
        };
        formats.into_iter().find(|format| format.paper().ok().and_then(takes).is_some()).map(|format| format.name)
    }
}

/// The nearest number of dots.
fn dots(um: i32, dpi: Dpi) -> i32 {
    let inch = i64::from(INCH_UM);
    let dots = (i64::from(um) * i64::from(dpi.get()) + i64::from(um.signum()) * inch / 2) / inch;
    i32::try_from(dots).unwrap_or(i32::MAX)
}
