//! Numbers as a farmer types them: `12,5` and `12.5` are the same; what could be read in two ways is asked about, never guessed.

use super::field::Fault;

/// Square metres of a sào of Bắc Bộ.
pub const SAO: u64 = 360;
/// Square metres of a hectare.
pub const HECTARE: u64 = 10_000;
/// The most whole units that a field takes: beyond it is a slip, not a harvest.
const MOST: u64 = 10_000_000;

/// A number of at most three decimals, in thousandths: kilograms in grams, grams in milligrams, litres in millilitres.
///
/// # Errors
/// It is empty, no number, too fine, too large, or could be read in two ways.
pub fn thousandths(text: &str) -> Result<u64, Fault> {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    let (whole, fraction) = match (text.split_once(','), text.split_once('.')) {
        (None, None) => (text.clone(), ""),
        // `1.200` is twelve hundred to one and one and a fifth to another.
        (None, Some((_, after))) if after.len() == 3 => return Err(Fault::Ambiguous),
        (None, Some((before, after))) => (before.to_owned(), after),
        (Some((before, after)), None) => (before.to_owned(), after),
        // `1.200,5`: groups of three, and a decimal comma.
        (Some((before, after)), Some(_)) => (ungrouped(before)?, after),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return Err(Fault::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 3 {
        return Err(Fault::TooFine);
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| Fault::TooMuch)? };
    if whole > MOST {
        return Err(Fault::TooMuch);
    }
    let parts: u64 = if fraction.is_empty() { 0 } else { format!("{fraction:0<3}").parse().unwrap_or(0) };
    Ok(whole * 1000 + parts)
}

fn ungrouped(whole: &str) -> Result<String, Fault> {
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    let is_grouped = (1..=3).contains(&first.len()) && groups.clone().count() > 0;
    if is_grouped && groups.all(|group| group.len() == 3) { Ok(whole.replace('.', "")) } else { Err(Fault::NotANumber) }
}

/// The same, and more than nothing.
///
/// # Errors
/// As [`thousandths`], and nothing at all.
pub fn more_than_nothing(text: &str) -> Result<u64, Fault> {
    thousandths(text).and_then(|amount| if amount == 0 { Err(Fault::Zero) } else { Ok(amount) })
}

/// A whole number.
///
/// # Errors
/// It is none.
pub fn whole(text: &str) -> Result<u64, Fault> {
    let thousandths = thousandths(text)?;
    if thousandths.is_multiple_of(1000) { Ok(thousandths / 1000) } else { Err(Fault::NotWhole) }
}

/// What an amount of a product is told in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DoseUnit {
    /// Millilitres
    #[default]
    Millilitre,
    /// Grams
    Gram,
    /// Litres
    Litre,
    /// Kilograms
    Kilogram,
}

impl DoseUnit {
    /// All, the commonest first.
    pub const ALL: [Self; 4] = [Self::Millilitre, Self::Gram, Self::Litre, Self::Kilogram];

    /// Its sign, the same in every language; also its value in a form.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Millilitre => "ml",
            Self::Gram => "g",
            Self::Litre => "l",
            Self::Kilogram => "kg",
        }
    }

    /// Of a form's value.
    #[must_use]
    pub fn of_sign(sign: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.sign() == sign)
    }

    /// Whether it is a volume: then microlitres are recorded, otherwise milligrams.
    #[must_use]
    pub const fn is_volume(self) -> bool {
        matches!(self, Self::Millilitre | Self::Litre)
    }

    /// Microlitres or milligrams of thousandths of it.
    #[must_use]
    pub const fn fine(self, thousandths: u64) -> u64 {
        match self {
            Self::Millilitre | Self::Gram => thousandths,
            Self::Litre | Self::Kilogram => thousandths.saturating_mul(1000),
        }
    }
}

/// What land is told in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AreaUnit {
    /// 360 square metres
    Sao,
    /// Square metres
    #[default]
    SquareMetre,
    /// 10,000 square metres
    Hectare,
}

