//! What a leaf changes in the heads map. Who replays a log and who writes it ask the same functions.

use nguon_tlog::map::{Entry, Key};

use crate::event::Event;
use crate::ids::{ChainId, EntryHash};
use crate::log::{ChainEntry, chain_key, free_value, label_key, name_value, place_key, root_key, root_value};
use crate::state::ChainState;

/// A label or place code that a record takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// `label` or `code`, as [`crate::fault::Fault::Taken`] says it.
    pub field: &'static str,
    /// Where the map keeps whose it is.
    pub key: Key,
}

/// The label or place code that an event takes for its chain, if it takes one.
#[must_use]
pub fn name_of(event: &Event) -> Option<Name> {
    match event {
        Event::Opened(event) => event.label.as_ref().map(|label| Name { field: "label", key: label_key(label) }),
        Event::PlaceRegistered(event) => Some(Name { field: "code", key: place_key(&event.issuer, &event.code) }),
        _ => None,
    }
}

/// The label or place code that an event frees, if it frees one. `state` is its chain's.
#[must_use]
pub fn freed_by(event: &Event, state: &ChainState) -> Option<Key> {
    if !matches!(event, Event::NameReleased(_)) {
        return None;
    }
    let code = state.place().and_then(|place| place.code.as_ref()).map(|(issuer, code)| place_key(issuer, code));
    code.or_else(|| state.batch()?.label.as_ref().map(label_key))
}

/// What a freed name changes.
#[must_use]
pub fn of_freed(name: &Key) -> Entry {
    (*name, free_value())
}

/// What a record or a fork changes about its chain. `entry` is the chain's with that leaf.
#[must_use]
pub fn of_chain(chain: &ChainId, entry: &ChainEntry) -> Entry {
    (chain_key(chain), entry.value())
}

/// What a record that takes a name changes beside its chain.
#[must_use]
pub fn of_name(name: &Name, chain: &ChainId) -> Entry {
    (name.key, name_value(chain))
}

/// What a trust root changes. `entry` is that of all versions up to it.
#[must_use]
pub fn of_root(entry: &EntryHash, version: u64) -> Entry {
    (root_key(), root_value(entry, version))
}
