//! Writes records down in the order in which they are accepted, and keeps what opens their sealed fields.

use std::collections::BTreeMap;

use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::Event;
use nguon_core::ids::{AuthorityId, ChainId, FieldDigest, StatementId};
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Ledger, LedgerError, Pen, begin_record, next_record};
use nguon_core::opening::{FieldValue, Opening, PersonalOpening, digest};
use nguon_core::record::{Attachment, Record, Signer};
use nguon_core::values::{Count, List, Time};

use super::calendar::{Moment, OFFSET};
use super::error::{Result, SeasonError};
use super::seed::Seed;

/// The only field whose opening a bundle carries by default: who the parties are.
pub const PUBLIC_FIELD: &str = "enrolled/name";

/// A file bound to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAttachment {
    /// Its salted digest, the name under which a server keeps it.
    pub digest: FieldDigest,
    /// What kind of file.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Who writes: an actor or the authority, with which key, for whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hand<'a> {
    who: Who<'a>,
    key: &'a str,
    household: Option<&'a str>,
}

#[derive(Debug, Clone, Copy)]
enum Who<'a> {
    Office,
    Actor(&'a str),
}

impl<'a> Hand<'a> {
    /// The authority, with one officer's key.
    pub(super) const OFFICE: Hand<'static> = Hand { who: Who::Office, key: "office/1", household: None };

    /// The same with the other officer's.
    pub(super) const SECOND_OFFICER: Hand<'static> = Hand { key: "office/2", ..Self::OFFICE };

    /// An actor with a key that it got later.
    pub(super) const fn with_key(self, key: &'a str) -> Self {
        Self { key, ..self }
    }

    /// An actor with its first key.
    pub(super) const fn of(actor: &'a str) -> Self {
        Self { who: Who::Actor(actor), key: actor, household: None }
    }

    /// The same for a household without a key.
    pub(super) const fn on_behalf_of(self, household: &'a str) -> Self {
        Self { household: Some(household), ..self }
    }
}

/// Seals fields and binds files for one record.
pub(super) struct Ink<'a> {
    seed: Seed,
    days_later: u64,
    record: usize,
    sealed: Vec<(String, FieldValue, &'a str)>,
    files: Vec<(Vec<u8>, &'static str, &'a str)>,
}

impl<'a> Ink<'a> {
    /// The digest of words under `event/field`; `about` names the actor whose they are.
    pub(super) fn words(&mut self, path: &str, words: &str, about: &'a str) -> FieldDigest {
        self.value(path, FieldValue::Text(words.to_owned()), about)
    }

    /// A moment of the season, moved with all of it.
    pub(super) fn time(&self, moment: Moment) -> Result<Time> {
        Ok(moment.plus_days(self.days_later).time()?)
    }

    /// The digest of a field's value.
    pub(super) fn value(&mut self, path: &str, value: FieldValue, about: &'a str) -> FieldDigest {
        let digest = value.seal(&self.salt(path), path);
        self.sealed.push((path.to_owned(), value, about));
        digest
    }

    /// Binds a file to the record.
    pub(super) fn attach(&mut self, bytes: Vec<u8>, media_type: &'static str, about: &'a str) {
        self.files.push((bytes, media_type, about));
    }

    fn salt(&self, path: &str) -> nguon_core::ids::Salt {
        self.seed.salt(&format!("{}/{path}", self.record))
    }
}

/// The season as it is being written.
pub(super) struct Book {
    pub(super) seed: Seed,
    /// How many days later than written everything happens.
    pub(super) days_later: u64,
    pub(super) office: AuthorityId,
    pub(super) ledger: Ledger,
    pub(super) chains: BTreeMap<String, ChainId>,
    pub(super) journal: Vec<SignedRecord>,
    pub(super) openings: Vec<PersonalOpening>,
    pub(super) attachments: Vec<StoredAttachment>,
}

impl Book {
    pub(super) fn new(seed: Seed, days_later: u64, office: AuthorityId, ledger: Ledger) -> Self {
        Self {
            seed,
            days_later,
            office,
            ledger,
            chains: BTreeMap::new(),
            journal: Vec::new(),
            openings: Vec::new(),
            attachments: Vec::new(),
        }
    }

    /// The chain of this name.
    pub(super) fn id(&self, name: &str) -> Result<ChainId> {
        self.chains.get(name).copied().ok_or_else(|| SeasonError::Unknown(name.to_owned()))
    }

    /// Sequence of a chain's newest record.
    pub(super) fn head(&self, name: &str) -> Result<u64> {
        let chain = self.ledger.chain(&self.id(name)?);
        chain.map(|chain| chain.sequence).ok_or_else(|| SeasonError::Unknown(name.to_owned()))
    }

