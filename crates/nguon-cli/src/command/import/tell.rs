//! Previews and results in words, for people and machines, and as files of text.

use std::path::Path;

use nguon_import::finding::{Mark, Place, Severity};
use nguon_import::marked;
use nguon_import::plan::Plan;
use nguon_import::preview::Preview;
use nguon_import::table::Workbook;
use nguon_import::words::{self, Said};
use serde_json::{Value, json};

use super::is_done;
use super::sign::Signed;
use crate::error::Error;
use crate::files::{self, Mode};
use crate::lang::Lang;
use crate::report::{Report, remark};

/// Marks of a severity shown on a terminal; the file of `--marks` has all.
const SHOWN: usize = 50;

/// One language's telling.
#[derive(Debug, Clone, Copy)]
pub struct Telling {
    lang: words::Lang,
}

impl Telling {
    /// In the session's language.
    pub const fn new(lang: Lang) -> Self {
        Self {
            lang: match lang {
                Lang::Vi => words::Lang::Vi,
                Lang::En => words::Lang::En,
            },
        }
    }

    /// A file that gave no table.
    pub fn unreadable(self, path: &Path, error: &nguon_import::Error) -> Error {
        let Said { what, todo } = words::error(self.lang, error);
        Error::caller(format_args!("{}: {what}", path.display())).next(todo).code("unreadable_list")
    }

    /// A file that has something to mend.
    pub fn not_taken(self, preview: &Preview, plan: &Plan) -> Error {
        let bad = count(preview, plan, Severity::Bad);
        let first = marks(preview, plan).find(|mark| mark.finding.severity() == Severity::Bad);
        let first = first.map(|mark| self.line(mark)).unwrap_or_default();
        Error::caller(format_args!("{bad} cells are to be mended; nothing was signed. First: {first}"))
            .next("mend them in the file and import it again; --marks FILE writes all of them down")
            .code("bad_cells")
    }

    /// On the way, to the terminal.
    pub fn show(self, preview: &Preview, plan: &Plan, json: bool) {
        if !json {
            remark(self.table(preview, plan).trim_end());
        }
    }

    /// The answer of `--preview`.
    pub fn preview(self, preview: &Preview, plan: &Plan) -> Report {
        let (bad, doubtful) = (count(preview, plan, Severity::Bad), count(preview, plan, Severity::Doubtful));
        let next =
            if bad > 0 { "Next: mend the file, and preview it again." } else { "Next: import it without --preview." };
        let text = format!("{}{next}", self.table(preview, plan));
        let counts = plan.counts();
        let json = json!({
            "clean": bad == 0, "bad": bad, "doubtful": doubtful, "households": preview.households.len(), "plots": preview.plots(),
            "planned": { "households": counts.households, "plots": counts.plots, "seasons": counts.seasons, "shares": counts.shares,
                         "keys": counts.keys },
            "marks": marks(preview, plan).map(|mark| self.view(mark)).collect::<Vec<_>>(),
        });
        Report::new(text, json)
    }

    /// The answer of an import.
    pub fn signed(self, preview: &Preview, plan: &Plan, signed: &Signed) -> Report {
        let counts = plan.counts();
        let text = if is_done(plan) {
            format!(
                "Nothing new: all {} households and {} plots are registered.",
                preview.households.len(),
                preview.plots()
            )
        } else {
            format!(
                "Signed: {} households, {} plots, {} seasons on plots, {} shares, {} keys, in {} outbox entries.\nNext: nguon push",
                counts.households,
                counts.plots,
                counts.seasons,
                counts.shares,
                counts.keys,
                signed.entries.len()
            )
        };
        let differs = marks(preview, plan).filter(|mark| mark.finding.severity() == Severity::Doubtful);
        let json = json!({
            "outbox": signed.entries, "records": signed.records, "households": counts.households, "plots": counts.plots,
            "seasons": counts.seasons, "shares": counts.shares, "keys": counts.keys, "not_in_file": plan.not_in_file,
            "doubtful": differs.map(|mark| self.view(mark)).collect::<Vec<_>>(),
        });
        Report::new(text, json)
    }

