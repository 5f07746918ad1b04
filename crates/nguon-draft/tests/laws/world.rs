//! An office, a co-op, a farmer with two phones and two plots, a neighbour without a key, a collector and a packer; and the
//! server, which is a ledger with a log.

use std::sync::LazyLock;

use nguon_core::envelope::SignedRecord;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Cosigner, LedgerError};
use nguon_core::log::Leaf;
use nguon_core::prelude::*;
use nguon_core::record::Signer;
use nguon_core::trust::{LogPolicy, LogVerifier, Roots};
use nguon_draft::Book;

/// 2026-06-10.
pub const NOW: u64 = 1_781_049_600;
pub const DAY: u64 = 86_400;

pub fn key(n: u8) -> &'static SigningKey {
    static KEYS: LazyLock<Vec<SigningKey>> =
        LazyLock::new(|| (0..=u8::MAX).map(|n| SigningKey::from_bytes(&[n; 32])).collect());
    &KEYS[usize::from(n)]
}

pub fn time(seconds: u64) -> Time {
    Time::new(seconds).unwrap()
}

pub fn grams(grams: u64) -> Grams {
    Grams::new(grams).unwrap()
}

fn policy() -> LogPolicy {
    let verifier = |name: &str, n: u8| LogVerifier { name: name.parse().unwrap(), key: key(n).into(), url: None };
    LogPolicy {
        origin: "log.example".parse().unwrap(),
        key: key(100).into(),
        witnesses: List::of_one(verifier("w.example", 101)),
        witness_threshold: 1,
        auditors: List::of_one(verifier("a.example", 102)),
        fresh_online: 3_600,
        fresh_offline: 86_400,
    }
}

pub fn trust() -> TrustRoot {
    static TRUST: LazyLock<TrustRoot> = LazyLock::new(|| {
        let office = Authority::new(AuthorityId::from_bytes([9; 32]), "Sở mẫu".parse().unwrap(), key(2).into());
        let payload = RootPayload::of_one_authority(office, key(1).into(), time(NOW - DAY), time(NOW + 4_000 * DAY));
        let payload = RootPayload { log: Some(policy()), ..payload };
        TrustRoot::verify_first(SignedRoot::sign(&payload, &[key(1)]).unwrap()).unwrap()
    });
    TRUST.clone()
}

pub fn roots() -> Roots {
    Roots::logged(trust())
}

/// The server, and who is enrolled there.
#[derive(Clone)]
pub struct World {
    pub ledger: Ledger,
    pub office: AuthorityId,
    pub coop: ChainId,
    /// Keys 4 and 5: two phones.
    pub farmer: ChainId,
    /// Without a key.
    pub neighbour: ChainId,
    /// Key 6.
    pub collector: ChainId,
    /// Key 7.
    pub packer: ChainId,
    pub area: ChainId,
    pub plots: [ChainId; 2],
    pub neighbours_plot: ChainId,
    pub now: u64,
    nonces: u8,
}

impl World {
    pub fn new() -> Self {
        static MADE: LazyLock<World> = LazyLock::new(World::make);
        MADE.clone()
    }

