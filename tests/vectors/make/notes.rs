//! Checkpoints, signed notes, and checkpoints that enough others have cosigned.

use serde_json::{Value, json};

use super::logged::{AUDITOR, CLOSED, LOG, ORIGIN, W1, W2, W3, root_payload, trust};
use super::naive::{base64, checkpoint, cosigned, digest, signed, verifier_key};
use super::world::{NOW, key};
use super::{File, hex};
use nguon_core::prelude::*;

type Case = (String, Value, Value);

fn root() -> [u8; 32] {
    digest(&[b"root"])
}

fn text() -> String {
    checkpoint(ORIGIN, 48, &root())
}

fn refused<const N: usize>(field: &str, cases: [(&str, String, &str); N]) -> Vec<Case> {
    cases.map(|(name, value, reason)| (name.to_owned(), json!({field: value}), json!({"refused": reason}))).to_vec()
}

pub fn checkpoints() -> File {
    let encoded = base64(&root());
    let good = [
        ("three lines", text(), 48, vec![]),
        ("an empty log", checkpoint(ORIGIN, 0, &root()), 0, vec![]),
        ("as large as can be", checkpoint(ORIGIN, u64::MAX, &root()), u64::MAX, vec![]),
        ("with extension lines", format!("{}one more\nand another\n", text()), 48, vec!["one more", "and another"]),
    ];
    let mut cases: Vec<Case> = good
        .map(|(name, text, size, extensions)| {
            let expect = json!({
                "origin": ORIGIN, "size": size, "root": hex(&root()), "extensions": extensions,
                "encodes_to_the_same": true,
            });
            (name.to_owned(), json!({"text": text}), expect)
        })
        .to_vec();
    cases.extend(refused(
        "text",
        [
            ("nothing", String::new(), "lines"),
            ("two lines", format!("{ORIGIN}\n48\n"), "lines"),
            ("no newline at the end", text().trim_end().to_owned(), "lines"),
            ("no origin", format!("\n48\n{encoded}\n"), "origin"),
            ("a size with a zero before it", format!("{ORIGIN}\n048\n{encoded}\n"), "size"),
            ("a size with a sign", format!("{ORIGIN}\n+48\n{encoded}\n"), "size"),
            ("no size", format!("{ORIGIN}\n\n{encoded}\n"), "size"),
            ("a size of 2^64", format!("{ORIGIN}\n18446744073709551616\n{encoded}\n"), "size"),
            ("a root of 31 bytes", format!("{ORIGIN}\n48\n{}\n", base64(&root()[1..])), "root"),
            ("a root without padding", format!("{ORIGIN}\n48\n{}\n", encoded.trim_end_matches('=')), "root"),
            ("a root in hexadecimal", format!("{ORIGIN}\n48\n{}\n", hex(&root())), "root"),
            ("an empty extension line", format!("{}\nmore\n", text()), "extension"),
        ],
    ));
    File {
        name: "checkpoints",
        kind: "checkpoint",
        purpose: "Texts of checkpoints (C2SP tlog-checkpoint).",
        shared: None,
        format: json!({
            "input": {"text": "what is signed"},
            "expect": {
                "origin": "the log's name", "size": "leaves", "root": "hexadecimal", "extensions": "further lines",
                "refused": "the lines, or the one that is wrong",
            },
        }),
        cases,
    }
}

