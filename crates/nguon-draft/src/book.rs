//! The chains at hand, folded, and on top of them what waits in the outbox.

use crate::sorted::{Map, Set};
use std::sync::Arc;

use crate::json::{self, Json};
use nguon_core::admit::Statement;
use nguon_core::envelope::{Deployment, SignedRecord};
use nguon_core::event::Event;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, KeyId, PublicKeyBytes, StatementId};
use nguon_core::judge::{Chains, Judge, Order};
use nguon_core::log::Position;
use nguon_core::record::{Record, Signer};
use nguon_core::state::{ChainState, Mark};
use nguon_core::trust::Roots;
use nguon_core::values::Time;

use crate::error::Refused;
use crate::outbox::EntryId;

/// Where the log has records of a chain, by their sequences, as far as that is known.
pub type Positions = Map<u64, Position>;

/// The index of a place that is not known: this device assumes its times until it learns them.
pub(crate) const ASSUMED: u64 = u64::MAX;

/// What `GET /v1/chains/{id}/positions` answers, or what [`Book::to_positions`] wrote: `None` if it is neither.
#[must_use]
pub fn read_positions(json: &[u8]) -> Option<Positions> {
    let read = json::read(json)?;
    let number = |row: &Json, at: usize| row.at(at).and_then(Json::as_u64);
    let place = |row: &Json, from: usize| {
        let time = |at| Time::new(number(row, at)?).ok();
        Some(Position { index: number(row, from)?, log_time: time(from + 1)?, anchor_time: time(from + 2)? })
    };
    if let Some(kept) = read.as_array() {
        return kept.iter().map(|row| Some((number(row, 0)?, place(row, 1)?))).collect();
    }
    let from = read.get("from").and_then(Json::as_u64)?;
    (from..).zip(read.get("positions")?.as_array()?).map(|(at, row)| Some((at, place(row, 0)?))).collect()
}

/// A chain as the server has it.
#[derive(Debug, Clone)]
pub struct Logged {
    /// Its records, oldest first
    pub records: Vec<SignedRecord>,
    /// Their ids
    pub ids: Vec<StatementId>,
    /// Where the log has them
    pub positions: Positions,
    /// What they add up to
    pub state: Arc<ChainState>,
}

/// Chains by id. What the server has of each stands apart from what only waits here.
#[derive(Debug, Clone)]
pub struct Book {
    roots: Roots,
    logged: Map<ChainId, Arc<Logged>>,
    waiting: Map<ChainId, Arc<ChainState>>,
    held: Map<ChainId, Vec<EntryId>>,
    laid: Set<StatementId>,
}

impl Chains for Book {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        self.waiting.get(id).or_else(|| self.logged.get(id).map(|chain| &chain.state)).cloned()
    }
}

impl Book {
    /// An empty book of a deployment.
    #[must_use]
    pub const fn new(roots: Roots) -> Self {
        Self { roots, logged: Map::new(), waiting: Map::new(), held: Map::new(), laid: Set::new() }
    }

    /// A book of chains that were folded elsewhere, with what waits, and the names of all their records.
    #[must_use]
    pub fn of_states(
        roots: Roots,
        states: impl IntoIterator<Item = Arc<ChainState>>,
        records: impl IntoIterator<Item = StatementId>,
    ) -> Self {
        let mut book = Self::new(roots);
        book.lay(states.into_iter().collect(), &[]);
        book.laid.extend(records);
        book
    }

    /// The trust root, all versions known.
    #[must_use]
    pub const fn roots(&self) -> &Roots {
        &self.roots
    }

    /// What every signature of this deployment covers.
    #[must_use]
    pub fn deployment(&self) -> &Deployment {
        self.roots.deployment()
    }

    /// Whether there is a log.
    #[must_use]
    pub fn has_log(&self) -> bool {
        self.roots.newest().payload().log.is_some()
    }

    /// All chains known, with what waits.
    pub fn chains(&self) -> impl Iterator<Item = &Arc<ChainState>> {
        let stored = self.logged.iter().filter(|(id, _)| !self.waiting.contains_key(id)).map(|(_, chain)| &chain.state);
        self.waiting.values().chain(stored)
    }

