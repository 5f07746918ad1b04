//! Section 13, recomputed from the page's words alone: nothing here comes from nguon-core.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value;
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};

use crate::cddl::{bytes, fits, value};
use crate::page::{blocks, section};

fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    Sha256::digest(parts.concat()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 8949 §4.2.1: keys in bytewise order of their encodings.
fn map(entries: Vec<(&str, Value)>) -> Value {
    let mut entries: Vec<(Value, Value)> = entries.into_iter().map(|(key, value)| (key.into(), value)).collect();
    entries.sort_by_key(|(key, _)| bytes(key));
    Value::Map(entries)
}

fn filled(byte: u8, length: usize) -> Value {
    Value::Bytes(vec![byte; length])
}

/// Names and values of the example; a value goes on over lines that are all hexadecimal.
fn printed() -> BTreeMap<&'static str, String> {
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let mut last = "";
    for line in blocks(13, "")[0].lines() {
        match line.rsplit_once(' ') {
            Some((name, value)) => {
                last = name.trim();
                assert!(found.insert(last, value.into()).is_none());
            }
            None => found.get_mut(last).expect("a value goes on").push_str(line),
        }
    }
    found
}

#[test]
fn a_stranger_computes_what_the_page_prints() {
    let key = SigningKey::from_bytes(&[1; 32]);
    let public = key.verifying_key().to_bytes();
    let key_id = sha256(&[b"nguon/key/v1\n", &public]);
    let deployment = sha256(&[b"nguon"]);

    let label = map(vec![("gtin", "09521234000013".into()), ("lot", "LN-0106".into())]);
    let opened = map(vec![("owner", filled(0x22, 32)), ("product", "vải thiều".into()), ("label", label)]);
    let record = map(vec![
        ("version", 1.into()),
        ("kind", "batch".into()),
        ("sequence", 0.into()),
        ("signer", map(vec![("actor", filled(0x22, 32))])),
        ("signed_at", 1_780_272_000.into()),
        ("utc_offset", 420.into()),
        ("event", map(vec![("opened", opened)])),
        ("nonce", filled(0x33, 16)),
    ]);
    assert!(fits("record", &record));
    let payload = bytes(&record);

    let content_type = "application/vnd.nguon.record.v1+cbor";
    let protected = bytes(&Value::Map(vec![
        (1.into(), (-19).into()),
        (3.into(), content_type.into()),
        (4.into(), Value::Bytes(key_id.clone())),
    ]));
    let external_aad = [b"nguon/v1\n", &deployment[..]].concat();
    let signed = bytes(&Value::Array(vec![
        "Signature1".into(),
        Value::Bytes(protected),
        Value::Bytes(external_aad),
        Value::Bytes(payload.clone()),
    ]));
    let statement = sha256(&[b"nguon/statement/v1\n", &signed]);

    let (path, name) = ("enrolled/name", bytes(&"Nguyễn Văn Bảy".into()));
    let length = u32::try_from(path.len()).unwrap().to_be_bytes();
    let digest = sha256(&[b"nguon/field/v1\n", &[0x44; 16], &length, path.as_bytes(), &name]);

    let computed = BTreeMap::from([
        ("public key", hex(&public)),
        ("key id", hex(&key_id)),
        ("deployment", hex(&deployment)),
        ("payload", hex(&payload)),
        ("Sig_structure", hex(&signed)),
        ("statement id", hex(&statement)),
        ("signature", hex(&key.sign(&signed).to_bytes())),
        ("commitment", URL_SAFE_NO_PAD.encode(&statement[..16])),
        ("field digest", hex(&digest)),
    ]);
    assert_eq!(printed(), computed);
}

/// The envelope that section 3 draws is the one the code writes around this payload.
#[test]
fn the_envelope_is_as_drawn() {
    let printed = printed();
    let unhex = |name: &str| -> Vec<u8> {
        let digits = &printed[name];
        (0..digits.len() / 2).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap()).collect()
    };
    let payload = unhex("payload");
    assert!(
        section(3).contains("a3 01 32") && section(3).contains("03 78 24 \"application/vnd.nguon.record.v1+cbor\"")
    );
    let drawn = [
        &[0xd2, 0x84, 0x58, 0x4d, 0xa3, 0x01, 0x32, 0x03, 0x78, 0x24][..],
        b"application/vnd.nguon.record.v1+cbor",
        &[0x04, 0x58, 0x20],
        &unhex("key id"),
        &[0xa0],
        &bytes(&Value::Bytes(payload.clone()))[..2],
        &payload,
        &[0x58, 0x40],
        &unhex("signature"),
    ]
    .concat();
    assert!(matches!(value(&drawn), Value::Tag(18, _)));
    let read = nguon_core::envelope::SignedRecord::from_bytes(drawn).unwrap();
    assert_eq!(read.payload(), payload);
    assert_eq!(read.key_id().to_string(), printed["key id"]);
    assert!(nguon_core::record::Record::from_payload(read.payload()).is_ok());
}
