//! `nguon witness serve`, as whoever runs one sees it, and killed at any moment.

#[path = "witness/history.rs"]
mod history;
#[path = "witness/serving.rs"]
mod serving;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use history::{History, Offer};
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::Hash;
use nguon_tlog::note::{Note, SignatureType, VerifierKey};
use nguon_tlog::witness;
use serving::{Answer, Deployment};

/// Kills of one run.
const KILLS: u32 = 60;

#[test]
fn a_witness_says_who_it_is_and_cosigns_what_continues() {
    let deployment = Deployment::new();
    let serving = deployment.witness();
    let verifier: VerifierKey = serving.verifier.parse().unwrap();
    assert_eq!((verifier.key.name(), verifier.kind), ("w1.example", SignatureType::Cosignature));
    assert!(serving.get("/").unwrap().body.contains(&serving.verifier));

    let mut history = History::default();
    let offer = history.offer(3, "first", &deployment.log);
    let answer = serving.add(&offer).unwrap();
    let cosigned = witness::cosignatures(&offer.checkpoint.to_text(), answer.body.as_bytes()).unwrap();
    assert!(cosigned.cosigned_by(&verifier.key).is_some());
    history = offer.taken();
    drop(serving);

    // Another process goes on; one that is told to watch a log by its verifier key alone finds the same memory.
    let vkey = VerifierKey { key: deployment.log.note_key(), kind: SignatureType::Ed25519 }.to_string();
    let again = deployment.witness_with(&["--log", &vkey, "--name", "w1.example"]);
    assert_eq!(again.newest().unwrap().size, 3);
    assert_eq!(again.add(&History::default().offer(2, "other", &deployment.log)).unwrap().status, 409);
    assert_eq!(again.add(&history.offer(2, "second", &deployment.log)).unwrap().status, 200);

    // A folder is one process's, and a key that nobody listed has no name.
    let second = deployment.refused(&["witness", "serve", "--key", "w1"]);
    assert_eq!((second["code"].as_str(), second["at_fault"].as_str()), (Some("in_use"), Some("caller")), "{second}");
    let unlisted = deployment.refused(&["witness", "serve", "--key", "log"]);
    assert_eq!(unlisted["code"], "not_listed", "{unlisted}");
}

#[test]
fn help_teaches_how_to_run_one() {
    let deployment = Deployment::new();
    for (command, taught) in [
        (&["witness"][..], "smallest VPS"),
        (&["witness", "serve"], "reverse_proxy"),
        (&["audit"], "Exit codes"),
        (&["audit", "serve"], "map auditor"),
    ] {
        let output = deployment.command(&[command, &["--help"]].concat()).output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && help.contains("Example") && help.contains(taught), "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    }
}

/// All that any client was told.
#[derive(Default)]
struct Told {
    trunk: History,
    cosigned: BTreeMap<u64, Hash>,
    offered: BTreeMap<(u64, Hash), History>,
    count: u64,
}

impl Told {
    fn offer(&mut self, client: usize, deployment: &Deployment) -> Offer {
        self.count += 1;
        let more = 1 + usize::try_from(self.count).unwrap() % 3;
        let offer = self.trunk.offer(more, &format!("{client} {}", self.count), &deployment.log);
        self.offered.insert((offer.checkpoint.size, offer.checkpoint.root), offer.clone().taken());
        offer
    }

    /// A witness said that this is what it cosigned.
    fn learn(&mut self, seen: &Checkpoint) {
        let known = self.cosigned.entry(seen.size).or_insert(seen.root);
        assert_eq!(*known, seen.root, "two roots of size {}", seen.size);
        if seen.size > self.trunk.len() {
            let history = &self.offered[&(seen.size, seen.root)];
            assert!(history.continues(&self.trunk), "a history that does not continue the one cosigned");
            self.trunk = history.clone();
        }
    }
}

#[test]
fn killed_at_any_moment_it_never_goes_back_and_never_cosigns_two_histories() {
    let deployment = Deployment::new();
    let told = Mutex::new(Told::default());
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..KILLS {
        let serving = deployment.witness();
        if let Some(newest) = serving.newest() {
            let mut told = told.lock().unwrap();
            let most = told.cosigned.keys().next_back().copied().unwrap_or(0);
            assert!(newest.size >= most, "it cosigned size {most} and remembers {}", newest.size);
            told.learn(&newest);
        } else {
            assert!(told.lock().unwrap().cosigned.is_empty(), "it forgot everything");
        }
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // It is killed some answers later, and then at any moment of the next.
        let (answers, moment) = (random >> 40 & 7, Duration::from_micros(random >> 48 & 0xFFF));
        let answered = AtomicU64::new(0);
        std::thread::scope(|scope| {
            // Three clients who hold three different futures of the log against each other.
            for client in 0..3 {
                let (serving, told, deployment, answered) = (&serving, &told, &deployment, &answered);
                scope.spawn(move || {
                    loop {
                        let offer = told.lock().unwrap().offer(client, deployment);
                        match serving.add(&offer) {
                            Some(Answer { status: 200, .. }) => {
                                told.lock().unwrap().learn(&offer.checkpoint);
                                answered.fetch_add(1, Ordering::SeqCst);
                            }
                            Some(Answer { status: 409 | 422, .. }) => {
                                if let Some(newest) = serving.newest() {
                                    told.lock().unwrap().learn(&newest);
                                }
                            }
                            Some(other) => panic!("status {}: {}", other.status, other.body),
                            None => return,
                        }
                    }
                });
            }
            while answered.load(Ordering::SeqCst) < answers {
                std::thread::yield_now();
            }
            std::thread::sleep(moment);
            serving.kill();
        });
    }
    let mut told = told.into_inner().unwrap();
    assert!(told.cosigned.len() > 100, "only {} checkpoints were cosigned", told.cosigned.len());

    // After all of it, no older size and no other history is cosigned.
    let serving = deployment.witness();
    // It may have cosigned one more, whose answer nobody heard.
    told.learn(&serving.newest().unwrap());
    for size in told.cosigned.keys().rev().take(5) {
        let old = told.trunk.cut(*size);
        assert_eq!(serving.add(&old.offer(1, "rollback", &deployment.log)).map(|answer| answer.status == 200), {
            // The newest may be continued; no other.
            Some(*size == told.trunk.len())
        });
    }
    let note = Note::parse(&serving.note().unwrap()).unwrap();
    assert!(note.signed_by(&deployment.log.note_key()));
}
