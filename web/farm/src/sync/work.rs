//! All that one person wrote down, and the chains it stands on, as it is in memory and as it is on disk.

use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::ids::ChainId;
use nguon_core::trust::Roots;
use nguon_draft::book::{Book, Positions};
use nguon_draft::kept;
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
    /// Entries
    pub entries: Vec<Vec<u8>>,
    /// The outbox's own state
    pub state: Option<Vec<u8>>,
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
        for bytes in &kept.entries {
            match kept::from_bytes(bytes) {
                Some(entry) => entries.push(entry),
                None => unreadable += 1,
            }
        }
        let state = kept.state.as_deref().map(kept::from_bytes::<State>);
        if let Some(None) = state {
            unreadable += 1;
        }
        let state = state.flatten();
        let mut outbox = Outbox::restore(entries, state);
        outbox.lay(&mut book);
        (Self { book, outbox, person: person.to_owned() }, unreadable)
    }

    /// What changed since this was asked last, and these chains: to be written in one transaction.
    pub fn changes(&mut self, chains: &[ChainId]) -> Vec<Change> {
        let changed = self.outbox.take_changes();
        let mut all = Vec::new();
        for (id, entry) in &changed.entries {
            let key = entry_key(&self.person, *id);
            all.push(match entry {
                Some(entry) => Change::bytes(Shelf::Entries, key, kept::to_bytes(entry)),
                None => Change::gone(Shelf::Entries, key),
            });
        }
        if let Some(state) = &changed.state {
            all.push(Change::bytes(Shelf::Work, self.person.clone(), kept::to_bytes(state)));
        }
        for id in chains {
            if let Some(stored) = self.book.stored(id) {
                all.push(Change::bytes(Shelf::Chains, id.to_string(), pack(&stored.records, &stored.positions)));
            }
        }
        all
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

/// A chain as it is kept: where the log has its records, and these one after the other.
#[must_use]
pub fn pack(records: &[SignedRecord], positions: &Positions) -> Vec<u8> {
    let records = records.iter().flat_map(|record| record.as_bytes()).copied();
    kept::to_bytes(&(positions.clone(), ByteString(records.collect())))
}

/// What [`pack`] wrote.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<(Vec<SignedRecord>, Positions)> {
    let (positions, records) = kept::from_bytes::<(Positions, ByteString)>(bytes)?;
    Some((records_of(&records.0)?, positions))
}

/// Records one after the other, as servers send them.
#[must_use]
pub fn records_of(bytes: &[u8]) -> Option<Vec<SignedRecord>> {
    let items = nguon_core::cbor::split_sequence(bytes).ok()?;
    items.into_iter().map(|item| SignedRecord::from_bytes(item.to_vec()).ok()).collect()
}
