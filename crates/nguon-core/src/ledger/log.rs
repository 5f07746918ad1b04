//! The log of a ledger whose trust root names one: leaves, checkpoints, forks.

use std::borrow::Cow;
use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::map::Map;
use nguon_tlog::note;

use super::checkpoint::{Cosigner, LedgerCheckpoint};
use super::{Ledger, LedgerError};
use crate::admit::Statement;
use crate::fork::Evidence;
use crate::ids::ChainId;
use crate::log::Leaf;
use crate::replay::{Replay, ReplayFault};
use crate::trust::{SignedRoot, TrustRoot};
use crate::values::Time;

/// The log itself.
#[derive(Clone)]
pub(super) struct Log {
    pub replay: Replay,
    leaves: Vec<(Leaf, Content)>,
    clock: Time,
    checkpoints: Vec<LedgerCheckpoint>,
    /// How many leaves the replay's map is over.
    mapped: u64,
    /// Index and log time of each version of the trust root.
    pub roots: Vec<(u64, Time)>,
    /// Where the leaf of each forked chain stands.
    pub forks: BTreeMap<ChainId, u64>,
}

/// What a leaf names.
#[derive(Clone)]
enum Content {
    None,
    /// So many-th record of a chain.
    Record(ChainId, usize),
    Bytes(Vec<u8>),
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Log({} leaves, {} checkpoints)", self.leaves.len(), self.checkpoints.len())
    }
}

impl Log {
    /// The log that begins with this trust root.
    pub fn begin(trust: TrustRoot, start: Time) -> Result<Self, ReplayFault> {
        let leaf = Leaf::Root { log_time: start, payload: trust.signed().payload_hash() };
        let mut replay = Replay::new(trust);
        replay.apply(&leaf, None)?;
        Ok(Self {
            replay,
            leaves: vec![(leaf, Content::None)],
            clock: start,
            checkpoints: Vec::new(),
            mapped: 0,
            roots: vec![(0, start)],
            forks: BTreeMap::new(),
        })
    }

    /// Takes the next record of a chain, the `place`-th it has; one that breaks a rule only if nobody `judges` it.
    pub fn take_record(&mut self, statement: &Statement, judged: bool) -> Result<(), ReplayFault> {
        let leaf = Leaf::Record { log_time: self.clock, statement: statement.id };
        let (chain, bytes) = (statement.chain(), statement.signed.as_bytes());
        let place = self.replay.records(&chain).len();
        if judged {
            self.replay.apply(&leaf, Some(bytes))?;
        } else {
            self.replay.apply_copied(&leaf, Some(bytes))?;
        }
        self.leaves.push((leaf, Content::Record(chain, place)));
        Ok(())
    }

    /// Takes evidence that a chain is forked, once.
    pub fn take_fork(&mut self, evidence: &Evidence) -> Result<(), ReplayFault> {
        let chain = evidence.chain();
        if self.forks.contains_key(&chain) {
            return Ok(());
        }
        let index = self.replay.size();
        let leaf = Leaf::Fork { log_time: self.clock, evidence: evidence.hash() };
        self.take_bytes(leaf, evidence.to_bytes())?;
        self.forks.insert(chain, index);
        Ok(())
    }

    fn take_root(&mut self, next: &SignedRoot) -> Result<(), LedgerError> {
        let index = self.replay.size();
        let leaf = Leaf::Root { log_time: self.clock, payload: next.payload_hash() };
        self.take_bytes(leaf, next.to_bytes()?)?;
        self.roots.push((index, self.clock));
        Ok(())
    }

    fn take_bytes(&mut self, leaf: Leaf, bytes: Vec<u8>) -> Result<(), ReplayFault> {
        self.replay.apply(&leaf, Some(&bytes))?;
        self.leaves.push((leaf, Content::Bytes(bytes)));
        Ok(())
    }

    /// Appends the map's root if there is a new leaf; a forged one is nobody's to check.
    fn take_map(&mut self, forged: Option<Map>) -> Result<(), ReplayFault> {
        let is_new = !matches!(self.replay.newest(), Some(Leaf::Map { .. }));
        if !is_new && forged.is_none() {
            return Ok(());
        }
        let root = forged.as_ref().map_or_else(|| self.replay.next_map_root(), Map::root);
        let leaf = Leaf::Map { log_time: self.clock, root };
        if forged.is_some() {
            self.replay.apply_copied(&leaf, None)?;
        } else {
            self.replay.apply(&leaf, None)?;
            self.mapped = self.replay.size();
        }
        self.leaves.push((leaf, Content::None));
        self.checkpoints.push(LedgerCheckpoint {
            size: self.replay.size(),
            root: self.replay.tree().root().into(),
            note: String::new(),
            time: self.clock,
            map_root: root.into(),
            inclusion: self.replay.tree().last_leaf_proof(),
            forged,
        });
        Ok(())
    }

