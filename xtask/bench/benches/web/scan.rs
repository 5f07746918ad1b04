//! `web.scan_block`: how long the page cannot answer a touch while its scanner looks at what the camera sees.

use std::time::Duration;

use nguon_tests::camera;
use serde_json::json;
use xtask_bench::figures::{AtMost, report};

use crate::lot::Lot;
use crate::phone::{Hardship, Phone};

/// Visits, each in a browser of its own.
const VISITS: usize = 3;
/// Milliseconds after which a touch feels unanswered.
const LIMIT: f64 = 50.0;
/// How long it scans: there is no code to be seen, so that it goes on.
const SCANNED: Duration = Duration::from_secs(5);

pub fn measure(lot: &Lot) {
    let video = camera::video((0..30).map(|_| Vec::new()));
    let file = format!("--use-file-for-fake-video-capture={}", video.path().display());
    let flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", &file];
    let origin = lot.url.split("/01/").next().expect("an origin");
    let mut longest: Vec<f64> = (0..VISITS).map(|_| visit(origin, &flags)).collect();
    longest.sort_by(f64::total_cmp);
    eprintln!("web: the longest tasks while scanning, in ms: {longest:.0?}");
    report("web.scan_block", longest[VISITS / 2], "ms", Some(AtMost { ratio: 1.0, of: LIMIT }));
}

fn visit(origin: &str, flags: &[&str]) -> f64 {
    let mut phone = Phone::with(Hardship::NONE, flags);
    phone.trace();
    phone.ask("Page.navigate", json!({"url": origin}));
    phone.until("document.querySelector('#scan-open')");
    phone.value("document.querySelector('#scan-open').click()");
    phone.until("document.querySelector('.scan-view video')?.videoWidth");
    let from = phone.value("performance.now()");
    phone.until(&format!("performance.now() - {from} > {}", SCANNED.as_millis()));
    let scans = phone.value("document.querySelector('.scan-view video')?.videoWidth ?? 0");
    assert!(scans.as_u64() > Some(0) && phone.workers > 0, "the scanner stopped");
    phone.tasks().iter().map(|task| task.took).fold(0.0, f64::max)
}
