//! Somebody reads public bundles to learn who farms where, and on which number they can be called.

use std::collections::BTreeSet;

use nguon_core::ids::Salt;
use nguon_core::opening::{FieldValue, digests};
use nguon_core::record::Record;

use crate::support::{bundle, season};

#[test]
fn no_name_stands_in_a_bundle_without_its_opening() {
    let mut stripped = bundle("packer/export");
    let named = stripped.to_bytes().unwrap();
    stripped.openings.clear();
    let nameless = stripped.to_bytes().unwrap();
    for name in ["Giáp Văn Hùng", "Hoàng Thị Sửu", "Vi Văn Thắng"] {
        assert!(contains(&named, name), "{name} is opened by policy");
        assert!(!contains(&nameless, name), "{name}");
    }
}

#[test]
fn no_number_plate_coordinate_or_note_is_given_out() {
    let bytes = bundle("packer/export").to_bytes().unwrap();
    for secret in ["+84", "98C-", "sâu đục", "sương mai"] {
        assert!(!contains(&bytes, secret), "{secret}");
    }
    assert!(contains(&bytes, "abamectin"), "what was sprayed is public");
}

#[test]
fn a_guess_cannot_be_tried_against_a_digest() {
    let guess = FieldValue::Text("Giáp Văn Hùng".into());
    let record = Record::from_payload(season().ledger.records(&season().id("hung"))[0].payload()).unwrap();
    let (path, digest) = digests(&record).into_iter().find(|(path, _)| path == "enrolled/name").unwrap();
    assert_ne!(guess.seal(&Salt::from_bytes([0; 16]), &path), digest);
    let opening = season().openings.iter().find(|one| one.about == season().id("hung")).unwrap();
    assert_eq!(guess.seal(&opening.opening.salt, &path), digest, "with the salt it can");
}

#[test]
fn the_same_person_cannot_be_followed_from_record_to_record() {
    let operators: Vec<_> = season()
        .ledger
        .records(&season().id("hung/plot"))
        .iter()
        .flat_map(|signed| digests(&Record::from_payload(signed.payload()).unwrap()))
        .filter(|(path, _)| path.ends_with("/operator"))
        .map(|(_, digest)| digest)
        .collect();
    assert!(operators.len() > 5);
    assert_eq!(operators.iter().collect::<BTreeSet<_>>().len(), operators.len());
}

fn contains(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}
