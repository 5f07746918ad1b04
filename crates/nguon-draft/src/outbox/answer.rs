//! What came of a step.

use crate::json::{self, Json};
use nguon_core::envelope::SignedRecord;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::values::Time;

use super::overlay::touches;
use super::{EntryId, Outbox, Stage, Step, Trouble};
use crate::book::{Book, Positions};
use crate::error::Refused;

/// What a server answered.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// HTTP status; 0 if nothing came
    pub status: u16,
    /// Body
    pub body: &'a [u8],
}

/// When an answer came, and any number, for the next wait.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// By this device's clock
    pub now: Time,
    /// Random
    pub random: u32,
}

impl Answer<'_> {
    pub(super) const fn is_good(&self) -> bool {
        matches!(self.status, 200..=204)
    }

    /// The network's trouble or the server's, which passes; what is the record's does not.
    pub(super) const fn passes(&self) -> bool {
        !matches!(self.status, 400..=499) || matches!(self.status, 408 | 425 | 429)
    }
}

impl Outbox {
    /// The answer to [`Step::Post`], for one of its entries, in their order; to [`Step::Openings`], [`Step::Photo`] and
    /// [`Step::Ask`]. A 200 without a log is all there is to know; with a log the receipt may be in it.
    pub fn answered(&mut self, step: &Step, id: EntryId, answer: Answer<'_>, book: &mut Book, at: Moment) {
        if answer.passes() && !answer.is_good() {
            self.state.backoff.fail(at.now, at.random);
            self.state_changed = true;
            return;
        }
        if !self.entries.contains_key(&id) {
            return;
        }
        self.touch(id);
        match step {
            Step::Post(_) => self.posted(id, answer, book, at),
            Step::Openings(_) => self.personal_answered(id, answer, |entry| entry.opened = true),
            Step::Photo(_, place) => self.personal_answered(id, answer, |entry| {
                if let Some((_, sent)) = entry.photos.get_mut(*place) {
                    *sent = true;
                }
            }),
            Step::Ask(_) => self.asked(id, answer, at),
            _ => {}
        }
    }

    fn posted(&mut self, id: EntryId, answer: Answer<'_>, book: &mut Book, at: Moment) {
        let Some(entry) = self.entries.get_mut(&id).filter(|entry| entry.waits()) else { return };
        let body = Body::read(answer.body);
        let refusal = body.as_ref().and_then(Body::refusal);
        if answer.is_good() && refusal.is_none() {
            self.state.backoff.reset();
            entry.stage = match body.and_then(|body| body.receipt()) {
                Some(Receipt { index, log_time }) => Stage::Logged { index, log_time },
                None => Stage::Sent,
            };
            (entry.in_doubt, entry.races, entry.ask) = (false, 0, (at.now.get() + 2, 0));
            entry.counted = !has_timed(entry);
            let statements: Vec<StatementId> = entry.records.iter().map(|kept| kept.statement).collect();
            let positions = entry.records.iter().map(crate::prepare::Kept::position);
            let records: Vec<_> = entry.signed_records().into_iter().zip(positions).collect();
            self.state.journal.stored(&statements);
            self.state.fetch.extend(book.acknowledge(&records));
            return;
        }
        entry.in_doubt = false;
        let problem = refusal.unwrap_or_else(unsaid);
        // Answers come in order: what an earlier entry on its chains was refused for, or lost a race for, is no fault of this one.
        // It waits.
        if self.is_behind(id) {
            return;
        }
        let Some(entry) = self.entries.get_mut(&id) else { return };
        let lost_race =
            answer.status == 409 || matches!(problem.code.as_str(), "conflict" | "wrong_sequence" | "wrong_previous");
        if lost_race {
            entry.races = entry.races.saturating_add(1);
            let chains = problem.chain.map_or_else(|| entry.writes(), |chain| vec![chain]);
            let races = entry.races;
            self.state.fetch.extend(chains);
            if races > MOST_RACES {
                self.state.backoff.fail(at.now, at.random);
            }
        } else {
            entry.stage = Stage::Refused(problem);
            // What the server knows of its chains may be more than is known here.
            let known = entry.writes().into_iter().filter(|chain| book.stored(chain).is_some());
            self.state.fetch.extend(known);
        }
    }

    fn is_behind(&self, id: EntryId) -> bool {
        let Some(entry) = self.entries.get(&id) else { return false };
        let mut earlier = self.entries.values().take_while(|earlier| earlier.id < id).filter(|earlier| earlier.waits());
        earlier.any(|earlier| {
            let written = earlier.writes();
            touches(entry).any(|chain| written.contains(&chain))
        })
    }

