//! Signing again: what lost a race, what stands behind something that changed, what was never signed.
//!
//! Only the records of chains that moved are signed again; all others keep their bytes, since no statement's id crosses
//! chains. What a record says stays; its place, its time of signing and what it replaces change.

use crate::sorted::Map;

use nguon_core::envelope::SignedRecord;
use nguon_core::event::Event;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::opening::PersonalOpening;
use nguon_core::record::{Record, Signer};
use nguon_core::values::List;

use super::{Entry, EntryId, Outbox, Stage, Trouble, overlay};
use crate::book::Book;
use crate::draft::{Composer, Draft, keep_time, rename};
use crate::error::Refused;
use crate::hand::{Entropy, Hand};
use crate::prepare::{Group, Kept, Prepared, prepare};

impl Outbox {
    /// Prepares an entry for [`Step::Sign`](super::Step::Sign): its draft, if it was never signed, or its records on the heads
    /// as they are now. The hand is the entry's signer.
    ///
    /// # Errors
    /// It breaks a rule by now: tell [`Self::not_renewed`], which stops the entry.
    pub fn renew(
        &self,
        id: EntryId,
        book: &Book,
        hand: &Hand,
        entropy: &mut impl Entropy,
    ) -> Result<Prepared, Refused> {
        let entry = self.entries.get(&id).filter(|entry| entry.waits()).ok_or(Refused::Settled(id))?;
        let hand = Hand { on_behalf_of: entry.on_behalf_of, ..hand.clone() };
        // It holds its own chains until it is signed, and what is behind it waits for it.
        let book = released(book, |holder| holder >= id);
        if entry.records.is_empty() {
            let draft = entry.draft.renamed(&self.state.renamed);
            return prepare(&draft, &book, &hand, &self.state.journal, entropy);
        }
        self.signed_anew(entry, &book, &hand, entropy)
    }

    fn signed_anew(
        &self,
        entry: &Entry,
        book: &Book,
        hand: &Hand,
        entropy: &mut impl Entropy,
    ) -> Result<Prepared, Refused> {
        let mut names = self.state.renamed.clone();
        let mut composer = Composer::new(book, hand, &self.state.journal, entropy);
        let mut draft = entry.draft.clone();
        // What each record was called, and where it stands now.
        let mut places: Map<StatementId, (StatementId, u64)> = Map::new();
        for (kept, signed) in entry.records.iter().zip(entry.signed_records()) {
            if !kept.own {
                composer.carry_one(signed)?;
                continue;
            }
            let old = Record::from_payload(signed.payload())?;
            let now = |named: u64| {
                let same = |(place, _): &&(u64, StatementId)| *place == named;
                let Some((_, statement)) = entry.names.iter().find(same) else { return Some(named) };
                let here = places.get(statement).map(|(_, place)| *place);
                here.or_else(|| self.place_of(statement, book, &kept.chain))
            };
            let new = moved(&old, &composer, &names, &now)?;
            let revoked = book.is_revoked(&new, &signed.key_id());
            let in_place = (new.sequence, new.previous) == (old.sequence, old.previous) && new.event == old.event;
            let statement = if in_place && !revoked {
                composer.keep(signed)?;
                kept.statement
            } else {
                sign_again(&mut composer, new.clone(), hand)?
            };
            if old.sequence == 0 && statement != kept.statement {
                names.insert(kept.chain, ChainId::of_first(statement));
            }
            places.insert(kept.statement, (statement, new.sequence));
            follow(&mut draft, &new.event);
        }
        composer.openings = openings(&entry.openings, &places, &names);
        Ok(Prepared::of(composer, draft.renamed(&names)))
    }

    /// What came of signing it.
    ///
    /// # Errors
    /// The chains have gone on meanwhile: it is asked for again.
    pub fn renewed(&mut self, id: EntryId, group: Group, book: &mut Book) -> Result<(), Refused> {
        let entry = self.entries.get(&id).filter(|entry| entry.waits()).ok_or(Refused::Settled(id))?;
        let mut fresh = released(book, |holder| holder == id);
        let states = overlay::after(&group.records, &fresh).map_err(|_| Refused::Moved)?;
        fresh.lay(states, &group.records);
        *book = fresh;
        let (old, new) = (begun(&entry.records), begun(&group.records));
        let renamed: Vec<(ChainId, ChainId)> = old.into_iter().zip(new).filter(|(old, new)| old != new).collect();
        group.notes.iter().for_each(|note| self.state.journal.note(*note));
        if let Some(entry) = self.entries.remove(&id) {
            let (photos, before) = (entry.photos.clone(), entry.records.clone());
            let mut entry = entry.signed(group);
            remember(&before, &mut entry.records);
            entry.names = self.named(&entry, book);
            // What the server has of the photos it has still.
            for (photo, sent) in &mut entry.photos {
                *sent = photos.iter().any(|(known, sent)| known.digest == photo.digest && *sent);
            }
            self.entries.insert(id, entry);
        }
        self.touch(id);
        if !renamed.is_empty() {
            self.rename(renamed);
            self.lay(book);
        }
        Ok(())
    }

