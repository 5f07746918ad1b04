//! What stands in a cell, on paper and in a sheet.

use crate::facts::When;
use crate::table::Cell;

/// A value of a field log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing was recorded.
    Empty,
    /// Recorded, but not to be shown.
    Withheld,
    /// A name or code, the same in every language.
    Text(String),
    /// Words in Vietnamese and in English.
    Words(String, String),
    /// Thousandths.
    Thousandths(u64),
    /// A whole number.
    Whole(u64),
    /// A day.
    Day(When),
    /// A day and time.
    Minute(When),
}

impl Value {
    pub(super) fn words(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Words(vi.into(), en.into())
    }

    pub(super) fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// For a spreadsheet, in Vietnamese: numbers and days as such.
    #[must_use]
    pub fn cell(&self) -> Cell {
        match self {
            Self::Empty => Cell::Empty,
            Self::Withheld => Cell::Text("(không công bố)".into()),
            Self::Text(text) | Self::Words(text, _) => Cell::Text(text.clone()),
            Self::Thousandths(number) => Cell::Number(*number, 3),
            Self::Whole(number) => Cell::count(*number),
            Self::Day(when) => Cell::Day(*when),
            Self::Minute(when) => Cell::Text(format!("{} {}", when.day_first(), when.clock())),
        }
    }

    /// For paper.
    #[cfg(feature = "pdf")]
    #[must_use]
    pub fn said(&self) -> crate::paper::Said {
        use crate::paper::Said;
        match self {
            Self::Empty => Said::same("—"),
            Self::Withheld => Said::new("(không công bố)", "(withheld)"),
            Self::Text(text) => Said::name(text.clone()),
            Self::Words(vi, en) => Said::new(vi.clone(), en.clone()),
            Self::Thousandths(number) => Said::thousandths(*number),
            Self::Whole(number) => Said::whole(*number),
            Self::Day(when) => Said::day(*when),
            Self::Minute(when) => Said::minute(*when),
        }
    }

    /// In words, for corrections: numbers with the marks of each language.
    pub(super) fn shown(&self) -> Self {
        match self {
            Self::Thousandths(number) => {
                let plain = crate::facts::decimal(*number, 3);
                Self::words(plain.replace('.', ","), plain)
            }
            Self::Whole(number) => Self::Text(number.to_string()),
            Self::Day(when) => Self::words(when.day_first(), when.date()),
            Self::Minute(when) => Self::words(
                format!("{} {}", when.day_first(), when.clock()),
                format!("{} {}", when.date(), when.clock()),
            ),
            Self::Empty => Self::words("(trống)", "(empty)"),
            other => other.clone(),
        }
    }
}
