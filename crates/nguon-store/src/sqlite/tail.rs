//! Where trust roots and log stand at the writer's desk.

use std::sync::{Arc, PoisonError, RwLock};

use nguon_core::log::Leaf;
use nguon_core::trust::Roots;
use nguon_core::values::Time;
use rusqlite::params;

use super::writer::Desk;
use crate::error::StoreError;

/// What the transaction under way has come to. It goes back with whatever is undone.
#[derive(Debug, Clone)]
pub(super) struct Tail {
    /// The trust roots in force for the next record.
    pub roots: Arc<Roots>,
    /// The log's end, where there is a log.
    pub log: Option<LogEnd>,
}

/// The end of the log.
#[derive(Debug, Clone, Copy)]
pub(super) struct LogEnd {
    /// Number of leaves.
    pub size: u64,
    /// Log time of the last leaf; no later leaf has an earlier one.
    pub log_time: Time,
    /// Size of the newest checkpoint.
    pub closed: u64,
}

/// Where the next leaf will stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next {
    pub index: u64,
    pub log_time: Time,
}

/// The trust roots as of the last commit, for whoever asks from another thread.
#[derive(Debug)]
pub(super) struct Shared(RwLock<Arc<Roots>>);

impl Shared {
    pub(super) const fn new(roots: Arc<Roots>) -> Self {
        Self(RwLock::new(roots))
    }

    pub(super) fn get(&self) -> Arc<Roots> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set(&self, roots: &Arc<Roots>) {
        let mut shared = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(&shared, roots) {
            *shared = roots.clone();
        }
    }
}

impl Desk<'_> {
    /// The log's end; an error in a deployment without one.
    pub(super) fn log(&self) -> Result<LogEnd, StoreError> {
        self.tail.borrow().log.ok_or(StoreError::NoLog)
    }

    /// Where the next leaf will stand, if there is a log. Its time does not go back, even if the clock does.
    pub(super) fn next(&self) -> Option<Next> {
        let end = self.tail.borrow().log?;
        let log_time = Time::new(self.now).map_or(end.log_time, |now| now.max(end.log_time));
        Some(Next { index: end.size, log_time })
    }

    /// Appends a leaf at [`Self::next`]; `record` is the position of the row it is about, if it is about a record.
    pub(super) fn append(&self, leaf: &Leaf, record: Option<i64>) -> Result<(), StoreError> {
        let mut end = self.log()?;
        let mut insert =
            self.connection.prepare_cached("INSERT INTO leaf (idx, data, position) VALUES (?1, ?2, ?3)")?;
        insert.execute(params![end.size, leaf.to_bytes(), record])?;
        end.size += 1;
        end.log_time = leaf.log_time();
        if matches!(leaf, Leaf::Map { .. }) {
            end.closed = end.size;
        }
        self.tail.borrow_mut().log = Some(end);
        Ok(())
    }
}
