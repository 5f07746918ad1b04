//! A checkpoint that enough others have seen, and the heads map that is its last leaf.

use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::note::{Note, NoteKey};
use nguon_tlog::tree;

use super::proof::MapHead;
use crate::fault::Fault;
use crate::ids::RootHash;
use crate::log::Leaf;
use crate::trust::{LogPolicy, LogVerifier, Roots};
use crate::values::Time;

/// Cosignatures further ahead of the reader's clock than this are ignored, in seconds.
const AHEAD: u64 = 600;

/// A checkpoint somebody has seen: how many leaves, and the root over them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Number of leaves.
    pub size: u64,
    /// Root over them.
    pub root: RootHash,
}

/// What a checkpoint and its map leaf prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub seen: Seen,
    /// When it was closed.
    pub time: Time,
    /// Root of the heads map.
    pub map: Hash,
}

/// Checks that the log of this deployment signed the checkpoint, and that the map is its last leaf.
pub(super) fn check(head: &MapHead, roots: &Roots) -> Result<Head, Fault> {
    let note = Note::parse(&head.checkpoint).map_err(|_| Fault::BadCheckpoint(crate::said("not a signed note")))?;
    let seen = signed_by_log(&note, roots)?;
    let leaf = Leaf::Map { log_time: head.time, root: head.root.into() };
    let proof = hashes(&head.inclusion.0).ok_or(Fault::BadInclusion)?;
    let last = seen.size.checked_sub(1).ok_or(Fault::BadInclusion)?;
    tree::verify_inclusion(&hash::leaf(&leaf.to_bytes()), last, seen.size, &proof, &seen.root.into())
        .map_err(|_| Fault::BadInclusion)?;
    Ok(Head { seen, time: head.time, map: head.root.into() })
}

/// The checkpoint of a note, if the log of this deployment signed it.
fn signed_by_log(note: &Note, roots: &Roots) -> Result<Seen, Fault> {
    let checkpoint =
        Checkpoint::parse(note.text()).map_err(|_| Fault::BadCheckpoint(crate::said("not a checkpoint")))?;
    let policy = policy(roots, checkpoint.size)?;
    if checkpoint.origin != policy.origin.as_str() {
        return Err(Fault::BadCheckpoint(crate::said("another origin")));
    }
    let key = NoteKey::new(policy.origin.as_str(), policy.key.as_bytes());
    if key.is_ok_and(|key| note.signed_by(&key)) {
        Ok(Seen { size: checkpoint.size, root: checkpoint.root.into() })
    } else {
        Err(Fault::BadCheckpoint(crate::said("not signed by the log")))
    }
}

/// Who must have seen a checkpoint of this size.
fn policy(roots: &Roots, size: u64) -> Result<&LogPolicy, Fault> {
    roots.for_checkpoint(size).payload().log.as_ref().ok_or(Fault::BadCheckpoint(crate::said("there is no log")))
}

/// Up to when the cosignatures confirm that nothing newer was kept back: the k-th newest of the witnesses', and no later
/// than the newest of a map auditor.
pub(super) fn as_of(note: &str, size: u64, roots: &Roots, now: Time) -> Result<Time, Fault> {
    let policy = policy(roots, size)?;
    let note = Note::parse(note).map_err(|_| Fault::BadCheckpoint(crate::said("not a signed note")))?;
    let witnesses = times(&note, &policy.witnesses, now);
    let auditors = times(&note, &policy.auditors, now);
    let nth = usize::try_from(policy.witness_threshold).ok().and_then(|nth| nth.checked_sub(1));
    let times = nth.and_then(|nth| witnesses.get(nth)).zip(auditors.first());
    let not_cosigned =
        Fault::NotCosigned { witnesses: witnesses.len(), auditors: auditors.len(), needed: policy.witness_threshold };
    times.and_then(|(witness, auditor)| Time::new(*witness.min(auditor)).ok()).ok_or(not_cosigned)
}

/// When each of these cosigned, newest first.
fn times(note: &Note, cosigners: &[LogVerifier], now: Time) -> Vec<u64> {
    let mut times = Vec::new();
    for cosigner in cosigners {
        let time = NoteKey::new(cosigner.name.as_str(), cosigner.key.as_bytes()).ok();
        let time = time.and_then(|key| note.cosigned_by(&key)).filter(|time| *time <= now.get() + AHEAD);
        if let Some(time) = time {
            let at = times.iter().position(|other| *other < time).unwrap_or(times.len());
            times.insert(at, time);
        }
    }
    times
}

/// Checks a bare checkpoint: that the log of this deployment signed it and enough others have seen it, and up to when.
pub fn check_checkpoint(note: &str, roots: &Roots, now: Time) -> Result<(Seen, Time), Fault> {
    let parsed = Note::parse(note).map_err(|_| Fault::BadCheckpoint(crate::said("not a signed note")))?;
    let seen = signed_by_log(&parsed, roots)?;
    as_of(note, seen.size, roots, now).map(|time| (seen, time))
}

/// What a witness or map auditor says it has seen last: its note must be signed by the log and cosigned by that one.
#[must_use]
pub fn seen_by(cosigner: &LogVerifier, note: &str, roots: &Roots) -> Option<Seen> {
    let note = Note::parse(note).ok()?;
    let key = NoteKey::new(cosigner.name.as_str(), cosigner.key.as_bytes()).ok()?;
    note.cosigned_by(&key)?;
    signed_by_log(&note, roots).ok()
}

/// Where a witness or map auditor shows the newest checkpoint it cosigned, if the trust root says where it answers.
#[must_use]
pub fn newest_at(cosigner: &LogVerifier, origin: &str) -> Option<String> {
    let url = cosigner.url.as_ref()?.as_str();
    let log = crate::bytes::to_hex(&crate::ids::hash(&[origin.as_bytes()]));
    Some([url, "/", &log, "/checkpoint"].concat())
}

/// 32-byte hashes one after the other.
#[must_use]
pub fn hashes(bytes: &[u8]) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    rest.is_empty().then(|| hashes.iter().map(|hash| Hash::from_bytes(*hash)).collect())
}
