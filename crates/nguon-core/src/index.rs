//! Positions by 32-byte id. One map for every use, since each further kind of map would be downloaded too.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::ids::{AuthorityId, ChainId, KeyId, PublicKeyBytes, StatementId};

/// Positions by id, ids ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Index(BTreeMap<Key, usize>);

/// An id as four big-endian numbers: they order like its bytes, and nearly always the first one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u64, u64, u64, u64);

impl Key {
    fn of(id: &[u8; 32]) -> Self {
        let number = |from: usize| (from..from + 8).fold(0, |number, at| number << 8 | u64::from(id[at]));
        Self(number(0), number(8), number(16), number(24))
    }

    fn bytes(&self) -> [u8; 32] {
        let mut id = [0; 32];
        let numbers = [self.0, self.1, self.2, self.3].map(u64::to_be_bytes);
        id.copy_from_slice(numbers.as_flattened());
        id
    }
}

impl Index {
    /// Notes a position; `false` if the id has one already, which it keeps.
    #[inline(never)]
    fn add(&mut self, id: &[u8; 32], position: usize) -> bool {
        let key = Key::of(id);
        match self.0.entry(key) {
            Entry::Vacant(free) => {
                free.insert(position);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    #[inline(never)]
    fn find(&self, id: &[u8; 32]) -> Option<usize> {
        self.0.get(&Key::of(id)).copied()
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
    pub(crate) fn entries(&self) -> impl Iterator<Item = ([u8; 32], usize)> {
        self.0.iter().map(|(key, position)| (key.bytes(), *position))
    }

    /// The chain ids it knows, ascending, with their positions.
    pub(crate) fn chains(&self) -> impl Iterator<Item = (ChainId, usize)> {
        self.entries().map(|(id, position)| (ChainId::from_bytes(id), position))
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
