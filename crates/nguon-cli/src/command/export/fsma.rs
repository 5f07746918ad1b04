//! `nguon export fsma`: the FDA's sortable spreadsheet.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use nguon_core::values::Time;
use nguon_export::fsma::{Exporter, Request, SHEETS, Summary};
use nguon_export::table::{CsvTables, Sheet, TableError, Tables, Workbook};
use serde_json::json;

use super::lots::{Lots, Worst};
use super::made::{self, Out, Staged};
use crate::error::Error;
use crate::moment;
use crate::report::Report;
use crate::session::Session;

/// Options of `nguon export fsma`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    lots: Lots,
    #[command(flatten)]
    out: Out,
    /// Only lots of which something happened at this place: the code of a growing area or packing house, a GLN, an id, a local
    /// name. Without lots named, all lots that the server traces from it
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// Only lots of which something happened there on this day or later
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// … and on this day or earlier
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// One workbook, or a file a sheet (fsma-harvesting.csv and so on, named after --out)
    #[arg(long, value_enum, default_value_t = Format::Xlsx)]
    format: Format,
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A workbook
    Xlsx,
    /// Comma-separated values
    Csv,
}

/// Writes it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let request = request(session, args)?;
    match args.format {
        Format::Xlsx => {
            let path = args.out.path("fsma.xlsx").ok_or_else(whole)?;
            let (staged, file) = Staged::begin(&path)?;
            let begin = |now| Workbook::begin(&SHEETS, "FSMA 204", now);
            let (book, summary, exit) = fill(session, args, &request, begin)?;
            book.finish(BufWriter::new(file)).map_err(failed)?;
            Ok(told(session, vec![staged.end()?], &summary).exit(exit))
        }
        Format::Csv => {
            let path = args.out.path("fsma.csv").ok_or_else(whole)?;
            let mut files = Vec::new();
            for sheet in &SHEETS {
                files.push(Staged::begin(&beside(&path, sheet))?);
            }
            let (staged, mut open): (Vec<Staged>, Vec<File>) = files.into_iter().unzip();
            open.reverse();
            let begin = |_| {
                CsvTables::begin(&SHEETS, |_| {
                    let file = open.pop().ok_or_else(|| std::io::Error::other("more sheets than files"))?;
                    Ok(BufWriter::new(file))
                })
            };
            let (tables, summary, exit) = fill(session, args, &request, begin)?;
            for mut file in tables.finish().map_err(failed)? {
                std::io::Write::flush(&mut file).map_err(Error::system)?;
            }
            let names: Vec<String> = staged.into_iter().map(Staged::end).collect::<Result<_, _>>()?;
            Ok(told(session, names, &summary).exit(exit))
        }
    }
}

fn fill<T: Tables>(
    session: &Session,
    args: &Args,
    request: &Request,
    begin: impl FnOnce(Time) -> Result<T, TableError>,
) -> Result<(T, Summary, u8), Error> {
    let mut exporter = Exporter::new(begin(moment::now()?).map_err(failed)?);
    let (worst, _): (Worst, Time) = args.lots.each(session, args.place.as_deref(), |lot| {
        let facts = lot.facts(&args.lots);
        if request.selects(&facts) { exporter.add(&facts).map_err(failed) } else { Ok(()) }
    })?;
    let exit = worst.end()?;
    let (tables, summary) = exporter.finish().map_err(failed)?;
    if summary.lots == 0 {
        return Err(Error::caller("none of these lots had anything to do with that place on those days")
            .next("compare --place, --since and --until; without them every lot is written")
            .code("no_lots"));
    }
    Ok((tables, summary, exit))
}

fn request(session: &Session, args: &Args) -> Result<Request, Error> {
    let day = |text: &Option<String>, name: &str| -> Result<Option<String>, Error> {
        let Some(text) = text else { return Ok(None) };
        let read = moment::parse(text, session.offset).ok().filter(|_| text.len() == 10);
        read.map(|_| Some(text.clone()))
            .ok_or_else(|| Error::caller(format_args!("{name}: {text:?} is no day: write it like 2026-06-12")))
    };
    let place = args.place.as_ref().map(|name| local(session, name));
    Ok(Request { place, from: day(&args.since, "--since")?, until: day(&args.until, "--until")? })
}

/// A local name stands for its chain; anything else is left as it is.
pub(super) fn local(session: &Session, name: &str) -> String {
    let names = session.home.names().ok();
    let book = crate::book::Book::load(&session.home).ok();
    let found = book.zip(names).and_then(|(book, names)| book.find(name, &names).ok());
    found.map_or_else(|| name.to_owned(), |chain| chain.to_string())
}

fn beside(path: &Path, sheet: &Sheet) -> std::path::PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    path.with_file_name(format!("{stem}-{}.csv", sheet.name.to_lowercase().replace(' ', "-")))
}

fn whole() -> Error {
    Error::caller("several sheets do not go to standard output").next("name a file with --out")
}

#[allow(clippy::needless_pass_by_value)] // for `map_err`
fn failed(error: TableError) -> Error {
    match error {
        TableError::TooManyRows { .. } => Error::caller(error).next("ask for fewer days, or add --format csv"),
        other => Error::system(other),
    }
}

fn told(session: &Session, files: Vec<String>, summary: &Summary) -> Report {
    let Summary { lots, events, missing } = summary;
    let words = match session.lang {
        crate::lang::Lang::Vi => format!("{lots} lô, {events} sự kiện theo dõi"),
        crate::lang::Lang::En => format!("{lots} lots, {events} critical tracking events"),
    };
    made::report(session, &files, &words, missing, json!({ "lots": lots, "events": events }))
}
