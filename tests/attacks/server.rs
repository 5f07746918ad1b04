//! The real ingestion server, in this process, with the season on it.

use std::path::Path;
use std::sync::Arc;

use nguon_core::envelope::SignedRecord;
use nguon_core::ids::ChainId;
use nguon_core::serial::SerialList;
use nguon_core::serial::scans::ScanCounts;
use nguon_core::verify::{Options, Outcome, ScannedLabel, verify};
use nguon_gs1::{LabelCode, Serial};
use nguon_ingest::{Config, Server};
use nguon_store::sqlite::SqliteStore;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::support::season;

/// A server, its store and the folder they live in.
pub struct Live {
    folder: TempDir,
    runtime: Runtime,
    server: Option<Server>,
    url: String,
}

impl Live {
    /// A server that holds the season.
    pub fn with_season() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the store");
        let runtime = Runtime::new().expect("threads for the server");
        let (server, url) = start(&runtime, folder.path());
        let live = Self { folder, runtime, server: Some(server), url };
        let sequence: Vec<u8> = season().journal.iter().flat_map(|record| record.as_bytes()).copied().collect();
        let (status, answer) = live.post("/v1/records", "application/cbor-seq", &sequence);
        let results = answer["results"].as_array().expect("an answer for each record");
        assert!(status == 200 && results.iter().all(|result| result["status"] == "accepted"), "{answer}");
        live
    }

    /// Stops the server, lets `meddle` loose on the folder of its store, and starts it again.
    pub fn while_down(&mut self, meddle: impl FnOnce(&Path)) {
        let server = self.server.take().expect("a running server");
        self.runtime.block_on(server.shutdown());
        meddle(self.folder.path());
        let (server, url) = start(&self.runtime, self.folder.path());
        (self.server, self.url) = (Some(server), url);
    }

    /// Offers a record: the status, and the problem's code and field if it is refused.
    pub fn offer(&self, signed: &SignedRecord) -> (u16, Option<String>, Option<String>) {
        let (status, answer) = self.post("/v1/records", "application/cose", signed.as_bytes());
        let text = |name: &str| answer[name].as_str().map(str::to_owned);
        (status, text("code"), text("field"))
    }

    /// Offers a group, all of it or nothing: the status, and the problem's code if it is refused.
    pub fn offer_group(&self, group: &[SignedRecord]) -> (u16, Option<String>) {
        let sequence: Vec<u8> = group.iter().flat_map(|record| record.as_bytes()).copied().collect();
        let (status, answer) = self.post("/v1/records?atomic=true", "application/cbor-seq", &sequence);
        (status, answer["code"].as_str().map(str::to_owned))
    }

    /// What a shopper concludes who scanned this label.
    pub fn scan(&self, code: &LabelCode) -> Option<Outcome> {
        let path = format!("/v1/bundles/01/{}/10/{}", code.gtin(), code.lot());
        let mut answer = agent().get(format!("{}{path}", self.url)).call().expect("an answer");
        if answer.status() == 404 {
            return None;
        }
        let bytes = answer.body_mut().read_to_vec().expect("a bundle");
        let options = Options { label: Some(ScannedLabel::from(code)), ..Options::at(season().now()) };
        Some(verify(&bytes, season().ledger.trust(), &options).verdict.outcome)
    }

    /// Hands in a list of serials: the status, and the problem's code if it is refused.
    pub fn hand_in(&self, batch: ChainId, list: &SerialList) -> (u16, Option<String>) {
        let (status, answer) = self.post(&format!("/v1/serials/{batch}"), "application/octet-stream", &list.to_bytes());
        (status, answer["code"].as_str().map(str::to_owned))
    }

    /// What it shows of a serial.
    pub fn serial(&self, batch: ChainId, serial: &Serial) -> Vec<u8> {
        let mut answer = agent().get(format!("{}/v1/serials/{batch}/{serial}", self.url)).call().expect("an answer");
        assert_eq!(answer.status(), 200);
        answer.body_mut().read_to_vec().expect("a proof")
    }

    /// Counts a scan; `None` where it does not.
    pub fn count(&self, batch: ChainId, serial: &Serial) -> Option<ScanCounts> {
        let mut answer =
            agent().post(format!("{}/v1/scans/{batch}/{serial}", self.url)).send_empty().expect("an answer");
        if answer.status() == 404 {
            return None;
        }
        Some(ScanCounts::from_bytes(&answer.body_mut().read_to_vec().expect("counts")).expect("counts"))
    }

    fn post(&self, path: &str, media_type: &str, body: &[u8]) -> (u16, Value) {
        let post = agent().post(format!("{}{path}", self.url)).content_type(media_type);
        let mut answer = post.send(body).expect("an answer");
        (answer.status().as_u16(), answer.body_mut().read_json().expect("JSON"))
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.shutdown());
        }
    }
}

fn start(runtime: &Runtime, folder: &Path) -> (Server, String) {
    let trust = season().ledger.trust();
    let store = Arc::new(SqliteStore::open(folder, trust.clone()).expect("a store"));
    let config = Config::new(([127, 0, 0, 1], 0).into(), trust.clone(), store);
    let server = runtime.block_on(Server::start(config)).expect("a free port");
    let url = format!("http://{}", server.local_addr());
    (server, url)
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}
