//! The small world on a log: its records logged one by one, checkpoints closed in between, and more going on.

use std::sync::LazyLock;

use nguon_core::envelope::SignedRecord;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Cosigner, LedgerError, next_record};
use nguon_core::log::Leaf;
use nguon_core::prelude::*;
use nguon_core::record::{Anchor, Record};
use nguon_core::replay::{Replay, ReplayFault};
use nguon_core::trust::{LogPolicy, LogVerifier};
use proptest::prelude::*;

use crate::world::{NOW, World, any_scope, drawn_to, key, root_payload, time};

/// Key of the log; witnesses have the three after it, the map auditor the fourth.
pub const LOG_KEY: u8 = 200;

fn cosigner(name: &str, n: u8) -> LogVerifier {
    LogVerifier { name: name.parse().unwrap(), key: key(n).into(), url: None }
}

pub fn policy() -> LogPolicy {
    let witnesses = [("w1.example", 201), ("w2.example", 202), ("w3.example", 203)];
    LogPolicy {
        origin: "log.example/nguon".parse().unwrap(),
        key: key(LOG_KEY).into(),
        witnesses: List::new(witnesses.map(|(name, n)| cosigner(name, n)).to_vec()).unwrap(),
        witness_threshold: 2,
        auditors: List::of_one(cosigner("auditor.example", 204)),
        fresh_online: 3_600,
        fresh_offline: 86_400,
    }
}

pub fn trust() -> TrustRoot {
    static TRUST: LazyLock<TrustRoot> = LazyLock::new(|| {
        let payload = RootPayload { log: Some(policy()), ..root_payload() };
        TrustRoot::verify_first(SignedRoot::sign(&payload, &[key(1)]).unwrap()).unwrap()
    });
    TRUST.clone()
}

/// Closes a checkpoint that two witnesses and the map auditor cosign at its time.
pub fn close(ledger: &mut Ledger, at: u64) {
    let cosigners = [("w1.example", 201), ("w3.example", 203), ("auditor.example", 204)];
    let cosigners = cosigners.map(|(name, n)| Cosigner { name, key: key(n), at: time(at) });
    ledger.close(time(at), key(LOG_KEY), &cosigners).unwrap();
}

/// The small world's ids over an empty ledger with a log, and its records in the order they were signed.
pub fn unlogged() -> (World, Vec<SignedRecord>) {
    static WORLD: LazyLock<World> = LazyLock::new(|| World::on(Ledger::logged(trust(), time(NOW)).unwrap()));
    let mut world = WORLD.clone();
    let records = world.ledger.leaves().filter(|(leaf, _)| matches!(leaf, Leaf::Record { .. }));
    let records = records.map(|(_, bytes)| SignedRecord::from_bytes(bytes.unwrap().to_vec()).unwrap()).collect();
    world.ledger = Ledger::logged(trust(), time(NOW)).unwrap();
    (world, records)
}

/// All of the small world logged, and closed once.
pub fn logged() -> World {
    let (mut world, records) = unlogged();
    for record in records {
        world.ledger.admit(record).unwrap();
    }
    close(&mut world.ledger, NOW + 60);
    world
}

/// Something that happens after the small world's beginning.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    Close,
    Wait(u8),
    Draw,
    Enrol,
    Certify,
    Recall,
    Fork,
    NewRoot,
}

pub fn acts() -> impl Strategy<Value = Vec<(Act, bool)>> {
    let act = prop_oneof![
        3 => Just(Act::Close),
        2 => any::<u8>().prop_map(Act::Wait),
        4 => Just(Act::Draw),
        2 => Just(Act::Enrol),
        2 => Just(Act::Certify),
        1 => Just(Act::Recall),
        1 => Just(Act::Fork),
        1 => Just(Act::NewRoot),
    ];
    prop::collection::vec((act, any::<bool>()), 0..16)
}

/// After which of its first records the log is closed.
pub fn gaps() -> impl Strategy<Value = Vec<bool>> {
    prop::collection::vec(prop::bool::weighted(0.2), 40)
}

