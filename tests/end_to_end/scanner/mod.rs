//! The scanner, with a camera that sees videos of labels, and with pictures.

mod hard_times;
mod labels;
mod pictures;

use nguon_tests::browser::{Browser, Look};
use nguon_tests::camera::{self, Symbol};
use nguon_tests::world::{Weather, world};
use serde_json::json;

use crate::verdicts::UNLOGGED;
use crate::visit::{Visit, visit};

const AUDIT: &str = include_str!("../audit.js");
const OPEN: &str = "#scan-open";
const STATUS: &str = ".scan-status";
const PANEL: &str = ".scan-panel";

/// A browser whose camera sees nothing, and asks nobody.
fn blind() -> Look {
    let flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"].map(str::to_owned);
    Look { flags: flags.into(), ..Look::default() }
}

/// Lets `test` visit the season with a camera that sees what `frames` makes of the server's origin, over and over.
fn seeing(frames: impl FnOnce(&str) -> Vec<Vec<Symbol>>, test: impl AsyncFnOnce(&mut Visit<'_>)) {
    seeing_with(blind(), frames, test);
}

fn seeing_with(mut look: Look, frames: impl FnOnce(&str) -> Vec<Vec<Symbol>>, test: impl AsyncFnOnce(&mut Visit<'_>)) {
    let store = world().store();
    let server = world().server(store.path());
    let video = camera::video(frames(server.origin()));
    look.flags.push(format!("--use-file-for-fake-video-capture={}", video.path().display()));
    Browser::run(&look, async |browser| {
        let mut visit = Visit { browser, server, store };
        test(&mut visit).await;
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    });
}

/// Opens the home page and waits for the scanner.
async fn home(visit: &Visit<'_>) {
    visit.browser.open(visit.server.origin()).await;
    visit.browser.until("document.querySelector('#scan-open')").await;
}

async fn scan(visit: &Visit<'_>) {
    home(visit).await;
    visit.browser.click(OPEN).await;
}

async fn panel_says(page: &Browser, words: &str) {
    let quoted = serde_json::Value::from(words);
    page.until(&format!("document.querySelector('{PANEL}')?.innerText.includes({quoted})")).await;
}

async fn status_is(page: &Browser, words: &str) {
    let quoted = serde_json::Value::from(words);
    page.until(&format!("document.querySelector('{STATUS}')?.innerText === {quoted}")).await;
}

/// That no camera runs, and that nothing on the page leads to what a code says.
async fn is_harmless(page: &Browser, home: &str) {
    assert_eq!(page.value("document.querySelector('#scan-video')").await, serde_json::Value::Null);
    assert_eq!(page.count(".scan a[href]:not([href^='mailto:'])").await, 0);
    assert_eq!(page.address().await.trim_end_matches('/'), home);
}

fn export(origin: &str) -> String {
    world().link("export").at(origin)
}