    /// A chain as the server has it, without what waits here.
    #[must_use]
    pub fn logged(&self, id: &ChainId) -> Option<&Arc<ChainState>> {
        self.logged.get(id).map(|chain| &chain.state)
    }

    /// The records of a chain that the server has.
    #[must_use]
    pub fn stored(&self, id: &ChainId) -> Option<&Logged> {
        self.logged.get(id).map(|chain| &**chain)
    }

    /// The records of a chain that the server has, one after the other: as it sent them.
    #[must_use]
    pub fn to_sequence(&self, id: &ChainId) -> Vec<u8> {
        let records = self.logged.get(id).map(|chain| chain.records.as_slice()).unwrap_or_default();
        records.iter().flat_map(|record| record.as_bytes()).copied().collect()
    }

    /// Where the log has the records of a chain, as JSON for [`read_positions`]: to be kept beside [`Self::to_sequence`].
    #[must_use]
    pub fn to_positions(&self, id: &ChainId) -> String {
        let known = self.logged.get(id).map(|chain| &chain.positions);
        let rows = known.into_iter().flatten().map(|(at, one)| (at, one.index, one.log_time, one.anchor_time));
        serde_json::to_string(&rows.collect::<Vec<_>>()).unwrap_or_default()
    }

    /// The entry that has to be settled before more is written on a chain.
    #[must_use]
    pub fn held_by(&self, id: &ChainId) -> Option<EntryId> {
        self.held.get(id)?.iter().min().copied()
    }

    /// Takes up a chain as a server sent it: whole, and no less than it showed before; of a plot with its positions. What it says is the server's word; it
    /// decides what is signed here, and the server judges that again.
    ///
    /// # Errors
    /// It does not hold together, or is not the chain that was known.
    pub fn take(&mut self, id: &ChainId, records: Vec<SignedRecord>, positions: Positions) -> Result<(), Refused> {
        let statements = self.decode(&records, 0)?;
        let ids: Vec<StatementId> = statements.iter().map(|statement| statement.id).collect();
        if let Some(known) = self.logged.get(id) {
            let same = known.ids.iter().zip(&ids).take_while(|(one, other)| one == other).count();
            if same < known.ids.len() {
                return Err(if same == ids.len() {
                    Refused::WentBack(*id)
                } else {
                    Refused::Rewritten { chain: *id, sequence: same as u64 }
                });
            }
        }
        let mut all = self.logged.get(id).map(|known| known.positions.clone()).unwrap_or_default();
        all.extend(positions);
        let state = fold(&statements, &all).map_err(|(sequence, fault)| match fault {
            // A signer's clock was wrong, and the log counts it otherwise.
            Fault::HarvestTooEarly { .. } | Fault::OutsideSeason { .. } | Fault::LateHarvest { .. }
                if self.has_log() =>
            {
                Refused::Times(*id)
            }
            fault => Refused::rule(Some(*id), sequence, fault),
        })?;
        if state.id != *id {
            return Err(Refused::rule(Some(*id), 0, Fault::WrongChain));
        }
        self.logged.insert(*id, Arc::new(Logged { records, ids, positions: all, state: Arc::new(state) }));
        Ok(())
    }

    /// Takes up the records of a chain from a sequence on: those before are known.
    ///
    /// # Errors
    /// As for [`Self::take`]; or nothing is known of the chain up to there.
    pub fn take_from(&mut self, id: &ChainId, from: u64, more: Vec<SignedRecord>) -> Result<(), Refused> {
        let known = self.logged.get(id).ok_or(Refused::Unknown(*id))?;
        let keep = usize::try_from(from).unwrap_or(usize::MAX);
        let mut records = known.records.get(..keep).ok_or(Refused::Unknown(*id))?.to_vec();
        records.extend(more);
        self.take(id, records, Positions::new())
    }

