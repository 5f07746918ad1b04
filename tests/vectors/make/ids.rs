//! Keys, signatures, field digests.

use ed25519_dalek::Signer as _;
use serde_json::{Value, json};

use super::world::key;
use super::{File, hex, sha256};

/// A point of order 8, its own encoding canonical (Chalkias, Garillot, Nikolaenko: Taming the many EdDSAs, 2020).
const ORDER_EIGHT: &str = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa";

pub fn keys() -> File {
    let mut cases: Vec<(String, Value, Value)> = (1..=4)
        .map(|n| {
            let public = key(n).verifying_key().to_bytes();
            let id = sha256(&[b"nguon/key/v1\n", &public]);
            (format!("of the seed {}", hex(&[n; 32])), json!({"public_key": hex(&public)}), json!({"key_id": id}))
        })
        .collect();
    let refused = [
        ("the neutral point", format!("01{}", "00".repeat(31)), "weak"),
        ("a point of order 2", format!("ec{}7f", "ff".repeat(30)), "weak"),
        ("a point of order 8", ORDER_EIGHT.to_owned(), "weak"),
        ("a second spelling of the neutral point", format!("ee{}7f", "ff".repeat(30)), "not_canonical"),
        ("no point of the curve", format!("02{}", "00".repeat(31)), "not_a_point"),
        ("a sound key plus a point of order 8", mixed(), "torsion"),
        ("31 bytes", "05".repeat(31), "length"),
    ];
    for (name, public, reason) in refused {
        cases.push((name.to_owned(), json!({"public_key": public}), json!({"refused": reason})));
    }
    File {
        name: "keys",
        kind: "key",
        purpose: "Ed25519 public keys, their ids, and those that may not be enrolled (SPEC.md sections 2 and 3).",
        shared: None,
        format: json!({
            "input": {"public_key": "RFC 8032 section 5.1.5, hexadecimal"},
            "expect": {"key_id": "SHA-256(\"nguon/key/v1\\n\" ‖ public key)", "refused": "why it may not be enrolled"},
        }),
        cases,
    }
}

/// The first key and the point of order 8 added up.
fn mixed() -> String {
    use curve25519_dalek::edwards::CompressedEdwardsY;
    let point = |bytes: &[u8]| CompressedEdwardsY::from_slice(bytes).ok().and_then(|point| point.decompress());
    let small: Vec<u8> =
        (0..32).map(|at| u8::from_str_radix(&ORDER_EIGHT[2 * at..2 * at + 2], 16).expect("hexadecimal")).collect();
    let sum = point(key(1).verifying_key().as_bytes()).zip(point(&small)).map(|(key, small)| key + small);
    hex(sum.expect("points").compress().as_bytes())
}

pub fn signatures() -> File {
    let public = hex(key(1).verifying_key().as_bytes());
    let message = b"vectors";
    let sound = key(1).sign(message).to_bytes();
    let changed = |at: usize, flip: u8| {
        let mut signature = sound;
        signature[at] ^= flip;
        hex(&signature)
    };
    // S + L, the same residue a second time: 2^252 + 27742317777372353535851937790883648493, little-endian.
    let order: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut malleated = sound;
    let mut carry = 0_u16;
    for (at, byte) in order.iter().enumerate() {
        carry += u16::from(malleated[32 + at]) + u16::from(*byte);
        malleated[32 + at] = carry.to_le_bytes()[0];
        carry >>= 8;
    }
    let weak = format!("01{}", "00".repeat(31));
    let message_hex = hex(message);
    let cases = [
        ("sound", &public, message_hex.clone(), hex(&sound), true),
        ("another message", &public, hex(b"vectorS"), hex(&sound), false),
        ("another key", &hex(key(2).verifying_key().as_bytes()), message_hex.clone(), hex(&sound), false),
        ("a bit of R flipped", &public, message_hex.clone(), changed(0, 1), false),
        ("a bit of S flipped", &public, message_hex.clone(), changed(40, 1), false),
        ("S + L for S", &public, message_hex.clone(), hex(&malleated), false),
        ("63 bytes", &public, message_hex.clone(), hex(&sound[..63]), false),
        ("all zero under the neutral point", &weak, message_hex.clone(), format!("01{}", "00".repeat(63)), false),
    ];
    File {
        name: "signatures",
        kind: "signature",
        purpose: "Ed25519 signatures, strictly verified. Project Wycheproof's set runs in the core's own tests.",
        shared: None,
        format: json!({
            "input": {"public_key": "hexadecimal", "message": "hexadecimal", "signature": "RFC 8032 section 5.1.6, hexadecimal"},
            "expect": {"holds": "true or false"},
        }),
        cases: cases
            .into_iter()
            .map(|(name, public_key, message, signature, holds)| {
                let input = json!({"public_key": public_key, "message": message, "signature": signature});
                (name.to_owned(), input, json!({"holds": holds}))
            })
            .collect(),
    }
}

