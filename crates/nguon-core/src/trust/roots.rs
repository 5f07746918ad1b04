//! All versions of a deployment's trust root, and which of them counts where.

use super::{RootError, SignedRoot, TrustRoot};
use crate::envelope::Deployment;
use crate::ids::{AuthorityId, KeyId};
use crate::key::PublicKey;

/// Verified versions of one trust root, from version 1 without a gap, each with its leaf in the log if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roots {
    /// Never empty.
    versions: Vec<TrustRoot>,
    /// Rising; as many as versions, or none where places in the log are not known.
    leaves: Vec<u64>,
}

impl Roots {
    /// Version 1 of a deployment without a log, or for whoever does not know the later versions' places in it.
    #[must_use]
    pub fn new(first: TrustRoot) -> Self {
        Self { versions: vec![first], leaves: Vec::new() }
    }

    /// Version 1 of a deployment with a log: it is leaf 0.
    #[must_use]
    pub fn logged(first: TrustRoot) -> Self {
        Self { versions: vec![first], leaves: vec![0] }
    }

    /// What a bundle carries: the pinned version, all that follow it, and the leaf of each that follows.
    pub fn from_bundle(first: &TrustRoot, rest: &[SignedRoot], leaves: Option<&[u64]>) -> Result<Self, RootError> {
        let mut roots = if leaves.is_some() { Self::logged(first.clone()) } else { Self::new(first.clone()) };
        if leaves.is_some_and(|leaves| leaves.len() != rest.len()) {
            return Err(RootError::Leaf);
        }
        for (at, next) in rest.iter().enumerate() {
            roots.add(next.clone(), leaves.and_then(|leaves| leaves.get(at)).copied())?;
        }
        Ok(roots)
    }

    /// Checks and takes up the next version, with its leaf if version 1 has one.
    pub fn add(&mut self, next: SignedRoot, leaf: Option<u64>) -> Result<(), RootError> {
        let next = self.newest().verify_next(next)?;
        match (leaf, self.leaves.last()) {
            (None, None) => {}
            (Some(leaf), Some(last)) if leaf > *last => self.leaves.push(leaf),
            _ => return Err(RootError::Leaf),
        }
        self.versions.push(next);
        Ok(())
    }

    /// Version 1.
    #[must_use]
    pub fn first(&self) -> &TrustRoot {
        &self.versions[0]
    }

    /// The newest version.
    #[must_use]
    pub fn newest(&self) -> &TrustRoot {
        &self.versions[self.versions.len() - 1]
    }

    /// All versions, version 1 first.
    #[must_use]
    pub fn versions(&self) -> &[TrustRoot] {
        &self.versions
    }

    /// What every signature of this deployment covers.
    #[must_use]
    pub fn deployment(&self) -> &Deployment {
        self.first().deployment()
    }

    /// The version that judges a record at this index of the log: the newest below it. Where places in the log are not
    /// known it is the newest.
    #[must_use]
    pub fn at(&self, index: u64) -> &TrustRoot {
        if self.leaves.is_empty() {
            return self.newest();
        }
        let below = self.leaves.iter().filter(|leaf| **leaf < index).count();
        &self.versions[below.max(1) - 1]
    }

    /// The version that judges a checkpoint of this size: the newest among its leaves.
    #[must_use]
    pub fn for_checkpoint(&self, size: u64) -> &TrustRoot {
        self.at(size)
    }

    /// An authority's key under any version, for readers who know no order between records and versions.
    #[must_use]
    pub fn any_authority_key(&self, id: &AuthorityId, key: &KeyId) -> Option<&PublicKey> {
        self.versions.iter().rev().find_map(|root| root.authority_key(id, key))
    }
}
