//! Landmarks, headings, names, sizes, contrast, and the verdict as a live region: on narrow and wide screens, by day and by
//! night, folded and unfolded.

use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::{Weather, world};

use crate::visit::visit;

const AUDIT: &str = include_str!("audit.js");

/// Every screen and colour that a page has to suit; 320 px is a telephone with letters enlarged.
fn looks() -> impl Iterator<Item = Look> {
    let windows = [(320, 640), (360, 780), (1280, 900)];
    windows.into_iter().flat_map(|window| [false, true].map(|dark| Look { window, dark, ..Look::default() }))
}

async fn audit(page: &Browser, what: &str) {
    let faults = page.value(AUDIT).await;
    assert_eq!(faults, serde_json::json!([]), "{what}");
}

#[test]
fn every_state_suits_every_screen() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        for state in ["export", "recalled", "suspect", "no-inputs", "wrong-label", "no-such-lot"] {
            for lang in ["vi", "en"] {
                visit.open(&world().link(state).at_in(visit.server.origin(), lang)).await;
                page.until(&format!("document.documentElement.lang === '{lang}'")).await;
                for look in looks() {
                    page.look(&look).await;
                    audit(page, &format!("{state} {lang} {look:?}")).await;
                }
                page.unfold("main").await;
                for look in looks() {
                    page.look(&look).await;
                    audit(page, &format!("{state} {lang} unfolded {look:?}")).await;
                }
            }
        }
        page.complaints().await;
    });
}

#[test]
fn home_suits_every_screen() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        page.open(visit.server.origin()).await;
        page.until("document.querySelector('#code')").await;
        for look in looks() {
            page.look(&look).await;
            audit(page, &format!("home {look:?}")).await;
        }
        page.click("form button").await;
        page.until("document.querySelector('#code-error').innerText").await;
        audit(page, "home with an error").await;
    });
}

/// A live region that is made together with its words is not announced: it must be there while the page still loads.
#[test]
fn verdict_is_announced() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let network = visit.network(Weather::Stuck("/v1/".into()));
        page.open(&world().link("export").at(network.origin())).await;
        page.until("document.querySelector('#verdict [role=status] h1')").await;
        page.value("window.region = document.querySelector('#verdict [role=status]'), 0").await;
        network.turn(Weather::Fair);
        visit.verdict().await;
        assert_eq!(page.value("region.isConnected && region.contains(document.querySelector('h1'))").await, true);
        assert_eq!(page.text_of("region.getAttribute('aria-atomic')").await, "true");
    });
}

#[test]
fn bad_news_interrupts() {
    visit(&Look::default(), async |visit| {
        for state in ["recalled", "wrong-label"] {
            visit.scan(state).await;
            assert_eq!(visit.browser.count("#verdict [role=alert] h1").await, 1, "{state}");
        }
    });
}

/// The meaning is there without colour: a sign and words beside it.
#[test]
fn colour_is_never_alone() {
    visit(&Look::default(), async |visit| {
        for state in ["export", "recalled", "suspect", "wrong-label"] {
            visit.scan(state).await;
            let page = visit.browser;
            assert_eq!(page.count("#verdict .mark svg").await, 1, "{state}");
            assert!(!page.text("#verdict .badge").await.is_empty(), "{state}");
            let silent = "[...document.querySelectorAll('.checks li, .proof > summary')] \
                          .filter(e => !e.querySelector('.hidden')?.textContent.trim()).length";
            assert_eq!(page.value(silent).await, 0, "{state}");
        }
    });
}
