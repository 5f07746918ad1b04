//! A season without a log: 20 growing areas of 100 plots, each plot sprayed three times and harvested for five lots; a lot is
//! picked, received, cooled, packed under a label, drawn and shipped.

use nguon_core::event::{
    Cooled, CoolingMethod, Dose, Harvested, InputApplied, InputKind, Opened, Packed, PlotRegistered, Received,
};
use nguon_core::ledger::LedgerError;
use nguon_core::prelude::*;
use nguon_core::values::{Count, Days, Label};
use xtask_bench::root::{ISSUED, authority, key, office_key, time, trust};

/// When it is looked at, Unix seconds.
pub const NOW: u64 = ISSUED + 40 * DAY;
const DAY: u64 = 86_400;
const PLOTS: usize = 2_000;
const PLOTS_AN_AREA: usize = 100;
const GRAMS: u64 = 500_000;

/// A season in memory.
pub struct Season {
    pub ledger: Ledger,
    pub lots: Vec<ChainId>,
    pub records: usize,
}

impl Season {
    pub fn now(&self) -> Time {
        time(NOW)
    }

    pub fn root(&self) -> Vec<u8> {
        self.ledger.trust().signed().to_bytes().expect("a root")
    }

    pub fn write(lots: usize) -> Self {
        let mut writer = Writer { ledger: Ledger::new(trust(None)), records: 0 };
        let lots = writer.season(lots).expect("a season that is accepted");
        Self { ledger: writer.ledger, lots, records: writer.records }
    }
}

struct Writer {
    ledger: Ledger,
    records: usize,
}

impl Writer {
    fn begin(&mut self, pen: &Pen<'_>, event: impl Into<Event>) -> Result<ChainId, LedgerError> {
        self.records += 1;
        let mut nonce = [0; 16];
        nonce[..8].copy_from_slice(&(self.records as u64).to_be_bytes());
        self.ledger.begin(pen, event, Nonce::from_bytes(nonce))
    }

    fn append(&mut self, pen: &Pen<'_>, chain: ChainId, event: impl Into<Event>) -> Result<(), LedgerError> {
        self.records += 1;
        self.ledger.append(pen, chain, event).map(|_| ())
    }

    fn season(&mut self, lots: usize) -> Result<Vec<ChainId>, LedgerError> {
        let [coop, farm, packer, carrier] = [3, 4, 5, 6].map(key);
        let office = office_key();
        let day = |day: u64| time(ISSUED + day * DAY);
        let by_office = Pen::new(authority().id, &office, day(0));
        let name = FieldValue::Text("mẫu".into()).seal(&Salt::from_bytes([7; 16]), "enrolled/name");
        let enrolled = |role, key: &SigningKey| {
            let mut scope = Scope::of_events(EventName::ALL).expect("a scope");
            scope.gs1_prefixes = Some(List::of_one(code("9521234")));
            let mut enrolled = Enrolled::new(role, name, scope, Some(key.into()));
            enrolled.commune = Some(code("07525"));
            enrolled
        };
        let registrar = self.begin(&by_office, enrolled(Role::Registrar, &coop))?;
        let by_coop = Pen::new(registrar, &coop, day(0));
        let household = self.begin(&by_coop, enrolled(Role::Farm, &farm))?;
        let house = self.begin(&by_coop, enrolled(Role::PackingHouse, &packer))?;
        let haulier = self.begin(&by_coop, enrolled(Role::Carrier, &carrier))?;

        let mut plots = Vec::with_capacity(PLOTS);
        let season = || code("2026");
        for area in 0..PLOTS / PLOTS_AN_AREA {
            let number = format!("VN-MAU-{area:04}");
            let mut place = PlaceRegistered::new(
                PlaceKind::GrowingArea,
                code(&number),
                code("VN"),
                code("US"),
                registrar,
                code("07525"),
                day(0),
            );
            place.area_m2 = Some(SquareMetres::new(1_000_000).expect("an area"));
            let area = self.begin(&by_office, place)?;
            let opened = |ceiling| SeasonOpened::new(season(), day(1), day(39), ceiling);
            self.append(&by_office, area, opened(Some(grams(GRAMS * 1_000))))?;
            let mut allotments = Vec::new();
            for _ in 0..PLOTS_AN_AREA {
                let square = SquareMetres::new(5_000).expect("an area");
                let plot =
                    self.begin(&by_coop, PlotRegistered::new(area, household, square, code("vải thiều Thanh Hà")))?;
                allotments.push(Allotment { plot, grams: grams(GRAMS * 10) });
                plots.push(plot);
            }
            let allotments = List::new(allotments).expect("a list");
            self.append(&by_office, area, PlotsAllotted { season: season(), allotments })?;
        }
        let by_farm = |at| Pen::new(household, &farm, day(at));
        let by_packer = Pen::new(house, &packer, day(30));
        for plot in &plots {
            let opened = SeasonOpened::new(season(), day(1), day(39), None);
            self.append(&by_farm(1), *plot, opened)?;
            for _ in 0..3 {
                self.append(&by_farm(2), *plot, spray())?;
            }
        }
        let mut made = Vec::with_capacity(lots);
        for at in 0..lots {
            let (plot, pen) = (plots[at % PLOTS], by_farm(25));
            let raw = self.begin(&pen, Opened::new(household, code("vải thiều")))?;
            self.append(&pen, plot, HarvestDrawn::new(season(), raw, grams(GRAMS)))?;
            self.append(&pen, raw, Harvested::new(Inputs::one(plot, grams(GRAMS))))?;
            let bought = self.begin(&by_packer, Opened::new(house, code("vải thiều")))?;
            self.append(&pen, raw, Drawn { to: bought, grams: grams(GRAMS), why: DrawReason::Handover })?;
            self.append(&by_packer, bought, Received::new(Inputs::one(raw, grams(GRAMS))))?;
            self.append(&by_packer, bought, cooled())?;
            let mut opened = Opened::new(house, code("vải thiều"));
            opened.label = Some(Label { gtin: code("09521234543213"), lot: code(&format!("L{at:05}")) });
            let lot = self.begin(&by_packer, opened)?;
            self.append(&by_packer, bought, Drawn { to: lot, grams: grams(GRAMS), why: DrawReason::Packing })?;
            let boxes = Count::new(GRAMS / 5_000).expect("boxes");
            self.append(&by_packer, lot, Packed::new(Inputs::one(bought, grams(GRAMS)), boxes, grams(5_000)))?;
            let to = ChainId::from_bytes([9; 32]);
            self.append(&by_packer, lot, Drawn { to, grams: grams(GRAMS), why: DrawReason::Handover })?;
            self.append(&by_packer, lot, Shipped::new(2, haulier))?;
            made.push(lot);
        }
        Ok(made)
    }
}

fn code<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("a literal")
}

fn grams(grams: u64) -> Grams {
    Grams::new(grams).expect("grams")
}

fn cooled() -> Cooled {
    Cooled { method: CoolingMethod::Hydrocooling, measured_mc: 5_000, set_point_mc: Some(4_000), place: None, at: None }
}

fn spray() -> InputApplied {
    InputApplied {
        kind: InputKind::PlantProtection,
        product: code("Ridomil Gold 68WG"),
        active_ingredients: List::of_one(code("metalaxyl-M")),
        product_lot: Some(code("RG-24117")),
        dose: Dose::Milligrams(Count::new(500_000).expect("a dose")),
        water_ml: None,
        area_m2: SquareMetres::new(5_000).expect("an area"),
        phi_days: Days::new(14).expect("days"),
        operator: None,
        notes: None,
        at: None,
    }
}
