//! Chains called otherwise.

use nguon_core::cbor;
use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::record::LIMITS;

use crate::sorted::Map;

/// Puts other ids in the places of ids: 32 bytes each, alone or within an event's bytes, which nothing else is by chance.
pub(super) fn replace(bytes: &mut [u8], names: &Map<ChainId, ChainId>) {
    for (old, new) in names {
        let mut at = 0;
        while let Some(place) = bytes.get_mut(at..at + ChainId::LENGTH) {
            if place == old.as_bytes() {
                place.copy_from_slice(new.as_bytes());
            }
            at += 1;
        }
    }
}

/// An event with chains called otherwise.
pub(crate) fn rename(event: &Event, names: &Map<ChainId, ChainId>) -> Option<Event> {
    if names.is_empty() {
        return Some(event.clone());
    }
    let mut bytes = cbor::to_bytes(event, LIMITS).ok()?;
    replace(&mut bytes, names);
    cbor::from_canonical(&bytes, LIMITS).ok()
}
