//! The process ends between every two durable steps of the log, again and again on the same store: afterwards the log
//! goes on, consistent with every checkpoint that any witness, auditor or reader saw, and every receipt still holds.

#[path = "support/cosigners.rs"]
mod cosigners;
#[path = "support/live.rs"]
mod live;
#[path = "support/program.rs"]
mod program;
#[path = "support/site.rs"]
mod site;
#[path = "../../nguon-store/tests/support/world.rs"]
mod world;

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;
use std::time::Duration;

use nguon_core::ids::ChainId;
use nguon_core::prelude::Outcome;
use nguon_ingest::Step;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::Hash;
use nguon_tlog::note::Note;
use nguon_tlog::tree::verify_consistency;

use cosigners::log_note_key;
use live::Client;
use program::Program;
use site::{COSE, SEQUENCE, Site};

/// How often the process ends after each of the steps.
const TIMES: u64 = 4;
/// How often it is killed at any moment.
const KILLS: u64 = 12;
/// By its own hand, at the step.
const ABORTED: i32 = 6;
/// A step that does not come within so many records does not come.
const MOST_RECORDS: usize = 300;

/// A reader, who remembers all that it was ever told.
struct Reader {
    site: Site,
    root: String,
    batch: ChainId,
    /// Receipts by statement id: index and log time.
    receipts: BTreeMap<String, (u64, u64)>,
    /// Roots by size.
    checkpoints: BTreeMap<u64, Hash>,
    /// Posted, and not answered yet.
    pending: Option<Vec<u8>>,
    /// Accepted; the answer said so.
    accepted: Vec<String>,
    number: usize,
}

impl Reader {
    fn new() -> Self {
        let mut site = Site::new();
        let batch = site.world.batch(Some("L1"));
        let root = program::write_root(site.folder.path(), &site.world.trust);
        std::fs::write(site.folder.path().join("log.key"), nguon_core::bytes::to_hex(&[50; 32])).unwrap();
        let (receipts, checkpoints) = (BTreeMap::new(), BTreeMap::new());
        Self { site, root, batch, receipts, checkpoints, pending: None, accepted: Vec::new(), number: 0 }
    }

    /// How it has ended, if that was before it listened.
    fn start(&self, more: &[&str]) -> Result<Program, ExitStatus> {
        let key = self.site.folder.path().join("log.key");
        let arguments =
            ["--log-key", key.to_str().unwrap(), "--checkpoint-interval", "1", "--witness-patience", "2000"];
        let arguments: Vec<&str> = arguments.iter().chain(more).copied().collect();
        let program = Program::start_crashing(&self.root, &self.site.store_path(), &arguments)?;
        self.site.cosigners.auditor.watch(program.address);
        Ok(program)
    }

    /// Posts until the server is gone.
    fn post(&mut self, program: &Program) {
        let client = Client::impatient(program.address);
        for _ in 0..MOST_RECORDS {
            if self.pending.is_none() {
                self.number += 1;
                self.pending = Some(self.site.one_more(self.batch, self.number).as_bytes().to_vec());
            }
            let body = self.pending.clone().unwrap();
            let sent = client.try_send("POST", "/v1/records?wait=4", &[("content-type", COSE)], Some(&body));
            let Ok(answer) = sent else { return };
            let json = answer.json();
            if answer.status == 503 {
                // It has just begun, and waits for its witnesses.
                std::thread::sleep(Duration::from_millis(5));
                continue;
            }
            assert!(matches!(answer.status, 200..=202), "{json:#}");
            let id = json["statement_id"].as_str().unwrap().to_owned();
            if let (Some(index), Some(log_time)) =
                (json["receipt"]["index"].as_u64(), json["receipt"]["log_time"].as_u64())
            {
                let before = self.receipts.insert(id.clone(), (index, log_time));
                assert!(before.is_none_or(|before| before == (index, log_time)), "{id} has moved");
            }
            self.accepted.push(id);
            self.pending = None;
            if self.look(&client).is_none() {
                return;
            }
        }
        panic!("the step did not come within {MOST_RECORDS} records");
    }

    /// What is published now is the continuation of what was published before. `None` if the server is gone.
    fn look(&mut self, client: &Client) -> Option<()> {
        let answer = client.try_send("GET", "/log/checkpoint", &[], None).ok()?;
        if answer.status != 200 {
            return Some(());
        }
        let note = Note::parse(std::str::from_utf8(&answer.body).unwrap()).unwrap();
        assert!(note.signed_by(&log_note_key()));
        let new = Checkpoint::parse(note.text()).unwrap();
        if let Some((newest, _)) = self.checkpoints.last_key_value() {
            assert!(new.size >= *newest, "published {newest}, and now {}", new.size);
        }
        if let Some((old, old_root)) = self.checkpoints.range(..=new.size).next_back() {
            let answer = client.try_send("GET", &format!("/v1/log/consistency/{old}/{}", new.size), &[], None).ok()?;
            assert_eq!(answer.status, 200);
            check_consistency((*old, *old_root), (new.size, new.root), &answer.body);
        }
        self.checkpoints.insert(new.size, new.root);
        Some(())
    }

