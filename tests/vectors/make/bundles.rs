//! Whole bundles and the verdict on each.

use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::gs1::Commitment;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::next_record;
use nguon_core::opening::Opening;
use nguon_core::prelude::*;
use nguon_core::verify::Bundle;
use serde_json::{Value, json};

use super::world::{NOW, World, drawn_to, grams, key, name_of, root_payload, salt, trust};
use super::{File, hex};

mod broken;
mod forge;
mod sums;

type Case = (String, Value, Value);

pub fn format() -> Value {
    json!({
        "input": {
            "trust_root": "pinned by the reader, hexadecimal", "bundle": "hexadecimal", "now": "the reader's clock, Unix seconds",
            "link": "what was scanned, if anything was", "batch": "chain id asked for, if one was",
            "online": "whether the reader is", "recalls": "a signed list of recalls that the reader has",
            "seen": "{size, root, consistency} of a checkpoint that the reader or a witness has seen",
        },
        "expect": {
            "outcome": "the verdict", "code": "of the finding that decided", "chain": "where, if it is at a record",
            "sequence": "where in that chain", "remaining": "of a sum, in its unit", "as_of": "up to when, Unix seconds",
            "path": "how a recall reaches the batch", "notes": "codes of what breaks no rule, each once, without `withheld`",
            "checkpoint": "{size, root} that the bundle is proven against",
        },
    })
}

fn case(name: &str, bundle: &Bundle, expect: Value) -> Case {
    raw_case(name, &bundle.to_bytes().expect("encoded"), expect)
}

fn raw_case(name: &str, bundle: &[u8], expect: Value) -> Case {
    let root = trust().signed().to_bytes().expect("encoded");
    (name.to_owned(), json!({"trust_root": hex(&root), "bundle": hex(bundle), "now": NOW}), expect)
}

fn with(mut case: Case, field: &str, value: impl Into<Value>) -> Case {
    case.1[field] = value.into();
    case
}

fn at(outcome: &str, code: &str, chain: ChainId, sequence: u64) -> Value {
    json!({"outcome": outcome, "code": code, "chain": chain.to_string(), "sequence": sequence})
}

/// The bundle of the smallest batch: a household's own, picked from one plot.
fn picked(world: &World) -> Bundle {
    world.ledger.bundle(world.picked).expect("a bundle")
}

/// Where in a bundle a chain stands.
fn slot(world: &World, bundle: &Bundle, chain: ChainId) -> usize {
    let first = world.ledger.records(&chain)[0].as_bytes();
    bundle.chains.iter().position(|records| records[0].0 == first).expect("the chain is in the bundle")
}

fn bytes_of(records: &[SignedRecord]) -> Vec<ByteString> {
    records.iter().map(|record| ByteString(record.as_bytes().to_vec())).collect()
}

pub fn all() -> Vec<File> {
    let file = |name, purpose, cases| File { name, kind: "bundle", purpose, format: format(), shared: None, cases };
    vec![
        file("bundles_unlogged", "Histories that hold: the best verdict there is without a log.", unlogged()),
        file("bundles_invalid", "Histories in which a rule is broken, and at which record.", invalid()),
        file("bundles_incomplete", "Histories in which something is missing.", incomplete()),
        file(
            "bundles_recalled",
            "Recalls on the batch or on anything it came from, and recalls that do not reach it.",
            recalled(),
        ),
        file("bundles_suspect", "Records by keys that were revoked, and by keys that nobody has.", suspect()),
        file(
            "bundles_over_allocated",
            "Grams, boxes and labels that no honest server would have taken: which record breaks which sum, and what remained.",
            sums::cases(),
        ),
        file("bundles_other", "Newer software needed, an expired trust root, fruit that nobody gave.", other()),
    ]
}

