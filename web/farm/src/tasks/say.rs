//! Weights, days and doses as each language writes them.

use super::amount::{AreaUnit, DoseUnit};
use super::day::Day;
use crate::format;
use crate::lang::Lang;

/// A whole number in groups of three: `12.400` or `12,400`.
#[must_use]
pub fn count(lang: Lang, number: u64) -> String {
    decimal(lang, number.saturating_mul(1000))
}

/// Thousandths as a decimal number; nothing is rounded away.
#[must_use]
pub fn decimal(lang: Lang, thousandths: u64) -> String {
    kg(lang, thousandths).trim_end_matches("\u{a0}kg").to_owned()
}

/// A weight: `24,5 kg`.
#[must_use]
pub fn kg(lang: Lang, grams: u64) -> String {
    format::kilograms(lang, grams)
}

/// Thousandths as they are typed into a field: with a comma, without groups, so that a field never asks about it.
#[must_use]
pub fn typed(thousandths: u64) -> String {
    let text = format!("{},{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// A day: `5/6/2026`.
#[must_use]
pub fn day(lang: Lang, day: Day) -> String {
    format::day(lang, day.begins())
}

/// A time of a day: `14:30`.
#[must_use]
pub fn clock(unix: u64) -> String {
    format::clock(unix)
}

/// A dose: microlitres or milligrams in the unit that leaves no zeros to count.
#[must_use]
pub fn dose(lang: Lang, fine: u64, is_volume: bool) -> String {
    let large = fine >= 1_000_000;
    let unit = match (is_volume, large) {
        (true, false) => DoseUnit::Millilitre,
        (true, true) => DoseUnit::Litre,
        (false, false) => DoseUnit::Gram,
        (false, true) => DoseUnit::Kilogram,
    };
    // Litres and kilograms show three decimals; what is finer than that stays in the small unit.
    let (amount, unit) = if !large {
        (fine, unit)
    } else if fine.is_multiple_of(1000) {
        (fine / 1000, unit)
    } else {
        (fine, if is_volume { DoseUnit::Millilitre } else { DoseUnit::Gram })
    };
    format!("{}\u{a0}{}", decimal(lang, amount), unit.sign())
}

/// What a unit of land is called.
#[must_use]
pub fn area_unit(lang: Lang, unit: AreaUnit) -> &'static str {
    let m = crate::messages::tasks::words(lang);
    match unit {
        AreaUnit::SquareMetre => "m²",
        AreaUnit::Sao => m.sao(),
        AreaUnit::Hectare => m.hectare(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::amount::thousandths;

    #[test]
    fn weights_are_written_as_the_language_writes_them() {
        assert_eq!(kg(Lang::Vi, 24_500), "24,5\u{a0}kg");
        assert_eq!(kg(Lang::En, 1_024_005), "1,024.005\u{a0}kg");
        assert_eq!(kg(Lang::Vi, 12_400_000), "12.400\u{a0}kg");
    }

    #[test]
    fn what_a_field_is_filled_with_is_read_back_the_same() {
        for grams in [1, 500, 24_500, 1_200_000, 1_234_567, 12_345] {
            assert_eq!(thousandths(&typed(grams)), Ok(grams), "{}", typed(grams));
        }
    }

    #[test]
    fn doses_are_told_in_the_unit_of_the_package() {
        assert_eq!(dose(Lang::Vi, 60_000, true), "60\u{a0}ml");
        assert_eq!(dose(Lang::Vi, 1_500_000, true), "1,5\u{a0}l");
        assert_eq!(dose(Lang::Vi, 12_000_000, false), "12\u{a0}kg");
        assert_eq!(dose(Lang::Vi, 1_000_001, false), "1.000,001\u{a0}g");
    }

    #[test]
    fn times_are_of_the_place() {
        assert_eq!(clock(1_780_644_600), "14:30");
        assert_eq!(day(Lang::Vi, Day::of(1_780_644_600)), "5/6/2026");
    }
}
