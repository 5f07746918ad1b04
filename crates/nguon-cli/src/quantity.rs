//! Masses as people write them.

use nguon_core::values::Grams;

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
pub fn kilograms_of(grams: u64) -> String {
    let text = format!("{}.{:03}", grams / 1000, grams % 1000);
    format!("{} kg", text.trim_end_matches('0').trim_end_matches('.'))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilograms_and_grams() {
        for (text, grams) in [("850", 850_000), ("850.5", 850_500), ("850,25", 850_250), ("12kg", 12_000), ("7 g", 7)] {
            assert_eq!(mass(text).map(Grams::get), Ok(grams), "{text}");
        }
        for text in ["", "1.200", "-1", "0", "1e3", ".", "1.", "1.2.3", "850 t", "99999999999999999999"] {
            assert!(mass(text).is_err(), "{text}");
        }
        assert_eq!(kilograms_of(850_500), "850.5 kg");
        assert_eq!(kilograms_of(1_000_000), "1000 kg");
    }
}