    /// Learns where the log has records of a chain: when they count as done may be another time than they claim.
    ///
    /// # Errors
    /// The chain is not known, or breaks a rule at those times.
    pub fn learn(&mut self, id: &ChainId, positions: Positions) -> Result<(), Refused> {
        let known = self.logged.get(id).ok_or(Refused::Unknown(*id))?.clone();
        self.take(id, known.records.clone(), positions)
    }

    /// Records of a chain that count by time, and whose places in the log are not known: it may count them as done at another
    /// time than they claim. [`Self::learn`] from `GET /v1/chains/{id}/positions`, or from their receipts.
    #[must_use]
    pub fn doubtful(&self, id: &ChainId) -> Vec<(u64, StatementId)> {
        let Some(known) = self.logged.get(id).filter(|_| self.has_log()) else { return Vec::new() };
        let records = known.records.iter().zip(&known.ids);
        let decoded = records.filter_map(|(signed, id)| Some((Record::from_payload(signed.payload()).ok()?, *id)));
        let timed = decoded.filter(|(record, _)| is_timed(&record.event));
        let unknown = timed
            .filter(|(record, _)| known.positions.get(&record.sequence).is_none_or(|place| place.index == ASSUMED));
        unknown.map(|(record, id)| (record.sequence, id)).collect()
    }

    /// Adds records that the server acknowledged, with the times that this device assumed for them; the chains on which one
    /// does not follow what is known: they have to be fetched.
    pub(crate) fn acknowledge(&mut self, records: &[(SignedRecord, Option<Position>)]) -> Vec<ChainId> {
        let mut behind = Vec::new();
        for (signed, position) in records {
            let Ok(statement) = Statement::decode(signed.clone(), self.deployment()) else { continue };
            let (id, at) = (statement.chain(), statement.record.sequence);
            let positions: Positions = position.iter().map(|position| (at, *position)).collect();
            let known = self.logged.get_mut(&id).map(Arc::make_mut);
            let followed = match known {
                Some(known) if known.ids.contains(&statement.id) => true,
                None if at == 0 => ChainState::begin(&statement.record, statement.id).is_ok_and(|state| {
                    let (records, ids) = (vec![signed.clone()], vec![statement.id]);
                    self.logged.insert(id, Arc::new(Logged { records, ids, positions, state: Arc::new(state) }));
                    true
                }),
                Some(known) => {
                    let state = Arc::make_mut(&mut known.state);
                    let followed = state.advance(&statement.record, statement.id, &statement.mark(*position)).is_ok();
                    if followed {
                        known.records.push(signed.clone());
                        known.ids.push(statement.id);
                        known.positions.extend(positions);
                    }
                    followed
                }
                None => false,
            };
            if !followed {
                behind.push(id);
            }
        }
        behind
    }

    /// Judges every record of a chain with its signature, once all that it refers to is at hand. Chains that are not at hand
    /// are passed over.
    ///
    /// # Errors
    /// The first record that breaks a rule, and which.
    pub fn check(&self, id: &ChainId) -> Result<(), (u64, Fault)> {
        let judge = Judge { trust: &self.roots, chains: self, order: Order::Unknown };
        let known = self.logged.get(id).ok_or((0, Fault::MissingChain(*id)))?;
        for (sequence, signed) in (0..).zip(&known.records) {
            let judged = Statement::decode(signed.clone(), self.deployment()).and_then(|statement| {
                let found = judge.signing_key(statement.record.signer, &statement.key_id())?;
                if !statement.is_signed_by(&found.key) {
                    return Err(Fault::BadSignature);
                }
                judge.judge(&statement.record, &known.state)
            });
            match judged {
                Ok(()) | Err(Fault::MissingChain(_)) => {}
                Err(fault) => return Err((sequence, fault)),
            }
        }
        Ok(())
    }