    fn make() -> Self {
        let none = ChainId::from_bytes([0; 32]);
        let office = AuthorityId::from_bytes([9; 32]);
        let mut world = Self {
            ledger: Ledger::logged(trust(), time(NOW)).unwrap(),
            office,
            coop: none,
            farmer: none,
            neighbour: none,
            collector: none,
            packer: none,
            area: none,
            plots: [none; 2],
            neighbours_plot: none,
            now: NOW,
            nonces: 0,
        };
        world.coop = world.enrol(office.into(), 2, Role::Registrar, Some(3));
        let coop = Signer::Actor(world.coop);
        world.farmer = world.enrol(coop, 3, Role::Farm, Some(4));
        world.append(coop, 3, world.farmer, KeyAdded { key: key(5).into(), holder: None });
        world.neighbour = world.enrol(coop, 3, Role::Farm, None);
        world.collector = world.enrol(coop, 3, Role::Collector, Some(6));
        world.packer = world.enrol(coop, 3, Role::PackingHouse, Some(7));
        let [code, issuer] = ["VN-MAU-0001", "VN"].map(|code| code.parse().unwrap());
        let (market, commune) = ("CN".parse().unwrap(), "07525".parse().unwrap());
        let mut area =
            PlaceRegistered::new(PlaceKind::GrowingArea, code, issuer, market, world.coop, commune, time(NOW - DAY));
        area.area_m2 = Some(SquareMetres::new(100_000).unwrap());
        world.area = world.begin(office.into(), 2, area);
        let plot = |world: &World, household| {
            PlotRegistered::new(world.area, household, SquareMetres::new(5_000).unwrap(), "vải thiều".parse().unwrap())
        };
        for n in 0..2 {
            let registered = plot(&world, world.farmer);
            world.plots[n] = world.begin(coop, 3, registered);
        }
        let registered = plot(&world, world.neighbour);
        world.neighbours_plot = world.begin(coop, 3, registered);
        world.append(office.into(), 2, world.area, season(Some(3_000_000)));
        let all = [world.plots[0], world.plots[1], world.neighbours_plot];
        let allotments = all.map(|plot| Allotment { plot, grams: grams(1_000_000) });
        let allotments = List::new(allotments.to_vec()).unwrap();
        world.append(coop, 3, world.area, PlotsAllotted { season: "2026".parse().unwrap(), allotments });
        for plot in all {
            world.append(coop, 3, plot, season(None));
        }
        world
    }

    fn enrol(&mut self, by: Signer, by_key: u8, role: Role, n: Option<u8>) -> ChainId {
        let name = FieldValue::Text("Hộ mẫu".into()).seal(&Salt::from_bytes([7; 16]), "enrolled/name");
        let mut scope = Scope::of_events(EventName::ALL).unwrap();
        scope.gs1_prefixes = Some(List::of_one("9521234".parse().unwrap()));
        self.begin(by, by_key, Enrolled::new(role, name, scope, n.map(|n| key(n).into())))
    }

    pub fn begin(&mut self, by: Signer, by_key: u8, event: impl Into<Event>) -> ChainId {
        self.nonces += 1;
        let nonce = Nonce::from_bytes([self.nonces; 16]);
        self.ledger.set_time(time(self.now));
        self.ledger.begin(&Pen::new(by, key(by_key), time(self.now)), event, nonce).unwrap()
    }

    pub fn append(&mut self, by: Signer, by_key: u8, chain: ChainId, event: impl Into<Event>) -> StatementId {
        self.ledger.set_time(time(self.now));
        self.ledger.append(&Pen::new(by, key(by_key), time(self.now)), chain, event).unwrap()
    }

    /// Somebody else writes on a chain of the farmer's first.
    pub fn inspect(&mut self, chain: ChainId) {
        let event = Inspected::new(InspectionResult::Defects, InspectionPurpose::Routine);
        self.append(self.office.into(), 2, chain, event);
    }

    /// A book with every chain as it is now.
    pub fn book(&self) -> Book {
        self.book_of(&self.chains())
    }

    /// A device's that has these chains only.
    pub fn book_of(&self, chains: &[ChainId]) -> Book {
        let mut book = Book::new(roots());
        for chain in chains {
            book.take(chain, self.ledger.records(chain).to_vec(), Default::default()).unwrap();
        }
        book
    }

    pub fn chains(&self) -> Vec<ChainId> {
        let [one, two] = self.plots;
        let (plots, actors) = ([one, two, self.neighbours_plot], [self.coop, self.farmer, self.neighbour]);
        [&actors[..], &[self.collector, self.packer, self.area], &plots].concat()
    }

