//! What the project needs from the machine besides Rust: found, installed from the distribution, or named.

pub mod apt;
pub mod browser;
pub mod wasm;

use std::path::PathBuf;

use anyhow::Result;

/// `name` in the folders of `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Makes sure of a C compiler: SQLite and the TLS library of the command line are compiled with it.
///
/// # Errors
/// There is none and it cannot be installed.
pub fn c_compiler() -> Result<()> {
    let found = std::env::var_os("CC").is_some() || ["cc", "gcc", "clang"].iter().any(|name| find(name).is_some());
    if found { Ok(()) } else { apt::install("a C compiler", &["gcc", "libc6-dev"]) }
}
