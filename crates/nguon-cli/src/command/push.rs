//! `nguon push`: the outbox, in order.

mod logged;
mod rebase;

use std::collections::BTreeMap;

use nguon_core::admit::Statement;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::Event;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::trust::TrustRoot;
use serde_json::{Value, json};

use self::logged::Logged;
use super::label;
use super::outbox::{Stuck, describe, statements};
use super::pull::{Asking, Wanted};
use crate::error::{Error, advice, short};
use crate::home::{Entry, Number, Refusal};
use crate::log;
use crate::net::{Posted, Problem, Server};
use crate::report::{Report, remark};
use crate::session::Session;

const EXAMPLE: &str = "\
Example:
  nguon push --server https://nguon.example

Each entry is accepted, a duplicate (it was there already), a conflict (somebody else wrote on
the chain first) or rejected. What is rejected stays in the outbox with the reason; later entries
that build on it wait. After a conflict, --rebase fetches what is new, shows it, and signs your
records again after it. Nothing is lost by stopping and pushing again.

Where the deployment has a log, push then waits until a published checkpoint covers what was sent,
and checks the proof: what it calls \"in the log\" cannot be taken back. `nguon receipt` asks later.";

/// Options of `nguon push`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// After a conflict: sign again on the chain's new head
    #[arg(long)]
    rebase: bool,
    /// Seconds to wait for proof from the log that it holds what was sent; 0: do not wait
    #[arg(long, value_name = "SECONDS", default_value_t = 15)]
    wait: u64,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Accepted,
    Duplicate,
    Conflict,
    Refused,
    Waits(Number),
}

/// Sends.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let server = session.server()?;
    let _lock = session.home.lock()?;
    log::follow(&session.home, &server)?;
    let trust = session.home.trust()?;
    let (stuck, done, sent) = (Stuck::default(), Vec::new(), Vec::new());
    let remaining = BTreeMap::new();
    let mut push = Push { session, server: &server, trust: &trust, stuck, done, remaining, sent };
    let numbers: Vec<Number> = session.home.outbox().entries()?.into_iter().map(|(number, _)| number).collect();
    for number in numbers {
        push.entry(number, args.rebase)?;
    }
    let logged = logged::wait(session, &server, &push.sent, args.wait)?;
    Ok(push.report(logged.as_ref()))
}

struct Push<'a> {
    session: &'a Session,
    server: &'a Server,
    trust: &'a TrustRoot,
    stuck: Stuck,
    done: Vec<(Number, Fate, Option<String>)>,
    /// What remains of what an entry asked too much of, in the unit of its field.
    remaining: BTreeMap<Number, u64>,
    /// What the server has accepted now, in order.
    sent: Vec<StatementId>,
}

