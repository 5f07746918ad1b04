//! Doing what the outbox says, until it rests or has to wait.

use nguon_core::ids::ChainId;
use nguon_draft::outbox::{Answer, EntryId, Moment, Stage, Step};
use wasm_bindgen_futures::spawn_local;

use super::{Server, groups, upload, work};
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
    let done = match &step {
        Step::Rest => return Then::Stop,
        Step::Wait(until) => {
            wait(bench, *until);
            return Then::Stop;
        }
        Step::Sign(entry) => match bench.renew(*entry).await {
            // The chains went on while it was signed, or a signature did not hold: it is asked for again, but not for ever.
            Err(NotWritten::Refused(_)) => {
                browser::wait(200).await;
                Ok(())
            }
            Err(NotWritten::NotKept(why)) => Err(why),
            Err(_) => return Then::Stop,
            Ok(()) => Ok(()),
        },
        Step::Fetch(chain) => fetch(bench, server, chain).await,
        Step::Post(entries) => post(bench, server, &step, entries).await,
        Step::Openings(entry) => openings(bench, server, *entry).await,
        Step::Photo(entry, place) => photo(bench, server, &step, *entry, *place).await,
        Step::Ask(entry) => ask(bench, server, &step, *entry).await,
        Step::Positions(chain) => positions(bench, server, chain).await,
    };
    if done.is_ok() { Then::GoOn } else { Then::Stop }
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

async fn fetch(bench: &Bench, server: &Server, chain: &ChainId) -> Result<(), NotKept> {
    let got = server.get(&format!("/v1/chains/{chain}/records")).await;
    bench.met(&got);
    let records = match got.status {
        200 => work::records_of(&got.bytes),
        404 => Some(Vec::new()),
        _ => None,
    };
    let _held = bench.inner().lock().take().await;
    bench
        .change(Vec::new(), |work| {
            let Some(records) = records else {
                work.outbox.fetch_failed(moment());
                return ((), Vec::new());
            };
            // What was refused for it says so with the entries themselves.
            let _ = work.outbox.fetched(chain, records, Default::default(), &mut work.book);
            ((), vec![*chain])
        })
        .await
}

async fn post(bench: &Bench, server: &Server, step: &Step, entries: &[EntryId]) -> Result<(), NotKept> {
    let body = {
        let _held = bench.inner().lock().take().await;
        bench.change(Vec::new(), |work| (work.outbox.sending(entries), Vec::new())).await?;
        let Some(work) = bench.work() else { return Err(NotKept::Refused) };
        let all: Vec<_> = entries.iter().filter_map(|id| work.outbox.entry(*id)).collect();
        groups::body(&all)
    };
    let got = server.send("POST", "/v1/groups?wait=10", "application/cbor-seq", "", &body).await;
    bench.met(&got);
    let (lines, whole) = if got.status == 200 { groups::lines(&got.bytes) } else { (Vec::new(), false) };
    let _held = bench.inner().lock().take().await;
    let refused = bench
        .change(Vec::new(), |work| {
            let mut chains: Vec<ChainId> = Vec::new();
            for line in &lines {
                let Some(id) = entries.get(line.group) else { continue };
                let answer = Answer { status: line.status, body: &line.body };
                work.outbox.answered(step, *id, answer, &mut work.book, moment());
                chains.extend(
                    work.outbox.entry(*id).filter(|entry| entry.is_stored()).iter().flat_map(|entry| entry.writes()),
                );
            }
            // The request failed as a whole: told once, for all.
            if let (false, Some(first)) = (whole, entries.first()) {
                let status = if got.status == 200 { 0 } else { got.status };
                let answer = Answer { status, body: &got.bytes };
                if matches!(status, 400..=499) {
                    for id in entries {
                        work.outbox.answered(step, *id, answer, &mut work.book, moment());
                    }
                } else {
                    work.outbox.answered(step, *first, answer, &mut work.book, moment());
                }
            }
            chains.sort_unstable();
            chains.dedup();
            let key =
                |stage: &Stage| matches!(stage, Stage::Refused(trouble) if KEY_GONE.contains(&trouble.code.as_str()));
            (work.outbox.entries().any(|entry| entries.contains(&entry.id) && key(&entry.stage)), chains)
        })
        .await?;
    drop(_held);
    if refused {
        // Signed by a key that counts no more: by one that does, if there is one by now.
        key_gone(bench).await;
    }
    Ok(())
}

/// What the server says where a key counts no more.
const KEY_GONE: [&str; 2] = ["revoked_key", "unknown_key"];

async fn key_gone(bench: &Bench) {
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

async fn openings(bench: &Bench, server: &Server, entry: EntryId) -> Result<(), NotKept> {
    let Some(work) = bench.work() else { return Err(NotKept::Refused) };
    let ids = work.outbox.words_with(entry);
    let body = work.outbox.words(&ids);
    drop(work);
    let got = server.send("POST", "/v1/openings", "application/cbor", "", &body.unwrap_or_default()).await;
    bench.met(&got);
    let answer = Answer { status: got.status, body: &got.bytes };
    let _held = bench.inner().lock().take().await;
    bench
        .change(Vec::new(), |work| (work.outbox.answered_words(&ids, answer, &mut work.book, moment()), Vec::new()))
        .await
}

async fn photo(bench: &Bench, server: &Server, step: &Step, entry: EntryId, place: usize) -> Result<(), NotKept> {
    let Some(work) = bench.work() else { return Err(NotKept::Refused) };
    let photo = work.outbox.entry(entry).and_then(|entry| Some(entry.photos.get(place)?.0.clone()));
    drop(work);
    let Some(photo) = photo else { return Err(NotKept::Refused) };
    let got = match store::bytes(Shelf::Photos, &photo.name).await {
        Some(bytes) => upload::upload(server, &photo.digest.to_string(), &bytes).await,
        // It is gone from this device: there is nothing left to send. The record itself stands.
        None => Got { status: 410, ..Got::NOTHING },
    };
    tell(bench, step, entry, &got).await
}

async fn ask(bench: &Bench, server: &Server, step: &Step, entry: EntryId) -> Result<(), NotKept> {
    let Some(work) = bench.work() else { return Err(NotKept::Refused) };
    let first = work.outbox.entry(entry).and_then(|entry| Some(entry.records.first()?.statement));
    drop(work);
    let Some(first) = first else { return Err(NotKept::Refused) };
    let got = server.get(&format!("/v1/receipts/{first}")).await;
    tell(bench, step, entry, &got).await
}

async fn positions(bench: &Bench, server: &Server, chain: &ChainId) -> Result<(), NotKept> {
    let got = server.get(&format!("/v1/chains/{chain}/positions")).await;
    bench.met(&got);
    let answer = Answer { status: got.status, body: &got.bytes };
    let _held = bench.inner().lock().take().await;
    bench
        .change(Vec::new(), |work| (work.outbox.positioned(chain, answer, &mut work.book, moment()), vec![*chain]))
        .await
}

async fn tell(bench: &Bench, step: &Step, entry: EntryId, got: &Got) -> Result<(), NotKept> {
    bench.met(got);
    let answer = Answer { status: got.status, body: &got.bytes };
    let _held = bench.inner().lock().take().await;
    bench
        .change(Vec::new(), |work| (work.outbox.answered(step, entry, answer, &mut work.book, moment()), Vec::new()))
        .await
}
