//! Amounts as files write them: exact decimals of whole numbers, never floats.

/// Grams as kilograms with a decimal point and no trailing zeros: `1234.5`.
#[must_use]
pub fn kilograms(grams: u64) -> String {
    decimal(grams, 3)
}

/// Square metres as hectares: `0.2`.
#[must_use]
pub fn hectares(square_metres: u64) -> String {
    decimal(square_metres, 4)
}

/// A whole number of parts of ten to the power of `places`, written in full and without trailing zeros.
#[must_use]
pub fn decimal(value: u64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let (whole, part) = (value / unit, value % unit);
    if part == 0 {
        return whole.to_string();
    }
    let width = usize::try_from(places).unwrap_or(0);
    format!("{whole}.{part:0width$}").trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digit_is_lost() {
        assert_eq!(kilograms(1), "0.001");
        assert_eq!(kilograms(1_234_500), "1234.5");
        assert_eq!(kilograms(2_000), "2");
        assert_eq!(hectares(2_000), "0.2");
        assert_eq!(kilograms(u64::MAX), "18446744073709551.615");
    }
}
