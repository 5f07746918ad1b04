//! Where records are written and signed: on the newest state known here, judged at once, kept in the outbox together.

use std::sync::Arc;

use ed25519_dalek::Signer as _;
use nguon_core::SigningKey;
use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::Event;
use nguon_core::ids::{ChainId, KeyId, PublicKeyBytes};
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Pen, begin_record, next_record};
use nguon_core::opening::{Opening, PersonalOpening};
use nguon_core::record::{Anchor, Attachment, Record, Signer};
use nguon_core::state::ChainState;
use nguon_core::values::{List, Time};
use nguon_draft::{Draft, Hand, Refused, Seen, Warning, prepare};

use crate::args::Signing;
use crate::book::{Added, Book};
use crate::compose::{Composed, Sealed};
use crate::error::{Error, short};
use crate::home::{Entry, Home, KeyFile, Lock, Names, Number, Waiting};
use crate::moment;
use crate::random;
use crate::report::remark;
use crate::session::Session;

/// Somebody's place to write, with all that is known.
#[derive(Debug)]
pub struct Desk<'a> {
    session: &'a Session,
    /// What is known here.
    pub book: Book,
    /// Local names.
    pub names: Names,
    /// Who signs.
    pub signer: Signer,
    /// For whom.
    pub on_behalf_of: Option<ChainId>,
    key: SigningKey,
    now: Time,
    anchor: Option<Anchor>,
    entry: Entry,
    added: Vec<Added>,
    _lock: Lock,
}

/// Seconds for which a log vouches before the checkpoint that a record names.
const WEEK: u64 = 7 * 86_400;

/// Another signer at the same desk.
#[derive(Debug)]
pub struct Seat {
    signer: Signer,
    key: SigningKey,
}

impl Seat {
    fn of_draft(&self) -> nguon_draft::Seat {
        nguon_draft::Seat { signer: self.signer, key: PublicKeyBytes::from(&self.key) }
    }
}

impl<'a> Desk<'a> {
    /// Opens the home, finds the signer and unlocks the key.
    pub fn open(session: &'a Session, signing: &Signing) -> Result<Self, Error> {
        let lock = session.home.lock()?;
        let book = Book::load(&session.home)?;
        let names = session.home.names()?;
        let (file, signer) = choose(&session.home, &book, signing)?;
        let on_behalf_of = signing.on_behalf_of.as_deref().map(|text| book.find(text, &names)).transpose()?;
        let key = file.unlock(&session.passphrases)?;
        let anchor = anchor(&session.home, &book)?;
        Ok(Self {
            session,
            book,
            names,
            signer,
            on_behalf_of,
            key,
            now: moment::now()?,
            anchor,
            entry: Entry::default(),
            added: Vec::new(),
            _lock: lock,
        })
    }

    /// Somebody else's key, to sign a part of the same group with.
    pub fn seat(&self, signing: &Signing) -> Result<Seat, Error> {
        let (file, signer) = choose(&self.session.home, &self.book, signing)?;
        Ok(Seat { signer, key: file.unlock(&self.session.passphrases)? })
    }

    /// The id of the key that signs.
    pub fn key_id(&self) -> KeyId {
        KeyId::of(&PublicKeyBytes::from(&self.key))
    }

    /// The chain somebody names.
    pub fn find(&self, text: &str) -> Result<ChainId, Error> {
        self.book.find(text, &self.names)
    }

    /// Who acts: the household signed for, or the signer.
    pub fn acting(&self) -> Signer {
        self.on_behalf_of.map_or(self.signer, Signer::Actor)
    }

    /// The actor that acts; an authority owns and holds nothing.
    pub fn acting_actor(&self) -> Result<ChainId, Error> {
        match self.acting() {
            Signer::Actor(actor) => Ok(actor),
            Signer::Authority(_) => Err(Error::caller("an authority cannot own a batch or hold a code")
                .next("sign as an actor (--as), or name the owner")),
        }
    }

