//! Sheets and rolls on the command line, and pages in files.

use std::path::Path;

use nguon_label::{Dpi, FORMATS, Grid, Length, Page, Paper, to_pdf};
use serde_json::json;

use crate::error::Error;
use crate::files::{self, Mode};
use crate::report::Report;

/// Two numbers around an `x`: columns and rows, or millimetres.
#[derive(Debug, Clone, Copy)]
pub struct Pair<T>(pub T, pub T);

fn pair<T: std::str::FromStr>(text: &str) -> Result<Pair<T>, String> {
    let read = |part: &str| part.trim().parse().map_err(|_| format!("{text:?}: write it like 3x8"));
    let (first, second) = text.split_once(['x', 'X', '×']).ok_or_else(|| format!("{text:?}: write it like 3x8"))?;
    Ok(Pair(read(first)?, read(second)?))
}

/// A sheet.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "The sheet")]
pub struct SheetPaper {
    /// A sheet of `nguon label papers`
    #[arg(long, value_name = "NAME", default_value = "a4-24-70x37", conflicts_with = "grid")]
    paper: String,
    /// Another sheet of A4: its columns and rows
    #[arg(long, value_name = "COLUMNSxROWS", value_parser = pair::<u16>, requires = "size")]
    grid: Option<Pair<u16>>,
    /// With --grid: a label's width and height in mm
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = pair::<Length>, requires = "grid")]
    size: Option<Pair<Length>>,
    /// With --grid: mm between columns and between rows
    #[arg(long, value_name = "ACROSSxDOWN", value_parser = pair::<Length>, requires = "grid")]
    gap: Option<Pair<Length>>,
    /// With --grid: mm from the page's left and upper edge [default: in the middle of the page]
    #[arg(long, value_name = "LEFTxTOP", value_parser = pair::<Length>, requires = "grid")]
    edge: Option<Pair<Length>>,
}

impl SheetPaper {
    pub fn paper(&self) -> Result<Paper, Error> {
        let (Some(Pair(columns, rows)), Some(Pair(width, height))) = (self.grid, self.size) else {
            return named(&self.paper, false);
        };
        let Pair(across, down) = self.gap.unwrap_or(Pair(Length::ZERO, Length::ZERO));
        let margin = self.edge.map(|Pair(left, top)| (left, top));
        Paper::a4(Grid { columns, rows, label: (width, height), gap: (across, down), margin }).map_err(Error::caller)
    }
}

/// A roll.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "The roll")]
pub struct RollPaper {
    /// A roll of `nguon label papers`
    #[arg(long, value_name = "NAME", default_value = "roll-50x30", conflicts_with = "size")]
    paper: String,
    /// Another roll: a label's width and height in mm
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = pair::<Length>)]
    size: Option<Pair<Length>>,
    /// With --size: labels side by side on the roll
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "size")]
    across: u16,
    /// With --across: mm between them
    #[arg(long, value_name = "MM", requires = "size")]
    gap: Option<Length>,
}

impl RollPaper {
    pub fn paper(&self) -> Result<Paper, Error> {
        match self.size {
            Some(Pair(width, height)) => {
                let gap = self.gap.unwrap_or(Length::ZERO);
                Paper::roll_across(self.across, width, height, gap).map_err(Error::caller)
            }
            None => named(&self.paper, true),
        }
    }
}

/// A paper of the list, of a kind.
fn named(name: &str, is_roll: bool) -> Result<Paper, Error> {
    let paper = Paper::named(name).map_err(|error| Error::caller(error).next("see `nguon label papers`"))?;
    if paper.is_roll() != is_roll {
        let other = if is_roll { "a sheet: use `nguon label sheet`" } else { "a roll: use `nguon label roll`" };
        return Err(Error::caller(format_args!("{name} is {other}")).next("see `nguon label papers`"));
    }
    Ok(paper)
}

/// Any paper of the list.
pub fn any(name: &str) -> Result<Paper, Error> {
    Paper::named(name).map_err(|error| Error::caller(error).next("see `nguon label papers`"))
}

/// A printer's resolution.
pub fn dpi(dpi: u16) -> Result<Dpi, Error> {
    Dpi::new(dpi).map_err(Error::caller)
}

/// `nguon label papers`.
pub fn list() -> Report {
    let mut text = String::new();
    for format in FORMATS {
        let labels = u32::from(format.columns) * u32::from(format.rows);
        let number = if format.is_roll { "roll".to_owned() } else { format!("{labels} a sheet") };
        text.push_str(&format!("{:<22} {number:<11} {} × {}\n", format.name, format.width, format.height));
    }
    text.push_str("Any other: nguon label sheet --grid 3x8 --size 70x37 …, nguon label roll --size 50x30 …");
    let papers = FORMATS.iter().map(|format| {
        json!({
            "name": format.name, "columns": format.columns, "rows": format.rows, "width_um": format.width.um(),
            "height_um": format.height.um(), "gap_um": format.gap.um(), "roll": format.is_roll,
        })
    });
    Report::new(text, papers.collect())
}

/// Writes pages as the file's ending says: all of them into one PDF, or each into an SVG or PNG of its own. Gives how many files.
pub fn write(path: &Path, pages: &[Page], title: &str) -> Result<usize, Error> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let draw = |page: &Page| match ending.as_str() {
        "svg" => Ok(page.to_svg().into_bytes()),
        _ => page.to_png().map_err(Error::system),
    };
    match (ending.as_str(), pages) {
        ("pdf", _) => {
            files::write(path, &to_pdf(pages, title).map_err(Error::system)?, Mode::Public)?;
            Ok(1)
        }
        ("svg" | "png", [page]) => {
            files::write(path, &draw(page)?, Mode::Public)?;
            Ok(1)
        }
        ("svg" | "png", _) => {
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            for (at, page) in pages.iter().enumerate() {
                let name = format!("{stem}-{:05}.{ending}", at + 1);
                files::write(&path.with_file_name(name), &draw(page)?, Mode::Public)?;
            }
            Ok(pages.len())
        }
        _ => Err(Error::caller(format_args!("{}: what kind of file should it be?", path.display()))
            .next("end its name in .pdf, .svg or .png")),
    }
}
