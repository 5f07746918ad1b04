//! `web.installed_verdict`: the second launch of the installed page, its service worker in charge.

use serde_json::{Value, json};
use xtask_bench::figures::{AtMost, report};

use crate::cold::{shown, waterfall};
use crate::lot::Lot;
use crate::phone::{Hardship, Phone};

/// Launches, each with a service worker that was asleep.
const LAUNCHES: usize = 5;
/// Milliseconds.
const LIMIT: f64 = 1_000.0;

pub fn measure(lot: &Lot) {
    let mut phone = Phone::new(Hardship::NONE);
    phone.visit(&lot.url);
    // Fails, saying so, if none takes charge of the page.
    phone.until("navigator.serviceWorker?.controller");
    phone.set(Hardship::SHOP);
    let mut launches: Vec<Value> = (0..LAUNCHES).map(|_| launch(&mut phone, lot)).collect();
    launches.sort_by(|one, other| shown(one).total_cmp(&shown(other)));
    let median = &launches[LAUNCHES / 2];
    let all: Vec<String> = launches.iter().map(|launch| format!("{:.0}", shown(launch))).collect();
    eprintln!("web: installed launches of {} ms; where the median went, in ms:\n{}", all.join(", "), waterfall(median));
    phone.refusals().iter().for_each(|why| eprintln!("web: a worker was not slowed down: {why}"));
    report("web.installed_verdict", shown(median), "ms", Some(AtMost { ratio: 1.0, of: LIMIT }));
}

fn launch(phone: &mut Phone, lot: &Lot) -> Value {
    phone.ask("Page.navigate", json!({"url": "about:blank"}));
    phone.ask("ServiceWorker.enable", json!({}));
    phone.ask("ServiceWorker.stopAllWorkers", json!({}));
    let told = phone.visit(&lot.url);
    assert_eq!(told["controlled"], true, "the service worker was not in charge of the launch");
    let verdict = told["verdict"].as_str().unwrap_or_default();
    assert!(verdict.starts_with("Hồ sơ lô hàng đầy đủ"), "not the verdict that is waited for: {verdict}");
    told
}