    /// Everything that anybody was ever told still holds.
    fn check_all(&mut self, program: &Program) {
        let client = Client::new(program.address);
        self.look(&client).unwrap();
        let (newest, root) = self.checkpoints.last_key_value().map(|(size, root)| (*size, *root)).unwrap();
        let mut seen = self.checkpoints.clone();
        for witness in &self.site.cosigners.witnesses {
            let note = witness.state().note.clone().unwrap();
            let checkpoint = Checkpoint::parse(Note::parse(&note).unwrap().text()).unwrap();
            seen.insert(checkpoint.size, checkpoint.root);
        }
        for (old, old_root) in &seen {
            // All that anybody cosigned is published by now.
            let answer = client.send("GET", &format!("/v1/log/consistency/{old}/{newest}"), &[], None);
            check_consistency((*old, *old_root), (newest, root), &answer.body);
        }
        for id in &self.accepted {
            let answer = client.send("GET", &format!("/v1/receipts/{id}"), &[], None);
            let json = answer.json();
            assert_eq!(answer.status, 200, "{id} was accepted: {json:#}");
            self.site.check_receipt(id, &json);
            if let Some((index, log_time)) = self.receipts.get(id) {
                assert_eq!((json["index"].as_u64(), json["log_time"].as_u64()), (Some(*index), Some(*log_time)));
            }
        }
        let bundle = client.send("GET", &format!("/v1/bundles/{}", self.batch), &[], None);
        let verified = self.site.verify(&bundle.body);
        assert_eq!(verified.verdict.outcome, Outcome::Valid, "{:?}", verified.verdict);
        self.site.cosigners.agree();
    }
}

fn check_consistency(old: (u64, Hash), new: (u64, Hash), proof: &[u8]) {
    let proof: Vec<Hash> = proof.chunks(32).map(|hash| Hash::from_bytes(hash.try_into().unwrap())).collect();
    let consistent = verify_consistency(old.0, new.0, &old.1, &new.1, &proof);
    assert!(consistent.is_ok(), "{} and {} are two histories: {consistent:?}", old.0, new.0);
}

#[test]
fn the_log_goes_on_wherever_it_was_cut_off() {
    let mut reader = Reader::new();
    let program = reader.start(&[]).unwrap();
    let client = Client::new(program.address);
    let all = reader.site.world.sequence();
    let mut posted = client.send("POST", "/v1/records?atomic=true&wait=60", &[("content-type", SEQUENCE)], Some(&all));
    while posted.status == 503 {
        std::thread::sleep(Duration::from_millis(10));
        posted = client.send("POST", "/v1/records?atomic=true&wait=60", &[("content-type", SEQUENCE)], Some(&all));
    }
    assert_eq!(posted.status, 200, "{:#}", posted.json());
    program.kill();

    let mut ends = 0;
    for time in 1..=TIMES {
        for step in Step::ALL {
            // Each step comes about once a record; tiles several times.
            let plan = format!("{}:{}", step.name(), time);
            let ended = match reader.start(&["--crash-after", &plan]) {
                Ok(program) => {
                    reader.post(&program);
                    program.ended()
                }
                Err(ended) => ended,
            };
            assert_eq!(ended.signal(), Some(ABORTED), "after {plan} it has {ended}");
            ends += 1;
        }
        let program = reader.start(&[]).unwrap();
        reader.settle(&program);
        reader.check_all(&program);
        program.kill();
        ends += 1;
    }

    // When it dies is drawn from a fixed seed; what it is doing then is up to the machine.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..KILLS {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let program = reader.start(&[]).unwrap();
        std::thread::scope(|scope| {
            let posting = scope.spawn(|| reader.post(&program));
            std::thread::sleep(Duration::from_millis(state % 400));
            program.kill();
            posting.join().unwrap();
        });
        ends += 1;
    }
    assert!(ends >= 50, "{ends}");

    let program = reader.start(&[]).unwrap();
    reader.settle(&program);
    reader.check_all(&program);
    assert!(reader.receipts.len() > 20, "{} receipts would prove little", reader.receipts.len());
    program.kill();
}

impl Reader {
    /// Waits until everything accepted is published.
    fn settle(&mut self, program: &Program) {
        let client = Client::new(program.address);
        for _ in 0..12_000 {
            let health = client.send("GET", "/v1/health", &[], None).json()["log"].clone();
            if health["state"] == "publishing" && health["size"] == health["published_size"] {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it does not settle: {:#}", client.send("GET", "/v1/health", &[], None).json());
    }
}
