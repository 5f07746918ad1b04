//! Notes, keys and cosignatures that others have published, restated as facts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use nguon_tlog::note::{Note, NoteKey, SignatureType, VerifierKey, assemble, sign};

/// From the tests of golang.org/x/mod/sumdb/note.
const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_SECRET: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_LINE: &str = "— PeterNeumann \
    x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_LINE: &str = "— EnochRoot \
    rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

/// A public log's checkpoint, cosigned by four of its witnesses in May 2026; the first line is of a type (`0x05`) that
/// is left out here.
const COSIGNED: &str = "arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
";
const COSIGNED_AT: u64 = 0x6a12_2120;
const LOG: &str = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";
const WITNESSES: [&str; 4] = [
    "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM",
    "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
    "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
];

fn key(text: &str) -> NoteKey {
    text.parse::<VerifierKey>().unwrap().key
}

#[test]
fn the_note_of_peter_neumann_and_enoch_root_is_signed_by_both() {
    let note = Note::parse(&[TEXT, "\n", PETER_LINE, ENOCH_LINE].concat()).unwrap();
    assert_eq!(note.text(), TEXT);
    assert!(note.signed_by(&key(PETER)));
    assert!(note.signed_by(&key(ENOCH)));
    assert_eq!(note.signatures().iter().map(|line| line.name()).collect::<Vec<_>>(), ["PeterNeumann", "EnochRoot"]);
    assert_eq!(note.signatures()[0].id(), [0xc7, 0x4f, 0x20, 0xa3]);
    assert_eq!(note.signatures()[0].to_line(), PETER_LINE);
}

#[test]
fn signing_with_peter_neumanns_key_gives_his_published_line() {
    let secret = STANDARD.decode(PETER_SECRET).unwrap();
    let secret = SigningKey::from_bytes(secret[1..].try_into().unwrap());
    assert_eq!(sign(TEXT, "PeterNeumann", &secret), PETER_LINE);
    let note = assemble(TEXT, &[sign(TEXT, "PeterNeumann", &secret)]);
    assert_eq!(note, [TEXT, "\n", PETER_LINE].concat());
}

#[test]
fn the_example_of_signed_note_is_split_at_its_last_empty_line() {
    let text = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n";
    let line = "— quasimodo.example/salvatore \
        NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
    let note = Note::parse(&[text, "\n", line].concat()).unwrap();
    assert_eq!(note.text(), text);
    assert_eq!(note.signatures().len(), 1);
    assert_eq!(note.signatures()[0].body().len(), 64);
    assert_eq!(note.signatures()[0].to_line(), line);
}

#[test]
fn published_verifier_keys_are_read_and_written_byte_for_byte() {
    for text in [PETER, ENOCH, LOG, "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6"] {
        let key: VerifierKey = text.parse().unwrap();
        assert_eq!((key.kind, key.to_string().as_str()), (SignatureType::Ed25519, text));
    }
    for text in WITNESSES {
        let key: VerifierKey = text.parse().unwrap();
        assert_eq!((key.kind, key.to_string().as_str()), (SignatureType::Cosignature, text));
    }
    let key: VerifierKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".parse().unwrap();
    assert_eq!(key.key.name(), "example.com/foo");
    assert_eq!(key.key.public()[..4], [0xe9, 0x32, 0x79, 0x1a]);
    assert_eq!(key.key.id(SignatureType::Ed25519), [0x53, 0x0d, 0x90, 0x3a]);
}

#[test]
fn a_public_logs_checkpoint_is_signed_by_its_log_and_cosigned_by_its_witnesses() {
    let note = Note::parse(COSIGNED).unwrap();
    assert_eq!(note.signatures().len(), 6);
    assert!(note.signed_by(&key(LOG)));
    assert_eq!(note.cosigned_by(&key(LOG)), None);
    for witness in WITNESSES {
        assert_eq!(note.cosigned_by(&key(witness)), Some(COSIGNED_AT), "{witness}");
        assert!(!note.signed_by(&key(witness)));
    }
    let other = Note::parse(&COSIGNED.replace("1432088532", "1432088533")).unwrap();
    assert!(!other.signed_by(&key(LOG)));
    assert!(WITNESSES.iter().all(|witness| other.cosigned_by(&key(witness)).is_none()));
}

/// The specification publishes no keys for its example, so what holds is the framing.
#[test]
fn the_example_of_tlog_cosignature_states_the_time_of_its_signed_message() {
    let note = Note::parse(
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
        — example.com/behind-the-sofa \
        Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+\
        mbIUBkBIfZ+qnA==\n",
    )
    .unwrap();
    let line = &note.signatures()[1];
    assert_eq!((line.name(), line.id()), ("witness.example.com/w1", [0x8d, 0x66, 0xcf, 0x3f]));
    assert_eq!(line.body().len(), 8 + 64);
    assert_eq!(line.body()[..8], 1_679_315_147u64.to_be_bytes());
}
