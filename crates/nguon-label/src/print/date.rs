//! Days as labels show them.

use super::lang::Lang;
use crate::error::Error;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// What happened, or ends, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DateKind {
    /// Picked.
    Harvested,
    /// Packed.
    Packed,
    /// Best before.
    BestBefore,
    /// Use by.
    UseBy,
}

impl Date {
    /// A day of the Gregorian calendar, 2000 to 2199.
    ///
    /// ```
    /// use nguon_label::Date;
    ///
    /// assert!(Date::new(2028, 2, 29).is_ok());
    /// assert!(Date::new(2026, 2, 29).is_err());
    /// ```
    pub const fn new(year: u16, month: u8, day: u8) -> Result<Self, Error> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 0,
        };
        if year < 2000 || year > 2199 || day < 1 || day > days {
            return Err(Error::Date { year, month, day });
        }
        Ok(Self { year, month, day })
    }

    /// The year, month and day.
    #[must_use]
    pub const fn parts(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }

    pub(crate) fn show(self, lang: Lang) -> String {
        let Self { year, month, day } = self;
        match lang {
            Lang::Vi => format!("{day:02}/{month:02}/{year}"),
            Lang::En => format!("{year}-{month:02}-{day:02}"),
        }
    }
}