    /// The answer to [`Step::Post`] by `POST /v1/groups`: a line of JSON for each entry, in their order. Where it breaks off, the
    /// rest is sent again.
    pub fn answered_groups(&mut self, ids: &[EntryId], answer: Answer<'_>, book: &mut Book, at: Moment) {
        let step = Step::Post(ids.to_vec());
        if answer.status != 200 {
            // Of the request as a whole: that passes, or one entry after the other is told apart.
            let status = if answer.passes() { answer.status } else { 0 };
            if let Some(first) = ids.first() {
                self.answered(&step, *first, Answer { status, body: answer.body }, book, at);
            }
            return;
        }
        let mut lines = answer.body.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        for (place, id) in ids.iter().enumerate() {
            let line = lines.next().and_then(|line| Some((line, Body::read(line)?)));
            let number = |body: &Body, name| body.number(name).and_then(|number| u16::try_from(number).ok());
            match line.filter(|(_, line)| line.number("group") == u64::try_from(place).ok()) {
                Some((body, line)) => {
                    let status = number(&line, "status").unwrap_or(0);
                    self.answered(&step, *id, Answer { status, body }, book, at);
                }
                None => {
                    let nothing = Answer { status: 0, body: &[] };
                    return self.answered(&step, *id, nothing, book, at);
                }
            }
        }
    }

    fn personal_answered(&mut self, id: EntryId, answer: Answer<'_>, done: impl FnOnce(&mut super::Entry)) {
        let Some(entry) = self.entries.get_mut(&id) else { return };
        // What an erased person's opening or photo would be sent for is gone: there is nothing left to send. Any other refusal
        // is told with the entry; the record itself stands.
        if !answer.is_good() && !matches!(answer.status, 404 | 410) {
            let problem = Body::read(answer.body).and_then(|body| body.refusal());
            entry.aside = Some(problem.unwrap_or_else(unsaid));
        }
        done(entry);
    }

    fn asked(&mut self, id: EntryId, answer: Answer<'_>, at: Moment) {
        let Some(entry) = self.entries.get_mut(&id).filter(|entry| entry.stage == Stage::Sent) else { return };
        let body = Body::read(answer.body).filter(|_| answer.status == 200);
        match body.and_then(|body| receipt(&body.0)) {
            Some(Receipt { index, log_time }) => entry.stage = Stage::Logged { index, log_time },
            None => {
                let wait = 2_u64.checked_shl(entry.ask.1.min(7)).unwrap_or(256).min(256);
                entry.ask = (at.now.get() + wait, entry.ask.1.saturating_add(1));
            }
        }
    }

    /// The answer to [`Step::Fetch`]: all records of the chain with its positions (these matter for a plot); none if the server has no such chain. What waits there is
    /// found to have arrived, or to follow, or is signed again.
    ///
    /// # Errors
    /// The server shows less than before, or another history: nothing is signed on that. The entries there are refused for
    /// that reason.
    pub fn fetched(
        &mut self,
        chain: &ChainId,
        records: Vec<SignedRecord>,
        positions: Positions,
        book: &mut Book,
    ) -> Result<(), Refused> {
        self.state.fetch.remove(chain);
        self.state_changed = true;
        let taken = if records.is_empty() {
            book.stored(chain).map_or(Ok(()), |_| Err(Refused::WentBack(*chain)))
        } else {
            book.take(chain, records, positions)
        };
        if let Err(Refused::Times(_)) = &taken {
            // Nobody's fault: it is asked for again, with its positions.
            self.state.fetch.insert(*chain);
        } else if let Err(refused) = &taken {
            let trouble = Trouble { chain: Some(*chain), ..Trouble::of(refused) };
            let ids: Vec<EntryId> =
                self.entries.values().filter(|entry| entry.stage == Stage::OnDevice).map(|entry| entry.id).collect();
            for id in ids {
                let Some(entry) = self.entries.get_mut(&id).filter(|entry| entry.writes().contains(chain)) else {
                    continue;
                };
                entry.stage = Stage::Refused(trouble.clone());
                self.changed.insert(id);
            }
        }
        self.lay(book);
        taken
    }

    /// The answer to [`Step::Positions`]. A server that does not tell is not asked again.
    pub fn positioned(&mut self, chain: &ChainId, answer: Answer<'_>, book: &mut Book, at: Moment) {
        if answer.passes() && !answer.is_good() {
            return self.fetch_failed(at);
        }
        if let Some(positions) = crate::book::read_positions(answer.body) {
            // Where a rule is broken at those times the chain stays as it was known: the server has it all the same.
            let _ = book.learn(chain, positions);
        }
        let logged = self.entries.values_mut().filter(|entry| matches!(entry.stage, Stage::Logged { .. }));
        for entry in logged.filter(|entry| !entry.counted && entry.records.iter().any(|kept| kept.chain == *chain)) {
            entry.counted = true;
            self.changed.insert(entry.id);
        }
        self.lay(book);
    }

