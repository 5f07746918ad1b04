//! Numbers of a workbook.

/// A number as a workbook writes it (XML Schema's double, without its words). Up to 15 digits, as spreadsheets show, are read
/// exactly; of 17 the last bit may differ from the standard library's, whose tables weigh 10 KB in a browser.
pub(super) fn double(text: &str) -> Option<f64> {
    /// All powers of ten that a double holds exactly.
    const POWERS: [f64; 23] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ];
    let (minus, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let mut exponent: i32 = exponent.parse().ok()?;
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    let mut value: u64 = 0;
    for (digit, behind) in whole.bytes().map(|digit| (digit, false)).chain(part.bytes().map(|digit| (digit, true))) {
        if !digit.is_ascii_digit() {
            return None;
        }
        // Digits beyond those that count are zeros before the mark, and nothing behind it.
        let counts = value < 1_000_000_000_000_000_000;
        value = if counts { value * 10 + u64::from(digit - b'0') } else { value };
        exponent = exponent.saturating_add(i32::from(!counts && !behind)).saturating_sub(i32::from(counts && behind));
    }
    #[allow(clippy::cast_precision_loss)] // see above
    let mut number = value as f64;
    while exponent != 0 && number != 0.0 && number.is_finite() {
        let step = exponent.clamp(-22, 22);
        let power = POWERS.get(usize::try_from(step.unsigned_abs()).ok()?)?;
        number = if step < 0 { number / power } else { number * power };
        exponent -= step;
    }
    Some(if minus { -number } else { number }).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::double;

    #[test]
    fn numbers_are_read_as_spreadsheets_write_them_and_words_are_none() {
        for text in
            ["0", "0.25", "912345601", "9.12345601E8", "-3.5", "+7", "1E-3", ".5", "5.", "1e22", "45813.5", "0.1"]
        {
            assert_eq!(double(text), text.parse().ok(), "{text}");
        }
        for text in ["", ".", "e5", "inf", "NaN", "0x10", "1,5", "1 000", "--1", "1e999", "1e99999999999"] {
            assert_eq!(double(text), None, "{text}");
        }
        assert_eq!(double("1e-999"), Some(0.0));
        assert_eq!(
            double("123456789012345678901234567890").map(|number| (number / 1e19).round()),
            Some(12_345_678_901.0)
        );
    }

    proptest! {
        #[test]
        fn fifteen_digits_are_exact_and_seventeen_within_a_bit_or_two(
            digits in 0_u64..1_000_000_000_000_000, places in 0_usize..15, other: f64,
        ) {
            let text = format!("{digits:016}");
            let (whole, part) = text.split_at(text.len() - places);
            let text = format!("{whole}.{part}");
            prop_assert_eq!(double(&text), text.parse().ok());
            prop_assume!(other == 0.0 || (1e-250..1e250).contains(&other.abs()));
            let read = double(&format!("{other:e}")).unwrap();
            prop_assert!((read - other).abs() <= other.abs() * 1e-14, "{:e} {:e}", other, read);
        }

        #[test]
        fn nothing_makes_it_panic(text in "[-+.eE0-9x]{0,40}") {
            let _ = double(&text);
        }
    }
}
