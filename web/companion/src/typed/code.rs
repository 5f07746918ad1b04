//! What was typed, as the path of a page.

use nguon_gs1::{Error, Fault, Part, TypedCode};
use nguon_verify_app::link::page_path;

use crate::messages::{Messages, fill};

/// Why a typed code was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedError {
    /// Nothing was typed
    Empty,
    /// The check digit does not fit: a slip of the finger
    CheckDigit {
        /// The number as it was typed
        gtin: String,
    },
    /// The GTIN without a lot
    LotMissing,
    /// Something else
    Unreadable,
}

impl TypedError {
    /// What to tell the reader.
    #[must_use]
    pub fn sentence(&self, m: &Messages) -> String {
        match self {
            Self::Empty => m.code_empty.into(),
            Self::CheckDigit { gtin } => fill(m.code_check_digit, &[("gtin", gtin)]),
            Self::LotMissing => m.code_lot_missing.into(),
            Self::Unreadable => m.code_unreadable.into(),
        }
    }
}

/// Path of the page that a typed code or a pasted link leads to. The link's host is not followed: this page answers for
/// itself only.
///
/// # Errors
/// It names no lot; what the reader may mend.
pub fn typed_path(typed: &str) -> Result<String, TypedError> {
    if typed.trim_ascii().is_empty() {
        return Err(TypedError::Empty);
    }
    let code = typed.parse::<TypedCode>().map_err(|error| explain(typed, &error))?;
    Ok(page_path(code.code()))
}

fn explain(typed: &str, error: &Error) -> TypedError {
    match (error.part, &error.fault) {
        (Part::Gtin, Fault::CheckDigit { .. }) => TypedError::CheckDigit { gtin: digits_before(typed, error.at) },
        (_, Fault::NoLot) => TypedError::LotMissing,
        _ => TypedError::Unreadable,
    }
}

/// The number whose last digit stands at `at`, without spaces.
fn digits_before(typed: &str, at: usize) -> String {
    let until = typed.as_bytes().get(..=at).unwrap_or_default();
    let mut digits = String::new();
    for byte in until.iter().rev().take_while(|byte| byte.is_ascii_digit() || **byte == b' ') {
        if *byte != b' ' {
            digits.insert(0, char::from(*byte));
        }
    }
    // An element string runs on from its identifier (01) without a bracket.
    digits.get(digits.len().saturating_sub(14)..).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/01/09521234543213/10/VT-0605";

    #[test]
    fn every_way_of_typing_leads_to_the_same_page() {
        for typed in [
            "(01)09521234543213(10)VT-0605",
            " (01) 0952 1234 5432 13 (10) VT-0605 ",
            "https://elsewhere.example/01/09521234543213/10/VT-0605",
            "nguon.example/01/9521234543213/10/VT-0605",
        ] {
            assert_eq!(typed_path(typed).as_deref(), Ok(PATH), "{typed}");
        }
    }

    #[test]
    fn slips_are_named() {
        assert_eq!(typed_path("  "), Err(TypedError::Empty));
        let gtin = "09521234543214".to_owned();
        assert_eq!(typed_path("(01)0952 1234 5432 14(10)A"), Err(TypedError::CheckDigit { gtin: gtin.clone() }));
        assert_eq!(typed_path("010952123454321410A"), Err(TypedError::CheckDigit { gtin }));
        assert_eq!(typed_path("(01)09521234543213"), Err(TypedError::LotMissing));
        assert_eq!(typed_path("vải thiều"), Err(TypedError::Unreadable));
    }
}
