//! Building what is not built yet.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use crate::workspace::{cargo, target};

/// The folder of `nguon-ingest`, `nguon` and `season`.
pub(super) fn programs() -> PathBuf {
    if let Some(folder) = env::var_os("NGUON_BIN") {
        return folder.into();
    }
    cargo(["build", "--quiet", "--bins", "-p", "nguon-ingest", "-p", "nguon-cli", "-p", "nguon-examples"]);
    target().join("debug")
}

/// The trust root of the sample season.
pub(super) fn root(programs: &Path) -> PathBuf {
    if let Some(file) = env::var_os("NGUON_ROOT") {
        return file.into();
    }
    let folder = folder("root");
    let mut season = Command::new(programs.join("season"));
    let status = season.arg("--root-only").arg("--out").arg(&folder).status().expect("season starts");
    assert!(status.success(), "season: {status}");
    folder.join("root.nguon")
}

/// The page with this trust root in it.
pub(super) fn page(root: &Path) -> PathBuf {
    if let Some(folder) = env::var_os("NGUON_PAGE") {
        return folder.into();
    }
    let folder = target().join("e2e/page");
    web(root, &folder, &[]);
    folder
}

/// The page for records on another origin. What was compiled for [`page`] does for this one too.
pub(super) fn page_for(root: &Path, api: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the page");
    web(root, &folder.path().join("page"), &["--no-build", "--api", api]);
    folder
}

/// The page with another trust root in it.
pub(super) fn page_with(root: &Path) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the page");
    web(root, &folder.path().join("page"), &["--no-build"]);
    folder
}

/// The inspector's page with this trust root in it, compiled once.
pub(super) fn inspector_with(root: &Path) -> TempDir {
    static COMPILED: AtomicBool = AtomicBool::new(false);
    other_with(root, "inspect", "NGUON_INSPECT_PAGE", &COMPILED)
}

/// The farmer's app with the world's trust root in it.
pub(super) fn farm(root: &Path) -> PathBuf {
    if let Some(folder) = env::var_os("NGUON_FARM_PAGE") {
        return folder.into();
    }
    let folder = target().join("e2e/farm");
    web(root, &folder, &["--app", "farm", "--unmeasured"]);
    folder
}

/// The farmer's app with this trust root in it, compiled once.
pub(super) fn farm_with(root: &Path) -> TempDir {
    static COMPILED: AtomicBool = AtomicBool::new(false);
    other_with(root, "farm", "NGUON_FARM_PAGE", &COMPILED)
}

fn other_with(root: &Path, app: &str, built: &str, compiled: &AtomicBool) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the page");
    let here = compiled.swap(true, Ordering::Relaxed) || env::var_os(built).is_some();
    let mut more = vec!["--app", app, "--unmeasured"];
    more.extend(here.then_some("--no-build"));
    web(root, &folder.path().join("page"), &more);
    folder
}

/// One page at a time: they share what was compiled, and the languages written out of it.
static BUILDING: Mutex<()> = Mutex::new(());

fn web(root: &Path, out: &Path, more: &[&str]) {
    let _building = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    let (root, out) = (root.display().to_string(), out.display().to_string());
    let web = ["run", "--quiet", "-p", "xtask", "--", "web", "--root", &root, "--out", &out];
    cargo(web.into_iter().chain(more.iter().copied()));
}

/// An empty folder of this process.
pub(super) fn folder(name: &str) -> PathBuf {
    let processes = target().join("e2e/run");
    forget_the_dead(&processes);
    let folder = processes.join(std::process::id().to_string()).join(name);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Removes what processes left that are no more: statics are never dropped.
fn forget_the_dead(processes: &Path) {
    for entry in fs::read_dir(processes).into_iter().flatten().map_while(Result::ok) {
        let id = entry.file_name().to_string_lossy().into_owned();
        let mut ask = Command::new("kill");
        if ask.args(["-0", &id]).stderr(Stdio::null()).status().is_ok_and(|status| !status.success()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
