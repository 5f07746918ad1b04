//! In Chromium's WebAssembly, compiled as the shopper's page is.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use nguon_tests::serve;
use tempfile::TempDir;
use xtask_bench::best::ROUNDS;
use xtask_bench::bundle::Sample;
use xtask_bench::native::Times;

/// Times the two in turn, as the native bench does, and posts the sums of the best times in milliseconds.
const HTML: &str = r#"<!doctype html><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">
<script type="module">
try {
  const { default: init, Subject } = await import("./bench.js");
  await init({ module_or_path: "./bench_bg.wasm" });
  const bytes = async name => new Uint8Array(await (await fetch(name)).arrayBuffer());
  const subject = new Subject(await bytes("root"), await bytes("bundle"));
  const rounds = Number(new TextDecoder().decode(await bytes("rounds")));
  const pieces = subject.pieces();
  const whole = Array(pieces + 2).fill(Infinity), signatures = Array(pieces).fill(Infinity);
  const time = (best, piece, work) => {
    const from = performance.now();
    work();
    best[piece] = Math.min(best[piece], performance.now() - from);
  };
  for (let round = 0; round < rounds; round++) {
    time(whole, pieces, () => subject.begin());
    for (let piece = 0; piece < pieces; piece++) {
      time(whole, piece, () => subject.step());
      time(signatures, piece, () => subject.signatures(piece));
    }
    time(whole, pieces + 1, () => subject.finish());
    await new Promise(next => setTimeout(next));
  }
  const sum = times => times.reduce((sum, time) => sum + time, 0);
  await fetch("/", { method: "POST", body: `${sum(whole)} ${sum(signatures)}` });
} catch (error) {
  await fetch("/", { method: "POST", body: `failed: ${error} ${error.stack}` });
}
</script>"#;

/// A folder with the compiled bench.
pub struct Page(TempDir);

impl Page {
    pub fn compile() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        compile(folder.path());
        Self(folder)
    }

    pub fn times(&self, sample: &Sample) -> Times {
        let folder = self.0.path();
        let rounds = ROUNDS.to_string();
        let files = [("root", &sample.root[..]), ("bundle", &sample.bundle[..]), ("rounds", rounds.as_bytes())];
        for (name, bytes) in files {
            std::fs::write(folder.join(name), bytes).expect("a file");
        }
        let served = serve::folder(folder, HTML);
        let profile = tempfile::tempdir().expect("a folder");
        let _browser = Chromium::open(&served.origin, profile.path());
        let posted = served.posted.recv().expect("an answer");
        let times: Option<Vec<f64>> = posted.split(' ').map(|time| time.parse().ok()).collect();
        match times.as_deref() {
            Some([whole, signatures]) => Times { whole: *whole, signatures: *signatures },
            _ => panic!("{posted}"),
        }
    }
}

/// Writes `bench.js` and `bench_bg.wasm`, or takes those compiled before with other settings (`NGUON_BENCH_WASM`).
fn compile(folder: &Path) {
    if let Some(compiled) = std::env::var_os("NGUON_BENCH_WASM") {
        for name in ["bench.js", "bench_bg.wasm"] {
            std::fs::copy(Path::new(&compiled).join(name), folder.join(name)).expect("a compiled bench");
        }
        return;
    }
    let out = folder.display().to_string();
    let mut bind = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    bind.args(["run", "--quiet", "-p", "xtask", "--", "bindgen", "nguon-bench-wasm", "bench", &out]);
    bind.stdout(Stdio::from(std::io::stderr()));
    assert!(bind.status().expect("cargo starts").success(), "the bench was not compiled to wasm");
}

/// A browser with one page, ended with all its processes.
struct Chromium(Child);

impl Chromium {
    fn open(url: &str, folder: &Path) -> Self {
        let mut browser = Command::new(find());
        browser.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]);
        browser.args(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
        browser.args(["--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]);
        browser.arg(format!("--user-data-dir={}", folder.display())).arg(url);
        browser.env("HOME", folder).env("TMPDIR", folder).process_group(0).stdout(Stdio::null()).stderr(Stdio::null());
        Self(browser.spawn().expect("chromium starts"))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

fn find() -> PathBuf {
    if let Some(path) = std::env::var_os("NGUON_CHROMIUM") {
        return path.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found =
        names.iter().find_map(|name| std::env::split_paths(&path).map(|dir| dir.join(name)).find(|p| p.is_file()));
    found.expect("no chromium on this machine: apt-get install chromium")
}
