//! Trust roots.

use nguon_core::prelude::*;
use serde_json::{Value, json};

use super::records::json_view;
use super::world::{NOW, key, root_payload, time};
use super::{File, hex, sha256};

/// Three root keys, of which two must sign.
fn two_of_three() -> RootPayload {
    let keys = [1, 21, 22].map(|n| PublicKeyBytes::from(key(n)));
    RootPayload { root_keys: List::new(keys.to_vec()).expect("three"), threshold: 2, ..root_payload() }
}

pub fn signed(payload: &RootPayload, by: &[u8]) -> SignedRoot {
    let keys: Vec<&SigningKey> = by.iter().map(|n| key(*n)).collect();
    SignedRoot::sign(payload, &keys).expect("signed")
}

pub fn input(signed: &SignedRoot) -> Value {
    json!({"signed_root": hex(&signed.to_bytes().expect("encoded"))})
}

pub const FORMAT: &str = "{payload, signatures: [{key, signature}]} in deterministic CBOR, hexadecimal";

pub fn good() -> File {
    let roots = [
        ("one key, one signature", signed(&root_payload(), &[1])),
        ("two of three", signed(&two_of_three(), &[1, 22])),
        ("all three, and a stranger", signed(&two_of_three(), &[22, 30, 21, 1])),
        ("the same twice does no harm where enough others sign", signed(&two_of_three(), &[1, 1, 21])),
    ];
    let cases = roots.into_iter().map(|(name, root)| {
        let expect = json!({"deployment": sha256(&[&root.payload.0]), "payload": json_view(&root.payload.0)});
        (name.to_owned(), input(&root), expect)
    });
    File {
        name: "trust_roots_good",
        kind: "trust_root",
        purpose: "Trust roots whose threshold of distinct root keys signed (SPEC.md, trust root).",
        shared: None,
        format: json!({
            "input": {"signed_root": FORMAT},
            "expect": {"deployment": "SHA-256(payload)", "payload": "what it says, in the JSON view"},
        }),
        cases: cases.collect(),
    }
}

pub fn bad() -> File {
    let payload = two_of_three();
    let mut other_payload = signed(&payload, &[1, 21]);
    other_payload.payload = signed(&RootPayload { expires: time(NOW * 2), ..payload.clone() }, &[]).payload;
    let mut claimed = signed(&payload, &[1, 30]);
    claimed.signatures[1].key = KeyId::of(&key(21).into());
    let weak = {
        let mut point = [0; 32];
        point[0] = 1;
        PublicKeyBytes::from_bytes(point)
    };
    let with_keys =
        |keys: Vec<PublicKeyBytes>| RootPayload { root_keys: List::new(keys).expect("keys"), ..payload.clone() };
    let with = |payload: RootPayload| signed(&payload, &[1, 21, 22]);
    let roots = [
        ("no signature", signed(&payload, &[]), "signatures"),
        ("one where two are needed", signed(&payload, &[1]), "signatures"),
        ("one key twice", signed(&payload, &[1, 1]), "signatures"),
        ("a stranger for the second", signed(&payload, &[1, 30]), "signatures"),
        ("a stranger under a root key's name", claimed, "signatures"),
        ("signatures over another payload", other_payload, "signatures"),
        ("a threshold of none", with(RootPayload { threshold: 0, ..payload.clone() }), "threshold"),
        ("a threshold nobody can reach", with(RootPayload { threshold: 4, ..payload.clone() }), "threshold"),
        ("a root key twice", with(with_keys(vec![key(1).into(), key(21).into(), key(1).into()])), "twice"),
        ("a weak root key", with(with_keys(vec![key(1).into(), key(21).into(), weak])), "key"),
        ("expired when issued", with(RootPayload { expires: payload.issued, ..payload.clone() }), "dates"),
        ("version 2", with(RootPayload { version: 2, ..payload.clone() }), "version"),
    ];
    let mut cases: Vec<(String, Value, Value)> = roots
        .into_iter()
        .map(|(name, root, reason)| (name.to_owned(), input(&root), json!({"refused": reason})))
        .collect();
    let bytes = signed(&payload, &[1, 21]).to_bytes().expect("encoded");
    let cut = json!({"signed_root": hex(&bytes[..bytes.len() - 1])});
    cases.push(("its last byte missing".into(), cut, json!({"refused": "not_canonical"})));
    cases.push(("an empty map".into(), json!({"signed_root": "a0"}), json!({"refused": "shape"})));
    File {
        name: "trust_roots_bad",
        kind: "trust_root",
        purpose: "Trust roots that are refused, and why.",
        shared: None,
        format: json!({"input": {"signed_root": FORMAT}, "expect": {"refused": "the reason"}}),
        cases,
    }
}
