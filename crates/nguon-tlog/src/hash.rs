//! Hashes of the log's tree (RFC 6962 §2.1).

use std::fmt;

use sha2::{Digest as _, Sha256};

/// A SHA-256 hash: of a leaf, of a node, or the root of a tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash([u8; 32]);

impl Hash {
    /// How many bytes it has.
    pub const LENGTH: usize = 32;

    /// Wraps bytes that came from elsewhere.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// `SHA-256(0x00 ‖ data)`: a leaf.
#[must_use]
pub fn leaf(data: &[u8]) -> Hash {
    of(&[&[0], data])
}

/// `SHA-256(0x01 ‖ left ‖ right)`: an inner node.
#[must_use]
pub fn node(left: &Hash, right: &Hash) -> Hash {
    of(&[&[1], &left.0, &right.0])
}

/// `SHA-256("")`: the root of a tree without leaves.
#[must_use]
pub fn empty() -> Hash {
    of(&[])
}

/// SHA-256 over the parts one after the other.
pub(crate) fn of(parts: &[&[u8]]) -> Hash {
    let mut state = Sha256::new();
    for part in parts {
        state.update(part);
    }
    Hash(state.finalize().into())
}
