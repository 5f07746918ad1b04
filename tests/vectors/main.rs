//! Every vector file under `vectors/data`, through the core, natively. `vectors_in_browser` runs the same files through the
//! same code in Chromium.

mod make;

use std::collections::BTreeSet;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors/data")
}

fn holds(name: &str) {
    let path = folder().join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let answers: serde_json::Value = serde_json::from_str(&nguon_vectors_wasm::run(&text)).expect("JSON");
    let results = answers["results"].as_array().unwrap_or_else(|| panic!("{name}: {answers}"));
    assert!(!results.is_empty());
    let file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let failed: Vec<String> = results
        .iter()
        .zip(file["cases"].as_array().expect("cases"))
        .filter(|(result, _)| result["holds"] != true)
        .map(|(result, case)| {
            format!("{}\n  expected {}\n  got      {}", result["name"], case["expect"], result["got"])
        })
        .collect();
    assert!(failed.is_empty(), "{} of {} do not hold:\n{}", failed.len(), results.len(), failed.join("\n"));
}

macro_rules! files {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            holds(stringify!($name));
        })+

        const NAMED: &[&str] = &[$(stringify!($name)),+];
    };
}

files! {
    canonical_cbor_good canonical_cbor_bad
    records_good records_bad
    envelopes_good envelopes_bad
    keys signatures field_digests
    trust_roots_good trust_roots_bad trust_root_versions_good trust_root_versions_bad
    admissions_sums admissions_intervals admissions_corrections admissions_chains admissions_bodies
    bundles_unlogged bundles_invalid bundles_incomplete bundles_recalled bundles_suspect bundles_other
    bundles_over_allocated
    log_leaves log_entries map_keys map_proofs inclusion_proofs consistency_proofs
    checkpoints notes cosigned_checkpoints
    logged_bundles_valid logged_bundles_stale logged_bundles_incomplete logged_bundles_invalid logged_bundles_forked
    logged_bundles_other logged_bundles_goods staged_bundles absences recall_lists evidence serial_proofs
}

/// A file that no test names would hold nothing.
#[test]
fn every_file_is_named() {
    let files = std::fs::read_dir(folder()).expect("the vectors");
    let files = files.map(|file| file.expect("a file").path());
    let mut names: Vec<String> =
        files.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
    names.sort();
    let mut named = NAMED.to_vec();
    named.sort_unstable();
    assert_eq!(names, named);
}

/// What only a server's store can know: whose a name is, and which checkpoints there are.
const OF_A_STORE: [&str; 2] = ["bad_anchor", "taken"];

/// Every code that the core has for a fault is what some case expects.
#[test]
fn every_fault_has_a_case() {
    let source = include_str!("../../crates/nguon-core/src/fault.rs");
    let (_, table) = source.split_once("pub const fn code(&self)").expect("the codes");
    let (table, _) = table.split_once("\n    }\n").expect("the end of the codes");
    let codes: BTreeSet<&str> =
        table.split("=> \"").skip(1).map(|rest| rest.split('"').next().expect("a code")).collect();
    assert!(codes.len() > 60 && OF_A_STORE.iter().all(|code| codes.contains(code)));
    let mut expected = BTreeSet::new();
    for name in NAMED {
        let text = std::fs::read_to_string(folder().join(format!("{name}.json"))).expect("a file");
        let file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        for case in file["cases"].as_array().expect("cases") {
            gather(&case["expect"], &mut expected);
        }
    }
    let missing: Vec<&&str> =
        codes.iter().filter(|code| !expected.contains(**code) && !OF_A_STORE.contains(code)).collect();
    assert!(missing.is_empty(), "no case expects {missing:?}");
}

/// Every `code` in an expectation.
fn gather(value: &serde_json::Value, codes: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            codes.extend(fields.get("code").and_then(|code| code.as_str()).map(str::to_owned));
            fields.values().for_each(|value| gather(value, codes));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| gather(item, codes)),
        _ => {}
    }
}

/// The files are what `cargo run -p nguon-tests --example make_vectors` writes: nobody edits one by hand, and a change of the
/// formats shows.
#[test]
fn the_generator_makes_these_files() {
    for file in make::all() {
        let path = folder().join(format!("{}.json", file.name));
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(text == file.text(), "{} is not what the generator makes", path.display());
    }
}

/// So are the corpora of the fuzz targets, which may hold more: what a fuzzer found.
#[test]
fn the_generator_makes_the_corpora() {
    let fuzz = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    for (target, name, bytes) in make::corpora() {
        let path = fuzz.join("corpus").join(target).join(name);
        assert!(std::fs::read(&path).is_ok_and(|found| found == bytes), "{}", path.display());
    }
    let [root, logged] = make::roots();
    assert_eq!(std::fs::read(fuzz.join("src/root.nguon")).expect("a trust root"), root);
    assert_eq!(std::fs::read(fuzz.join("src/root_logged.nguon")).expect("a trust root"), logged);
}
