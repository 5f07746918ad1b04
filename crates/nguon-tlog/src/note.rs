//! Signed notes (C2SP signed-note v1) and the cosignatures on them (C2SP tlog-cosignature v1, Ed25519).
//!
//! A note is a text that ends in a newline, an empty line, and one line a signature: `— <key name> <base64(key id ‖
//! signature)>`. The key id says which key, and which type of signature, a line claims: the first four bytes of
//! `SHA-256(key name ‖ 0x0A ‖ type ‖ public key)`.
//!
//! Lines of unknown keys are ignored. Where a line names a key and does not hold, that key counts as if it had not
//! signed at all, whatever its other lines say. Base64 is read strictly: a note has one spelling.
//!
//! Left out: signature types other than `0x01` (Ed25519) and `0x04` (cosignature), and keys whose id is not the
//! recommended one.
//!
//! ```
//! use nguon_tlog::note::{Note, SignatureType, VerifierKey};
//!
//! let log: VerifierKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".parse()?;
//! assert_eq!(log.kind, SignatureType::Ed25519);
//! let note = Note::parse(
//!     "This is an example message.\n\n— example.com/foo \
//!      Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
//! )?;
//! assert!(note.signed_by(&log.key));
//! assert_eq!(note.text(), "This is an example message.\n");
//! # Ok::<(), nguon_tlog::note::NoteError>(())
//! ```

mod key;
mod sign;
mod vkey;

pub use key::{NoteKey, SignatureType};
pub use sign::{assemble, cosign, merge, sign};
pub use vkey::VerifierKey;

use crate::base64;

/// How many bytes a note may have.
pub const MAX_BYTES: usize = 64 * 1024;

/// How many signature lines a note may have.
pub const MAX_SIGNATURES: usize = 64;

/// What a signature line begins with: an em dash and a space.
const DASH: &str = "\u{2014} ";

/// The latest time a cosignature may state.
const LATEST: u64 = u64::MAX >> 1;

/// Why a text is not a note, or a key not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoteError {
    /// More than [`MAX_BYTES`].
    #[error("the note is longer than 64 KiB")]
    TooLong,
    /// More than [`MAX_SIGNATURES`].
    #[error("the note has more than 64 signatures")]
    TooMany,
    /// A control character other than the newline.
    #[error("the note holds a control character")]
    Control,
    /// No empty line with signature lines after it.
    #[error("the note has no signature lines after its text")]
    Unsigned,
    /// A line after the text that is not a signature line.
    #[error("a line after the note's text is not a signature line")]
    Line,
    /// A key name that is empty, or holds a space or a plus sign.
    #[error("a key name is empty, or holds a space or a plus sign")]
    Name,
    /// Bytes that are not an Ed25519 public key, or one by which signatures prove nothing.
    #[error("this is not a sound Ed25519 public key")]
    Key,
    /// A text that is not `<name>+<key id>+<base64>` as [`VerifierKey`] writes it.
    #[error("this is not a verifier key of the form name+id+base64")]
    VerifierKey,
}

/// A well-formed note. Its signatures are checked only by [`signed_by`](Self::signed_by) and
/// [`cosigned_by`](Self::cosigned_by).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One signature line, unchecked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    name: String,
    id: [u8; 4],
    body: Vec<u8>,
}

impl Note {
    /// Reads a note.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > MAX_BYTES {
            return Err(NoteError::TooLong);
        }
        if note.bytes().any(|byte| byte < b' ' && byte != b'\n') {
            return Err(NoteError::Control);
        }
        // The text may hold empty lines: the last one in the note ends it.
        let end = note.as_bytes().windows(2).rposition(|pair| pair == b"\n\n").ok_or(NoteError::Unsigned)?;
        let (text, rest) = note.split_at_checked(end + 1).ok_or(NoteError::Unsigned)?;
        let lines = rest.strip_prefix('\n').and_then(|rest| rest.strip_suffix('\n')).ok_or(NoteError::Unsigned)?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == MAX_SIGNATURES {
                return Err(NoteError::TooMany);
            }
            signatures.push(NoteSignature::parse(line)?);
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// The text, its last newline included. To be ignored until a known key has signed it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines, in order.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Whether this key signed the text (type `0x01`): it has a line here, and each of its lines holds.
    #[must_use]
    pub fn signed_by(&self, key: &NoteKey) -> bool {
        let id = key.id(SignatureType::Ed25519);
        let mut signed = false;
        for line in self.signatures.iter().filter(|line| line.claims(key, id)) {
            if !key.verifies(self.text.as_bytes(), &line.body) {
                return false;
            }
            signed = true;
        }
        signed
    }

    /// When this key cosigned the text (type `0x04`), in Unix seconds: the newest time if it has several lines; `None`
    /// if it has none, or one that does not hold.
    #[must_use]
    pub fn cosigned_by(&self, key: &NoteKey) -> Option<u64> {
        let id = key.id(SignatureType::Cosignature);
        let mut newest = None;
        for line in self.signatures.iter().filter(|line| line.claims(key, id)) {
            let (time, signature) = line.body.split_first_chunk()?;
            let time = u64::from_be_bytes(*time);
            if time > LATEST || !key.verifies(cosigned_message(&self.text, time).as_bytes(), signature) {
                return None;
            }
            newest = newest.max(Some(time));
        }
        newest
    }
}

impl NoteSignature {
    /// Reads a signature line, without its newline.
    fn parse(line: &str) -> Result<Self, NoteError> {
        let (name, encoded) = line.strip_prefix(DASH).and_then(|rest| rest.split_once(' ')).ok_or(NoteError::Line)?;
        if !key::is_name(name) {
            return Err(NoteError::Name);
        }
        let bytes = base64::decode(encoded).ok_or(NoteError::Line)?;
        match bytes.split_first_chunk() {
            Some((id, body)) if !body.is_empty() => Ok(Self { name: name.to_owned(), id: *id, body: body.to_owned() }),
            _ => Err(NoteError::Line),
        }
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key's id.
    #[must_use]
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The bytes after the id; what they mean depends on the signature's type.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The line as it stands in the note, its newline included.
    #[must_use]
    pub fn to_line(&self) -> String {
        sign::line(&self.name, self.id, &self.body)
    }

    fn claims(&self, key: &NoteKey, id: [u8; 4]) -> bool {
        self.id == id && self.name == key.name()
    }
}

/// What a cosigner signs (tlog-cosignature, "Ed25519 signed message").
fn cosigned_message(text: &str, time: u64) -> String {
    let mut message = String::from("cosignature/v1\ntime ");
    message.push_str(&time.to_string());
    message.push('\n');
    message.push_str(text);
    message
}
