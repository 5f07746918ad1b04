//! What the project needs from the machine besides Rust: found, installed from the distribution, or named.

pub mod apt;
pub mod browser;
pub mod wasm;

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::shell;

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

/// Makes sure of npm, by which the accessibility checker comes, and the pictures that readers of codes are compared on.
///
/// # Errors
/// It is missing and cannot be installed.
pub fn npm() -> Result<()> {
    if find("npm").is_some() { Ok(()) } else { apt::install("npm", &["npm"]) }
}

/// Makes sure of poppler's programs, by which tests read the PDF files that are printed.
///
/// # Errors
/// They are missing and cannot be installed.
pub fn poppler() -> Result<()> {
    let found = ["pdftotext", "pdftoppm", "pdffonts"].iter().all(|name| find(name).is_some());
    if found { Ok(()) } else { apt::install("poppler, which reads PDF files,", &["poppler-utils"]) }
}

/// Makes sure of `cargo fmt` and `cargo clippy`.
///
/// # Errors
/// One is missing and rustup cannot bring it.
pub fn fmt_and_clippy() -> Result<()> {
    for (tool, component, package) in [("fmt", "rustfmt", "rustfmt"), ("clippy", "clippy", "rust-clippy")] {
        let missing = || !shell::succeeds(&mut shell::cargo([tool, "--version"]));
        if !missing() {
            continue;
        }
        if find("rustup").is_some() {
            let mut add = shell::command("rustup");
            shell::run(&format!("add {component}"), add.args(["component", "add", component]))?;
        }
        if missing() {
            bail!(
                "`cargo {tool}` is missing. Please run:\n    rustup component add {component}\n\
                 or, where Rust is the distribution's:\n    sudo apt-get install -y {package}"
            );
        }
    }
    Ok(())
}
