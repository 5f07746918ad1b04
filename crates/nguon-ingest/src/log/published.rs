//! The checkpoint that readers are given, and the map it commits to.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use nguon_core::bytes::ByteString;
use nguon_core::values::Time;
use nguon_core::verify::MapHead;
use nguon_tlog::hash::Hash;
use nguon_tlog::map::{Entry, Map, Update};
use tokio::sync::watch;

/// A cosigned checkpoint.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub size: u64,
    /// The log's signature, and the cosignatures.
    pub note: String,
    /// Up to when cosigners confirm that it is the newest, Unix seconds.
    pub as_of: u64,
    /// The map's root, and when it was closed: the last leaf.
    pub map_root: Hash,
    pub map_time: Time,
    /// Inclusion proof of the last leaf.
    pub inclusion: Vec<Hash>,
}

impl Head {
    /// As bundles carry it.
    pub(crate) fn for_bundle(&self) -> MapHead {
        MapHead {
            checkpoint: self.note.clone(),
            time: self.map_time,
            root: self.map_root.into(),
            inclusion: ByteString(concat(&self.inclusion)),
        }
    }
}

/// Hashes one after the other.
pub(crate) fn concat(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// How the map of the next checkpoint comes about.
pub(super) enum NextMap {
    /// Out of the published one.
    Update(Update),
    /// From the store, after a start in the middle of a checkpoint.
    Whole(Map),
}

/// What is published now, for many readers at a time.
pub(crate) struct Published {
    inner: RwLock<Inner>,
    size: watch::Sender<u64>,
}

struct Inner {
    head: Option<Arc<Head>>,
    map: Map,
}

impl Published {
    pub(super) fn new(head: Option<Head>, map: Map) -> Self {
        let size = head.as_ref().map_or(0, |head| head.size);
        Self { inner: RwLock::new(Inner { head: head.map(Arc::new), map }), size: watch::Sender::new(size) }
    }

    /// The published checkpoint; `None` before the first.
    pub(crate) fn head(&self) -> Option<Arc<Head>> {
        self.read().head.clone()
    }

    /// The multiproof of these keys in the map of the checkpoint of this size; `None` if another has been published
    /// since.
    pub(crate) fn prove(&self, size: u64, keys: &[[u8; 32]]) -> Option<Vec<u8>> {
        let inner = self.read();
        let current = inner.head.as_ref().is_some_and(|head| head.size == size);
        current.then(|| inner.map.prove(keys))
    }

    /// What these changes do to the published map.
    pub(super) fn prepare(&self, changes: &[Entry]) -> Update {
        self.read().map.prepare(changes)
    }

    /// Publishes the next checkpoint.
    pub(super) fn swap(&self, head: Head, next: NextMap) -> Result<(), nguon_tlog::map::MapError> {
        let size = head.size;
        let mut inner = self.write();
        match next {
            NextMap::Update(update) => inner.map.apply(update)?,
            NextMap::Whole(map) => inner.map = map,
        }
        inner.head = Some(Arc::new(head));
        drop(inner);
        self.size.send_replace(size);
        Ok(())
    }

    /// Publishes newer cosignatures of the same checkpoint.
    pub(super) fn refresh(&self, note: String, as_of: u64) {
        let mut inner = self.write();
        if let Some(head) = &inner.head {
            inner.head = Some(Arc::new(Head { note, as_of, ..Head::clone(head) }));
        }
    }

    /// Comes back when this leaf is published.
    pub(crate) async fn covers(&self, index: u64) {
        // The sender lives as long as `self`: there is always somebody to wait for.
        let _ = self.size.subscribe().wait_for(|size| *size > index).await;
    }

    fn read(&self) -> RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Inner> {
        self.inner.write().unwrap_or_else(PoisonError::into_inner)
    }
}
