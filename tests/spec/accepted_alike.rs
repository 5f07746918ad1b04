//! The page's CDDL and the code's decoders accept the same: the fullest values, and each of them with one thing changed.

use std::collections::BTreeSet;

use ciborium::Value;
use nguon_core::cbor::{Decode, Limits, from_canonical, to_canonical};
use nguon_core::event::EventName;
use nguon_core::opening::PersonalOpening;
use nguon_core::recalls::{self, RecallList};
use nguon_core::record::Record;
use nguon_core::trust::{RootPayload, SignedRoot};
use nguon_core::verify::{Absence, Bundle, Part, Proof, Stage};

use crate::cddl::{assert_leaves_nothing_out, bytes, event_names, fits, keys, value};
use crate::samples;

const LIMITS: Limits = Limits { length: 32 * 1024, depth: 8 };

/// Every value that differs from this one by a field or item less, a field more, or another value in one place; with the
/// name of the outermost field in which it differs.
fn changed(value: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    match value {
        Value::Map(entries) => {
            for (at, (_, value)) in entries.iter().enumerate() {
                let mut less = entries.clone();
                less.remove(at);
                all.push(Value::Map(less));
                all.extend(changed(value).into_iter().map(|value| {
                    let mut other = entries.clone();
                    other[at].1 = value;
                    Value::Map(other)
                }));
            }
            // Longer than any other key, so that it is in its place at the end.
            let mut more = entries.clone();
            more.push(("a_field_that_nobody_has_ever_defined".into(), 1.into()));
            all.push(Value::Map(more));
        }
        Value::Array(items) => {
            all.push(Value::Array(Vec::new()));
            for (at, item) in items.iter().enumerate() {
                all.extend(changed(item).into_iter().map(|item| {
                    let mut other = items.clone();
                    other[at] = item;
                    Value::Array(other)
                }));
            }
        }
        Value::Bytes(bytes) => {
            all.push(Value::Bytes([bytes.as_slice(), &[0]].concat()));
            all.push(Value::Bytes(bytes[1..].to_vec()));
            all.push(0.into());
        }
        Value::Text(text) => {
            all.push(String::new().into());
            all.push(format!("{text}?{}", "x".repeat(120)).into());
            all.push(Value::Bytes(text.clone().into_bytes()));
        }
        Value::Integer(_) => all.extend([0.into(), (-1).into(), (1_u64 << 40).into(), "1".into(), true.into()]),
        other => panic!("our subset has no {other:?}"),
    }
    all
}

/// What changes only in fields that the page's words, and not its CDDL, restrict further.
fn differs_in_words_only(whole: &Value, other: &Value, fields: &[&str]) -> bool {
    let entry = |value: &Value, field: &str| {
        let entries = value.as_map().expect("a map").iter();
        entries.clone().find(|(key, _)| key.as_text() == Some(field)).map(|(_, value)| value.clone())
    };
    fields.iter().any(|field| entry(whole, field) != entry(other, field))
}

fn assert_alike(rule: &str, whole: &[u8], in_words: &[&str], accepts: impl Fn(&[u8]) -> bool) {
    let whole_value = value(whole);
    assert_eq!(bytes(&whole_value), whole, "what is written again is the same");
    assert!(fits(rule, &whole_value) && accepts(whole), "{rule}: {whole_value:?}");
    let mut refused = 0;
    for other in changed(&whole_value) {
        let (page, code) = (fits(rule, &other), accepts(&bytes(&other)));
        refused += usize::from(!page);
        let only_in_words = page && !code && differs_in_words_only(&whole_value, &other, in_words);
        assert!(page == code || only_in_words, "{rule}: page {page}, code {code}: {other:?}");
    }
    assert!(refused > 3);
}

fn decodes<T: Decode>(bytes: &[u8]) -> bool {
    from_canonical::<T>(bytes, LIMITS).is_ok()
}

/// Chain, previous and nonce stand in a later or in a first record, which only `sequence` tells apart.
const BY_POSITION: &[&str] = &["chain", "previous", "nonce", "sequence"];

#[test]
fn records() {
    let accepts = |bytes: &[u8]| Record::from_payload(bytes).is_ok();
    for event in samples::events() {
        let later = samples::later(event.clone()).to_payload().unwrap();
        assert_alike("record", &later, BY_POSITION, accepts);
        assert_leaves_nothing_out("record", &value(&later), &["nonce"]);
        let first = samples::first(event).to_payload().unwrap();
        assert_leaves_nothing_out("record", &value(&first), &["chain", "previous"]);
    }
    let first = samples::first(samples::events().remove(0)).to_payload().unwrap();
    assert_alike("record", &first, BY_POSITION, accepts);
}

