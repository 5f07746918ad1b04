//! Everything can be reached and used with the keyboard alone, and one always sees where one is.

use nguon_tests::browser::{Browser, Look};
use serde_json::Value;

use crate::visit::visit;

/// Where the keyboard is: what it is called, how thick its ring, how large it is.
const FOCUS: &str = "(() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect(); \
    return { tag: e.tagName, text: e.innerText?.trim() || e.id, ring: s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth), \
    size: r.width * r.height, inView: r.bottom > 0 && r.top < innerHeight, \
    height: r.height, kind: e.className.toString() }; })()";

async fn tab(page: &Browser) -> Value {
    page.press("Tab").await;
    page.value(FOCUS).await
}

/// Presses Tab until the focus is on what a CSS selector finds.
async fn tab_to(page: &Browser, selector: &str) {
    let there = format!("document.activeElement.matches({})", Value::from(selector));
    tab_until(page, &there).await;
}

async fn tab_until(page: &Browser, there: &str) {
    for _ in 0..200 {
        page.press("Tab").await;
        if page.value(there).await == true {
            return;
        }
    }
    panic!("the keyboard never comes to where {there}");
}

#[test]
fn tab_comes_by_everything_and_shows_where_it_is() {
    visit(&Look::default(), async |visit| {
        visit.scan("export").await;
        let page = visit.browser;
        // What the companion draws last.
        page.until("document.querySelector('.keep') && document.querySelector('.shelf')").await;
        page.unfold("main").await;
        let count = "[...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).length";
        let all = page.call(count, vec!["a[href], button, input, summary".into()]).await.as_u64().expect("a number");
        // Boxes that scroll are stops as well.
        let boxes = page.call(count, vec!["code".into()]).await.as_u64().expect("a number");
        let mut visited = 0;
        loop {
            let focus = tab(page).await;
            if focus["tag"] == "BODY" || focus["tag"] == "HTML" {
                break;
            }
            visited += 1;
            assert!(focus["ring"].as_f64().is_some_and(|ring| ring >= 3.0), "no ring: {focus}");
            assert!(focus["size"].as_f64().is_some_and(|size| size > 400.0), "cannot be seen: {focus}");
            assert_eq!(focus["inView"], true, "out of view: {focus}");
            assert!(visited <= all + boxes, "the keyboard is caught in a circle: {focus}");
        }
        assert!(visited >= all, "{visited} of {all}");
    });
}

#[test]
fn first_stop_skips_to_the_verdict() {
    visit(&Look::default(), async |visit| {
        visit.scan("export").await;
        let page = visit.browser;
        assert_eq!(tab(page).await["text"], "Đến kết luận");
        page.press("Enter").await;
        assert_eq!(page.text_of("document.activeElement.id").await, "verdict");
        assert_eq!(tab(page).await["text"], "Liên hệ nơi bán");
    });
}

#[test]
fn folds_open_down_to_the_raw_bytes() {
    visit(&Look::default(), async |visit| {
        visit.scan("export").await;
        let page = visit.browser;
        tab_to(page, ".origins > summary").await;
        page.press("Enter").await;
        page.until("document.querySelector('.origins[open] .members')").await;
        tab_to(page, ".origins .members > li:first-child > details > summary").await;
        page.press(" ").await;
        page.until("document.querySelector('.origins .members > li:first-child > details[open] .proof')").await;
        tab_to(page, ".origins .proof > summary").await;
        page.press("Enter").await;
        // Ids are short and shown at once; the record itself is written out on demand.
        tab_until(page, "document.activeElement.innerText.trim() === 'Xem từng byte'").await;
        let shown = page.count(".origins .proof[open] code").await;
        page.press("Enter").await;
        page.until(&format!("document.querySelectorAll('.origins .proof[open] code').length === {}", shown + 1)).await;
    });
}

#[test]
fn language_and_a_typed_code_need_no_pointer() {
    visit(&Look::default(), async |visit| {
        visit.scan("export").await;
        let page = visit.browser;
        tab_to(page, ".languages button[lang=en]").await;
        page.press("Enter").await;
        visit.says("Signatures hold; completeness is not proven.").await;
        tab_to(page, "#code").await;
        page.type_text("x").await;
        page.press("Enter").await;
        page.until("document.querySelector('#code-error').innerText").await;
    });
}