fn unlogged() -> Vec<Case> {
    let mut world = World::new();
    let sound = json!({"outcome": "unlogged"});
    let lot = world.ledger.bundle(world.lot).expect("a bundle");
    let small = world.ledger.bundle(world.small_picked).expect("a bundle");
    let link = |commitment: Option<Commitment>| {
        let plain = "https://nguon.example/01/09521234543213/10/VT-2026-001".to_owned();
        commitment.map_or(plain.clone(), |commitment| format!("{plain}#{commitment}"))
    };
    let mut cases = vec![
        case("a household's batch", &picked(&world), sound.clone()),
        case("a batch signed on behalf of a household without a key", &small, sound.clone()),
        with(case("asked for by its id", &picked(&world), sound.clone()), "batch", world.picked.to_string()),
        with(case("a lot with its label", &lot, sound.clone()), "link", link(Some(world.lot.commitment()))),
        with(case("a lot, its link without commitment", &lot, sound.clone()), "link", link(None)),
    ];
    let record = world.ledger.records(&world.farm)[0].statement_id(trust().deployment());
    world
        .ledger
        .open(Opening {
            record,
            path: "enrolled/name".into(),
            salt: salt(1),
            value: Some(ByteString(name_of(1).to_bytes())),
        })
        .expect("opened");
    cases.push(case("with a name opened", &picked(&world), sound));
    cases
}

fn invalid() -> Vec<Case> {
    let world = World::new();
    let whole = picked(&world);
    let changed = |change: &dyn Fn(&mut Bundle)| {
        let mut bundle = whole.clone();
        change(&mut bundle);
        bundle
    };
    let plot = slot(&world, &whole, world.plot);
    let (head, last) = (world.picked, whole.chains[0].len() - 1);
    let flip = |record: usize, from_end: usize| {
        changed(&|bundle| {
            let bytes = &mut bundle.chains[0][record].0;
            let at = bytes.len() - from_end;
            bytes[at] ^= 1;
        })
    };
    let end = whole.chains[0][last].0.len();
    let invalid = |code: &str, chain, sequence| at("invalid", code, chain, sequence);
    let plain = |code: &str| json!({"outcome": "invalid", "code": code});
    let lab = bytes_of(world.ledger.records(&world.lab));
    let record = world.ledger.records(&world.farm)[0].statement_id(trust().deployment());
    let opening =
        Opening { record, path: "enrolled/name".into(), salt: salt(2), value: Some(ByteString(name_of(1).to_bytes())) };
    let stray = Opening { record: StatementId::from_bytes([1; 32]), ..opening.clone() };
    let bytes = whole.to_bytes().expect("encoded");
    let mut cases = vec![
        case("a bit of the last signature flipped", &flip(last, 1), invalid("bad_signature", head, 2)),
        case("a bit of an earlier signature flipped", &flip(1, 64), invalid("bad_signature", head, 1)),
        case("a byte of the envelope changed", &flip(last, end - 1), invalid("bad_envelope", head, 2)),
        case(
            "a record taken out",
            &changed(&|bundle| drop(bundle.chains[0].remove(1))),
            invalid("wrong_sequence", head, 1),
        ),
        case(
            "two records exchanged",
            &changed(&|bundle| bundle.chains[0].swap(1, 2)),
            invalid("wrong_sequence", head, 1),
        ),
        case(
            "a record twice",
            &changed(&|bundle| bundle.chains[0].insert(2, whole.chains[0][1].clone())),
            invalid("wrong_sequence", head, 2),
        ),
        case(
            "a record of another chain",
            &changed(&|bundle| bundle.chains[0][2] = whole.chains[plot][1].clone()),
            invalid("wrong_chain", head, 2),
        ),
        case(
            "the first record taken out",
            &changed(&|bundle| drop(bundle.chains[0].remove(0))),
            invalid("wrong_sequence", head, 0),
        ),
        case("a chain that nothing leads to", &changed(&|bundle| add(bundle, lab.clone())), plain("unreachable")),
        case("a chain without records", &changed(&|bundle| bundle.chains.push(vec![])), plain("empty_chain")),
        case("a chain twice", &changed(&|bundle| bundle.chains.push(whole.chains[plot].clone())), plain("chain_twice")),
        case("chains out of order", &changed(&|bundle| bundle.chains[1..].reverse()), plain("chain_order")),
        case(
            "an opening with another salt",
            &changed(&|bundle| bundle.openings.push(opening.clone())),
            invalid("bad_opening", world.farm, 0),
        ),
        case(
            "an opening of nothing here",
            &changed(&|bundle| bundle.openings.push(stray.clone())),
            plain("stray_opening"),
        ),
        case("no trust root", &changed(&|bundle| bundle.roots.clear()), plain("other_root")),
        raw_case("its last byte missing", &bytes[..bytes.len() - 1], plain("bad_bundle")),
        raw_case("nothing", &[], plain("bad_bundle")),
        with(case("another batch than was asked for", &whole, plain("wrong_label")), "batch", world.lot.to_string()),
        case(
            "the bundle of a plot",
            &world.ledger.bundle(world.plot).expect("a bundle"),
            invalid("wrong_reference", world.plot, 0),
        ),
    ];
    let lot = world.ledger.bundle(world.lot).expect("a bundle");
    let wrong = format!("https://nguon.example/01/09521234543213/10/VT-2026-001#{}", world.picked.commitment());
    cases.push(with(case("a label that is bound to another batch", &lot, plain("wrong_label")), "link", wrong));
    cases.push(with(
        case("another lot's label", &lot, plain("wrong_label")),
        "link",
        "https://nguon.example/01/09521234543213/10/VT-2",
    ));
    cases.extend(broken::cases(&world));
    cases.push(outside_admission(
        "signed for a household that has a key",
        &world,
        world.coop,
        3,
        Some(world.farm),
        "on_behalf",
    ));
    cases.push(outside_admission(
        "by a carrier, on a batch that is not its own",
        &world,
        world.carrier,
        6,
        None,
        "not_permitted",
    ));
    cases
}

