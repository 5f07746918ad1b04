//! Doing what the outbox says, until it rests or has to wait.

use nguon_core::ids::ChainId;
use nguon_draft::outbox::{Answer, Entry, EntryId, Moment, Stage, Step};
use wasm_bindgen_futures::spawn_local;

use super::{Server, Work, upload, work};
use crate::bench::{Bench, NotWritten};
use crate::browser;
use crate::browser::net::Got;
use crate::browser::store::{self, NotKept, Shelf};

/// The longest wait before it looks again, milliseconds.
const LONGEST: u64 = 300_000;

/// Whether to go on.
enum Then {
    GoOn,
    Stop,
}

impl Bench {
    /// Has what waits sent, as far as it goes now.
    pub fn send(&self) {
        let bench = self.clone();
        spawn_local(async move { run(&bench).await });
    }

    /// What an answer tells besides: whether the server was reached, and what time it is there.
    pub(crate) fn met(&self, got: &Got) {
        let now = browser::now();
        self.sending(|sending| {
            sending.failed = got.status == 0;
            if got.status > 0 {
                sending.reached = Some(now);
            }
            if let Some((now, date)) =
                got.date.and_then(|date| Some((i64::try_from(now).ok()?, i64::try_from(date).ok()?)))
            {
                sending.ahead = Some(now - date);
            }
        });
    }
}

/// Takes everything as far as it goes.
pub async fn run(bench: &Bench) {
    if !bench.inner().begin_run() {
        return;
    }
    bench.sending(|sending| sending.busy = true);
    loop {
        while let (Some(work), Some(server)) = (bench.work(), bench.server()) {
            let signers: Vec<_> = bench.key().ok().and(bench.hand()).iter().map(|hand| hand.seat.signer).collect();
            let step = work.outbox.next(&work.book, browser::time(), &signers);
            drop(work);
            match take(bench, &server, step).await {
                Then::GoOn => {}
                Then::Stop => break,
            }
        }
        if !bench.inner().end_run() || !bench.inner().begin_run() {
            break;
        }
    }
    bench.sending(|sending| sending.busy = false);
}

fn moment() -> Moment {
    let random = browser::random::<4>().map_or(0, u32::from_be_bytes);
    Moment { now: browser::time(), random }
}

async fn take(bench: &Bench, server: &Server, step: Step) -> Then {
    match &step {
        Step::Rest => return Then::Stop,
        Step::Wait(until) => {
            wait(bench, *until);
            return Then::Stop;
        }
        Step::Sign(entry) => {
            return match bench.renew(*entry).await {
                // The chains went on while it was signed, or a signature did not hold: it is asked for again, but not for ever.
                Err(NotWritten::Refused(_)) => {
                    browser::wait(200).await;
                    Then::GoOn
                }
                Err(_) => Then::Stop,
                Ok(()) => Then::GoOn,
            };
        }
        _ => {}
    }
    if ask_and_take_up(bench, server, &step).await.is_ok() { Then::GoOn } else { Then::Stop }
}

/// Asks the server what a step asks, and takes up what it answers: written down before the next step.
async fn ask_and_take_up(bench: &Bench, server: &Server, step: &Step) -> Result<(), NotKept> {
    if let Step::Post(entries) = step {
        // From here on the server may have them.
        let _held = bench.inner().lock().take().await;
        bench.change(Vec::new(), |work| (work.outbox.sending(entries), Vec::new())).await?;
    }
    let with = match (step, bench.work()) {
        (Step::Openings(id), Some(work)) => work.outbox.words_with(*id),
        _ => Vec::new(),
    };
    let got = match question(bench, step, &with).ok_or(NotKept::Refused)? {
        Question::Get(path) => server.get(&path).await,
        Question::Post(path, media_type, body) => server.send("POST", path, media_type, "", &body).await,
        Question::File(name, digest) => match store::bytes(Shelf::Photos, &name).await {
            Some(bytes) => upload::upload(server, &digest, &bytes).await,
            // It is gone from this device: there is nothing left to send. The record itself stands.
            None => Got { status: 410, ..Got::NOTHING },
        },
    };
    bench.met(&got);
    let held = bench.inner().lock().take().await;
    let refused = bench.change(Vec::new(), |work| take_up(work, step, &with, &got)).await?;
    drop(held);
    if refused {
        // Signed by a key that counts no more: by one that does, if there is one by now.
        key_gone(bench);
    }
    Ok(())
}

