//! What each fuzz target does with its bytes: parse them and hold what comes of it to a law. A parser that panics, or takes
//! something and does not give it back, fails.
//!
//! `cargo fuzz run NAME` (nightly) feeds them; `cargo test --manifest-path fuzz/Cargo.toml` replays `corpus/NAME/` on stable,
//! and some thousand changed copies of what is there.

mod core;
mod epcis;
mod export;
mod gs1;
mod import;
mod log;
mod scan;
mod serial;
mod tlog;

/// A target: its name and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("canonical", core::canonical),
    ("sequence", core::sequence),
    ("trace_line", core::trace_line),
    ("record", core::record),
    ("json_record", core::json_record),
    ("envelope", core::envelope),
    ("bundle", core::bundle),
    ("trust_root", core::trust_root),
    ("opening", core::opening),
    ("gs1_link", gs1::link),
    ("gs1_typed", gs1::typed),
    ("gs1_gtin", gs1::gtin),
    ("log_leaf", log::leaf),
    ("note", tlog::note),
    ("verifier_key", tlog::verifier_key),
    ("checkpoint", tlog::checkpoint),
    ("add_checkpoint", tlog::add_checkpoint),
    ("tile_path", tlog::tile_path),
    ("entry_bundle", tlog::entry_bundle),
    ("tree_proof", tlog::tree_proof),
    ("map_proof", tlog::map_proof),
    ("proof", log::proof),
    ("logged_bundle", log::logged_bundle),
    ("staged", log::staged),
    ("absence", log::absence),
    ("evidence", log::evidence),
    ("recall_list", log::recall_list),
    ("root_chain", log::root_chain),
    ("serial_proof", serial::proof),
    ("scan_luma", scan::luma),
    ("import_table", import::table),
    ("epcis_document", epcis::document),
    ("epcis_query", epcis::query),
    ("attached_bundle", export::attached),
];

/// Does what the target of this name does.
///
/// # Panics
/// There is no such target, or the bytes break its law.
pub fn run(name: &str, data: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(found, _)| *found == name).expect("a target of this name");
    target(data);
}

/// The body of a target's program: a fuzzer where there is one, else a run over the files named on the command line.
#[macro_export]
macro_rules! program {
    ($name:literal) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|data: &[u8]| $crate::run($name, data));

        #[cfg(not(fuzzing))]
        fn main() -> std::io::Result<()> {
            for file in std::env::args_os().skip(1) {
                $crate::run($name, &std::fs::read(file)?);
            }
            Ok(())
        }
    };
}
