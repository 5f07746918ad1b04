//! Every vector file through the same code in Chromium's wasm: the answers are those of the native run, but for the words in
//! which people are told of a fault. What browsers get is built without most of them.
//!
//! `cargo xtask test` compiles the wasm first and says where it is (`NGUON_VECTORS`); run by hand, the test compiles it.

use std::path::{Path, PathBuf};

use nguon_tests::browser::{Browser, Look};
use nguon_tests::{serve, workspace};
use serde_json::Value;

const PAGE: &str = r#"<!doctype html><meta charset="utf-8"><title>vectors</title><link rel="icon" href="data:,">
<script type="module">
try {
  const { default: init, run } = await import("./vectors.js");
  await init({ module_or_path: "./vectors_bg.wasm" });
  window.run = run;
} catch (error) {
  window.failed = `${error}`;
}
</script>"#;

/// The folder of `vectors.js` and `vectors_bg.wasm`.
fn compiled() -> PathBuf {
    if let Some(folder) = std::env::var_os("NGUON_VECTORS") {
        return folder.into();
    }
    let folder = workspace::target().join("e2e/vectors");
    let out = folder.display().to_string();
    workspace::cargo(["run", "--quiet", "-p", "xtask", "--", "bindgen", "nguon-vectors-wasm", "vectors", &out]);
    folder
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/data");
    let files = std::fs::read_dir(folder).expect("the vectors").map(|file| file.expect("a file").path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    files
}

fn without_words(answers: &str) -> Value {
    let mut answers: Value = serde_json::from_str(answers).expect("answers are JSON");
    for result in answers["results"].as_array_mut().expect("results") {
        if let Some(got) = result["got"].as_object_mut() {
            got.remove("message");
        }
    }
    answers
}

#[test]
fn chromium_answers_as_the_native_run_does() {
    let served = serve::folder(&compiled(), PAGE);
    Browser::run(&Look::default(), async |browser| {
        browser.open(&served.origin).await;
        browser.until("window.run || window.failed").await;
        assert_eq!(browser.text_of("window.failed ?? ''").await, "");
        let files = files();
        assert!(files.len() > 10);
        for path in files {
            let text = std::fs::read_to_string(&path).expect("a vector file");
            let native = nguon_vectors_wasm::run(&text);
            assert!(native.contains("\"holds\":true"), "{}: {native}", path.display());
            let there = browser.call("window.run(arguments[0])", vec![text.into()]).await;
            let there = there.as_str().unwrap_or_else(|| panic!("{}: {there}", path.display()));
            assert_eq!(without_words(there), without_words(&native), "{}", path.display());
        }
    });
}
