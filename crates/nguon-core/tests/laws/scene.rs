//! A season in which nobody is honest and everybody's keys are good: who is there, and what the ledger makes of what they
//! sign. With a log or without one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use nguon_core::envelope::SignedRecord;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Cosigner, LedgerCheckpoint, LedgerError, begin_record, next_record};
use nguon_core::prelude::*;
use nguon_core::record::{Anchor, Record, Signer};
use nguon_core::verify::{Bundle, Verdict};
use nguon_tlog::note::{Note, NoteKey};

use crate::replay_world::{LOG_KEY, policy};
use crate::world::{NOW, any_scope, grams, key, name_of, prefixed, root_payload, salt, time};

pub const DAY: u64 = 86_400;
/// What the first growing area can yield, and the second.
pub const CEILINGS: [u64; 2] = [10_000, 4_000];

/// The trust root of [`crate::world`] with a year to go, and with a log or not.
pub fn trust(logged: bool) -> TrustRoot {
    static TRUST: LazyLock<[TrustRoot; 2]> = LazyLock::new(|| {
        [false, true].map(|logged| {
            let log = logged.then(policy);
            let payload = RootPayload { log, expires: time(NOW + 400 * DAY), ..root_payload() };
            TrustRoot::verify_first(SignedRoot::sign(&payload, &[key(1)]).unwrap()).unwrap()
        })
    });
    TRUST[usize::from(logged)].clone()
}

#[derive(Clone)]
pub struct Scene {
    pub ledger: Ledger,
    pub logged: bool,
    pub now: u64,
    /// What devices have seen of the log.
    pub anchor: Option<Anchor>,
    pub office: AuthorityId,
    /// The union enrolled the co-op, the co-op everybody else.
    pub union: ChainId,
    pub coop: ChainId,
    pub farms: [ChainId; 2],
    /// A household without a key.
    pub household: ChainId,
    pub collector: ChainId,
    pub packer: ChainId,
    pub seller: ChainId,
    pub carrier: ChainId,
    pub inspector: ChainId,
    pub areas: [ChainId; 2],
    pub house: ChainId,
    /// Two on the first area, one on the second.
    pub plots: [ChainId; 3],
    pub batches: Vec<ChainId>,
    /// Everything the ledger took, in its order.
    pub accepted: Vec<(ChainId, Record)>,
    /// The newest record offered, taken or not.
    pub offered: Option<SignedRecord>,
    keys: BTreeMap<Signer, u8>,
    nonces: u64,
}

impl Scene {
    /// Actors and places; no season yet.
    pub fn new(logged: bool) -> Self {
        static MADE: LazyLock<[Scene; 2]> = LazyLock::new(|| [false, true].map(Scene::make));
        MADE[usize::from(logged)].clone()
    }

    /// The same with season 2026 opened everywhere, for a hundred days, and all of both ceilings allotted.
    pub fn in_season(logged: bool) -> Self {
        static MADE: LazyLock<[Scene; 2]> = LazyLock::new(|| {
            [false, true].map(|logged| {
                let mut scene = Scene::new(logged);
                for area in [0, 1] {
                    scene.offer(scene.office, scene.areas[area], season(Some(CEILINGS[area]))).unwrap();
                }
                let [first, second, third] = scene.plots;
                scene.offer(scene.coop, scene.areas[0], allotted(&[(first, 6_000), (second, 4_000)])).unwrap();
                scene.offer(scene.coop, scene.areas[1], allotted(&[(third, 4_000)])).unwrap();
                for plot in scene.plots {
                    scene.offer(scene.coop, plot, season(None)).unwrap();
                }
                scene
            })
        });
        MADE[usize::from(logged)].clone()
    }

    fn make(logged: bool) -> Self {
        let none = ChainId::from_bytes([0; 32]);
        let trust = trust(logged);
        let ledger = if logged { Ledger::logged(trust, time(NOW)).unwrap() } else { Ledger::new(trust) };
        let office = AuthorityId::from_bytes([9; 32]);
        let mut scene = Self {
            ledger,
            logged,
            now: NOW,
            anchor: None,
            office,
            union: none,
            coop: none,
            farms: [none; 2],
            household: none,
            collector: none,
            packer: none,
            seller: none,
            carrier: none,
            inspector: none,
            areas: [none; 2],
            house: none,
            plots: [none; 3],
            batches: Vec::new(),
            accepted: Vec::new(),
            offered: None,
            keys: BTreeMap::from([(Signer::Authority(office), 2)]),
            nonces: 0,
        };
        scene.enrol_all();
        scene.register_places();
        scene
    }

