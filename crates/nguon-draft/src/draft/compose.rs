//! From a draft to records: one after the other, each on the state that the one before left, judged at once.

use crate::sorted::Map;
use std::sync::Arc;

use nguon_core::admit::Statement;
use nguon_core::envelope::{SignedRecord, statement_id, to_be_signed};
use nguon_core::event::{Event, EventName};
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, KeyId, StatementId};
use nguon_core::judge::{Chains, Judge, Order};
use nguon_core::opening::{Opening, PersonalOpening};
use nguon_core::permission::ChainSort;
use nguon_core::record::{Attachment, Record, Signer, VERSION};
use nguon_core::state::{ChainState, Mark};
use nguon_core::values::List;

use super::field::{self, Plain, Sealed};
use super::{Draft, Photo};
use crate::book::Book;
use crate::error::Refused;
use crate::hand::{Entropy, Hand, Seat};
use crate::journal::{Journal, Note};

/// A record of a group: one that is signed already, or one that waits for its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    Signed(SignedRecord, StatementId, ChainId, bool),
    Unsigned { payload: Vec<u8>, seat: Seat, to_be_signed: Vec<u8>, note: Note },
}

/// Where a group's records come together.
pub(crate) struct Composer<'a, E> {
    pub book: &'a Book,
    pub hand: &'a Hand,
    pub journal: &'a Journal,
    pub entropy: &'a mut E,
    over: Map<ChainId, Arc<ChainState>>,
    /// First records of an earlier version of the group, which are kept where they say the same
    pub reuse: Vec<SignedRecord>,
    pub made: Vec<Made>,
    pub openings: Vec<PersonalOpening>,
    pub unchecked: Vec<ChainId>,
}

impl<E> Chains for Composer<'_, E> {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        self.over.get(id).cloned().or_else(|| self.book.chain(id))
    }
}

impl<'a, E: Entropy> Composer<'a, E> {
    pub fn new(book: &'a Book, hand: &'a Hand, journal: &'a Journal, entropy: &'a mut E) -> Self {
        let (over, reuse, made) = (Map::new(), Vec::new(), Vec::new());
        let (openings, unchecked) = (Vec::new(), Vec::new());
        Self { book, hand, journal, entropy, over, reuse, made, openings, unchecked }
    }

    /// The chains with what was made.
    pub fn into_parts(self) -> (Vec<Made>, Vec<PersonalOpening>, Vec<ChainId>, Vec<Arc<ChainState>>) {
        (self.made, self.openings, self.unchecked, self.over.into_values().collect())
    }

    /// A chain that has to be at hand.
    pub fn need(&self, id: &ChainId) -> Result<Arc<ChainState>, Refused> {
        self.chain(id).ok_or(Refused::Unknown(*id))
    }

    /// Takes up records that somebody signed elsewhere. What the server has already is passed over, and so is what follows
    /// nothing that is known here.
    pub fn carry(&mut self, draft: &Draft) -> Result<(), Refused> {
        let Some(parcel) = draft.parcel() else { return Ok(()) };
        for bytes in &parcel.records {
            let signed = SignedRecord::from_bytes(bytes.0.clone()).map_err(|_| Refused::Parcel)?;
            self.carry_one(signed)?;
        }
        let carried = |opening: &&PersonalOpening| {
            self.made.iter().any(|made| matches!(made, Made::Signed(_, id, ..) if *id == opening.opening.record))
        };
        let openings: Vec<PersonalOpening> = parcel.openings.iter().filter(carried).cloned().collect();
        self.openings.extend(openings);
        Ok(())
    }

    /// Whether fruit from this chain comes from a plot: by what is known of it, or by how its giver let it go.
    pub fn is_plot(&self, id: &ChainId) -> bool {
        if let Some(known) = self.chain(id) {
            return known.sort() == ChainSort::Plot;
        }
        self.made.iter().any(|made| match made {
            Made::Signed(signed, _, chain, false) if chain == id => Record::from_payload(signed.payload())
                .is_ok_and(|record| record.event.name() == EventName::HarvestDrawn),
            _ => false,
        })
    }

