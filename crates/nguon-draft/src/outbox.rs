//! The outbox: what waits to be sent, and every way it can go, as pure functions.
//!
//! Whoever runs it asks [`Outbox::next`] what to do, does that one thing, and tells what came of it. Nothing is done in
//! between, so that it may stop at any point: what has to be on disk before a step is taken is said by
//! [`Outbox::take_changes`], and is to be written in one transaction.
//!
//! 1. `let step = outbox.next(&book, now, &keys)`
//! 2. for [`Step::Post`]: [`Outbox::sending`], then write the changes: from here on the server may have it
//! 3. do it; then [`Outbox::answered`] (or [`Outbox::fetched`], [`Outbox::renewed`]), and write the changes
//!
//! An entry ends [`Stage::Sent`] (without a log), [`Stage::Logged`], [`Stage::Refused`] with a reason until somebody chooses
//! a way out, or [`Stage::Withdrawn`], which stays to be seen.

mod answer;
mod backoff;
mod entry;
mod overlay;
mod renew;
mod step;
mod ways;
mod words;

pub use answer::{Answer, Moment};
pub use backoff::Backoff;
pub use entry::{Entry, EntryId, Stage, Trouble, Version};
pub use renew::shift;
pub use step::Step;

use crate::sorted::{Map, Set};

use nguon_core::ids::ChainId;
use nguon_core::record::Signer;
use nguon_core::values::Time;
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::draft::Draft;
use crate::error::Refused;
use crate::journal::Journal;
use crate::prepare::Group;

/// All that waits, and what was signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    entries: Map<EntryId, Entry>,
    state: State,
    /// Whether words of several entries were refused together.
    #[serde(skip)]
    alone: bool,
    #[serde(skip)]
    changed: Set<EntryId>,
    #[serde(skip)]
    state_changed: bool,
}

/// What the outbox keeps besides its entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    pub(crate) next: u64,
    pub(crate) journal: Journal,
    pub(crate) backoff: Backoff,
    /// Chains to be fetched, since somebody wrote there first or what is known of them is in doubt.
    #[serde(default)]
    pub(crate) fetch: Set<ChainId>,
    /// Chains that are called otherwise since their first record was signed anew.
    #[serde(default)]
    pub(crate) renamed: Map<ChainId, ChainId>,
    /// Chains that were asked for once, and are not there.
    #[serde(skip)]
    pub(crate) asked: Set<ChainId>,
}

/// What has to be written to disk: in one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Entries that changed, whole; `None`: gone
    pub entries: Vec<(EntryId, Option<Entry>)>,
    /// The rest, if it changed
    pub state: Option<State>,
}

impl Outbox {
    /// What was kept on disk. [`Self::lay`] it over the book before anything else.
    #[must_use]
    pub fn restore(entries: impl IntoIterator<Item = Entry>, state: Option<State>) -> Self {
        let entries: Map<EntryId, Entry> = entries.into_iter().map(|entry| (entry.id, entry)).collect();
        let mut state = state.unwrap_or_default();
        let last = entries.keys().next_back().map_or(0, |id| id.0);
        state.next = state.next.max(last);
        Self { entries, state, alone: false, changed: Set::new(), state_changed: false }
    }

    /// What changed since this was asked last.
    pub fn take_changes(&mut self) -> Changes {
        let changed = std::mem::take(&mut self.changed);
        let entries = changed.into_iter().map(|id| (id, self.entries.get(&id).cloned())).collect();
        let state = std::mem::take(&mut self.state_changed).then(|| self.state.clone());
        Changes { entries, state }
    }

    /// All entries, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.values()
    }

    /// An entry.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// What was signed here.
    #[must_use]
    pub const fn journal(&self) -> &Journal {
        &self.state.journal
    }

    /// How long it waits for the network.
    #[must_use]
    pub const fn backoff(&self) -> &Backoff {
        &self.state.backoff
    }

    /// What a chain is called by now.
    #[must_use]
    pub fn name_now(&self, chain: ChainId) -> ChainId {
        self.state.renamed.get(&chain).copied().unwrap_or(chain)
    }

    /// Takes up a group that was just signed. The device has it once the changes are on disk.
    ///
    /// # Errors
    /// The chains have gone on since it was prepared; nothing was seen by anybody, so it is prepared again.
    pub fn add(&mut self, group: Group, book: &mut Book) -> Result<EntryId, Refused> {
        let states = overlay::after(&group.records, book).map_err(|_| Refused::Moved)?;
        if group.records.iter().any(|kept| book.held_by(&kept.chain).is_some()) {
            return Err(Refused::Moved);
        }
        book.lay(states, &group.records);
        let id = self.new_id();
        group.notes.iter().for_each(|note| self.state.journal.note(*note));
        let mut entry = Entry::new(id, group);
        entry.names = self.named(&entry, book);
        self.entries.insert(id, entry);
        self.touch(id);
        Ok(id)
    }

    /// Takes up a draft that cannot be signed now: its chains wait for an earlier entry, a chain is not at hand, or the key
    /// is locked. It is signed when [`Step::Sign`] asks for it.
    pub fn keep_draft(
        &mut self,
        mut draft: Draft,
        signer: Signer,
        on_behalf_of: Option<ChainId>,
        now: Time,
        book: &mut Book,
    ) -> EntryId {
        draft.keep_time(now);
        let id = self.new_id();
        let entry = Entry::unsigned(id, draft, signer, on_behalf_of, now);
        entry.writes().into_iter().for_each(|chain| book.hold(self.name_now(chain), id));
        self.entries.insert(id, entry);
        self.touch(id);
        id
    }

    /// Removes an entry that is done with (in the log, or withdrawn) from this device.
    pub fn forget(&mut self, id: EntryId) -> bool {
        let done = self
            .entries
            .get(&id)
            .is_some_and(|entry| matches!(entry.stage, Stage::Logged { .. } | Stage::Withdrawn) && entry.is_clear());
        if done {
            self.entries.remove(&id);
            self.changed.insert(id);
        }
        done
    }

    fn new_id(&mut self) -> EntryId {
        self.state.next += 1;
        self.state_changed = true;
        EntryId(self.state.next)
    }

    fn touch(&mut self, id: EntryId) {
        self.changed.insert(id);
        self.state_changed = true;
    }
}
