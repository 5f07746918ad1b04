//! Positions by 32-byte id. One map for every use, since each further kind of map would be downloaded too.

use std::collections::BTreeMap;

use crate::ids::{AuthorityId, ChainId, KeyId, PublicKeyBytes, StatementId};

/// Positions by id, ids ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Index(BTreeMap<[u8; 32], usize>);

impl Index {
    /// Notes a position; `false` if the id has one already, which it keeps.
    #[inline(never)]
    fn add(&mut self, id: &[u8; 32], position: usize) -> bool {
        match self.0.insert(*id, position) {
            None => true,
            Some(first) => {
                self.0.insert(*id, first);
                false
            }
        }
    }

    #[inline(never)]
    fn find(&self, id: &[u8; 32]) -> Option<usize> {
        self.0.get(id).copied()
    }

    /// Notes a position; `false` if the id has one already, which it keeps.
    pub(crate) fn insert(&mut self, id: &impl Id, position: usize) -> bool {
        self.add(id.id(), position)
    }

    /// The position of an id.
    pub(crate) fn get(&self, id: &impl Id) -> Option<usize> {
        self.find(id.id())
    }

    /// Whether it knows an id.
    pub(crate) fn has(&self, id: &impl Id) -> bool {
        self.find(id.id()).is_some()
    }

    /// How many ids it knows.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The ids it knows, ascending, with their positions.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&[u8; 32], usize)> {
        self.0.iter().map(|(id, position)| (id, *position))
    }

    /// The chain ids it knows, ascending, with their positions.
    pub(crate) fn chains(&self) -> impl Iterator<Item = (ChainId, usize)> {
        self.0.iter().map(|(id, position)| (ChainId::from_bytes(*id), *position))
    }
}

/// Ids an [`Index`] may be asked for. One index holds one kind.
pub(crate) trait Id {
    fn id(&self) -> &[u8; 32];
}

macro_rules! ids {
    ($($name:ident)+) => {
        $(impl Id for $name {
            fn id(&self) -> &[u8; 32] {
                self.as_bytes()
            }
        })+
    };
}

ids! { AuthorityId ChainId KeyId PublicKeyBytes StatementId }

impl Id for [u8; 32] {
    fn id(&self) -> &[u8; 32] {
        self
    }
}
