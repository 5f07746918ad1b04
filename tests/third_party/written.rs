//! The sample season on a log, and proofs out of its tiles, as a file for others to read.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

use nguon_core::bytes::to_hex;
use nguon_core::event::Event;
use nguon_core::ids::PublicKeyBytes;
use nguon_core::ledger::{Cosigner, Ledger};
use nguon_core::record::Record;
use nguon_core::values::Time;
use nguon_examples::season::{AUDITOR, LOG_KEY, ORIGIN, Season, Seed, WITNESSES, Watch};
use nguon_tlog::hash::Hash;
use nguon_tlog::note::{NoteKey, SignatureType, VerifierKey};
use nguon_tlog::tile::{TileBuilder, TileReader, TileWriter, TiledTree};
use nguon_tlog::tree::{consistency_proof, inclusion_proof, root};
use serde_json::{Value, json};

/// A file, and how much it holds.
pub struct Written {
    pub file: PathBuf,
    pub records: usize,
    pub inclusion: usize,
    pub consistency: usize,
    /// And cosignatures on them.
    pub checkpoints: (usize, usize),
}

/// A checkpoint after so many records.
const EACH: usize = 25;

pub fn season() -> Written {
    let season = Season::logged(&Seed::sample(), &Watch::default()).expect("the season can be logged");
    let ledger = logged_in_parts(&season);
    let leaves: Vec<String> = ledger.leaves().map(|(leaf, _)| to_hex(&leaf.to_bytes())).collect();
    let tiles = Tiles::of(&ledger);
    let size = tiles.size;
    let inclusion: Vec<Value> =
        (0..size).map(|index| tiles.inclusion(index, size)).chain([tiles.inclusion(3, 7)]).collect();
    let pairs = (1..size).step_by(14).flat_map(|old| [old + 1, old + 9, size].map(|new| (old, new.min(size))));
    let consistency: Vec<Value> = pairs.map(|(old, new)| tiles.consistency(old, new)).collect();
    let checkpoints: Vec<Value> = ledger
        .checkpoints()
        .iter()
        .map(|closed| {
            let (size, root) = (closed.size, closed.root.to_string());
            json!({"size": size, "root": root, "time": closed.time.get(), "note": closed.note})
        })
        .collect();
    let cosigners: Vec<String> = cosigners().map(|name| verifier_key(&season, name, name, true)).collect();
    let written = json!({
        "root_payload": to_hex(&ledger.trust().signed().payload.0),
        "keys": keys(&season),
        "records": season.journal.iter().map(|record| to_hex(record.as_bytes())).collect::<Vec<_>>(),
        "leaves": leaves,
        "inclusion": inclusion,
        "consistency": consistency,
        "log": verifier_key(&season, ORIGIN, LOG_KEY, false),
        "cosigners": cosigners,
        "checkpoints": checkpoints,
    });
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("third_party/season.json");
    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    fs::write(&file, written.to_string()).expect("written");
    Written {
        file,
        records: season.journal.len(),
        inclusion: inclusion.len(),
        consistency: consistency.len(),
        checkpoints: (checkpoints.len(), checkpoints.len() * cosigners.len()),
    }
}

fn cosigners() -> impl Iterator<Item = &'static str> {
    WITNESSES.into_iter().chain([AUDITOR])
}

/// The season's records once more, with a checkpoint every now and then.
fn logged_in_parts(season: &Season) -> Ledger {
    let start = season.ledger.leaves().next().expect("the trust root").0.log_time();
    let mut ledger = Ledger::logged(season.ledger.trust().clone(), start).expect("a log");
    let keys: Vec<_> = cosigners().map(|name| (name, season.key(name))).collect();
    for part in season.journal.chunks(EACH) {
        for record in part {
            let signed_at = Record::from_payload(record.payload()).expect("a record").signed_at;
            ledger.set_time(signed_at);
            ledger.admit(record.clone()).expect("admitted as before");
        }
        let newest = ledger.replay().and_then(|log| log.newest()).expect("a leaf").log_time();
        let at = Time::new(newest.get() + 60).expect("a time");
        let cosigners: Vec<Cosigner<'_>> = keys.iter().map(|(name, key)| Cosigner { name, key, at }).collect();
        ledger.close(at, &season.key(LOG_KEY), &cosigners).expect("closed");
    }
    ledger
}

/// Every key that signs anything.
fn keys(season: &Season) -> Vec<String> {
    let authorities = season.ledger.trust().payload().authorities.iter();
    let mut keys: Vec<PublicKeyBytes> = authorities.flat_map(|authority| authority.keys.iter().copied()).collect();
    for record in &season.journal {
        match Record::from_payload(record.payload()).expect("a record").event {
            Event::Enrolled(enrolled) => keys.extend(enrolled.key),
            Event::KeyAdded(added) => keys.push(added.key),
            _ => {}
        }
    }
    keys.iter().map(PublicKeyBytes::to_string).collect()
}

fn verifier_key(season: &Season, name: &str, key: &str, cosigns: bool) -> String {
    let public = season.key(key).verifying_key();
    let kind = if cosigns { SignatureType::Cosignature } else { SignatureType::Ed25519 };
    VerifierKey { key: NoteKey::new(name, public.as_bytes()).expect("a key"), kind }.to_string()
}

/// The log's files.
#[derive(Default)]
struct Files(RefCell<BTreeMap<String, Vec<u8>>>);

impl TileWriter for &Files {
    type Error = Infallible;

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Infallible> {
        self.0.borrow_mut().insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}

impl TileReader for Files {
    type Error = String;

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0.borrow().get(path).cloned().ok_or_else(|| format!("no {path}"))
    }
}

struct Tiles {
    tree: TiledTree<Files>,
    size: u64,
}

impl Tiles {
    fn of(ledger: &Ledger) -> Self {
        let (files, mut builder) = (Files::default(), TileBuilder::new());
        for (leaf, _) in ledger.leaves() {
            builder.append(&leaf.to_bytes()).expect("an entry");
        }
        let Ok(()) = builder.flush(&mut &files);
        let size = builder.size();
        Self { tree: TiledTree::new(files, size), size }
    }

    fn root(&self, size: u64) -> String {
        root(&self.tree, size).expect("a root").to_string()
    }

    fn inclusion(&self, index: u64, size: u64) -> Value {
        let hashes = hex(&inclusion_proof(&self.tree, index, size).expect("a proof"));
        json!({"index": index, "size": size, "hashes": hashes, "root": self.root(size)})
    }

    fn consistency(&self, old: u64, new: u64) -> Value {
        let hashes = hex(&consistency_proof(&self.tree, old, new).expect("a proof"));
        json!({
            "old": old, "new": new, "hashes": hashes, "old_root": self.root(old), "new_root": self.root(new),
        })
    }
}

fn hex(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(Hash::to_string).collect()
}
