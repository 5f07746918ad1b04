//! Writes the tables of `SPEC.md` that the code gives (`cargo xtask spec`); with `--check`, only says whether they are there.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

#[allow(dead_code)] // shared with `tests/spec`, which uses all of it
#[path = "../spec/tables.rs"]
mod tables;

fn main() -> ExitCode {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../SPEC.md");
    let page = fs::read_to_string(&path).expect("SPEC.md can be read");
    let written = tables::written_into(&page);
    if written == page {
        println!("SPEC.md has the tables that the code gives");
    } else if std::env::args().any(|argument| argument == "--check") {
        eprintln!("SPEC.md does not have the tables that the code gives; write them with `cargo xtask spec`");
        return ExitCode::FAILURE;
    } else {
        fs::write(&path, written).expect("SPEC.md can be written");
        println!("SPEC.md now has the tables that the code gives");
    }
    ExitCode::SUCCESS
}
