//! `nguon audit`, as whoever looks after a log sees it.

#[path = "witness/history.rs"]
mod history;
#[path = "witness/serving.rs"]
mod serving;

use std::path::PathBuf;

use nguon_core::log::Leaf;
use nguon_core::prelude::*;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::note;
use nguon_tlog::tree::Frontier;
use serving::{Deployment, ORIGIN, Serving};

/// What an auditor's copy of a log holds.
#[derive(Clone)]
struct Log(Vec<(Leaf, Option<Vec<u8>>)>);

struct World {
    deployment: Deployment,
    ledger: Ledger,
    count: u32,
}

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

impl World {
    fn new() -> Self {
        let deployment = Deployment::new();
        let root = std::fs::read(deployment.file("root.nguon")).unwrap();
        let ledger = Ledger::logged(TrustRoot::from_bytes(&root).unwrap(), Time::new(now()).unwrap()).unwrap();
        Self { deployment, ledger, count: 0 }
    }

    /// Enrols so many, and closes a checkpoint.
    fn grow(&mut self, records: u32) -> Log {
        let authority = self.ledger.trust().payload().authorities[0].id;
        let (key, log) = (self.deployment.secret("authority"), &self.deployment.log.key);
        let at = Time::new(now()).unwrap();
        for _ in 0..records {
            self.count += 1;
            let mut nonce = [0; 16];
            nonce[..4].copy_from_slice(&self.count.to_be_bytes());
            let name = FieldValue::Text("Hộ mẫu".into()).seal(&Salt::from_bytes(nonce), "enrolled/name");
            let event = Enrolled::new(Role::Farm, name, Scope::of_events(EventName::ALL).unwrap(), None);
            self.ledger.begin(&Pen::new(authority, &key, at), event, Nonce::from_bytes(nonce)).unwrap();
        }
        self.ledger.close(at, log, &[]).unwrap();
        Log(self.ledger.leaves().map(|(leaf, content)| (leaf, content.map(<[u8]>::to_vec))).collect())
    }

    /// Writes a copy as an auditor keeps it, under the log's signature.
    fn write(&self, log: &Log, name: &str) -> PathBuf {
        let folder = self.deployment.file(name);
        std::fs::create_dir_all(&folder).unwrap();
        let (mut leaves, mut contents, mut tree) = (Vec::new(), Vec::new(), Frontier::new());
        for (index, (leaf, content)) in log.0.iter().enumerate() {
            let data = leaf.to_bytes();
            tree.append(hash::leaf(&data));
            leaves.extend(data);
            if let Some(content) = content.as_ref().filter(|_| index > 0) {
                contents.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
                contents.extend(content);
            }
        }
        let (origin, size, root) = (ORIGIN.to_owned(), tree.size(), tree.root());
        let text = Checkpoint { origin, size, root, extensions: Vec::new() }.to_text();
        let note = note::assemble(&text, &[note::sign(&text, ORIGIN, &self.deployment.log.key)]);
        for (name, bytes) in [("leaves", leaves), ("contents", contents), ("checkpoint", note.into_bytes())] {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
        folder
    }
}

#[test]
fn a_sound_log_is_said_to_be_sound_and_who_cosigned_it() {
    let mut world = World::new();
    let log = world.grow(300);
    let folder = world.write(&log, "copy");
    let folder = folder.to_str().unwrap();
    let answer = world.deployment.json(&["audit", folder]);
    assert_eq!((&answer["sound"], &answer["size"], &answer["records"]), (&true.into(), &302.into(), &300.into()));
    assert_eq!((&answer["witnesses"], &answer["as_of"]), (&serde_json::json!([]), &serde_json::Value::Null));
    let said = world.deployment.command(&["audit", folder]).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.starts_with("Sound: 302 leaves") && said.contains("Too few have cosigned it"), "{said}");
}

#[test]
fn the_first_fault_is_named_by_leaf_and_code() {
    let mut world = World::new();
    let honest = world.grow(5);
    let state = world.deployment.file("state");
    let audit = |folder: PathBuf, more: &[&str]| {
        let (code, answer) = world.deployment.run(&[&["audit", folder.to_str().unwrap()], more].concat());
        (code, answer["fault"].clone())
    };
    let mut omitted = honest.clone();
    omitted.0[6].0 = Leaf::Map { log_time: omitted.0[6].0.log_time(), root: Hash::from_bytes([1; 32]) };
    let (code, fault) = audit(world.write(&omitted, "omitted"), &[]);
    assert_eq!(
        (code, &fault["index"], &fault["code"], &fault["of_the_log"]),
        (1, &6.into(), &"map_root".into(), &true.into())
    );

    // With a state, a log that turns back or tells another history is caught.
    let remembered = ["--state", state.to_str().unwrap()];
    assert_eq!(audit(world.write(&honest, "honest"), &remembered).0, 0);
    let mut other = honest.clone();
    other.0.swap(2, 3);
    other.0.push(honest.0[6].clone());
    let (code, fault) = audit(world.write(&other, "other"), &remembered);
    assert_eq!((code, &fault["index"], &fault["code"]), (1, &2.into(), &"rewritten".into()));
}

#[test]
fn what_is_no_log_of_this_deployment_has_no_result() {
    let mut world = World::new();
    let log = world.grow(1);
    let folder = world.write(&log, "copy");
    let other = World::new();
    let root = other.deployment.file("root.nguon");
    let refused = world.deployment.refused(&["audit", folder.to_str().unwrap(), "--root", root.to_str().unwrap()]);
    assert_eq!(refused["code"], "not_the_logs", "{refused}");
    world.deployment.refused(&["audit", "nowhere"]);
    world.deployment.refused(&["audit", "http://127.0.0.1:1"]);
    world.deployment.refused(&["audit", "serve", folder.to_str().unwrap(), "--key", "w1"]);
}

#[test]
fn a_map_auditor_killed_while_it_replays_goes_on_and_never_goes_back() {
    let mut world = World::new();
    let log = world.grow(2000);
    let folder = world.write(&log, "copy");
    let serve = |world: &World| -> Serving {
        world.deployment.serve(&["audit", "serve", folder.to_str().unwrap(), "--key", "auditor"])
    };
    for kill in 0..12_u64 {
        let serving = serve(&world);
        std::thread::sleep(std::time::Duration::from_millis(kill * 7));
        serving.kill();
    }
    let wait_for = |serving: &Serving, size: u64| loop {
        if let Some(newest) = serving.newest() {
            assert!(newest.size <= size, "it cosigned what was not there");
            if newest.size == size {
                break;
            }
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    };
    let serving = serve(&world);
    wait_for(&serving, 2002);
    let note = note::Note::parse(&serving.note().unwrap()).unwrap();
    let verifier: note::VerifierKey = serving.verifier.parse().unwrap();
    assert_eq!(verifier.key.name(), "auditor.example");
    assert!(note.cosigned_by(&verifier.key).is_some() && note.signed_by(&world.deployment.log.note_key()));
    assert!(serving.get(&format!("/{}/checkpoint", nguon_witness::LogId::of(ORIGIN))).unwrap().anybody_may_read);
    drop(serving);

    let log = world.grow(3);
    world.write(&log, "copy");
    let serving = serve(&world);
    assert!(serving.newest().is_some_and(|newest| newest.size >= 2002), "it forgot what it cosigned");
    wait_for(&serving, 2006);
}
