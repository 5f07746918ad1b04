//! Bundles with proofs from a log, and the verdict on each.

use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{LedgerError, next_record};
use nguon_core::log::{ChainEntry, chain_key};
use nguon_core::recalls::{ListedRecall, RecallList};
use nguon_core::verify::{Bundle, Proof};
use serde_json::{Value, json};

use super::logged::{
    AUDITOR, CLOSED, ENOUGH, FRESH_OFFLINE, FRESH_ONLINE, LOG, ORIGIN, W1, W2, W3, close, close_with, leaves, newest,
    next_root, trust, world,
};
use super::naive::{self, consistency, cosigned, signed, tree_root};
use super::world::{NOW, World, drawn_to, grams, key, label, season, time};
use super::{File, bundles, hex};
use nguon_core::prelude::*;

mod forked;
mod goods;
mod incomplete;
mod invalid;
mod other;
mod stale;
mod valid;

type Case = (String, Value, Value);

/// When most bundles are read.
const READ: u64 = CLOSED + 60;

fn input(bundle: &Bundle) -> Value {
    let root = trust().signed().to_bytes().expect("encoded");
    let bytes = bundle.to_bytes().expect("encoded");
    json!({"trust_root": hex(&root), "bundle": hex(&bytes), "now": READ})
}

fn case(name: &str, input: Value, expect: Value) -> Case {
    (name.to_owned(), input, expect)
}

fn with(mut input: Value, field: &str, value: impl Into<Value>) -> Value {
    input[field] = value.into();
    input
}

fn found(outcome: &str, code: &str) -> Value {
    json!({"outcome": outcome, "code": code})
}

fn at(outcome: &str, code: &str, chain: ChainId, sequence: u64) -> Value {
    json!({"outcome": outcome, "code": code, "chain": chain.to_string(), "sequence": sequence})
}

/// All holds, as of a time, at the newest checkpoint.
fn valid(world: &World, as_of: u64) -> Value {
    let leaves = leaves(world);
    json!({"outcome": "valid", "as_of": as_of, "checkpoint": {"size": leaves.len(), "root": hex(&tree_root(&leaves))}})
}

/// The bundle of the smallest batch.
fn picked(world: &World) -> Bundle {
    world.ledger.bundle(world.picked).expect("a bundle")
}

fn slot(world: &World, bundle: &Bundle, chain: ChainId) -> usize {
    let first = world.ledger.records(&chain)[0].as_bytes();
    bundle.chains.iter().position(|records| records[0].0 == first).expect("the chain is in the bundle")
}

/// The bundle with something changed in its proof.
fn reproven(bundle: &Bundle, change: impl FnOnce(&mut Proof)) -> Bundle {
    let mut bundle = bundle.clone();
    let mut proof = Proof::from_bytes(&bundle.proof.as_ref().expect("a proof").0).expect("a proof");
    change(&mut proof);
    bundle.proof = Some(ByteString(proof.to_bytes().expect("encoded")));
    bundle
}

/// The bundle without the last record of a chain, its position left out too.
fn cut(bundle: &Bundle, slot: usize) -> Bundle {
    let mut shorter = bundle.clone();
    shorter.chains[slot].pop();
    reproven(&shorter, |proof| {
        let positions = &mut proof.chains[slot].positions;
        positions.truncate(positions.len() - 3);
    })
}

/// Checkpoints that the reader has seen: size, root, and the proof between it and the newest.
fn seen(leaves: &[naive::Hash], size: usize, proof: Option<Vec<naive::Hash>>) -> Value {
    let mut seen = json!({"size": size, "root": hex(&tree_root(&leaves[..size]))});
    if let Some(proof) = proof {
        seen["consistency"] = proof.iter().map(|hash| hex(hash)).collect();
    }
    seen
}

/// The world with one record more, closed a second time.
fn grown() -> World {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    world.append(world.lab.into(), 8, world.lot, certificate()).expect("certified");
    close(&mut world, CLOSED + 20);
    world
}

fn certificate() -> Certified {
    let [scheme, number] = ["VietGAP", "VG-1"];
    let (scheme, number) = (scheme.parse().expect("words"), number.parse().expect("a code"));
    Certified { scheme, number, from: time(5), until: time(6) }
}

