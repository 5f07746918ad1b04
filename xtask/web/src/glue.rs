//! Makes wasm-bindgen's module smaller by what a page has no use for: the ways to start that load.js does not take, and
//! names of sixty letters, each with a hash, that stand in the module and in the wasm file.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};

/// How that begins for which load.js has its own.
const STARTER: [&str; 6] = [
    "function initSync(",
    "let __wbg_init_promise;",
    "async function __wbg_init(",
    "async function __wbg_init_once(",
    "async function __wbg_load(",
    "export {",
];

/// The module without its own ways to start.
///
/// # Errors
/// One of them is not there: this version of wasm-bindgen writes it otherwise.
pub fn without_starter(module: &str) -> Result<String> {
    let mut rest = module.to_owned();
    for start in STARTER {
        let mut lines = rest.match_indices(start).map(|(at, _)| at);
        let from = lines.find(|&at| rest[..at].trim_end_matches(' ').ends_with('\n'));
        let length = from.and_then(|from| statement(&rest[from..]));
        let (from, length) =
            from.zip(length).with_context(|| format!("wasm-bindgen wrote no `{start}`: see glue.rs"))?;
        rest.replace_range(from..from + length, "");
    }
    Ok(rest)
}

/// The length of the function or the statement on one line at the beginning of a text, in which braces come in pairs.
fn statement(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at + 1),
            '}' => depth = depth.checked_sub(1)?,
            '\n' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// Gives every name that the module calls a function of the wasm file by, or the wasm file one of the module's, a short one:
/// in `names`, which the wasm file declares, and in the module. A name that the module does not know stays as it is.
///
/// # Errors
/// A module that has names like the short ones already.
pub fn with_short_names<'a>(module: &str, names: impl Iterator<Item = &'a mut String>) -> Result<String> {
    // The others, such as `memory`, are short, and words of other things too.
    let generated = |name: &&mut String| name.starts_with("__") || name.starts_with("wasm_bindgen_");
    let mut known: BTreeMap<&str, Option<String>> = words(module).map(|(word, _)| (word, None)).collect();
    ensure!(!known.keys().any(|word| word.starts_with('$')), "wasm-bindgen's names begin with `$` now: see glue.rs");
    for (index, name) in names.filter(generated).enumerate() {
        if let Some(short) = known.get_mut(name.as_str()) {
            *name = format!("${index:x}");
            *short = Some(name.clone());
        }
    }
    let short = |word| known.get(word).and_then(Option::as_deref).unwrap_or(word);
    Ok(words(module).flat_map(|(word, between)| [short(word), between]).collect())
}

/// What wasm-bindgen calls its own helpers and what it passes: none of them is a word of anything else.
const HELPERS: [&str; 24] = [
    "arg0",
    "arg1",
    "arg2",
    "arg3",
    "arg4",
    "ret",
    "getStringFromWasm0",
    "getDataViewMemory0",
    "getUint8ArrayMemory0",
    "getArrayU8FromWasm0",
    "getArrayJsValueFromWasm0",
    "passStringToWasm0",
    "passArrayJsValueToWasm0",
    "addToExternrefTable0",
    "takeFromExternrefTable0",
    "cachedDataViewMemory0",
    "cachedUint8ArrayMemory0",
    "WASM_VECTOR_LEN",
    "CLOSURE_DTORS",
    "isLikeNone",
    "handleError",
    "makeMutClosure",
    "makeClosure",
    "import0",
];

