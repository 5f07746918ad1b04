//! Somebody sends bytes that were never meant to be read: each gets a clear answer, none a panic.

use std::sync::LazyLock;

use nguon_core::admit::Statement;
use nguon_core::cbor::{CanonicalFault, Limits, check};
use nguon_core::envelope::{EnvelopeError, MAX_RECORD, SignedRecord};
use nguon_core::fault::Fault;
use nguon_core::ledger::Ledger;
use nguon_core::trust::TrustRoot;
use nguon_core::verify::Outcome;
use proptest::prelude::*;

use crate::support::{read_bytes, season};

const BAD_BUNDLE: Outcome = Outcome::Invalid { code: "bad_bundle", at: None };

/// Which record of the season is mangled.
const RECORD: usize = 40;

/// A server that is about to get it.
static SERVER: LazyLock<Ledger> = LazyLock::new(|| {
    let mut ledger = Ledger::new(season().ledger.trust().clone());
    for signed in &season().journal[..RECORD] {
        ledger.admit(signed.clone()).unwrap();
    }
    ledger
});

fn record() -> Vec<u8> {
    season().journal[RECORD].as_bytes().to_vec()
}

fn statement(bytes: Vec<u8>) -> Result<Statement, Fault> {
    Statement::from_bytes(bytes, season().ledger.trust().deployment())
}

#[test]
fn a_record_cut_at_any_byte_says_where_it_ends() {
    let whole = record();
    assert!(statement(whole.clone()).is_ok());
    for end in 0..whole.len() {
        let refused = SignedRecord::from_bytes(whole[..end].to_vec()).unwrap_err();
        assert_eq!(refused, EnvelopeError::Truncated(end));
    }
}

#[test]
fn a_trust_root_cut_at_any_byte_is_none() {
    let whole = season().ledger.trust().signed().to_bytes().unwrap();
    assert!(TrustRoot::from_bytes(&whole).is_ok());
    for end in 0..whole.len() {
        assert!(TrustRoot::from_bytes(&whole[..end]).is_err(), "cut at byte {end}");
    }
}

#[test]
fn nesting_without_end() {
    let limits = Limits { length: 1 << 20, depth: 8 };
    for opening in [0x81_u8, 0xa1, 0xc1, 0x9f, 0xbf, 0x5f] {
        let deep = vec![opening; 1 << 20];
        assert!(check(&deep, limits).is_err(), "{opening:#x}");
        assert_eq!(read_bytes(&deep).verdict.outcome, BAD_BUNDLE);
    }
    let arrays = check(&[0x81; 64], limits).unwrap_err();
    assert_eq!(arrays.fault, CanonicalFault::TooDeep);
}

#[test]
fn lengths_that_no_memory_holds() {
    for major in [0x40_u8, 0x60, 0x80, 0xa0] {
        let mut bytes = vec![major | 27];
        bytes.extend_from_slice(&u64::MAX.to_be_bytes());
        assert_eq!(read_bytes(&bytes).verdict.outcome, BAD_BUNDLE, "{major:#x}");
        assert!(SignedRecord::from_bytes(bytes).is_err());
    }
    // A true envelope whose payload claims to be longer than any computer's memory.
    let mut bytes = record()[..82].to_vec();
    bytes.push(0x5b);
    bytes.extend_from_slice(&u64::MAX.to_be_bytes());
    bytes.resize(300, 0);
    assert_eq!(SignedRecord::from_bytes(bytes), Err(EnvelopeError::Truncated(300)));
}

#[test]
fn a_record_longer_than_the_limit() {
    let bytes = vec![0xd2; MAX_RECORD + 1];
    assert_eq!(SignedRecord::from_bytes(bytes), Err(EnvelopeError::TooLong(MAX_RECORD + 1)));
}

#[test]
fn unmangled_the_server_takes_it() {
    assert!(SERVER.clone().admit(SignedRecord::from_bytes(record()).unwrap()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn noise_is_no_bundle(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        prop_assert_eq!(read_bytes(&bytes).verdict.outcome, BAD_BUNDLE);
    }

    #[test]
    fn noise_is_no_record(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        prop_assert!(statement(bytes).is_err());
    }

    #[test]
    fn a_true_envelope_around_noise_is_no_record(payload in prop::collection::vec(any::<u8>(), 0..256)) {
        let true_one = &season().journal[RECORD];
        let signed = SignedRecord::assemble(true_one.key_id(), &payload, &true_one.signature()).unwrap();
        prop_assert!(statement(signed.as_bytes().to_vec()).is_err());
    }

    /// Bytes put in, taken out or replaced anywhere: an answer, and never a good one.
    #[test]
    fn a_mangled_record_is_refused_by_a_server(at in any::<prop::sample::Index>(), cut in 0_usize..4, put in prop::collection::vec(any::<u8>(), 0..4)) {
        let whole = record();
        let start = at.index(whole.len());
        let end = (start + cut).min(whole.len());
        let mut mangled = whole.clone();
        mangled.splice(start..end, put);
        prop_assume!(mangled != whole);
        if let Ok(signed) = SignedRecord::from_bytes(mangled) {
            prop_assert!(SERVER.clone().admit(signed).is_err());
        }
    }
}