/// A log that keeps every rule, closed at its end.
pub fn honest(gaps: &[bool], acts: &[(Act, bool)]) -> World {
    let (mut world, records) = unlogged();
    let mut now = NOW;
    for (at, record) in records.into_iter().enumerate() {
        world.ledger.admit(record).unwrap();
        if gaps.get(at) == Some(&true) {
            now += 7;
            close(&mut world.ledger, now);
        }
    }
    for (act, anchored) in acts {
        let anchor = world.ledger.checkpoints().last().filter(|_| *anchored).map(|seen| seen.anchor());
        match act {
            Act::Close => close(&mut world.ledger, now),
            Act::Wait(seconds) => {
                now += u64::from(*seconds);
                world.ledger.set_time(time(now));
            }
            act => match happen(&mut world, *act, anchor, now) {
                // A chain that is forked takes no more of its custodian.
                Ok(()) | Err(LedgerError::Rejected(_)) => {}
                other => other.unwrap(),
            },
        }
    }
    close(&mut world.ledger, now);
    world
}

fn happen(world: &mut World, act: Act, anchor: Option<Anchor>, now: u64) -> Result<(), LedgerError> {
    let pen = |by: nguon_core::record::Signer, n| Pen { anchor, ..Pen::new(by, key(n), time(now)) };
    let (lot, nonce) = (world.lot, world.nonce());
    let name = world.enrolment(Role::Farm, None, any_scope());
    let certificate = Certified {
        scheme: "VietGAP".parse().unwrap(),
        number: "VG-1".parse().unwrap(),
        from: time(5),
        until: time(6),
    };
    let to = world.consignment;
    match act {
        Act::Draw => world.ledger.append(&pen(world.packer.into(), 5), lot, drawn_to(to, 5)).map(drop),
        Act::Enrol => world.ledger.begin(&pen(world.coop.into(), 3), name, nonce).map(drop),
        Act::Certify => world.ledger.append(&pen(world.lab.into(), 8), lot, certificate).map(drop),
        Act::Recall => {
            world.ledger.append(&pen(world.office.into(), 2), lot, Recalled::new(RecallReason::Other)).map(drop)
        }
        Act::Fork => {
            let [first, second] = rivals(world, anchor, now);
            world.ledger.admit(sign(&first, 5))?;
            match world.ledger.admit(sign(&second, 5)) {
                Err(LedgerError::Conflict(_)) => Ok(()),
                other => panic!("{other:?}"),
            }
        }
        Act::NewRoot => world.ledger.add_root(next_root(&world.ledger, now)),
        Act::Close | Act::Wait(_) => Ok(()),
    }
}

/// Two records that the packer may sign on the lot, each only without the other.
pub fn rivals(world: &World, anchor: Option<Anchor>, now: u64) -> [Record; 2] {
    let lot = world.ledger.chain(&world.lot).unwrap();
    let pen = Pen { anchor, ..Pen::new(world.packer, key(5), time(now)) };
    [5, 6].map(|grams| next_record(&pen, drawn_to(world.consignment, grams).into(), &lot))
}

pub fn sign(record: &Record, n: u8) -> SignedRecord {
    SignedRecord::sign(record, key(n), trust().deployment()).unwrap()
}

pub fn next_root(ledger: &Ledger, now: u64) -> SignedRoot {
    let payload = RootPayload::after(ledger.roots().newest(), time(now), time(now + 86_400));
    SignedRoot::sign(&payload, &[key(1)]).unwrap()
}

/// A log as an auditor has it: leaves with what they name.
pub type Leaves = Vec<(Leaf, Option<Vec<u8>>)>;

pub fn leaves(ledger: &Ledger) -> Leaves {
    ledger.leaves().map(|(leaf, content)| (leaf, content.map(<[u8]>::to_vec))).collect()
}

/// Replays a log and holds it against its checkpoints, each as soon as it is reached.
pub fn audit(leaves: &Leaves, checkpoints: &[Anchor]) -> Result<Replay, ReplayFault> {
    let mut replay = Replay::new(trust());
    for (leaf, content) in leaves {
        replay.apply(leaf, content.as_deref())?;
        for checkpoint in checkpoints.iter().filter(|checkpoint| checkpoint.size == replay.size()) {
            replay.check_checkpoint(checkpoint.size, &checkpoint.root.into())?;
        }
    }
    for checkpoint in checkpoints {
        replay.check_checkpoint(checkpoint.size, &checkpoint.root.into())?;
    }
    Ok(replay)
}

pub fn checkpoints(ledger: &Ledger) -> Vec<Anchor> {
    ledger.checkpoints().iter().map(|checkpoint| checkpoint.anchor()).collect()
}
