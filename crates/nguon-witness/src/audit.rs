//! Replaying a log: every leaf up to a signed checkpoint, each judged as the server had to judge it.

mod contents;
mod difference;

use std::path::Path;

use nguon_core::log::Leaf;
use nguon_core::replay::{Cause, Replay, ReplayFault};
use nguon_core::trust::{LogPolicy, Roots, TrustRoot};
use nguon_core::values::Time;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::note::Note;
use nguon_tlog::witness::Seen;

use crate::copy::Copy;
use crate::error::Error;
use crate::log_id::LogKey;
use crate::source::Source;
use contents::Named;

/// How far a leaf may be dated ahead of the auditor's clock, or before its previous cosignature, in seconds: two clocks
/// differ, and a record waits a moment for the next checkpoint.
pub const LENIENCE: u64 = 300;

const NOT_SIGNED: &str = "not signed by the log's key";

/// Leaves that are replayed between two looks at what they name.
const BATCH: usize = 256;

/// How far an audit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Leaves of one's own copy taken up again.
    Resumed(u64),
    /// Leaves fetched, of so many.
    Fetched(u64, u64),
    /// Leaves replayed, of so many.
    Replayed(u64, u64),
}

/// What times an audit accepts.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// The auditor's clock, Unix seconds.
    pub now: u64,
    /// The size it cosigned last, and when: leaves from there on must not be older.
    pub previous: Option<(u64, u64)>,
}

/// A log replayed up to some leaf, and the copy that makes it resumable.
#[derive(Debug)]
pub struct Audit {
    replay: Replay,
    copy: Option<Copy>,
    /// The largest checkpoint replayed to its end.
    newest: Option<Seen>,
}

/// A checkpoint that holds: the log signed it, and all its leaves keep the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Audited {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// Its note.
    pub note: Note,
    /// The log, by the trust root's version that judges this checkpoint.
    pub log: LogKey,
}

impl Audit {
    /// An audit under this trust root, version 1. With a folder it is resumable: what was replayed is taken up again,
    /// which `watch` is told.
    pub fn open(first: TrustRoot, folder: Option<&Path>, watch: &mut dyn FnMut(Progress)) -> Result<Self, Error> {
        policy(&Roots::logged(first.clone()), 1)?;
        let mut replay = Replay::new(first);
        let mut audit = match folder {
            None => Self { replay, copy: None, newest: None },
            Some(folder) => {
                let damaged = |fault: ReplayFault| Error::Copy { path: folder.to_owned(), reason: fault.to_string() };
                let copy = Copy::open(folder, |index, leaf, content| {
                    if index % 4096 == 4095 {
                        watch(Progress::Resumed(index + 1));
                    }
                    replay.apply_copied(leaf, content).map_err(damaged)
                })?;
                replay.settle().map_err(damaged)?;
                Self { replay, copy: Some(copy), newest: None }
            }
        };
        audit.newest = audit.kept(folder)?;
        Ok(audit)
    }

    /// All that was replayed.
    #[must_use]
    pub const fn replay(&self) -> &Replay {
        &self.replay
    }

    /// The largest checkpoint that was replayed to its end.
    #[must_use]
    pub const fn newest(&self) -> Option<Seen> {
        self.newest
    }

    /// Replays whatever leads to a checkpoint. The first fault ends it; what was found sound stays.
    pub fn follow(
        &mut self,
        note: &str,
        source: &Source,
        times: Times,
        watch: &mut dyn FnMut(Progress),
    ) -> Result<Audited, Error> {
        let text = note;
        let note = Note::parse(text).map_err(|_| Error::NotTheLogs("not a signed note"))?;
        let checkpoint = Checkpoint::parse(note.text()).map_err(|_| Error::NotTheLogs("not a checkpoint"))?;
        if checkpoint.origin != policy(self.replay.roots(), 1)?.origin.as_str() {
            return Err(Error::NotTheLogs("of another log"));
        }
        let size = checkpoint.size;
        let leaves = self.fetch(&checkpoint, &note, source, watch)?;
        let mut named = Named::new(source);
        let roots = self.with_roots(&leaves, &mut named)?;
        let log = signed(&note, &roots, size)?;
        self.check_times(&leaves, times)?;
        self.apply(&leaves, size, &mut named, watch)?;
        self.replay.check_checkpoint(size, &checkpoint.root)?;
        if let Some(seen) = self.newest.filter(|seen| seen.size > size) {
            return Err(Error::Shrunk { size, seen: seen.size });
        }
        if self.newest.is_none_or(|seen| seen.size < size) {
            if let Some(copy) = &mut self.copy {
                copy.keep_checkpoint(text)?;
            }
            self.newest = Some(Seen { size, root: checkpoint.root });
        }
        Ok(Audited { checkpoint, note, log })
    }