/// The picked batch with one more record, soundly signed, that no server would have admitted.
fn outside_admission(name: &str, world: &World, by: ChainId, n: u8, on_behalf_of: Option<ChainId>, code: &str) -> Case {
    let expect = at(if code == "unknown_key" { "untrusted_key" } else { "invalid" }, code, world.picked, 3);
    let [marketplace, listing] = ["cho.example", "1"].map(|code| code.parse().expect("a code"));
    let listed = Listed { marketplace, listing, until: None };
    case(name, &appended(world, by, n, on_behalf_of, listed.into()), expect)
}

fn appended(world: &World, by: ChainId, n: u8, on_behalf_of: Option<ChainId>, event: Event) -> Bundle {
    let chain = world.ledger.chain(&world.picked).expect("the batch");
    let pen = Pen { on_behalf_of, ..Pen::new(by, key(n), Time::new(NOW).expect("a time")) };
    let signed = SignedRecord::sign(&next_record(&pen, event, &chain), key(n), trust().deployment()).expect("signed");
    let mut bundle = picked(world);
    bundle.chains[0].push(ByteString(signed.as_bytes().to_vec()));
    if !bundle.chains.iter().any(|records| records[0].0 == world.ledger.records(&by)[0].as_bytes()) {
        add(&mut bundle, bytes_of(world.ledger.records(&by)));
    }
    bundle
}

/// Adds a chain where it belongs.
fn add(bundle: &mut Bundle, chain: Vec<ByteString>) {
    let id = |records: &Vec<ByteString>| {
        SignedRecord::from_bytes(records[0].0.clone()).expect("a record").statement_id(trust().deployment())
    };
    bundle.chains.push(chain);
    bundle.chains[1..].sort_by_key(id);
}

fn incomplete() -> Vec<Case> {
    let mut world = World::new();
    let whole = picked(&world);
    let mut cases = Vec::new();
    for (name, chain) in [
        ("the growing area's chain missing", world.area),
        ("the registrar's chain missing", world.coop),
        ("a chain missing that alone led to another", world.plot),
    ] {
        let mut bundle = whole.clone();
        bundle.chains.remove(slot(&world, &whole, chain));
        cases.push(case(name, &bundle, json!({"outcome": "incomplete", "code": "missing_chain"})));
    }
    let empty = Bundle::new(whole.roots.clone(), vec![], vec![]);
    cases.push(case("no chain at all", &empty, json!({"outcome": "incomplete", "code": "no_inputs"})));
    let opened = Opened::new(world.farm, "vải thiều".parse().expect("text"));
    let fresh = world.begin(world.farm.into(), 4, opened).expect("opened");
    let bundle = world.ledger.bundle(fresh).expect("a bundle");
    cases.push(case("a batch that holds nothing yet", &bundle, json!({"outcome": "incomplete", "code": "no_inputs"})));
    cases
}

