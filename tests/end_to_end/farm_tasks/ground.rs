//! What the tasks are tested on: a server without a log, the farmer's page it serves, and people enrolled there: an
//! orchard with two plots, a collector, a registrar with a household that has no phone.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use nguon_core::SigningKey;
use nguon_core::cbor::split_sequence;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::{
    Allotment, Enrolled, Event, EventName, KeyAdded, PlaceKind, PlaceRegistered, PlotRegistered, PlotsAllotted, Role,
    Scope, SeasonOpened,
};
use nguon_core::ids::{ChainId, Nonce, PublicKeyBytes, Salt};
use nguon_core::ledger::{Ledger, Pen};
use nguon_core::opening::FieldValue;
use nguon_core::record::{Record, Signer};
use nguon_core::trust::TrustRoot;
use nguon_core::values::{Code, Grams, List, SquareMetres, Time};
use nguon_examples::season::Seed;
use nguon_tests::browser::Browser;
use nguon_tests::workspace::target;
use nguon_tests::world::world;
use serde_json::Value;
use tempfile::TempDir;

const DAY: u64 = 86_400;
/// Grams that each plot was allotted.
pub const SHARE: u64 = 500_000;

/// The running server and what was registered there.
pub struct Ground {
    child: Child,
    origin: String,
    ledger: Ledger,
    office: SigningKey,
    coop: Option<ChainId>,
    nonces: u8,
    _store: TempDir,
}

/// Who writes at the office.
#[derive(Clone, Copy, Debug)]
enum Who {
    Office,
    Coop,
}

/// An orchard.
#[derive(Clone, Copy, Debug)]
pub struct Orchard {
    /// The household
    pub household: ChainId,
    /// Its plots
    pub plots: [ChainId; 2],
}

impl Ground {
    /// Starts it.
    pub fn start() -> Self {
        let trust = TrustRoot::from_bytes(&std::fs::read(world().root()).expect("the trust root")).expect("a root");
        let store = world().store();
        let mut command = Command::new(world().program("nguon-ingest"));
        command.arg("--root").arg(world().root()).arg("--store").arg(store.path());
        command.args(["--listen", "127.0.0.1:0"]).arg("--web").arg(world().page()).arg("--farm").arg(world().farm());
        command.arg("--products").arg(products());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("nguon-ingest starts");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        output.read_line(&mut line).expect("its first line");
        let origin = line.trim().strip_prefix("listening on ").expect("where it listens").to_owned();
        std::thread::spawn(move || {
            let _ = output.read_to_end(&mut Vec::new());
        });
        let (ledger, office) = (Ledger::new(trust), Seed::sample().key("office/1"));
        Self { child, origin, ledger, office, coop: None, nonces: 0, _store: store }
    }

    /// Where the app is.
    pub fn address(&self, fragment: &str) -> String {
        format!("{}/farm/{fragment}", self.origin)
    }

    fn nonce(&mut self) -> Nonce {
        self.nonces += 1;
        Nonce::from_bytes([self.nonces; 16])
    }

    /// Somebody writes the first record of a chain.
    fn begin(&mut self, who: Who, event: impl Into<Event>) -> ChainId {
        let (nonce, key) = (self.nonce(), self.key(who));
        let pen = Pen::new(self.signer(who), &key, now());
        let id = self.ledger.begin(&pen, event, nonce).expect("they may");
        self.post(&id);
        id
    }

    /// The office writes a later one.
    pub fn append(&mut self, chain: &ChainId, event: impl Into<Event>) {
        self.write(Who::Office, chain, event);
    }

    /// Somebody writes a later one.
    fn write(&mut self, who: Who, chain: &ChainId, event: impl Into<Event>) {
        let key = self.key(who);
        let pen = Pen::new(self.signer(who), &key, now());
        self.ledger.append(&pen, *chain, event).expect("they may");
        self.post(chain);
    }

    fn key(&self, who: Who) -> SigningKey {
        match who {
            Who::Office => self.office.clone(),
            Who::Coop => SigningKey::from_bytes(&[77; 32]),
        }
    }

    fn signer(&self, who: Who) -> Signer {
        match (who, self.coop) {
            (Who::Coop, Some(coop)) => Signer::Actor(coop),
            _ => Signer::Authority(self.ledger.trust().payload().authorities.first().expect("an authority").id),
        }
    }

    /// The co-op, which enrols households and registers plots.
    pub fn coop(&mut self) -> ChainId {
        if let Some(coop) = self.coop {
            return coop;
        }
        let key = PublicKeyBytes::from(&self.key(Who::Coop));
        let coop = self.enrol(Role::Registrar, "Hợp tác xã mẫu", Some(key));
        self.coop = Some(coop);
        coop
    }

