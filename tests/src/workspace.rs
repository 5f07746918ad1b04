//! Where things are, and cargo.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace's folder.
#[must_use]
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Where cargo builds.
#[must_use]
pub fn target() -> PathBuf {
    root().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Runs `cargo` with the given arguments.
///
/// # Panics
/// It fails.
pub fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let status = cargo.current_dir(root()).args(arguments).status().expect("cargo starts");
    assert!(status.success(), "{cargo:?}: {status}");
}
