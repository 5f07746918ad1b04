//! What leaves name, fetched as they come.

use std::collections::BTreeMap;

use nguon_core::log::Leaf;
use nguon_core::trust::SignedRoot;

use crate::copy::has_content;
use crate::error::Error;
use crate::source::Source;

/// The contents of one log. What a source does not have is left out: the replay says which leaf lacks it.
pub(super) struct Named<'a> {
    source: &'a Source,
    /// By payload hash, fetched when the first is asked for.
    roots: Option<BTreeMap<[u8; 32], SignedRoot>>,
}

impl<'a> Named<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, roots: None }
    }

    /// A version of the trust root by its payload's hash.
    pub(super) fn root(&mut self, payload: &[u8; 32]) -> Result<Option<&SignedRoot>, Error> {
        if self.roots.is_none() {
            let roots = self.source.contents.roots()?;
            self.roots = Some(roots.into_iter().map(|root| (root.payload_hash(), root)).collect());
        }
        Ok(self.roots.as_ref().and_then(|roots| roots.get(payload)))
    }

    /// Of each of these leaves, which begin at an index, what it names.
    pub(super) fn of(&mut self, from: u64, leaves: &[Leaf]) -> Result<Vec<Option<Vec<u8>>>, Error> {
        let mut records = self.records(from, leaves)?;
        let mut contents = Vec::with_capacity(leaves.len());
        for (index, leaf) in (from..).zip(leaves) {
            contents.push(match leaf {
                _ if !has_content(index, leaf) => None,
                Leaf::Record { .. } => records.remove(&index),
                Leaf::Root { payload, .. } => {
                    // One that cannot be written again is no root; the replay will miss it.
                    self.root(payload)?.and_then(|root| root.to_bytes().ok())
                }
                Leaf::Fork { evidence, .. } => self.source.contents.evidence(evidence)?,
                Leaf::Map { .. } => None,
            });
        }
        Ok(contents)
    }

    /// The records among the leaves. A server may answer the first some of those it is asked for.
    fn records(&self, from: u64, leaves: &[Leaf]) -> Result<BTreeMap<u64, Vec<u8>>, Error> {
        let named: Vec<u64> = (from..)
            .zip(leaves)
            .filter_map(|(index, leaf)| matches!(leaf, Leaf::Record { .. }).then_some(index))
            .collect();
        let mut found = BTreeMap::new();
        let end = from + leaves.len() as u64;
        while let Some(first) = named.iter().find(|index| !found.contains_key(*index)) {
            let before = found.len();
            found.extend(self.source.contents.records(*first, end - first)?);
            if found.len() == before || !found.contains_key(first) {
                break;
            }
        }
        Ok(found)
    }
}