    /// Writes what is bad or doubtful, cell by cell: as a file of text, or into a copy of the list.
    pub fn write_marks(
        self,
        path: Option<&Path>,
        list: &Workbook,
        preview: &Preview,
        plan: &Plan,
    ) -> Result<(), Error> {
        let Some(path) = path else { return Ok(()) };
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
            let copy = marked::workbook(list, marks(preview, plan), self.lang);
            let copy =
                copy.map_err(|error| Error::caller(error).next("name a file of text instead: --marks FILE.csv"))?;
            return files::write(path, &copy, Mode::Private);
        }
        let mut text = format!("\u{feff}{}\r\n", line(&marked::headings(self.lang)));
        for mark in marks(preview, plan).filter(|mark| mark.finding.severity() > Severity::Told) {
            text.push_str(&line(&marked::row(self.lang, mark)));
            text.push_str("\r\n");
        }
        files::write(path, text.as_bytes(), Mode::Private)
    }

    fn table(self, preview: &Preview, plan: &Plan) -> String {
        let mut text = String::new();
        for severity in [Severity::Bad, Severity::Doubtful] {
            let of = || marks(preview, plan).filter(|mark| mark.finding.severity() == severity);
            let all = of().count();
            if all == 0 {
                continue;
            }
            text.push_str(&format!("{}: {all}\n", words::severity(self.lang, severity)));
            for mark in of().take(SHOWN) {
                text.push_str(&format!("  {}\n", self.line(mark)));
            }
            if all > SHOWN {
                text.push_str(&format!("  … {} more; --marks FILE writes all of them down\n", all - SHOWN));
            }
        }
        let told = count(preview, plan, Severity::Told);
        let counts = plan.counts();
        text.push_str(&format!(
            "Read: {} households, {} plots ({told} cells and rows read as meant). New: {} households, {} plots, {} seasons on plots, \
             {} shares, {} keys.\n",
            preview.households.len(),
            preview.plots(),
            counts.households,
            counts.plots,
            counts.seasons,
            counts.shares,
            counts.keys
        ));
        text
    }

    fn line(self, mark: &Mark) -> String {
        let Said { what, todo } = words::finding(self.lang, &mark.finding);
        let read = if mark.read.is_empty() { String::new() } else { format!(" \u{201c}{}\u{201d}", mark.read) };
        let place = match &mark.at {
            Place::File => String::new(),
            Place::Sheet(name) => name.to_string(),
            Place::Cell(at) => at.to_string(),
        };
        format!("{place}{read}: {what} {todo}").trim_end().to_owned()
    }

    fn view(self, mark: &Mark) -> Value {
        let Said { what, todo } = words::finding(self.lang, &mark.finding);
        let (sheet, cell) = match &mark.at {
            Place::File => (None, None),
            Place::Sheet(name) => (Some(name.to_string()), None),
            Place::Cell(at) => (Some(at.sheet().to_owned()), Some(at.cell())),
        };
        let severity = match mark.finding.severity() {
            Severity::Bad => "bad",
            Severity::Doubtful => "doubtful",
            Severity::Told => "told",
        };
        json!({ "sheet": sheet, "cell": cell, "severity": severity, "read": mark.read, "message": what, "next": todo })
    }
}

fn marks<'a>(preview: &'a Preview, plan: &'a Plan) -> impl Iterator<Item = &'a Mark> {
    preview.marks.iter().chain(&plan.marks)
}

fn count(preview: &Preview, plan: &Plan, severity: Severity) -> usize {
    marks(preview, plan).filter(|mark| mark.finding.severity() == severity).count()
}

/// Households and plots with their chains.
pub fn chains(preview: &Preview, signed: &Signed) -> String {
    let mut text = format!("\u{feff}{}\r\n", line(&["Ô", "Chủ hộ", "Hộ (actor)", "Thửa", "Thửa (place)"]));
    for (at, household) in preview.households.iter().enumerate() {
        let actor = signed.actors.get(&at).map(ToString::to_string).unwrap_or_default();
        let place = household.at.to_string();
        if household.plots.is_empty() {
            text.push_str(&line(&[&place, household.name.as_str(), &actor, "", ""]));
            text.push_str("\r\n");
        }
        for plot in 0..household.plots.len() {
            let chain = signed.plots.get(&(at, plot)).map(ToString::to_string).unwrap_or_default();
            let label = nguon_import::household::Plot::label(&household.plots, plot);
            text.push_str(&line(&[&place, household.name.as_str(), &actor, &label, &chain]));
            text.push_str("\r\n");
        }
    }
    text
}

/// Fields between semicolons. A field that a spreadsheet would take for a formula gets a mark before it.
fn line<T: AsRef<str>>(fields: &[T]) -> String {
    let field = |field: &T| {
        let field = field.as_ref();
        let guard = if field.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
        format!("\"{guard}{}\"", field.replace('"', "\"\""))
    };
    fields.iter().map(field).collect::<Vec<_>>().join(";")
}
