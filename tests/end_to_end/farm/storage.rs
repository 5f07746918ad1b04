//! Browsers that keep nothing, and such as have no room left: nothing is said to be written down that is not.

use nguon_tests::browser::{Browser, Look};
use serde_json::json;

use super::{Ground, at_work, go, offline, plots_are_here};

#[test]
fn a_browser_that_keeps_nothing_is_told_to_and_nothing_can_be_written() {
    let ground = Ground::start();
    let refuses = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };";
    Browser::run(&Look::after(refuses), async |page| {
        page.open(&ground.address("")).await;
        page.until("/không cho lưu/.test(document.querySelector('h1')?.innerText ?? '')").await;
        assert!(page.text("main").await.contains("cửa sổ ẩn danh"));
        assert_eq!(page.count("form").await, 0);
    });
}

#[test]
fn a_phone_without_room_says_that_the_entry_was_not_saved() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let orchard = at_work(page, &mut ground).await;
        offline(page, true).await;
        go(page, "#today").await;
        plots_are_here(page).await;
        // Every write from here on finds the disk full, as the browser tells it.
        page.value("(() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; })()").await;
        super::spray(page, &orchard, "phun, máy đầy").await;
        page.until("document.querySelector('.band.alert')").await;
        assert_eq!(page.count(".t-saved").await, 0, "nothing is said to be kept");
        go(page, "#history").await;
        assert_eq!(page.count(".entry").await, 0);
        assert!(page.devtools("Storage.getUsageAndQuota", json!({"origin": ground.address("")})).await.is_object());
    });
}

#[test]
fn only_one_window_writes_and_the_other_says_so() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        at_work(page, &mut ground).await;
        page.value("(() => { window.other = window.open(location.pathname); })()").await;
        let other = "window.other.document";
        page.until(&format!("/một cửa sổ khác/.test({other}?.querySelector('h1')?.innerText ?? '')")).await;
        assert_eq!(page.count(".today").await, 1);
        page.value(&format!("{other}.querySelector('.button.big').click()")).await;
        page.until("/một cửa sổ khác/.test(document.querySelector('h1')?.innerText ?? '')").await;
        page.until(&format!("{other}.querySelector('.today')")).await;
    });
}
