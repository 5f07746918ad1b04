//! A compiler for wasm32: rustup's target where it can be had, else Debian's Rust with its own sources.
//!
//! Not every network reaches rustup's server. Debian's `rustc-web`, `cargo-web`, `rust-web-src` and `lld-22` come from
//! the distribution's mirrors instead; with them the standard library is built along with the page.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::shell;
use crate::tools::{apt, find};

/// The target all pages are compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
/// Debian's linker is named after its version.
const DEBIAN_LINKER: &str = "wasm-ld-22";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
/// What rustup calls Debian's Rust once it is told of it.
const DEBIAN_TOOLCHAIN: &str = "debian";

/// A toolchain that compiles for [`TARGET`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toolchain {
    /// The one that compiles everything else, with the target installed.
    Default,
    /// Debian's, known to rustup as a toolchain.
    DebianByRustup,
    /// Debian's, called by its path.
    DebianByPath,
}

/// What is known of the machine.
#[derive(Clone, Copy, Debug, Default)]
struct Facts {
    /// The default toolchain has the target's standard library.
    target_installed: bool,
    /// There is a rustup.
    rustup: bool,
    /// `rustup target add` was tried and did not help.
    add_tried: bool,
    /// Debian's Rust, its sources and its linker are there.
    debian: bool,
    /// rustup knows Debian's Rust.
    linked: bool,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Use(Toolchain),
    AddTarget,
    InstallDebian,
    LinkDebian,
}

fn next(facts: Facts) -> Step {
    match facts {
        Facts { target_installed: true, .. } => Step::Use(Toolchain::Default),
        Facts { rustup: true, add_tried: false, .. } => Step::AddTarget,
        Facts { debian: false, .. } => Step::InstallDebian,
        Facts { rustup: false, .. } => Step::Use(Toolchain::DebianByPath),
        Facts { linked: false, .. } => Step::LinkDebian,
        Facts { linked: true, .. } => Step::Use(Toolchain::DebianByRustup),
    }
}

/// Finds or installs a toolchain for [`TARGET`].
///
/// # Errors
/// None of the ways works; with what to install.
pub fn ensure() -> Result<Toolchain> {
    let mut add_tried = false;
    loop {
        match next(look(add_tried)) {
            Step::Use(toolchain) => return Ok(toolchain),
            Step::AddTarget => {
                add_tried = true;
                if let Err(error) =
                    shell::run("add the wasm target", shell::command("rustup").args(["target", "add", TARGET]))
                {
                    shell::say(format_args!("   not to be had ({error:#}): using Debian's Rust for wasm"));
                }
            }
            Step::InstallDebian => {
                apt::install("a Rust compiler for wasm", &DEBIAN_PACKAGES)?;
                debian().then_some(()).context("Debian's Rust for wasm is not where its packages put it")?;
            }
            Step::LinkDebian => {
                let mut link = shell::command("rustup");
                shell::run("name Debian's Rust", link.args(["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"]))?;
            }
        }
    }
}

fn look(add_tried: bool) -> Facts {
    let rustup = find("rustup").is_some();
    let toolchains = || shell::capture(shell::command("rustup").args(["toolchain", "list"])).unwrap_or_default();
    Facts {
        target_installed: target_installed(),
        rustup,
        add_tried,
        debian: debian(),
        linked: rustup && toolchains().lines().any(|line| line.split_whitespace().next() == Some(DEBIAN_TOOLCHAIN)),
    }
}

fn target_installed() -> bool {
    let mut rustc = shell::command("rustc");
    let folder = shell::capture(rustc.args(["--print", "target-libdir", "--target", TARGET]));
    let files = folder.ok().and_then(|folder| std::fs::read_dir(folder).ok());
    files.is_some_and(|mut files| {
        files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
    })
}

