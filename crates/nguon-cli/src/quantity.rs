//! Masses, areas and locations as people write them.

use nguon_core::values::{Grams, SquareMetres};

use crate::lang::Lang;

/// Reads kilograms (`850`, `850.5`, `850,25`) or grams (`850500g`).
///
/// Three digits after a point are refused: `1.200` is a tonne and a bit to one reader and a kilogram and a bit to another.
pub fn mass(text: &str) -> Result<Grams, String> {
    let grams = match text.strip_suffix('g').filter(|rest| !rest.ends_with('k')) {
        Some(grams) => whole(grams.trim_end()),
        None => kilograms(text.strip_suffix("kg").unwrap_or(text).trim_end()),
    };
    Grams::new(grams?).map_err(|error| error.to_string())
}

/// Grams as kilograms, without zeros at the end.
pub fn kilograms_of(grams: u64, lang: Lang) -> String {
    let text = format!("{}.{:03}", grams / 1000, grams % 1000);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match lang {
        Lang::Vi => format!("{} kg", text.replace('.', ",")),
        Lang::En => format!("{text} kg"),
    }
}

/// The same with a mark between thousands: `1.234,5 kg` in Vietnamese, `1,234.5 kg` in English.
pub fn kilograms_grouped(grams: u64, lang: Lang) -> String {
    let (thousands, point) = lang.marks();
    let part = format!("{:03}", grams % 1000);
    let part = part.trim_end_matches('0');
    let whole = grouped(grams / 1000, thousands);
    if part.is_empty() { format!("{whole} kg") } else { format!("{whole}{point}{part} kg") }
}

/// Kilograms, and the grams that stand in the record: `850.5 kg (850,500 g)`.
pub fn kilograms_and_grams(grams: u64, lang: Lang) -> String {
    format!("{} ({} g)", kilograms_grouped(grams, lang), grouped(grams, lang.marks().0))
}

/// A whole number with a mark between thousands.
pub fn grouped(number: u64, mark: char) -> String {
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

fn kilograms(text: &str) -> Result<u64, String> {
    let (kilograms, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let part = match part.len() {
        0 if text.ends_with(['.', ',']) => return Err(wrong(text)),
        0 => 0,
        1 => whole(part)? * 100,
        2 => whole(part)? * 10,
        _ => {
            return Err(format!(
                "{text:?} could be read in two ways: write grams, such as 1200500g, or at most two decimals"
            ));
        }
    };
    let kilograms = whole(kilograms)?;
    kilograms.checked_mul(1000).and_then(|grams| grams.checked_add(part)).ok_or_else(|| wrong(text))
}

fn whole(text: &str) -> Result<u64, String> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().map_err(|_| wrong(text))
    } else {
        Err(wrong(text))
    }
}

fn wrong(text: &str) -> String {
    format!("{text:?} is not a mass: write kilograms (850.5) or grams (850500g)")
}

/// Hectares with up to four decimals, which is square metres.
pub fn hectares(text: &str) -> Result<SquareMetres, String> {
    let metres = fixed_point(text, 4).ok_or_else(|| format!("{text:?} is no area: write hectares, such as 0.5"))?;
    SquareMetres::try_from(metres).map_err(|error| error.to_string())
}

/// Degrees with up to seven decimals.
pub fn coordinates(text: &str) -> Result<(i64, i64), String> {
    let wrong = || format!("{text:?} is no location: write latitude,longitude in degrees, such as 21.3712,106.5667");
    let (latitude, longitude) = text.split_once(',').ok_or_else(wrong)?;
    let degrees = |text: &str, most: i64| fixed_point(text.trim(), 7).filter(|value| value.abs() <= most * 10_000_000);
    degrees(latitude, 90).zip(degrees(longitude, 180)).ok_or_else(wrong)
}

/// A decimal number as a whole number of its last place.
fn fixed_point(text: &str, places: usize) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > places || !plain(whole) || !plain(part) || digits.ends_with('.') {
        return None;
    }
    format!("{whole}{part:0<places$}").parse::<i64>().ok().map(|value| sign * value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masses_are_read_and_shown() {
        for (text, grams) in [("850", 850_000), ("850.5", 850_500), ("850,25", 850_250), ("12kg", 12_000), ("7 g", 7)] {
            assert_eq!(mass(text).map(Grams::get), Ok(grams), "{text}");
        }
        for text in ["", "1.200", "-1", "0", "1e3", ".", "1.", "1.2.3", "850 t", "99999999999999999999"] {
            assert!(mass(text).is_err(), "{text}");
        }
        assert_eq!(kilograms_of(850_500, Lang::En), "850.5 kg");
        assert_eq!(kilograms_of(1_000_050, Lang::Vi), "1000,05 kg");
        assert_eq!(kilograms_grouped(1_234_567_050, Lang::Vi), "1.234.567,05 kg");
        assert_eq!(kilograms_grouped(999_000, Lang::En), "999 kg");
        assert_eq!(kilograms_and_grams(1_850_500, Lang::En), "1,850.5 kg (1,850,500 g)");
    }

    #[test]
    fn areas_and_locations_are_whole_numbers_inside() {
        assert_eq!(hectares("0.5").map(SquareMetres::get), Ok(5_000));
        assert_eq!(hectares("10").map(SquareMetres::get), Ok(100_000));
        for text in ["", "0", "1,5", "0.00001", "-1", ".5", "1."] {
            assert!(hectares(text).is_err(), "{text}");
        }
        assert_eq!(coordinates("21.3712, -106.5"), Ok((213_712_000, -1_065_000_000)));
        assert!(coordinates("91,0").is_err() && coordinates("21").is_err());
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_is_read_back(tens in 1_u64..100_000_000_000) {
            for lang in [Lang::Vi, Lang::En] {
                let shown = kilograms_of(tens * 10, lang);
                proptest::prop_assert_eq!(mass(&shown).map(Grams::get), Ok(tens * 10), "{}", shown);
            }
        }

        #[test]
        fn nothing_makes_it_panic(text in ".{0,24}") {
            let _ = (mass(&text), hectares(&text), coordinates(&text));
        }
    }
}
