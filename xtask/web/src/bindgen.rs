//! wasm-bindgen as a library: its version is locked with the one the pages are compiled with (see the test).

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::glue;

/// A page's program: one JavaScript module and the wasm file it starts.
pub struct Program {
    /// A module that imports and exports nothing: `__wbg_get_imports` and `__wbg_finalize_init` are for load.js to call.
    pub module: String,
    /// The wasm file.
    pub wasm: Vec<u8>,
}

/// The module and the wasm file of a wasm-bindgen program.
///
/// # Errors
/// A file that is not what wasm-bindgen of this version expects, and a program with JavaScript files of its own: the
/// `integrity` of one script element could not cover them.
pub fn module(wasm: &Path) -> Result<Program> {
    let mut output = prepare(wasm, "app")?.generate_output().with_context(|| format!("{}", wasm.display()))?;
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
    Ok(Program { module, wasm: wasm.emit_wasm() })
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