    /// Whose key this is, and whether it still counts, as far as is known here.
    #[must_use]
    pub fn standing(&self, key: &PublicKeyBytes) -> Option<(Signer, bool)> {
        let id = KeyId::of(key);
        let root = self.roots.newest();
        let authority = root.payload().authorities.iter().find(|one| root.authority_key(&one.id, &id).is_some());
        if let Some(authority) = authority {
            return Some((Signer::Authority(authority.id), true));
        }
        self.chains().find_map(|chain| {
            let found = chain.actor()?.key(&id)?;
            Some((Signer::Actor(chain.id), found.revoked.is_none()))
        })
    }

    /// A label or place code that an older chain known here has. There may be others: the server knows.
    pub(crate) fn taken(&self, event: &Event) -> Option<Fault> {
        let (field, by) = match event {
            Event::Opened(event) => {
                let label = event.label.as_ref()?;
                let same = |chain: &&Arc<ChainState>| {
                    chain.batch().is_some_and(|batch| batch.label.as_ref() == Some(label)) && !chain.name_released()
                };
                ("label", self.chains().find(same)?)
            }
            Event::PlaceRegistered(event) => {
                let code = (event.issuer.clone(), event.code.clone());
                let same = |chain: &&Arc<ChainState>| {
                    chain.place().is_some_and(|place| place.code.as_ref() == Some(&code)) && !chain.name_released()
                };
                ("code", self.chains().find(same)?)
            }
            _ => return None,
        };
        Some(Fault::Taken { field, by: by.id })
    }

    pub(crate) fn decode(&self, records: &[SignedRecord], from: u64) -> Result<Vec<Statement>, Refused> {
        let decoded = (from..).zip(records).map(|(sequence, signed)| {
            Statement::decode(signed.clone(), self.deployment()).map_err(|fault| Refused::rule(None, sequence, fault))
        });
        decoded.collect()
    }

    /// Lays chains over what is stored, with the records that waited.
    pub(crate) fn lay(&mut self, states: Vec<Arc<ChainState>>, records: &[crate::prepare::Kept]) {
        self.waiting.extend(states.into_iter().map(|state| (state.id, state)));
        self.laid.extend(records.iter().map(|kept| kept.statement));
    }

    /// Whether a record is stored or waits here.
    pub(crate) fn has(&self, chain: &ChainId, statement: &StatementId) -> bool {
        self.laid.contains(statement) || self.logged.get(chain).is_some_and(|known| known.ids.contains(statement))
    }

    /// Whether the key that signed a record is known not to count any more.
    pub(crate) fn is_revoked(&self, record: &Record, key: &KeyId) -> bool {
        let Signer::Actor(actor) = record.signer else { return false };
        let chain = self.chain(&actor);
        let key = chain.as_ref().and_then(|chain| chain.actor()?.key(key));
        key.is_some_and(|key| key.revoked.is_some())
    }

    /// Several may hold a chain: the first of them is settled first, and the others hold it still.
    pub(crate) fn hold(&mut self, chain: ChainId, entry: EntryId) {
        let by = self.held.or_insert(chain, Vec::new());
        if !by.contains(&entry) {
            by.push(entry);
        }
    }

    /// Ends what the entries hold that `ends` is true for.
    pub(crate) fn release(&mut self, ends: impl Fn(EntryId) -> bool) {
        self.held.retain(|_, by| {
            by.retain(|entry| !ends(*entry));
            !by.is_empty()
        });
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
        self.held.clear();
        self.laid.clear();
    }
}

/// Whether it matters when an event counts as done.
pub(crate) const fn is_timed(event: &Event) -> bool {
    matches!(event, Event::InputApplied(_) | Event::HarvestDrawn(_))
}

fn fold(statements: &[Statement], positions: &Positions) -> Result<ChainState, (u64, Fault)> {
    let mut state: Option<ChainState> = None;
    for (sequence, statement) in (0..).zip(statements) {
        let step = match &mut state {
            None => ChainState::begin(&statement.record, statement.id).map(|begun| state = Some(begun)),
            Some(state) => {
                let mark = Mark { key: statement.key_id(), position: positions.get(&sequence).copied() };
                state.advance(&statement.record, statement.id, &mark)
            }
        };
        step.map_err(|fault| (sequence, fault))?;
    }
    state.ok_or((0, Fault::EmptyChain))
}
