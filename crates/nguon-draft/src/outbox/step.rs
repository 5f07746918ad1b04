//! What to do next.

use crate::sorted::Set;

use nguon_core::ids::ChainId;
use nguon_core::record::Signer;
use nguon_core::values::Time;

use super::{EntryId, Outbox, Stage};
use crate::book::{Book, is_timed};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Sign an entry, for the first time or again: [`Outbox::renew`], then [`Outbox::renewed`]
    Sign(EntryId),
    /// Get all records of a chain (`GET /v1/chains/{id}/records`), and where the log has them (`…/positions`):
    /// [`Outbox::fetched`]
    Fetch(ChainId),
    /// Send the records of these entries, each all or nothing, in this order: `POST /v1/groups`, or one by one. First
    /// [`Outbox::sending`]
    Post(Vec<EntryId>),
    /// Send an entry's openings, and those of others with it (`POST /v1/openings`): [`Outbox::words_with`], [`Outbox::words`],
    /// [`Outbox::answered_words`]
    Openings(EntryId),
    /// Send so-many-th photo of an entry (`PUT /v1/attachments/{digest}`)
    Photo(EntryId, usize),
    /// Ask whether the log has an entry's first record (`GET /v1/receipts/{statement_id}`)
    Ask(EntryId),
    /// Get when the log counts the records of a chain as done (`GET /v1/chains/{id}/positions`): [`Outbox::positioned`]
    Positions(ChainId),
    /// Wait for the network until then, Unix seconds; or until somebody asks to try now ([`Outbox::try_now`])
    Wait(u64),
    /// Nothing is left to do, or somebody has to choose a way out
    Rest,
}

/// At most so many entries in one request.
const MOST: usize = 1_000;
/// And no more bytes; one entry may have more.
const MOST_BYTES: usize = 4 * 1024 * 1024;

impl Outbox {
    /// What to do next at this device, where these can sign now.
    #[must_use]
    pub fn next(&self, book: &Book, now: Time, signers: &[Signer]) -> Step {
        let held = self.held_back();
        let to_sign = self.entries.values().find(|entry| {
            entry.is_unsigned()
                && !held.contains_key(&entry.id)
                && matches!(entry.stage, Stage::OnDevice)
                && signers.contains(&entry.signer)
                && !self.state.fetch.iter().any(|chain| entry.writes().contains(chain))
        });
        if let Some(entry) = to_sign {
            return Step::Sign(entry.id);
        }
        if let Some(until) = self.state.backoff.until(now) {
            return if self.has_work(book) { Step::Wait(until) } else { Step::Rest };
        }
        if let Some(chain) = self.state.fetch.first() {
            return Step::Fetch(*chain);
        }
        let batch = self.postable(&held.keys().copied().collect());
        if !batch.is_empty() {
            return Step::Post(batch);
        }
        let step = self.personal().or_else(|| self.to_ask(book, now)).or_else(|| self.to_count());
        step.or_else(|| self.later(book)).unwrap_or(Step::Rest)
    }

    fn postable(&self, held: &Set<EntryId>) -> Vec<EntryId> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        let ready = self
            .entries
            .values()
            .filter(|entry| matches!(entry.stage, Stage::OnDevice) && entry.fits && !held.contains(&entry.id));
        for entry in ready.take(MOST) {
            bytes += entry.records.iter().map(|kept| kept.record.0.len()).sum::<usize>();
            if bytes > MOST_BYTES && !batch.is_empty() {
                break;
            }
            batch.push(entry.id);
        }
        batch
    }

    /// Words and photos of what the server has.
    fn personal(&self) -> Option<Step> {
        self.entries.values().filter(|entry| entry.is_stored()).find_map(|entry| {
            if !entry.opened && !entry.openings.is_empty() {
                return Some(Step::Openings(entry.id));
            }
            let photo = entry.photos.iter().position(|(_, sent)| !sent)?;
            Some(Step::Photo(entry.id, photo))
        })
    }

    fn to_ask(&self, book: &Book, now: Time) -> Option<Step> {
        let sent = || self.entries.values().filter(|entry| entry.stage == Stage::Sent && book.has_log());
        // A clock that was set back must not keep it from asking.
        let due = |at: u64| at <= now.get() || at - now.get() > 600;
        sent().find(|entry| due(entry.ask.0)).map(|entry| Step::Ask(entry.id))
    }

    fn later(&self, book: &Book) -> Option<Step> {
        let sent = self.entries.values().filter(|entry| entry.stage == Stage::Sent && book.has_log());
        sent.map(|entry| entry.ask.0).min().map(Step::Wait)
    }

    /// When what the log has counts as done may be another time than it says.
    fn to_count(&self) -> Option<Step> {
        let mut logged = self.entries.values().filter(|entry| matches!(entry.stage, Stage::Logged { .. }));
        let entry = logged.find(|entry| !entry.counted)?;
        let timed = |record: &nguon_core::record::Record| is_timed(&record.event);
        entry.decoded().iter().find(|record| timed(record)).and_then(|record| record.chain).map(Step::Positions)
    }

    /// Whether anything would be sent or asked, were there a network.
    #[must_use]
    pub fn has_work(&self, book: &Book) -> bool {
        !self.state.fetch.is_empty()
            || self.entries.values().any(|entry| match entry.stage {
                Stage::OnDevice => true,
                Stage::Sent => book.has_log() || !entry.is_clear(),
                Stage::Logged { .. } => !entry.is_clear() || !entry.counted,
                Stage::Refused(_) | Stage::Withdrawn => false,
            })
    }

    /// How many entries the server does not have yet.
    #[must_use]
    pub fn unsent(&self) -> usize {
        self.entries.values().filter(|entry| entry.waits()).count()
    }

    /// Somebody asks to try now: the wait is over.
    pub fn try_now(&mut self) {
        self.state.backoff.reset();
        self.state_changed = true;
        for entry in self.entries.values_mut().filter(|entry| entry.stage == Stage::Sent) {
            entry.ask.0 = 0;
        }
    }

    /// These are being sent: until an answer comes the server may have them. To be on disk before the request leaves.
    pub fn sending(&mut self, ids: &[EntryId]) {
        for id in ids {
            if let Some(entry) = self.entries.get_mut(id).filter(|entry| !entry.in_doubt) {
                entry.in_doubt = true;
                self.changed.insert(*id);
            }
        }
    }

    /// The body of `POST /v1/groups`, `application/cbor-seq`: an array of byte strings for each entry.
    #[must_use]
    pub fn groups(&self, ids: &[EntryId]) -> Vec<u8> {
        let mut body = Vec::new();
        for entry in ids.iter().filter_map(|id| self.entries.get(id)) {
            head(4, entry.records.len(), &mut body);
            for kept in &entry.records {
                head(2, kept.record.0.len(), &mut body);
                body.extend_from_slice(&kept.record.0);
            }
        }
        body
    }

    /// Asks for a chain to be fetched: what is known of it may be old.
    pub fn refresh(&mut self, chain: ChainId) {
        self.state_changed |= self.state.fetch.insert(chain);
    }
}

/// The head of a CBOR item (RFC 8949 §3), in its shortest form.
fn head(major: u8, argument: usize, out: &mut Vec<u8>) {
    let [.., a, b, c, d] = (argument as u64).to_be_bytes();
    let major = major << 5;
    match argument {
        0..=23 => out.push(major | d),
        24..=0xff => out.extend_from_slice(&[major | 24, d]),
        0x100..=0xffff => out.extend_from_slice(&[major | 25, c, d]),
        _ => out.extend_from_slice(&[major | 26, a, b, c, d]),
    }
}
