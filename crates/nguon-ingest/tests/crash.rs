//! `kill -9` in the middle of bursts of posts, of records and of many groups, again and again on the same database: every acknowledged record is there
//! afterwards, in its place, and at the end every chain verifies.

#[path = "support/live.rs"]
mod live;
#[path = "support/program.rs"]
mod program;
#[path = "../../nguon-store/tests/support/world.rs"]
mod world;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use nguon_core::envelope::SignedRecord;
use nguon_core::ids::ChainId;
use nguon_core::prelude::{Options, Outcome, verify};

use live::Client;
use program::Program;
use world::{NOW, World, time};

const KILLS: u64 = 55;
const WRITERS: usize = 6;
const SEQUENCE: (&str, &str) = ("content-type", "application/cbor-seq");

/// One client with a batch of its own. What it knows outlives the server.
struct Writer {
    world: World,
    batch: ChainId,
    /// Acknowledged, in order.
    acknowledged: Vec<SignedRecord>,
    /// Posted, and the server died before it answered.
    pending: Vec<SignedRecord>,
    turn: usize,
}

impl Writer {
    /// Posts until the server is gone: single records, sequences and all-or-nothing groups in turn.
    fn burst(&mut self, server: &Program, over: &AtomicBool) {
        let client = Client::new(server.address);
        while !over.load(Ordering::Relaxed) {
            if self.pending.is_empty() {
                self.sign();
            }
            let body: Vec<u8> = self.pending.iter().flat_map(|record| record.as_bytes().to_vec()).collect();
            let (path, media_type) = match self.pending.len() {
                1 => ("/v1/records", ("content-type", "application/cose")),
                2 => ("/v1/records", SEQUENCE),
                _ => ("/v1/records?atomic=true", SEQUENCE),
            };
            // An answer cut short is no acknowledgement: the same is posted again to the next server.
            let Ok(answer) = client.try_send("POST", path, &[media_type], Some(&body)) else { return };
            let json = answer.json();
            let stored = |status: &serde_json::Value| matches!(status.as_str(), Some("accepted" | "duplicate"));
            let acknowledged = match json["results"].as_array() {
                Some(results) => {
                    results.len() == self.pending.len() && results.iter().all(|result| stored(&result["status"]))
                }
                None => stored(&json["status"]),
            };
            assert!(acknowledged, "{}: {json:#}", answer.status);
            self.acknowledged.append(&mut self.pending);
        }
    }

    fn sign(&mut self) {
        self.turn += 1;
        for _ in 0..=self.turn % 3 {
            self.world.list(self.batch, self.turn);
            self.pending.extend(self.world.records.last().cloned());
        }
    }

    fn check(&self, server: &Program) {
        self.check_acknowledged(server, |beyond| {
            if self.pending.len() > 2 {
                let all: usize = self.pending.iter().map(|record| record.as_bytes().len()).sum();
                assert!(beyond.is_empty() || beyond.len() == all, "a part of an all-or-nothing group");
            }
        });
    }

    /// Whether the server has all it acknowledged, in order, and beyond it at most what was under way.
    fn check_acknowledged(&self, server: &Program, look: impl Fn(&[u8])) {
        let served = Client::new(server.address).send("GET", &format!("/v1/chains/{}/records", self.batch), &[], None);
        let bytes = |records: &[SignedRecord]| -> Vec<u8> {
            records.iter().flat_map(|record| record.as_bytes().to_vec()).collect()
        };
        let acknowledged = bytes(&self.acknowledged);
        assert!(served.body.starts_with(&acknowledged), "an acknowledged record of {} is gone", self.batch);
        let beyond = &served.body[acknowledged.len()..];
        let under_way = bytes(&self.pending);
        assert!(under_way.starts_with(beyond), "a record nobody posted");
        look(beyond);
    }
}

fn writers(world: &mut World) -> Vec<Writer> {
    let batches: Vec<ChainId> = (0..WRITERS).map(|_| world.batch(None)).collect();
    let writer = |batch: ChainId| Writer {
        world: world.clone(),
        batch,
        acknowledged: world.ledger.records(&batch).to_vec(),
        pending: Vec::new(),
        turn: 0,
    };
    batches.into_iter().map(writer).collect()
}

