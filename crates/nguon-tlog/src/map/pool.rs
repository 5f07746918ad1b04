//! A growing array in chunks: it never moves what it holds, so growing costs no pause and no second copy.

use std::ops::{Index, IndexMut};

const CHUNK: usize = 1 << 13;

#[derive(Clone)]
pub(super) struct Pool<T> {
    /// All full but the last. The first grows by doubling, so that a small pool is small.
    chunks: Vec<Vec<T>>,
    len: usize,
}

impl<T> Pool<T> {
    pub fn new() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn push(&mut self, item: T) {
        match self.chunks.last_mut() {
            Some(last) if last.len() < CHUNK => last.push(item),
            Some(_) => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(item);
                self.chunks.push(chunk);
            }
            None => self.chunks.push(vec![item]),
        }
        self.len += 1;
    }

    /// Moves another pool's items behind this one's; into an empty pool that is free.
    pub fn append(&mut self, other: Self) {
        if self.len == 0 {
            *self = other;
        } else {
            other.chunks.into_iter().flatten().for_each(|item| self.push(item));
        }
    }

    /// Bytes on the heap.
    pub fn memory(&self) -> usize {
        let items: usize = self.chunks.iter().map(|chunk| chunk.capacity() * size_of::<T>()).sum();
        items + self.chunks.capacity() * size_of::<Vec<T>>()
    }
}

// Indexes are places this module's users were given by `len` before a `push`; none comes from outside the crate.
impl<T> Index<usize> for Pool<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        &self.chunks[index / CHUNK][index % CHUNK]
    }
}

impl<T> IndexMut<usize> for Pool<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.chunks[index / CHUNK][index % CHUNK]
    }
}
