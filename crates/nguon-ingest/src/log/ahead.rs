//! The map of the newest closed checkpoint, as far as it is ahead of the published one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use nguon_tlog::hash::Hash;
use nguon_tlog::map::{Entry, Map, MapError, Update};

use super::published::{NextMap, Published};

/// What is between the published map and the next.
pub(super) enum Ahead {
    /// All changes since, and what they do to the published map. Of several checkpoints, if earlier ones found nobody to
    /// cosign them.
    Changes(Vec<Entry>, Option<Update>),
    /// The whole next map, after a start in the middle of a checkpoint.
    Whole(Map),
}

/// A further step ahead that is not taken yet: its leaves may still fail to be stored.
pub(super) struct Draft {
    changes: Vec<Entry>,
    update: Update,
}

impl Ahead {
    /// Nothing is between them.
    pub(super) const NOTHING: Self = Self::Changes(Vec::new(), None);

    /// Works out what more changes do.
    fn draft(&self, published: &Published, more: &[Entry]) -> Draft {
        match self {
            Self::Changes(before, _) => {
                let changes = [before, more].concat();
                Draft { update: published.prepare(&changes), changes }
            }
            Self::Whole(map) => Draft { update: map.prepare(more), changes: Vec::new() },
        }
    }

    /// Takes the step.
    pub(super) fn take(&mut self, draft: Draft) -> Result<(), MapError> {
        match self {
            Self::Changes(changes, update) => {
                *changes = draft.changes;
                *update = Some(draft.update);
                Ok(())
            }
            Self::Whole(map) => map.apply(draft.update),
        }
    }

    /// What to publish; nothing is between them any more then.
    pub(super) fn publish(&mut self) -> Option<NextMap> {
        match std::mem::replace(self, Self::NOTHING) {
            Self::Changes(_, update) => update.map(NextMap::Update),
            Self::Whole(map) => Some(NextMap::Whole(map)),
        }
    }
}

/// A place for a draft that is made inside the store's writer.
#[derive(Clone, Default)]
pub(super) struct Desktop(Arc<Mutex<Option<Draft>>>);

impl Desktop {
    /// Makes the draft; the root that the map will have.
    pub(super) fn prepare(&self, ahead: &Mutex<Ahead>, published: &Published, changes: &[Entry]) -> Hash {
        let draft = locked(ahead).draft(published, changes);
        let root = draft.update.root();
        *locked(&self.0) = Some(draft);
        root
    }

    pub(super) fn take(&self) -> Option<Draft> {
        locked(&self.0).take()
    }
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