    /// Takes up one such record.
    pub fn carry_one(&mut self, signed: SignedRecord) -> Result<(), Refused> {
        let statement = Statement::decode(signed, self.book.deployment()).map_err(|_| Refused::Parcel)?;
        let chain = statement.chain();
        let known = self.book.stored(&chain).map(|stored| stored.ids.as_slice()).unwrap_or_default();
        if self.book.has(&chain, &statement.id) {
            return Ok(());
        }
        match self.admit(&statement.record, statement.id, statement.key_id(), &|judge| {
            let found = judge.signing_key(statement.record.signer, &statement.key_id())?;
            if statement.is_signed_by(&found.key) { Ok(()) } else { Err(Fault::BadSignature) }
        }) {
            // The giver has signed it again since, on a newer head.
            Err(Refused::Rule { fault, .. })
                if matches!(*fault, Fault::WrongPrevious | Fault::WrongSequence { .. })
                    && known.len() as u64 > statement.record.sequence =>
            {
                Ok(())
            }
            // On a chain of the giver's that the server has and this device has never seen: it goes along as it is, and the server
            // is the first to judge it.
            Err(Refused::Rule { fault, .. }) if matches!(*fault, Fault::MissingChain(missing) if missing == chain) => {
                self.unchecked.push(chain);
                self.made.push(Made::Signed(statement.signed, statement.id, chain, false));
                Ok(())
            }
            Err(refused) => Err(refused),
            Ok(()) => {
                self.made.push(Made::Signed(statement.signed, statement.id, chain, false));
                Ok(())
            }
        }
    }

    /// Who signs for somebody: the hand itself, a further key of that actor, or a registrar above a household without a key.
    pub fn seat_of(&self, acting: Signer) -> (Seat, Option<ChainId>) {
        if self.hand.acting() == acting {
            return (self.hand.seat, self.hand.on_behalf_of);
        }
        if let Some(seat) = self.hand.seats().find(|seat| seat.signer == acting) {
            return (*seat, None);
        }
        if let Signer::Actor(household) = acting
            && let Some(actor) = self.chain(&household).and_then(|chain| chain.actor().cloned())
            && !actor.has_active_key()
        {
            let mut above = actor.enrolled_by;
            for _ in 0..=nguon_core::judge::MAX_REGISTRARS {
                if let Some(seat) = self.hand.seats().find(|seat| seat.signer == above) {
                    return (*seat, Some(household));
                }
                let Signer::Actor(id) = above else { break };
                let Some(next) = self.chain(&id).and_then(|chain| chain.actor().map(|actor| actor.enrolled_by)) else {
                    break;
                };
                above = next;
            }
        }
        (self.hand.seat, self.hand.on_behalf_of)
    }

    /// Begins a chain, as the hand says.
    pub fn begin(&mut self, plain: &Plain) -> Result<ChainId, Refused> {
        let (event, sealed) = field::seal(plain, self.entropy)?;
        if let Some(kept) = self.kept_first(&event) {
            return self.keep(kept);
        }
        let nonce = Some(self.entropy.nonce());
        let kind = event.begins().ok_or(Refused::Missing("chain"))?;
        let (seat, on_behalf_of) = (self.hand.seat, self.hand.on_behalf_of);
        let record = Record { kind, nonce, ..self.blank(event, seat, on_behalf_of) };
        let record = self.attach(record, &plain.photos)?;
        let owner = match &record.event {
            Event::Opened(event) => Some(event.owner),
            Event::PlaceRegistered(event) => Some(event.holder),
            Event::PlotRegistered(event) => Some(event.household),
            _ => None,
        };
        let statement = self.push(&record, seat)?;
        let chain = ChainId::of_first(statement);
        self.open(statement, sealed, &plain.photos, owner.unwrap_or(chain));
        Ok(chain)
    }

