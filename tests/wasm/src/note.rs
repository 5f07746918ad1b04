//! `checkpoint`: `{text}` → `{origin, size, root, extensions}`, or `{refused}` with the reason.
//!
//! `note`: `{note, keys}`, keys as verifier keys (`name+id+base64`) → `{text, lines, signed_by, cosigned_by}`: the names on
//! its lines, those of the keys that signed, and those that cosigned with their times; or `{refused}`.
//!
//! `cosigned_checkpoint`: `{trust_root, later, note, now}` → `{size, root, as_of}`, or `{code, outcome}`.

use nguon_core::values::Time;
use nguon_core::verify::check_checkpoint;
use nguon_tlog::checkpoint::{Checkpoint, CheckpointError};
use nguon_tlog::note::{Note, NoteError, NoteSignature, VerifierKey};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::hex::Hex;
use crate::record::refusal;
use crate::trust::{Later, roots};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    text: String,
}

pub fn ask_checkpoint(input: &Text) -> Value {
    match Checkpoint::parse(&input.text) {
        Ok(checkpoint) => json!({
            "origin": checkpoint.origin,
            "size": checkpoint.size,
            "root": checkpoint.root.to_string(),
            "extensions": checkpoint.extensions,
            "encodes_to_the_same": checkpoint.to_text() == input.text,
        }),
        Err(error) => json!({"refused": checkpoint_reason(error)}),
    }
}

const fn checkpoint_reason(error: CheckpointError) -> &'static str {
    match error {
        CheckpointError::Lines => "lines",
        CheckpointError::Origin => "origin",
        CheckpointError::Size => "size",
        CheckpointError::Root => "root",
        CheckpointError::Extension => "extension",
        _ => "other",
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    note: String,
    keys: Vec<String>,
}

pub fn ask_note(input: &Signed) -> Value {
    let keys: Result<Vec<VerifierKey>, NoteError> = input.keys.iter().map(|key| key.parse()).collect();
    let (note, keys) = match (Note::parse(&input.note), keys) {
        (Ok(note), Ok(keys)) => (note, keys),
        (Err(error), _) | (_, Err(error)) => return json!({"refused": note_reason(error)}),
    };
    let lines: Vec<&str> = note.signatures().iter().map(NoteSignature::name).collect();
    let signed_by: Vec<&str> =
        keys.iter().map(|key| &key.key).filter(|key| note.signed_by(key)).map(|key| key.name()).collect();
    let cosigned = keys.iter().filter_map(|key| Some((key.key.name().to_owned(), note.cosigned_by(&key.key)?.into())));
    let cosigned: Map<String, Value> = cosigned.collect();
    json!({"text": note.text(), "lines": lines, "signed_by": signed_by, "cosigned_by": cosigned})
}

const fn note_reason(error: NoteError) -> &'static str {
    match error {
        NoteError::TooLong => "too_long",
        NoteError::TooMany => "too_many",
        NoteError::Control => "control",
        NoteError::Unsigned => "unsigned",
        NoteError::Line => "line",
        NoteError::Name => "name",
        NoteError::Key => "key",
        NoteError::VerifierKey => "verifier_key",
        _ => "other",
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cosigned {
    trust_root: Hex,
    #[serde(default)]
    later: Vec<Later>,
    note: String,
    now: Time,
}

pub fn ask_cosigned(input: &Cosigned) -> Value {
    let roots = match roots(&input.trust_root, &input.later) {
        Ok(roots) => roots,
        Err(error) => return json!({"error": error.to_string()}),
    };
    match check_checkpoint(&input.note, &roots, input.now) {
        Ok((seen, as_of)) => json!({"size": seen.size, "root": seen.root.to_string(), "as_of": as_of.get()}),
        Err(fault) => {
            let mut refused = refusal(&fault);
            refused["outcome"] = fault.outcome().as_str().into();
            refused
        }
    }
}
