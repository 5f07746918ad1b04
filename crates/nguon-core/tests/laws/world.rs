//! A small world: an office, a co-op, two households (one without a phone), a packer, a carrier, a shop and a lab; a lot
//! packed from two plots (half a kilogram of each stayed behind), and a consignment of it in the shop.

use std::sync::LazyLock;

use nguon_core::ledger::LedgerError;
use nguon_core::prelude::*;
use nguon_core::record::Signer;
use nguon_core::verify::Bundle;

/// When everything is signed: 2026-06-10.
pub const NOW: u64 = 1_781_049_600;

#[derive(Clone)]
pub struct World {
    pub ledger: Ledger,
    pub office: AuthorityId,
    pub coop: ChainId,
    pub farm: ChainId,
    pub household: ChainId,
    pub packer: ChainId,
    pub carrier: ChainId,
    pub shop: ChainId,
    pub lab: ChainId,
    pub inspector: ChainId,
    pub area: ChainId,
    pub house: ChainId,
    pub plot: ChainId,
    pub small_plot: ChainId,
    pub picked: ChainId,
    pub small_picked: ChainId,
    pub lot: ChainId,
    pub consignment: ChainId,
    nonces: u8,
}

/// The root key is 1, the office's keys are 2 and 12, the co-op's 3, and so on in the order of [`World`].
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

pub fn name_of(n: u8) -> FieldValue {
    FieldValue::Text(format!("Hộ mẫu {n}"))
}

pub fn salt(n: u8) -> Salt {
    Salt::from_bytes([n; 16])
}

pub fn root_payload() -> RootPayload {
    let mut authority = Authority::new(AuthorityId::from_bytes([9; 32]), "Sở mẫu".parse().unwrap(), key(2).into());
    authority.keys = List::new(vec![key(2).into(), key(12).into()]).unwrap();
    RootPayload::of_one_authority(authority, key(1).into(), time(NOW - 86_400), time(NOW + 86_400))
}

pub fn trust() -> TrustRoot {
    static TRUST: LazyLock<TrustRoot> =
        LazyLock::new(|| TrustRoot::verify_first(SignedRoot::sign(&root_payload(), &[key(1)]).unwrap()).unwrap());
    TRUST.clone()
}

pub fn any_scope() -> Scope {
    Scope::of_events(EventName::ALL).unwrap()
}

pub fn label() -> Label {
    Label { gtin: "09521234543213".parse().unwrap(), lot: "VT-2026-001".parse().unwrap() }
}

impl World {
    /// A copy of a world made once.
    pub fn new() -> Self {
        static MADE: LazyLock<World> = LazyLock::new(|| World::on(Ledger::new(trust())));
        MADE.clone()
    }

    /// The same world, written into this ledger.
    pub fn on(ledger: Ledger) -> Self {
        let none = ChainId::from_bytes([0; 32]);
        let office = AuthorityId::from_bytes([9; 32]);
        let mut world = Self {
            ledger,
            office,
            coop: none,
            farm: none,
            household: none,
            packer: none,
            carrier: none,
            shop: none,
            lab: none,
            inspector: none,
            area: none,
            house: none,
            plot: none,
            small_plot: none,
            picked: none,
            small_picked: none,
            lot: none,
            consignment: none,
            nonces: 0,
        };
        world.enrol_all();
        world.register_places();
        world.pick_and_pack();
        world.hand_over();
        world
    }

    fn enrol_all(&mut self) {
        self.coop = self.enrol(self.office.into(), 2, Role::Registrar, Some(3), prefixed(any_scope())).unwrap();
        let coop = self.coop.into();
        self.farm = self.enrol(coop, 3, Role::Farm, Some(4), any_scope()).unwrap();
        self.household = self.enrol(coop, 3, Role::Farm, None, any_scope()).unwrap();
        self.packer = self.enrol(coop, 3, Role::PackingHouse, Some(5), prefixed(any_scope())).unwrap();
        self.carrier = self.enrol(coop, 3, Role::Carrier, Some(6), any_scope()).unwrap();
        self.shop = self.enrol(coop, 3, Role::Seller, Some(7), any_scope()).unwrap();
        self.lab = self.enrol(self.office.into(), 2, Role::Lab, Some(8), any_scope()).unwrap();
        self.inspector = self.enrol(self.office.into(), 2, Role::Inspector, Some(9), any_scope()).unwrap();
    }

