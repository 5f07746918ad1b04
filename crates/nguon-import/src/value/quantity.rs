//! Areas and masses: a number, a unit in the cell or in the heading, and what can be meant by both.
//!
//! Where a cell can be read in two ways (`2.500`, or no unit anywhere), the reading that gives a plot of 50 m² to 50 ha, or a
//! yield of 20 kg to 400 t, is taken and told. If both do, or neither, the cell is asked back: nothing is guessed in silence.

use super::number::{Decimal, Reading, read_number};
use crate::text::{fold, tidy};

/// A unit of some quantity.
pub trait Unit: Copy + PartialEq + 'static {
    /// The unit of a folded word.
    fn of(word: &str) -> Option<Self>;
    /// Base units in one of it: square metres, grams.
    fn factor(self) -> u64;
    /// What may be meant where nothing is said.
    fn usual() -> &'static [Self];
    /// What is plausible, in base units.
    fn plausible() -> (u64, u64);
    /// What is possible at all, in base units.
    fn most() -> u64;
}

/// Units of area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaUnit {
    /// 10,000 m².
    Hectare,
    /// 1 m².
    SquareMetre,
    /// Sào Bắc Bộ, 360 m².
    Sao,
    /// Mẫu Bắc Bộ, 3,600 m².
    Mau,
    /// Thước Bắc Bộ, 24 m².
    Thuoc,
}

/// Units of mass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MassUnit {
    /// 1,000 g.
    Kilogram,
    /// 1,000 kg.
    Tonne,
    /// Tạ, 100 kg.
    Ta,
    /// Yến, 10 kg.
    Yen,
}

impl Unit for AreaUnit {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "ha" | "hecta" | "hec ta" | "hecta ha" | "hec" => Self::Hectare,
            "m2" | "met vuong" | "m vuong" | "met2" | "mv" => Self::SquareMetre,
            "sao" | "sao bac bo" | "sao bb" => Self::Sao,
            "mau" | "mau bac bo" => Self::Mau,
            "thuoc" => Self::Thuoc,
            _ => return None,
        })
    }

    fn factor(self) -> u64 {
        match self {
            Self::Hectare => 10_000,
            Self::SquareMetre => 1,
            Self::Sao => 360,
            Self::Mau => 3_600,
            Self::Thuoc => 24,
        }
    }

    fn usual() -> &'static [Self] {
        &[Self::Hectare, Self::SquareMetre]
    }

    fn plausible() -> (u64, u64) {
        (50, 500_000)
    }

    fn most() -> u64 {
        100_000_000
    }
}

impl Unit for MassUnit {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "kg" | "kilogam" | "ky" | "ki" | "can" => Self::Kilogram,
            "tan" | "t" | "ton" => Self::Tonne,
            "ta" => Self::Ta,
            "yen" => Self::Yen,
            _ => return None,
        })
    }

    fn factor(self) -> u64 {
        match self {
            Self::Kilogram => 1_000,
            Self::Tonne => 1_000_000,
            Self::Ta => 100_000,
            Self::Yen => 10_000,
        }
    }

    fn usual() -> &'static [Self] {
        &[Self::Kilogram, Self::Tonne]
    }

    fn plausible() -> (u64, u64) {
        (20_000, 400_000_000)
    }

    fn most() -> u64 {
        100_000_000_000
    }
}

/// A quantity that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read<U> {
    /// In base units: square metres, grams.
    pub value: u64,
    /// The unit was nowhere named, and only this one is plausible.
    pub assumed: Option<U>,
    /// One of two readings of a mark.
    pub chosen: bool,
    /// Parts of a base unit were rounded.
    pub rounded: bool,
    /// It is outside what is plausible.
    pub unusual: bool,
}

/// Why a cell is no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityFault {
    /// No number, or a unit that is not known.
    NotANumber,
    /// Nothing, or less.
    NotPositive,
    /// Both readings of its mark are plausible: in base units.
    Ambiguous(u64, u64),
    /// No unit is named, and more than one is plausible, or none.
    UnitMissing,
    /// More than a plot or its yield can be, in base units.
    TooLarge(u64),
}

