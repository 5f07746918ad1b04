//! Making signature lines and notes: what logs, witnesses and map auditors do.

use ed25519_dalek::{Signer as _, SigningKey};

use super::key::id;
use super::{DASH, Note, SignatureType, cosigned_message};
use crate::base64;

/// The line by which a log signs the text, its newline included. The name must be one that
/// [`NoteKey::new`](super::NoteKey::new) accepts, or no reader will accept the line.
#[must_use]
pub fn sign(text: &str, name: &str, key: &SigningKey) -> String {
    let id = id(name, SignatureType::Ed25519, key.verifying_key().as_bytes());
    line(name, id, &key.sign(text.as_bytes()).to_bytes())
}

/// The line by which a witness or a map auditor cosigns the text at a time in Unix seconds, its newline included: also
/// the body of a witness's answer. Name as for [`sign`].
#[must_use]
pub fn cosign(text: &str, name: &str, key: &SigningKey, time: u64) -> String {
    let id = id(name, SignatureType::Cosignature, key.verifying_key().as_bytes());
    let mut body = time.to_be_bytes().to_vec();
    body.extend(key.sign(cosigned_message(text, time).as_bytes()).to_bytes());
    line(name, id, &body)
}

/// The note of a text that ends in a newline and of signature lines, with or without their newlines.
#[must_use]
pub fn assemble(text: &str, lines: &[String]) -> String {
    let mut note = text.to_owned();
    note.push('\n');
    for line in lines {
        push(&mut note, line);
    }
    note
}

/// The note with more signature lines after its own, with or without their newlines; a line it already has is not
/// repeated. Lines of one key at several times stay side by side: to keep only the newest, [`assemble`] anew.
#[must_use]
pub fn merge(note: &Note, lines: &[String]) -> String {
    let mut all: Vec<String> = note.signatures.iter().map(super::NoteSignature::to_line).collect();
    for line in lines {
        let line = line.strip_suffix('\n').unwrap_or(line);
        if all.iter().all(|known| known.strip_suffix('\n').unwrap_or(known) != line) {
            all.push(line.to_owned());
        }
    }
    assemble(&note.text, &all)
}

/// A signature line, its newline included.
pub(super) fn line(name: &str, id: [u8; 4], body: &[u8]) -> String {
    let bytes = [id.as_slice(), body].concat();
    [DASH, name, " ", &base64::encode(&bytes), "\n"].concat()
}

fn push(note: &mut String, line: &str) {
    note.push_str(line.strip_suffix('\n').unwrap_or(line));
    note.push('\n');
}
