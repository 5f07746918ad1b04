//! From an address to a lot.

use nguon_gs1::{DigitalLink, LabelCode};

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
}