pub fn field_digests() -> File {
    let salt = [7_u8; 16];
    let hashed = |path: &str, value: &[u8]| {
        let length = u32::try_from(path.len()).expect("a short path").to_be_bytes();
        sha256(&[b"nguon/field/v1\n", &salt, &length, path.as_bytes(), value])
    };
    let cbor = |value: ciborium::Value| {
        let mut out = Vec::new();
        ciborium::into_writer(&value, &mut out).expect("CBOR");
        out
    };
    let text = |words: &str| cbor(ciborium::Value::Text(words.into()));
    let number = |number: i64| ciborium::Value::Integer(number.into());
    let pair = cbor(ciborium::Value::Array(vec![number(212_789_000), number(1_063_210_000)]));
    let south_west = cbor(ciborium::Value::Array(vec![number(-1), number(-1_800_000_000)]));
    let cases = [
        ("a name", "enrolled/name", json!({"text": "Nguyễn Văn Bảy"}), text("Nguyễn Văn Bảy"), true),
        (
            "the same under another path",
            "enrolled/phone",
            json!({"text": "Nguyễn Văn Bảy"}),
            text("Nguyễn Văn Bảy"),
            true,
        ),
        ("a telephone number", "enrolled/phone", json!({"text": "+84912345678"}), text("+84912345678"), true),
        ("no words", "recalled/details", json!({"text": ""}), text(""), true),
        ("coordinates", "plot_registered/location", json!({"coordinates": [212_789_000, 1_063_210_000]}), pair, true),
        (
            "coordinates below zero",
            "plot_registered/location",
            json!({"coordinates": [-1, -1_800_000_000]}),
            south_west,
            true,
        ),
        ("an attachment's bytes", "attachments/0", json!({"bytes": "ffd8ffe0"}), vec![0xff, 0xd8, 0xff, 0xe0], false),
        ("an empty attachment", "attachments/15", json!({"bytes": ""}), vec![], false),
    ];
    File {
        name: "field_digests",
        kind: "field_digest",
        purpose: "Salted digests that stand in records for personal data and attachments (SPEC.md section 5).",
        shared: None,
        format: json!({
            "input": {
                "salt": "16 bytes, hexadecimal", "path": "event/field or attachments/n",
                "value": "{text}, {coordinates: [latitude, longitude]} in 1e-7 degrees, or {bytes}",
            },
            "expect": {
                "value": "deterministic CBOR, hexadecimal; absent for an attachment",
                "digest": "SHA-256(\"nguon/field/v1\\n\" ‖ salt ‖ u32 length of path ‖ path ‖ value)",
            },
        }),
        cases: cases
            .into_iter()
            .map(|(name, path, value, bytes, encoded)| {
                let mut expect = json!({"digest": hashed(path, &bytes)});
                if encoded {
                    expect["value"] = hex(&bytes).into();
                }
                (name.to_owned(), json!({"salt": hex(&salt), "path": path, "value": value}), expect)
            })
            .collect(),
    }
}