    /// Begins a chain and gives it a name.
    pub(super) fn begin<'a, E: Into<Event>>(
        &mut self,
        name: &'a str,
        hand: Hand<'a>,
        at: Moment,
        event: impl FnOnce(&mut Ink<'a>) -> Result<E>,
    ) -> Result<ChainId> {
        let nonce = self.seed.nonce(name);
        let id = self.write(name, hand, at, event, |pen, event, _| Ok(begin_record(pen, event, nonce)))?;
        Ok(ChainId::of_first(id))
    }

    /// Adds to the chain of this name.
    pub(super) fn append<'a, E: Into<Event>>(
        &mut self,
        name: &'a str,
        hand: Hand<'a>,
        at: Moment,
        event: impl FnOnce(&mut Ink<'a>) -> Result<E>,
    ) -> Result<StatementId> {
        let chain = self.id(name)?;
        self.write(name, hand, at, event, |pen, event, ledger| {
            let state = ledger.chain(&chain).ok_or_else(|| SeasonError::Unknown(name.to_owned()))?;
            Ok(next_record(pen, event, &state))
        })
    }

    fn write<'a, E: Into<Event>>(
        &mut self,
        name: &'a str,
        hand: Hand<'a>,
        at: Moment,
        event: impl FnOnce(&mut Ink<'a>) -> Result<E>,
        place: impl FnOnce(&Pen<'_>, Event, &Ledger) -> Result<Record>,
    ) -> Result<StatementId> {
        let seed = self.seed;
        let key = seed.key(hand.key);
        let signer = match hand.who {
            Who::Office => Signer::Authority(self.office),
            Who::Actor(actor) => Signer::Actor(self.id(actor)?),
        };
        let signed_at = at.plus_days(self.days_later).time()?;
        let mut pen = Pen::new(self.office, &key, signed_at).east(OFFSET);
        pen.signer = signer;
        pen.on_behalf_of = hand.household.map(|household| self.id(household)).transpose()?;
        let (days_later, record) = (self.days_later, self.journal.len());
        let mut ink = Ink { seed, days_later, record, sealed: Vec::new(), files: Vec::new() };
        let event = event(&mut ink)?.into();
        let mut record = place(&pen, event, &self.ledger)?;
        let what = format!("`{}` on {name}", record.event.name());
        record.attachments = attachments(&ink)?;
        let signed = SignedRecord::sign(&record, &key, self.ledger.trust().deployment())?;
        let refused = |source: LedgerError| SeasonError::Refused { what, source };
        // The log takes each record as it is signed.
        self.ledger.set_time(record.signed_at);
        let id = self.ledger.admit(signed.clone()).map_err(refused)?;
        self.journal.push(signed);
        if record.sequence == 0 {
            self.chains.insert(name.to_owned(), ChainId::of_first(id));
        }
        self.keep(ink, id)
    }

    /// Keeps what opens the record's sealed fields and its files.
    fn keep(&mut self, ink: Ink<'_>, record: StatementId) -> Result<StatementId> {
        let fields =
            ink.sealed.iter().map(|(path, value, about)| (path.clone(), Some(ByteString(value.to_bytes())), *about));
        let files = ink.files.iter().enumerate().map(|(n, (_, _, about))| (file_path(n), None, *about));
        for (path, value, about) in fields.chain(files) {
            let opening = Opening { record, salt: ink.salt(&path), path, value };
            if opening.path == PUBLIC_FIELD {
                let refused = |source| SeasonError::Refused { what: format!("opening of {about}"), source };
                self.ledger.open(opening.clone()).map_err(refused)?;
            }
            self.openings.push(PersonalOpening { opening, about: self.id(about)? });
        }
        for (n, (bytes, media_type, _)) in ink.files.iter().enumerate() {
            let digest = digest(&ink.salt(&file_path(n)), &file_path(n), bytes);
            self.attachments.push(StoredAttachment { digest, media_type, bytes: bytes.clone() });
        }
        Ok(record)
    }
}

fn file_path(n: usize) -> String {
    format!("attachments/{n}")
}

fn attachments(ink: &Ink<'_>) -> Result<Option<List<Attachment, 1, 16>>> {
    if ink.files.is_empty() {
        return Ok(None);
    }
    let attach = |(n, (bytes, media_type, _)): (usize, &(Vec<u8>, &'static str, &str))| -> Result<Attachment> {
        let digest = digest(&ink.salt(&file_path(n)), &file_path(n), bytes);
        let length = Count::new(u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
        Ok(Attachment { digest, length, media_type: media_type.parse()? })
    };
    let all = ink.files.iter().enumerate().map(attach).collect::<Result<Vec<_>>>()?;
    Ok(Some(List::new(all)?))
}