/// What is asked of a server.
enum Question {
    Get(String),
    Post(&'static str, &'static str, Vec<u8>),
    /// A kept file under its name, sent under its digest
    File(String, String),
}

/// `with`: the entries whose words go with it.
fn question(bench: &Bench, step: &Step, with: &[EntryId]) -> Option<Question> {
    let work = bench.work()?;
    let entry = |id: &EntryId| work.outbox.entry(*id);
    Some(match step {
        Step::Fetch(chain) => Question::Get(format!("/v1/chains/{chain}/records")),
        Step::Positions(chain) => Question::Get(format!("/v1/chains/{chain}/positions")),
        Step::Ask(id) => Question::Get(format!("/v1/receipts/{}", entry(id)?.records.first()?.statement)),
        Step::Post(ids) => Question::Post("/v1/groups?wait=10", "application/cbor-seq", work.outbox.groups(ids)),
        Step::Openings(_) => {
            Question::Post("/v1/openings", "application/cbor", work.outbox.words(with).unwrap_or_default())
        }
        Step::Photo(id, place) => {
            let photo = &entry(id)?.photos.get(*place)?.0;
            Question::File(photo.name.clone(), photo.digest.to_string())
        }
        _ => return None,
    })
}

/// Takes up an answer: whether a key counts no more, and the chains that have to be kept anew.
fn take_up(work: &mut Work, step: &Step, with: &[EntryId], got: &Got) -> (bool, Vec<ChainId>) {
    let answer = Answer { status: got.status, body: &got.bytes };
    match step {
        Step::Post(entries) => return posted(work, entries, answer),
        Step::Fetch(chain) => {
            let records = match got.status {
                200 => work::records_of(&got.bytes),
                404 => Some(Vec::new()),
                _ => None,
            };
            let Some(records) = records else {
                work.outbox.fetch_failed(moment());
                return (false, Vec::new());
            };
            // What was refused for it says so with the entries themselves.
            let _ = work.outbox.fetched(chain, records, Default::default(), &mut work.book);
            return (false, vec![*chain]);
        }
        Step::Positions(chain) => {
            work.outbox.positioned(chain, answer, &mut work.book, moment());
            return (false, vec![*chain]);
        }
        Step::Openings(_) => work.outbox.answered_words(with, answer, &mut work.book, moment()),
        Step::Photo(id, _) | Step::Ask(id) => {
            work.outbox.answered(step, *id, answer, &mut work.book, moment());
        }
        Step::Sign(_) | Step::Wait(_) | Step::Rest => {}
    }
    (false, Vec::new())
}

fn posted(work: &mut Work, entries: &[EntryId], answer: Answer<'_>) -> (bool, Vec<ChainId>) {
    work.outbox.answered_groups(entries, answer, &mut work.book, moment());
    let all: Vec<&Entry> = entries.iter().filter_map(|id| work.outbox.entry(*id)).collect();
    let mut chains: Vec<ChainId> =
        all.iter().filter(|entry| entry.is_stored()).flat_map(|entry| entry.writes()).collect();
    chains.sort_unstable();
    chains.dedup();
    let gone = |stage: &Stage| matches!(stage, Stage::Refused(trouble) if KEY_GONE.contains(&trouble.code.as_str()));
    (all.iter().any(|entry| gone(&entry.stage)), chains)
}

/// What the server says where a key counts no more.
const KEY_GONE: [&str; 2] = ["revoked_key", "unknown_key"];

fn key_gone(bench: &Bench) {
    let Some(before) = bench.person() else { return };
    let bench = bench.clone();
    // Not here: what is asked there sends again when it is done.
    spawn_local(async move {
        bench.ask_register().await;
        let again = bench.person().is_some_and(|now| now.may_sign() && !before.earlier.is_empty());
        if again {
            bench.sign_anew().await;
            bench.send();
        }
    });
}

/// Looks again later; of several such waits the last one counts.
fn wait(bench: &Bench, until: u64) {
    let wait = bench.inner().new_wait();
    let milliseconds = until.saturating_sub(browser::now()).saturating_mul(1000).clamp(500, LONGEST);
    let bench = bench.clone();
    spawn_local(async move {
        browser::wait(u32::try_from(milliseconds).unwrap_or(u32::MAX)).await;
        if bench.inner().is_wait(wait) {
            bench.send();
        }
    });
}
