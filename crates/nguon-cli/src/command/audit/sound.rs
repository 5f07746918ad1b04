//! What an audit says of a log that keeps its rules.

use nguon_core::trust::LogVerifier;
use nguon_core::values::Time;
use nguon_core::verify::check_checkpoint;
use nguon_tlog::note::{Note, NoteKey};
use nguon_witness::Audit;
use nguon_witness::audit::Audited;
use serde_json::json;

use crate::error::Error;
use crate::moment;
use crate::report::Report;
use crate::session::Session;

/// Sizes, and who cosigned the checkpoint up to which the log was replayed.
pub fn report(session: &Session, audit: &Audit, audited: &Audited) -> Result<Report, Error> {
    let (replay, size) = (audit.replay(), audited.checkpoint.size);
    let applied = replay.applied();
    let closed = replay.closes().iter().find(|close| close.size == size).map(|close| close.time);
    let roots = replay.roots();
    let Some(policy) = &roots.for_checkpoint(size).payload().log else {
        return Err(Error::caller("this trust root names no log"));
    };
    let witnesses = cosigners(&audited.note, &policy.witnesses);
    let auditors = cosigners(&audited.note, &policy.auditors);
    let note = audited.note.text().to_owned() + "\n" + &lines(&audited.note);
    let as_of = check_checkpoint(&note, roots, moment::now()?).ok().map(|(_, as_of)| as_of);

    let shown = |time: Option<Time>| time.map_or_else(|| "never".to_owned(), |time| moment::show(time, session.offset));
    let mut text = format!(
        "Sound: {size} leaves, all replayed.\n  \
         records      {}\n  trust roots  {}\n  forks        {}\n  checkpoints  {}\n  \
         closed       {}\n  root         {}\n  \
         cosigned by  {} of {} witnesses ({} needed), {} of {} map auditors\n",
        applied.records,
        applied.roots,
        applied.forks,
        applied.maps,
        shown(closed),
        audited.checkpoint.root,
        witnesses.len(),
        policy.witnesses.len(),
        policy.witness_threshold,
        auditors.len(),
        policy.auditors.len(),
    );
    match as_of {
        Some(_) => text.push_str(&format!("  as of        {}", shown(as_of))),
        None => text.push_str("  Too few have cosigned it: whether others are shown the same history is not proven."),
    }
    let json = json!({
        "sound": true, "size": size, "root": audited.checkpoint.root.to_string(), "closed": closed,
        "records": applied.records, "trust_roots": applied.roots, "forks": applied.forks, "checkpoints": applied.maps,
        "witnesses": witnesses, "auditors": auditors, "as_of": as_of,
    });
    Ok(Report::new(text, json))
}

/// The names of those who cosigned.
fn cosigners(note: &Note, listed: &[LogVerifier]) -> Vec<String> {
    let cosigned = |verifier: &&LogVerifier| {
        let key = NoteKey::new(verifier.name.as_str(), verifier.key.as_bytes());
        key.is_ok_and(|key| note.cosigned_by(&key).is_some())
    };
    listed.iter().filter(cosigned).map(|verifier| verifier.name.to_string()).collect()
}

fn lines(note: &Note) -> String {
    note.signatures().iter().map(nguon_tlog::note::NoteSignature::to_line).collect()
}