    fn enrol_all(&mut self) {
        let office = Signer::Authority(self.office);
        self.union = self.enrol(office, Role::Registrar, Some(13));
        self.coop = self.enrol(self.union.into(), Role::Registrar, Some(3));
        let coop = Signer::Actor(self.coop);
        self.farms = [4, 5].map(|n| self.enrol(coop, Role::Farm, Some(n)));
        self.household = self.enrol(coop, Role::Farm, None);
        self.collector = self.enrol(coop, Role::Collector, Some(6));
        self.packer = self.enrol(coop, Role::PackingHouse, Some(7));
        self.seller = self.enrol(coop, Role::Seller, Some(8));
        self.carrier = self.enrol(coop, Role::Carrier, Some(9));
        self.inspector = self.enrol(office, Role::Inspector, Some(10));
    }

    pub fn enrol(&mut self, by: Signer, role: Role, n: Option<u8>) -> ChainId {
        let name = name_of(1).seal(&salt(1), "enrolled/name");
        let event = Enrolled::new(role, name, prefixed(any_scope()), n.map(|n| key(n).into()));
        let actor = self.begin(by, event).unwrap();
        if let Some(n) = n {
            self.keys.insert(actor.into(), n);
        }
        actor
    }

    fn register_places(&mut self) {
        let (office, coop) = (self.office, self.coop);
        self.areas = [1, 2].map(|n| self.begin(office, self.place(PlaceKind::GrowingArea, n, coop)).unwrap());
        self.house = self.begin(office, self.place(PlaceKind::PackingHouse, 3, self.packer)).unwrap();
        let plots = [(0, self.farms[0]), (0, self.household), (1, self.farms[1])];
        self.plots = plots.map(|(area, household)| {
            let (size, variety) = (SquareMetres::new(5_000).unwrap(), "vải thiều".parse().unwrap());
            self.begin(coop, PlotRegistered::new(self.areas[area], household, size, variety)).unwrap()
        });
    }

    pub fn place(&self, kind: PlaceKind, n: u8, holder: ChainId) -> PlaceRegistered {
        let (code, issuer) = (format!("VN-MAU-{n}").parse().unwrap(), "VN".parse().unwrap());
        let (market, commune) = ("CN".parse().unwrap(), "07525".parse().unwrap());
        let mut place = PlaceRegistered::new(kind, code, issuer, market, holder, commune, time(NOW - DAY));
        place.area_m2 = Some(SquareMetres::new(100_000).unwrap());
        place
    }

    /// A batch of this owner.
    pub fn open(&mut self, owner: ChainId) -> ChainId {
        self.open_as(Opened::new(owner, "vải thiều".parse().unwrap()))
    }

    pub fn open_as(&mut self, event: Opened) -> ChainId {
        let batch = self.begin(event.owner, event).unwrap();
        self.batches.push(batch);
        batch
    }

    /// A batch of this owner picked on a plot.
    pub fn picked(&mut self, plot: ChainId, owner: ChainId, amount: u64) -> ChainId {
        let batch = self.open(owner);
        self.offer(self.custodian(plot), plot, harvest(batch, amount)).unwrap();
        self.offer(owner, batch, Harvested::new(Inputs::one(plot, grams(amount)))).unwrap();
        batch
    }

    /// A batch of this owner received from others: drawn there first.
    pub fn merged(&mut self, owner: ChainId, sources: &[(ChainId, u64)]) -> ChainId {
        let batch = self.open(owner);
        self.pour(sources, batch);
        batch
    }

    /// Drawn from each, and received.
    pub fn pour(&mut self, sources: &[(ChainId, u64)], into: ChainId) {
        for (source, amount) in sources {
            self.offer(self.custodian(*source), *source, drawn(into, *amount)).unwrap();
        }
        self.offer(self.custodian(into), into, Received::new(inputs(sources))).unwrap();
    }

    pub fn custodian(&self, chain: ChainId) -> ChainId {
        self.ledger.chain(&chain).unwrap().custodian().unwrap()
    }

    /// From now on it signs with this one.
    pub fn use_key(&mut self, signer: impl Into<Signer>, n: u8) {
        self.keys.insert(signer.into(), n);
    }

