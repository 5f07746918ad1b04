//! `cargo xtask`: the project's own build system.
//!
//! | command | does |
//! |---|---|
//! | `cargo xtask demo` | builds everything, registers a lychee season on a server of its own and prints a QR code for each verdict |
//! | `cargo xtask test [quick]` | everything that must hold, or in a few minutes what needs no browser |
//! | `cargo xtask spec [--check]` | the tables of `SPEC.md` that the code gives |
//! | `cargo xtask web` | the shopper's page as a folder that any host can serve, within its byte budget; `--app inspect`: the inspector's |
//! | `cargo xtask bench [GROUP] [--json]` | every public number, measured again |
//!
//! Each step says what it does and how long it took. What it needs from the machine it finds or installs
//! ([`tools`]); what cannot be had it names together with the command that would install it, and fails: nothing skips
//! itself. The page builder is a package of its own, `xtask/web`, since it is heavy to compile.

mod bench;
mod demo;
mod shell;
mod spec;
mod test;
mod tools;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, tests and shows Nguồn.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the shopper's page (or another) into web/dist/verify and weigh it
    Web(web::Args),
    /// Run everything that must hold, and close with `N passed, N failed`
    Test(test::Args),
    /// Write the tables of SPEC.md that the code gives
    Spec(spec::Args),
    /// Serve a registered season and print a QR code for each verdict, until Ctrl-C
    Demo(demo::Args),
    /// Measure every public number
    Bench(bench::Args),
    /// Compile a wasm library of the workspace and bind it to JavaScript, for a test or bench that is run by itself
    #[command(hide = true)]
    Bindgen(web::BindgenArgs),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Web(args) => web::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Spec(args) => spec::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Bindgen(args) => web::bindgen(&args.package, &args.name, &args.out),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