pub fn notes() -> File {
    let text = text();
    let log = verifier_key(ORIGIN, 1, key(LOG));
    let witness = verifier_key(W1.0, 4, key(W1.1));
    let by_log = signed(&text, ORIGIN, key(LOG));
    let by_witness = |time: u64| cosigned(&text, W1.0, key(W1.1), time);
    let by_stranger = signed(&text, "stranger.example", key(77));
    let spoilt = |line: &str| {
        let (head, encoded) = line.trim_end().rsplit_once(' ').expect("a line");
        let last = if encoded.ends_with("A=") { "Q=" } else { "A=" };
        format!("{head} {}{last}\n", &encoded[..encoded.len() - 2])
    };
    let note = |lines: &[&str]| format!("{text}\n{}", lines.concat());
    let keys = [log.clone(), witness.clone()];
    let good = [
        ("signed by the log", note(&[&by_log]), vec![ORIGIN], vec![ORIGIN], json!({})),
        (
            "signed, and cosigned by a witness",
            note(&[&by_log, &by_witness(CLOSED)]),
            vec![ORIGIN, W1.0],
            vec![ORIGIN],
            json!({W1.0: CLOSED}),
        ),
        (
            "a witness at two times: the newer counts",
            note(&[&by_log, &by_witness(CLOSED), &by_witness(CLOSED + 5), &by_witness(CLOSED + 2)]),
            vec![ORIGIN, W1.0, W1.0, W1.0],
            vec![ORIGIN],
            json!({W1.0: CLOSED + 5}),
        ),
        ("only strangers", note(&[&by_stranger]), vec!["stranger.example"], vec![], json!({})),
        (
            "a stranger under the log's name has another key id",
            note(&[&signed(&text, ORIGIN, key(77)), &by_log]),
            vec![ORIGIN, ORIGIN],
            vec![ORIGIN],
            json!({}),
        ),
        (
            "a line of the log's key that does not hold voids the key",
            note(&[&by_log, &spoilt(&by_log)]),
            vec![ORIGIN, ORIGIN],
            vec![],
            json!({}),
        ),
        (
            "a line of the witness's key that does not hold voids the key",
            note(&[&spoilt(&by_witness(CLOSED)), &by_witness(CLOSED)]),
            vec![W1.0, W1.0],
            vec![],
            json!({}),
        ),
        (
            "a signature over another text",
            note(&[&signed("another\n", ORIGIN, key(LOG))]),
            vec![ORIGIN],
            vec![],
            json!({}),
        ),
        (
            "a cosignature by the log's key, which signs",
            {
                let line = cosigned(&text, ORIGIN, key(LOG), CLOSED);
                note(&[&line])
            },
            vec![ORIGIN],
            vec![],
            json!({ORIGIN: CLOSED}),
        ),
        (
            "a cosignature at a time above 2^63",
            note(&[&by_log, &by_witness(1 << 63)]),
            vec![ORIGIN, W1.0],
            vec![ORIGIN],
            json!({}),
        ),
    ];
    let mut cases: Vec<Case> = good
        .into_iter()
        .map(|(name, note, lines, by, cosigned)| {
            let expect = json!({"text": text, "lines": lines, "signed_by": by, "cosigned_by": cosigned});
            (name.to_owned(), json!({"note": note, "keys": keys}), expect)
        })
        .collect();
    let long = signed(&text, &"n".repeat(20), key(LOG));
    let cut = by_log.trim_end();
    let weak = format!(
        "{ORIGIN}+{}+{}",
        &log[ORIGIN.len() + 1..ORIGIN.len() + 9],
        base64(&[[1].as_slice(), &[0; 32]].concat())
    );
    let bad = [
        ("nothing", String::new(), "unsigned"),
        ("a text without lines", text.clone(), "unsigned"),
        ("an empty line and no more", format!("{text}\n"), "unsigned"),
        ("no newline at the end", note(&[cut]), "unsigned"),
        ("a carriage return", note(&[&format!("{cut}\r\n")]), "control"),
        ("a hyphen for the dash", note(&[&by_log.replace('—', "-")]), "line"),
        ("no base64", note(&[&by_log.replace(' ', "")]), "line"),
        ("base64 without padding", note(&[&format!("{}\n", cut.trim_end_matches('='))]), "line"),
        (
            "base64 whose unused bits are set",
            {
                // 68 bytes leave two bits of the last digit unused; 'B' sets one of them.
                let unused = format!("{}B=\n", &cut[..cut.len() - 2]);
                note(&[&unused])
            },
            "line",
        ),
        ("a key id and no signature", note(&[&format!("— {ORIGIN} {}\n", base64(&[1, 2, 3, 4]))]), "line"),
        ("a plus in the name", note(&[&long.replacen("nn", "n+", 1)]), "name"),
        ("65 lines", note(&vec![&*by_stranger; 65]), "too_many"),
    ];
    cases.extend(bad.map(|(name, note, reason)| {
        (name.to_owned(), json!({"note": note, "keys": keys}), json!({"refused": reason}))
    }));
    let wrong = [
        ("a weak key", weak, "key"),
        ("a verifier key with another key's id", witness.replacen("w1", "w2", 1), "verifier_key"),
        ("a verifier key of a type that nobody knows", verifier_key(ORIGIN, 2, key(LOG)), "verifier_key"),
    ];
    cases.extend(wrong.map(|(name, wrong, reason)| {
        (name.to_owned(), json!({"note": note(&[&by_log]), "keys": [wrong]}), json!({"refused": reason}))
    }));
    File {
        name: "notes",
        kind: "note",
        purpose: "Signed notes and cosignatures on them (C2SP signed-note, tlog-cosignature).",
        shared: None,
        format: json!({
            "input": {"note": "text, empty line, signature lines", "keys": "verifier keys: name+id+base64"},
            "expect": {
                "text": "what was signed", "lines": "names on the signature lines",
                "signed_by": "names of the keys whose signatures hold", "cosigned_by": "name and time of those that cosigned",
                "refused": "the reason",
            },
        }),
        cases,
    }
}

