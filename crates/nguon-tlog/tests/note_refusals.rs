//! What is not a note, not a key, or not signed.

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use nguon_tlog::base64::{decode, encode};
use nguon_tlog::note::{
    MAX_BYTES, MAX_SIGNATURES, Note, NoteError, NoteKey, SignatureType, VerifierKey, assemble, cosign, merge, sign,
};

const TEXT: &str = "nguon.example/log\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
const LOG: &str = "nguon.example/log";
const WITNESS: &str = "chứng.example/1";

fn secret(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn key(name: &str, seed: u8) -> NoteKey {
    NoteKey::new(name, secret(seed).verifying_key().as_bytes()).unwrap()
}

fn note(lines: &[String]) -> Note {
    Note::parse(&assemble(TEXT, lines)).unwrap()
}

/// A signature line with its blob changed.
fn with_blob(line: &str, change: impl Fn(&mut Vec<u8>)) -> String {
    let (head, blob) = line.trim_end().rsplit_once(' ').unwrap();
    let mut blob = decode(blob).unwrap();
    change(&mut blob);
    format!("{head} {}\n", encode(&blob))
}

#[test]
fn malformed_notes_are_refused() {
    let line = sign(TEXT, LOG, &secret(1));
    let good = assemble(TEXT, std::slice::from_ref(&line));
    assert!(Note::parse(&good).is_ok());
    let blob = line.trim_end().rsplit_once(' ').unwrap().1;
    let after = |lines: &str| format!("{TEXT}\n{lines}");
    for (text, error) in [
        (String::new(), NoteError::Unsigned),
        (TEXT.to_owned(), NoteError::Unsigned),
        (after(""), NoteError::Unsigned),
        (after("\n"), NoteError::Unsigned),
        (format!("{TEXT}{line}"), NoteError::Unsigned),
        (format!("\n{line}"), NoteError::Unsigned),
        (good.trim_end().to_owned(), NoteError::Unsigned),
        (format!("{good}\n"), NoteError::Unsigned),
        (format!("{good}more\n"), NoteError::Line),
        (after(&line.replace('—', "-")), NoteError::Line),
        (after(&line.replace('—', "–")), NoteError::Line),
        (after(&line.replace("— ", "—  ")), NoteError::Name),
        (after(&line.replace(LOG, "two words")), NoteError::Line),
        (after(&line.replace(LOG, "two\u{a0}words")), NoteError::Name),
        (after(&line.replace(LOG, "two\u{2003}words")), NoteError::Name),
        (after(&line.replace(LOG, "one+two")), NoteError::Name),
        (after(&line.replace('\n', " \n")), NoteError::Line),
        (after(&format!("— {LOG}\n")), NoteError::Line),
        (after(&format!("— {LOG} \n")), NoteError::Line),
        (after(&format!("— {LOG} AAAA\n")), NoteError::Line),
        (after(&format!("— {LOG} AAAAAA==\n")), NoteError::Line),
        (after(&format!("— {LOG} AAAAAAB=\n")), NoteError::Line),
        (after(&format!("— {LOG} {}\n", blob.trim_end_matches('='))), NoteError::Line),
        (format!("\u{1}{good}"), NoteError::Control),
        (good.replace("7\n", "7\t\n"), NoteError::Control),
        (good.replace('\n', "\r\n"), NoteError::Control),
        (good.replace('7', "\0"), NoteError::Control),
    ] {
        assert_eq!(Note::parse(&text), Err(error), "{text:?}");
    }
}

#[test]
fn the_limits_hold_to_the_byte_and_to_the_line() {
    let line = sign(TEXT, LOG, &secret(1));
    let lines = vec![line.clone(); MAX_SIGNATURES];
    assert_eq!(note(&lines).signatures().len(), MAX_SIGNATURES);
    assert_eq!(Note::parse(&(assemble(TEXT, &lines) + &line)), Err(NoteError::TooMany));

    let text = |length: usize| "a".repeat(length - line.len() - 2) + "\n";
    assert!(Note::parse(&assemble(&text(MAX_BYTES), std::slice::from_ref(&line))).is_ok());
    assert_eq!(Note::parse(&assemble(&text(MAX_BYTES + 1), std::slice::from_ref(&line))), Err(NoteError::TooLong));
}

#[test]
fn unknown_keys_are_ignored_even_with_a_known_name_or_id() {
    let log = sign(TEXT, LOG, &secret(1));
    let other_name = sign(TEXT, "other.example", &secret(1));
    let other_id = with_blob(&log, |blob| blob[0] ^= 1);
    let same_id = log.replace(LOG, "other.example");
    let lines = [other_name, other_id, same_id];
    assert!(!note(&lines).signed_by(&key(LOG, 1)));
    assert!(note(&[lines.as_slice(), &[log]].concat()).signed_by(&key(LOG, 1)));
}

#[test]
fn a_key_with_a_line_that_does_not_hold_has_not_signed() {
    let line = sign(TEXT, LOG, &secret(1));
    let bad = with_blob(&line, |blob| blob[20] ^= 1);
    let short = with_blob(&line, |blob| blob.truncate(blob.len() - 1));
    let long = with_blob(&line, |blob| blob.push(0));
    for bad in [bad, short, long] {
        assert!(!note(std::slice::from_ref(&bad)).signed_by(&key(LOG, 1)));
        assert!(!note(&[line.clone(), bad.clone()]).signed_by(&key(LOG, 1)));
        assert!(!note(&[bad, line.clone()]).signed_by(&key(LOG, 1)));
    }
    assert!(note(&[line.clone(), line]).signed_by(&key(LOG, 1)));
}

#[test]
fn the_newest_cosignature_of_a_key_counts_and_a_false_one_voids_them() {
    let [early, late] = [40, 90].map(|time| cosign(TEXT, WITNESS, &secret(2), time));
    let witness = key(WITNESS, 2);
    assert_eq!(note(&[late.clone(), early.clone()]).cosigned_by(&witness), Some(90));
    assert_eq!(note(&[early.clone(), late.clone()]).cosigned_by(&witness), Some(90));
    assert_eq!(note(std::slice::from_ref(&early)).cosigned_by(&key(WITNESS, 3)), None);
    assert_eq!(note(std::slice::from_ref(&early)).cosigned_by(&key("another.example", 2)), None);
    for change in [
        (|blob| blob[11] ^= 1) as fn(&mut Vec<u8>),
        |blob| blob[12] ^= 1,
        |blob| blob.truncate(blob.len() - 1),
        |blob| blob.push(0),
        |blob| blob.truncate(11),
    ] {
        let bad = with_blob(&late, change);
        assert_eq!(note(&[early.clone(), bad.clone()]).cosigned_by(&witness), None);
        assert_eq!(note(&[bad, early.clone()]).cosigned_by(&witness), None);
    }
}

#[test]
fn a_time_is_below_two_to_the_63() {
    let witness = key(WITNESS, 2);
    let at = |time| note(&[cosign(TEXT, WITNESS, &secret(2), time)]).cosigned_by(&witness);
    assert_eq!(at(0), Some(0));
    assert_eq!(at(u64::MAX >> 1), Some(u64::MAX >> 1));
    assert_eq!(at((u64::MAX >> 1) + 1), None);
    assert_eq!(at(u64::MAX), None);
}

#[test]
fn a_signature_of_one_type_does_not_pass_for_the_other() {
    let (secret, both) = (secret(1), key(LOG, 1));
    let signed = note(&[sign(TEXT, LOG, &secret)]);
    assert!(signed.signed_by(&both) && signed.cosigned_by(&both).is_none());
    let cosigned = note(&[cosign(TEXT, LOG, &secret, 5)]);
    assert!(!cosigned.signed_by(&both) && cosigned.cosigned_by(&both) == Some(5));

    // Even under the other type's id: a plain signature over the cosigned text is no cosignature of it.
    let id = both.id(SignatureType::Cosignature);
    let plain = secret.sign(TEXT.as_bytes()).to_bytes();
    let forged = [id.as_slice(), &5u64.to_be_bytes(), &plain].concat();
    assert_eq!(note(&[format!("— {LOG} {}\n", encode(&forged))]).cosigned_by(&both), None);
}

/// With the small-order key A = 1, the signature R = 1, s = 0 holds over every message in lax verification.
#[test]
fn keys_by_which_signatures_prove_nothing_are_refused() {
    let mut identity = [0; 32];
    identity[0] = 1;
    assert_eq!(NoteKey::new(LOG, &identity), Err(NoteError::Key));
    assert_eq!(NoteKey::new(LOG, &[0; 32]), Err(NoteError::Key));
    let no_point = (2..=255).map(|byte| [byte; 32]).find(|bytes| VerifyingKey::from_bytes(bytes).is_err()).unwrap();
    assert_eq!(NoteKey::new(LOG, &no_point), Err(NoteError::Key));
}

#[test]
fn key_names_are_not_empty_and_hold_neither_spaces_nor_plus() {
    let public = secret(1).verifying_key().to_bytes();
    for name in ["", " ", "a b", "a+b", "a\tb", "a\nb", "a\u{7}b", "a\u{85}b", "a\u{a0}b", "a\u{2028}b", "a\u{3000}b"] {
        assert_eq!(NoteKey::new(name, &public), Err(NoteError::Name), "{name:?}");
    }
    for name in ["a", "sổ.nguồn.example/log", "oid/1.3.6"] {
        assert_eq!(NoteKey::new(name, &public).unwrap().name(), name);
    }
}

#[test]
fn mangled_verifier_keys_are_refused() {
    let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let read = |text: &str| text.parse::<VerifierKey>();
    assert!(read(text).is_ok());
    for start in 0..text.len() {
        for end in start..=text.len() {
            assert!((start, end) == (0, text.len()) || read(&text[start..end]).is_err());
        }
    }
    for place in 0..text.len() {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] += 1;
        assert!(read(std::str::from_utf8(&bytes).unwrap()).is_err());
    }
    assert!(read(&text.to_uppercase()).is_err());
    // A key of the wrong length and one of an unknown type, each with its own id.
    assert!(read("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==").is_err());
    assert!(read("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").is_err());
}

#[test]
fn merging_repeats_no_line() {
    let log = sign(TEXT, LOG, &secret(1));
    let [first, second] = [2, 3].map(|seed| cosign(TEXT, WITNESS, &secret(seed), 9));
    let before = note(&[log.clone(), first.clone()]);
    let bare = first.trim_end().to_owned();
    let merged = merge(&before, &[second.clone(), bare, log.clone(), second.trim_end().to_owned()]);
    assert_eq!(merged, assemble(TEXT, &[log, first, second]));
}
