//! What is shown, and under which address.

use nguon_core::ids::ChainId;

/// A page of the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Households and their plots
    #[default]
    Households,
    /// One of them
    Household(ChainId),
    /// A list is taken in
    Import,
    /// A lot is packed
    Pack,
    /// What was ordered, and what is on its way
    Orders,
    /// What came in and went out
    Lots,
    /// Who signs for the co-op
    Officers,
}

/// All but this begins an address of the desk.
pub const DESK: &str = "#desk";

impl Page {
    /// The parts of the desk, in the order of the bar.
    pub const PARTS: [Self; 6] = [Self::Import, Self::Households, Self::Pack, Self::Orders, Self::Lots, Self::Officers];

    /// Its address.
    #[must_use]
    pub fn fragment(&self) -> String {
        let rest = match self {
            Self::Households => "/ho",
            Self::Household(chain) => return format!("{DESK}/ho/{chain}"),
            Self::Import => "/nhap",
            Self::Pack => "/dong-goi",
            Self::Orders => "/don-hang",
            Self::Lots => "/can-doi",
            Self::Officers => "/can-bo",
        };
        format!("{DESK}{rest}")
    }

    /// The page at an address; the first one if there is no such page.
    #[must_use]
    pub fn of_fragment(fragment: &str) -> Self {
        let rest = fragment.strip_prefix(DESK).unwrap_or_default();
        if let Some(chain) = rest.strip_prefix("/ho/").and_then(|chain| chain.parse().ok()) {
            return Self::Household(chain);
        }
        let named = Self::PARTS.into_iter().find(|page| page.fragment() == fragment);
        named.unwrap_or_default()
    }

    /// The part of the bar that it belongs to.
    #[must_use]
    pub const fn part(self) -> Self {
        match self {
            Self::Household(_) => Self::Households,
            other => other,
        }
    }
}

/// The Unix second in which a day begins, so many minutes east of UTC; the day as browsers write it, `2026-06-05`.
#[must_use]
pub fn day_begins(day: &str, minutes_east: i64) -> Option<u64> {
    let (year, month, day) = parts(day)?;
    // Howard Hinnant's days-from-civil.
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    u64::try_from(days * 86_400 - minutes_east * 60).ok()
}

/// Year, month and day of a day as browsers write it.
#[must_use]
pub fn parts(day: &str) -> Option<(u16, u8, u8)> {
    let mut parts = day.split('-');
    let found = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (year, month, date) = found;
    let sound = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&date);
    (sound && parts.next().is_none()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_midnight_where_the_desk_stands() {
        assert_eq!(day_begins("1970-01-01", 0), Some(0));
        assert_eq!(day_begins("2026-06-05", 420), Some(1_780_592_400));
        assert_eq!(day_begins("2024-02-29", 420), Some(1_709_139_600));
        for bad in ["", "2026-06", "2026-13-01", "2026-06-05-07", "x-y-z"] {
            assert_eq!(day_begins(bad, 420), None, "{bad}");
        }
    }

    #[test]
    fn every_page_is_found_again_under_its_address() {
        let one = Page::Household(ChainId::from_bytes([7; 32]));
        for page in Page::PARTS.into_iter().chain([one]) {
            assert_eq!(Page::of_fragment(&page.fragment()), page);
            assert!(page.fragment().starts_with(DESK));
        }
        for other in ["", "#desk", "#desk/", "#desk/ho/xyz", "#today"] {
            assert_eq!(Page::of_fragment(other), Page::Households, "{other}");
        }
    }
}