/// An offer on a marketplace, which takes no grams.
fn listed(number: &str) -> Listed {
    let [marketplace, listing] = ["cho.example", number].map(|code| code.parse().expect("a code"));
    Listed { marketplace, listing, until: None }
}

fn recalled(chain: impl Fn(&World) -> ChainId) -> World {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    let recall = Recalled::new(RecallReason::PesticideResidue);
    world.append(world.office.into(), 2, chain(&world), recall).expect("recalled");
    close(&mut world, CLOSED + 20);
    world
}

fn revocation(n: u8, reason: RevocationReason, suspect_since: Option<u64>) -> KeyRevoked {
    KeyRevoked { key: KeyId::of(&key(n).into()), reason, suspect_since: suspect_since.map(time), details: None }
}

pub fn all() -> Vec<File> {
    let file =
        |name, purpose, cases| File { name, kind: "bundle", purpose, format: bundles::format(), shared: None, cases };
    vec![
        file(
            "logged_bundles_valid",
            "Histories of a deployment with a log, proven complete and fresh.",
            valid::cases(),
        ),
        file(
            "logged_bundles_stale",
            "Proofs older than policy permits, or than what the reader knows.",
            stale::cases(),
        ),
        file("logged_bundles_incomplete", "Histories from which something was kept back.", incomplete::cases()),
        file("logged_bundles_invalid", "Proofs that prove something else, or nothing.", invalid::cases()),
        file(
            "logged_bundles_goods",
            "Sums, intervals, recalls, custody and scopes, as they were at each record's position.",
            goods::cases(),
        ),
        file("logged_bundles_forked", "Two histories: of a chain, or of the log.", forked::cases()),
        file("logged_bundles_other", "Recalls, keys by their positions, newer formats.", other::cases()),
    ]
}

/// A second season, of which the bundle carries the plot's part with so many records left out after the first.
fn folded(name: &str, skipped: u64, expect: impl Fn(&World) -> Value) -> Case {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    let (farm, coop, office) = (world.farm.into(), world.coop.into(), world.office.into());
    let next = |ceiling| SeasonOpened { season: "2027".parse().expect("a code"), ..season(ceiling) };
    world.append(office, 2, world.area, next(Some(5_000_000))).expect("opened");
    world.append(coop, 3, world.plot, next(None)).expect("opened");
    let allotments = List::of_one(Allotment { plot: world.plot, grams: grams(5) });
    let allotted = PlotsAllotted { season: "2027".parse().expect("a code"), allotments };
    world.append(coop, 3, world.area, allotted).expect("allotted");
    let batch = world.begin(farm, 4, Opened::new(world.farm, "vải thiều".parse().expect("text"))).expect("opened");
    let drawn = HarvestDrawn::new("2027".parse().expect("a code"), batch, grams(5));
    world.append(farm, 4, world.plot, drawn).expect("drawn");
    world.append(farm, 4, batch, Harvested::new(Inputs::one(world.plot, grams(5)))).expect("harvested");
    close(&mut world, CLOSED + 90);
    let newest = world.ledger.checkpoints().len() - 1;
    let bundle = world.ledger.bundle_skipping(batch, newest, &[(world.plot, skipped)]).expect("a bundle");
    case(name, with(input(&bundle), "now", CLOSED + 120), expect(&world))
}

fn revoked_farm(suspect_since: Option<u64>) -> World {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    let revoked = revocation(4, RevocationReason::Stolen, suspect_since);
    world.append(world.coop.into(), 3, world.farm, revoked).expect("revoked");
    close(&mut world, CLOSED + 20);
    world
}

fn recall_list(world: &World, issued: u64, chain: ChainId, sequence: u64) -> String {
    let recalls = vec![ListedRecall { chain, reason: RecallReason::Microbial, sequence }];
    let list = RecallList { version: 1, issued: time(issued), recalls, authority: world.office };
    hex(&list.sign(key(12), trust().deployment()).expect("signed"))
}

/// A list from before the proof, so that what it names has come to the log since.
fn early_recall_list(world: &World) -> String {
    recall_list(world, CLOSED, world.picked, 9)
}