fn recalled() -> Vec<Case> {
    let base = World::new();
    let recall = || Recalled::new(RecallReason::PesticideResidue);
    let on = |chain: ChainId, event: Recalled| {
        let mut world = base.clone();
        world.append(world.office.into(), 2, chain, event).expect("recalled");
        world
    };
    let head = |chain: &ChainId| base.ledger.chain(chain).expect("a chain").sequence + 1;
    let recalled = |chain: ChainId| at("recalled", "recalled", chain, head(&chain));
    let of = |world: &World, batch| world.ledger.bundle(batch).expect("a bundle");
    let these = |batch| Recalled { harvests: Some(List::of_one(batch)), ..recall() };
    let part = |batch| Recalled { consignment: Some(batch), ..recall() };
    let (batch, plot, area, lot) = (base.picked, base.plot, base.area, base.lot);
    let sound = json!({"outcome": "unlogged"});
    vec![
        case("the batch itself", &of(&on(batch, recall()), batch), recalled(batch)),
        case("its plot", &of(&on(plot, recall()), batch), recalled(plot)),
        case("its growing area", &of(&on(area, recall()), batch), recalled(area)),
        case("its plot, for this harvest", &of(&on(plot, these(batch)), batch), recalled(plot)),
        case("its plot, for another harvest", &of(&on(plot, these(base.small_picked)), batch), sound.clone()),
        case("the lot that came from it, not itself", &of(&on(lot, recall()), batch), sound.clone()),
        case("one consignment of the lot, seen from the lot", &of(&on(lot, part(base.consignment)), lot), sound),
        case(
            "one consignment of the lot, seen from that consignment",
            &of(&on(lot, part(base.consignment)), base.consignment),
            recalled(lot),
        ),
    ]
}

fn suspect() -> Vec<Case> {
    let mut world = World::new();
    let mut cases = vec![{
        let (by, n) = (world.farm, 99);
        outside_admission("a key that its signer does not have", &world, by, n, None, "unknown_key")
    }];
    let revoked = |n: u8| KeyRevoked {
        key: KeyId::of(&key(n).into()),
        reason: RevocationReason::Stolen,
        suspect_since: None,
        details: None,
    };
    world.append(world.coop.into(), 3, world.farm, revoked(4)).expect("revoked");
    let expect = at("suspect", "revoked_key", world.picked, 0);
    cases.push(case("the household's key was stolen", &picked(&world), expect));
    let mut world = World::new();
    world.append(world.office.into(), 2, world.coop, revoked(3)).expect("revoked");
    cases.push(case(
        "the registrar's key was stolen",
        &picked(&world),
        json!({"outcome": "suspect", "code": "revoked_key"}),
    ));
    cases
}

fn other() -> Vec<Case> {
    let mut world = World::new();
    let whole = picked(&world);
    let newer = json!({"outcome": "needs_newer_app", "code": "newer_format"});
    let mut content_type = whole.clone();
    content_type.chains[0][2].0[40] = b'2';
    let mut proven = whole.clone();
    proven.proof = Some(ByteString(vec![1]));
    let mut rooted = whole.clone();
    rooted.roots.push(whole.roots[0].clone());
    let expires = root_payload().expires.get();
    let stale = json!({"outcome": "stale", "code": "root_expired"});
    let mut cases = vec![
        case("an envelope of version 2", &content_type, at("needs_newer_app", "newer_format", world.picked, 2)),
        case("a proof from a log", &proven, newer.clone()),
        case("the first trust root again as the second", &rooted, json!({"outcome": "invalid", "code": "other_root"})),
        with(
            case("the second before the trust root expires", &whole, json!({"outcome": "unlogged"})),
            "now",
            expires - 1,
        ),
        with(case("the second it expires", &whole, stale), "now", expires),
    ];
    let opened = Opened::new(world.farm, "vải thiều".parse().expect("text"));
    let fresh = world.begin(world.farm.into(), 4, opened).expect("opened");
    let taken = Harvested::new(Inputs::one(world.plot, grams(5)));
    let chain = world.ledger.chain(&fresh).expect("the batch");
    let pen = Pen::new(world.farm, key(4), Time::new(NOW).expect("a time"));
    let signed =
        SignedRecord::sign(&next_record(&pen, taken.into(), &chain), key(4), trust().deployment()).expect("signed");
    let mut bundle = whole;
    bundle.chains[0] = bytes_of(world.ledger.records(&fresh));
    bundle.chains[0].push(ByteString(signed.as_bytes().to_vec()));
    cases.push(case("fruit that no draw lets go", &bundle, at("over_allocated", "undrawn_input", fresh, 1)));
    cases
}