    /// It cannot be signed: it stops here, with the reason, until somebody chooses a way out.
    pub fn not_renewed(&mut self, id: EntryId, refused: &Refused, book: &mut Book) {
        match refused {
            // Not its own fault: it is asked for again once the chain is there.
            Refused::Unknown(chain) if book.stored(chain).is_none() && !self.state.renamed.contains_key(chain) => {
                let known = self.entries.values().any(|entry| entry.begins().contains(chain));
                if !known && self.state.asked.insert(*chain) {
                    self.state.fetch.insert(*chain);
                    self.state_changed = true;
                    return;
                }
            }
            Refused::Moved | Refused::Signature(_) => return,
            _ => {}
        }
        if let Some(entry) = self.entries.get_mut(&id).filter(|entry| entry.waits()) {
            entry.stage = Stage::Refused(Trouble::of(refused));
            self.touch(id);
            self.lay(book);
        }
    }

    /// Which statements stand where an entry's own records name something by its place on their chain.
    pub(super) fn named(&self, entry: &Entry, book: &Book) -> Vec<(u64, StatementId)> {
        let mut found = Vec::new();
        for kept in entry.records.iter().filter(|kept| kept.own) {
            for place in event_of(kept).map(|mut event| places_in(&mut event)).unwrap_or_default() {
                let stored = book.stored(&kept.chain).and_then(|stored| stored.ids.get(usize::try_from(place).ok()?));
                let waiting = || {
                    let others = self.entries.values().filter(|other| other.waits() && other.id != entry.id);
                    let mut all = others.flat_map(|other| &other.records).chain(&entry.records);
                    all.find(|other| other.chain == kept.chain && other.sequence == place).map(|other| &other.statement)
                };
                found.extend(stored.or_else(waiting).map(|statement| (place, *statement)));
            }
        }
        found
    }

    /// Chains that are called otherwise from here on, in everything that was written down.
    pub(super) fn rename(&mut self, renamed: Vec<(ChainId, ChainId)>) {
        for (old, new) in renamed {
            self.state.renamed.values_mut().filter(|name| **name == old).for_each(|name| *name = new);
            self.state.renamed.insert(old, new);
            self.state_changed = true;
        }
    }
}

/// A book in which some entries hold nothing back.
fn released(book: &Book, ends: impl Fn(EntryId) -> bool) -> Book {
    let mut book = book.clone();
    book.release(ends);
    book
}

/// The chains that a group begins, in their order.
pub(super) fn begun(records: &[Kept]) -> Vec<ChainId> {
    let first = |kept: &&Kept| kept.own && kept.statement.as_bytes() == kept.chain.as_bytes();
    records.iter().filter(first).map(|kept| kept.chain).collect()
}

/// A record in its place on the heads as they are now, if it is not there.
fn moved<E: Entropy>(
    old: &Record,
    composer: &Composer<'_, E>,
    names: &Map<ChainId, ChainId>,
    now: &dyn Fn(u64) -> Option<u64>,
) -> Result<Record, Refused> {
    let mut record = old.clone();
    record.event = rename(&old.event, names).ok_or(Refused::Parcel)?;
    let Some(was) = old.chain else { return Ok(record) };
    let chain = names.get(&was).copied().unwrap_or(was);
    let state = composer.need(&chain)?;
    (record.chain, record.sequence, record.previous) = (Some(chain), state.sequence + 1, Some(state.head));
    shift(&mut record.event, now).ok_or_else(|| {
        let gone = Fault::Field { field: "sequence", rule: "names a record that was withdrawn" };
        Refused::rule(Some(chain), record.sequence, gone)
    })?;
    Ok(record)
}