/// The module with short names for wasm-bindgen's helpers, and without a name for what is only returned.
///
/// # Errors
/// A module that has names like the short ones already.
pub fn with_short_helpers(module: &str) -> Result<String> {
    ensure!(
        !words(module).any(|(word, _)| word.starts_with("_$")),
        "wasm-bindgen's names begin with `_$`: see glue.rs"
    );
    let short = |word| HELPERS.iter().position(|helper| *helper == word).map(|index| format!("_${index:x}"));
    let named: String = words(module)
        .flat_map(|(word, between)| [short(word).unwrap_or_else(|| word.to_owned()), between.to_owned()])
        .collect();
    let mut lines: Vec<String> = Vec::new();
    for line in named.lines() {
        let value = lines.last().and_then(|before| before.trim().strip_prefix("const _$5 = ")?.strip_suffix(';'));
        match value.map(str::to_owned).filter(|_| line.trim() == "return _$5;") {
            Some(value) => {
                lines.pop();
                lines.push(format!("return {value};"));
            }
            None => lines.push(line.to_owned()),
        }
    }
    Ok(lines.join("\n"))
}

/// The words of a text, each with what stands between it and the next.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let of_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$');
    let mut rest = text;
    std::iter::from_fn(move || {
        let word = rest.find(|letter| !of_word(letter)).unwrap_or(rest.len());
        let both = word + rest[word..].find(of_word).unwrap_or(rest.len() - word);
        let found = (&rest[..word], &rest[word..both]);
        rest = &rest[both..];
        (!found.0.is_empty() || !found.1.is_empty()).then_some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: &str = "\
let wasm;
function __wbg_get_imports() {
    return { __wbg_now_1f: function() { return Date.now(); } };
}
function wasm_bindgen_0c__invoke(a) {
    wasm.wasm_bindgen_0c__invoke(a, wasm.memory);
}
function initSync(module) {
    if (module) {
    }
    return module;
}
let __wbg_init_promise;
async function __wbg_init(a) {
}
async function __wbg_init_once(a) {
}
async function __wbg_load(a) {
    return `${a}`;
}
export { initSync, __wbg_init as default };
const last = 1;
";

    #[test]
    fn what_load_js_does_is_left_out() {
        let module = without_starter(MODULE).unwrap();
        assert!(!module.contains("init") && !module.contains("load") && !module.contains("export"), "{module}");
        assert!(module.contains("const last = 1;"), "{module}");
        assert!(module.contains("wasm.memory);\n}\n"), "{module}");
        assert!(without_starter(&module).is_err(), "it is there once");
    }

    #[test]
    fn both_sides_know_the_short_names() {
        let module = without_starter(MODULE).unwrap();
        let mut names = ["__wbg_now_1f", "wasm_bindgen_0c__invoke", "memory"].map(str::to_owned);
        let module = with_short_names(&module, names.iter_mut()).unwrap();
        assert_eq!(names, ["$0", "$1", "memory"]);
        assert!(module.contains("return { $0: function() { return Date.now(); } };"), "{module}");
        assert!(module.contains("function $1(a) {\n    wasm.$1(a, wasm.memory);"), "{module}");
        assert!(module.contains("__wbg_get_imports"), "{module}");
    }

    #[test]
    fn helpers_are_short_and_what_is_only_returned_has_no_name() {
        let module =
            "function f(arg0) {\n    const ret = isLikeNone(arg0);\n    return ret;\n}\nfunction isLikeNone(x) {\n}";
        let short = "function f(_$0) {\nreturn _$13(_$0);\n}\nfunction _$13(x) {\n}";
        assert_eq!(with_short_helpers(module).unwrap(), short);
        let kept = "const ret = a;\nuse(ret);\nreturn ret;";
        assert_eq!(
            with_short_helpers(kept).unwrap(),
            kept.replace("ret;", "_$5;").replace("ret =", "_$5 =").replace("(ret)", "(_$5)")
        );
        assert!(with_short_helpers("let _$1;").is_err());
    }

    #[test]
    fn a_name_that_only_one_side_knows_stays() {
        let mut name = "__abort_handler".to_owned();
        assert_eq!(with_short_names(" a(__abort)", [&mut name].into_iter()).unwrap(), " a(__abort)");
        assert_eq!(name, "__abort_handler");
        assert!(with_short_names("let $0;", [&mut name].into_iter()).is_err());
    }
}
