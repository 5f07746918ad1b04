//! The data operator puts another name under a record than the one that was signed.

use nguon_core::bytes::ByteString;
use nguon_core::ids::Salt;
use nguon_core::opening::{FieldValue, Opening};
use nguon_core::verify::{Bundle, Outcome};

use crate::support::{at, bundle, outcome, read, season};

fn of<'a>(bundle: &'a mut Bundle, actor: &str) -> &'a mut Opening {
    let first = nguon_core::ids::StatementId::from_bytes(*season().id(actor).as_bytes());
    bundle.openings.iter_mut().find(|opening| opening.record == first).unwrap()
}

fn after(change: impl FnOnce(&mut Bundle)) -> Outcome {
    let mut bundle = bundle("hung/0614");
    assert_eq!(outcome(&bundle), Outcome::Unlogged);
    change(&mut bundle);
    outcome(&bundle)
}

fn bad() -> Outcome {
    Outcome::Invalid { code: "bad_opening", at: Some(at("hung", 0)) }
}

#[test]
fn the_true_name_is_shown() {
    let history = read(&bundle("hung/0614")).history.unwrap();
    assert_eq!(history.name_of(&season().id("hung")).text(), Some("Giáp Văn Hùng"));
}

#[test]
fn another_name() {
    let other = FieldValue::Text("Giáp Văn Hưng".into()).to_bytes();
    assert_eq!(after(|bundle| of(bundle, "hung").value = Some(ByteString(other))), bad());
}

#[test]
fn another_salt() {
    assert_eq!(after(|bundle| of(bundle, "hung").salt = Salt::from_bytes([0; 16])), bad());
}

#[test]
fn another_field() {
    assert_eq!(after(|bundle| of(bundle, "hung").path = "enrolled/phone".into()), bad());
    assert_eq!(after(|bundle| of(bundle, "hung").path = "enrolled/nickname".into()), bad());
}

#[test]
fn no_value_at_all() {
    assert_eq!(after(|bundle| of(bundle, "hung").value = None), bad());
}

#[test]
fn another_persons_name() {
    let theirs = bundle("lan/0614").openings.iter().find(|opening| is_name_of(opening, "lan")).cloned().unwrap();
    let moved = after(|bundle| {
        let mine = of(bundle, "hung");
        *mine = Opening { record: mine.record, ..theirs.clone() };
    });
    assert_eq!(moved, bad());
    // As it was, but in a bundle that does not have that person.
    let stray = after(|bundle| bundle.openings.push(theirs));
    assert_eq!(stray, Outcome::Invalid { code: "stray_opening", at: None });
}

fn is_name_of(opening: &Opening, actor: &str) -> bool {
    opening.record.as_bytes() == season().id(actor).as_bytes()
}

#[test]
fn the_same_name_twice() {
    let twice = after(|bundle| {
        let again = of(bundle, "hung").clone();
        bundle.openings.push(again);
    });
    assert_eq!(twice, Outcome::Invalid { code: "stray_opening", at: Some(at("hung", 0)) });
}