    /// Adds a record to a chain, signed as the custodian wants it if `as_custodian`, else as the hand says.
    pub fn append(&mut self, chain: ChainId, plain: &Plain, acting: Option<Signer>) -> Result<StatementId, Refused> {
        let (event, sealed) = field::seal(plain, self.entropy)?;
        self.append_sealed(chain, event, sealed, &plain.photos, acting)
    }

    /// The same with words sealed already.
    pub fn append_sealed(
        &mut self,
        chain: ChainId,
        event: Event,
        sealed: Vec<Sealed>,
        photos: &[Photo],
        acting: Option<Signer>,
    ) -> Result<StatementId, Refused> {
        let state = self.need(&chain)?;
        if let Some(entry) = self.book.held_by(&chain) {
            return Err(Refused::Waits { chain, entry });
        }
        let (seat, on_behalf_of) = match acting {
            Some(acting) => self.seat_of(acting),
            None => (self.hand.seat, self.hand.on_behalf_of),
        };
        let about = match &event {
            // A lorry's number says more about the carrier than about the owner of the fruit.
            Event::Shipped(event) => event.carrier,
            _ => state.custodian().unwrap_or(chain),
        };
        let record = self.after(&state, self.blank(event, seat, on_behalf_of), seat)?;
        let record = self.attach(record, photos)?;
        let statement = self.push(&record, seat)?;
        self.open(statement, sealed, photos, about);
        Ok(statement)
    }

    /// The record in its place at the end of a chain.
    pub fn after(&self, state: &ChainState, record: Record, seat: Seat) -> Result<Record, Refused> {
        let (chain, previous) = (Some(state.id), Some(state.head));
        let (kind, sequence) = (state.sort().kind(), state.sequence + 1);
        let record = Record { kind, chain, sequence, previous, nonce: None, ..record };
        Ok(Record { replaces: self.replaced(&record, seat)?, ..record })
    }

    /// What a record in its place has to say that it replaces.
    pub fn replaced(&self, record: &Record, seat: Seat) -> Result<Option<List<StatementId, 1, 16>>, Refused> {
        let (Some(chain), Some(previous)) = (record.chain, record.previous) else { return Ok(None) };
        let replaces = self.journal.replaces(&seat.key_id(), &chain, &previous)?;
        let list = (!replaces.is_empty()).then(|| List::new(replaces)).transpose();
        list.map_err(|_| Refused::TooOften(chain))
    }

    fn blank(&self, event: Event, seat: Seat, on_behalf_of: Option<ChainId>) -> Record {
        Record {
            version: VERSION,
            kind: nguon_core::record::ChainKind::Batch,
            chain: None,
            sequence: 0,
            previous: None,
            signer: seat.signer,
            on_behalf_of,
            signed_at: self.hand.now,
            utc_offset: self.hand.utc_offset,
            anchor: self.anchor(),
            replaces: None,
            event,
            attachments: None,
            nonce: None,
        }
    }

    pub fn anchor(&self) -> Option<nguon_core::record::Anchor> {
        self.hand.seen.filter(|_| self.book.has_log()).map(|seen| seen.anchor)
    }

    fn attach(&self, record: Record, photos: &[Photo]) -> Result<Record, Refused> {
        if photos.is_empty() {
            return Ok(record);
        }
        let in_order = photos.iter().enumerate().all(|(n, photo)| photo.place == n);
        let attachments = photos.iter().map(|photo| Attachment {
            digest: photo.digest,
            length: photo.length,
            media_type: photo.media_type.clone(),
        });
        let list = List::new(attachments.collect()).ok().filter(|_| in_order);
        let list = list.ok_or_else(|| Refused::Field("attachments".into()))?;
        Ok(Record { attachments: Some(list), ..record })
    }

