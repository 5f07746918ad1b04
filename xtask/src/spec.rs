//! `cargo xtask spec`: the tables of `SPEC.md` that the code gives, so that the page cannot drift from it.

use anyhow::Result;

use crate::{shell, tools};

/// Options of `cargo xtask spec`.
#[derive(clap::Args)]
pub struct Args {
    /// Change nothing, and fail if the page has not what the code gives
    #[arg(long)]
    check: bool,
}

/// Writes the tables, or checks them. What does it lives with the tests that hold the page to the code.
///
/// # Errors
/// They differ, under `--check`; or it cannot be built.
pub fn run(args: &Args) -> Result<()> {
    tools::c_compiler()?;
    let mut tables =
        shell::cargo(["run", "--locked", "--quiet", "--package", "nguon-tests", "--example", "spec_tables"]);
    if args.check {
        tables.args(["--", "--check"]);
    }
    shell::run("tables of SPEC.md", &mut tables)
}
