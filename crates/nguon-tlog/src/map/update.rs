//! Changing the map: first on paper, then for good.

use super::arena::{At, Branch, Map, Place, halves};
use super::pool::Pool;
use super::{Entry, Key, MapError, ValueHash, goes_right, leaf};
use crate::hash::{self, Hash};

/// A change that is worked out but not made: its root can be logged before the map shows it, and dropping it costs
/// nothing.
pub struct Update {
    /// The version of the map it was made for.
    base: Hash,
    root: Place,
    root_hash: Hash,
    /// New contents of what the map has.
    branches: Vec<(usize, Branch)>,
    values: Vec<(usize, ValueHash)>,
    /// What goes behind what the map has.
    new_branches: Pool<Branch>,
    new_leaves: Pool<Entry>,
    full: bool,
}

impl Update {
    /// The root the map will have.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.root_hash
    }
}

impl Map {
    /// Works out what setting these entries does. If a key comes twice, the later entry counts.
    ///
    /// Every hash is computed here, and none in [`Map::apply`]. For an empty map this is the bulk build.
    #[must_use]
    pub fn prepare(&self, entries: &[Entry]) -> Update {
        let mut entries = entries.to_vec();
        // A stable sort keeps equal keys in order, and the first of the reversed ones is the latest.
        entries.reverse();
        entries.sort_by_key(|entry| entry.0);
        entries.dedup_by_key(|entry| entry.0);

        let update = Update {
            base: self.version,
            root: self.root,
            root_hash: Hash::default(),
            branches: Vec::new(),
            values: Vec::new(),
            new_branches: Pool::new(),
            new_leaves: Pool::new(),
            full: false,
        };
        let mut draft = Draft { map: self, update };
        (draft.update.root, draft.update.root_hash) = draft.write(self.root, 0, &entries);
        draft.update
    }

    /// Makes a prepared change.
    ///
    /// # Errors
    /// [`MapError::Stale`] if the map is not the one it was prepared for, [`MapError::Full`] if it does not fit. The map
    /// is as before then.
    pub fn apply(&mut self, update: Update) -> Result<(), MapError> {
        if update.base != self.version {
            return Err(MapError::Stale);
        }
        if update.full {
            return Err(MapError::Full);
        }
        for (index, branch) in update.branches {
            self.branches[index] = branch;
        }
        for (index, value) in update.values {
            self.leaves[index].1 = value;
        }
        self.branches.append(update.new_branches);
        self.leaves.append(update.new_leaves);
        self.root = update.root;
        self.version = hash::of(&[self.version.as_bytes(), update.root_hash.as_bytes()]);
        Ok(())
    }

    /// Prepares and applies in one step.
    ///
    /// # Errors
    /// [`MapError::Full`] if the entries do not fit.
    pub fn set(&mut self, entries: &[Entry]) -> Result<(), MapError> {
        let update = self.prepare(entries);
        self.apply(update)
    }
}

struct Draft<'a> {
    map: &'a Map,
    update: Update,
}

impl Draft<'_> {
    /// Writes ascending entries of distinct keys into a subtree and gives its new place and hash. It goes as deep as
    /// two keys share bits.
    fn write(&mut self, place: Place, depth: usize, entries: &[Entry]) -> (Place, Hash) {
        let map = self.map;
        let (old_left, old_right) = match (place.at(), entries) {
            (_, []) => return (place, map.hash(place)),
            (At::Empty, [entry]) => return self.new_leaf(*entry),
            (At::Leaf(index), [(key, value)]) if map.leaves[index].0 == *key => {
                self.update.values.push((index, *value));
                return (place, leaf(key, value));
            }
            (At::Empty, _) => (Place::EMPTY, Place::EMPTY),
            (At::Leaf(index), _) => part(place, &map.leaves[index].0, depth),
            (At::Branch(index), _) => (map.branches[index].left, map.branches[index].right),
        };
        let (lower, upper) = halves(entries, depth, |entry| &entry.0);
        let left = self.write(old_left, depth + 1, lower);
        let right = self.write(old_right, depth + 1, upper);
        let branch = Branch::over(left, right);
        let place = match place.at() {
            At::Branch(index) => {
                self.update.branches.push((index, branch));
                place
            }
            At::Empty | At::Leaf(_) => {
                let index = map.branches.len() + self.update.new_branches.len();
                self.update.new_branches.push(branch);
                self.checked(Place::branch(index))
            }
        };
        (place, branch.hash)
    }

    fn new_leaf(&mut self, entry: Entry) -> (Place, Hash) {
        let index = self.map.leaves.len() + self.update.new_leaves.len();
        self.update.new_leaves.push(entry);
        (self.checked(Place::leaf(index)), leaf(&entry.0, &entry.1))
    }

    fn checked(&mut self, place: Option<Place>) -> Place {
        self.update.full |= place.is_none();
        place.unwrap_or(Place::EMPTY)
    }
}

/// The children of the branch that takes a leaf's place.
fn part(leaf: Place, key: &Key, depth: usize) -> (Place, Place) {
    if goes_right(key, depth) { (Place::EMPTY, leaf) } else { (leaf, Place::EMPTY) }
}