fn debian() -> bool {
    Path::new(DEBIAN_CARGO).is_file()
        && Path::new("/usr/lib/rustlib/src/rust/library/std").is_dir()
        && find(DEBIAN_LINKER).is_some()
}

/// Compiles a package for wasm under the profile `web`, and gives the file.
///
/// # Errors
/// It does not compile.
pub fn compile(toolchain: Toolchain, package: &str, features: &[String], carved: bool) -> Result<PathBuf> {
    let target = folder(features);
    let mut build = cargo(toolchain);
    // What is to be carved says with its own words which function and which datum refers to which: `xtask/web/src/carve.rs`.
    if carved {
        build.args(["rustc", "--bin", package]);
    } else {
        build.arg("build");
    }
    build.args(["--package", package, "--profile", "web", "--target", TARGET, "--target-dir"]).arg(&target);
    let mut flags = remapped();
    // Half the size of SHA-2 for a hundredth of a verification; and how large a function may be that is written out where it
    // is called: with 0 and with 60 the page is 2 KB larger and more.
    // Faults are told by their kind, without words.
    flags.push_str(" --cfg sha2_backend_soft=\"compact\" --cfg nguon_wordless -Cllvm-args=-inline-threshold=5");
    if has_sources(toolchain) {
        lean(toolchain, &mut build, &mut flags);
    } else {
        shell::say(format_args!("   without rust-src the page is a tenth larger: rustup component add rust-src"));
    }
    if !features.is_empty() {
        build.args(["--features", &features.join(",")]);
    }
    if carved {
        build.args(["--", "-Clink-arg=--emit-relocs"]);
    }
    build.env("RUSTFLAGS", flags);
    shell::run(&format!("compile {package} to wasm"), &mut build)?;
    compiled(package, features)
}

/// Whether the sources of the standard library are there, or could be had.
fn has_sources(toolchain: Toolchain) -> bool {
    let there = || {
        let sysroot = shell::capture(shell::command("rustc").args(["--print", "sysroot"]));
        sysroot.is_ok_and(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std").is_dir())
    };
    toolchain != Toolchain::Default || there() || {
        let mut rustup = shell::command("rustup");
        find("rustup").is_some()
            && shell::run("add the standard library's sources", rustup.args(["component", "add", "rust-src"])).is_ok()
            && there()
    }
}

/// Builds the standard library along, for size, and has a panic stop the program where it stands: the words of panics,
/// which nobody reads on a phone, are a tenth of the page. `boot.js` sees the stop and says so.
fn lean(toolchain: Toolchain, build: &mut Command, flags: &mut String) {
    // These are for the nightly compiler; this is the stable one, with the sources that it was made from.
    build.env("RUSTC_BOOTSTRAP", "1");
    build.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    flags.push_str(" -Zunstable-options -Zlocation-detail=none -Zfmt-debug=none");
    let mut probe = shell::command("rustc");
    if toolchain == Toolchain::DebianByRustup {
        probe.arg(format!("+{DEBIAN_TOOLCHAIN}"));
    }
    probe.env("RUSTC_BOOTSTRAP", "1").args(["-Zunstable-options", "-Cpanic=immediate-abort", "--print", "cfg"]);
    if shell::capture(&mut probe).is_ok() {
        flags.push_str(" -Cpanic=immediate-abort");
    }
}

/// The wasm file that [`compile`] left.
///
/// # Errors
/// There is none.
pub fn compiled(package: &str, features: &[String]) -> Result<PathBuf> {
    let folder = folder(features).join(TARGET).join("web");
    // A binary keeps the package's name, a library's is an identifier.
    let names = [format!("{package}.wasm"), format!("{}.wasm", package.replace('-', "_"))];
    let found = names.iter().map(|name| folder.join(name)).find(|file| file.is_file());
    found.with_context(|| format!("no {} in {}: it is yet to be compiled", names[0], folder.display()))
}

/// Where cargo builds for wasm: apart for each choice of features, so that one is never published for another.
fn folder(features: &[String]) -> PathBuf {
    let name = std::iter::once("web").chain(features.iter().map(String::as_str));
    shell::target().join(name.collect::<Vec<_>>().join("-"))
}

fn cargo(toolchain: Toolchain) -> Command {
    let mut cargo = shell::command(if toolchain == Toolchain::DebianByPath { DEBIAN_CARGO } else { "cargo" });
    if toolchain == Toolchain::DebianByRustup {
        cargo.arg(format!("+{DEBIAN_TOOLCHAIN}"));
    }
    if toolchain != Toolchain::Default {
        // -Zbuild-std is for the nightly compiler; Debian's is the stable one, with the sources that it was made from.
        cargo.env("RUSTC_BOOTSTRAP", "1");
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER);
    }
    cargo
}