    /// When this is signed.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Begins a chain. Its own personal data are about itself unless it is said about whom.
    pub fn begin(&mut self, composed: Composed, about: Option<ChainId>) -> Result<ChainId, Error> {
        let nonce = random::nonce()?;
        let Composed { event, sealed, attached } = composed;
        let mut record = begin_record(&self.pen(), event, nonce);
        record.attachments = attachments(&attached)?;
        let added = self.add(&record, sealed, about)?;
        self.entry.attachments.extend(attached.into_iter().map(|(_, waiting)| waiting));
        Ok(added.chain)
    }

    /// Adds a record to a chain.
    pub fn append(&mut self, chain: ChainId, composed: Composed, about: Option<ChainId>) -> Result<Added, Error> {
        let state = self.book.need_free(&chain)?;
        let Composed { event, sealed, attached } = composed;
        let about = about.or_else(|| match &event {
            // A lorry's number says more about the carrier than about the owner of the fruit.
            Event::Shipped(event) => Some(event.carrier),
            _ => state.custodian().or(Some(chain)),
        });
        self.warn_of_claim(&event);
        let mut record = next_record(&self.pen(), event, &state);
        record.attachments = attachments(&attached)?;
        let key = self.key_id();
        let taken_back = self.session.home.outbox().taken_back(key, state.head)?;
        if !taken_back.is_empty() {
            record.replaces = Some(List::new(taken_back).map_err(|error| {
                Error::caller(format_args!("too many records were taken back here: {error}"))
                    .next("sign with another key of this actor")
            })?);
        }
        let added = self.add(&record, sealed, about)?;
        self.entry.attachments.extend(attached.into_iter().map(|(_, waiting)| waiting));
        Ok(added)
    }

    /// The same, and names a chain that was begun.
    pub fn finish_naming(mut self, alias: Option<&str>, chain: ChainId) -> Result<Number, Error> {
        if let Some(alias) = alias {
            self.names.check(alias)?;
        }
        let number = self.put_away()?;
        if let Some(alias) = alias {
            self.names.set(alias, chain)?;
        }
        Ok(number)
    }

    /// Writes a draft: all records of its group, judged and signed by the same code that the phones have.
    pub fn write(self, draft: &Draft) -> Result<Written, Error> {
        self.write_naming(draft, None)
    }

    /// The same, and names a chain that it begins.
    pub fn write_naming(mut self, draft: &Draft, alias: Option<&str>) -> Result<Written, Error> {
        if let Some(alias) = alias {
            self.names.check(alias)?;
        }
        let written = self.write_group(draft, &[])?;
        if let (Some(alias), Some(chain)) = (alias, written.begins) {
            self.names.set(alias, chain)?;
        }
        Ok(written)
    }

    /// Writes a draft, with further keys at hand for records that others have to sign, and stays for another one.
    pub fn write_group(&mut self, draft: &Draft, also: &[Seat]) -> Result<Written, Error> {
        for chain in draft.chains().into_iter().filter(|chain| self.book.chain(chain).is_some()) {
            self.book.need_free(&chain)?;
        }
        let book = self.book.for_drafts();
        let (mut hand, mut failed) = (self.hand(), None);
        hand.also = also.iter().map(Seat::of_draft).collect();
        let mut entropy = || {
            random::bytes().unwrap_or_else(|error| {
                failed = Some(error);
                [0; 16]
            })
        };
        let journal = self.session.home.outbox().journal()?;
        let prepared = prepare(draft, &book, &hand, &journal, &mut entropy);
        if let Some(error) = failed {
            return Err(error);
        }
        let prepared = prepared.map_err(refused)?;
        self.warn(&prepared.warnings(&book));
        let states = prepared.states().to_vec();
        let signatures = prepared.to_sign().map(|(id, bytes)| self.signature(also, id, bytes));
        let signatures: Vec<[u8; 64]> = signatures.collect::<Result<_, _>>()?;
        let group = prepared.seal(&signatures).map_err(refused)?;
        for kept in group.records() {
            let signed = SignedRecord::from_bytes(kept.record.0.clone()).map_err(Error::system)?;
            self.added.push(self.book.add(signed)?);
            self.entry.records.push(kept.record.clone());
        }
        self.entry.openings.extend(group.openings().iter().cloned());
        let (number, begins) = (self.finish_group()?, group.begins());
        Ok(Written { number, begins, states })
    }