#[test]
fn nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("data");
    let mut world = World::new();
    let mut writers = writers(&mut world);
    let root = program::write_root(folder.path(), &world.trust);
    let server = Program::start(&root, &store);
    let all = Client::new(server.address).send("POST", "/v1/records?atomic=true", &[SEQUENCE], Some(&world.sequence()));
    assert_eq!(all.status, 200);
    server.kill();

    // When the server dies is drawn from a fixed seed; what it is doing then is up to the machine.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..KILLS {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let server = Program::start(&root, &store);
        for writer in &writers {
            writer.check(&server);
        }
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for writer in &mut writers {
                scope.spawn(|| writer.burst(&server, &over));
            }
            std::thread::sleep(Duration::from_millis(state % 250));
            server.kill();
            over.store(true, Ordering::Relaxed);
        });
    }

    let server = Program::start(&root, &store);
    let client = Client::new(server.address);
    for writer in &writers {
        writer.check(&server);
        let bundle = client.send("GET", &format!("/v1/bundles/{}", writer.batch), &[], None);
        let verified = verify(&bundle.body, &world.trust, &Options::at(time(NOW)));
        assert_eq!(verified.verdict.outcome, Outcome::Unlogged, "{:?}", verified.verdict);
        let chain = verified.history.unwrap().chain(&writer.batch).map_or(0, |chain| chain.records().len());
        assert!(chain >= writer.acknowledged.len());
    }
    // A burst in which nothing was acknowledged would prove nothing.
    assert!(writers.iter().all(|writer| writer.acknowledged.len() > 50));
    assert!(server.end("TERM").success());
    let database = rusqlite::Connection::open(nguon_store::sqlite::Location::of(&store).records).unwrap();
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}

/// What a phone posts after a day without network: many groups of one to three records, in one request.
struct Phone {
    writer: Writer,
    /// How many records each group has that was posted when the server died.
    groups: Vec<usize>,
}

impl Phone {
    fn burst(&mut self, server: &Program, over: &AtomicBool) {
        let client = Client::new(server.address);
        while !over.load(Ordering::Relaxed) {
            if self.writer.pending.is_empty() {
                self.groups = (0..20).map(|number| number % 3 + 1).collect();
                for _ in 0..self.groups.iter().sum() {
                    self.writer.turn += 1;
                    self.writer.world.list(self.writer.batch, self.writer.turn);
                    self.writer.pending.extend(self.writer.world.records.last().cloned());
                }
            }
            let mut records = self.writer.pending.iter();
            let body: Vec<u8> = self.groups.iter().flat_map(|size| group(records.by_ref().take(*size))).collect();
            let Ok(answer) = client.try_send("POST", "/v1/groups", &[SEQUENCE], Some(&body)) else { return };
            let text = String::from_utf8(answer.body).unwrap();
            let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(answer.status, 200, "{text}");
            // An answer without its last line is not all: the same is posted again to the next server.
            if lines.last().is_none_or(|last| last["end"].is_null()) {
                return;
            }
            assert!(lines.iter().rev().skip(1).all(|line| line["status"] == 200), "{text}");
            self.writer.acknowledged.append(&mut self.writer.pending);
        }
    }

    /// Whether what was under way is there as whole groups, the first ones.
    fn check(&self, server: &Program) {
        self.writer.check_acknowledged(server, |beyond| {
            let mut records = self.writer.pending.iter();
            let mut ends = vec![0];
            for size in &self.groups {
                let length: usize = records.by_ref().take(*size).map(|record| record.as_bytes().len()).sum();
                ends.push(ends[ends.len() - 1] + length);
            }
            assert!(ends.contains(&beyond.len()), "a part of a group");
        });
    }
}

/// An array of byte strings (RFC 8949 §3).
fn group<'a>(records: impl Iterator<Item = &'a SignedRecord>) -> Vec<u8> {
    let (mut count, mut strings) = (0x80, Vec::new());
    for record in records {
        count += 1;
        strings.push(0x59);
        strings.extend_from_slice(&u16::try_from(record.as_bytes().len()).unwrap().to_be_bytes());
        strings.extend_from_slice(record.as_bytes());
    }
    [vec![count], strings].concat()
}

#[test]
fn every_group_of_a_request_is_there_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("data");
    let mut world = World::new();
    let phones = writers(&mut world).into_iter().take(3).map(|writer| Phone { writer, groups: Vec::new() });
    let mut phones: Vec<Phone> = phones.collect();
    let root = program::write_root(folder.path(), &world.trust);
    let server = Program::start(&root, &store);
    let all = Client::new(server.address).send("POST", "/v1/records?atomic=true", &[SEQUENCE], Some(&world.sequence()));
    assert_eq!(all.status, 200);
    server.kill();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..KILLS {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let server = Program::start(&root, &store);
        for phone in &phones {
            phone.check(&server);
        }
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for phone in &mut phones {
                scope.spawn(|| phone.burst(&server, &over));
            }
            std::thread::sleep(Duration::from_millis(state % 250));
            server.kill();
            over.store(true, Ordering::Relaxed);
        });
    }
    let server = Program::start(&root, &store);
    for phone in &phones {
        phone.check(&server);
        assert!(phone.writer.acknowledged.len() > 50);
    }
}
