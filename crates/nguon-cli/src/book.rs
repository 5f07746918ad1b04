//! What this computer knows: fetched chains, and on top of them what waits in the outbox.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nguon_core::admit::{Admission, Statement, admit};
use nguon_core::envelope::SignedRecord;
use nguon_core::event::Event;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, KeyId, StatementId};
use nguon_core::judge::{Chains, Judge, Order};
use nguon_core::record::Signer;
use nguon_core::state::ChainState;
use nguon_core::trust::{Roots, TrustRoot};

use crate::command::pull::{Asking, Wanted, is_about_time};
use crate::command::root::of_home;
use crate::error::Error;
use crate::home::{Home, Names, Number, Positions};

/// Chains by id, folded.
#[derive(Debug)]
pub struct Book {
    roots: Roots,
    chains: BTreeMap<ChainId, Arc<ChainState>>,
    /// Their records' names.
    records: BTreeSet<StatementId>,
    blocked: BTreeMap<ChainId, Blocked>,
    /// Where the log has records, where that is known.
    positions: BTreeMap<ChainId, Positions>,
}

/// Why nothing should be signed on a chain now.
#[derive(Debug, Clone)]
enum Blocked {
    /// The server refused a record on it.
    Refused(Number, String),
    /// The chain has gone on without what waits here.
    Behind(Number),
}

/// A record that was added.
#[derive(Debug, Clone, Copy)]
pub struct Added {
    /// Its id.
    pub statement: StatementId,
    /// Its chain.
    pub chain: ChainId,
    /// A chain that is not at hand, without which it could not be judged here; the server will.
    pub unchecked: Option<ChainId>,
}

impl Chains for Book {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        self.chains.get(id).cloned()
    }
}

impl Book {
    /// Reads all that is in a home.
    pub fn load(home: &Home) -> Result<Self, Error> {
        let mut book = Self::accepted(home)?;
        for (number, entry) in home.outbox().entries()? {
            let records =
                entry.signed().map_err(|error| Error::home(format_args!("outbox entry {number}: {error}")))?;
            for signed in records {
                book.take_up(number, signed, entry.refused.as_ref().map(|refusal| refusal.message.as_str()))?;
            }
        }
        Ok(book)
    }

    /// Reads what servers have accepted, without the outbox.
    pub fn accepted(home: &Home) -> Result<Self, Error> {
        let mut book = Self {
            roots: of_home(home)?,
            chains: BTreeMap::new(),
            records: BTreeSet::new(),
            blocked: BTreeMap::new(),
            positions: BTreeMap::new(),
        };
        for id in home.chain_ids()? {
            book.positions.insert(id, home.positions().of(&id)?);
            let statements = book.decode(&id, &home.chain(&id)?)?;
            book.records.extend(statements.iter().map(|statement| statement.id));
            let folded = book.fold(&id, &statements);
            let state = folded.map_err(|(sequence, fault)| {
                Error::home(format_args!("the copy of chain {id} is damaged at record {sequence}: {fault}"))
                    .next(format_args!("run `nguon pull {id}`"))
            })?;
            book.chains.insert(id, Arc::new(state));
        }
        Ok(book)
    }

    /// The same chains for drafts, with what waits.
    pub fn for_drafts(&self) -> nguon_draft::Book {
        nguon_draft::Book::of_states(self.roots.clone(), self.chains.values().cloned(), self.records.iter().copied())
    }

    /// The newest trust root this home has.
    pub fn trust(&self) -> &TrustRoot {
        self.roots.newest()
    }

    /// All chains.
    pub fn chains(&self) -> impl Iterator<Item = &Arc<ChainState>> {
        self.chains.values()
    }

    /// The chain that somebody names by its id, the id's first digits, or a local name.
    pub fn find(&self, text: &str, names: &Names) -> Result<ChainId, Error> {
        if let Some(chain) = names.get(text) {
            return Ok(chain);
        }
        if let Ok(chain) = text.parse() {
            return Ok(chain);
        }
        let matching: Vec<ChainId> = match text.len() {
            8.. => self.chains.keys().filter(|id| id.to_string().starts_with(text)).copied().collect(),
            _ => Vec::new(),
        };
        match matching.as_slice() {
            [one] => Ok(*one),
            [] => Err(Error::caller(format_args!("no chain here is named {text:?}"))
                .next("`nguon show` lists the chains known here; a chain elsewhere is named by its 64 digits")
                .code("unknown_name")),
            _ => {
                Err(Error::caller(format_args!("{} chains begin with {text}", matching.len())).next("give more digits"))
            }
        }
    }

