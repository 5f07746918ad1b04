//! Versions of a trust root after the first.

use nguon_core::bytes::ByteString;
use nguon_core::prelude::*;
use nguon_core::trust::{LogPolicy, LogVerifier};
use serde_json::{Value, json};

use super::logged;
use super::naive::digest;
use super::records::json_view;
use super::roots::{FORMAT, input, signed};
use super::world::{NOW, key, time};
use super::{File, sha256};

/// Version 1 with a log, two of three root keys; the office has the keys 2 and 12.
fn first() -> RootPayload {
    RootPayload { root_keys: root_keys([1, 21, 22]), threshold: 2, ..logged::root_payload() }
}

fn root_keys(numbers: [u8; 3]) -> List<PublicKeyBytes, 1, 32> {
    List::new(numbers.map(|n| PublicKeyBytes::from(key(n))).to_vec()).expect("three")
}

fn next(before: &SignedRoot, change: impl FnOnce(&mut RootPayload)) -> RootPayload {
    let mut payload = before.read_unverified().expect("a payload");
    payload.version += 1;
    payload.previous = Some(ByteString(digest(&[&before.payload.0]).to_vec()));
    payload.issued = time(NOW);
    payload.expires = time(NOW + 90 * 86_400);
    change(&mut payload);
    payload
}

fn chain(first: &SignedRoot, later: &[SignedRoot]) -> Value {
    let later: Vec<Value> = later.iter().map(|root| input(root)["signed_root"].clone()).collect();
    let mut input = input(first);
    input["later"] = later.into();
    input
}

/// The office with these keys, and these retired.
fn office(root: &RootPayload, keys: &[u8], retired: &[u8]) -> List<Authority, 1, 64> {
    let keys_of = |numbers: &[u8]| numbers.iter().map(|n| PublicKeyBytes::from(key(*n))).collect::<Vec<_>>();
    let office = root.authorities.iter().next().expect("the office").clone();
    let retired = (!retired.is_empty()).then(|| List::new(keys_of(retired)).expect("keys"));
    List::of_one(Authority { keys: List::new(keys_of(keys)).expect("keys"), retired, ..office })
}

fn log_of(root: &mut RootPayload) -> &mut LogPolicy {
    root.log.as_mut().expect("a log")
}

fn versions(name: &'static str, purpose: &'static str, cases: Vec<(String, Value, Value)>) -> File {
    let format = json!({
        "input": {"signed_root": FORMAT, "later": "the versions after it"},
        "expect": {
            "deployment": "SHA-256(payload of version 1)", "payload": "the newest, in the JSON view",
            "refused": "the reason", "version": "which of them is refused, counted as they come",
        },
    });
    File { name, kind: "trust_root", purpose, format, shared: None, cases }
}

pub fn good() -> File {
    let first = signed(&first(), &[1, 21]);
    let renewed = signed(&next(&first, |_| {}), &[21, 22]);
    // 21 and 22 are two of the version before, 22 and 23 two of its own.
    let rotated = next(&renewed, |root| {
        root.root_keys = root_keys([22, 23, 24]);
        root.authorities = office(root, &[12, 13], &[2]);
    });
    let rotated = signed(&rotated, &[21, 22, 23]);
    let gone = next(&first, |root| {
        let (id, name) = (AuthorityId::from_bytes([10; 32]), "Chi cục mẫu".parse().expect("text"));
        root.authorities = List::of_one(Authority::new(id, name, key(14).into()));
    });
    let moved = next(&first, |root| {
        log_of(root).key = key(210).into();
        log_of(root).witness_threshold = 1;
    });
    let chains = [
        ("renewed", vec![renewed.clone()]),
        ("renewed, then root keys and an authority's key exchanged", vec![renewed, rotated]),
        ("an authority leaves, and another comes", vec![signed(&gone, &[1, 22])]),
        ("the log has another key, and needs one witness", vec![signed(&moved, &[1, 22])]),
    ];
    let cases = chains.map(|(name, later)| {
        let newest = later.last().expect("a version");
        let expect = json!({"deployment": sha256(&[&first.payload.0]), "payload": json_view(&newest.payload.0)});
        (name.to_owned(), chain(&first, &later), expect)
    });
    let purpose = "Versions of a trust root that follow each other (SPEC.md section 8).";
    versions("trust_root_versions_good", purpose, cases.to_vec())
}