pub fn cosigned_checkpoints() -> File {
    let now = CLOSED + 30;
    let text = text();
    let log = || signed(&text, ORIGIN, key(LOG));
    let by = |(name, number): (&str, u8), time: u64| cosigned(&text, name, key(number), time);
    let note = |lines: &[String]| format!("{text}\n{}", lines.concat());
    let first = hex(&trust().signed().to_bytes().expect("encoded"));
    let later = later_root();
    let input = |note: String, later: &Value| json!({"trust_root": first, "later": later, "note": note, "now": now});
    let none = json!([]);
    let seen = |as_of: u64| json!({"size": 48, "root": hex(&root()), "as_of": as_of});
    let good = [
        (
            "two witnesses and an auditor",
            note(&[log(), by(W1, CLOSED), by(W3, CLOSED), by(AUDITOR, CLOSED)]),
            &none,
            CLOSED,
        ),
        (
            "as of the second newest of three witnesses",
            note(&[log(), by(W1, CLOSED), by(W2, CLOSED + 20), by(W3, CLOSED + 9), by(AUDITOR, CLOSED + 25)]),
            &none,
            CLOSED + 9,
        ),
        (
            "no later than the auditor",
            note(&[log(), by(W1, CLOSED + 8), by(W2, CLOSED + 9), by(AUDITOR, CLOSED + 1)]),
            &none,
            CLOSED + 1,
        ),
        (
            "ten minutes ahead of the reader's clock",
            note(&[log(), by(W1, now + 600), by(W2, now + 600), by(AUDITOR, now + 600)]),
            &none,
            now + 600,
        ),
        (
            "strangers' lines are ignored",
            note(&[by(("w9.example", 209), CLOSED + 9), log(), by(W1, CLOSED), by(W3, CLOSED), by(AUDITOR, CLOSED)]),
            &none,
            CLOSED,
        ),
        (
            "one witness is enough for a later trust root",
            note(&[log(), by(W2, CLOSED), by(AUDITOR, CLOSED)]),
            &json!([{"signed_root": later, "index": 47}]),
            CLOSED,
        ),
    ];
    let mut cases: Vec<Case> =
        good.map(|(name, note, later, as_of)| (name.to_owned(), input(note, later), seen(as_of))).to_vec();
    let other = checkpoint("other.example/log", 48, &root());
    let by_other = format!(
        "{other}\n{}{}{}{}",
        signed(&other, "other.example/log", key(LOG)),
        cosigned(&other, W1.0, key(W1.1), CLOSED),
        cosigned(&other, W3.0, key(W3.1), CLOSED),
        cosigned(&other, AUDITOR.0, key(AUDITOR.1), CLOSED),
    );
    let cosigners = [by(W1, CLOSED), by(W3, CLOSED), by(AUDITOR, CLOSED)];
    let with = |line: String| note(&[&[line][..], &cosigners].concat());
    let (forged, few) = (("invalid", "bad_checkpoint"), ("incomplete", "not_cosigned"));
    let bad = [
        ("another log's checkpoint", by_other, &none, forged),
        ("not signed by the log", note(&cosigners), &none, forged),
        ("signed with another key under the log's name", with(signed(&text, ORIGIN, key(77))), &none, forged),
        (
            "the log's signature over another size",
            with(signed(&checkpoint(ORIGIN, 49, &root()), ORIGIN, key(LOG))),
            &none,
            forged,
        ),
        ("not a checkpoint", format!("words\n\n{}", signed("words\n", ORIGIN, key(LOG))), &none, forged),
        ("not a note", text.clone(), &none, forged),
        ("one witness", note(&[log(), by(W1, CLOSED), by(AUDITOR, CLOSED)]), &none, few),
        ("one witness twice", note(&[log(), by(W1, CLOSED), by(W1, CLOSED + 1), by(AUDITOR, CLOSED)]), &none, few),
        ("no auditor", note(&[log(), by(W1, CLOSED), by(W2, CLOSED), by(W3, CLOSED)]), &none, few),
        (
            "a witness and a stranger",
            note(&[log(), by(W1, CLOSED), by(("w3.example", 209), CLOSED), by(AUDITOR, CLOSED)]),
            &none,
            few,
        ),
        (
            "a witness whose clock is 11 minutes ahead",
            note(&[log(), by(W1, CLOSED), by(W3, now + 660), by(AUDITOR, CLOSED)]),
            &none,
            few,
        ),
        (
            "the auditor signs, and does not cosign",
            note(&[log(), by(W1, CLOSED), by(W3, CLOSED), signed(&text, AUDITOR.0, key(AUDITOR.1))]),
            &none,
            few,
        ),
        (
            "one witness, and the later trust root came after the checkpoint",
            note(&[log(), by(W2, CLOSED), by(AUDITOR, CLOSED)]),
            &json!([{"signed_root": later, "index": 48}]),
            few,
        ),
    ];
    cases.extend(bad.map(|(name, note, later, (outcome, code))| {
        (name.to_owned(), input(note, later), json!({"outcome": outcome, "code": code}))
    }));
    File {
        name: "cosigned_checkpoints",
        kind: "cosigned_checkpoint",
        purpose: "Checkpoints, and whether a deployment's policy is satisfied with who has seen them (SPEC.md section 10).",
        shared: None,
        format: json!({
            "input": {
                "trust_root": "version 1, hexadecimal", "later": "[{signed_root, index of its leaf}]",
                "note": "the cosigned checkpoint", "now": "the reader's clock, Unix seconds",
            },
            "expect": {
                "size": "leaves", "root": "hexadecimal", "as_of": "Unix seconds", "outcome": "the verdict it leads to",
                "code": "of the fault",
            },
        }),
        cases,
    }
}

/// Version 2: one witness is enough.
fn later_root() -> String {
    let mut payload = RootPayload::after(&trust(), Time::new(NOW + 1).expect("a time"), root_payload().expires);
    if let Some(log) = &mut payload.log {
        log.witness_threshold = 1;
    }
    let signed = SignedRoot::sign(&payload, &[key(1)]).expect("signed");
    hex(&signed.to_bytes().expect("encoded"))
}
