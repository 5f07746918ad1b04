//! From an address or a typed code to a lot.

use nguon_gs1::{DigitalLink, Error, Fault, LabelCode, Part, TypedCode};

use crate::messages::{Messages, fill};
use crate::model::Lot;

/// What the page's own address names, or `None` for the home page.
///
/// A fragment that is no commitment, such as one a messenger added, is no reason to refuse the lot: it is left out, and the
/// page says that the label is not bound.
#[must_use]
pub fn code_of_address(path: &str, fragment: &str) -> Option<LabelCode> {
    let with_fragment = || DigitalLink::parse_path(&[path, fragment].concat()).ok();
    with_fragment().or_else(|| DigitalLink::parse_path(path).ok())
}

/// The lot of a code, for people to read.
#[must_use]
pub fn lot(code: &LabelCode) -> Lot {
    Lot { gtin: code.gtin().to_string(), lot: code.lot().to_string(), serial: code.serial().map(ToString::to_string) }
}

/// Path of the page about a code, with its commitment.
#[must_use]
pub fn page_path(code: &LabelCode) -> String {
    code.to_path()
}

/// Path of the bundle of a code on the ingestion server.
#[must_use]
pub fn bundle_path(code: &LabelCode) -> String {
    ["/v1/bundles", &*page_path(&LabelCode::new(*code.gtin(), code.lot().clone()))].concat()
}

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
            Self::Empty => m.code_empty().into(),
            Self::CheckDigit { gtin } => fill(m.code_check_digit(), &[("gtin", gtin)]),
            Self::LotMissing => m.code_lot_missing().into(),
            Self::Unreadable => m.code_unreadable().into(),
        }
    }
}

/// Path of the page that a typed code or a pasted link leads to. The link's host is not followed: this page answers for
/// itself only.
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
    fn an_address_names_a_lot_or_is_home() {
        let code = code_of_address(&format!("{PATH}/21/77"), "").unwrap();
        let lot = lot(&code);
        assert_eq!(
            (lot.gtin.as_str(), lot.lot.as_str(), lot.serial.as_deref()),
            ("09521234543213", "VT-0605", Some("77"))
        );
        assert_eq!(code.commitment(), None);
        for home in ["/", "", "/about", "/01/09521234543213", "/01/09521234543214/10/A"] {
            assert_eq!(code_of_address(home, ""), None, "{home}");
        }
    }

    #[test]
    fn the_fragment_binds_the_label_and_a_foreign_one_does_not_hide_the_lot() {
        let bound = code_of_address(PATH, "#paWlpaWlpaWlpaWlpaWlpQ").unwrap();
        assert!(bound.commitment().is_some());
        let foreign = code_of_address(PATH, "#from=chat").unwrap();
        assert_eq!(foreign.commitment(), None);
    }

    #[test]
    fn the_bundle_is_asked_for_by_lot_alone() {
        let code = code_of_address("/01/9521234543213/10/A%2FB/21/77", "#paWlpaWlpaWlpaWlpaWlpQ").unwrap();
        assert_eq!(bundle_path(&code), "/v1/bundles/01/09521234543213/10/A%2FB");
    }

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
