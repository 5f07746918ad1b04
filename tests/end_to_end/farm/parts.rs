//! The part of the program that the tasks' pages need comes behind the first page: where it does not come, that is said, and it
//! comes when it is wanted again.

use nguon_tests::browser::{Browser, Look};
use serde_json::json;

use super::{Ground, at_work, plots_are_here};
use crate::farm_tasks::ground::Taps;

/// The files that the browser does not let through.
async fn block(page: &Browser, urls: &[&str]) {
    page.devtools("Network.enable", json!({})).await;
    page.devtools("Network.setBlockedURLs", json!({"urls": urls})).await;
}

#[test]
fn a_task_whose_part_did_not_come_says_so_and_opens_once_it_is_there() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        // Blocked from the very first page on, so that no service worker has kept it either.
        block(page, &["*/assets/tasks-*.wasm"]).await;
        let orchard = at_work(page, &mut ground).await;
        page.click(".action[data-task=harvest]").await;
        page.until("document.querySelector('main .band[role=alert]')").await;
        let told = page.text("main .band[role=alert]").await;
        assert!(told.starts_with("Máy chưa tải được phần này của ứng dụng."), "{told}");
        page.click("main button.big").await;
        page.until("document.querySelector('main .band[role=alert]')").await;

        block(page, &[]).await;
        page.click("main button.big").await;
        page.until("document.querySelector('.t-row')").await;
        // And without being asked, where somebody comes back to a task.
        block(page, &["*/assets/tasks-*.wasm"]).await;
        page.value("location.hash = '#today'").await;
        page.reload().await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "thu hoạch, phần sau đã có");
        block(page, &[]).await;
        taps.on(".action[data-task=harvest]").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
    });
}