fn sign_again<E: Entropy>(composer: &mut Composer<'_, E>, record: Record, hand: &Hand) -> Result<StatementId, Refused> {
    let (seat, on_behalf_of) = composer.seat_of(record.acting());
    if on_behalf_of.map_or(seat.signer, Signer::Actor) != record.acting() {
        return Err(match record.acting() {
            Signer::Actor(actor) => Refused::NoKey(actor),
            Signer::Authority(_) => Refused::NoOwner,
        });
    }
    let mut record = Record { signer: seat.signer, on_behalf_of, ..record };
    keep_time(&mut record.event, record.signed_at);
    (record.signed_at, record.utc_offset, record.anchor) = (hand.now, hand.utc_offset, composer.anchor());
    record.replaces = composer.replaced(&record, seat)?;
    composer.push(&record, seat)
}

/// A draft that names a record by its place names it where it is now.
const fn follow(draft: &mut Draft, event: &Event) {
    match (draft, event) {
        (Draft::Corrected(one), Event::Corrected(event)) => one.sequence = event.sequence,
        (Draft::Approved { correction, .. }, Event::CorrectionApproved(event)) => *correction = event.correction,
        _ => {}
    }
}

fn openings(
    openings: &[PersonalOpening],
    places: &Map<StatementId, (StatementId, u64)>,
    names: &Map<ChainId, ChainId>,
) -> Vec<PersonalOpening> {
    let moved = openings.iter().cloned().map(|mut personal| {
        let record = personal.opening.record;
        personal.opening.record = places.get(&record).map_or(record, |(statement, _)| *statement);
        personal.about = names.get(&personal.about).copied().unwrap_or(personal.about);
        personal
    });
    moved.collect()
}

/// What the records of an earlier version were called, so that whoever names one finds it. A record that says something
/// of the same kind on the same chain is the same record.
pub(super) fn remember(before: &[Kept], records: &mut [Kept]) {
    let mut before: Vec<&Kept> = before.iter().filter(|kept| kept.own).collect();
    for kept in records.iter_mut().filter(|kept| kept.own) {
        let name = |kept: &Kept| event_of(kept).map(|event| event.name());
        let wanted = name(kept);
        let Some(at) = before.iter().position(|old| name(old) == wanted) else { continue };
        let old = before.remove(at);
        kept.was.clone_from(&old.was);
        if old.statement == kept.statement {
            kept.times = old.times;
        } else {
            kept.was.push(old.statement);
        }
    }
}

fn event_of(kept: &Kept) -> Option<Event> {
    let signed = SignedRecord::from_bytes(kept.record.0.clone()).ok()?;
    Some(Record::from_payload(signed.payload()).ok()?.event)
}

/// The sequences that an event names on its own chain, as they are by now; `None` if one is there no more.
pub fn shift(event: &mut Event, now: &dyn Fn(u64) -> Option<u64>) -> Option<()> {
    match event {
        Event::Shipped(event) => event.draw = now(event.draw)?,
        Event::ReleaseApproved(event) => event.recall = now(event.recall)?,
        Event::Released(event) => (event.recall, event.approval) = (now(event.recall)?, now(event.approval)?),
        Event::CorrectionApproved(event) => event.correction = now(event.correction)?,
        Event::Reattested(event) => {
            let mut sequences = event.sequences.iter().map(|named| now(*named)).collect::<Option<Vec<u64>>>()?;
            sequences.sort_unstable();
            event.sequences = List::new(sequences).ok()?;
        }
        Event::Corrected(event) => {
            event.sequence = now(event.sequence)?;
            if let Event::Shipped(inner) = std::sync::Arc::make_mut(&mut event.event) {
                inner.draw = now(inner.draw)?;
            }
        }
        _ => {}
    }
    Some(())
}

/// The sequences that an event names on its own chain.
fn places_in(event: &mut Event) -> Vec<u64> {
    let found = std::cell::RefCell::new(Vec::new());
    shift(event, &|place| {
        found.borrow_mut().push(place);
        Some(place)
    });
    found.into_inner()
}

/// The records of a group as they were signed.
pub(super) fn first_records(entry: &Entry) -> Vec<SignedRecord> {
    let first = entry.begins();
    let records = entry.records.iter().zip(entry.signed_records());
    records
        .filter(|(kept, _)| first.contains(&kept.chain) && kept.statement.as_bytes() == kept.chain.as_bytes())
        .map(|(_, signed)| signed)
        .collect()
}