    /// A further officer of the co-op gets a key.
    pub fn officer(&mut self, key: PublicKeyBytes) -> ChainId {
        let coop = self.coop();
        self.write(Who::Office, &coop, KeyAdded { key, holder: None });
        coop
    }

    fn post(&self, chain: &ChainId) {
        let newest = self.ledger.records(chain).last().expect("a record");
        let url = format!("{}/v1/records", self.origin);
        let sent = ureq::Agent::new_with_defaults().post(&url).content_type("application/cose").send(newest.as_bytes());
        assert_eq!(sent.expect("the server takes it").status().as_u16(), 201);
    }

    /// The office enrols an actor.
    pub fn enrol(&mut self, role: Role, name: &str, key: Option<PublicKeyBytes>) -> ChainId {
        self.enrol_by(Who::Office, role, name, key)
    }

    fn enrol_by(&mut self, who: Who, role: Role, name: &str, key: Option<PublicKeyBytes>) -> ChainId {
        let mut scope = Scope::of_events(EventName::ALL).expect("a scope");
        scope.gs1_prefixes = None;
        let sealed = FieldValue::Text(name.to_owned()).seal(&Salt::from_bytes([7; 16]), "enrolled/name");
        self.begin(who, Enrolled::new(role, sealed, scope, key))
    }

    /// A household with two plots in an open season, each allotted [`SHARE`].
    pub fn orchard(&mut self, name: &str, key: Option<PublicKeyBytes>) -> Orchard {
        let coop = self.coop();
        let household = self.enrol_by(Who::Coop, Role::Farm, name, key);
        let (from, until) = (ago(30), time(now().get() + 60 * DAY));
        let season: Code = "2026".parse().expect("a code");
        let code = format!("VN-BNOR-{:03}", self.nonces);
        let area = self.begin(
            Who::Office,
            PlaceRegistered {
                area_m2: Some(SquareMetres::new(50_000).expect("an area")),
                ..PlaceRegistered::new(
                    PlaceKind::GrowingArea,
                    code.parse().expect("a code"),
                    "PPD".parse().expect("a code"),
                    "VN".parse().expect("a market"),
                    coop,
                    "24175".parse().expect("a commune"),
                    ago(60),
                )
            },
        );
        let ceiling = Grams::new(4 * SHARE).expect("grams");
        self.write(Who::Office, &area, SeasonOpened::new(season.clone(), from, until, Some(ceiling)));
        let mut plot = |metres| {
            let variety = "vải thiều Thanh Hà chính vụ".parse().expect("text");
            let metres = SquareMetres::new(metres).expect("an area");
            let plot = self.begin(Who::Coop, PlotRegistered::new(area, household, metres, variety));
            self.write(Who::Coop, &plot, SeasonOpened::new(season.clone(), from, until, None));
            plot
        };
        let plots = [plot(2_000), plot(3_600)];
        let allotments = plots.map(|plot| Allotment { plot, grams: Grams::new(SHARE).expect("grams") });
        let allotments = List::new(allotments.to_vec()).expect("a list");
        self.write(Who::Coop, &area, PlotsAllotted { season, allotments });
        Orchard { household, plots }
    }

    /// The records of a chain as the server has them.
    pub fn records(&self, chain: &ChainId) -> Vec<Record> {
        let found = self.find(chain);
        assert!(!found.is_empty(), "the server does not have the chain");
        found
    }

    /// The same of a chain that may not have come yet.
    pub fn find(&self, chain: &ChainId) -> Vec<Record> {
        let url = format!("{}/v1/chains/{chain}/records", self.origin);
        let Ok(mut answer) = ureq::Agent::new_with_defaults().get(&url).call() else { return Vec::new() };
        let bytes = answer.body_mut().read_to_vec().expect("its bytes");
        let items = split_sequence(&bytes).expect("records");
        let signed = items.into_iter().map(|item| SignedRecord::from_bytes(item.to_vec()).expect("a record"));
        signed.map(|signed| Record::from_payload(signed.payload()).expect("a record")).collect()
    }

    /// The event of a chain at the server that makes so many of its records, once it is there.
    pub async fn wait_for(&self, page: &Browser, chain: &ChainId, records: usize) -> Event {
        self.until(page, chain, records).await.into_iter().nth(records - 1).expect("a record").event
    }