#[test]
fn event_names_on_the_page() {
    let known: BTreeSet<String> = EventName::ALL.iter().map(|name| name.as_str().to_owned()).collect();
    assert_eq!(event_names(), (known.clone(), known));
}

#[test]
fn trust_roots() {
    let root = to_canonical(&samples::root(), LIMITS).unwrap();
    // `previous` is compared with a hash, so that what is not as long as one is refused there.
    let accepts = |bytes: &[u8]| {
        let hashed = |root: RootPayload| root.previous.is_none_or(|previous| previous.0.len() == 32);
        from_canonical(bytes, LIMITS).is_ok_and(hashed)
    };
    assert_alike("root", &root, &[], accepts);
    assert_leaves_nothing_out("root", &value(&root), &[]);
    let signed = samples::signed_root().to_bytes().unwrap();
    assert_alike("signed_root", &signed, &[], decodes::<SignedRoot>);
    assert_leaves_nothing_out("signed_root", &value(&signed), &[]);
}

#[test]
fn openings() {
    let opening = to_canonical(&samples::personal_opening(), LIMITS).unwrap();
    assert_alike("personal_opening", &opening, &[], decodes::<PersonalOpening>);
    assert_leaves_nothing_out("personal_opening", &value(&opening), &[]);
}

#[test]
fn bundles() {
    let bundle = samples::bundle().to_bytes().unwrap();
    assert_leaves_nothing_out("bundle", &value(&bundle), &[]);
    // A bundle without roots, chains or records can be read, and its verdict is what it lacks.
    let accepts = |bytes: &[u8]| {
        let holds = |bundle: Bundle| !bundle.roots.is_empty() && !bundle.chains.iter().any(Vec::is_empty);
        Bundle::from_bytes(bytes).is_ok_and(|bundle| !bundle.chains.is_empty() && holds(bundle))
    };
    assert_alike("bundle", &bundle, &[], accepts);
    assert_eq!(keys(&value(&bundle)).len(), 5);
}

/// Version, number of parts and pairs are read, and refused when they are looked at.
#[test]
fn proofs() {
    let proof = samples::proof().to_bytes().unwrap();
    let accepts = |bytes: &[u8]| {
        let holds = |proof: Proof| proof.version == 1 && are_places(&proof.roots) && !proof.chains.is_empty();
        Proof::from_bytes(bytes).is_ok_and(holds)
    };
    assert_alike("proof", &proof, &[], accepts);
    assert_leaves_nothing_out("proof", &value(&proof), &[]);
    let absence = samples::absence().to_bytes().unwrap();
    let accepts = |bytes: &[u8]| {
        let holds = |absence: Absence| absence.version == 1 && are_places(&absence.places) && !absence.roots.is_empty();
        Absence::from_bytes(bytes).is_ok_and(holds)
    };
    assert_alike("absence", &absence, &[], accepts);
    assert_leaves_nothing_out("absence", &value(&absence), &[]);
}

/// Roots and their places are looked at once all has come.
#[test]
fn stages() {
    let stage = samples::stage().to_bytes().unwrap();
    let accepts = |bytes: &[u8]| {
        let holds = |stage: Stage| are_places(&stage.places) && !stage.roots.is_empty();
        Stage::from_bytes(bytes).is_ok_and(holds)
    };
    assert_alike("stage", &stage, &[], accepts);
    assert_leaves_nothing_out("stage", &value(&stage), &[]);
    let part = to_canonical(&samples::part(), LIMITS).unwrap();
    assert_alike("part", &part, &[], |bytes| Part::from_bytes(bytes).is_ok());
    assert_leaves_nothing_out("part", &value(&part), &[]);
}

fn are_places(places: &[Vec<u64>]) -> bool {
    !places.is_empty() && places.iter().all(|place| place.len() == 2)
}

#[test]
fn lists_of_recalls() {
    let list = to_canonical(&samples::recall_list(), recalls::LIMITS).unwrap();
    let accepts = |bytes: &[u8]| from_canonical(bytes, recalls::LIMITS).is_ok_and(|list: RecallList| list.version == 1);
    assert_alike("recall_list", &list, &[], accepts);
    assert_leaves_nothing_out("recall_list", &value(&list), &[]);
}
