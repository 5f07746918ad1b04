//! What the same browser needs for the signatures alone, and whether it is as slow as it was told to be.

use std::path::Path;
use std::process::{Command, Stdio};

use nguon_tests::serve;

use crate::lot::Lot;
use crate::phone::{Hardship, Phone};

const PAGE: &str = r#"<!doctype html><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">
<script type="module">
const { default: init, Subject } = await import("./bench.js");
await init({ module_or_path: "./bench_bg.wasm" });
const bytes = async name => new Uint8Array(await (await fetch(name)).arrayBuffer());
const subject = new Subject(await bytes("root"), await bytes("bundle"));
window.signatures = () => {
  const from = performance.now();
  for (let piece = 0; piece < subject.pieces(); piece++) { subject.signatures(piece); }
  return performance.now() - from;
};
</script>"#;

/// Times of all signatures; the first are slow, until the browser has compiled what is hot.
const ROUNDS: usize = 9;

/// Milliseconds of `verify_strict` over a lot's signatures, on the page's processor; the median.
pub fn milliseconds(lot: &Lot) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    compile(folder.path());
    for (name, bytes) in [("root", &lot.root), ("bundle", &lot.bundle)] {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let served = serve::folder(folder.path(), PAGE);
    let mut phone = Phone::new(Hardship { slowdown: Hardship::SHOP.slowdown, ..Hardship::NONE });
    phone.ask("Page.navigate", serde_json::json!({"url": served.origin}));
    phone.until("window.signatures");
    median((0..ROUNDS).map(|_| phone.value("signatures()").as_f64().expect("a time")).collect())
}

/// # Panics
/// The browser computes as fast as before: nothing that it says means anything then.
pub fn check_slowdown(phone: &mut Phone) {
    const WORK: &str = "(() => { const from = performance.now(); let x = 1; \
        for (let i = 0; i < 2e7; i++) { x = (x * 16807) % 2147483647; } \
        return performance.now() - from + (x ? 0 : 1); })()";
    let time = |phone: &mut Phone| median((0..5).map(|_| phone.value(WORK).as_f64().expect("a time")).collect());
    let slow = time(phone);
    phone.set(Hardship::NONE);
    let fast = time(phone);
    eprintln!("web: the page computes {:.1} times slower than this machine", slow / fast);
    assert!(slow > 3.0 * fast, "the browser was not slowed down: {slow} ms beside {fast} ms");
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn compile(folder: &Path) {
    let out = folder.display().to_string();
    let mut bind = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    bind.args(["run", "--quiet", "-p", "xtask", "--", "bindgen", "nguon-bench-wasm", "bench", &out]);
    bind.stdout(Stdio::from(std::io::stderr()));
    assert!(bind.status().expect("cargo starts").success(), "the bench was not compiled to wasm");
}