/// Reads a quantity from words and the unit of its heading.
pub fn read_quantity<U: Unit>(text: &str, heading: Option<U>) -> Result<Read<U>, QuantityFault> {
    let text = tidy(text).replace('²', "2");
    let text = without_about(&text);
    if text.starts_with('-') && text.contains(|c: char| c.is_ascii_digit()) {
        return Err(QuantityFault::NotPositive);
    }
    let parts = parts::<U>(text).ok_or(QuantityFault::NotANumber)?;
    match parts.as_slice() {
        [(reading, unit)] => judge(*reading, unit.or(heading)),
        // "2 sào 5 thước".
        several => {
            let mut sum = Read { value: 0, assumed: None, chosen: false, rounded: false, unusual: false };
            let mut factor = u64::MAX;
            for (reading, unit) in several {
                let unit = unit.filter(|unit| unit.factor() < factor).ok_or(QuantityFault::NotANumber)?;
                factor = unit.factor();
                let Reading::One(number) = reading else { return Err(QuantityFault::NotANumber) };
                let (value, rounded) = base(*number, unit).ok_or(QuantityFault::NotANumber)?;
                sum.value = sum.value.checked_add(value).ok_or(QuantityFault::NotANumber)?;
                sum.rounded |= rounded;
            }
            bounded(sum)
        }
    }
}

/// Reads a quantity from a number that the spreadsheet holds as one.
pub fn quantity_of_number<U: Unit>(number: f64, heading: Option<U>) -> Result<Read<U>, QuantityFault> {
    if number <= 0.0 {
        return Err(QuantityFault::NotPositive);
    }
    let number = Decimal::from_f64(number).ok_or(QuantityFault::NotANumber)?;
    judge(Reading::One(number), heading)
}

fn judge<U: Unit>(reading: Reading, unit: Option<U>) -> Result<Read<U>, QuantityFault> {
    let units = unit.as_ref().map_or(U::usual(), std::slice::from_ref);
    let numbers = match reading {
        Reading::One(one) => vec![one],
        Reading::Either(one, other) => vec![one, other],
    };
    let chosen = numbers.len() > 1;
    let mut all = Vec::new();
    for number in numbers {
        for one in units {
            if let Some((value, rounded)) = base(number, *one) {
                let assumed = unit.is_none().then_some(*one);
                all.push(Read { value, assumed, chosen, rounded, unusual: false });
            }
        }
    }
    if all.iter().all(|read| read.value == 0) {
        return Err(QuantityFault::NotPositive);
    }
    let (least, most) = U::plausible();
    let plausible: Vec<&Read<U>> = all.iter().filter(|read| (least..=most).contains(&read.value)).collect();
    match (plausible.as_slice(), all.as_slice()) {
        ([one], _) => Ok(**one),
        // A single reading that is merely unusual is taken, and told.
        ([], [one]) => bounded(*one),
        ([one, other], _) if unit.is_some() => Err(QuantityFault::Ambiguous(one.value, other.value)),
        _ if unit.is_none() => Err(QuantityFault::UnitMissing),
        _ => Err(QuantityFault::TooLarge(all.iter().map(|read| read.value).max().unwrap_or_default())),
    }
}

fn bounded<U: Unit>(read: Read<U>) -> Result<Read<U>, QuantityFault> {
    let (least, most) = U::plausible();
    match read.value {
        0 => Err(QuantityFault::NotPositive),
        value if value > U::most() => Err(QuantityFault::TooLarge(value)),
        value => Ok(Read { unusual: !(least..=most).contains(&value), ..read }),
    }
}

/// In base units, and whether that was rounded.
fn base<U: Unit>(number: Decimal, unit: U) -> Option<(u64, bool)> {
    let millionths = number.millionths().checked_mul(unit.factor())?;
    let (whole, part) = (millionths / 1_000_000, millionths % 1_000_000);
    Some((if part >= 500_000 { whole + 1 } else { whole }, part != 0))
}

/// "khoảng 2 tấn" is two tonnes.
fn without_about(text: &str) -> &str {
    let text = text.trim_start_matches(['~', '≈', ' ']);
    for about in ["khoảng ", "Khoảng ", "tầm ", "ước ", "độ "] {
        if let Some(rest) = text.strip_prefix(about) {
            return rest.trim_start();
        }
    }
    text
}

