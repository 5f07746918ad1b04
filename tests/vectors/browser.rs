//! Every vector file through the same code in Chromium's wasm: the answers are those of the native run, to the byte.
//!
//! `cargo xtask test` compiles the wasm first and says where it is (`NGUON_VECTORS`); run by hand, the test compiles it.

use std::path::{Path, PathBuf};

use nguon_tests::browser::{Browser, Look};
use nguon_tests::{serve, workspace};

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
            assert_eq!(there.as_str(), Some(&*native), "{}", path.display());
        }
    });
}