    fn signature(&self, also: &[Seat], id: KeyId, bytes: &[u8]) -> Result<[u8; 64], Error> {
        let mut keys = std::iter::once(&self.key).chain(also.iter().map(|seat| &seat.key));
        let key = keys.find(|key| KeyId::of(&PublicKeyBytes::from(*key)) == id);
        let key = key.ok_or_else(|| Error::system(format_args!("key {id} is not at hand")))?;
        Ok(key.sign(bytes).to_bytes())
    }

    fn hand(&self) -> Hand {
        let mut hand = Hand::new(self.signer, PublicKeyBytes::from(&self.key), self.now);
        hand.on_behalf_of = self.on_behalf_of;
        hand.utc_offset = self.session.offset;
        // When that checkpoint was closed is not kept here: the log says so once it has the record.
        hand.seen = self.anchor.map(|anchor| Seen { anchor, time: Time::ZERO });
        hand
    }

    fn warn(&self, warnings: &[Warning]) {
        // All others are told by `put_away`, or by the command itself.
        if warnings.iter().any(|warning| matches!(warning, Warning::Claim { .. })) {
            remark(
                "Note: the log vouches for no time to come. What was applied will count as of when the log takes the record.",
            );
        }
    }

    /// Puts all that was written into the outbox, to be sent together.
    pub fn finish(self) -> Result<Number, Error> {
        self.put_away()
    }

    /// The same, to write another group afterwards.
    pub fn finish_group(&mut self) -> Result<Number, Error> {
        let number = self.put_away()?;
        self.entry = Entry::default();
        self.added.clear();
        Ok(number)
    }

    fn put_away(&self) -> Result<Number, Error> {
        for unchecked in self.added.iter().filter_map(|added| added.unchecked) {
            remark(format_args!(
                "Note: chain {} is not known here, so the server will be the first to judge this record.",
                short(&unchecked)
            ));
        }
        let openings = self.session.home.openings();
        for personal in &self.entry.openings {
            openings.keep(personal)?;
        }
        self.session.home.outbox().add(&self.entry)
    }

    /// A log vouches for a week before the newest checkpoint seen here, and for no more.
    fn warn_of_claim(&self, event: &Event) {
        let timed = matches!(event, Event::InputApplied(_) | Event::HarvestDrawn(_));
        let far = event.at().is_some_and(|at| at.get().saturating_add(WEEK) < self.now.get() || at > self.now);
        if timed && far && self.book.trust().payload().log.is_some() {
            remark(
                "Note: the log vouches for no time more than a week back, or to come. What was applied will count as of when the \
                 log takes the record, a harvest as of the newest checkpoint seen here.",
            );
        }
    }

    fn pen(&self) -> Pen<'_> {
        let pen = Pen::new(self.signer, &self.key, self.now).east(self.session.offset);
        let pen = self.anchor.map_or(pen, |anchor| pen.anchored(anchor));
        self.on_behalf_of.map_or(pen, |household| pen.on_behalf_of(household))
    }

    fn add(&mut self, record: &Record, sealed: Vec<Sealed>, about: Option<ChainId>) -> Result<Added, Error> {
        let signed = SignedRecord::sign(record, &self.key, self.book.trust().deployment())
            .map_err(|error| Error::caller(format_args!("the record cannot be signed: {error}")))?;
        let bytes = ByteString(signed.as_bytes().to_vec());
        let added = self.book.add(signed)?;
        for Sealed { path, salt, value } in sealed {
            let opening = Opening { record: added.statement, path, salt, value };
            opening.check(record).map_err(|error| {
                Error::caller(format_args!("{error}"))
                    .next("seal only the fields that `nguon append --explain EVENT` marks as sealed")
            })?;
            self.entry.openings.push(PersonalOpening { opening, about: about.unwrap_or(added.chain) });
        }
        self.entry.records.push(bytes);
        self.added.push(added);
        Ok(added)
    }
}