    /// The leaves between what was replayed and the checkpoint, which must be those that it covers.
    fn fetch(
        &self,
        checkpoint: &Checkpoint,
        note: &Note,
        source: &Source,
        watch: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Leaf>, Error> {
        let (mut tree, mut leaves) = (self.replay.tree().clone(), Vec::new());
        if checkpoint.size <= tree.size() {
            return Ok(Vec::new());
        }
        while tree.size() < checkpoint.size {
            let batch = fetched(source, tree.size(), checkpoint.size)?;
            for data in batch {
                let index = tree.size();
                leaves.push(Leaf::from_bytes(&data).map_err(|error| ReplayFault { index, cause: error.into() }));
                tree.append(hash::leaf(&data));
            }
            watch(Progress::Fetched(tree.size(), checkpoint.size));
        }
        let sound: Vec<Leaf> = leaves.iter().map_while(|leaf| leaf.as_ref().ok().copied()).collect();
        if tree.root() != checkpoint.root {
            let known = signed(note, self.replay.roots(), checkpoint.size);
            // The log's key may have been replaced among leaves that cannot be read.
            if !sound.iter().any(|leaf| matches!(leaf, Leaf::Root { .. })) {
                known.as_ref().map_err(|_| Error::NotTheLogs(NOT_SIGNED))?;
            }
            return Err(self.other_leaves(checkpoint, source, tree.root(), known.is_ok())?);
        }
        match leaves.into_iter().find_map(Result::err) {
            None => Ok(sound),
            Some(fault) => {
                // Whose fault it is, the signature says.
                signed(note, &self.with_roots(&sound, &mut Named::new(source))?, checkpoint.size)?;
                Err(fault.into())
            }
        }
    }

    /// The trust roots with those among these leaves.
    fn with_roots(&self, leaves: &[Leaf], named: &mut Named<'_>) -> Result<Roots, Error> {
        let mut roots = self.replay.roots().clone();
        for (index, leaf) in (self.replay.size()..).zip(leaves) {
            if let Leaf::Root { payload, .. } = leaf
                && index != 0
            {
                let fault = |cause| ReplayFault { index, cause };
                let root = named.root(payload)?.ok_or_else(|| fault(Cause::Missing("trust root")))?;
                roots.add(root.clone(), Some(index)).map_err(|error| fault(error.into()))?;
            }
        }
        Ok(roots)
    }

    fn check_times(&self, leaves: &[Leaf], times: Times) -> Result<(), Error> {
        let start = self.replay.size();
        let latest = times.now.saturating_add(LENIENCE);
        for (index, leaf) in (start..).zip(leaves) {
            let found = leaf.log_time();
            if found.get() > latest {
                return Err(Error::Ahead { index, found, now: times.now });
            }
        }
        // Times never decrease: the first leaf after what was cosigned is the oldest.
        let Some((cosigned, previous)) = times.previous else { return Ok(()) };
        let late = |index, found: Time| {
            if found.get().saturating_add(LENIENCE) < previous {
                Err(Error::Late { index, found, previous })
            } else {
                Ok(())
            }
        };
        if cosigned < start {
            // Replayed, and then not cosigned because the process ended.
            let copied = self.copy.as_ref().map(|copy| copy.leaves(cosigned, 1)).transpose()?.unwrap_or_default();
            match copied.first().map(|data| Leaf::from_bytes(data)) {
                Some(Ok(leaf)) => late(cosigned, leaf.log_time()),
                _ => Ok(()),
            }
        } else {
            let at = usize::try_from(cosigned - start).unwrap_or(usize::MAX);
            leaves.get(at).map_or(Ok(()), |leaf| late(cosigned, leaf.log_time()))
        }
    }

    fn apply(
        &mut self,
        leaves: &[Leaf],
        size: u64,
        named: &mut Named<'_>,
        watch: &mut dyn FnMut(Progress),
    ) -> Result<(), Error> {
        for batch in leaves.chunks(BATCH) {
            let applied = self.apply_batch(batch, named);
            let committed = self.copy.as_mut().map_or(Ok(()), Copy::commit);
            applied.and(committed)?;
            watch(Progress::Replayed(self.replay.size(), size));
        }
        Ok(())
    }

    fn apply_batch(&mut self, batch: &[Leaf], named: &mut Named<'_>) -> Result<(), Error> {
        let contents = named.of(self.replay.size(), batch)?;
        for (leaf, content) in batch.iter().zip(contents) {
            let index = self.replay.size();
            self.replay.apply(leaf, content.as_deref())?;
            if let Some(copy) = &mut self.copy {
                copy.push(index, leaf, content.as_deref())?;
            }
        }
        Ok(())
    }

    /// The checkpoint kept with the copy, which the copied leaves must make.
    fn kept(&self, folder: Option<&Path>) -> Result<Option<Seen>, Error> {
        let (Some(folder), Some(copy)) = (folder, &self.copy) else { return Ok(None) };
        let Some(text) = copy.checkpoint()? else { return Ok(None) };
        let damaged = |reason: String| Error::Copy { path: folder.to_owned(), reason };
        let note = Note::parse(&text).map_err(|error| damaged(error.to_string()))?;
        let kept = Checkpoint::parse(note.text()).map_err(|error| damaged(error.to_string()))?;
        self.replay.check_checkpoint(kept.size, &kept.root).map_err(|fault| damaged(fault.to_string()))?;
        Ok(Some(Seen { size: kept.size, root: kept.root }))
    }

    /// What it means that the leaves shown do not make the root that the log signed.
    fn other_leaves(
        &self,
        checkpoint: &Checkpoint,
        source: &Source,
        made: Hash,
        is_signed: bool,
    ) -> Result<Error, Error> {
        let copy = self.copy.as_ref().filter(|_| self.replay.size() > 0 && is_signed);
        let rewritten = copy.map(|copy| difference::first(copy, self.replay.size(), checkpoint, source)).transpose()?;
        let cause = Cause::TreeRoot { expected: made, found: checkpoint.root };
        let damaged = ReplayFault { index: checkpoint.size.saturating_sub(1), cause };
        Ok(rewritten.flatten().map_or(damaged.into(), |index| Error::Rewritten { index }))
    }
}

/// At least one leaf.
fn fetched(source: &Source, from: u64, size: u64) -> Result<Vec<Vec<u8>>, Error> {
    let leaves = source.files.leaves(from, size)?;
    let left = usize::try_from(size - from).unwrap_or(usize::MAX);
    if leaves.is_empty() || leaves.len() > left {
        return Err(Error::unreachable(format!("leaf {from}"), "it is not shown, though the checkpoint covers it"));
    }
    Ok(leaves)
}

/// The log of these trust roots, if it signed the note.
fn signed(note: &Note, roots: &Roots, size: u64) -> Result<LogKey, Error> {
    let log = LogKey::of_policy(policy(roots, size)?).map_err(|_| Error::NoLog)?;
    if note.signed_by(log.note_key()) { Ok(log) } else { Err(Error::NotTheLogs(NOT_SIGNED)) }
}

fn policy(roots: &Roots, size: u64) -> Result<&LogPolicy, Error> {
    roots.for_checkpoint(size).payload().log.as_ref().ok_or(Error::NoLog)
}
