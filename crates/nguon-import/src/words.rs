//! What is found, in words that say what to do next: one exhaustive table a language, so that a missing sentence does not
//! compile.

mod en;
mod vi;
mod zh;

use crate::column::Column;
use crate::commune::Candidate;
use crate::error::Error;
use crate::finding::{Finding, Severity};
use crate::value::AreaUnit;

pub(crate) use crate::preview::kilograms;

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Tiếng Việt.
    Vi,
    /// English.
    En,
    /// 中文（简体）.
    Zh,
}

/// What is the matter, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What is the matter.
    pub what: String,
    /// What to do; empty if nothing has to be done.
    pub todo: String,
}

impl Said {
    fn new(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { what: what.into(), todo: todo.into() }
    }
}

/// A finding in words.
#[must_use]
pub fn finding(lang: Lang, finding: &Finding) -> Said {
    match lang {
        Lang::Vi => vi::finding(finding),
        Lang::En => en::finding(finding),
        Lang::Zh => zh::finding(finding),
    }
}

/// A file that gave no table, in words.
#[must_use]
pub fn error(lang: Lang, error: &Error) -> Said {
    match lang {
        Lang::Vi => vi::error(error),
        Lang::En => en::error(error),
        Lang::Zh => zh::error(error),
    }
}

/// A column's name.
#[must_use]
pub const fn column(lang: Lang, column: Column) -> &'static str {
    match lang {
        Lang::Vi => vi::column(column),
        Lang::En => en::column(column),
        Lang::Zh => zh::column(column),
    }
}

/// A severity in a word.
#[must_use]
pub const fn severity(lang: Lang, severity: Severity) -> &'static str {
    match (lang, severity) {
        (Lang::Vi, Severity::Bad) => "Phải sửa",
        (Lang::Vi, Severity::Doubtful) => "Nên xem lại",
        (Lang::Vi, Severity::Told) => "Đã hiểu là",
        (Lang::En, Severity::Bad) => "To mend",
        (Lang::En, Severity::Doubtful) => "Worth a look",
        (Lang::En, Severity::Told) => "Read as meant",
        (Lang::Zh, Severity::Bad) => "必须修改",
        (Lang::Zh, Severity::Doubtful) => "请核对",
        (Lang::Zh, Severity::Told) => "已按原意读取",
    }
}

/// A whole number with a mark between thousands.
fn grouped(number: u64, mark: char) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// Candidates one after the other, each with what it was called before.
fn listed(candidates: &[Candidate], before: &str, between: &str) -> String {
    let one = |candidate: &Candidate| match &candidate.was {
        Some(was) => format!("{} ({before} {was})", candidate.name),
        None => candidate.name.clone(),
    };
    candidates.iter().map(one).collect::<Vec<_>>().join(between)
}

const fn area_unit(unit: AreaUnit) -> &'static str {
    match unit {
        AreaUnit::Hectare => "ha",
        AreaUnit::SquareMetre => "m²",
        AreaUnit::Sao => "sào",
        AreaUnit::Mau => "mẫu",
        AreaUnit::Thuoc => "thước",
    }
}
