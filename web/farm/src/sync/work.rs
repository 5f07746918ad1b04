//! All that one person wrote down, and the chains it stands on, as it is in memory and as it is on disk.

use nguon_core::envelope::SignedRecord;
use nguon_core::ids::ChainId;
use nguon_core::trust::Roots;
use nguon_draft::book::{Book, Positions};
use nguon_draft::outbox::{Entry, EntryId, Outbox, State};

use crate::browser::store::{Change, Shelf};

/// One person's work.
#[derive(Clone, Debug)]
pub struct Work {
    /// Chains at hand
    pub book: Book,
    /// What was written down
    pub outbox: Outbox,
    /// Whose: a name of this device
    pub person: String,
}

/// Two are the same only if they are one: it is kept behind a pointer, and a change makes another.
impl PartialEq for Work {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What is on disk of it.
#[derive(Default)]
pub struct Kept {
    /// Entries, as JSON
    pub entries: Vec<String>,
    /// The outbox's own state, as JSON
    pub state: Option<String>,
    /// Chains, each as [`pack`] writes it
    pub chains: Vec<(String, Vec<u8>)>,
}

impl Work {
    /// From what is on disk. What cannot be read is told by how much of it there is, not passed over in silence.
    #[must_use]
    pub fn restore(person: &str, roots: Roots, kept: &Kept) -> (Self, usize) {
        let mut unreadable = 0;
        let mut book = Book::new(roots);
        for (name, bytes) in &kept.chains {
            let taken = name
                .parse::<ChainId>()
                .ok()
                .zip(unpack(bytes))
                .map(|(id, (records, positions))| book.take(&id, records, positions).is_ok());
            // Of a chain the server has all; it is fetched again.
            let _ = taken;
        }
        let mut entries: Vec<Entry> = Vec::new();
        for text in &kept.entries {
            match serde_json::from_str(text) {
                Ok(entry) => entries.push(entry),
                Err(_) => unreadable += 1,
            }
        }
        let state = kept.state.as_ref().map(|text| serde_json::from_str::<State>(text));
        let state = match state {
            Some(Err(_)) => {
                unreadable += 1;
                None
            }
            Some(Ok(state)) => Some(state),
            None => None,
        };
        let mut outbox = Outbox::restore(entries, state);
        outbox.lay(&mut book);
        (Self { book, outbox, person: person.to_owned() }, unreadable)
    }

    /// What changed since this was asked last, and these chains: to be written in one transaction.
    ///
    /// # Errors
    /// Something that cannot be encoded: nothing may be said to be kept then.
    pub fn changes(&mut self, chains: &[ChainId]) -> Result<Vec<Change>, serde_json::Error> {
        let changed = self.outbox.take_changes();
        let mut all = Vec::new();
        for (id, entry) in &changed.entries {
            let key = entry_key(&self.person, *id);
            all.push(match entry {
                Some(entry) => Change::text(Shelf::Entries, key, serde_json::to_string(entry)?),
                None => Change::gone(Shelf::Entries, key),
            });
        }
        if let Some(state) = &changed.state {
            all.push(Change::text(Shelf::Work, self.person.clone(), serde_json::to_string(state)?));
        }
        for id in chains {
            if let Some(stored) = self.book.stored(id) {
                all.push(Change::bytes(Shelf::Chains, id.to_string(), pack(&stored.records, &stored.positions)?));
            }
        }
        Ok(all)
    }

    /// Everything written down, newest first.
    #[must_use]
    pub fn newest_first(&self) -> Vec<&Entry> {
        self.outbox.entries().rev().collect()
    }

    /// How many entries the server does not have yet.
    #[must_use]
    pub fn unsent(&self) -> usize {
        self.outbox.unsent()
    }
}

/// Under which name an entry is kept.
#[must_use]
pub fn entry_key(person: &str, id: EntryId) -> String {
    format!("{person}/{:010}", id.0)
}

/// A chain as it is kept: the length of its positions in JSON as four bytes, these, then its records one after the other.
///
/// # Errors
/// Positions that cannot be written.
pub fn pack(records: &[SignedRecord], positions: &Positions) -> Result<Vec<u8>, serde_json::Error> {
    let list: Vec<_> =
        positions.iter().map(|(at, position)| (at, position.index, position.log_time, position.anchor_time)).collect();
    let json = serde_json::to_vec(&list)?;
    let length = u32::try_from(json.len()).unwrap_or(0).to_be_bytes();
    let records = records.iter().flat_map(|record| record.as_bytes()).copied();
    Ok(length.into_iter().chain(json.iter().copied()).chain(records).collect())
}

/// What [`pack`] wrote.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<(Vec<SignedRecord>, Positions)> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (json, records) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let list: Vec<(u64, u64, nguon_core::values::Time, nguon_core::values::Time)> =
        serde_json::from_slice(json).ok()?;
    let position =
        |(at, index, log_time, anchor_time)| (at, nguon_core::log::Position { index, log_time, anchor_time });
    Some((records_of(records)?, list.into_iter().map(position).collect()))
}

/// Records one after the other, as servers send them.
#[must_use]
pub fn records_of(bytes: &[u8]) -> Option<Vec<SignedRecord>> {
    let items = nguon_core::cbor::split_sequence(bytes).ok()?;
    items.into_iter().map(|item| SignedRecord::from_bytes(item.to_vec()).ok()).collect()
}
