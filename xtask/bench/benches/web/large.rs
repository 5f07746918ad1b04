//! `web.page_block`: how long the page cannot answer a touch while it checks a lot of 500 households, some 7,000 records
//! that come in stages.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use nguon_core::admit::Statement;
use nguon_core::event::Event;
use nguon_core::ledger::{Cosigner, Ledger};
use nguon_core::opening::PersonalOpening;
use nguon_core::record::{Anchor, Record};
use nguon_core::values::{Label, Time};
use nguon_core::verify::stages;
use nguon_examples::season::{Season, Seed};
use nguon_tests::workspace::cargo;
use xtask_bench::figures::{AtMost, report};
use xtask_bench::province::{self, Sink, Size};
use xtask_bench::root::{COSIGNERS, ISSUED, cosigner_keys, log_key, policy, time, trust};

use crate::lot;
use crate::phone::{Answer, Hardship, Phone};

/// Visits, each in a browser of its own.
const VISITS: usize = 3;
/// Milliseconds after which a touch feels unanswered.
const LIMIT: f64 = 50.0;
const SEED: u64 = 20_260_615;

/// So much of a province that a lot of 500 households comes out of it.
const SIZE: Size = Size {
    records: 18_000,
    plots: 900,
    areas: 8,
    coops: 4,
    packers: 1,
    collectors: 12,
    carriers: 2,
    sellers: 20,
    shops: 3,
    merged: 500,
};

pub fn measure() {
    let programs = lot::build();
    let folder = tempfile::tempdir().expect("a folder");
    let large = Large::make();
    let page = page(folder.path());
    let host = Host::start(&programs, folder.path(), &page);
    let label = large.label;
    let url = format!("{}/01/{}/10/{}", host.origin, label.gtin, label.lot);
    let answer = Answer { path: "/v1/bundles/".into(), kind: "application/cbor-seq".into(), body: large.staged };
    let mut longest: Vec<f64> = (0..VISITS).map(|_| visit(&url, &answer)).collect();
    longest.sort_by(f64::total_cmp);
    eprintln!("web: the longest tasks of visits to a lot of 500 households, in ms: {longest:.0?}");
    report("web.page_block", longest[VISITS / 2], "ms", Some(AtMost { ratio: 1.0, of: LIMIT }));
}

fn visit(url: &str, answer: &Answer) -> f64 {
    let mut phone = Phone::new(Hardship::NONE);
    phone.answers(answer.clone());
    phone.trace();
    let told = phone.visit(url);
    assert!(phone.workers > 0, "no worker was hired: the page says {}", told["verdict"]);
    let tasks = phone.tasks();
    let longest = tasks.iter().map(|task| task.took).fold(0.0, f64::max);
    for task in tasks.iter().filter(|task| task.took > LIMIT / 2.0) {
        eprintln!("web:   at {:.0} ms a task of {:.0} ms: {}", task.at, task.took, task.parts.join(", "));
    }
    let over = tasks.iter().filter(|task| task.took > LIMIT).count();
    let shown = told["marks"]["shown"].as_f64().unwrap_or_default();
    eprintln!("web: {shown:.0} ms to {:?}; {over} tasks over {LIMIT} ms, the longest {longest:.0} ms", told["verdict"]);
    longest
}

/// The lot's bundle as a server sends it.
struct Large {
    label: Label,
    staged: Vec<u8>,
}

impl Large {
    fn make() -> Self {
        let trust = trust(Some(policy(&[])));
        let ledger = Ledger::logged(trust.clone(), time(ISSUED)).expect("a ledger");
        let mut sink = LedgerSink { ledger, now: time(ISSUED) };
        let written = province::write(SIZE, SEED, &trust, &mut sink);
        let bundle = sink.ledger.bundle(written.merged).expect("a bundle");
        let (records, chains) = (bundle.record_count(), bundle.chains.len());
        let first = sink.ledger.records(&written.merged).first().expect("a record").payload().to_vec();
        let Ok(Event::Opened(opened)) = Record::from_payload(&first).map(|record| record.event) else {
            panic!("a batch begins with another record");
        };
        let staged = stages(bundle, trust.deployment()).expect("stages").concat();
        eprintln!("web: the large bundle has {records} records in {chains} chains, {} bytes", staged.len());
        Self { label: opened.label.expect("a label"), staged }
    }
}

/// A ledger that judges each record as a server does.
struct LedgerSink {
    ledger: Ledger,
    now: Time,
}

impl Sink for LedgerSink {
    fn set_time(&mut self, now: Time) {
        self.now = now;
        self.ledger.set_time(now);
    }

    fn take(&mut self, statements: Vec<Statement>) {
        for statement in statements {
            self.ledger.admit(statement.signed).expect("a record that is accepted");
        }
    }

    fn open(&mut self, _: Vec<PersonalOpening>) {
        // Names are withheld here: they take no time to check.
    }

    fn close(&mut self) -> Anchor {
        let keys = cosigner_keys();
        let cosigners: Vec<Cosigner<'_>> =
            COSIGNERS.into_iter().zip(&keys).map(|(name, key)| Cosigner { name, key, at: self.now }).collect();
        self.ledger.close(self.now, &log_key(), &cosigners).expect("a checkpoint").anchor()
    }
}

/// The page with this lot's trust root in it.
fn page(folder: &Path) -> std::path::PathBuf {
    let (root, out) = (folder.join("root.nguon"), folder.join("page"));
    let bytes = trust(Some(policy(&[]))).signed().to_bytes().expect("a root");
    std::fs::write(&root, bytes).expect("a file");
    let [root, out_name] = [&root, &out].map(|path| path.display().to_string());
    cargo(["run", "--quiet", "-p", "xtask", "--", "web", "--no-build", "--root", &root, "--out", &out_name]);
    out
}

/// The server as the page's host. The lot is not in its store: a log would need its witnesses, and what is measured is the
/// page.
struct Host {
    child: Child,
    origin: String,
}

impl Host {
    fn start(programs: &Path, folder: &Path, page: &Path) -> Self {
        let store = folder.join("store");
        std::fs::create_dir_all(&store).expect("a folder");
        let root = folder.join("hosts-root.nguon");
        let bytes = Season::root(&Seed::sample(), None).expect("a root").to_bytes().expect("a root");
        std::fs::write(&root, bytes).expect("a file");
        let mut server = Command::new(programs.join("nguon-ingest"));
        server.arg("--root").arg(&root).arg("--store").arg(&store).args(["--listen", "127.0.0.1:0"]);
        server.arg("--web").arg(page).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = server.spawn().expect("nguon-ingest starts");
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().expect("its output"));
        said.read_line(&mut line).expect("its first line");
        let origin = line.trim().strip_prefix("listening on ").expect("where it listens").to_owned();
        Self { child, origin }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
