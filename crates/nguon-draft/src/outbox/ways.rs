//! Ways out for what was refused, and for what was written down wrong: change it, take it back, send it again.

use nguon_core::ids::{ChainId, StatementId};

use super::entry::Version;
use super::renew::{begun, first_records, remember};
use super::{Entry, EntryId, Outbox, Stage, Trouble, overlay};
use crate::book::Book;
use crate::draft::Draft;
use crate::error::Refused;
use crate::hand::{Entropy, Hand};
use crate::prepare::{Group, Prepared, prepare_over};

impl Outbox {
    /// An entry that may still be changed: the server does not have it for certain.
    fn changeable(&self, id: EntryId) -> Result<&Entry, Refused> {
        let entry = self.entries.get(&id).filter(|entry| entry.waits()).ok_or(Refused::Settled(id))?;
        if entry.in_doubt { Err(Refused::InDoubt(id)) } else { Ok(entry) }
    }

    /// Prepares an entry with other words or weights, in its old place: before all that was written down later. What was
    /// signed there before is said to be replaced.
    ///
    /// # Errors
    /// As for [`prepare`](crate::prepare()); or the server may have it, and has to be asked first.
    pub fn revise(
        &self,
        id: EntryId,
        draft: &Draft,
        book: &Book,
        hand: &Hand,
        entropy: &mut impl Entropy,
    ) -> Result<Prepared, Refused> {
        let entry = self.changeable(id)?;
        let before = self.before(id, book);
        let hand = Hand { on_behalf_of: entry.on_behalf_of, ..hand.clone() };
        let draft = draft.renamed(&self.state.renamed);
        prepare_over(&draft, &before, &hand, &self.state.journal, entropy, first_records(entry))
    }

    /// The book as it was before an entry.
    fn before(&self, id: EntryId, book: &Book) -> Book {
        let (mut before, mut outbox) = (book.clone(), self.clone());
        outbox.lay_until(&mut before, Some(id));
        before
    }

    /// Takes up the changed entry. What stands behind it on its chains is signed again.
    ///
    /// # Errors
    /// It may not be changed any more, or the chains have gone on meanwhile.
    pub fn revised(&mut self, id: EntryId, group: Group, book: &mut Book) -> Result<(), Refused> {
        self.changeable(id)?;
        let before = self.before(id, book);
        overlay::after(&group.records, &before).map_err(|_| Refused::Moved)?;
        let Some(entry) = self.entries.remove(&id) else { return Err(Refused::Settled(id)) };
        let renamed: Vec<(ChainId, ChainId)> =
            begun(&entry.records).into_iter().zip(begun(&group.records)).filter(|(old, new)| old != new).collect();
        group.notes.iter().for_each(|note| self.state.journal.note(*note));
        let version = Version {
            draft: entry.draft.clone(),
            signed_at: entry.signed_at.unwrap_or(entry.written_at),
            statements: entry.records.iter().map(|kept| kept.statement).collect(),
            trouble: if let Stage::Refused(trouble) = &entry.stage { Some(trouble.clone()) } else { None },
        };
        let before = entry.records.clone();
        let mut entry = Entry { opened: false, ..entry }.signed(group);
        remember(&before, &mut entry.records);
        entry.names = self.named(&entry, book);
        entry.earlier.push(version);
        self.entries.insert(id, entry);
        self.touch(id);
        self.rename(renamed);
        self.lay(book);
        Ok(())
    }

    /// Takes an entry back. It stays to be seen; what stands behind it on its chains is signed again. The entries that name a
    /// chain which is there no more, and so cannot go on without it, are refused when they are signed.
    ///
    /// # Errors
    /// The server has it, or may have it.
    pub fn withdraw(&mut self, id: EntryId, book: &mut Book) -> Result<(), Refused> {
        self.changeable(id)?;
        if let Some(entry) = self.entries.get_mut(&id) {
            entry.stage = Stage::Withdrawn;
        }
        self.touch(id);
        self.lay(book);
        Ok(())
    }

    /// Entries that name a chain which this one begins: without it they cannot go on.
    #[must_use]
    pub fn dependents(&self, id: EntryId) -> Vec<EntryId> {
        let mut begun: Vec<ChainId> = self.entries.get(&id).map(Entry::begins).unwrap_or_default();
        let mut found = Vec::new();
        for entry in self.entries.values().filter(|entry| entry.id > id && entry.waits()) {
            let names = entry.writes().into_iter().chain(entry.draft.chains());
            if names.into_iter().any(|chain| begun.contains(&chain)) {
                found.push(entry.id);
                begun.extend(entry.begins());
            }
        }
        found
    }

    /// Sends a refused entry again: what stood in its way may be gone. Nothing is signed again for that, unless its chains
    /// went on.
    ///
    /// # Errors
    /// It was not refused.
    pub fn again(&mut self, id: EntryId, book: &mut Book) -> Result<(), Refused> {
        let entry = self.entries.get_mut(&id).ok_or(Refused::Settled(id))?;
        if !matches!(entry.stage, Stage::Refused(_)) {
            return Err(Refused::Settled(id));
        }
        entry.stage = Stage::OnDevice;
        entry.races = 0;
        self.state.asked.clear();
        self.state.backoff.reset();
        self.touch(id);
        self.lay(book);
        Ok(())
    }

    /// A key was revoked and another one took its place: all that the old one signed and the server does not have is signed
    /// again. Nobody replaces another key's statement, so nothing is said to be replaced.
    pub fn key_revoked(&mut self, book: &mut Book) {
        let revoked = |stage: &Stage| matches!(stage, Stage::Refused(Trouble { code, .. }) if code == "revoked_key" || code == "unknown_key");
        let ids: Vec<EntryId> =
            self.entries.values().filter(|entry| revoked(&entry.stage)).map(|entry| entry.id).collect();
        for id in &ids {
            if let Some(entry) = self.entries.get_mut(id) {
                entry.stage = Stage::OnDevice;
            }
            self.touch(*id);
        }
        self.lay(book);
    }

    /// What was refused, with the reason, oldest first.
    pub fn troubles(&self) -> impl Iterator<Item = (EntryId, &Trouble)> {
        self.entries.values().filter_map(|entry| match &entry.stage {
            Stage::Refused(trouble) => Some((entry.id, trouble)),
            _ => None,
        })
    }

    /// The record that a statement is by now: what was signed again goes by another name.
    pub(super) fn place_of(&self, statement: &StatementId, book: &Book, chain: &ChainId) -> Option<u64> {
        let stored = book.stored(chain).and_then(|stored| stored.ids.iter().position(|id| id == statement));
        stored.and_then(|place| u64::try_from(place).ok()).or_else(|| {
            let kept =
                self.entries.values().filter(|entry| entry.stage != Stage::Withdrawn).flat_map(|entry| &entry.records);
            let mut same = kept.filter(|kept| kept.statement == *statement || kept.was.contains(statement));
            same.next().map(|kept| kept.sequence)
        })
    }
}
