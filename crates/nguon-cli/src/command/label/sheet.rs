//! `nguon label sheet` and `nguon label roll`: labels with their text, on paper.

use std::path::PathBuf;

use nguon_gs1::{DigitalLink, Serial};
use nguon_label::{Label, LabelText, Length, Level, Paper, PrintLabel, PrintRun};
use serde_json::json;

use super::lists::{self, Issued};
use super::paper::{self, RollPaper, SheetPaper};
use super::words::{self, Words};
use crate::book::Book;
use crate::error::Error;
use crate::report::{Report, remark};
use crate::session::Session;

const SHEET_EXAMPLE: &str = "\
Examples:
  nguon label sheet lo-1 --at https://nguon.example --area VN-BGOR-0127 \\
      --harvested 2026-06-12 --paper a4-24-70x37 --start 4 --out tem.pdf
  nguon label sheet lo-1 --serials --paper a4-21-63.5x38.1 --out tem.pdf
  nguon label sheet lo-1 --grid 3x8 --size 70x37 --copies 100 --out tem.pdf

Print at 100 % (not \"fit to page\"). `nguon label test-page` shows whether a printer is off.";

const ROLL_EXAMPLE: &str = "\
Examples:
  nguon label roll lo-1 --at https://nguon.example --paper roll-70x50 --copies 50 --out tem.pdf
  nguon label roll lo-1 --serials --paper roll-50x30 --dpi 300 --out tem.png

PNGs have one pixel a printer dot; print them, and PDFs, at 100 %.";

/// Options of `nguon label sheet`.
#[derive(Debug, clap::Args)]
#[command(after_help = SHEET_EXAMPLE)]
pub struct SheetArgs {
    #[command(flatten)]
    all: All,
    /// The first label of the sheet that is not used up, counted row by row
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    start: u32,
    /// The printer's dots per inch: modules become whole dots
    #[arg(long, default_value_t = 600)]
    dpi: u16,
    #[command(flatten)]
    paper: SheetPaper,
}

/// Options of `nguon label roll`.
#[derive(Debug, clap::Args)]
#[command(after_help = ROLL_EXAMPLE)]
pub struct RollArgs {
    #[command(flatten)]
    all: All,
    /// The printer's dots per inch, 203 or 300: modules become whole dots
    #[arg(long, default_value_t = 203)]
    dpi: u16,
    #[command(flatten)]
    paper: RollPaper,
}

/// What both have.
#[derive(Debug, clap::Args)]
struct All {
    /// A batch, or a GS1 Digital Link
    #[arg(value_name = "BATCH|LINK")]
    subject: String,
    /// Host of the shopper's page that a batch's link leads to [default: the server]
    #[arg(long, value_name = "URL")]
    at: Option<String>,
    /// File to write: .pdf for all pages, .svg or .png for one file a page
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// How many labels, all alike [default: what is left of one sheet; one on a roll]
    #[arg(long, value_name = "NUMBER")]
    copies: Option<u32>,
    /// One label for each serial that was issued (nguon label issue), instead of copies
    #[arg(long, conflicts_with = "copies")]
    serials: bool,
    /// Print labels that no server has accepted yet
    #[arg(long)]
    even_if_unsent: bool,
    /// How much of the QR code may be dirty or torn: m 15 %, q 25 %, h 30 %
    #[arg(long, value_enum, default_value = "m")]
    level: LevelName,
    /// Width of a QR module in mm, at least 0.396 [default: as large as is good]
    #[arg(long, value_name = "MM")]
    module: Option<Length>,
    /// Modules left free around the QR code, at least 4
    #[arg(long, value_name = "MODULES", default_value_t = 4)]
    quiet_zone: u8,
    /// mm kept free inside each label's edge [default: 1, less on labels below 25 mm]
    #[arg(long, value_name = "MM")]
    margin: Option<Length>,
    /// Move all print to the right, in mm; negative to the left
    #[arg(long, value_name = "MM", default_value = "0", value_parser = shift, allow_hyphen_values = true)]
    right: i32,
    /// Move all print down, in mm; negative up
    #[arg(long, value_name = "MM", default_value = "0", value_parser = shift, allow_hyphen_values = true)]
    down: i32,
    #[command(flatten)]
    words: Words,
}

/// An error correction level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum LevelName {
    M,
    Q,
    H,
}

/// Millimetres with a sign, as micrometres.
fn shift(text: &str) -> Result<i32, String> {
    let (sign, length) = text.strip_prefix('-').map_or((1, text), |length| (-1, length));
    let length: Length = length.parse().map_err(|error: nguon_label::Error| error.to_string())?;
    i32::try_from(length.um()).map(|um| sign * um).map_err(|error| error.to_string())
}