/// What became of a draft.
#[derive(Debug)]
pub struct Written {
    /// Its entry in the outbox.
    pub number: Number,
    /// The chain that it begins.
    pub begins: Option<ChainId>,
    states: Vec<Arc<ChainState>>,
}

impl Written {
    /// A chain that it added to, as it is now.
    pub fn state(&self, chain: &ChainId) -> Option<&ChainState> {
        self.states.iter().find(|state| state.id == *chain).map(|state| &**state)
    }
}

/// A draft that was not written, in this program's words.
fn refused(refused: Refused) -> Error {
    match refused {
        Refused::Rule { chain, sequence, fault } => Error::record(&fault, chain, sequence),
        Refused::Unknown(chain) => Error::home(format_args!("chain {chain} is not known here"))
            .next(format_args!("run `nguon pull {chain}`"))
            .code("missing_chain"),
        Refused::NoOwner => Error::caller("an authority cannot own a batch or hold a code")
            .next("sign as an actor (--as), or name the owner"),
        Refused::Missing("season") => Error::caller("no season is open on this plot")
            .next("open one with `nguon place season`, or name it with --season"),
        Refused::TooOften(_) => Error::caller(refused).next("sign with another key of this actor"),
        other => Error::caller(other),
    }
}

/// The newest checkpoint this home has seen: it shows that what is signed now was signed no earlier.
fn anchor(home: &Home, book: &Book) -> Result<Option<Anchor>, Error> {
    if book.trust().payload().log.is_none() {
        return Ok(None);
    }
    let seen = home.seen().newest(book.trust().deployment())?;
    Ok(seen.map(|seen| Anchor { size: seen.size, root: seen.root }))
}

fn attachments(attached: &[(Attachment, Waiting)]) -> Result<Option<List<Attachment, 1, 16>>, Error> {
    if attached.is_empty() {
        return Ok(None);
    }
    let list = List::new(attached.iter().map(|(attachment, _)| attachment.clone()).collect());
    list.map(Some).map_err(|error| Error::caller(format_args!("attachments: {error}")))
}

/// The key named, or the only one here that belongs to somebody.
pub fn choose(home: &Home, book: &Book, signing: &Signing) -> Result<(KeyFile, Signer), Error> {
    let folder = home.keys();
    if let Some(name) = &signing.signing_key {
        let file = KeyFile::load(&folder, name)?;
        return match book.signer_of(&file.id()) {
            Some(signer) => Ok((file, signer)),
            None => Err(Error::caller(format_args!("key {name} belongs to nobody known here"))
                .next(format_args!(
                    "have a registrar enrol it (its public key: {}), then `nguon pull` your actor chain",
                    file.public
                ))
                .code("unknown_key")),
        };
    }
    let mut usable = Vec::new();
    for name in KeyFile::names(&folder)? {
        let file = KeyFile::load(&folder, &name)?;
        if let Some(signer) = book.signer_of(&file.id()) {
            usable.push((file, signer));
        }
    }
    match usable.len() {
        1 => usable.pop().ok_or_else(|| Error::system("no key")),
        0 => Err(Error::home("no key here belongs to anybody known")
            .next("make one with `nguon key new`, and have it enrolled")),
        _ => {
            let names: Vec<String> = usable.iter().map(|(file, _)| file.name.to_string()).collect();
            Err(Error::caller("more than one key here can sign")
                .next(format_args!("choose with --as: {}", names.join(", "))))
        }
    }
}
