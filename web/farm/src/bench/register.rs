//! What the server says of a person's key, and what it has of their chains.

use nguon_core::event::Role;
use nguon_core::ids::{ChainId, KeyId};
use wasm_bindgen_futures::spawn_local;

use super::Bench;
use crate::browser;
use crate::browser::store::{self, Change, Shelf};
use crate::state::person::read_key_answer;
use crate::state::{Action, Enrolment, Standing};
use crate::sync::{self, Household, Part, Server, Work};

/// Between two looks while a code is shown, milliseconds: at first, and at most.
const FIRST: u32 = 3_000;
const LONGEST: u32 = 30_000;
/// Looks once the key counts, some eight minutes: a co-op enters the person first, and their plots one after the other.
const AFTER: u32 = 20;
/// As many chains are asked for at a time: an answer that breaks off is asked for again from its first chain.
const AT_ONCE: usize = 400;

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
            self.refresh(enrolment).await;
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
            let counts = |bench: &Self| bench.person().is_some_and(|person| person.may_sign());
            let (mut wait, mut after, mut counted) = (FIRST, 0_u32, counts(&bench));
            loop {
                browser::wait(wait).await;
                // Whoever asked: the page's button may have been quicker than this.
                if !std::mem::replace(&mut counted, counts(&bench)) && counted {
                    (wait, after) = (FIRST, AFTER);
                }
                let waits = bench.person().is_some_and(|person| person.key.is_some() && !person.may_sign());
                if !waits {
                    let Some(left) = after.checked_sub(1) else {
                        wait = FIRST;
                        continue;
                    };
                    after = left;
                }
                if bench.online() && !browser::hidden() {
                    bench.ask_register().await;
                    wait = (wait + wait / 4).min(LONGEST);
                }
            }
        });
    }

    /// Fetches what the server has more of an actor's chains than is known here; of a registrar's also of the households that it
    /// signs for.
    pub(crate) async fn refresh(&self, enrolment: &Enrolment) {
        let Some(server) = self.server() else { return };
        let got = server.get(&format!("/v1/actors/{}/chains", enrolment.actor)).await;
        let Some(list) = got.ok() else { return };
        let Some(work) = self.work() else { return };
        let newer = sync::chains(&list).into_iter().filter_map(|listed| {
            let stored = work.book.stored(&listed.chain);
            let known = stored.map_or(0, |stored| stored.ids.len() as u64);
            let same = stored.is_some_and(|stored| stored.ids.last() == Some(&listed.head));
            (known != listed.sequence + 1 || !same).then_some((listed.chain, known))
        });
        let newer = newer.collect();
        drop(work);
        if self.read(&server, newer).await && enrolment.role == Role::Registrar {
            self.refresh_households(&server, enrolment.actor).await;
        }
        self.learn_positions().await;
    }

    /// Whom a registrar enrolled: their names, and the chains of those for whom it signs.
    async fn refresh_households(&self, server: &Server, registrar: ChainId) {
        let got = server.get(&format!("/v1/registrars/{registrar}/households")).await;
        let Some(text) = got.ok().and_then(|bytes| String::from_utf8(bytes).ok()) else { return };
        let Some(all) = sync::households(text.as_bytes()) else { return };
        let known = |id: &ChainId| self.work().and_then(|work| Some(work.book.stored(id)?.ids.len() as u64));
        let keyless = all.iter().filter(|household| household.keyless);
        let mut wanted: Vec<(ChainId, u64)> = keyless
            .flat_map(|household| household.land.iter().chain([&household.actor]))
            .map(|id| (*id, known(id).unwrap_or(0)))
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        self.set_households(all);
        let _ = store::write(&[Change::text(Shelf::Things, households_of(&registrar), text)]).await;
        self.read(server, wanted).await;
    }

    /// The households as they were listed last, where the network is away.
    pub(super) async fn recall_households(&self, enrolment: &Enrolment) {
        if enrolment.role == Role::Registrar
            && let Some(text) = store::text(Shelf::Things, &households_of(&enrolment.actor)).await
            && let Some(all) = sync::households(text.as_bytes())
        {
            self.set_households(all);
        }
    }

    fn set_households(&self, all: Vec<Household>) {
        let names = all.into_iter().filter_map(|household| Some((household.actor, household.name?)));
        let mut names: Vec<(ChainId, String)> = names.collect();
        names.sort_unstable();
        *self.inner.names.borrow_mut() = names.into();
        self.tell(Action::Products);
    }

    /// Fetches chains, each from the sequence on that is not known; whether all that came could be kept.
    async fn read(&self, server: &Server, wanted: Vec<(ChainId, u64)>) -> bool {
        for some in wanted.chunks(AT_ONCE) {
            let got = server.send("POST", "/v1/chains/read", "application/json", "", &sync::question(some)).await;
            if got.status != 200 {
                return false;
            }
            let came: Vec<Part> = sync::parts(&got.bytes).into_iter().filter(|part| !part.records.is_empty()).collect();
            if came.is_empty() {
                continue;
            }
            let _held = self.inner.lock.take().await;
            let taken = self.change(Vec::new(), |work| {
                let taken = came.into_iter().filter_map(|part| take(work, part)).collect();
                ((), taken)
            });
            if taken.await.is_err() {
                return false;
            }
        }
        true
    }

    /// Where what is known here may count at another time than it claims, the log is asked.
    async fn learn_positions(&self) {
        let (Some(server), Some(work)) = (self.server(), self.work()) else { return };
        let chains: Vec<ChainId> = work.book.chains().map(|chain| chain.id).collect();
        let doubtful: Vec<ChainId> = chains.into_iter().filter(|id| !work.book.doubtful(id).is_empty()).collect();
        drop(work);
        for chain in doubtful {
            let Some(bytes) = server.get(&format!("/v1/chains/{chain}/positions?from=0")).await.ok() else { continue };
            let Some(positions) = nguon_draft::book::read_positions(&bytes) else { continue };
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
fn take(work: &mut Work, part: Part) -> Option<ChainId> {
    let mut records = work.book.stored(&part.chain).map(|stored| stored.records.clone()).unwrap_or_default();
    // More may have been acknowledged since it was asked for.
    records.truncate(usize::try_from(part.from).ok()?);
    records.extend(part.records);
    work.outbox.fetched(&part.chain, records, part.positions, &mut work.book).ok()?;
    Some(part.chain)
}

/// Where a registrar's list is kept.
fn households_of(registrar: &ChainId) -> String {
    ["households/", &registrar.to_string()].concat()
}
