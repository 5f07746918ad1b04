//! The address that is passed on: without the query, for whoever gets it has a language of their own.

use nguon_verify_app::browser as page;
use nguon_verify_app::model::Lot;

use crate::installed::device;
use crate::typed::typed_path;

/// Of the lot on the page.
#[must_use]
pub fn link(lot: &Lot) -> String {
    let (path, fragment) = page::address();
    [device::text("origin"), passed_on(&path, &fragment, lot)].concat()
}

/// What stands behind the origin. A file that was opened on another page has an address too, without what binds its label.
fn passed_on(path: &str, fragment: &str, lot: &Lot) -> String {
    if path.starts_with("/01/") {
        return [path, fragment].concat();
    }
    typed_path(&["(01)", &lot.gtin, "(10)", &lot.lot].concat()).unwrap_or_else(|_| "/".into())
}

/// The same for Android, which then asks its browser: `intent:` as Chromium documents it. The fragment stays, for Android reads
/// what follows the last `#Intent;`.
#[must_use]
pub fn intent(link: &str) -> Option<String> {
    let (scheme, rest) = link.split_once("://")?;
    Some(["intent://", rest, "#Intent;scheme=", scheme, ";action=android.intent.action.VIEW;end"].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_stays_bound_when_its_link_is_passed_on() {
        let lot = Lot { gtin: "09521234543213".into(), lot: "VT-0605".into(), serial: None };
        let path = "/01/09521234543213/10/VT-0605/21/77";
        assert_eq!(passed_on(path, "#paWl", &lot), [path, "#paWl"].concat());
        assert_eq!(passed_on("/", "", &lot), "/01/09521234543213/10/VT-0605");
        let nothing = Lot { gtin: String::new(), lot: String::new(), serial: None };
        assert_eq!(passed_on("/", "", &nothing), "/");
    }

    #[test]
    fn an_intent_names_the_whole_link() {
        let intent = intent("https://nguon.example/01/1/10/A#c").unwrap();
        assert_eq!(
            intent,
            "intent://nguon.example/01/1/10/A#c#Intent;scheme=https;action=android.intent.action.VIEW;end"
        );
    }
}