    fn pen(&self, signer: Signer) -> Pen<'static> {
        // Who has no key is signed for by the co-op.
        let pen = match (self.keys.get(&signer), signer) {
            (None, Signer::Actor(household)) => {
                Pen::new(self.coop, key(self.keys[&self.coop.into()]), time(self.now)).on_behalf_of(household)
            }
            (n, signer) => Pen::new(signer, key(*n.unwrap()), time(self.now)),
        };
        Pen { anchor: self.anchor, ..pen }
    }

    pub fn begin(&mut self, by: impl Into<Signer>, event: impl Into<Event>) -> Result<ChainId, LedgerError> {
        self.nonces += 1;
        let mut nonce = [0; 16];
        nonce[..8].copy_from_slice(&self.nonces.to_be_bytes());
        let by = by.into();
        let record = begin_record(&self.pen(by), event.into(), Nonce::from_bytes(nonce));
        self.admit(by, record).map(ChainId::of_first)
    }

    pub fn offer(
        &mut self,
        by: impl Into<Signer>,
        chain: ChainId,
        event: impl Into<Event>,
    ) -> Result<StatementId, LedgerError> {
        let (by, state) = (by.into(), self.ledger.chain(&chain).unwrap());
        let record = next_record(&self.pen(by), event.into(), &state);
        self.admit(by, record)
    }

    fn admit(&mut self, by: Signer, record: Record) -> Result<StatementId, LedgerError> {
        let n = self.keys.get(&by).copied().unwrap_or_else(|| self.keys[&self.coop.into()]);
        let signed = SignedRecord::sign(&record, key(n), trust(self.logged).deployment()).unwrap();
        self.offered = Some(signed.clone());
        let statement = self.ledger.admit(signed)?;
        self.accepted.push((record.chain.unwrap_or(ChainId::of_first(statement)), record));
        Ok(statement)
    }

    /// Time goes by.
    pub fn wait(&mut self, seconds: u64) {
        self.now += seconds;
        self.ledger.set_time(time(self.now));
    }

    /// Closes a checkpoint, if there is a log; what devices see of it from here on is up to [`Self::anchor`].
    pub fn close(&mut self) {
        if self.logged {
            close_at(&mut self.ledger, self.now);
        }
    }

    /// Closes, and verifies a batch's bundle at this time.
    pub fn verdict(&mut self, batch: ChainId) -> Verdict {
        self.close();
        let bundle = self.ledger.bundle(batch).unwrap();
        self.verdict_of(&bundle)
    }

    pub fn verdict_of(&self, bundle: &Bundle) -> Verdict {
        let options = Options::at(time(self.now));
        verify(&bundle.to_bytes().unwrap(), &trust(self.logged), &options).verdict
    }

    /// What there is to say against nothing.
    pub fn sound(&self) -> Outcome {
        if self.logged { Outcome::Valid } else { Outcome::Unlogged }
    }
}

/// Closes a checkpoint that two witnesses and the map auditor cosign at its time.
pub fn close_at(ledger: &mut Ledger, at: u64) {
    let cosigners = [("w1.example", 201), ("w3.example", 203), ("auditor.example", 204)];
    let cosigners = cosigners.map(|(name, n)| Cosigner { name, key: key(n), at: time(at) });
    ledger.close(time(at), key(LOG_KEY), &cosigners).unwrap();
}

/// When a checkpoint came to a reader: as it was cosigned, which may have been again, long after its last leaf.
pub fn read_at(checkpoint: &LedgerCheckpoint) -> Time {
    let witness = NoteKey::new("w1.example", &key(201).verifying_key().to_bytes()).unwrap();
    time(Note::parse(&checkpoint.note).unwrap().cosigned_by(&witness).unwrap())
}

pub fn season(ceiling: Option<u64>) -> SeasonOpened {
    SeasonOpened::new(name("2026"), time(NOW), time(NOW + 100 * DAY), ceiling.map(grams))
}

pub fn name(text: &str) -> Code {
    text.parse().unwrap()
}

pub fn allotted(plots: &[(ChainId, u64)]) -> PlotsAllotted {
    let allotments = plots.iter().map(|(plot, amount)| Allotment { plot: *plot, grams: grams(*amount) }).collect();
    PlotsAllotted { season: name("2026"), allotments: List::new(allotments).unwrap() }
}

pub fn harvest(to: ChainId, amount: u64) -> HarvestDrawn {
    HarvestDrawn::new(name("2026"), to, grams(amount))
}

pub fn drawn(to: ChainId, amount: u64) -> Drawn {
    Drawn { to, grams: grams(amount), why: DrawReason::Handover }
}

pub fn inputs(sources: &[(ChainId, u64)]) -> Inputs {
    let inputs = sources.iter().map(|(from, amount)| Input { from: *from, grams: grams(*amount) }).collect();
    List::new(inputs).unwrap()
}

pub fn sold(amount: u64) -> Sold {
    Sold { grams: grams(amount), at: None }
}

pub fn lost(amount: u64) -> Lost {
    Lost { grams: grams(amount), reason: LossReason::Spoilage, details: None, at: None }
}

pub fn disposed(amount: u64) -> Disposed {
    Disposed { grams: grams(amount), method: DisposalMethod::Compost, details: None, at: None }
}

pub fn corrected(sequence: u64, event: impl Into<Event>) -> Corrected {
    Corrected { sequence, reason: CorrectionReason::Weighing, event: std::sync::Arc::new(event.into()), details: None }
}

pub fn approved(correction: u64) -> CorrectionApproved {
    CorrectionApproved { correction, details: None }
}

pub fn sprayed(phi_days: u16, at: Option<u64>) -> InputApplied {
    InputApplied {
        kind: InputKind::PlantProtection,
        product: "Mẫu 10EC".parse().unwrap(),
        active_ingredients: List::new(vec![]).unwrap(),
        product_lot: Some(name("L-1")),
        dose: Dose::Milligrams(Count::new(5).unwrap()),
        water_ml: None,
        area_m2: SquareMetres::new(5).unwrap(),
        phi_days: Days::new(phi_days).unwrap(),
        operator: None,
        notes: None,
        at: at.map(time),
    }
}
