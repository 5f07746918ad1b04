//! What a giver hands over with a draw: everything that it stands on and the server does not have yet.

use crate::sorted::Set;

use nguon_core::ids::ChainId;

use crate::draft::Parcel;
use crate::outbox::{Entry, EntryId, Outbox, Stage};

/// The records of an entry, and of every earlier one that has to be sent before it. `None` if there is no such entry, it was
/// refused or withdrawn, or something of it has to be signed first. What the server has already is in it as well, as long as
/// the entry itself is: to send it twice does no harm.
#[must_use]
pub fn parcel_of(outbox: &Outbox, id: EntryId) -> Option<Parcel> {
    let last = outbox.entry(id).filter(|entry| is_sound(entry))?;
    let mut wanted: Set<ChainId> = needs(last).collect();
    let mut entries = vec![last];
    for entry in outbox.entries().rev().filter(|entry| entry.id < id && entry.waits()) {
        if entry.writes().iter().any(|chain| wanted.contains(chain)) {
            if !is_sound(entry) {
                return None;
            }
            wanted.extend(needs(entry));
            entries.push(entry);
        }
    }
    let oldest_first = || entries.iter().rev();
    let records = oldest_first().flat_map(|entry| &entry.records).map(|kept| kept.record.clone()).collect();
    let openings = oldest_first().flat_map(|entry| &entry.openings).cloned().collect();
    Some(Parcel { records, openings })
}

fn is_sound(entry: &Entry) -> bool {
    !entry.records.is_empty()
        && match entry.stage {
            Stage::OnDevice => !entry.is_unsigned(),
            Stage::Sent | Stage::Logged { .. } => true,
            Stage::Refused(_) | Stage::Withdrawn => false,
        }
}

fn needs(entry: &Entry) -> impl Iterator<Item = ChainId> {
    entry.writes().into_iter().chain(entry.draft.chains())
}
