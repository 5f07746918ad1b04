//! The tree as RFC 6962 §2.1 defines it, word for word, with a table of what was computed before.

use std::cell::RefCell;
use std::collections::HashMap;
use std::convert::Infallible;

use nguon_tlog::hash::{self, Hash};
use nguon_tlog::tree::NodeSource;

/// All leaf hashes, in order.
pub struct Naive {
    leaves: Vec<Hash>,
    known: RefCell<HashMap<(usize, usize), Hash>>,
}

/// The entry that every test has at this index: lengths vary, and no two are the same.
pub fn entry(index: u64) -> Vec<u8> {
    let mut entry = index.to_be_bytes().to_vec();
    entry.extend(std::iter::repeat_n(0xA5, usize::try_from(index % 5).unwrap() * 11));
    entry
}

/// As an index of these lists.
pub fn at(index: u64) -> usize {
    usize::try_from(index).unwrap()
}

#[allow(dead_code, reason = "each test program needs another half")]
impl Naive {
    pub fn new(size: u64) -> Self {
        Self { leaves: (0..size).map(|index| hash::leaf(&entry(index))).collect(), known: RefCell::default() }
    }

    pub fn leaf(&self, index: u64) -> &Hash {
        &self.leaves[at(index)]
    }

    /// MTH(D[0:size])
    pub fn root(&self, size: u64) -> Hash {
        self.mth(0, at(size))
    }

    /// MTH(D[start:end])
    pub fn mth(&self, start: usize, end: usize) -> Hash {
        match end - start {
            0 => return hash::empty(),
            1 => return self.leaves[start],
            _ => {}
        }
        if let Some(known) = self.known.borrow().get(&(start, end)) {
            return *known;
        }
        let middle = start + split(end - start);
        let node = hash::node(&self.mth(start, middle), &self.mth(middle, end));
        self.known.borrow_mut().insert((start, end), node);
        node
    }

    /// PATH(m, D[start:end])
    pub fn path(&self, m: usize, start: usize, end: usize) -> Vec<Hash> {
        if end - start == 1 {
            return Vec::new();
        }
        let k = split(end - start);
        if m < k {
            [self.path(m, start, start + k), vec![self.mth(start + k, end)]].concat()
        } else {
            [self.path(m - k, start + k, end), vec![self.mth(start, start + k)]].concat()
        }
    }

    /// SUBPROOF(m, D[start:end], b)
    pub fn subproof(&self, m: usize, start: usize, end: usize, b: bool) -> Vec<Hash> {
        if m == end - start {
            return if b { Vec::new() } else { vec![self.mth(start, end)] };
        }
        let k = split(end - start);
        if m <= k {
            [self.subproof(m, start, start + k, b), vec![self.mth(start + k, end)]].concat()
        } else {
            [self.subproof(m - k, start + k, end, false), vec![self.mth(start, start + k)]].concat()
        }
    }
}

/// The largest power of two smaller than n.
fn split(n: usize) -> usize {
    let mut k = 1;
    while k * 2 < n {
        k *= 2;
    }
    k
}

impl NodeSource for Naive {
    type Error = Infallible;

    fn node(&self, level: u8, index: u64) -> Result<Hash, Infallible> {
        Ok(self.mth(at(index << level), at((index + 1) << level)))
    }
}
