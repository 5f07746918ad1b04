//! What the desk is tested on: a server without a log, the farm app's page with the desk, a co-op with two officers (one at the
//! browser, one here), a growing area of theirs with an open season.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

use nguon_core::SigningKey;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::{
    Allotment, Enrolled, Event, EventName, HarvestDrawn, Harvested, Inputs, KeyAdded, Opened, PlaceKind,
    PlaceRegistered, PlotRegistered, PlotsAllotted, Role, Scope, SeasonOpened,
};
use nguon_core::ids::{ChainId, Nonce, PublicKeyBytes, Salt};
use nguon_core::ledger::{Ledger, Pen};
use nguon_core::opening::FieldValue;
use nguon_core::record::Record;
use nguon_core::trust::TrustRoot;
use nguon_core::values::{Code, Grams, GtinCode, Label, List, LotCode, SquareMetres, Text, Time};
use nguon_examples::season::Seed;
use nguon_tests::browser::Browser;
use nguon_tests::world::world;
use serde_json::Value;
use tempfile::TempDir;

use super::super::farm_tasks::ground::{apart, new_phone};

const DAY: u64 = 86_400;
/// The growing area's code.
pub const CODE: &str = "VN-BGOR-0123";
/// Grams that a household brings.
const PICKED: u64 = 150_500;
/// The season's name.
pub const SEASON: &str = "2026";

/// The running server and what was registered there.
pub struct Ground {
    child: Child,
    origin: String,
    /// All records that were signed here
    pub ledger: Ledger,
    office: SigningKey,
    /// The second officer's key
    pub officer: SigningKey,
    nonces: u8,
    _store: TempDir,
}

/// The co-op and its land.
#[derive(Clone, Copy, Debug)]
pub struct Coop {
    /// Its chain
    pub coop: ChainId,
    /// Its growing area
    pub area: ChainId,
}

/// A household and its plot.
pub struct Orchard {
    /// Its chain
    pub household: ChainId,
    /// Its plot's
    pub plot: ChainId,
    key: SigningKey,
}

impl Ground {
    /// Starts it.
    pub fn start() -> Self {
        let trust = TrustRoot::from_bytes(&std::fs::read(world().root()).expect("the trust root")).expect("a root");
        let store = world().store();
        let mut command = Command::new(world().program("nguon-ingest"));
        command.arg("--root").arg(world().root()).arg("--store").arg(store.path());
        command.args(["--listen", "127.0.0.1:0"]).arg("--web").arg(world().page()).arg("--farm").arg(world().farm());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("nguon-ingest starts");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        output.read_line(&mut line).expect("its first line");
        let origin = line.trim().strip_prefix("listening on ").expect("where it listens").to_owned();
        std::thread::spawn(move || {
            let _ = output.read_to_end(&mut Vec::new());
        });
        let office = Seed::sample().key("office/1");
        let officer = Seed::sample().key("desk/officer");
        Self { child, origin, ledger: Ledger::new(trust), office, officer, nonces: 0, _store: store }
    }

    /// Where the farm app is.
    pub fn address(&self, fragment: &str) -> String {
        format!("{}/farm/{fragment}", self.origin)
    }

    /// Somebody writes the first record of a chain.
    pub fn begin(&mut self, pen: Option<Pen<'_>>, event: impl Into<Event>) -> ChainId {
        self.nonces += 1;
        let (nonce, office) = (Nonce::from_bytes([self.nonces; 16]), self.office.clone());
        let pen = pen.unwrap_or_else(|| Pen::new(self.authority(), &office, now()));
        let id = self.ledger.begin(&pen, event, nonce).expect("it may be written");
        self.post(&id);
        id
    }

    /// Somebody writes a later one; the office, if nobody is named.
    pub fn append(&mut self, pen: Option<Pen<'_>>, chain: &ChainId, event: impl Into<Event>) {
        let office = self.office.clone();
        let pen = pen.unwrap_or_else(|| Pen::new(self.authority(), &office, now()));
        self.ledger.append(&pen, *chain, event).expect("it may be written");
        self.post(chain);
    }

