//! Readers that others wrote accept what we write: records (COSE_Sign1), inclusion and consistency proofs (RFC 6962),
//! checkpoints (C2SP signed-note) and cosignatures; EPCIS documents and event hash ids; PDFs. They come from PyPI, in
//! `requirements.txt`, GS1's schema from npm, and serve these tests alone.

mod epcis;
mod pdf;
mod python;
mod written;

use std::sync::LazyLock;

use written::Written;

static WRITTEN: LazyLock<Written> = LazyLock::new(written::season);

fn read(what: &str, expected: &str) {
    assert_eq!(python::read(what, &WRITTEN.file), expected);
}

#[test]
fn records_are_cose_sign1_and_stand_in_the_log() {
    read("records", &format!("{} records", WRITTEN.records));
}

#[test]
fn inclusion_proofs_are_rfc_6962s() {
    read("inclusion", &format!("{} inclusion proofs", WRITTEN.inclusion));
}

#[test]
fn consistency_proofs_are_rfc_6962s() {
    read("consistency", &format!("{} consistency proofs", WRITTEN.consistency));
}

#[test]
fn checkpoints_and_cosignatures_are_c2sps() {
    let (checkpoints, cosignatures) = WRITTEN.checkpoints;
    read("checkpoints", &format!("{checkpoints} checkpoints, {cosignatures} cosignatures"));
}
