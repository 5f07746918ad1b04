//! What stands on the page.

use std::rc::Rc;

use nguon_verify_app::codec;
use nguon_verify_app::lang::Lang;
use nguon_verify_app::model::{Answer, Lot, Page, Report};

/// What the page has told: its language, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The language the page speaks
    pub lang: Lang,
    /// What it shows
    pub page: Page,
}

impl Told {
    /// Of the page's bytes; `None` if they are of another page than this program was built with.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (lang, page) = codec::from_bytes(bytes)?;
        Some(Self { lang, page })
    }

    /// The lot that it is about, unless it is the home page.
    #[must_use]
    pub const fn lot(&self) -> Option<&Lot> {
        self.page.lot()
    }

    /// What it says at its top.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        self.page.answer()
    }

    /// The report, if there is one.
    #[must_use]
    pub const fn report(&self) -> Option<&Rc<Report>> {
        if let Page::Report { report, .. } = &self.page { Some(report) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_tells_comes_whole_or_not_at_all() {
        let lot = Lot { gtin: "09529876000019".into(), lot: "VT-1".into(), serial: None };
        let told = Told { lang: Lang::En, page: Page::Waiting { lot, answer: Answer::NoSuchLot } };
        let bytes = codec::to_bytes(&(told.lang, told.page.clone()));
        assert_eq!(Told::from_bytes(&bytes), Some(told));
        for cut in 0..bytes.len() {
            assert_eq!(Told::from_bytes(&bytes[..cut]), None);
        }
    }
}
