//! A day without a network, with the app closed, loaded anew and crashing in between: nothing that was acknowledged is lost.

use std::panic::{AssertUnwindSafe, catch_unwind};

use nguon_tests::browser::{Browser, Look};
use serde_json::json;

use super::{Ground, STAGES, all_are, at_work, go, offline, plots_are_here, write, written};

#[test]
fn a_day_offline_with_the_app_loaded_anew_between_entries_loses_nothing() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let orchard = at_work(page, &mut ground).await;
        page.until("navigator.serviceWorker.controller").await;
        offline(page, true).await;
        page.until("document.querySelector('.band.amber')").await;
        for _ in 0..2 {
            write(page, &orchard).await;
            page.reload().await;
            go(page, "#today").await;
            plots_are_here(page).await;
        }
        go(page, "#history").await;
        assert_eq!(page.text_of(STAGES).await, "Trên máy|Trên máy");
        assert_eq!(written(&ground, &orchard.plots[0]).await, 0);
        offline(page, false).await;
        all_are(page, 2, "Đã gửi").await;
        assert_eq!(written(&ground, &orchard.plots[0]).await, 2);
    });
}

#[test]
fn what_was_acknowledged_before_the_tab_crashed_is_there_afterwards_and_reaches_the_server() {
    let mut ground = Ground::start();
    let profile = tempfile::tempdir().expect("a folder for the profile");
    let look = || {
        let mut look = Look::default();
        look.flags.push(format!("--user-data-dir={}", profile.path().display()));
        look
    };
    let mut orchard = None;
    let crashed = catch_unwind(AssertUnwindSafe(|| {
        Browser::run(&look(), async |page| {
            let at = at_work(page, &mut ground).await;
            orchard = Some(at);
            page.until("navigator.serviceWorker.controller").await;
            offline(page, true).await;
            write(page, &at).await;
            // Ends the tab in the middle of everything; the driver ends the session for it.
            page.devtools("Page.crash", json!({})).await;
            page.value("1").await;
        });
    }));
    assert!(crashed.is_err(), "the tab did not crash");
    let orchard = orchard.expect("an orchard");
    Browser::run(&look(), async |page| {
        page.open(&ground.address("")).await;
        plots_are_here(page).await;
        all_are(page, 1, "Đã gửi").await;
        write(page, &orchard).await;
        all_are(page, 2, "Đã gửi").await;
        assert_eq!(written(&ground, &orchard.plots[0]).await, 2);
    });
}

/// Drops what is kept of a form, where the page ended before it was signed.
async fn begin_anew(page: &Browser, fragment: &str) {
    if super::kept::bytes(page, fragment).await.is_empty() {
        return;
    }
    go(page, fragment).await;
    page.until("document.getElementById('t-afresh')").await;
    page.click("#t-afresh").await;
    page.until("document.querySelector('.t-row') && !document.getElementById('t-afresh')").await;
    go(page, "#today").await;
}

#[test]
fn a_tab_dropped_while_it_writes_keeps_all_of_an_entry_or_nothing() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let orchard = at_work(page, &mut ground).await;
        page.until("navigator.serviceWorker.controller").await;
        offline(page, true).await;
        for wait in [0, 1, 5, 20, 60] {
            go(page, "#today").await;
            plots_are_here(page).await;
            begin_anew(page, "#log").await;
            super::spray(page, &orchard, "phun, rồi mất trang").await;
            page.value(&format!("setTimeout(() => location.reload(), {wait})")).await;
            page.until("!document.querySelector('.t-saved') && document.querySelector('.head')").await;
            page.reload().await;
        }
        go(page, "#history").await;
        let count = page.count(".entry").await;
        assert!((1..=5).contains(&count), "{count} of five");
        offline(page, false).await;
        page.reload().await;
        let count = usize::try_from(count).expect("a count");
        all_are(page, count, "Đã gửi").await;
        assert_eq!(written(&ground, &orchard.plots[0]).await, count);
    });
}
