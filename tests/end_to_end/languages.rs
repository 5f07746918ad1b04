//! Vietnamese first, English on demand, and the page says which it is.

use nguon_tests::browser::Look;
use nguon_tests::world::world;

use crate::verdicts::UNLOGGED;
use crate::visit::visit;

const ENGLISH: &str = "Signatures hold; completeness is not proven.";

#[test]
fn page_is_vietnamese_unless_asked_otherwise() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("household").await, UNLOGGED);
        assert_eq!(visit.browser.text_of("document.documentElement.lang").await, "vi");
        assert_eq!(visit.browser.text_of("document.title").await, "Chưa chứng minh đầy đủ · lô LN260614-01 · Nguồn");
    });
}

#[test]
fn link_can_ask_for_english() {
    visit(&Look::default(), async |visit| {
        let link = world().link("household").at_in(visit.server.origin(), "en");
        assert_eq!(visit.open(&link).await, ENGLISH);
        assert_eq!(visit.browser.text_of("document.documentElement.lang").await, "en");
        assert_eq!(visit.browser.text_of("document.title").await, "Not proven complete · lot LN260614-01 · Nguồn");
        let ours = visit.browser.text(".journey").await;
        assert!(ours.contains("From orchard to box") && !ours.contains("Từ vườn đến hộp"), "{ours}");
    });
}

#[test]
fn language_can_be_switched_and_stays() {
    visit(&Look::default(), async |visit| {
        visit.scan("household").await;
        let page = visit.browser;
        page.click(".languages button[lang=en]").await;
        visit.says(ENGLISH).await;
        assert_eq!(page.text_of("document.documentElement.lang").await, "en");
        let address = page.address().await;
        assert!(address.contains("lang=en") && address.contains('#'), "the commitment is still there: {address}");
        page.reload().await;
        visit.says(ENGLISH).await;
        page.click(".languages button[lang=vi]").await;
        visit.says(UNLOGGED).await;
    });
}
