//! Laws of notes: what is signed is verified, what is changed is not, and no bytes make a reader panic.

use ed25519_dalek::SigningKey;
use nguon_tlog::note::{Note, NoteKey, NoteSignature, SignatureType, VerifierKey, assemble, cosign, sign};
use proptest::prelude::*;

const LOG: &str = "nguon.example/log";
const WITNESS: &str = "witness.example/w1";

fn secret(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn key(name: &str, seed: u8) -> NoteKey {
    NoteKey::new(name, secret(seed).verifying_key().as_bytes()).unwrap()
}

fn signed(text: &str, time: u64) -> String {
    assemble(text, &[sign(text, LOG, &secret(1)), cosign(text, WITNESS, &secret(2), time)])
}

/// Whether both keys still stand behind a note.
fn holds(note: &str) -> bool {
    Note::parse(note).is_ok_and(|note| note.signed_by(&key(LOG, 1)) && note.cosigned_by(&key(WITNESS, 2)).is_some())
}

#[test]
fn any_flipped_bit_dropped_byte_or_added_byte_is_caught() {
    let note = signed("Sầu riêng\n\n— không phải chữ ký\n", 1_770_000_000);
    assert!(holds(&note));
    let caught = |bytes: &[u8]| std::str::from_utf8(bytes).map_or(true, |note| !holds(note));
    for place in 0..note.len() {
        let bytes = note.as_bytes();
        for bit in 0..8 {
            let mut flipped = bytes.to_vec();
            flipped[place] ^= 1 << bit;
            assert!(caught(&flipped), "bit {bit} of byte {place}");
        }
        assert!(caught(&[&bytes[..place], &bytes[place + 1..]].concat()), "without byte {place}");
        for added in *b"\n =A" {
            assert!(caught(&[&bytes[..place], &[added], &bytes[place..]].concat()), "{added} before byte {place}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_signed_and_cosigned_is_verified(text in "([ -~à-ỹ]{0,20}\n){1,5}", time in 0..=u64::MAX >> 1) {
        let note = Note::parse(&signed(&text, time)).unwrap();
        prop_assert_eq!(note.text(), text);
        prop_assert!(note.signed_by(&key(LOG, 1)));
        prop_assert_eq!(note.cosigned_by(&key(WITNESS, 2)), Some(time));
        prop_assert!(!note.signed_by(&key(LOG, 3)));
        prop_assert_eq!(note.cosigned_by(&key(WITNESS, 3)), None);
    }

    #[test]
    fn another_text_under_the_same_lines_is_not_signed(
        text in "([ -~]{0,12}\n){1,3}",
        other in "([ -~]{0,12}\n){1,3}",
    ) {
        prop_assume!(text != other);
        let lines = [sign(&text, LOG, &secret(1)), cosign(&text, WITNESS, &secret(2), 7)];
        let note = Note::parse(&assemble(&other, &lines)).unwrap();
        prop_assert!(!note.signed_by(&key(LOG, 1)));
        prop_assert_eq!(note.cosigned_by(&key(WITNESS, 2)), None);
    }

    #[test]
    fn hostile_texts_neither_panic_nor_have_two_spellings(
        note in "([a—\n ]|\n\n|\\PC){0,9}(\n\n(— [ab] [A-D]{8}\n|— [a-c+ ]{0,2} [A-D]{6}[A-D=]{2}\n?){1,4})?",
    ) {
        let _ = note.parse::<VerifierKey>();
        if let Ok(read) = Note::parse(&note) {
            let lines: Vec<String> = read.signatures().iter().map(NoteSignature::to_line).collect();
            prop_assert_eq!(assemble(read.text(), &lines), note);
            prop_assert!(!read.signed_by(&key("a", 1)));
            prop_assert_eq!(read.cosigned_by(&key("a", 1)), None);
        }
    }

    #[test]
    fn hostile_signatures_of_known_keys_are_refused(body in prop::collection::vec(any::<u8>(), 1..90), cosigned: bool) {
        let key = key(LOG, 1);
        let kind = if cosigned { SignatureType::Cosignature } else { SignatureType::Ed25519 };
        let blob = [key.id(kind).as_slice(), &body].concat();
        let note = format!("text\n\n— {LOG} {}\n", nguon_tlog::base64::encode(&blob));
        let note = Note::parse(&note).unwrap();
        prop_assert!(!note.signed_by(&key));
        prop_assert_eq!(note.cosigned_by(&key), None);
    }

    #[test]
    fn verifier_keys_round_trip(seed: [u8; 32], name in "[!-*,-~à-ýạ-ỹ]{1,20}", cosigns: bool) {
        let public = SigningKey::from_bytes(&seed).verifying_key().to_bytes();
        let kind = if cosigns { SignatureType::Cosignature } else { SignatureType::Ed25519 };
        let key = VerifierKey { key: NoteKey::new(&name, &public).unwrap(), kind };
        prop_assert_eq!(key.to_string().parse(), Ok(key));
    }
}
