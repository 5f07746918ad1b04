//! `log.sequencer`: records a second that a server takes over HTTP, judges, stores, sequences, has cosigned by witnesses
//! and publishes; every step durable in its order, on this machine's disk. The time is from the first request until a
//! published checkpoint holds the last record.
//!
//! Server, senders and the four witnesses, which store what they cosign, share this machine. The map auditor is a
//! stand-in that cosigns unseen: a real one replays the log on a machine of its own.

mod cosigners;
mod records;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use nguon_ingest::{Config, LogConfig, Server};
use nguon_store::sqlite::SqliteStore;
use xtask_bench::best::number;
use xtask_bench::figures::{Wanted, report};
use xtask_bench::root::{log_key, policy, trust};

use crate::cosigners::Cosigners;
use crate::records::Records;

/// Records that are timed together, and how often; the best counts.
const RECORDS: usize = 20_000;
const ROUNDS: usize = 3;

/// Who send at the same time, and records in a request.
const SENDERS: usize = 8;
const REQUEST: usize = 100;

fn main() {
    if !Wanted::from_arguments().has("log.sequencer") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let cosigners = runtime.block_on(Cosigners::start(folder.path()));
    let trust = trust(Some(policy(&cosigners.addresses)));
    let mut records = Records::new(trust.clone());
    let server = runtime.block_on(serve(folder.path(), trust));
    let address = server.local_addr();
    cosigners.audit(address);

    send(address, &records.people(), true);
    let mut best = f64::MAX;
    for _ in 0..ROUNDS {
        let chains = records.batches(RECORDS / REQUEST);
        let started = Instant::now();
        std::thread::scope(|scope| {
            for requests in chains.chunks(chains.len().div_ceil(SENDERS)) {
                scope.spawn(move || {
                    for (at, request) in requests.iter().enumerate() {
                        send(address, request, at + 1 == requests.len());
                    }
                });
            }
        });
        best = best.min(started.elapsed().as_secs_f64());
    }
    report("log.sequencer", number(RECORDS) / best, "records/s", None);
    runtime.block_on(server.shutdown());
}

async fn serve(folder: &Path, trust: nguon_core::trust::TrustRoot) -> Server {
    let store = SqliteStore::open(&folder.join("store"), trust.clone()).expect("a store");
    let mut config = Config::new(([127, 0, 0, 1], 0).into(), trust, Arc::new(store));
    config.log = Some(LogConfig::new(log_key(), folder.join("tiles")));
    Server::start(config).await.expect("a server")
}

/// Posts records; `published`: and waits until the last of them, and with it all before, is in a published checkpoint.
fn send(server: SocketAddr, records: &[Vec<u8>], published: bool) {
    let wait = if published { 60 } else { 0 };
    let url = format!("http://{server}/v1/records?wait={wait}");
    let answer = ureq::post(&url).content_type("application/cbor-seq").send(&records.concat()[..]);
    let mut answer = answer.expect("an answer");
    let body: serde_json::Value = answer.body_mut().read_json().expect("an answer in JSON");
    let results = body["results"].as_array().expect("a result for each record");
    let fine =
        |result: &serde_json::Value| result["status"] == "accepted" && (!published || result["receipt"].is_object());
    assert!(results.len() == records.len() && results.iter().all(fine), "{body}");
}
