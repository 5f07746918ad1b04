//! The log's rules as one machine without I/O: what a sequencer does leaf by leaf, and what a map auditor does again
//! before it cosigns.
//!
//! [`Replay::apply`] takes the leaves in order, each with what it names (a record's bytes, a signed trust root, evidence
//! of a fork), and refuses the first that breaks a rule: log times, admission at that position, anchors, first-come
//! labels and place codes, evidence, succession of trust roots, and the heads map over all leaves before.
//! [`Replay::check_checkpoint`] then says whether a signed size and root are those of these leaves. Not in here:
//! signatures on checkpoints, and how far ahead of whose clock a leaf may be.
//!
//! ```no_run
//! # use nguon_core::{log::Leaf, replay::{Replay, ReplayFault}, trust::TrustRoot};
//! # fn audit(root: TrustRoot, leaves: Vec<(Leaf, Vec<u8>)>) -> Result<(), ReplayFault> {
//! let mut replay = Replay::new(root);
//! for (leaf, content) in &leaves {
//!     replay.apply(leaf, Some(content))?;
//! }
//! # Ok(()) }
//! ```

mod chain;
pub mod changes;
mod fault;
mod rules;

pub use chain::LoggedRecord;
pub use fault::{Cause, ReplayFault};

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use nguon_tlog::hash::Hash;
use nguon_tlog::map::{Entry, Key, Map, ValueHash};
use nguon_tlog::tree::Frontier;

use crate::ids::{ChainId, EntryHash};
use crate::judge::Chains;
use crate::log::{ChainEntry, Leaf};
use crate::state::ChainState;
use crate::trust::{Roots, TrustRoot};
use crate::values::Time;
use chain::Chain;

/// A log, replayed up to some leaf.
#[derive(Clone)]
pub struct Replay {
    roots: Roots,
    root_entry: EntryHash,
    chains: BTreeMap<ChainId, Chain>,
    names: BTreeMap<Key, ChainId>,
    tree: Frontier,
    newest: Option<Leaf>,
    closes: Vec<Close>,
    map: Map,
    /// What the leaves since the map's last change will change.
    pending: BTreeMap<Key, ValueHash>,
    applied: Applied,
}

/// A place in the log at which it could be signed: right after a map leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Close {
    /// How many leaves, the map leaf included.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
    /// Log time of the map leaf.
    pub time: Time,
}

/// How many leaves of each sort were applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applied {
    /// Records.
    pub records: u64,
    /// Map roots.
    pub maps: u64,
    /// Versions of the trust root.
    pub roots: u64,
    /// Forks.
    pub forks: u64,
}

/// Whose word is taken for what the leaves say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Check {
    /// Nobody's: every signature, permission and map root is checked.
    All,
    /// One's own: they were checked when they were copied.
    Copied,
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Replay({} leaves, {} chains)", self.size(), self.chains.len())
    }
}

impl Chains for Replay {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        self.chains.get(id).map(|chain| chain.state.clone())
    }

    fn index(&self, chain: &ChainId, sequence: u64) -> Option<u64> {
        Some(self.chains.get(chain)?.record(sequence)?.position.index)
    }
}

impl Replay {
    /// Before the first leaf of the log of a deployment, which begins with its trust root's version 1.
    #[must_use]
    pub fn new(first: TrustRoot) -> Self {
        Self {
            roots: Roots::logged(first),
            root_entry: EntryHash::START,
            chains: BTreeMap::new(),
            names: BTreeMap::new(),
            tree: Frontier::new(),
            newest: None,
            closes: Vec::new(),
            map: Map::new(),
            pending: BTreeMap::new(),
            applied: Applied::default(),
        }
    }

    /// Takes the next leaf, or says what is wrong with it; then all is as before. `content` is what the leaf names: a
    /// record's bytes, a [`crate::trust::SignedRoot`]'s, a [`crate::fork::Evidence`]'s. A map leaf and leaf 0 need none.
    pub fn apply(&mut self, leaf: &Leaf, content: Option<&[u8]>) -> Result<(), ReplayFault> {
        self.take(leaf, content, Check::All)
    }