    /// `POST /v1/records?atomic=true`: all or nothing.
    pub fn post(&mut self, records: &[SignedRecord]) -> (u16, String) {
        self.ledger.set_time(time(self.now));
        let mut ledger = self.ledger.clone();
        for (index, signed) in records.iter().enumerate() {
            match ledger.admit(signed.clone()) {
                Ok(_) => {}
                Err(LedgerError::Conflict(head)) => {
                    assert!(!has_fork(&ledger), "the log has evidence of two histories");
                    let chain = chain_of(signed);
                    let head = serde_json::json!({ "sequence": head.sequence, "statement_id": head.statement });
                    let body = serde_json::json!({ "code": "conflict", "chain": chain, "index": index, "head": head });
                    return (409, body.to_string());
                }
                Err(LedgerError::Rejected(fault)) => {
                    let chain = chain_of(signed);
                    let body = serde_json::json!({
                        "code": fault.code(), "detail": fault.to_string(), "chain": chain, "index": index,
                        "remaining": fault.remaining(),
                    });
                    return (422, body.to_string());
                }
                Err(other) => panic!("{other}"),
            }
        }
        assert!(!has_fork(&ledger), "the log has evidence of two histories");
        self.ledger = ledger;
        (
            202,
            serde_json::json!({ "results": records.iter().map(|_| serde_json::json!({})).collect::<Vec<_>>() })
                .to_string(),
        )
    }

    pub fn has(&self, chain: &ChainId, statement: &StatementId) -> bool {
        let deployment = *trust().deployment();
        self.ledger.records(chain).iter().any(|signed| signed.statement_id(&deployment) == *statement)
    }

    /// `GET /v1/receipts/{statement_id}`.
    pub fn receipt(&self, statement: &StatementId) -> Option<String> {
        let found = self.ledger.leaves().enumerate().find_map(|(index, (leaf, _))| match leaf {
            Leaf::Record { statement: found, log_time } if found == *statement => Some((index, log_time)),
            _ => None,
        });
        found.map(|(index, log_time)| serde_json::json!({ "index": index, "log_time": log_time }).to_string())
    }

    /// `GET /v1/chains/{id}/positions`.
    pub fn positions(&self, chain: &ChainId) -> String {
        let deployment = *trust().deployment();
        let place = |signed: &SignedRecord| {
            let wanted = signed.statement_id(&deployment);
            let anchor = nguon_core::record::Record::from_payload(signed.payload()).unwrap().anchor;
            let closed = anchor.map_or(0, |anchor| {
                let leaf = self.ledger.leaves().nth(usize::try_from(anchor.size).unwrap() - 1).unwrap().0;
                leaf.log_time().get()
            });
            self.ledger.leaves().enumerate().find_map(|(index, (leaf, _))| match leaf {
                Leaf::Record { statement, log_time } if statement == wanted => Some((index, log_time.get(), closed)),
                _ => None,
            })
        };
        let positions: Vec<_> = self.ledger.records(chain).iter().map(|signed| place(signed).unwrap()).collect();
        serde_json::json!({ "chain": chain, "from": 0, "positions": positions }).to_string()
    }

    /// What a shopper's reader says of every batch that has inputs.
    pub fn verdicts(&mut self, batches: &[ChainId]) -> Vec<Outcome> {
        let at = time(self.now);
        let cosigners =
            [Cosigner { name: "w.example", key: key(101), at }, Cosigner { name: "a.example", key: key(102), at }];
        self.ledger.close(at, key(100), &cosigners).unwrap();
        let filled = |batch: &&ChainId| {
            self.ledger.chain(batch).is_some_and(|chain| chain.batch().is_some_and(|batch| !batch.inputs.is_empty()))
        };
        let verdict = |batch: &ChainId| {
            let bytes = self.ledger.bundle(*batch).unwrap().to_bytes().unwrap();
            verify(&bytes, &trust(), &Options::at(at)).verdict.outcome
        };
        batches.iter().filter(filled).map(verdict).collect()
    }
}

fn has_fork(ledger: &Ledger) -> bool {
    ledger.leaves().any(|(leaf, _)| matches!(leaf, Leaf::Fork { .. }))
}

fn chain_of(signed: &SignedRecord) -> Option<ChainId> {
    nguon_core::record::Record::from_payload(signed.payload()).ok()?.chain
}

pub fn season(ceiling: Option<u64>) -> SeasonOpened {
    let (from, until) = (time(NOW - DAY), time(NOW + 60 * DAY));
    SeasonOpened::new("2026".parse().unwrap(), from, until, ceiling.map(grams))
}
