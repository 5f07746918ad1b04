//! A log to be watched: honest to begin with, and then whatever a test makes of it.
#![allow(dead_code, missing_docs)] // each test file uses a part

pub mod http;

use std::sync::{Arc, Mutex};

use nguon_core::log::Leaf;
use nguon_core::prelude::*;
use nguon_core::trust::{LogPolicy, LogVerifier};
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash;
use nguon_tlog::note;
use nguon_tlog::tree::Frontier;
use nguon_witness::source::{Contents, LogFiles};
use nguon_witness::{Cosigner, Error, Source};

pub const ORIGIN: &str = "log.example/nguon";

/// When everything begins: 2026-06-10.
pub const NOW: u64 = 1_781_049_600;

pub fn key(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[n; 32])
}

/// The log's key is 200, the auditor's 204, witnesses have 201 and on, the root key is 1, the office's key 2.
pub const LOG: u8 = 200;
pub const AUDITOR: u8 = 204;

pub fn time(seconds: u64) -> Time {
    Time::new(seconds).unwrap()
}

pub fn auditor() -> Cosigner {
    Cosigner::new("auditor.example", key(AUDITOR)).unwrap()
}

pub fn payload() -> RootPayload {
    let verifier = |name: &str, n| LogVerifier { name: name.parse().unwrap(), key: (&key(n)).into(), url: None };
    let authority = Authority::new(AuthorityId::from_bytes([9; 32]), "Sở mẫu".parse().unwrap(), (&key(2)).into());
    let log = LogPolicy {
        origin: ORIGIN.parse().unwrap(),
        key: (&key(LOG)).into(),
        witnesses: List::of_one(verifier("w1.example", 201)),
        witness_threshold: 1,
        auditors: List::of_one(verifier("auditor.example", AUDITOR)),
        fresh_online: 3_600,
        fresh_offline: 86_400,
    };
    let payload = RootPayload::of_one_authority(authority, (&key(1)).into(), time(NOW - 1), time(NOW + 86_400));
    RootPayload { log: Some(log), ..payload }
}

pub fn trust() -> TrustRoot {
    TrustRoot::verify_first(SignedRoot::sign(&payload(), &[&key(1)]).unwrap()).unwrap()
}

/// Version 2, under which the log has another key.
pub fn next_root(log_key: u8) -> SignedRoot {
    let mut payload = RootPayload::after(&trust(), time(NOW), time(NOW + 86_400));
    if let Some(log) = &mut payload.log {
        log.key = (&key(log_key)).into();
    }
    SignedRoot::sign(&payload, &[&key(1)]).unwrap()
}

/// An honest log that grows: enrolments by the office.
pub struct Growing {
    pub ledger: Ledger,
    count: u16,
    log_key: u8,
}

impl Growing {
    pub fn new() -> Self {
        Self { ledger: Ledger::logged(trust(), time(NOW)).unwrap(), count: 0, log_key: LOG }
    }

    /// Enrols so many at a time, and closes a checkpoint.
    pub fn grow(&mut self, records: u16, at: u64) -> &mut Self {
        self.ledger.set_time(time(at));
        for _ in 0..records {
            self.enrol(at);
        }
        self.ledger.close(time(at), &key(self.log_key), &[]).unwrap();
        self
    }

    pub fn enrol(&mut self, at: u64) {
        self.count += 1;
        let office = AuthorityId::from_bytes([9; 32]);
        let pen_key = key(2);
        let mut nonce = [0; 16];
        nonce[..2].copy_from_slice(&self.count.to_be_bytes());
        let name = FieldValue::Text(format!("Hộ {}", self.count)).seal(&Salt::from_bytes(nonce), "enrolled/name");
        let scope = Scope::of_events(EventName::ALL).unwrap();
        let enrolled = Enrolled::new(Role::Farm, name, scope, None);
        self.ledger.begin(&Pen::new(office, &pen_key, time(at)), enrolled, Nonce::from_bytes(nonce)).unwrap();
    }

    pub fn rotate(&mut self, log_key: u8, at: u64) -> &mut Self {
        self.ledger.set_time(time(at));
        self.ledger.add_root(next_root(log_key)).unwrap();
        self.log_key = log_key;
        self
    }

