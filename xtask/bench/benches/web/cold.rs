//! `web.cold_verdict`: from the address to the verdict, nothing of it kept from before.

use serde_json::Value;
use xtask_bench::figures::{AtMost, Wanted, report};

use crate::lot::Lot;
use crate::phone::{Hardship, Phone};
use crate::strict;

/// Visits, each in a browser of its own.
const VISITS: usize = 5;
/// Milliseconds.
const LIMIT: f64 = 3_000.0;

pub fn measure(wanted: &Wanted, lot: &Lot) {
    let mut visits: Vec<Value> = (0..VISITS).map(|_| visit(lot)).collect();
    visits.sort_by(|one, other| shown(one).total_cmp(&shown(other)));
    let median = &visits[VISITS / 2];
    let all: Vec<String> = visits.iter().map(|visit| format!("{:.0}", shown(visit))).collect();
    eprintln!("web: cold visits of {} ms; where the median went, in ms:\n{}", all.join(", "), waterfall(median));
    if wanted.has("web.cold_verdict") {
        report("web.cold_verdict", shown(median), "ms", Some(AtMost { ratio: 1.0, of: LIMIT }));
    }
    if wanted.has("web.signatures") {
        report("web.signatures", strict::milliseconds(lot), "ms", None);
    }
}

fn visit(lot: &Lot) -> Value {
    let mut phone = Phone::new(Hardship::SHOP);
    let told = phone.visit(&lot.url);
    let verdict = told["verdict"].as_str().unwrap_or_default();
    assert!(verdict.starts_with("Hồ sơ lô hàng đầy đủ"), "not the verdict that is waited for: {verdict}");
    strict::check_slowdown(&mut phone);
    told
}

/// Milliseconds from the navigation to the verdict on the screen.
pub fn shown(told: &Value) -> f64 {
    told["marks"]["shown"].as_f64().expect("a time")
}

/// What was loaded when, and what was computed.
pub fn waterfall(told: &Value) -> String {
    let number = |value: &Value| value.as_f64().unwrap_or_default();
    let mut lines: Vec<(f64, String)> = Vec::new();
    for load in told["loads"].as_array().into_iter().flatten() {
        let [start, first, end] = ["start", "first", "end"].map(|name| number(&load[name]));
        let name = load["name"].as_str().unwrap_or_default();
        // Hosts are ports of this machine.
        let name = name.split_once("://").map_or(name, |(_, rest)| rest);
        let line = format!("{start:6.0} asked  {first:6.0} first byte  {end:6.0} all of {:>6}  {name}", load["bytes"]);
        lines.push((start, line));
    }
    let marks = told["marks"].as_object().into_iter().flatten().map(|(name, at)| (number(at), name.clone()));
    let paints = told["paints"].as_array().into_iter().flatten();
    let paints = paints.map(|paint| (number(&paint[1]), paint[0].as_str().unwrap_or_default().to_owned()));
    lines.extend(marks.chain(paints).map(|(at, name)| (at, format!("{at:6.0} {name}"))));
    for task in told["tasks"].as_array().into_iter().flatten() {
        let [start, duration] = ["start", "duration"].map(|name| number(&task[name]));
        lines.push((start, format!("{start:6.0} a task of {duration:.0}")));
    }
    lines.sort_by(|one, other| one.0.total_cmp(&other.0));
    lines.into_iter().map(|(_, line)| format!("  {line}\n")).collect()
}
