//! A lost race: what waits on a chain is signed again on its new head.

use std::collections::{BTreeMap, BTreeSet};

use nguon_core::SigningKey;
use nguon_core::admit::Statement;
use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::ids::{ChainId, KeyId, StatementId};
use nguon_core::record::Record;
use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_draft::draft::keep_time;
use nguon_draft::outbox::shift;

use super::named;
use crate::book::Book;
use crate::command::outbox;
use crate::command::pull::pull;
use crate::error::Error;
use crate::home::{KeyFile, Outbox};
use crate::moment;
use crate::net::Server;
use crate::report::remark;
use crate::session::Session;

/// Where a chain's waiting records move.
#[derive(Debug, Clone, Copy)]
struct Move {
    /// Sequence of the first waiting record, before.
    from: u64,
    /// By how many records the chain went on.
    by: u64,
    /// The statement that the next waiting record continues.
    head: StatementId,
}

/// Fetches the chains of an entry in conflict, and signs again every waiting record on those that went on.
pub fn rebase(session: &Session, server: &Server, conflicting: &[Statement]) -> Result<(), Error> {
    let mut book = Book::load(&session.home)?;
    let continued: BTreeSet<ChainId> =
        conflicting.iter().filter(|one| one.record.sequence > 0).map(Statement::chain).collect();
    // A chain begun in this very entry is not on the server.
    let begun: Vec<ChainId> = conflicting.iter().filter(|one| one.record.sequence == 0).map(Statement::chain).collect();
    let asked: Vec<ChainId> = continued.into_iter().filter(|chain| !begun.contains(chain)).collect();
    pull(&session.home, server, &mut book, &asked)?;
    let outbox = session.home.outbox();
    let mut moves = BTreeMap::new();
    for chain in asked {
        // What is new may have been fetched before this command: what counts is where the waiting records stand.
        let Some(from) = first_waiting(&outbox, &chain, book.trust())? else { continue };
        let records = session.home.chain(&chain)?;
        let total = u64::try_from(records.len()).map_err(Error::system)?;
        let head = book.need(&chain)?.head;
        if total > from {
            show(session, &chain, &records, from, book.trust())?;
            moves.insert(chain, Move { from, by: total - from, head });
        }
    }
    let mut signer = Signer { session, keys: BTreeMap::new(), now: moment::now()? };
    for (number, mut entry) in outbox.entries()? {
        if entry.accepted {
            continue;
        }
        let statements = outbox::statements(&entry, number, book.trust())?;
        let mut renamed = BTreeMap::new();
        for (bytes, statement) in entry.records.iter_mut().zip(&statements) {
            let Some(to) = moves.get_mut(&statement.chain()).filter(|_| statement.record.sequence > 0) else {
                continue;
            };
            let record = moved(&statement.record, to, signer.now);
            let signed = signer.sign(&record, statement.key_id(), &book)?;
            to.head = signed.statement_id(book.trust().deployment());
            renamed.insert(statement.id, to.head);
            *bytes = ByteString(signed.as_bytes().to_vec());
        }
        if renamed.is_empty() {
            continue;
        }
        for personal in &mut entry.openings {
            if let Some(new) = renamed.get(&personal.opening.record) {
                session.home.openings().forget(personal)?;
                personal.opening.record = *new;
                session.home.openings().keep(personal)?;
            }
        }
        entry.refused = None;
        outbox.replace(number, &entry)?;
        remark(format_args!("      signed again: entry {number}"));
    }
    Ok(())
}

/// The lowest sequence that waits on a chain.
fn first_waiting(outbox: &Outbox, chain: &ChainId, trust: &TrustRoot) -> Result<Option<u64>, Error> {
    let mut first = None;
    for (number, entry) in outbox.entries()?.into_iter().filter(|(_, entry)| !entry.accepted) {
        for statement in outbox::statements(&entry, number, trust)?.iter().filter(|one| one.chain() == *chain) {
            let sequence = statement.record.sequence;
            first = Some(first.map_or(sequence, |first: u64| first.min(sequence)));
        }
    }
    Ok(first)
}

