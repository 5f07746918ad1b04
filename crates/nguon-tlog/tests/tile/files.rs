//! A log's files in memory, which hold writers to the promise that a path always has the same bytes.

use std::cell::RefCell;
use std::collections::BTreeMap;

use nguon_tlog::tile::{TileBuilder, TileReader, TileWriter};

use crate::naive::entry;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    pub files: BTreeMap<String, Vec<u8>>,
    /// How many writes succeed before one fails.
    pub writes_left: Option<usize>,
    /// What was read, in order.
    pub reads: RefCell<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("no such file")]
    Missing,
    #[error("disk full")]
    Full,
}

impl Files {
    /// Those of a log of the tests' entries, flushed once.
    pub fn of(size: u64) -> Self {
        let mut files = Self::default();
        grown(TileBuilder::new(), size).flush(&mut files).unwrap();
        files
    }
}

/// The log with the tests' entries appended until it has this size.
pub fn grown(mut log: TileBuilder, size: u64) -> TileBuilder {
    for index in log.size()..size {
        log.append(&entry(index)).unwrap();
    }
    log
}

impl TileReader for Files {
    type Error = Failure;

    fn read(&self, path: &str) -> Result<Vec<u8>, Failure> {
        self.reads.borrow_mut().push(path.to_owned());
        self.files.get(path).cloned().ok_or(Failure::Missing)
    }
}

impl TileWriter for Files {
    type Error = Failure;

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        if let Some(left) = &mut self.writes_left {
            *left = left.checked_sub(1).ok_or(Failure::Full)?;
        }
        let before = self.files.insert(path.to_owned(), bytes.to_vec());
        assert!(before.is_none_or(|before| before == bytes), "{path} was written with other bytes");
        Ok(())
    }
}