    /// Takes a leaf from one's own copy of a log, all of which [`Self::apply`] took before it was copied. Signatures,
    /// permissions, names and map roots are not checked again; the next map leaf that is applied covers all that was
    /// copied.
    pub fn apply_copied(&mut self, leaf: &Leaf, content: Option<&[u8]>) -> Result<(), ReplayFault> {
        self.take(leaf, content, Check::Copied)
    }

    /// Brings the map up to the last leaf if that is a map leaf, and compares them. Needed after the last
    /// [`Self::apply_copied`] by whoever asks for [`Self::map`] then.
    pub fn settle(&mut self) -> Result<(), ReplayFault> {
        match self.newest {
            Some(Leaf::Map { root, .. }) => {
                let index = self.size().saturating_sub(1);
                self.bring_up_to(&root).map_err(|cause| ReplayFault { index, cause })
            }
            _ => Ok(()),
        }
    }

    /// Whether a checkpoint of this size and root is one of this log: it ends with a map leaf, and its root is that of
    /// the leaves. The index of the fault is that of the checkpoint's last leaf.
    pub fn check_checkpoint(&self, size: u64, root: &Hash) -> Result<(), ReplayFault> {
        let cause = match self.close_of(size) {
            _ if size > self.size() => Cause::Size { size, found: self.size() },
            None => Cause::MapNotLast,
            Some(close) if close.root != *root => Cause::TreeRoot { expected: close.root, found: *root },
            Some(_) => return Ok(()),
        };
        Err(ReplayFault { index: size.saturating_sub(1), cause })
    }

    /// How many leaves were applied.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// How many leaves of each sort were applied.
    #[must_use]
    pub const fn applied(&self) -> Applied {
        self.applied
    }

    /// The leaf applied last.
    #[must_use]
    pub const fn newest(&self) -> Option<&Leaf> {
        self.newest.as_ref()
    }

    /// The tree over all leaves applied.
    #[must_use]
    pub const fn tree(&self) -> &Frontier {
        &self.tree
    }

    /// The heads map as of the last map leaf.
    #[must_use]
    pub const fn map(&self) -> &Map {
        &self.map
    }

    /// The same, without the rest.
    #[must_use]
    pub fn into_map(self) -> Map {
        self.map
    }

    /// What the next map leaf must say.
    #[must_use]
    pub fn next_map_root(&self) -> Hash {
        self.map.prepare(&self.pending()).root()
    }

    /// What the leaves since the last map leaf change in the map, by ascending key.
    #[must_use]
    pub fn pending(&self) -> Vec<Entry> {
        self.pending.iter().map(|(key, value)| (*key, *value)).collect()
    }

    /// The places at which the log could be signed, oldest first.
    #[must_use]
    pub fn closes(&self) -> &[Close] {
        &self.closes
    }

    /// The trust roots that the log holds; version 1 even before leaf 0.
    #[must_use]
    pub const fn roots(&self) -> &Roots {
        &self.roots
    }

    /// What the map holds of a chain once the next map leaf is there.
    #[must_use]
    pub fn entry(&self, chain: &ChainId) -> Option<&ChainEntry> {
        self.chains.get(chain).map(|chain| &chain.entry)
    }

    /// The records of a chain and where they stand, oldest first.
    #[must_use]
    pub fn records(&self, chain: &ChainId) -> &[LoggedRecord] {
        self.chains.get(chain).map_or(&[], |chain| &chain.records)
    }

    /// Whose a label or place code is; the key is [`crate::log::label_key`] or [`crate::log::place_key`].
    #[must_use]
    pub fn owner(&self, name: &Key) -> Option<ChainId> {
        self.names.get(name).copied()
    }

    fn close_of(&self, size: u64) -> Option<&Close> {
        let at = self.closes.binary_search_by_key(&size, |close| close.size).ok()?;
        self.closes.get(at)
    }
}
