//! The verifier, which a web page carries: straight-line code that allocates nothing.

use super::{BITS, Claim, Key, MapError, branch, goes_right, kind, leaf};
use crate::hash::Hash;

/// Checks that the map with this root answers exactly as claimed.
///
/// Claims are in ascending order of distinct keys. Without claims only the empty proof is accepted.
///
/// # Errors
/// [`MapError::Claims`], [`MapError::Proof`] or [`MapError::Root`]. No input makes it panic or follow more than 256
/// branches down.
pub fn verify(root: &Hash, claims: &[Claim], proof: &[u8]) -> Result<(), MapError> {
    let mut before: Option<&Key> = None;
    for (key, _) in claims {
        if before.is_some_and(|before| before >= key) {
            return Err(MapError::Claims);
        }
        before = Some(key);
    }
    let mut walk = Walk { rest: proof };
    let found = if claims.is_empty() { None } else { Some(walk.visit(claims, 0)?.hash) };
    if !walk.rest.is_empty() {
        return Err(MapError::Proof);
    }
    if found.is_some_and(|found| found != *root) { Err(MapError::Root) } else { Ok(()) }
}

/// What is left of the proof.
struct Walk<'a> {
    rest: &'a [u8],
}

/// A subtree's hash, and how many keys it is seen to hold: 0, 1, or 2 for "two or an unknown number".
struct Subtree {
    hash: Hash,
    keys: u8,
}

const EMPTY: Subtree = Subtree { hash: Hash::from_bytes([0; 32]), keys: 0 };

impl Walk<'_> {
    /// A subtree that has claims. They are sorted and share the path's `depth` bits.
    fn visit(&mut self, claims: &[Claim], depth: usize) -> Result<Subtree, MapError> {
        let (&first, rest) = self.rest.split_first().ok_or(MapError::Proof)?;
        self.rest = rest;
        match first {
            kind::EMPTY => all_absent(claims, None).map(|()| EMPTY),
            kind::QUERIED => claimed_leaf(claims),
            kind::OTHER => self.other_leaf(claims, depth),
            kind::BRANCH | kind::LONE_BRANCH if depth < BITS => self.branch(claims, depth, first == kind::LONE_BRANCH),
            _ => Err(MapError::Proof),
        }
    }

    fn branch(&mut self, claims: &[Claim], depth: usize, lone: bool) -> Result<Subtree, MapError> {
        let middle = claims.iter().position(|(key, _)| goes_right(key, depth)).unwrap_or(claims.len());
        let (lower, upper) = claims.split_at(middle);
        // "The child without claims is empty" needs a child without claims.
        if lone && !lower.is_empty() && !upper.is_empty() {
            return Err(MapError::Proof);
        }
        let left = self.child(lower, depth, lone)?;
        let right = self.child(upper, depth, lone)?;
        // A single key would be the leaf itself, not a branch.
        if left.keys + right.keys < 2 {
            return Err(MapError::Proof);
        }
        Ok(Subtree { hash: branch(&left.hash, &right.hash), keys: 2 })
    }

    fn child(&mut self, claims: &[Claim], depth: usize, lone: bool) -> Result<Subtree, MapError> {
        if !claims.is_empty() {
            return self.visit(claims, depth + 1);
        }
        if lone {
            return Ok(EMPTY);
        }
        let hash = Hash::from_bytes(self.take()?);
        // The empty child is written as a lone branch.
        if hash == EMPTY.hash { Err(MapError::Proof) } else { Ok(Subtree { hash, keys: 2 }) }
    }

    fn other_leaf(&mut self, claims: &[Claim], depth: usize) -> Result<Subtree, MapError> {
        let key = self.take()?;
        let value = self.take()?;
        all_absent(claims, Some(&key))?;
        if !claims.first().is_some_and(|(claimed, _)| share(claimed, &key, depth)) {
            return Err(MapError::Proof);
        }
        Ok(Subtree { hash: leaf(&key, &value), keys: 1 })
    }

    fn take(&mut self) -> Result<[u8; 32], MapError> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(MapError::Proof)?;
        self.rest = rest;
        Ok(*taken)
    }
}

fn all_absent(claims: &[Claim], held: Option<&Key>) -> Result<(), MapError> {
    for (key, value) in claims {
        if value.is_some() || held == Some(key) {
            return Err(MapError::Proof);
        }
    }
    Ok(())
}

/// The leaf of the one claim that says "present".
fn claimed_leaf(claims: &[Claim]) -> Result<Subtree, MapError> {
    let mut present = None;
    for (key, value) in claims {
        if let Some(value) = value
            && present.replace((key, value)).is_some()
        {
            return Err(MapError::Proof);
        }
    }
    let (key, value) = present.ok_or(MapError::Proof)?;
    Ok(Subtree { hash: leaf(key, value), keys: 1 })
}

/// Whether two keys agree in their first `bits` bits.
fn share(left: &Key, right: &Key, bits: usize) -> bool {
    let mut same = 0;
    for (left, right) in left.iter().zip(right) {
        let differing = left ^ right;
        same += differing.leading_zeros() as usize;
        if differing != 0 {
            break;
        }
    }
    same >= bits
}
