//! Bundles in stages: what the first shows, and the verdict once all have come.

use nguon_core::prelude::*;
use nguon_core::verify::{Stage, stages};
use serde_json::{Value, json};

use super::logged::{CLOSED, close, trust, world};
use super::world::{World, time};
use super::{File, hex};

type Case = (String, Value, Value);

/// When they are read.
const READ: u64 = CLOSED + 60;

fn items(world: &World) -> Vec<Vec<u8>> {
    let bundle = world.ledger.bundle(world.lot).expect("a bundle");
    stages(bundle, trust().deployment()).expect("a bundle with a proof")
}

fn input(items: &[Vec<u8>]) -> Value {
    let root = trust().signed().to_bytes().expect("encoded");
    json!({"trust_root": hex(&root), "sequence": hex(&items.concat()), "now": READ})
}

fn first(chains: usize, recalled: usize) -> Value {
    json!({"chains": chains, "recalled": recalled, "forked": 0})
}

/// The lot's bundle has the chains of the co-op, two households, the packer, the carrier, two plots, their area, the packing
/// house and two picked batches besides its own.
const OTHERS: usize = 11;

pub fn cases() -> File {
    let whole = items(&world());
    assert_eq!(whole.len(), OTHERS + 1);
    let bundle = hex(&world().ledger.bundle(world().lot).expect("a bundle").to_bytes().expect("encoded"));
    let recalled = {
        let mut world = world();
        world.ledger.set_time(time(CLOSED + 10));
        let event = Recalled::new(RecallReason::PesticideResidue);
        world.append(world.office.into(), 2, world.plot, event).expect("recalled");
        close(&mut world, CLOSED + 20);
        world
    };
    let changed = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut items = whole.clone();
        change(&mut items);
        input(&items)
    };
    let restaged = |items: &[Vec<u8>], change: &dyn Fn(&mut Stage)| {
        let mut stage = Stage::from_bytes(&items[0]).expect("a stage");
        change(&mut stage);
        let first = stage.to_bytes().expect("encoded");
        input(&[&[first], &items[1..]].concat())
    };
    let of_recalled = items(&recalled);
    let nothing = |outcome: &str, code: &str| json!({"first": null, "outcome": outcome, "code": code});
    let held = |outcome: &str, code: &str| json!({"first": first(OTHERS, 0), "outcome": outcome, "code": code});
    let cases: Vec<(&str, Value, Value)> = vec![
        (
            "all stages in their order",
            input(&whole),
            json!({"first": first(OTHERS, 0), "outcome": "valid", "as_of": CLOSED, "bundle": bundle}),
        ),
        (
            "the chains in another order",
            changed(&|items| items[1..].reverse()),
            json!({"first": first(OTHERS, 0), "outcome": "valid", "as_of": CLOSED}),
        ),
        (
            "a recall stands on a plot",
            input(&of_recalled),
            json!({
                "first": first(OTHERS, 1), "outcome": "recalled", "code": "recalled",
                "chain": recalled.plot.to_string(), "sequence": 3,
            }),
        ),
        (
            "the same, its status byte cleared",
            // The chains on which a recall stands come first; a claim's last byte is the status.
            restaged(&of_recalled, &|stage| stage.claims.0[72] = 0),
            nothing("incomplete", "not_in_map"),
        ),
        ("the first stage alone", input(&whole[..1]), held("incomplete", "not_in_map")),
        ("a chain kept back", changed(&|items| drop(items.pop())), held("incomplete", "not_in_map")),
        ("a chain twice", changed(&|items| items.push(items[1].clone())), json!({"outcome": "invalid"})),
        (
            "a claim left out, and its chain",
            input(&{
                let mut items = whole.clone();
                let mut stage = Stage::from_bytes(&items[0]).expect("a stage");
                stage.claims.0.truncate((OTHERS - 1) * 73);
                items[0] = stage.to_bytes().expect("encoded");
                items.pop();
                items
            }),
            nothing("incomplete", "not_in_map"),
        ),
        (
            "claims of another length",
            restaged(&whole, &|stage| stage.claims.0.truncate(72)),
            nothing("invalid", "bad_proof"),
        ),
        (
            "a status byte that means nothing",
            restaged(&whole, &|stage| stage.claims.0[72] = 4),
            nothing("invalid", "bad_proof"),
        ),
        (
            "a version that this software does not know",
            restaged(&whole, &|stage| stage.version = 2),
            nothing("needs_newer_app", "newer_format"),
        ),
        ("no stage", input(&[]), nothing("invalid", "bad_bundle")),
        (
            "a part that is none",
            changed(&|items| items[1] = vec![0xa0]),
            json!({"outcome": "invalid", "code": "bad_bundle"}),
        ),
    ];
    File {
        name: "staged_bundles",
        kind: "staged_bundle",
        purpose: "Bundles in stages (SPEC.md section 9): what the first proves, and the verdict once all have come.",
        shared: None,
        format: json!({
            "input": {
                "trust_root": "pinned by the reader, hexadecimal", "sequence": "CBOR sequence of the stages, hexadecimal",
                "now": "the reader's clock, Unix seconds",
            },
            "expect": {
                "first": "{chains, recalled, forked} that the first stage proves, or null", "outcome": "the verdict",
                "code": "of the finding that decided", "chain": "where", "sequence": "where in that chain",
                "as_of": "up to when, Unix seconds", "bundle": "the bundle that the stages are, hexadecimal",
            },
        }),
        cases: cases.into_iter().map(|(name, input, expect)| (name.to_owned(), input, expect)).collect::<Vec<Case>>(),
    }
}
