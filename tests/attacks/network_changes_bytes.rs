//! The network, a CDN or a cache changes bytes on the way.

use nguon_core::verify::{Bundle, Outcome};

use crate::support::{at, bundle, invalid, outcome, read_bytes};

/// Position of the `kid`'s content in every record's envelope.
const KID: usize = 49;

fn with_flipped(record: usize, byte: impl Fn(usize) -> usize) -> Outcome {
    let mut bundle = bundle("hung/0614");
    let bytes = &mut bundle.chains[0][record].0;
    let place = byte(bytes.len());
    bytes[place] ^= 1;
    outcome(&bundle)
}

#[test]
fn untouched_it_passes() {
    assert_eq!(outcome(&bundle("hung/0614")), Outcome::Unlogged);
}

#[test]
fn a_changed_signature_does_not_hold() {
    assert_eq!(with_flipped(1, |length| length - 40), invalid("bad_signature", "hung/0614", 1));
}

#[test]
fn a_changed_key_id_is_nobodys() {
    // Of the newest record: of an older one, the next would no longer continue it, which weighs more.
    let last = bundle("hung/0614").chains[0].len() - 1;
    let sequence = u64::try_from(last).unwrap();
    assert_eq!(with_flipped(last, |_| KID + 3), Outcome::UntrustedKey { at: Some(at("hung/0614", sequence)) });
    assert_eq!(with_flipped(1, |_| KID + 3), invalid("wrong_previous", "hung/0614", 2));
}

#[test]
fn a_changed_header_is_no_envelope() {
    assert_eq!(with_flipped(1, |_| 6), invalid("bad_envelope", "hung/0614", 1));
}

#[test]
fn a_changed_version_of_the_content_type_asks_for_newer_software() {
    let mut bundle = bundle("hung/0614");
    bundle.chains[0][1].0[40] = b'2';
    assert_eq!(outcome(&bundle), Outcome::NeedsNewerApp);
}

#[test]
fn every_proper_prefix_of_a_bundle_is_refused() {
    let bytes = bundle("khanh/0625").to_bytes().unwrap();
    for end in 0..bytes.len() {
        let cut = read_bytes(&bytes[..end]).verdict.outcome;
        assert_eq!(cut, Outcome::Invalid { code: "bad_bundle", at: None }, "cut at byte {end}");
    }
    assert_eq!(read_bytes(&bytes).verdict.outcome, Outcome::Incomplete, "whole, it says that the lot is still empty");
}

#[test]
fn bytes_after_the_end_are_refused() {
    let mut bytes = bundle("hung/0614").to_bytes().unwrap();
    assert_eq!(read_bytes(&bytes).verdict.outcome, Outcome::Unlogged);
    bytes.push(0);
    assert_eq!(read_bytes(&bytes).verdict.outcome, Outcome::Invalid { code: "bad_bundle", at: None });
}

#[test]
fn an_empty_answer_is_never_valid() {
    let nothing = Bundle::new(bundle("hung/0614").roots, vec![], vec![]);
    assert_eq!(outcome(&nothing), Outcome::Incomplete);
    let hollow = Bundle::new(bundle("hung/0614").roots, vec![vec![]], vec![]);
    assert_eq!(outcome(&hollow), Outcome::Invalid { code: "empty_chain", at: None });
}
