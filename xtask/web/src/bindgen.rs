//! wasm-bindgen as a library: its version is locked with the one the pages are compiled with (see the test).

use std::path::Path;
use std::str::FromStr;

use anyhow::{Context as _, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::carve::{Carved, Moved, carve};
use crate::glue;

/// A page's program: one JavaScript module and the wasm file it starts.
pub struct Program {
    /// A module that imports and exports nothing: `__wbg_get_imports` and `__wbg_finalize_init` are for load.js to call.
    pub module: String,
    /// The wasm file.
    pub wasm: Vec<u8>,
    /// What was carved out of it, by name.
    pub part: Option<(String, Vec<u8>)>,
}

/// `NAME=DOOR[,DOOR]`: what a page's program fetches later, and the functions by which the rest comes to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    name: String,
    doors: Vec<String>,
}

impl FromStr for Part {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (name, doors) = text.split_once('=').context("NAME=DOOR[,DOOR]")?;
        ensure!(
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
            "a part's name is a-z and `-`: {name:?}"
        );
        let doors: Vec<String> = doors.split(',').map(str::to_owned).collect();
        ensure!(doors.iter().all(|door| !door.is_empty()), "a door has a name");
        Ok(Self { name: name.to_owned(), doors })
    }
}

/// The module and the wasm file of a wasm-bindgen program.
///
/// # Errors
/// A file that is not what wasm-bindgen of this version expects, and a program with JavaScript files of its own: the
/// `integrity` of one script element could not cover them.
pub fn module(wasm_file: &Path, part: Option<&Part>) -> Result<Program> {
    let mut bindgen = prepare(wasm_file, "app")?;
    // By the linker's names the part is told; it is carved without them.
    bindgen.remove_name_section(part.is_none()).demangle(part.is_none());
    let mut output = bindgen.generate_output().with_context(|| format!("{}", wasm_file.display()))?;
    let module = glue::without_starter(output.js())?;
    ensure!(
        !module.lines().any(|line| line.starts_with("import ")),
        "the program brings JavaScript files of its own (`inline_js`, `module`): put that script into load.js"
    );
    let wasm = output.wasm_mut();
    let imports = wasm.imports.iter_mut().map(|import| &mut import.name);
    let exports = wasm.exports.iter_mut().map(|export| &mut export.name);
    let module = glue::with_short_helpers(&glue::with_short_names(&module, imports.chain(exports))?)?;
    let foreign = wasm.imports.iter().find(|import| !import.name.starts_with('$'));
    ensure!(foreign.is_none(), "the program needs what the module does not bring: {foreign:?}");
    let whole = wasm.emit_wasm();
    let Some(part) = part else { return Ok(Program { module, wasm: whole, part: None }) };
    let linked = std::fs::read(wasm_file).with_context(|| format!("{}", wasm_file.display()))?;
    let carved = Moved::behind(&part.doors, &linked).and_then(|moved| carve(&whole, &moved));
    let Carved { first, part: carved } = carved.with_context(|| part.name.clone())?;
    Ok(Program { module, wasm: first, part: Some((part.name.clone(), carved)) })
}

/// Writes `NAME.js` and `NAME_bg.wasm` into `out`.
///
/// # Errors
/// As [`module`], and files that cannot be written.
pub fn emit(wasm: &Path, name: &str, out: &Path) -> Result<()> {
    prepare(wasm, name)?.generate(out).with_context(|| format!("{}", wasm.display()))?;
    println!("wrote {name}.js and {name}_bg.wasm to {}", out.display());
    Ok(())
}

fn prepare(wasm: &Path, name: &str) -> Result<Bindgen> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name(name).web(true)?;
    bindgen.typescript(false).remove_name_section(true).remove_producers_section(true);
    Ok(bindgen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_a_name_and_doors() {
        let part: Part = "tasks=a::b,c::".parse().unwrap();
        assert_eq!(part, Part { name: "tasks".to_owned(), doors: vec!["a::b".to_owned(), "c::".to_owned()] });
        for bad in ["", "tasks", "tasks=", "Tasks=a", "tasks=a,"] {
            assert!(bad.parse::<Part>().is_err(), "{bad}");
        }
    }

    /// The two sides speak a format that changes with every version.
    #[test]
    fn one_version_of_wasm_bindgen() {
        let lock = include_str!("../../../Cargo.lock");
        let version = |name: &str| {
            let entry = lock.split("[[package]]").find(|entry| entry.contains(&format!("name = \"{name}\"\n")));
            entry.and_then(|entry| entry.split("version = \"").nth(1)?.split('"').next())
        };
        assert!(version("wasm-bindgen").is_some());
        assert_eq!(version("wasm-bindgen"), version("wasm-bindgen-cli-support"));
    }
}
