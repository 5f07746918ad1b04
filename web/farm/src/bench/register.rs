//! What the server says of a person's key, and what it has of their chains.

use nguon_core::ids::{ChainId, KeyId};
use nguon_core::log::Position;
use nguon_core::values::Time;
use nguon_draft::Positions;
use serde_json::Value;
use wasm_bindgen_futures::spawn_local;

use super::Bench;
use crate::browser;
use crate::state::person::read_key_answer;
use crate::state::{Action, Standing};
use crate::sync::{self, Work};

/// Between two looks while a code is shown, milliseconds: at first, and at most.
const FIRST: u32 = 3_000;
const LONGEST: u32 = 30_000;
/// As many chains are asked for at a time.
const AT_ONCE: usize = 6;

impl Bench {
    /// Asks whether the key of who is at work counts; and, where it does, what the server has of their chains.
    pub async fn ask_register(&self) {
        let (Some(server), Some(person)) = (self.server(), self.person()) else { return };
        let Some(key) = person.key else { return };
        let got = server.get(&format!("/v1/keys/{}", KeyId::of(&key.public))).await;
        self.met(&got);
        let found = match got.status {
            200 => read_key_answer(&got.bytes),
            404 => None,
            _ => return,
        };
        // Somebody else may have taken the device meanwhile.
        let Some(mut person) = self.person().filter(|now| now.id == person.id && now.key == Some(key)) else { return };
        let counted = person.may_sign();
        if person.learn(found) && !self.keep_person(&person, false).await {
            return;
        }
        self.tell(Action::Asked);
        if let Standing::Enrolled(enrolment) = &person.standing {
            self.refresh(enrolment.actor).await;
            if !counted {
                self.sign_anew().await;
            }
            self.send();
        }
    }

    /// What an earlier key signed and the server does not have is signed again, now that another one counts.
    pub(crate) async fn sign_anew(&self) {
        let _held = self.inner.lock.take().await;
        let _ = self.change(Vec::new(), |work| (work.outbox.key_revoked(&mut work.book), Vec::new())).await;
    }

    /// Asks again and again while the code is shown or a key does not count any more.
    pub(super) fn watch_register(&self) {
        let bench = self.clone();
        spawn_local(async move {
            let mut wait = FIRST;
            loop {
                browser::wait(wait).await;
                let waits = bench.person().is_some_and(|person| person.key.is_some() && !person.may_sign());
                if !waits {
                    wait = FIRST;
                    continue;
                }
                if bench.online() && !browser::hidden() {
                    bench.ask_register().await;
                    wait = (wait + wait / 4).min(LONGEST);
                }
            }
        });
    }

    /// Fetches what the server has more of an actor's chains than is known here.
    pub(crate) async fn refresh(&self, actor: ChainId) {
        let Some(server) = self.server() else { return };
        let got = server.get(&format!("/v1/actors/{actor}/chains")).await;
        let Some(list) = got.ok() else { return };
        let Some(work) = self.work() else { return };
        let known = |id: &ChainId| work.book.stored(id).map_or(0, |stored| stored.ids.len());
        let newer: Vec<(ChainId, usize)> = sync::chains(&list)
            .into_iter()
            .map(|listed| (known(&listed.chain), listed))
            .filter(|(known, listed)| {
                let head = work.book.stored(&listed.chain).and_then(|stored| stored.ids.last().copied());
                *known as u64 != listed.sequence + 1 || head != Some(listed.head)
            })
            .map(|(known, listed)| (listed.chain, known))
            .collect();
        drop(work);
        for some in newer.chunks(AT_ONCE) {
            let coming: Vec<_> = some
                .iter()
                .map(|(chain, known)| server.begin(&format!("/v1/chains/{chain}/records?from={known}")))
                .collect();
            let mut came = Vec::new();
            for ((chain, known), coming) in some.iter().zip(coming) {
                came.push((*chain, *known, coming.wait().await));
            }
            let _held = self.inner.lock.take().await;
            let taken = self.change(Vec::new(), |work| {
                let mut chains = Vec::new();
                for (chain, known, got) in came {
                    if got.status == 200 && take(work, chain, known, &got.bytes) {
                        chains.push(chain);
                    }
                }
                ((), chains)
            });
            if taken.await.is_err() {
                return;
            }
        }
        self.learn_positions().await;
    }

    /// Where what is known here may count at another time than it claims, the log is asked.
    async fn learn_positions(&self) {
        let (Some(server), Some(work)) = (self.server(), self.work()) else { return };
        let chains: Vec<ChainId> = work.book.chains().map(|chain| chain.id).collect();
        let doubtful: Vec<ChainId> = chains.into_iter().filter(|id| !work.book.doubtful(id).is_empty()).collect();
        drop(work);
        for chain in doubtful {
            let Some(bytes) = server.get(&format!("/v1/chains/{chain}/positions?from=0")).await.ok() else { continue };
            let Some(positions) = read_positions(&bytes) else { continue };
            let _held = self.inner.lock.take().await;
            let learnt = self.change(Vec::new(), |work| {
                let done = work.book.learn(&chain, positions).is_ok();
                work.outbox.lay(&mut work.book);
                ((), if done { vec![chain] } else { Vec::new() })
            });
            if learnt.await.is_err() {
                return;
            }
        }
    }
}

/// Takes up what came of a chain, the records known here before it.
fn take(work: &mut Work, chain: ChainId, known: usize, bytes: &[u8]) -> bool {
    let Some(more) = sync::records_of(bytes) else { return false };
    let mut records = work.book.stored(&chain).map(|stored| stored.records.clone()).unwrap_or_default();
    // More may have been acknowledged since it was asked for.
    records.truncate(known);
    records.extend(more);
    work.outbox.fetched(&chain, records, Positions::new(), &mut work.book).is_ok()
}

/// Reads `GET /v1/chains/{id}/positions`.
fn read_positions(bytes: &[u8]) -> Option<Positions> {
    let told: Value = serde_json::from_slice(bytes).ok()?;
    let from = told.get("from").and_then(Value::as_u64).unwrap_or(0);
    let position = |one: &Value| {
        let number = |at: usize| one.get(at).and_then(Value::as_u64);
        let time = |at: usize| Time::new(number(at)?).ok();
        Some(Position { index: number(0)?, log_time: time(1)?, anchor_time: time(2)? })
    };
    let positions: Option<Vec<Position>> = told.get("positions")?.as_array()?.iter().map(position).collect();
    Some((from..).zip(positions?).collect())
}