    /// A chain's state, which must be at hand.
    pub fn need(&self, chain: &ChainId) -> Result<Arc<ChainState>, Error> {
        self.chain(chain).ok_or_else(|| {
            Error::home(format_args!("chain {chain} is not known here"))
                .next(format_args!("run `nguon pull {chain}`"))
                .code("missing_chain")
        })
    }

    /// A chain's state, if something may be signed on it now.
    pub fn need_free(&self, chain: &ChainId) -> Result<Arc<ChainState>, Error> {
        let state = self.need(chain)?;
        match self.blocked.get(chain) {
            None => Ok(state),
            Some(Blocked::Refused(number, why)) => {
                Err(Error::home(format_args!("outbox entry {number} on this chain was refused: {why}"))
                    .next(format_args!("take it back with `nguon outbox drop {number}`, then sign again"))
                    .code("blocked"))
            }
            Some(Blocked::Behind(number)) => Err(Error::home(format_args!(
                "this chain has gone on, and outbox entry {number} is not on its new head"
            ))
            .next("run `nguon push --rebase`, then sign again")
            .code("blocked")),
        }
    }

    /// Who signs with this key, as far as is known here.
    pub fn signer_of(&self, key: &KeyId) -> Option<Signer> {
        let trust = self.trust();
        let authority = trust.payload().authorities.iter().find(|one| trust.authority_key(&one.id, key).is_some());
        let actor = || self.chains.values().find(|chain| chain.actor().is_some_and(|actor| actor.key(key).is_some()));
        authority.map(|one| Signer::Authority(one.id)).or_else(|| actor().map(|chain| Signer::Actor(chain.id)))
    }

    /// Judges a record by the code that the server asks, and adds it.
    pub fn add(&mut self, signed: SignedRecord) -> Result<Added, Error> {
        let statement =
            Statement::decode(signed, self.roots.deployment()).map_err(|fault| Error::record(&fault, None, 0))?;
        let (chain, sequence) = (statement.chain(), statement.record.sequence);
        let refuse = |fault: &Fault| Error::record(fault, statement.record.chain, sequence);
        if let Some(fault) = self.taken(&statement) {
            return Err(refuse(&fault));
        }
        let mut unchecked = None;
        let state = match admit(&statement, &self.roots, self, None) {
            Admission::Accepted(state) => state,
            Admission::Rejected(Fault::MissingChain(missing)) if missing != chain => {
                unchecked = Some(missing);
                Arc::new(self.advance(&statement).map_err(|fault| refuse(&fault))?)
            }
            Admission::Rejected(fault) => return Err(refuse(&fault)),
            Admission::Conflict(head) => {
                return Err(Error::home(format_args!("chain {chain} has gone on to sequence {}", head.sequence))
                    .code("conflict"));
            }
        };
        self.chains.insert(chain, state);
        self.records.insert(statement.id);
        Ok(Added { statement: statement.id, chain, unchecked })
    }

    /// Takes up a chain as a server sent it, checking that it is this chain and holds together. Where the deployment has a
    /// log, times that it counts otherwise than they are claimed are asked for first.
    pub fn take_fetched(
        &mut self,
        id: &ChainId,
        records: &[SignedRecord],
        asking: &mut Asking<'_>,
    ) -> Result<(), Error> {
        let statements = self.decode(id, records)?;
        let logged = self.trust().payload().log.is_some();
        if logged {
            let known = self.positions.entry(*id).or_default();
            asking.learn(&statements, Wanted::Doubtful, known)?;
        }
        let mut folded = self.fold(id, &statements);
        if logged && folded.as_ref().is_err_and(|(_, fault)| is_about_time(fault)) {
            // A signer's clock was wrong, and no claim shows it.
            let known = self.positions.entry(*id).or_default();
            if asking.learn(&statements, Wanted::All, known)? {
                folded = self.fold(id, &statements);
            }
        }
        let state = folded.map_err(|(sequence, fault)| wrong(id, sequence, &fault))?;
        self.records.extend(statements.iter().map(|statement| statement.id));
        self.chains.insert(*id, Arc::new(state));
        Ok(())
    }

    /// Where the log has records of a chain, as far as that is known.
    pub fn positions(&self, id: &ChainId) -> Option<&Positions> {
        self.positions.get(id)
    }

    fn decode(&self, id: &ChainId, records: &[SignedRecord]) -> Result<Vec<Statement>, Error> {
        let decoded = (0..).zip(records).map(|(sequence, signed)| {
            let statement = Statement::decode(signed.clone(), self.roots.deployment());
            statement.map_err(|fault| wrong(id, sequence, &fault))
        });
        decoded.collect()
    }