    /// The records of a chain, once there are so many.
    pub async fn until(&self, page: &Browser, chain: &ChainId, records: usize) -> Vec<Record> {
        loop {
            let found = apart(|| self.find(chain)).await;
            if found.len() >= records {
                return found;
            }
            page.value("new Promise(done => setTimeout(done, 100))").await;
        }
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn products() -> PathBuf {
    let file = target().join("e2e/products.json");
    let list = r#"[{"name":"Abamectin 3.6EC","active_ingredient":"abamectin","phi_days":7},
        {"name":"Metalaxyl-M + Mancozeb 68WG","active_ingredient":"metalaxyl-M, mancozeb","phi_days":14}]"#;
    std::fs::create_dir_all(target().join("e2e")).expect("a folder");
    std::fs::write(&file, list).expect("a file");
    file
}

/// The clock.
pub fn now() -> Time {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock after 1970");
    time(since.as_secs())
}

fn time(seconds: u64) -> Time {
    Time::new(seconds).expect("a time")
}

fn ago(days: u64) -> Time {
    time(now().get() - days * DAY)
}

/// Does what blocks where it may.
pub async fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().expect("it is done"))
}

/// A phone on which somebody has just made their key: the key, as the enrolment code shows it.
pub async fn new_phone(page: &Browser, address: &str, name: &str) -> PublicKeyBytes {
    page.open("about:blank").await;
    page.open(&format!("{address}#welcome/2")).await;
    page.until("document.getElementById('name')").await;
    page.call("(() => { document.getElementById('name').value = arguments[0]; })()", vec![name.into()]).await;
    page.click("form .button").await;
    page.until("document.getElementById('code-typed')").await;
    let typed = page.text_of("document.getElementById('code-typed').textContent").await;
    let code = nguon_draft::handover::EnrolCode::from_text(&typed).expect("an enrolment code");
    code.key
}

/// The phone finds that it was enrolled, and shows today's page.
pub async fn enrolled(page: &Browser) {
    // It may have looked by itself already, and shows the answer instead of the button.
    page.value("[...document.querySelectorAll('.code-page .row .button')].at(-1)?.click()").await;
    page.until("document.querySelector('.told.leaf')").await;
    page.click(".button.big").await;
    page.until("document.querySelector('.actions')").await;
}

/// The orchard's two plots: a form opened before both are there chooses the only one by itself.
pub async fn plots_are_here(page: &Browser) {
    page.until("document.querySelectorAll('.plot').length === 2").await;
}

/// Counts what a finger does: taps on things, and digits apart from them.
pub struct Taps<'a> {
    page: &'a Browser,
    task: &'static str,
    taps: u32,
    digits: u32,
}

impl<'a> Taps<'a> {
    /// From an open app on today's page.
    pub const fn of(page: &'a Browser, task: &'static str) -> Self {
        Self { page, task, taps: 0, digits: 0 }
    }

    /// A spray of the first product on the first plot, up to how much of it.
    pub async fn dose(&mut self, orchard: &Orchard, dose: &str) {
        self.on(".action[data-task=log]").await;
        self.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        self.on(".t-row").await;
        self.typed("t-dose", dose).await;
        self.on("#t-next").await;
    }

    /// Taps on something.
    pub async fn on(&mut self, selector: &str) {
        self.page.until(&format!("document.querySelector({selector:?})")).await;
        self.page.value(&format!("document.querySelector({selector:?}).scrollIntoView({{block: 'center'}})")).await;
        self.page.click(selector).await;
        self.taps += 1;
    }

    /// Types digits on the page's own keys.
    pub async fn digits(&mut self, digits: &str) {
        self.page.until("document.querySelector('.t-pad')").await;
        for digit in digits.chars() {
            let key =
                format!("[...document.querySelectorAll('.t-key')].find(key => key.textContent === '{digit}').click()");
            self.page.value(&key).await;
            self.digits += 1;
        }
    }

    /// Types into a field, which is tapped first.
    pub async fn typed(&mut self, id: &str, text: &str) {
        self.on(&format!("#{id}")).await;
        let set = "(() => { const field = document.getElementById(arguments[0]); field.value = arguments[1]; \
            field.dispatchEvent(new Event('input', { bubbles: true })); })()";
        self.page.call(set, vec![Value::from(id), Value::from(text)]).await;
        self.digits += u32::try_from(text.chars().count()).unwrap_or(0);
    }

    /// It is kept: tells how many taps it took, and holds that against what it may take.
    pub async fn kept(self, most: u32) {
        self.page.until("document.querySelector('.t-saved')").await;
        println!("taps: {}: {} taps, {} digits (at most {most} taps)", self.task, self.taps, self.digits);
        assert!(self.taps <= most, "{}: {} taps where {most} are promised", self.task, self.taps);
    }
}
