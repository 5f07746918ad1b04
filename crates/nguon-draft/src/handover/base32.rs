//! Crockford's base 32: no I, L, O, U, so that it can be read out; a check of 20 bits at the end.

use sha2::{Digest as _, Sha256};

use super::CodeError;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Digits of the check.
pub(super) const CHECK: usize = 4;

/// Bytes, and their check.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = plain(bytes);
    text.push_str(&check(bytes));
    text
}

fn plain(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1 + CHECK);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(digit(bits >> held));
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        text.push(digit(bits << (5 - held)));
    }
    text
}

fn digit(value: u32) -> char {
    char::from(ALPHABET.get((value & 31) as usize).copied().unwrap_or(b'0'))
}

/// The first 20 bits of SHA-256.
fn check(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    plain(&hash).chars().take(CHECK).collect()
}

/// What [`encode`] writes, in either case, with spaces and dashes wherever somebody put them; O is read as 0, I and L as 1.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, CodeError> {
    let mut digits: Vec<u32> = Vec::with_capacity(text.len());
    for character in text.chars().filter(|character| !matches!(character, ' ' | '-' | '\u{a0}')) {
        digits.push(value(character).ok_or(CodeError::Mistyped)?);
    }
    let (body, tail) = digits.split_at_checked(digits.len().saturating_sub(CHECK)).ok_or(CodeError::Mistyped)?;
    let mut bytes = Vec::with_capacity(body.len() * 5 / 8);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for digit in body {
        bits = bits << 5 | digit;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
        bits &= (1 << held) - 1;
    }
    let wanted: Vec<u32> = check(&bytes).chars().filter_map(value).collect();
    // What is left over is fewer than a digit, and nothing: otherwise two texts would be the same code.
    if bits == 0 && held < 5 && tail == wanted { Ok(bytes) } else { Err(CodeError::Mistyped) }
}

fn value(character: char) -> Option<u32> {
    let upper = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|digit| char::from(*digit) == upper).and_then(|at| u32::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_however_it_is_typed(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let text = encode(&bytes);
            prop_assert_eq!(decode(&text), Ok(bytes.clone()));
            let typed: String = text.to_lowercase().chars().flat_map(|c| [c, ' ']).collect();
            prop_assert_eq!(decode(&typed.replace('0', "o").replace('1', "l")), Ok(bytes));
        }

        #[test]
        fn one_wrong_digit_is_told(bytes in proptest::collection::vec(any::<u8>(), 1..40), at in any::<usize>(), by in 1_u32..32) {
            let text = encode(&bytes);
            let at = at % text.len();
            let wrong: String = text.chars().enumerate()
                .map(|(n, c)| if n == at { digit(value(c).unwrap() ^ by) } else { c }).collect();
            // A check of 20 bits misses one in a million; what it then reads is something else, never the same.
            prop_assert_ne!(decode(&wrong), Ok(bytes));
        }
    }
}