/// Panic messages name source files: by the same names on every machine, so that builds can be compared.
fn remapped() -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let mut flags = format!("--remap-path-prefix={}=", shell::root().display());
    if let Some(home) = home {
        flags.push_str(&format!(" --remap-path-prefix={}/registry/src=", home.display()));
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installed_target_is_used_whatever_else_there_is() {
        for bits in 0..16_u8 {
            let [rustup, add_tried, debian, linked] = [1, 2, 4, 8].map(|bit| bits & bit != 0);
            let facts = Facts { target_installed: true, rustup, add_tried, debian, linked };
            assert_eq!(next(facts), Step::Use(Toolchain::Default));
        }
    }

    #[test]
    fn rustup_is_asked_first_and_only_once() {
        let fresh = Facts { rustup: true, debian: true, linked: true, ..Facts::default() };
        assert_eq!(next(fresh), Step::AddTarget);
        assert_eq!(next(Facts { add_tried: true, ..fresh }), Step::Use(Toolchain::DebianByRustup));
    }

    #[test]
    fn debian_is_installed_then_named_then_used() {
        let refused = Facts { rustup: true, add_tried: true, ..Facts::default() };
        assert_eq!(next(refused), Step::InstallDebian);
        let installed = Facts { debian: true, ..refused };
        assert_eq!(next(installed), Step::LinkDebian);
        assert_eq!(next(Facts { linked: true, ..installed }), Step::Use(Toolchain::DebianByRustup));
    }

    #[test]
    fn without_rustup_debian_is_called_by_its_path() {
        assert_eq!(next(Facts::default()), Step::InstallDebian);
        assert_eq!(next(Facts { debian: true, ..Facts::default() }), Step::Use(Toolchain::DebianByPath));
    }

    /// Whatever the machine is like, the steps end: each changes the fact that it answers to.
    #[test]
    fn every_machine_comes_to_an_end() {
        for bits in 0..32_u8 {
            let [target_installed, rustup, add_tried, debian, linked] = [1, 2, 4, 8, 16].map(|bit| bits & bit != 0);
            let mut facts = Facts { target_installed, rustup, add_tried, debian, linked };
            let mut steps = 0;
            loop {
                match next(facts) {
                    Step::Use(_) => break,
                    Step::AddTarget => facts.add_tried = true,
                    Step::InstallDebian => facts.debian = true,
                    Step::LinkDebian => facts.linked = true,
                }
                steps += 1;
                assert!(steps <= 3, "{facts:?}");
            }
        }
    }

    #[test]
    fn debians_compiler_is_told_to_build_the_standard_library() {
        let variables = |toolchain| {
            let cargo = cargo(toolchain);
            cargo.get_envs().filter(|(_, value)| value.is_some()).count()
        };
        assert_eq!(variables(Toolchain::Default), 0);
        assert_eq!(variables(Toolchain::DebianByRustup), 2);
        assert_eq!(cargo(Toolchain::DebianByRustup).get_args().next().unwrap(), "+debian");
        assert_eq!(cargo(Toolchain::DebianByPath).get_program(), DEBIAN_CARGO);
    }
}