impl AreaUnit {
    /// All.
    pub const ALL: [Self; 3] = [Self::SquareMetre, Self::Sao, Self::Hectare];

    /// Its value in a form.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self {
            Self::SquareMetre => "m2",
            Self::Sao => "sao",
            Self::Hectare => "ha",
        }
    }

    /// Of a form's value.
    #[must_use]
    pub fn of_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.value() == value)
    }

    /// Square metres of thousandths of it, to the nearest.
    #[must_use]
    pub const fn square_metres(self, thousandths: u64) -> u64 {
        let metres = match self {
            Self::SquareMetre => 1,
            Self::Sao => SAO,
            Self::Hectare => HECTARE,
        };
        (thousandths.saturating_mul(metres) + 500) / 1000
    }
}

/// A temperature in thousandths of a degree; a cold store's may be below zero.
///
/// # Errors
/// It is none, or no fruit has it.
pub fn milli_celsius(text: &str) -> Result<i32, Fault> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let amount = i32::try_from(thousandths(digits)?).map_err(|_| Fault::TooMuch)?;
    let signed = sign * amount;
    if (-60_000..=60_000).contains(&signed) { Ok(signed) } else { Err(Fault::TooMuch) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_and_a_point_are_the_same_decimal_sign() {
        for (text, grams) in [
            ("12", 12_000),
            ("12,5", 12_500),
            ("12.5", 12_500),
            (" 12 , 5 ", 12_500),
            (",5", 500),
            ("0,001", 1),
            ("12,", 12_000),
            ("1.200,5", 1_200_500),
            ("12,500", 12_500),
            ("12,5000", 12_500),
        ] {
            assert_eq!(thousandths(text), Ok(grams), "{text}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_asked_about() {
        assert_eq!(thousandths("1.200"), Err(Fault::Ambiguous));
        assert_eq!(thousandths("12.345"), Err(Fault::Ambiguous));
    }

    #[test]
    fn what_is_no_number_is_told_as_what_it_is() {
        for (text, fault) in [
            ("", Fault::Empty),
            ("  ", Fault::Empty),
            ("kg", Fault::NotANumber),
            ("-3", Fault::NotANumber),
            ("1,2,3", Fault::NotANumber),
            ("1.20,5", Fault::NotANumber),
            (",", Fault::NotANumber),
            ("1,2345", Fault::TooFine),
            ("99999999999999999999999", Fault::TooMuch),
            ("10000001", Fault::TooMuch),
        ] {
            assert_eq!(thousandths(text), Err(fault), "{text}");
        }
        assert_eq!(more_than_nothing("0,0"), Err(Fault::Zero));
        assert_eq!(whole("1,5"), Err(Fault::NotWhole));
        assert_eq!(whole("14"), Ok(14));
    }

    #[test]
    fn amounts_of_product_come_out_in_the_fine_unit() {
        assert_eq!(DoseUnit::Millilitre.fine(60_000), 60_000);
        assert_eq!(DoseUnit::Litre.fine(1_500), 1_500_000);
        assert_eq!(DoseUnit::Kilogram.fine(250), 250_000);
        assert!(DoseUnit::ALL.iter().all(|unit| DoseUnit::of_sign(unit.sign()) == Some(*unit)));
    }

    #[test]
    fn land_comes_out_in_square_metres() {
        assert_eq!(AreaUnit::Sao.square_metres(2_500), 900);
        assert_eq!(AreaUnit::Hectare.square_metres(250), 2_500);
        assert_eq!(AreaUnit::SquareMetre.square_metres(1_000), 1);
        assert!(AreaUnit::ALL.iter().all(|unit| AreaUnit::of_value(unit.value()) == Some(*unit)));
    }

    #[test]
    fn cold_has_a_sign() {
        assert_eq!(milli_celsius("-1,5"), Ok(-1_500));
        assert_eq!(milli_celsius("4"), Ok(4_000));
        assert_eq!(milli_celsius("400"), Err(Fault::TooMuch));
        assert_eq!(milli_celsius(""), Err(Fault::Empty));
    }
}
