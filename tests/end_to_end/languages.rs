//! Vietnamese first, English on demand, and the page says which it is.

use nguon_tests::browser::Look;
use nguon_tests::world::{Weather, world};

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
        visit.open(&link).await;
        visit.says(ENGLISH).await;
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

/// The words of a language are a file of their own: without it the page stays Vietnamese and says so, in both languages.
#[test]
fn language_that_does_not_come_is_said_to_be_missing() {
    visit(&Look::default(), async |visit| {
        let network = visit.network(Weather::Dropped("/assets/en-".into()));
        let page = visit.browser;
        page.open(&world().link("household").at(network.origin())).await;
        visit.says(UNLOGGED).await;
        page.click(".languages button[lang=en]").await;
        page.until("document.querySelector('.head [role=alert]')").await;
        let told = page.text(".head [role=alert]").await;
        assert!(
            told.contains("Chưa tải được ngôn ngữ này.") && told.contains("English could not be loaded."),
            "{told}"
        );
        assert_eq!(page.text("#verdict h1").await, UNLOGGED);
        assert_eq!(page.text_of("document.documentElement.lang").await, "vi");
        assert!(!page.address().await.contains("lang="), "what was not shown is not passed on");
        assert!(!page.complaints().await.is_empty(), "the browser says why");

        network.turn(Weather::Fair);
        page.click(".languages button[lang=en]").await;
        visit.says(ENGLISH).await;
        assert_eq!(page.count(".head [role=alert]").await, 0);
    });
}

/// Somebody on the way changes what the page is to say: the browser refuses it.
#[test]
fn altered_language_is_not_spoken() {
    visit(&Look::default(), async |visit| {
        let files = std::fs::read_dir(world().page().join("assets")).expect("the page's files").map_while(Result::ok);
        let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        let name = names.into_iter().find(|name| name.starts_with("en-") && name.ends_with(".txt")).expect("English");
        let words = std::fs::read_to_string(world().page().join("assets").join(&name)).expect("its words");
        let altered = words.replace("completeness is not proven", "completeness is proven");
        let weather = Weather::Answered(format!("/assets/{name}"), 200, altered.into_bytes());
        let network = visit.network(weather);
        visit.browser.open(&world().link("household").at_in(network.origin(), "en")).await;
        visit.browser.until("document.querySelector('.head [role=alert]')").await;
        visit.says(UNLOGGED).await;
        assert!(!visit.browser.complaints().await.is_empty(), "the browser says why");
    });
}