/// What somebody else wrote first.
fn show(
    session: &Session,
    chain: &ChainId,
    records: &[SignedRecord],
    from: u64,
    trust: &TrustRoot,
) -> Result<(), Error> {
    remark(format_args!("      new on {}:", named(session, chain)));
    for signed in records {
        let statement = Statement::decode(signed.clone(), trust.deployment()).map_err(Error::server)?;
        let record = &statement.record;
        if record.sequence >= from {
            let time = moment::show(record.signed_at, session.offset);
            remark(format_args!("        {} {} signed {time}", record.sequence, record.event.name()));
        }
    }
    Ok(())
}

/// The record after the others: its place, its time, and the sequences it names on its own chain.
fn moved(record: &Record, to: &Move, now: Time) -> Record {
    let shifted = |sequence: u64| if sequence >= to.from { sequence + to.by } else { sequence };
    let mut record = record.clone();
    record.sequence += to.by;
    record.previous = Some(to.head);
    record.replaces = None;
    // It is signed now; that it happened then must not be lost.
    keep_time(&mut record.event, record.signed_at);
    record.signed_at = now;
    // None of them is withdrawn.
    let _ = shift(&mut record.event, &|named| Some(shifted(named)));
    record
}

/// The keys here, each unlocked once.
struct Signer<'a> {
    session: &'a Session,
    keys: BTreeMap<KeyId, SigningKey>,
    now: Time,
}

impl Signer<'_> {
    fn sign(&mut self, record: &Record, id: KeyId, book: &Book) -> Result<SignedRecord, Error> {
        if !self.keys.contains_key(&id) {
            self.keys.insert(id, self.unlock(id)?);
        }
        let key = &self.keys[&id];
        SignedRecord::sign(record, key, book.trust().deployment()).map_err(Error::home)
    }

    fn unlock(&self, id: KeyId) -> Result<SigningKey, Error> {
        let folder = self.session.home.keys();
        for name in KeyFile::names(&folder)? {
            let file = KeyFile::load(&folder, &name)?;
            if file.id() == id {
                return file.unlock(&self.session.passphrases);
            }
        }
        Err(Error::home(format_args!("key {id}, which signed what waits, is not here any more"))
            .next("take the entry back with `nguon outbox drop`, and sign again with another key"))
    }
}

#[cfg(test)]
mod tests {
    use nguon_core::record::ChainKind;
    use nguon_core::values::UtcOffset;

    use super::*;

    #[test]
    fn sequences_that_wait_on_the_same_chain_move_and_earlier_ones_do_not() {
        let id = |byte| ChainId::from_bytes([byte; 32]);
        let head = StatementId::from_bytes([9; 32]);
        // Records 4 and later wait, and two others came before them.
        let to = Move { from: 4, by: 2, head };
        let event_after = |event: serde_json::Value| {
            let record = Record {
                version: 1,
                kind: ChainKind::Place,
                chain: Some(id(1)),
                sequence: 6,
                previous: Some(StatementId::from_bytes([8; 32])),
                signer: nguon_core::record::Signer::Actor(id(2)),
                on_behalf_of: None,
                signed_at: Time::new(1_000).unwrap(),
                utc_offset: UtcOffset::UTC,
                anchor: None,
                replaces: None,
                event: serde_json::from_value(event).unwrap(),
                attachments: None,
                nonce: None,
            };
            let moved = moved(&record, &to, Time::new(2_000).unwrap());
            assert_eq!((moved.sequence, moved.previous, moved.signed_at.get()), (8, Some(head), 2_000));
            serde_json::to_value(&moved.event).unwrap()
        };
        let same = |event: serde_json::Value, after: serde_json::Value| assert_eq!(event_after(event), after);
        use serde_json::json;
        same(
            json!({ "released": { "recall": 3, "approval": 4 } }),
            json!({ "released": { "recall": 3, "approval": 6 } }),
        );
        same(json!({ "release_approved": { "recall": 5 } }), json!({ "release_approved": { "recall": 7 } }));
        same(
            json!({ "correction_approved": { "correction": 4 } }),
            json!({ "correction_approved": { "correction": 6 } }),
        );
        same(json!({ "reattested": { "sequences": [2, 5] } }), json!({ "reattested": { "sequences": [2, 7] } }));
        // It happened when it was signed first.
        same(json!({ "sold": { "grams": 5 } }), json!({ "sold": { "grams": 5, "at": 1_000 } }));
    }
}
