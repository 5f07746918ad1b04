//! What is to be mended, as a table of its own, and (with the feature `write`) in a copy of the list itself: what is bad is red,
//! what is doubtful yellow, and a note on the cell says what to do. The copy holds the values and not the looks of the list; mended
//! there, it is imported like the list.

#[cfg(feature = "write")]
mod copy;

#[cfg(feature = "write")]
pub use copy::{Problem, workbook};

use crate::finding::{Mark, Place};
use crate::words::{self, Lang, Said};

/// The headings of the table.
#[must_use]
pub const fn headings(lang: Lang) -> [&'static str; 6] {
    match lang {
        Lang::Vi => ["Trang tính", "Ô", "Mức", "Trong ô ghi", "Vấn đề", "Việc cần làm"],
        Lang::En => ["Sheet", "Cell", "Severity", "Reads", "What", "What to do"],
        Lang::Zh => ["工作表", "单元格", "程度", "单元格内容", "问题", "怎么改"],
    }
}

/// A row of the table.
#[must_use]
pub fn row(lang: Lang, mark: &Mark) -> [String; 6] {
    let (sheet, cell) = match &mark.at {
        Place::File => (String::new(), String::new()),
        Place::Sheet(name) => (name.to_string(), String::new()),
        Place::Cell(at) => (at.sheet().to_owned(), at.cell()),
    };
    let Said { what, todo } = words::finding(lang, &mark.finding);
    let severity = words::severity(lang, mark.finding.severity()).to_owned();
    [sheet, cell, severity, mark.read.clone(), what, todo]
}