    fn open(&mut self, record: StatementId, sealed: Vec<Sealed>, photos: &[Photo], about: ChainId) {
        let words = sealed.into_iter().map(|Sealed { path, salt, value }| Opening { record, path, salt, value });
        let pictures = photos.iter().map(|photo| Opening {
            record,
            path: format!("attachments/{}", photo.place),
            salt: photo.salt,
            value: None,
        });
        self.openings.extend(words.chain(pictures).map(|opening| PersonalOpening { opening, about }));
    }

    /// Adds a record that waits for its signature.
    pub fn push(&mut self, record: &Record, seat: Seat) -> Result<StatementId, Refused> {
        let payload = record.to_payload()?;
        let key = seat.key_id();
        let to_be_signed = to_be_signed(key, &payload, self.book.deployment());
        let statement = statement_id(&to_be_signed);
        self.admit(record, statement, key, &|judge| judge.signing_key(record.signer, &key).map(|_| ()))?;
        let chain = record.chain.unwrap_or(ChainId::of_first(statement));
        let previous = record.previous.unwrap_or(StatementId::from_bytes([0; 32]));
        let note = Note { key, chain, sequence: record.sequence, previous, statement, stored: false };
        self.made.push(Made::Unsigned { payload, seat, to_be_signed, note });
        Ok(statement)
    }

    /// Adds a record that this device signed before, as it is.
    pub fn keep(&mut self, signed: SignedRecord) -> Result<ChainId, Refused> {
        let statement =
            Statement::decode(signed, self.book.deployment()).map_err(|fault| Refused::rule(None, 0, fault))?;
        let key = statement.key_id();
        self.admit(&statement.record, statement.id, key, &|judge| {
            judge.signing_key(statement.record.signer, &key).map(|_| ())
        })?;
        let chain = statement.chain();
        self.made.push(Made::Signed(statement.signed, statement.id, chain, true));
        Ok(chain)
    }

    /// The first record of an earlier version that says the same by the same key: its chain keeps its name.
    fn kept_first(&mut self, event: &Event) -> Option<SignedRecord> {
        let same = |signed: &SignedRecord| {
            let record = Record::from_payload(signed.payload()).ok();
            record.is_some_and(|record| {
                record.event == *event
                    && record.signer == self.hand.seat.signer
                    && record.on_behalf_of == self.hand.on_behalf_of
            }) && signed.key_id() == self.hand.seat.key_id()
        };
        let at = self.reuse.iter().position(same)?;
        Some(self.reuse.remove(at))
    }

    /// Judges a record as the server would now, and adds it to the chains. What cannot be judged here, because a chain is
    /// not at hand, the server will be the first to judge.
    fn admit(
        &mut self,
        record: &Record,
        statement: StatementId,
        key: KeyId,
        signed: &dyn Fn(&Judge<'_, Self>) -> Result<(), Fault>,
    ) -> Result<(), Refused> {
        let refuse = |fault: Fault| Refused::rule(record.chain, record.sequence, fault);
        if let Some(fault) = self.book.taken(&record.event) {
            return Err(refuse(fault));
        }
        let position = self.book.has_log().then(|| self.hand.position());
        let mark = Mark { key, position };
        let next = match record.chain {
            None => ChainState::begin(record, statement),
            Some(id) => match self.chain(&id) {
                None => Err(Fault::MissingChain(id)),
                Some(state) => {
                    let mut next = ChainState::clone(&state);
                    next.advance(record, statement, &mark).map(|()| next)
                }
            },
        };
        let next = next.map_err(refuse)?;
        let judge = Judge { trust: self.book.roots(), chains: &*self, order: Order::Now };
        let judged = signed(&judge).and_then(|()| judge.judge(record, &next));
        match judged {
            Ok(()) => {}
            Err(Fault::MissingChain(missing)) => self.unchecked.push(missing),
            Err(fault) => return Err(refuse(fault)),
        }
        self.over.insert(next.id, Arc::new(next));
        Ok(())
    }
}