    fn register_places(&mut self) {
        let (office, coop) = (self.office.into(), self.coop.into());
        self.area = self.begin(office, 2, self.place(PlaceKind::GrowingArea, self.coop)).unwrap();
        self.house = self.begin(office, 2, self.place(PlaceKind::PackingHouse, self.packer)).unwrap();
        self.plot = self.begin(coop, 3, self.plot_of(self.farm)).unwrap();
        self.small_plot = self.begin(coop, 3, self.plot_of(self.household)).unwrap();
        self.append(office, 2, self.area, season(Some(5_000_000))).unwrap();
        let allotments = [self.plot, self.small_plot].map(|plot| Allotment { plot, grams: grams(900_000) });
        let allotted =
            PlotsAllotted { season: "2026".parse().unwrap(), allotments: List::new(allotments.to_vec()).unwrap() };
        self.append(coop, 3, self.area, allotted).unwrap();
        self.append(coop, 3, self.plot, season(None)).unwrap();
        self.append(coop, 3, self.small_plot, season(None)).unwrap();
    }

    fn pick_and_pack(&mut self) {
        let (farm, packer) = (self.farm.into(), self.packer.into());
        self.picked = self.begin(farm, 4, Opened::new(self.farm, "vải thiều".parse().unwrap())).unwrap();
        self.append(farm, 4, self.plot, HarvestDrawn::new("2026".parse().unwrap(), self.picked, grams(500_000)))
            .unwrap();
        self.append(farm, 4, self.picked, Harvested::new(Inputs::one(self.plot, grams(500_000)))).unwrap();

        let opened = Opened::new(self.household, "vải thiều".parse().unwrap());
        self.small_picked = self.begin_for(self.household, opened).unwrap();
        let drawn = HarvestDrawn::new("2026".parse().unwrap(), self.small_picked, grams(91_000));
        self.append_for(self.household, self.small_plot, drawn).unwrap();
        let harvested = Harvested::new(Inputs::one(self.small_plot, grams(91_000)));
        self.append_for(self.household, self.small_picked, harvested).unwrap();

        let mut opened = Opened::new(self.packer, "vải thiều Lục Ngạn".parse().unwrap());
        opened.label = Some(label());
        self.lot = self.begin(packer, 5, opened).unwrap();
        self.append(farm, 4, self.picked, drawn_to(self.lot, 499_500)).unwrap();
        self.append_for(self.household, self.small_picked, drawn_to(self.lot, 90_500)).unwrap();
        let inputs = [(self.picked, 499_500), (self.small_picked, 90_500)];
        let inputs = inputs.map(|(from, amount)| Input { from, grams: grams(amount) });
        let mut packed = Packed::new(List::new(inputs.to_vec()).unwrap(), Count::new(118).unwrap(), grams(5_000));
        packed.place = Some(self.house);
        self.append(packer, 5, self.lot, packed).unwrap();
    }

    fn hand_over(&mut self) {
        let (packer, shop) = (self.packer.into(), self.shop.into());
        let mut opened = Opened::new(self.shop, "vải thiều Lục Ngạn".parse().unwrap());
        opened.label_of = Some(self.lot);
        self.consignment = self.begin(shop, 7, opened).unwrap();
        self.append(packer, 5, self.lot, drawn_to(self.consignment, 100_000)).unwrap();
        self.append(packer, 5, self.lot, Shipped::new(2, self.carrier)).unwrap();
        self.append(shop, 7, self.consignment, Received::new(Inputs::one(self.lot, grams(99_000)))).unwrap();
    }

    pub fn place(&self, kind: PlaceKind, holder: ChainId) -> PlaceRegistered {
        let code = if kind == PlaceKind::GrowingArea { "VN-MAU-0001" } else { "VN-MAU-PH-01" };
        let [code, issuer] = [code, "VN"].map(|code| code.parse().unwrap());
        let (market, commune) = ("CN".parse().unwrap(), "07525".parse().unwrap());
        let mut place = PlaceRegistered::new(kind, code, issuer, market, holder, commune, time(NOW));
        place.area_m2 = Some(SquareMetres::new(100_000).unwrap());
        place
    }