    fn authority(&self) -> nguon_core::ids::AuthorityId {
        self.ledger.trust().payload().authorities.first().expect("an authority").id
    }

    fn post(&self, chain: &ChainId) {
        let newest = self.ledger.records(chain).last().expect("a record");
        let url = format!("{}/v1/records", self.origin);
        let sent = ureq::Agent::new_with_defaults().post(&url).content_type("application/cose").send(newest.as_bytes());
        assert_eq!(sent.expect("the server takes it").status().as_u16(), 201);
    }

    /// Enrols an actor that may do anything.
    pub fn enrol(&mut self, role: Role, name: &str, key: Option<PublicKeyBytes>) -> ChainId {
        self.enrol_by(None, role, name, key)
    }

    fn enrol_by(&mut self, pen: Option<Pen<'_>>, role: Role, name: &str, key: Option<PublicKeyBytes>) -> ChainId {
        let mut scope = Scope::of_events(EventName::ALL).expect("a scope");
        let prefixes = vec!["9521234".parse().expect("a prefix")];
        scope.gs1_prefixes = Some(nguon_core::values::List::new(prefixes).expect("a list"));
        let sealed = FieldValue::Text(name.to_owned()).seal(&Salt::from_bytes([7; 16]), "enrolled/name");
        self.begin(pen, Enrolled::new(role, sealed, scope, key))
    }

    /// A co-op whose first officer holds this key, the second one [`Self::officer`]'s; its growing area, open since a month.
    pub fn coop(&mut self, key: PublicKeyBytes) -> Coop {
        let coop = self.enrol(Role::Registrar, "HTX Lục Ngạn", Some(key));
        let second = PublicKeyBytes::from(&self.officer);
        self.append(None, &coop, KeyAdded { key: second, holder: None });
        let area = self.begin(
            None,
            PlaceRegistered {
                area_m2: Some(SquareMetres::new(9_000_000).expect("an area")),
                ..PlaceRegistered::new(
                    PlaceKind::GrowingArea,
                    CODE.parse().expect("a code"),
                    "GACC".parse().expect("a code"),
                    "CN".parse().expect("a market"),
                    coop,
                    "07582".parse().expect("a commune"),
                    ago(60),
                )
            },
        );
        let ceiling = Grams::new(9_000_000_000).expect("grams");
        self.append(None, &area, SeasonOpened::new(season(), ago(30), later(60), Some(ceiling)));
        Coop { coop, area }
    }

    /// A household with a phone and one plot in the open season, with a share of so many grams.
    pub fn orchard(&mut self, coop: &Coop, name: &str, share: u64) -> Orchard {
        let (key, officer) = (Seed::sample().key(&format!("desk/{name}")), self.officer.clone());
        let size = SquareMetres::new(3_000).expect("an area");
        let of_coop = || Pen::new(coop.coop, &officer, now());
        let household = self.enrol_by(Some(of_coop()), Role::Farm, name, Some(PublicKeyBytes::from(&key)));
        let plot = self.begin(Some(of_coop()), PlotRegistered::new(coop.area, household, size, variety()));
        self.append(Some(of_coop()), &plot, SeasonOpened::new(season(), ago(30), later(60), None));
        let shares = vec![Allotment { plot, grams: Grams::new(share).expect("grams") }];
        let allotments = List::new(shares).expect("a list");
        self.append(Some(of_coop()), &coop.area, PlotsAllotted { season: season(), allotments });
        Orchard { household, plot, key }
    }

    /// The household picks so many grams for a batch, which its own record says it did at that time; the co-op's second officer
    /// weighs them in.
    pub fn pick(&mut self, coop: &Coop, orchard: &Orchard, batch: &ChainId, grams: u64, at: Time) {
        let (grams, officer) = (Grams::new(grams).expect("grams"), self.officer.clone());
        let drawn = HarvestDrawn::new(season(), *batch, grams);
        self.append(Some(Pen::new(orchard.household, &orchard.key, at)), &orchard.plot, drawn);
        let weighed = Harvested::new(Inputs::one(orchard.plot, grams));
        self.append(Some(Pen::new(coop.coop, &officer, at)), batch, weighed);
    }