/// Lays them out on sheets.
pub fn on_sheets(session: &Session, args: &SheetArgs) -> Result<Report, Error> {
    let paper = args.paper.paper()?;
    let run = PrintRun::on(paper, paper::dpi(args.dpi)?).starting_at(args.start).map_err(Error::caller)?;
    lay_out(session, &args.all, paper, run, paper.labels() - (args.start - 1))
}

/// Lays them out on a roll.
pub fn on_roll(session: &Session, args: &RollArgs) -> Result<Report, Error> {
    let paper = args.paper.paper()?;
    lay_out(session, &args.all, paper, PrintRun::on(paper, paper::dpi(args.dpi)?), 1)
}

fn lay_out(session: &Session, args: &All, paper: Paper, run: PrintRun, copies: u32) -> Result<Report, Error> {
    let links = args.links(session, copies)?;
    if links.first().is_some_and(|link| link.code().commitment().is_none()) {
        remark("Warning: this link has no part after '#': a server could put another history behind the label.");
    }
    let text = args.words.text(session.lang, args.product(session)?)?;
    let labels = args.labels(links, &text).map_err(Error::caller)?;
    let pages = args.set_up(run).and_then(|run| run.lay_out(&labels)).map_err(Error::caller)?;
    let files = paper::write(&args.out, &pages, text.product())?;
    let module = pages.first().and_then(|page| Some((page, page.placed().first()?)));
    let module_mm = module.map(|(page, placed)| f64::from(placed.dots_per_module) * 25.4 / f64::from(page.dpi().get()));
    let (width, height) = paper.label();
    let told = format!(
        "Written: {} labels of {width} × {height} on {} pages, {}.\nA module of the QR code is {:.3} mm. Print at 100 %.",
        labels.len(),
        pages.len(),
        if files == 1 { args.out.display().to_string() } else { format!("{files} files") },
        module_mm.unwrap_or_default(),
    );
    let json = json!({
        "labels": labels.len(), "pages": pages.len(), "files": files, "out": args.out, "module_mm": module_mm,
    });
    Ok(Report::new(told, json))
}

impl All {
    /// A link for each label.
    fn links(&self, session: &Session, copies: u32) -> Result<Vec<DigitalLink>, Error> {
        let link = match self.link()? {
            Some(link) => link,
            None => super::of_batch(session, &self.subject, self.at.as_deref(), self.even_if_unsent)?,
        };
        if !self.serials {
            let copies = usize::try_from(self.copies.unwrap_or(copies)).map_err(Error::system)?;
            // Refused by the layout, before memory is taken for each.
            return if copies > 10_000 {
                Err(Error::caller(nguon_label::Error::TooManyLabels(copies)))
            } else {
                Ok(vec![link; copies])
            };
        }
        let issued = lists::of(session, &self.subject)?;
        lists::must_be_accepted(&issued, self.even_if_unsent)?;
        let serials = issued.iter().flat_map(|Issued { serials, .. }| serials);
        Ok(serials.map(|serial| with_serial(&link, serial)).collect())
    }

    /// What was typed, if it is a link.
    fn link(&self) -> Result<Option<DigitalLink>, Error> {
        if !self.subject.contains("://") {
            return Ok(None);
        }
        if self.at.is_some() || self.serials {
            return Err(Error::caller("a link leads where it leads, and has the serial that it has")
                .next("leave out --at and --serials, or name a batch"));
        }
        let wrong = |error| Error::caller(format_args!("{:?}: {error}", self.subject));
        self.subject.parse().map(Some).map_err(wrong)
    }

    fn product(&self, session: &Session) -> Result<Option<String>, Error> {
        if self.subject.contains("://") {
            return Ok(None);
        }
        let book = Book::load(&session.home)?;
        let batch = book.find(&self.subject, &session.home.names()?)?;
        words::product(session, &book, &batch)
    }

    fn labels(&self, links: Vec<DigitalLink>, text: &LabelText) -> Result<Vec<PrintLabel>, nguon_label::Error> {
        let level = match self.level {
            LevelName::M => Level::M,
            LevelName::Q => Level::Q,
            LevelName::H => Level::H,
        };
        let label = |link| PrintLabel::new(Label::with_level(link, level)?, text.clone());
        links.into_iter().map(label).collect()
    }

    fn set_up(&self, run: PrintRun) -> Result<PrintRun, nguon_label::Error> {
        let mut run = run.shifted(self.right, self.down).with_quiet_zone(self.quiet_zone)?;
        if let Some(module) = self.module {
            run = run.with_module(module)?;
        }
        if let Some(margin) = self.margin {
            run = run.with_margin(margin);
        }
        Ok(run)
    }
}

fn with_serial(link: &DigitalLink, serial: &Serial) -> DigitalLink {
    DigitalLink::new(link.stem().clone(), link.code().clone().with_serial(serial.clone()))
}