    /// A fetch that brought nothing: the network is away.
    pub fn fetch_failed(&mut self, at: Moment) {
        self.state.backoff.fail(at.now, at.random);
        self.state_changed = true;
    }
}

fn has_timed(entry: &super::Entry) -> bool {
    entry.decoded().iter().any(|record| crate::book::is_timed(&record.event))
}

/// After so many lost races in a row it waits before it tries again.
const MOST_RACES: u32 = 5;

/// What `POST /v1/records` and each line of `POST /v1/groups` say; whatever is in it was never promised.
struct Body(Json);

/// Where the log has a record, and since when.
#[derive(Clone, Copy)]
struct Receipt {
    index: u64,
    log_time: Option<Time>,
}

impl Body {
    fn read(body: &[u8]) -> Option<Self> {
        json::read(body).map(Self)
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.0.get(name).and_then(Json::as_u64)
    }

    fn results(&self) -> impl Iterator<Item = &Json> {
        self.0.get("results").and_then(Json::as_array).into_iter().flatten()
    }

    /// The problem: the body itself (RFC 9457), or within it, or within one of its results.
    fn refusal(&self) -> Option<Trouble> {
        let inside = self.0.get("problem").into_iter().chain(self.results().filter_map(|one| one.get("problem")));
        std::iter::once(&self.0).chain(inside).find_map(trouble)
    }

    /// Where the log has the group, once it has all of it.
    fn receipt(&self) -> Option<Receipt> {
        if self.0.get("results").is_none() {
            return receipt(self.0.get("receipt")?);
        }
        let all: Option<Vec<Receipt>> = self.results().map(|one| receipt(one.get("receipt")?)).collect();
        all?.into_iter().min_by_key(|receipt| receipt.index)
    }
}

fn receipt(value: &Json) -> Option<Receipt> {
    let log_time = value.get("log_time").and_then(Json::as_u64).and_then(|time| Time::new(time).ok());
    Some(Receipt { index: value.get("index")?.as_u64()?, log_time })
}

fn trouble(problem: &Json) -> Option<Trouble> {
    let text = |name| problem.get(name).and_then(Json::as_str);
    let number = |name| problem.get(name).and_then(Json::as_u64);
    Some(Trouble {
        code: text("code")?.to_owned(),
        detail: text("detail").unwrap_or_default().to_owned(),
        field: text("field").map(ToOwned::to_owned),
        chain: text("chain").and_then(|chain| chain.parse().ok()),
        remaining: number("remaining"),
        earliest: number("earliest"),
        by_server: true,
    })
}

/// A refusal that says nothing.
fn unsaid() -> Trouble {
    Trouble { code: "refused".into(), by_server: true, ..Trouble::default() }
}

impl Trouble {
    /// A fault, as the server would tell it.
    #[must_use]
    pub fn of_fault(fault: &Fault, chain: Option<ChainId>) -> Self {
        let earliest = if let Fault::HarvestTooEarly { earliest } = fault { Some(earliest.get()) } else { None };
        let (field, remaining) = (fault.field(), fault.remaining());
        let (code, detail) = (fault.code().to_owned(), words(fault));
        Self { code, detail, field, chain, remaining, earliest, by_server: false }
    }

    /// What was refused on this device.
    #[must_use]
    pub fn of(refused: &Refused) -> Self {
        let plain = |code: &str, chain: Option<ChainId>| Self {
            code: code.to_owned(),
            detail: words(refused),
            chain,
            ..Self::default()
        };
        match refused {
            Refused::Rule { chain, fault, .. } => Self::of_fault(fault, *chain),
            Refused::Times(chain) => plain("times", Some(*chain)),
            Refused::Unknown(chain) => plain("missing_chain", Some(*chain)),
            Refused::Waits { chain, .. } => plain("waits", Some(*chain)),
            Refused::WentBack(chain) => plain("went_back", Some(*chain)),
            Refused::Rewritten { chain, .. } => plain("rewritten", Some(*chain)),
            Refused::TooOften(chain) => plain("too_often", Some(*chain)),
            Refused::NoKey(chain) => plain("no_key", Some(*chain)),
            Refused::Field(field) => Self { field: Some(field.clone()), ..plain("bad_field", None) },
            _ => plain("bad_record", None),
        }
    }
}

/// What a fault found here says. A page tells it by its code, and is built without these words.
fn words(fault: &dyn std::fmt::Display) -> String {
    if cfg!(nguon_wordless) { String::new() } else { fault.to_string() }
}
