//! `cargo xtask test`: everything that must hold. A step that fails does not hide those after it; all are counted.

mod steps;
mod tally;

use std::time::Instant;

use anyhow::{Result, bail};

use crate::shell;
use crate::test::tally::Tally;

/// Options of `cargo xtask test`.
#[derive(clap::Args)]
pub struct Args {
    /// `quick`: formatting, lints and native tests only; no browser, no wasm, no documentation
    scope: Option<Scope>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Scope {
    Quick,
}

/// Runs every step, says which failed, and closes with `N passed, N failed`.
///
/// # Errors
/// A step failed.
pub fn run(args: &Args) -> Result<()> {
    let started = Instant::now();
    let mut tally = Tally::default();
    let mut failures = Vec::new();
    let steps = if args.scope == Some(Scope::Quick) { steps::QUICK } else { steps::ALL };
    for step in steps {
        if let Err(error) = (step.run)(&mut tally) {
            shell::say(format_args!("   FAILED: {error:#}"));
            failures.push(format!("{}: {error:#}", step.name));
        }
    }
    if tally.ignored > 0 {
        failures.push(format!("{} tests were ignored, and nothing may skip itself", tally.ignored));
    }
    shell::say(format_args!("\n{:.0} s in all", started.elapsed().as_secs_f64()));
    for failure in &failures {
        shell::say(format_args!("failed: {failure}"));
    }
    println!("{tally}");
    if !failures.is_empty() || tally.failed > 0 {
        bail!("{} of {} steps failed", failures.len(), steps.len());
    }
    Ok(())
}