    /// A batch of the co-op's, with a label or without.
    pub fn batch(&mut self, coop: &Coop, label: Option<Label>, at: Time) -> ChainId {
        let officer = self.officer.clone();
        let mut opened = Opened::new(coop.coop, "vải thiều".parse().expect("text"));
        (opened.variety, opened.label) = (Some(variety()), label);
        self.begin(Some(Pen::new(coop.coop, &officer, at)), opened)
    }

    /// A household with a phone brings [`PICKED`] of fruit, which the co-op's second officer weighs in: a batch of the co-op's,
    /// with a label or without.
    pub fn weighed(&mut self, coop: &Coop, label: Option<Label>) -> ChainId {
        let orchard = self.orchard(coop, "Nguyễn Văn Bảy", 1_000_000);
        let batch = self.batch(coop, label, now());
        self.pick(coop, &orchard, &batch, PICKED, now());
        batch
    }

    /// The same with a label of this lot.
    pub fn lot(&mut self, coop: &Coop, lot: &str) -> ChainId {
        let gtin: nguon_gs1::Gtin = "09521234543213".parse().expect("a GTIN");
        let lot: nguon_gs1::Lot = lot.parse().expect("a lot");
        self.weighed(coop, Some(Label { gtin: GtinCode::from(gtin), lot: LotCode::from(lot) }))
    }

    /// Records of a chain as the server has them; none if it has none.
    pub fn find(&self, chain: &ChainId) -> Vec<Record> {
        let Some(bytes) = self.get(&format!("/v1/chains/{chain}/records")) else { return Vec::new() };
        let items = nguon_core::cbor::split_sequence(&bytes).expect("records");
        let signed = items.into_iter().map(|item| SignedRecord::from_bytes(item.to_vec()).expect("a record"));
        signed.map(|signed| Record::from_payload(signed.payload()).expect("a record")).collect()
    }

    /// Anything that the server answers.
    pub fn get(&self, path: &str) -> Option<Vec<u8>> {
        let mut answer = ureq::Agent::new_with_defaults().get(&format!("{}{path}", self.origin)).call().ok()?;
        Some(answer.body_mut().read_to_vec().expect("its bytes"))
    }

    /// The households below the co-op, as the server lists them.
    pub fn households(&self, coop: &ChainId) -> Vec<Value> {
        let bytes = self.get(&format!("/v1/registrars/{coop}/households")).expect("the list");
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let lines = lines.map(|line| serde_json::from_slice::<Value>(line).expect("a line"));
        lines.filter_map(|mut line| line.get_mut("household").map(Value::take)).collect()
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first officer's browser: a key made, the co-op enrolled with it, the desk open.
pub async fn at_the_desk(page: &Browser, ground: &mut Ground) -> Coop {
    let key = new_phone(page, &ground.address(""), "Cô Hoa").await;
    let coop = apart(|| ground.coop(key)).await;
    super::super::farm_tasks::ground::enrolled(page).await;
    page.open("about:blank").await;
    page.open(&ground.address("#desk/ho")).await;
    page.until("document.querySelector('.d-parts')").await;
    coop
}

fn variety() -> Text {
    "vải thiều Thanh Hà".parse().expect("text")
}

pub fn season() -> Code {
    SEASON.parse().expect("a code")
}

/// The clock.
pub fn now() -> Time {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock after 1970");
    Time::new(since.as_secs()).expect("a time")
}

pub fn ago(days: u64) -> Time {
    Time::new(now().get() - days * DAY).expect("a time")
}

pub fn later(days: u64) -> Time {
    Time::new(now().get() + days * DAY).expect("a time")
}