    pub fn plot_of(&self, household: ChainId) -> PlotRegistered {
        let variety = "vải thiều Thanh Hà".parse().unwrap();
        PlotRegistered::new(self.area, household, SquareMetres::new(5_000).unwrap(), variety)
    }

    pub fn enrolment(&self, role: Role, key_number: Option<u8>, scope: Scope) -> Enrolled {
        let name = name_of(self.nonces).seal(&salt(self.nonces), "enrolled/name");
        Enrolled::new(role, name, scope, key_number.map(|n| key(n).into()))
    }

    pub fn enrol(
        &mut self,
        by: Signer,
        by_key: u8,
        role: Role,
        key_number: Option<u8>,
        scope: Scope,
    ) -> Result<ChainId, LedgerError> {
        let enrolled = self.enrolment(role, key_number, scope);
        self.begin(by, by_key, enrolled)
    }

    pub fn begin(&mut self, by: Signer, by_key: u8, event: impl Into<Event>) -> Result<ChainId, LedgerError> {
        let nonce = self.nonce();
        self.ledger.begin(&Pen::new(by, key(by_key), time(NOW)), event, nonce)
    }

    pub fn append(
        &mut self,
        by: Signer,
        by_key: u8,
        chain: ChainId,
        event: impl Into<Event>,
    ) -> Result<StatementId, LedgerError> {
        self.ledger.append(&Pen::new(by, key(by_key), time(NOW)), chain, event)
    }

    /// The co-op signs for somebody.
    pub fn begin_for(&mut self, whom: ChainId, event: impl Into<Event>) -> Result<ChainId, LedgerError> {
        let nonce = self.nonce();
        self.ledger.begin(&Pen::new(self.coop, key(3), time(NOW)).on_behalf_of(whom), event, nonce)
    }

    /// The co-op signs for somebody.
    pub fn append_for(
        &mut self,
        whom: ChainId,
        chain: ChainId,
        event: impl Into<Event>,
    ) -> Result<StatementId, LedgerError> {
        self.ledger.append(&Pen::new(self.coop, key(3), time(NOW)).on_behalf_of(whom), chain, event)
    }

    pub fn nonce(&mut self) -> Nonce {
        self.nonces += 1;
        Nonce::from_bytes([self.nonces; 16])
    }

    /// What a verifier concludes from a batch's bundle.
    pub fn outcome(&self, batch: ChainId) -> Outcome {
        outcome(&self.ledger.bundle(batch).unwrap())
    }
}

pub fn outcome(bundle: &Bundle) -> Outcome {
    verify(&bundle.to_bytes().unwrap(), &trust(), &Options::at(time(NOW))).verdict.outcome
}

pub fn prefixed(mut scope: Scope) -> Scope {
    scope.gs1_prefixes = Some(List::of_one("9521234".parse().unwrap()));
    scope
}

pub fn season(ceiling: Option<u64>) -> SeasonOpened {
    SeasonOpened::new("2026".parse().unwrap(), time(NOW), time(NOW + 3_000_000), ceiling.map(grams))
}

pub fn drawn_to(to: ChainId, amount: u64) -> Drawn {
    Drawn { to, grams: grams(amount), why: DrawReason::Handover }
}

/// The code of the fault for which a record was rejected.
pub fn code<T: std::fmt::Debug>(result: Result<T, LedgerError>) -> &'static str {
    match result {
        Err(LedgerError::Rejected(fault)) => fault.code(),
        other => panic!("expected a rejection, got {other:?}"),
    }
}

/// The code and field of the fault for which a record was rejected.
pub fn field<T: std::fmt::Debug>(result: Result<T, LedgerError>) -> (&'static str, String) {
    match result {
        Err(LedgerError::Rejected(fault)) => (fault.code(), fault.field().unwrap_or_default()),
        other => panic!("expected a rejection, got {other:?}"),
    }
}