    /// What it shows now.
    pub fn shown(&self) -> Shown {
        let leaves =
            self.ledger.leaves().map(|(leaf, content)| (leaf.to_bytes().to_vec(), content.map(<[u8]>::to_vec)));
        let note = self.ledger.checkpoints().last().unwrap().note.clone();
        Shown { leaves: leaves.collect(), note }
    }
}

/// What a log shows: to be bent.
#[derive(Debug, Clone)]
pub struct Shown {
    pub leaves: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    pub note: String,
}

impl Shown {
    /// A log that no operator signed yet: the log's own key signs whatever the leaves are.
    pub fn signed(mut self) -> Self {
        self.note = sign(&self.checkpoint_of_leaves(), LOG);
        self
    }

    pub fn checkpoint_of_leaves(&self) -> Checkpoint {
        let mut tree = Frontier::new();
        self.leaves.iter().for_each(|(data, _)| tree.append(hash::leaf(data)));
        Checkpoint { origin: ORIGIN.to_owned(), size: tree.size(), root: tree.root(), extensions: Vec::new() }
    }

    pub fn leaf(&self, index: usize) -> Leaf {
        Leaf::from_bytes(&self.leaves[index].0).unwrap()
    }

    pub fn set_leaf(&mut self, index: usize, leaf: Leaf) {
        self.leaves[index].0 = leaf.to_bytes().to_vec();
    }

    pub fn source(self) -> Source {
        Stage::new(self).source()
    }
}

pub fn sign(checkpoint: &Checkpoint, log_key: u8) -> String {
    let text = checkpoint.to_text();
    let line = note::sign(&text, &checkpoint.origin, &key(log_key));
    note::assemble(&text, &[line])
}

/// A log whose picture may change between two looks.
#[derive(Clone)]
pub struct Stage(Arc<Mutex<Shown>>);

impl Stage {
    pub fn new(shown: Shown) -> Self {
        Self(Arc::new(Mutex::new(shown)))
    }

    pub fn show(&self, shown: Shown) {
        *self.0.lock().unwrap() = shown;
    }

    pub fn source(&self) -> Source {
        Source::new(Box::new(self.clone()), Box::new(self.clone()))
    }
}

impl LogFiles for Stage {
    fn checkpoint(&self) -> Result<String, Error> {
        Ok(self.0.lock().unwrap().note.clone())
    }

    fn leaves(&self, from: u64, size: u64) -> Result<Vec<Vec<u8>>, Error> {
        let shown = self.0.lock().unwrap();
        let [from, size] = [from, size].map(|number| usize::try_from(number).unwrap());
        Ok(shown.leaves.iter().take(size).skip(from).take(7).map(|(data, _)| data.clone()).collect())
    }
}

impl Contents for Stage {
    fn records(&self, from: u64, count: u64) -> Result<Vec<(u64, Vec<u8>)>, Error> {
        let shown = self.0.lock().unwrap();
        let [skip, take] = [from, count].map(|number| usize::try_from(number).unwrap());
        let leaves = (from..).zip(shown.leaves.iter().skip(skip).take(take));
        let records = leaves.filter(|(_, (data, _))| data[0] == 0);
        // Fewer at a time than are asked for.
        Ok(records.filter_map(|(index, (_, content))| Some((index, content.clone()?))).take(3).collect())
    }

    fn roots(&self) -> Result<Vec<SignedRoot>, Error> {
        let shown = self.0.lock().unwrap();
        let roots = shown.leaves.iter().skip(1).filter(|(data, _)| data[0] == 2);
        Ok(roots.filter_map(|(_, content)| SignedRoot::from_bytes(content.as_ref()?).ok()).collect())
    }

    fn evidence(&self, wanted: &[u8; 32]) -> Result<Option<Vec<u8>>, Error> {
        let shown = self.0.lock().unwrap();
        let found = shown.leaves.iter().find(|(data, _)| data[0] == 3 && &data[9..] == wanted);
        Ok(found.and_then(|(_, content)| content.clone()))
    }
}