pub fn bad() -> File {
    let first = signed(&first(), &[1, 21]);
    let with = |change: &dyn Fn(&mut RootPayload)| vec![signed(&next(&first, change), &[1, 21, 22])];
    let mut cases = Vec::new();
    let mut refused = |name: &str, later: Vec<SignedRoot>, reason: &str| {
        let expect = json!({"refused": reason, "version": later.len() + 1});
        cases.push((name.to_owned(), chain(&first, &later), expect));
    };
    for (name, later, reason) in out_of_order(&first) {
        refused(name, later, reason);
    }
    let by = |keys: &[u8]| vec![signed(&next(&first, |_| {}), keys)];
    let exchanged = |keys: &[u8]| vec![signed(&next(&first, |root| root.root_keys = root_keys([31, 32, 33])), keys)];
    refused("too few of the version before", exchanged(&[1, 31, 32]), "signatures_before");
    refused("too few of its own", exchanged(&[1, 21, 31]), "signatures");
    refused("nobody signed", by(&[]), "signatures_before");
    refused("one key twice", by(&[1, 1]), "signatures_before");
    refused("issued before the version before", with(&|root| root.issued = time(NOW - 2 * 86_400)), "backwards");
    refused("expired when issued", with(&|root| root.expires = root.issued), "dates");
    refused("without the log", with(&|root| root.log = None), "log");
    let moved = |root: &mut RootPayload| log_of(root).origin = "other.example/log".parse().expect("a name");
    refused("another origin", with(&moved), "log");
    refused("a witness named with a space", with(&|root| rename(root, "w 1.example")), "key_name");
    refused("two witnesses of one name", with(&|root| rename(root, logged::W2.0)), "twice");
    refused("a witness's address without a scheme", with(&|root| readdress(root, "w1.example")), "address");
    let keys = |keys: &'static [u8], retired: &'static [u8]| {
        move |root: &mut RootPayload| root.authorities = office(root, keys, retired)
    };
    refused("a key goes without being retired", with(&keys(&[12], &[])), "retired");
    refused("a retired key that still counts", with(&keys(&[2, 12], &[2])), "twice");
    let retired = signed(&next(&first, keys(&[12], &[2])), &[1, 21]);
    let after = |change: &dyn Fn(&mut RootPayload)| vec![retired.clone(), signed(&next(&retired, change), &[1, 21])];
    refused("a retired key is forgotten", after(&keys(&[12], &[])), "retired");
    refused("a retired key comes back", after(&keys(&[2, 12], &[])), "retired");
    refused("a later format, signed by the version before", vec![of_later_format(&first, &[1, 21])], "newer");
    refused("a later format that nobody signed", vec![of_later_format(&first, &[30, 31])], "signatures_before");
    let without = signed(&super::world::root_payload(), &[1]);
    let gains = signed(&next(&without, |root| root.log = logged::root_payload().log), &[1]);
    let expect = json!({"refused": "log", "version": 2});
    cases.push(("a log where there was none".into(), chain(&without, &[gains]), expect));
    let purpose = "Versions of a trust root that do not follow the one before, and why.";
    versions("trust_root_versions_bad", purpose, cases)
}

fn out_of_order(first: &SignedRoot) -> [(&'static str, Vec<SignedRoot>, &'static str); 5] {
    let second = signed(&next(first, |_| {}), &[1, 21]);
    let third = signed(&next(&second, |_| {}), &[1, 21]);
    let other = RootPayload { expires: time(NOW + 31 * 86_400), ..self::first() };
    let after_other = signed(&next(&signed(&other, &[1, 21]), |_| {}), &[1, 21]);
    let after_none = signed(&next(first, |root| root.previous = None), &[1, 21]);
    [
        ("a version skipped", vec![third], "version"),
        ("version 1 again", vec![first.clone()], "version"),
        ("version 2 again", vec![second.clone(), second], "version"),
        ("after another version 1", vec![after_other], "previous"),
        ("without the hash of the version before", vec![after_none], "previous"),
    ]
}

/// Version 2 with a field that nobody knows yet; longer than any other key, it stands at the end of the map.
fn of_later_format(first: &SignedRoot, keys: &[u8]) -> SignedRoot {
    let mut payload = signed(&next(first, |_| {}), &[]).payload;
    payload.0[0] += 1;
    payload.0.extend([0x78, 25]);
    payload.0.extend(b"a_field_of_later_versions");
    payload.0.push(1);
    let mut signed = SignedRoot { payload, signatures: Vec::new() };
    keys.iter().for_each(|n| signed.add_signature(key(*n)));
    signed
}

fn first_witness(root: &mut RootPayload, change: impl Fn(&mut LogVerifier)) {
    let log = log_of(root);
    let mut witnesses: Vec<LogVerifier> = log.witnesses.iter().cloned().collect();
    change(&mut witnesses[0]);
    log.witnesses = List::new(witnesses).expect("as many");
}

fn rename(root: &mut RootPayload, name: &str) {
    first_witness(root, |witness| witness.name = name.parse().expect("a code"));
}

fn readdress(root: &mut RootPayload, url: &str) {
    first_witness(root, |witness| witness.url = Some(url.parse().expect("text")));
}
