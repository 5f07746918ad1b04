//! The `add-checkpoint` call of a witness (C2SP tlog-witness v1): its request, what a witness decides, its answers.
//!
//! A witness reads the body with [`AddCheckpoint::parse`], looks up what it last cosigned for the log, asks [`judge`],
//! stores the checkpoint it gets, and only then answers with [`cosign`](crate::note::cosign). Lookup and storing
//! must be one atomic step, or a slower request could roll a faster one back. A log reads the answer with
//! [`cosignatures`], or [`size`] after a conflict.
//!
//! Where v1.0.0 is silent, the editor's draft decides: a failing line that names the log's key is no signature (403),
//! and a tree without leaves has the empty tree's root (422). A body that is not a request is 400. Left out: the
//! draft's `sign-subtree` call, ML-DSA cosignatures.

use crate::base64;
use crate::checkpoint::{self, Checkpoint};
use crate::hash::{self, Hash};
use crate::note::{self, Note, NoteError, NoteKey};
use crate::tree::verify_consistency;

/// How many hashes a consistency proof may have.
pub const MAX_PROOF: usize = 63;

/// How many bytes the body of a request may have: the longest old size line, proof and note.
pub const MAX_BODY: usize = 25 + MAX_PROOF * 45 + 1 + note::MAX_BYTES;

/// The media type of the body that tells a witness's size.
pub const SIZE_TYPE: &str = "text/x.tlog.size";

/// A request: a checkpoint, and the proof that it continues the one of the old size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the sender believes this witness cosigned last; 0 if none.
    pub old_size: u64,
    /// The consistency proof from the old size to the checkpoint's.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub note: String,
}

/// What a witness cosigned last for a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The size.
    pub size: u64,
    /// The root.
    pub root: Hash,
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The body is not a request, or the old size is above the checkpoint's.
    #[error("this is not an add-checkpoint request for a checkpoint at or above the old size")]
    BadRequest,
    /// The checkpoint is not the log's signed statement.
    #[error("the checkpoint is not signed by the key this witness holds for the log")]
    NotSigned,
    /// The witness does not know the origin.
    #[error("this witness does not know the checkpoint's origin")]
    UnknownLog,
    /// The old size is not what the witness cosigned last: send the proof from this size.
    #[error("this witness last cosigned size {size}: send the proof from there")]
    Conflict {
        /// What it cosigned last.
        size: u64,
    },
    /// The witness cosigned another root at this size: the log has told two histories.
    #[error("this witness cosigned another root at size {size}: the log shows two histories")]
    OtherRoot {
        /// The size.
        size: u64,
    },
    /// The proof does not lead from the old root to the new one.
    #[error("the consistency proof does not hold")]
    BadProof,
}

/// Decides about a request for the log of this origin and key, given what was last cosigned for it. The checkpoint is
/// to be stored, then cosigned.
pub fn judge(request: &AddCheckpoint, log: &NoteKey, origin: &str, seen: Option<&Seen>) -> Result<Checkpoint, Refusal> {
    let note = Note::parse(&request.note).map_err(|_| Refusal::BadRequest)?;
    let new = Checkpoint::parse(note.text()).map_err(|_| Refusal::BadRequest)?;
    if new.origin != origin {
        return Err(Refusal::UnknownLog);
    }
    if !note.signed_by(log) {
        return Err(Refusal::NotSigned);
    }
    if request.old_size > new.size {
        return Err(Refusal::BadRequest);
    }
    let old = seen.copied().unwrap_or(Seen { size: 0, root: hash::empty() });
    if request.old_size != old.size {
        return Err(Refusal::Conflict { size: old.size });
    }
    if new.size == 0 && new.root != hash::empty() {
        return Err(Refusal::BadProof);
    }
    if new.size == old.size && new.root != old.root {
        return Err(Refusal::OtherRoot { size: old.size });
    }
    match verify_consistency(old.size, new.size, &old.root, &new.root, &request.proof) {
        Ok(()) => Ok(new),
        Err(_) => Err(Refusal::BadProof),
    }
}

impl AddCheckpoint {
    /// Reads a request's body: its form, not yet the note's.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        if body.len() > MAX_BODY {
            return Err(Refusal::BadRequest);
        }
        let body = std::str::from_utf8(body).map_err(|_| Refusal::BadRequest)?;
        let (head, mut rest) = body.split_once('\n').ok_or(Refusal::BadRequest)?;
        let old_size = head.strip_prefix("old ").and_then(checkpoint::decimal).ok_or(Refusal::BadRequest)?;
        let mut proof = Vec::new();
        loop {
            let (line, after) = rest.split_once('\n').ok_or(Refusal::BadRequest)?;
            rest = after;
            if line.is_empty() {
                return Ok(Self { old_size, proof, note: rest.to_owned() });
            }
            if proof.len() == MAX_PROOF {
                return Err(Refusal::BadRequest);
            }
            proof.push(checkpoint::hash(line).ok_or(Refusal::BadRequest)?);
        }
    }

    /// The body to send.
    #[must_use]
    pub fn to_body(&self) -> String {
        let mut body = ["old ", &self.old_size.to_string(), "\n"].concat();
        for hash in &self.proof {
            body.push_str(&base64::encode(hash.as_bytes()));
            body.push('\n');
        }
        body.push('\n');
        body.push_str(&self.note);
        body
    }
}

impl Refusal {
    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::NotSigned => 403,
            Self::UnknownLog => 404,
            Self::Conflict { .. } | Self::OtherRoot { .. } => 409,
            Self::BadProof => 422,
        }
    }

    /// The media type of [`body`](Self::body).
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Conflict { .. } => SIZE_TYPE,
            _ => "text/plain; charset=utf-8",
        }
    }

    /// The answer's body: the size after a conflict, else the reason for people. Only a wrong old size is answered
    /// with a size: a log that got one for another root would send the same request again.
    #[must_use]
    pub fn body(self) -> String {
        match self {
            Self::Conflict { size } => format!("{size}\n"),
            reason => format!("{reason}\n"),
        }
    }
}

/// The note of a checkpoint's text with the lines of a witness's answer (status 200), to ask which key
/// [cosigned](Note::cosigned_by) it.
pub fn cosignatures(text: &str, answer: &[u8]) -> Result<Note, NoteError> {
    let lines = std::str::from_utf8(answer).map_err(|_| NoteError::Line)?;
    let note = Note::parse(&[text, "\n", lines].concat())?;
    // An answer with an empty line in it would move the end of the text.
    if note.text() == text { Ok(note) } else { Err(NoteError::Line) }
}

/// The size in the body of a conflict (status 409, media type [`SIZE_TYPE`]).
#[must_use]
pub fn size(body: &[u8]) -> Option<u64> {
    checkpoint::decimal(std::str::from_utf8(body).ok()?.strip_suffix('\n')?)
}
