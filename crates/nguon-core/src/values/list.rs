//! Lists with bounds on their length.

use serde::{Deserialize, Serialize};

/// A list of `LEAST` to `MOST` items, in the order they were given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<T>", bound(deserialize = "T: Deserialize<'de>"))]
#[serde(into = "Vec<T>", bound(serialize = "T: Serialize + Clone"))]
pub struct List<T, const LEAST: usize, const MOST: usize>(Vec<T>);

/// A list that is too short or too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a list of {found} items where {least} to {most} are permitted")]
pub struct ListError {
    found: usize,
    least: usize,
    most: usize,
}

impl<T, const LEAST: usize, const MOST: usize> List<T, LEAST, MOST> {
    /// Checks the length.
    pub fn new(items: Vec<T>) -> Result<Self, ListError> {
        if (LEAST..=MOST).contains(&items.len()) {
            Ok(Self(items))
        } else {
            Err(ListError { found: items.len(), least: LEAST, most: MOST })
        }
    }

    /// A list of one, for lists that may have one.
    pub fn of_one(item: T) -> Self {
        const { assert!(LEAST <= 1 && MOST >= 1) };
        Self(vec![item])
    }
}

impl<T: crate::cbor::Encode, const LEAST: usize, const MOST: usize> crate::cbor::Encode for List<T, LEAST, MOST> {
    fn encode(&self, to: &mut Vec<u8>) {
        self.0.encode(to);
    }
}

impl<T: crate::cbor::Decode, const LEAST: usize, const MOST: usize> crate::cbor::Decode for List<T, LEAST, MOST> {
    fn decode(from: &mut crate::cbor::Decoder<'_>) -> Self {
        Self::new(Vec::decode(from)).unwrap_or_else(|error| {
            from.fail_as(&error);
            Self(Vec::new())
        })
    }
}

impl<T, const LEAST: usize, const MOST: usize> TryFrom<Vec<T>> for List<T, LEAST, MOST> {
    type Error = ListError;
    fn try_from(items: Vec<T>) -> Result<Self, ListError> {
        Self::new(items)
    }
}

impl<T, const LEAST: usize, const MOST: usize> From<List<T, LEAST, MOST>> for Vec<T> {
    fn from(list: List<T, LEAST, MOST>) -> Self {
        list.0
    }
}

impl<T, const LEAST: usize, const MOST: usize> std::ops::Deref for List<T, LEAST, MOST> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'a, T, const LEAST: usize, const MOST: usize> IntoIterator for &'a List<T, LEAST, MOST> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