    /// Judges every record of a fetched chain, once all that it refers to has been taken up as well.
    pub fn judge_fetched(&self, id: &ChainId, records: &[SignedRecord]) -> Result<(), (u64, Fault)> {
        let judge = Judge { trust: &self.roots, chains: self, order: Order::Unknown };
        let state = self.chain(id).ok_or((0, Fault::MissingChain(*id)))?;
        for (sequence, signed) in (0..).zip(records) {
            let judged = Statement::decode(signed.clone(), self.roots.deployment()).and_then(|statement| {
                let found = judge.signing_key(statement.record.signer, &statement.key_id())?;
                if !statement.is_signed_by(&found.key) {
                    return Err(Fault::BadSignature);
                }
                judge.judge(&statement.record, &state)
            });
            match judged {
                // A chain may refer to one that this server does not have: the server's own admission has judged that.
                Ok(()) | Err(Fault::MissingChain(_)) => {}
                Err(fault) => return Err((sequence, fault)),
            }
        }
        Ok(())
    }

    /// A label or place code that an older chain known here has. There may be others: the server knows.
    fn taken(&self, statement: &Statement) -> Option<Fault> {
        let (field, by) = match &statement.record.event {
            Event::Opened(event) => {
                let label = event.label.as_ref()?;
                let same =
                    |chain: &&Arc<ChainState>| chain.batch().is_some_and(|batch| batch.label.as_ref() == Some(label));
                ("label", self.chains.values().find(same)?)
            }
            Event::PlaceRegistered(event) => {
                let code = (event.issuer.clone(), event.code.clone());
                let same =
                    |chain: &&Arc<ChainState>| chain.place().is_some_and(|place| place.code.as_ref() == Some(&code));
                ("code", self.chains.values().find(same)?)
            }
            _ => return None,
        };
        Some(Fault::Taken { field, by: by.id })
    }

    fn fold(&self, id: &ChainId, statements: &[Statement]) -> Result<ChainState, (u64, Fault)> {
        let positions = self.positions.get(id);
        let mut state: Option<ChainState> = None;
        for (sequence, statement) in (0..).zip(statements) {
            let step = match &mut state {
                None => ChainState::begin(&statement.record, statement.id).map(|begun| state = Some(begun)),
                Some(state) => {
                    let position = positions.and_then(|positions| positions.get(sequence));
                    state.advance(&statement.record, statement.id, &statement.mark(position))
                }
            };
            step.map_err(|fault| (sequence, fault))?;
        }
        state.filter(|state| state.id == *id).ok_or((0, Fault::WrongChain))
    }

    fn advance(&self, statement: &Statement) -> Result<ChainState, Fault> {
        match self.chains.get(&statement.chain()) {
            None => ChainState::begin(&statement.record, statement.id),
            Some(state) => {
                let mut next = ChainState::clone(state);
                next.advance(&statement.record, statement.id, &statement.mark(None))?;
                Ok(next)
            }
        }
    }

    /// A record of the outbox, which was judged when it was signed.
    fn take_up(&mut self, number: Number, signed: SignedRecord, refused: Option<&str>) -> Result<(), Error> {
        let damaged = |fault: Fault| Error::home(format_args!("outbox entry {number}: {fault}")).code("damaged");
        let statement = Statement::decode(signed, self.roots.deployment()).map_err(damaged)?;
        let chain = statement.chain();
        if let Some(state) = self.chains.get(&chain)
            && statement.record.sequence <= state.sequence
        {
            // Accepted already (a crash between keeping and clearing), or overtaken; `push` finds out which.
            if state.head != statement.id {
                self.blocked.entry(chain).or_insert(Blocked::Behind(number));
            }
            return Ok(());
        }
        match self.advance(&statement) {
            Ok(state) => {
                self.chains.insert(chain, Arc::new(state));
                self.records.insert(statement.id);
            }
            Err(Fault::WrongPrevious | Fault::WrongSequence { .. }) => {
                self.blocked.entry(chain).or_insert(Blocked::Behind(number));
            }
            // It was sound when it was signed; what others have written since has changed that.
            Err(fault) => {
                self.blocked.entry(chain).or_insert_with(|| Blocked::Refused(number, fault.to_string()));
            }
        }
        if let Some(why) = refused {
            self.blocked.entry(chain).or_insert_with(|| Blocked::Refused(number, why.to_owned()));
        }
        Ok(())
    }
}

fn wrong(id: &ChainId, sequence: u64, fault: &Fault) -> Error {
    Error::server(format_args!("the copy of chain {id} breaks a rule at record {sequence}: {fault}"))
        .next(format_args!(
            "do not sign on it: `nguon pull {id}` fetches it anew; if it stays so, tell whoever runs the server"
        ))
        .code(fault.code())
}
