//! The lot that is looked at: sixty records with their proof, on a server with a log, four witnesses and a map auditor.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use nguon_core::envelope::SignedRecord;
use nguon_core::event::Listed;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Pen, next_record};
use nguon_core::values::Time;
use nguon_core::verify::Bundle;
use nguon_tests::workspace::{cargo, target};
use nguon_tests::world::{Deployment, free_port};

/// Records in its bundle.
const RECORDS: usize = 60;
/// Bytes of it at most.
const BYTES: usize = 40_000;

/// A deployment with the lot, and how it is reached.
pub struct Lot {
    /// As a telephone opens it.
    pub url: String,
    /// What its page verifies.
    pub bundle: Vec<u8>,
    /// What it is verified under.
    pub root: Vec<u8>,
    // Ended when dropped.
    _at: Deployment,
}

/// Compiles the page and the programs as they are published.
pub fn build() -> PathBuf {
    let page = target().join("bench/web/page").display().to_string();
    cargo(["run", "--quiet", "-p", "xtask", "--", "web", "--out", &page]);
    cargo(["build", "--quiet", "--release", "--bins", "-p", "nguon-ingest", "-p", "nguon-examples"]);
    target().join("release")
}

impl Lot {
    /// Starts everything: the sample season's lot for two supermarkets, which its packer then offers on marketplaces until
    /// its bundle has so many records.
    pub fn serve() -> Self {
        let at = Deployment::start(&build(), None, false, free_port());
        let link = at.link("shop");
        let origin = at.server.origin();
        let path = format!("{origin}/v1/bundles/01/{}/10/{}", link.gtin(), link.lot());
        let before = Bundle::from_bytes(&fetch(&path)).expect("a bundle").record_count();
        offer(&at, RECORDS.checked_sub(before).expect("a lot of fewer records"));
        let bundle = fetch(&path);
        let records = Bundle::from_bytes(&bundle).expect("a bundle").record_count();
        assert!(records == RECORDS && bundle.len() <= BYTES, "{records} records in {} bytes", bundle.len());
        eprintln!("web: the bundle has {records} records in {} bytes", bundle.len());
        let root = std::fs::read(at.root()).expect("the trust root");
        Self { url: link.at(origin), bundle, root, _at: at }
    }
}

fn offer(at: &Deployment, times: usize) {
    let mut season = at.season();
    let batch = season.case("shop").batch.expect("a batch");
    let packer = season.key("packer");
    for n in 0..times {
        let listing = format!("ND260620-{n:02}").parse().expect("a code");
        let event = Listed { marketplace: "cho-mau.example".parse().expect("a code"), listing, until: None };
        let pen = Pen::new(season.id("packer"), &packer, now());
        let record = next_record(&pen, event.into(), &season.ledger.chain(&batch).expect("the lot"));
        let signed = SignedRecord::sign(&record, &packer, season.ledger.trust().deployment()).expect("a record");
        // With the last one the log has published them all.
        let wait = if n + 1 == times { "?wait=20" } else { "" };
        let url = format!("{}/v1/records{wait}", at.server.origin());
        let sent = ureq::post(url).content_type("application/cose; cose-type=\"cose-sign1\"").send(signed.as_bytes());
        assert_eq!(sent.expect("the server takes it").status(), 201);
        season.ledger.set_time(now());
        season.ledger.admit(signed).expect("a record that follows");
    }
}

fn fetch(url: &str) -> Vec<u8> {
    ureq::get(url).call().expect("an answer").body_mut().read_to_vec().expect("all of it")
}

fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    Time::new(since.as_secs()).expect("a time")
}