impl Push<'_> {
    /// Sends one entry. An `Err` is about the way to the server or this computer; all that was accepted stays so.
    fn entry(&mut self, number: Number, rebase: bool) -> Result<(), Error> {
        let outbox = self.session.home.outbox();
        // Read again: signing an earlier entry anew may have changed this one.
        let Some(mut entry) = outbox.entry(number)? else { return Ok(()) };
        let mut statements = statements(&entry, number, self.trust)?;
        let mut fate = Fate::Accepted;
        if !entry.accepted {
            if let Some(earlier) = self.stuck.under(&statements) {
                self.stuck.add(number, &statements);
                self.say(number, &statements, Fate::Waits(earlier), None);
                return Ok(());
            }
            let mut posted = self.server.post(&entry.signed().map_err(Error::home)?)?;
            if let (Posted::Conflict(_), true) = (&posted, rebase) {
                rebase::rebase(self.session, self.server, &statements)?;
                entry = outbox.entry(number)?.ok_or_else(|| Error::home("the outbox changed under this command"))?;
                statements = super::outbox::statements(&entry, number, self.trust)?;
                posted = self.server.post(&entry.signed().map_err(Error::home)?)?;
            }
            fate = match posted {
                Posted::Accepted => Fate::Accepted,
                Posted::Duplicate => Fate::Duplicate,
                Posted::Conflict(problem) => return self.refused(number, entry, &statements, Fate::Conflict, &problem),
                Posted::Refused(problem) => return self.refused(number, entry, &statements, Fate::Refused, &problem),
            };
            self.keep(&statements)?;
            self.sent.extend(statements.iter().map(|statement| statement.id));
            entry.accepted = true;
            entry.refused = None;
            outbox.replace(number, &entry)?;
        }
        match self.send_personal(&entry)? {
            None => {
                outbox.remove(number)?;
                self.send_lists(&statements);
                self.say(number, &statements, fate, None);
                Ok(())
            }
            Some(problem) => self.refused(number, entry, &statements, Fate::Refused, &problem),
        }
    }

    /// Openings, then attachments. What was sent is sent again after a crash, which changes nothing.
    fn send_personal(&self, entry: &Entry) -> Result<Option<Problem>, Error> {
        if !entry.openings.is_empty()
            && let Err(problem) = self.server.post_openings(&entry.openings)?
        {
            return Ok(Some(problem));
        }
        for waiting in &entry.attachments {
            if let Err(problem) = self.server.put_attachment(&waiting.digest, &waiting.media_type, &waiting.bytes.0)? {
                return Ok(Some(problem));
            }
        }
        Ok(None)
    }

    /// Hashes of serials that were issued from here. A server without them cannot prove a label, and has the record all the
    /// same.
    fn send_lists(&self, statements: &[Statement]) {
        for statement in statements {
            let Event::LabelsIssued(labels) = &statement.record.event else { continue };
            let batch = statement.chain();
            let sent = self.session.home.serials().of(&batch, &labels.root).and_then(|serials| match serials {
                Some(serials) => label::hand_in(self.server, &batch, &serials),
                None => Ok(Ok(())),
            });
            let again = "`nguon label send` sends it again";
            match sent {
                Ok(Ok(())) => {}
                Ok(Err(problem)) => remark(format_args!("Note: the list of serials was refused: {problem}; {again}.")),
                Err(error) => remark(format_args!("Note: the list of serials was not sent: {error}; {again}.")),
            }
        }
    }

    /// Accepted records join the chains known here.
    fn keep(&self, statements: &[Statement]) -> Result<(), Error> {
        let mut chains: BTreeMap<ChainId, Vec<SignedRecord>> = BTreeMap::new();
        for statement in statements {
            let chain = statement.chain();
            let records = match chains.entry(chain) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => entry.insert(self.session.home.chain(&chain)?),
            };
            if usize::try_from(statement.record.sequence).is_ok_and(|sequence| sequence == records.len()) {
                records.push(statement.signed.clone());
            }
        }
        chains.iter().try_for_each(|(chain, records)| self.session.home.keep_chain(chain, records))?;
        self.learn_positions(statements)
    }

    /// Where the log counts what was applied or picked at another time than is claimed, this home has to know.
    fn learn_positions(&self, statements: &[Statement]) -> Result<(), Error> {
        if self.trust.payload().log.is_none() {
            return Ok(());
        }
        let (files, mut asking) = (self.session.home.positions(), Asking::new(self.server));
        for statement in statements {
            let mut known = files.of(&statement.chain())?;
            match asking.learn(std::slice::from_ref(statement), Wanted::Doubtful, &mut known) {
                Ok(true) => files.keep(&statement.chain(), &known)?,
                Ok(false) => {}
                // It is accepted in any case; `nguon pull` asks again.
                Err(error) => remark(format_args!("Note: {error}.")),
            }
        }
        Ok(())
    }

    fn refused(
        &mut self,
        number: Number,
        mut entry: Entry,
        statements: &[Statement],
        fate: Fate,
        problem: &Problem,
    ) -> Result<(), Error> {
        let code = if fate == Fate::Conflict { "conflict" } else { problem.code() };
        entry.refused = Some(Refusal { code: code.to_owned(), message: problem.to_string() });
        self.session.home.outbox().replace(number, &entry)?;
        if !entry.accepted {
            self.stuck.add(number, statements);
        }
        self.remaining.extend(problem.remaining.map(|remaining| (number, remaining)));
        let gone_on = problem.head.as_ref().map(|head| format!("the chain has gone on to record {}", head.sequence));
        self.say(number, statements, fate, Some(gone_on.unwrap_or_else(|| problem.to_string())));
        if !self.session.json {
            match fate {
                Fate::Conflict => remark("      Next: nguon push --rebase"),
                _ => remark(format_args!(
                    "      Next: {}; then nguon outbox drop {number}, and sign again",
                    advice(code)
                )),
            }
        }
        Ok(())
    }

    fn say(&mut self, number: Number, statements: &[Statement], fate: Fate, why: Option<String>) {
        if !self.session.json {
            let why = why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            remark(format_args!("{number:>4}  {} {}{why}", fate.word(), describe(statements)));
        }
        self.done.push((number, fate, why));
    }

    fn report(self, logged: Option<&Logged>) -> Report {
        let count = |wanted: fn(&Fate) -> bool| self.done.iter().filter(|(_, fate, _)| wanted(fate)).count();
        let sent = count(|fate| matches!(fate, Fate::Accepted | Fate::Duplicate));
        let left = self.done.len() - sent;
        let mut text = match (sent, left) {
            (0, 0) => "Nothing waits.".to_owned(),
            (sent, 0) => format!("Sent {sent}. Nothing is left in the outbox."),
            (sent, left) => format!("Sent {sent}; {left} stay in the outbox.\nNext: nguon outbox list shows why."),
        };
        let results: Vec<Value> = self
            .done
            .iter()
            .map(|(number, fate, why)| {
                let remaining = self.remaining.get(number);
                json!({ "number": number, "status": fate.code(), "message": why, "remaining": remaining })
            })
            .collect();
        if let Some(logged) = logged {
            text = format!("{text}\n{}", logged.tell(self.session.lang.words()));
        }
        let json = json!({ "sent": sent, "left": left, "results": results, "log": logged });
        Report::new(text, json).exit(u8::from(left > 0))
    }
}

impl Fate {
    const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::Conflict => "conflict",
            Self::Refused => "rejected",
            Self::Waits(_) => "waiting",
        }
    }

    fn word(self) -> String {
        match self {
            Self::Waits(number) => format!("waits for {number}:"),
            fate => fate.code().to_owned(),
        }
    }
}

/// A chain in words.
pub(super) fn named(session: &Session, chain: &ChainId) -> String {
    let names = session.home.names().ok();
    names.and_then(|names| names.of(chain).map(ToOwned::to_owned)).unwrap_or_else(|| short(chain))
}