/// Numbers, each with the unit behind it.
fn parts<U: Unit>(text: &str) -> Option<Vec<(Reading, Option<U>)>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end =
            rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\''))).unwrap_or(rest.len());
        let (number, behind) = rest.split_at(end);
        let reading = read_number(number)?;
        let mut end = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len());
        // The 2 of m2 is no number.
        if fold(behind.get(..end)?) == "m" && behind.get(end..)?.starts_with('2') {
            end += 1;
        }
        let (unit, behind) = behind.split_at(end);
        let word = fold(unit);
        let unit = if word.is_empty() {
            if unit.contains(|c: char| !c.is_whitespace()) {
                return None;
            }
            None
        } else {
            Some(U::of(&word)?)
        };
        parts.push((reading, unit));
        rest = behind.trim_start();
        if parts.len() > 4 {
            return None;
        }
    }
    Some(parts).filter(|parts| !parts.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn area(text: &str, heading: Option<AreaUnit>) -> Result<u64, QuantityFault> {
        read_quantity(text, heading).map(|read| read.value)
    }

    fn mass(text: &str, heading: Option<MassUnit>) -> Result<u64, QuantityFault> {
        read_quantity(text, heading).map(|read| read.value)
    }

    #[test]
    fn areas_in_every_unit() {
        use AreaUnit as U;
        for (text, heading, square_metres) in [
            ("0,25 ha", None, 2_500),
            ("0.25ha", None, 2_500),
            ("2.500 m²", None, 2_500),
            ("2,500 m2", None, 2_500),
            ("2 500 m2", None, 2_500),
            ("7 sào", None, 2_520),
            ("1 sào 5 thước", None, 480),
            ("1 mẫu 2 sào", None, 4_320),
            ("0,25", Some(U::Hectare), 2_500),
            ("2500", Some(U::SquareMetre), 2_500),
            ("2500 m2", Some(U::Hectare), 2_500),
            ("1.250 ha", None, 12_500),
            ("khoảng 3 sào", None, 1_080),
            ("2500", None, 2_500),
            ("0,25", None, 2_500),
            ("1.500", Some(U::Sao), 540),
        ] {
            assert_eq!(area(text, heading), Ok(square_metres), "{text}");
        }
    }

    #[test]
    fn what_can_mean_two_things_is_asked_back() {
        use QuantityFault as F;
        assert_eq!(area("360.000 m2", None), Err(F::Ambiguous(360, 360_000)));
        assert_eq!(area("50", None), Err(F::UnitMissing), "50 m² and 50 ha");
        assert_eq!(area("1 chiếc", None), Err(F::NotANumber));
        assert_eq!(area("2-3 sào", None), Err(F::NotANumber));
        assert_eq!(area("0", Some(AreaUnit::Hectare)), Err(F::NotPositive));
        assert_eq!(area("-2", Some(AreaUnit::Hectare)), Err(F::NotPositive));
        assert_eq!(area("25000 ha", None), Err(F::TooLarge(250_000_000)));
        assert_eq!(mass("100.000 kg", None), Err(F::Ambiguous(100_000, 100_000_000)));
        assert_eq!(mass("50", None), Err(F::UnitMissing));
    }

    #[test]
    fn masses_in_every_unit() {
        use MassUnit as U;
        for (text, heading, grams) in [
            ("1.234,5 kg", None, 1_234_500),
            ("1,234.5", Some(U::Kilogram), 1_234_500),
            ("2,5 tấn", None, 2_500_000),
            ("2.500 kg", None, 2_500_000),
            ("2500", None, 2_500_000),
            ("12 tạ", None, 1_200_000),
            ("2,5", None, 2_500_000),
            ("2.500", Some(U::Tonne), 2_500_000),
        ] {
            assert_eq!(mass(text, heading), Ok(grams), "{text}");
        }
    }

    #[test]
    fn what_was_chosen_is_told() {
        let read = read_quantity::<AreaUnit>("2.500", None);
        assert_eq!(read, Err(QuantityFault::UnitMissing), "2.5 ha and 2,500 m² are both plots");
        let read = read_quantity::<AreaUnit>("2.500 m2", None).unwrap();
        assert!(read.chosen && read.assumed.is_none() && !read.unusual);
        assert_eq!(read_quantity::<AreaUnit>("2500", None).unwrap().assumed, Some(AreaUnit::SquareMetre));
        assert!(read_quantity("0,12345", Some(AreaUnit::Hectare)).unwrap().rounded);
        assert!(read_quantity("20 m2", None::<AreaUnit>).unwrap().unusual);
    }

    proptest! {
        #[test]
        fn hectares_and_square_metres_agree(square_metres in 50_u64..500_000) {
            let hectares = Decimal::from_millionths(square_metres * 100);
            prop_assert_eq!(area(&format!("{hectares} ha"), None).or_else(|fault| match fault {
                // "1,234 ha" cannot be 1,234 ha, but "12,345" could be read as thousands of something larger.
                QuantityFault::Ambiguous(one, _) => Ok(one),
                other => Err(other),
            }), Ok(square_metres));
            prop_assert_eq!(area(&format!("{square_metres} m2"), None), Ok(square_metres));
        }

        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,30}", number: f64) {
            let _ = read_quantity::<AreaUnit>(&text, None);
            let _ = read_quantity(&text, Some(MassUnit::Tonne));
            let _ = quantity_of_number::<AreaUnit>(number, None);
        }

        #[test]
        fn quantities_of_signs_and_units_never_panic(text in "[0-9 .,ha-z2²'-]{0,24}") {
            let _ = read_quantity::<AreaUnit>(&text, None);
            let _ = read_quantity::<MassUnit>(&text, None);
        }
    }
}