    /// Signs the newest checkpoint, which is a new one or the last one again.
    fn sign(&mut self, key: &SigningKey, cosigners: &[Cosigner<'_>]) -> Result<(), LedgerError> {
        let newest = self.checkpoints.last_mut().ok_or(LedgerError::NoCheckpoint)?;
        let policy = self.replay.roots().newest().payload().log.as_ref().ok_or(LedgerError::NoLog)?;
        let (origin, extensions) = (policy.origin.as_str().to_owned(), Vec::new());
        let text = Checkpoint { origin, size: newest.size, root: newest.root.into(), extensions }.to_text();
        let cosign = |by: &Cosigner<'_>| note::cosign(&text, by.name, by.key, by.at.get());
        let mut lines = vec![note::sign(&text, policy.origin.as_str(), key)];
        lines.extend(cosigners.iter().map(cosign));
        let note = note::assemble(&text, &lines);
        if newest.note.is_empty() {
            newest.note = note;
        } else {
            let again = LedgerCheckpoint { note, ..newest.clone() };
            self.checkpoints.push(again);
        }
        Ok(())
    }

    pub fn checkpoint(&self, number: usize) -> Result<&LedgerCheckpoint, LedgerError> {
        self.checkpoints.get(number).ok_or(LedgerError::NoCheckpoint)
    }
}

impl Ledger {
    /// An empty ledger with a log, which begins with the trust root at this time. The root must name one.
    pub fn logged(trust: TrustRoot, start: Time) -> Result<Self, LedgerError> {
        if trust.payload().log.is_none() {
            return Err(LedgerError::NoLog);
        }
        Ok(Self { log: Some(Log::begin(trust.clone(), start)?), ..Self::new(trust) })
    }

    /// Sets the log's clock: the log time of all that comes. It never goes back.
    pub fn set_time(&mut self, now: Time) {
        if let Some(log) = &mut self.log {
            log.clock = log.clock.max(now);
        }
    }

    /// Takes up the next version of the trust root.
    pub fn add_root(&mut self, next: SignedRoot) -> Result<(), LedgerError> {
        match &mut self.log {
            Some(log) => log.take_root(&next),
            None => Ok(self.roots.add(next, None)?),
        }
    }

    /// Closes a checkpoint: appends the map's root, signs, and has it cosigned. Without a new leaf the newest checkpoint
    /// is signed and cosigned again.
    pub fn close(
        &mut self,
        time: Time,
        key: &SigningKey,
        cosigners: &[Cosigner<'_>],
    ) -> Result<&LedgerCheckpoint, LedgerError> {
        self.close_with(None, time, key, cosigners)
    }

    /// What an operator does who wants something forgotten: closes a checkpoint over another map than the leaves make.
    /// Signatures and proofs are real; a map auditor refuses it.
    pub fn close_over(
        &mut self,
        map: Map,
        time: Time,
        key: &SigningKey,
        cosigners: &[Cosigner<'_>],
    ) -> Result<&LedgerCheckpoint, LedgerError> {
        self.close_with(Some(map), time, key, cosigners)
    }

    fn close_with(
        &mut self,
        map: Option<Map>,
        time: Time,
        key: &SigningKey,
        cosigners: &[Cosigner<'_>],
    ) -> Result<&LedgerCheckpoint, LedgerError> {
        self.set_time(time);
        let log = self.log.as_mut().ok_or(LedgerError::NoLog)?;
        log.take_map(map)?;
        log.sign(key, cosigners)?;
        log.checkpoints.last().ok_or(LedgerError::NoCheckpoint)
    }

    /// The checkpoints closed, oldest first.
    #[must_use]
    pub fn checkpoints(&self) -> &[LedgerCheckpoint] {
        self.log.as_ref().map_or(&[], |log| &log.checkpoints)
    }

    /// The log's leaves with what they name: a record's bytes, a trust root's, evidence. Empty without a log.
    pub fn leaves(&self) -> impl Iterator<Item = (Leaf, Option<&[u8]>)> {
        let leaves = self.log.as_ref().map_or(&[][..], |log| &log.leaves);
        leaves.iter().map(|(leaf, content)| {
            let bytes = match content {
                Content::None => None,
                Content::Bytes(bytes) => Some(&**bytes),
                Content::Record(chain, place) => self.records(chain).get(*place).map(|record| record.as_bytes()),
            };
            (*leaf, bytes)
        })
    }

    /// The log's state, if there is a log.
    #[must_use]
    pub fn replay(&self) -> Option<&Replay> {
        self.log.as_ref().map(|log| &log.replay)
    }

    /// The map under a checkpoint.
    pub(super) fn map_under<'a>(
        &self,
        log: &'a Log,
        checkpoint: &'a LedgerCheckpoint,
    ) -> Result<Cow<'a, Map>, LedgerError> {
        if let Some(forged) = &checkpoint.forged {
            return Ok(Cow::Borrowed(forged));
        }
        if checkpoint.size == log.mapped {
            return Ok(Cow::Borrowed(log.replay.map()));
        }
        let mut replay = Replay::new(self.roots().first().clone());
        let most = usize::try_from(checkpoint.size).unwrap_or(usize::MAX);
        for (leaf, content) in self.leaves().take(most) {
            replay.apply_copied(&leaf, content)?;
        }
        replay.settle()?;
        Ok(Cow::Owned(replay.into_map()))
    }
}
