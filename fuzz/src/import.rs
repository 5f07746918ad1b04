//! The lists that co-ops bring.

use nguon_import::plan::{Counts, plan};
use nguon_import::preview::{Options, preview};
use nguon_import::read;
use nguon_import::register::Register;
use nguon_import::words::{Lang, finding};

/// A file that is read has a preview whose every mark can be said; of one with a bad cell nothing is planned, and an empty
/// correction changes no other cell.
pub fn table(data: &[u8]) {
    let Ok(book) = read(data) else { return };
    let Ok(seen) = preview(&book, &Options::default()) else { return };
    for mark in &seen.marks {
        for lang in [Lang::Vi, Lang::En, Lang::Zh] {
            assert!(!finding(lang, &mark.finding).what.is_empty(), "{mark:?}");
        }
    }
    let planned = plan(&seen, &Register::default(), &[], None);
    assert_eq!(planned.counts() == Counts::default(), !seen.is_clean() || seen.households.is_empty());
    if let Some(cell) = seen.rows.first().and_then(|row| row.cells.first()) {
        let mut corrected = book.clone();
        corrected.set(&cell.at, "");
        let _ = preview(&corrected, &Options::default());
    }
}
