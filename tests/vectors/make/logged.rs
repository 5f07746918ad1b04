//! The small world on a log, with three witnesses, of whom two must cosign, and a map auditor.

use std::sync::LazyLock;

use nguon_core::ledger::{Cosigner, LedgerCheckpoint};
use nguon_core::prelude::*;
use nguon_core::trust::{LogPolicy, LogVerifier};

use super::naive::{Hash, leaf_hash};
use super::world::{self, NOW, World, key, time};

pub const ORIGIN: &str = "log.example/nguon";
/// The log's key; its cosigners have the next ones.
pub const LOG: u8 = 200;
pub const W1: (&str, u8) = ("w1.example", 201);
pub const W2: (&str, u8) = ("w2.example", 202);
pub const W3: (&str, u8) = ("w3.example", 203);
pub const AUDITOR: (&str, u8) = ("auditor.example", 204);
/// Enough of them.
pub const ENOUGH: [(&str, u8); 3] = [W1, W3, AUDITOR];

/// When the world's first checkpoint is closed, and cosigned.
pub const CLOSED: u64 = NOW + 60;
pub const FRESH_ONLINE: u64 = 3_600;
pub const FRESH_OFFLINE: u64 = 86_400;

fn verifier((name, number): (&str, u8)) -> LogVerifier {
    LogVerifier { name: name.parse().expect("a name"), key: key(number).into(), url: None }
}

pub fn root_payload() -> RootPayload {
    let log = LogPolicy {
        origin: ORIGIN.parse().expect("a name"),
        key: key(LOG).into(),
        witnesses: List::new([W1, W2, W3].map(verifier).to_vec()).expect("three"),
        witness_threshold: 2,
        auditors: List::of_one(verifier(AUDITOR)),
        fresh_online: FRESH_ONLINE,
        fresh_offline: FRESH_OFFLINE,
    };
    RootPayload { log: Some(log), expires: time(NOW + 30 * 86_400), ..world::root_payload() }
}

pub fn trust() -> TrustRoot {
    static TRUST: LazyLock<TrustRoot> = LazyLock::new(|| {
        let signed = SignedRoot::sign(&root_payload(), &[key(1)]).expect("signed");
        TrustRoot::verify_first(signed).expect("a trust root")
    });
    TRUST.clone()
}

/// The world with all its records logged, and one checkpoint.
pub fn world() -> World {
    static MADE: LazyLock<World> = LazyLock::new(|| {
        let mut world = World::on(Ledger::logged(trust(), time(NOW)).expect("a log"));
        close(&mut world, CLOSED);
        world
    });
    MADE.clone()
}

/// Closes a checkpoint that enough others cosign at its time.
pub fn close(world: &mut World, at: u64) {
    close_with(world, at, &ENOUGH);
}

pub fn close_with(world: &mut World, at: u64, by: &[(&str, u8)]) {
    let cosigner = |(name, number): &(&'static str, u8)| Cosigner { name, key: key(*number), at: time(at) };
    let by: Vec<(&'static str, u8)> = [W1, W2, W3, AUDITOR].into_iter().filter(|known| by.contains(known)).collect();
    let cosigners: Vec<Cosigner<'_>> = by.iter().map(cosigner).collect();
    world.ledger.close(time(at), key(LOG), &cosigners).expect("closed");
}

pub fn newest(world: &World) -> LedgerCheckpoint {
    world.ledger.checkpoints().last().expect("a checkpoint").clone()
}

/// The hashes of the log's leaves, worked out from their data.
pub fn leaves(world: &World) -> Vec<Hash> {
    world.ledger.leaves().map(|(leaf, _)| leaf_hash(&leaf.to_bytes())).collect()
}

/// The version after the ledger's newest trust root, changed and signed by the one root key.
pub fn next_root(world: &World, at: u64, change: impl FnOnce(&mut RootPayload)) -> SignedRoot {
    let mut payload = RootPayload::after(world.ledger.roots().newest(), time(at), time(NOW + 60 * 86_400));
    change(&mut payload);
    SignedRoot::sign(&payload, &[key(1)]).expect("signed")
}
