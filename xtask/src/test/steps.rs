//! What must hold, in the order of what fails soonest.

use std::process::Command;

use anyhow::Result;

use crate::demo::season::{Profile, Season};
use crate::test::tally::Tally;
use crate::{shell, tools, web};

/// One thing that must hold.
pub struct Step {
    /// What it is called when it fails.
    pub name: &'static str,
    /// Does it, and counts its tests.
    pub run: fn(&mut Tally) -> Result<()>,
}

/// What needs neither browser nor wasm.
pub const QUICK: &[Step] = &[
    Step { name: "formatting", run: formatting },
    Step { name: "lints", run: lints },
    Step { name: "native tests", run: native_tests },
];

/// Everything.
pub const ALL: &[Step] = &[
    Step { name: "formatting", run: formatting },
    Step { name: "lints", run: lints_beside_pages },
    Step { name: "all tests", run: all_tests },
    Step { name: "page budget", run: page_budget },
    Step { name: "fuzz corpora", run: fuzz_corpora },
    Step { name: "documentation", run: documentation },
];

fn formatting(_: &mut Tally) -> Result<()> {
    tools::fmt_and_clippy()?;
    shell::run("formatting", &mut shell::cargo(["fmt", "--all", "--check"]))
}

fn lints(_: &mut Tally) -> Result<()> {
    tools::c_compiler()?;
    let arguments =
        ["clippy", "--locked", "--workspace", "--all-targets", "--all-features", "--", "--deny", "warnings"];
    shell::run("lints", &mut shell::cargo(arguments))
}

/// Beside them the pages' programs are compiled: each of the two leaves a core idle for minutes, and their folders are apart.
fn lints_beside_pages(tally: &mut Tally) -> Result<()> {
    tools::c_compiler()?;
    tools::wasm::ensure()?;
    std::thread::scope(|scope| {
        let pages = scope.spawn(|| web::compile(&[web::App::Verify, web::App::Inspect, web::App::Farm]));
        let linted = lints(tally);
        let compiled = pages.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        linted.and(compiled)
    })
}

/// Among them, that `SPEC.md` has the tables that the code gives (`cargo xtask spec --check`).
///
/// The page builder is left out: it takes longer to compile than all these tests to run.
fn native_tests(tally: &mut Tally) -> Result<()> {
    tools::c_compiler()?;
    tools::poppler()?;
    count("native tests", &mut cargo_test(&["--workspace", "--exclude", "xtask-web"]), tally)
}

/// Builds all that the end-to-end tests start or open, tells them where it is, and runs every test.
fn all_tests(tally: &mut Tally) -> Result<()> {
    tools::c_compiler()?;
    tools::wasm::ensure()?;
    let browser = tools::browser::ensure()?;
    tools::npm()?;
    tools::poppler()?;
    let folder = shell::target().join("test");
    let root = Season::build(Profile::Dev)?.root(&folder.join("season"), None)?;
    let built = |app, name: &str| {
        web::page(&web::Args { app, root: Some(root.clone()), out: Some(folder.join(name)), ..web::Args::default() })
    };
    let (page, inspect) = (built(web::App::Verify, "verify")?, built(web::App::Inspect, "inspect")?);
    let farm = built(web::App::Farm, "farm")?;
    let vectors = folder.join("vectors");
    web::bindgen("nguon-vectors-wasm", "vectors", &vectors)?;
    let mut programs = shell::cargo(["build", "--locked", "--package", "nguon-ingest", "--package", "nguon-cli"]);
    shell::run("build the server and the command line", &mut programs)?;

    let mut test = cargo_test(&["--workspace", "--features", "nguon-tests/browser,nguon-tests/third_party"]);
    test.env("NGUON_BIN", shell::target().join("debug"))
        .env("NGUON_CHROMEDRIVER", browser.driver)
        .env("NGUON_CHROMIUM", browser.browser)
        .env("NGUON_PAGE", page)
        .env("NGUON_INSPECT_PAGE", inspect)
        .env("NGUON_FARM_PAGE", farm)
        .env("NGUON_ROOT", root)
        .env("NGUON_VECTORS", vectors);
    count("all tests", &mut test, tally)
}

/// Of the pages that the end-to-end tests opened.
fn page_budget(_: &mut Tally) -> Result<()> {
    for app in [web::App::Verify, web::App::Inspect, web::App::Farm] {
        let sizes = web::FirstLoad::of(app)?;
        sizes.check()?;
        sizes.check_scanner()?;
        sizes.check_desk()?;
    }
    Ok(())
}

/// Each fuzz target over its corpus, on the stable compiler: `fuzz/` is a workspace of its own, since its other users
/// are sanitizers.
fn fuzz_corpora(tally: &mut Tally) -> Result<()> {
    let mut test = cargo_test(&["--manifest-path", "fuzz/Cargo.toml"]);
    count("fuzz corpora", test.arg("--target-dir").arg(shell::target().join("fuzz")), tally)
}

fn documentation(_: &mut Tally) -> Result<()> {
    let mut doc = shell::cargo(["doc", "--locked", "--workspace", "--no-deps", "--all-features"]);
    shell::run("documentation", doc.env("RUSTDOCFLAGS", "--deny warnings"))
}

fn cargo_test(args: &[&str]) -> Command {
    let mut test = shell::cargo(["test", "--locked", "--no-fail-fast"]);
    test.args(args);
    test
}

fn count(title: &str, test: &mut Command, tally: &mut Tally) -> Result<()> {
    shell::run_reading(title, test, |line| {
        println!("{line}");
        tally.read(line);
    })
}
