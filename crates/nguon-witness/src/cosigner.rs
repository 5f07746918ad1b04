//! Who cosigns: a name and a secret key.

use std::fmt;

use nguon_core::SigningKey;
use nguon_tlog::note::{self, Note, NoteError, NoteKey, SignatureType, VerifierKey};

use crate::log_id::LogKey;

/// A witness's or map auditor's name and secret key.
#[derive(Clone)]
pub struct Cosigner {
    key: NoteKey,
    secret: SigningKey,
}

/// A checkpoint cosigned: the note as it is kept and served, and the new line alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cosigned {
    pub note: String,
    pub line: String,
}

impl Cosigner {
    /// A name that is one of signed notes (no spaces, no plus sign), and a key.
    pub fn new(name: &str, secret: SigningKey) -> Result<Self, NoteError> {
        let key = NoteKey::new(name, secret.verifying_key().as_bytes())?;
        Ok(Self { key, secret })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.key.name()
    }

    /// What others need to check its cosignatures.
    #[must_use]
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey { key: self.key.clone(), kind: SignatureType::Cosignature }
    }

    /// When it cosigned this note.
    pub(crate) fn time_of(&self, note: &Note) -> Option<u64> {
        note.cosigned_by(&self.key)
    }

    /// Cosigns what the log signed. Of the note's lines only the log's is kept: the others are anybody's.
    pub(crate) fn cosign(&self, signed: &Note, log: &LogKey, time: u64) -> Cosigned {
        let (name, id) = (log.origin(), log.note_key().id(SignatureType::Ed25519));
        let logs = signed.signatures().iter().find(|line| line.name() == name && line.id() == id);
        let line = note::cosign(signed.text(), self.name(), &self.secret, time);
        let lines: Vec<String> = logs.map(note::NoteSignature::to_line).into_iter().chain([line.clone()]).collect();
        Cosigned { note: note::assemble(signed.text(), &lines), line }
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cosigner({})", self.verifier())
    }
}
