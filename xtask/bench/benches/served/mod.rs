//! A server with a log on this machine, as `log.sequencer` has it: four real witnesses, which store what they cosign, and a
//! stand-in for a map auditor; and what the benches ask it.

#[path = "../log_sequencer/cosigners.rs"]
mod cosigners;

use std::net::SocketAddr;
use std::sync::Arc;

use nguon_core::prelude::*;
use nguon_ingest::{Config, LogConfig, Server};
use nguon_store::sqlite::SqliteStore;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use xtask_bench::root::{log_key, policy, trust};

use cosigners::Cosigners;

/// What a server answered.
pub struct Got {
    pub status: u16,
    pub body: Vec<u8>,
}

/// The running server. Its witnesses end with it.
pub struct Served {
    pub trust: TrustRoot,
    address: SocketAddr,
    agent: ureq::Agent,
    _server: Server,
    _cosigners: Cosigners,
    _runtime: Runtime,
    _folder: TempDir,
}

impl Served {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runtime = Runtime::new().expect("a runtime");
        let cosigners = runtime.block_on(Cosigners::start(folder.path()));
        let trust = trust(Some(policy(&cosigners.addresses)));
        let store = SqliteStore::open(&folder.path().join("store"), trust.clone()).expect("a store");
        let mut config = Config::new(([127, 0, 0, 1], 0).into(), trust.clone(), Arc::new(store));
        config.log = Some(LogConfig::new(log_key(), folder.path().join("tiles")));
        let server = runtime.block_on(Server::start(config)).expect("a server");
        let address = server.local_addr();
        cosigners.audit(address);
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        Self { trust, address, agent, _server: server, _cosigners: cosigners, _runtime: runtime, _folder: folder }
    }

    pub fn get(&self, path: &str) -> Got {
        read(self.agent.get(format!("http://{}{path}", self.address)).call())
    }

    pub fn post(&self, path: &str, media_type: &str, body: &[u8]) -> Got {
        read(self.agent.post(format!("http://{}{path}", self.address)).content_type(media_type).send(body))
    }

    /// Registers records that everything else stands on, in this order, and waits until all are in a published checkpoint.
    pub fn register(&self, records: &[Vec<u8>]) {
        for part in records.chunks(500) {
            let got = self.post("/v1/records?wait=60", "application/cbor-seq", &part.concat());
            let body: serde_json::Value = serde_json::from_slice(&got.body).expect("an answer in JSON");
            let results = body["results"].as_array().expect("a result for each record");
            let fine = |result: &serde_json::Value| result["receipt"].is_object();
            assert!(results.len() == part.len() && results.iter().all(fine), "{body}");
        }
    }
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Got {
    let mut answer = answer.expect("an answer");
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config().limit(1 << 30).read_to_vec().expect("all of it");
    Got { status, body }
}

/// Records in the order in which they were written.
pub struct Scribe {
    pub ledger: Ledger,
    pub written: Vec<Vec<u8>>,
    nonces: u64,
}

impl Scribe {
    pub fn new(trust: TrustRoot) -> Self {
        Self { ledger: Ledger::new(trust), written: Vec::new(), nonces: 0 }
    }

    pub fn begin(&mut self, pen: &Pen<'_>, event: impl Into<Event>) -> ChainId {
        self.nonces += 1;
        let mut nonce = [0; 16];
        nonce[..8].copy_from_slice(&self.nonces.to_be_bytes());
        let chain = self.ledger.begin(pen, event, Nonce::from_bytes(nonce)).expect("a record");
        self.keep(&chain);
        chain
    }

    pub fn append(&mut self, pen: &Pen<'_>, chain: ChainId, event: impl Into<Event>) {
        self.ledger.append(pen, chain, event).expect("a record");
        self.keep(&chain);
    }

    fn keep(&mut self, chain: &ChainId) {
        self.written.extend(self.ledger.records(chain).last().map(|record| record.as_bytes().to_vec()));
    }
}

/// Now.
pub fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.expect("a clock after 1970").as_secs()
}

pub fn grams(grams: u64) -> Grams {
    Grams::new(grams).expect("grams")
}

/// The season from a month ago until in two months.
pub fn season(ceiling: Option<u64>) -> SeasonOpened {
    const DAY: u64 = 86_400;
    let [from, until] = [now() - 30 * DAY, now() + 60 * DAY].map(xtask_bench::root::time);
    SeasonOpened::new("2026".parse().expect("a code"), from, until, ceiling.map(grams))
}

/// A registrar whom the authority enrolled, and its growing area.
pub fn coop(scribe: &mut Scribe) -> (ChainId, ChainId) {
    use xtask_bench::root::{authority, key, office_key, time};
    let (office, before) = (office_key(), time(now() - 40 * 86_400));
    let by_office = Pen::new(authority().id, &office, before);
    let coop = scribe.begin(&by_office, enrolled(Role::Registrar, "HTX mẫu", Some(&key(3))));
    let [code, issuer] = ["VN-MAU-0001", "VN"].map(|code| code.parse().expect("a code"));
    let (market, commune) = ("CN".parse().expect("a code"), "07525".parse().expect("a commune"));
    let mut area = PlaceRegistered::new(PlaceKind::GrowingArea, code, issuer, market, coop, commune, before);
    area.area_m2 = Some(SquareMetres::new(90_000_000).expect("an area"));
    let area = scribe.begin(&by_office, area);
    scribe.append(&by_office, area, season(Some(90_000_000_000)));
    (coop, area)
}

pub fn enrolled(role: Role, name: &str, key: Option<&SigningKey>) -> Enrolled {
    let name = FieldValue::Text(name.into()).seal(&Salt::from_bytes([7; 16]), "enrolled/name");
    Enrolled::new(role, name, Scope::of_events(EventName::ALL).expect("a scope"), key.map(Into::into))
}

/// So many of a household's plots, each 2,000 m² with a share of two tonnes, and its season.
pub fn plots(scribe: &mut Scribe, coop: ChainId, area: ChainId, household: ChainId, count: usize) -> Vec<ChainId> {
    let key = xtask_bench::root::key(3);
    let pen = Pen::new(coop, &key, xtask_bench::root::time(now() - 30 * 86_400));
    let size = SquareMetres::new(2_000).expect("an area");
    let plot = PlotRegistered::new(area, household, size, "vải thiều".parse().expect("text"));
    let plots: Vec<ChainId> = (0..count).map(|_| scribe.begin(&pen, plot.clone())).collect();
    plots.iter().for_each(|plot| scribe.append(&pen, *plot, season(None)));
    plots
}

/// Two tonnes a plot, so many plots in a record.
pub fn allot(scribe: &mut Scribe, coop: ChainId, area: ChainId, plots: &[ChainId]) {
    let key = xtask_bench::root::key(3);
    let pen = Pen::new(coop, &key, xtask_bench::root::time(now() - 30 * 86_400));
    for part in plots.chunks(200) {
        let shares = part.iter().map(|plot| Allotment { plot: *plot, grams: grams(2_000_000) }).collect();
        let allotments = List::new(shares).expect("shares");
        scribe.append(&pen, area, PlotsAllotted { season: "2026".parse().expect("a code"), allotments });
    }
}
