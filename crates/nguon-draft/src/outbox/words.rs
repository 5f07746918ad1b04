//! Words of many entries in one request: over an orchard's network each request takes half a second, however little is in it.

use nguon_core::cbor::{self, Limits};
use nguon_core::opening::PersonalOpening;

use super::{Answer, EntryId, Moment, Outbox, Step};
use crate::book::Book;

/// Entries of one request.
const MOST: usize = 250;
/// Openings of one request.
const MOST_OPENINGS: usize = 1_000;
const LIMITS: Limits = Limits { length: 4 * 1024 * 1024, depth: 4 };

impl Outbox {
    /// The entries whose words go in one request with those of [`Step::Openings`], which comes first.
    #[must_use]
    pub fn words_with(&self, id: EntryId) -> Vec<EntryId> {
        let ready = self.entries.values().skip_while(|entry| entry.id < id);
        let ready = ready.filter(|entry| entry.is_stored() && !entry.opened && !entry.openings.is_empty());
        let (mut ids, mut openings) = (Vec::new(), 0);
        for entry in ready.take(if self.alone { 1 } else { MOST }) {
            openings += entry.openings.len();
            if openings > MOST_OPENINGS && !ids.is_empty() {
                break;
            }
            ids.push(entry.id);
        }
        ids
    }

    /// The body of `POST /v1/openings` for these, `application/cbor`; `None` if it would be too long.
    #[must_use]
    pub fn words(&self, ids: &[EntryId]) -> Option<Vec<u8>> {
        let entries = ids.iter().filter_map(|id| self.entries.get(id));
        let all: Vec<&PersonalOpening> = entries.flat_map(|entry| &entry.openings).collect();
        cbor::to_bytes(&all, LIMITS).ok()
    }

    /// What came of it. The server takes them all or none; where it takes none of several, they go one by one, so that each is
    /// answered for itself.
    pub fn answered_words(&mut self, ids: &[EntryId], answer: Answer<'_>, book: &mut Book, at: Moment) {
        if ids.len() > 1 && matches!(answer.status, 400..=499) && !answer.passes() {
            self.alone = true;
            return;
        }
        for id in ids {
            self.answered(&Step::Openings(*id), *id, answer, book, at);
            if answer.passes() && !answer.is_good() {
                return;
            }
        }
    }
}
