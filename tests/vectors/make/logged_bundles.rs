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
    let file = |name, purpose, cases| File { name, kind: "bundle", purpose, format: bundles::format(), cases };
    vec![
        file("logged_bundles_valid", "Histories of a deployment with a log, proven complete and fresh.", sound()),
        file("logged_bundles_stale", "Proofs older than policy permits, or than what the reader knows.", stale()),
        file("logged_bundles_incomplete", "Histories from which something was kept back.", incomplete()),
        file("logged_bundles_invalid", "Proofs that prove something else, or nothing.", invalid()),
        file("logged_bundles_forked", "Two histories: of a chain, or of the log.", forked()),
        file("logged_bundles_other", "Recalls, keys by their positions, newer formats.", other()),
    ]
}

fn sound() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let lot = base.ledger.bundle(base.lot).expect("a bundle");
    let holds = valid(&base, CLOSED);
    let link = format!("https://nguon.example/01/09521234543213/10/VT-2026-001#{}", base.lot.commitment());
    let grown = grown();
    let grown_leaves = leaves(&grown);
    let (old, new) = (leaves(&base).len(), grown_leaves.len());
    let proof = || consistency(old, &grown_leaves);
    let later = seen(&grown_leaves, new, Some(proof()));
    let mut cases = vec![
        case("a household's batch, read offline", input(&whole), holds.clone()),
        case("the same, online", with(input(&whole), "online", true), holds.clone()),
        case("a lot with its label", with(input(&lot), "link", link), holds.clone()),
        case(
            "the last second that is fresh online",
            with(with(input(&whole), "online", true), "now", CLOSED + FRESH_ONLINE),
            holds.clone(),
        ),
        case(
            "the last second that is fresh offline",
            with(input(&whole), "now", CLOSED + FRESH_OFFLINE),
            holds.clone(),
        ),
        case(
            "a witness has seen the same",
            with(with(input(&whole), "online", true), "seen", seen(&leaves(&base), old, None)),
            holds.clone(),
        ),
        case(
            "the reader has seen an earlier checkpoint, and the log grew from it",
            with(input(&picked(&grown)), "seen", seen(&grown_leaves, old, Some(proof()))),
            valid(&grown, CLOSED + 20),
        ),
        case(
            "a later checkpoint is known, and the reader is offline",
            with(input(&whole), "seen", later),
            holds.clone(),
        ),
    ];
    let early = early_recall_list(&base);
    cases.push(case("a list of recalls that does not name it", with(input(&whole), "recalls", early), holds));
    cases.push(cosigned_again());
    cases.push(replaced_key());
    cases.push(anchored());
    cases.push(folded("a place without its earlier season", 2, |world| valid(world, CLOSED + 90)));
    cases.extend(second_roots());
    cases
}

/// The same checkpoint, cosigned again an hour later.
fn cosigned_again() -> Case {
    let mut world = world();
    let again = CLOSED + 3_600;
    close(&mut world, again);
    let input = with(with(input(&picked(&world)), "online", true), "now", again + 60);
    case("the same checkpoint, cosigned again", input, valid(&world, again))
}

/// The household's key was replaced after it signed.
fn replaced_key() -> Case {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    let replaced = revocation(4, RevocationReason::Superseded, None);
    world.append(world.coop.into(), 3, world.farm, replaced).expect("revoked");
    close(&mut world, CLOSED + 20);
    case("a key that was replaced after it had signed", input(&picked(&world)), valid(&world, CLOSED + 20))
}

/// A record that names the checkpoint its signer had seen.
fn anchored() -> Case {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    let anchor = newest(&world).anchor();
    let pen = Pen::new(world.lab, key(8), time(CLOSED + 9)).anchored(anchor);
    world.ledger.append(&pen, world.picked, certificate()).expect("certified");
    close(&mut world, CLOSED + 20);
    case("a record with an anchor", input(&picked(&world)), valid(&world, CLOSED + 20))
}

/// A second season, of which the bundle carries the plot's part with so many records left out after the first.
fn folded(name: &str, skipped: u64, expect: impl Fn(&World) -> Value) -> Case {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    let (farm, coop, office) = (world.farm.into(), world.coop.into(), world.office.into());
    let next = |ceiling| SeasonOpened { season: "2027".parse().expect("a code"), ..season(ceiling) };
    world.append(office, 2, world.area, next(Some(5_000_000))).expect("opened");
    world.append(coop, 3, world.plot, next(None)).expect("opened");
    let batch = world.begin(farm, 4, Opened::new(world.farm, "vải thiều".parse().expect("text"))).expect("opened");
    let drawn = HarvestDrawn::new("2027".parse().expect("a code"), batch, grams(5));
    world.append(farm, 4, world.plot, drawn).expect("drawn");
    world.append(farm, 4, batch, Harvested::new(Inputs::one(world.plot, grams(5)))).expect("harvested");
    close(&mut world, CLOSED + 90);
    let newest = world.ledger.checkpoints().len() - 1;
    let bundle = world.ledger.bundle_skipping(batch, newest, &[(world.plot, skipped)]).expect("a bundle");
    case(name, with(input(&bundle), "now", CLOSED + 120), expect(&world))
}

/// A second version of the trust root.
fn second_roots() -> Vec<Case> {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    let next = next_root(&world, CLOSED, |root| {
        let office = root.authorities.iter().next().expect("the office").clone();
        let keys = List::new(vec![key(12).into(), key(13).into()]).expect("two");
        let retired = Some(List::of_one(key(2).into()));
        root.authorities = List::of_one(Authority { keys, retired, ..office });
    });
    world.ledger.add_root(next).expect("version 2");
    close(&mut world, CLOSED + 20);
    let both = picked(&world);
    let mut newer = world.clone();
    newer.append(newer.office.into(), 13, newer.picked, certificate()).expect("by a key of version 2");
    close(&mut newer, CLOSED + 40);
    vec![
        case("two versions of the trust root", input(&both), valid(&world, CLOSED + 20)),
        case("a record by a key of the second version", input(&picked(&newer)), valid(&newer, CLOSED + 40)),
    ]
}

fn stale() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let grown = grown();
    let grown_leaves = leaves(&grown);
    let proof = consistency(leaves(&base).len(), &grown_leaves);
    let newer = seen(&grown_leaves, grown_leaves.len(), Some(proof));
    let expires = trust().payload().expires.get();
    let mut fresh = base.clone();
    close(&mut fresh, expires);
    let revived = with(input(&picked(&fresh)), "now", expires);
    let old = json!({"outcome": "stale", "code": "old", "as_of": CLOSED});
    vec![
        case(
            "a second too old online",
            with(with(input(&whole), "online", true), "now", CLOSED + FRESH_ONLINE + 1),
            old.clone(),
        ),
        case("a second too old offline", with(input(&whole), "now", CLOSED + FRESH_OFFLINE + 1), old),
        case(
            "a witness has seen more",
            with(with(input(&whole), "online", true), "seen", newer),
            json!({"outcome": "stale", "code": "behind"}),
        ),
        case("the trust root has expired", revived, json!({"outcome": "stale", "code": "root_expired"})),
    ]
}

fn incomplete() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let not_in_map = found("incomplete", "not_in_map");
    let few = found("incomplete", "not_cosigned");
    let cosigned_by = |by: &[(&str, u8)]| {
        let mut world = world();
        world.append(world.lab.into(), 8, world.lot, certificate()).expect("certified");
        close_with(&mut world, CLOSED + 20, by);
        input(&picked(&world))
    };
    let mut bare = whole.clone();
    bare.proof = None;
    let recalled_lot = recalled(|world| world.picked);
    let recalled_plot = recalled(|world| world.plot);
    let with_recall = picked(&recalled_plot);
    let plot = slot(&recalled_plot, &with_recall, recalled_plot.plot);
    let revoked = revoked_farm(None);
    let with_revocation = picked(&revoked);
    let farm = slot(&revoked, &with_revocation, revoked.farm);
    let grown = grown();
    let earlier = seen(&leaves(&grown), leaves(&base).len(), None);
    vec![
        case("no proof", input(&bare), found("incomplete", "no_proof")),
        case("the last record kept back", input(&cut(&whole, 0)), not_in_map.clone()),
        case("a recall kept back", input(&cut(&picked(&recalled_lot), 0)), not_in_map.clone()),
        case("a recall of its plot kept back", input(&cut(&with_recall, plot)), not_in_map.clone()),
        case("a revocation kept back", input(&cut(&with_revocation, farm)), not_in_map.clone()),
        case(
            "a bundle from before the recall under a checkpoint after it",
            older_under_newer(&recalled_lot),
            not_in_map.clone(),
        ),
        case("the second version of the trust root kept back", without_second_root(), not_in_map.clone()),
        case("a lot whose label another had taken before", taken_label(), not_in_map.clone()),
        case("a map without the recall", over_another_map(&ENOUGH), not_in_map),
        case(
            "a map without the recall, which no auditor cosigned, and the bundle to it",
            lying_map(&[W1, W2, W3]),
            few.clone(),
        ),
        case("no witness", cosigned_by(&[AUDITOR]), few.clone()),
        case("one witness of the two needed", cosigned_by(&[W2, AUDITOR]), few.clone()),
        case("no map auditor", cosigned_by(&[W1, W2, W3]), few),
        case(
            "nothing proves that the log grew from what the reader has seen",
            with(input(&picked(&grown)), "seen", earlier),
            found("incomplete", "no_consistency"),
        ),
    ]
}

fn revoked_farm(suspect_since: Option<u64>) -> World {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    let revoked = revocation(4, RevocationReason::Stolen, suspect_since);
    world.append(world.coop.into(), 3, world.farm, revoked).expect("revoked");
    close(&mut world, CLOSED + 20);
    world
}

/// Yesterday's records, with today's proof of all else.
fn older_under_newer(world: &World) -> Value {
    let mut bundle = world.ledger.bundle_at(world.picked, 0).expect("a bundle");
    let newer = picked(world);
    let old = Proof::from_bytes(&bundle.proof.as_ref().expect("a proof").0).expect("a proof");
    bundle.proof = newer.proof;
    input(&reproven(&bundle, |proof| proof.chains = old.chains))
}

fn without_second_root() -> Value {
    let mut world = world();
    let next = next_root(&world, CLOSED, |_| {});
    world.ledger.add_root(next).expect("version 2");
    close(&mut world, CLOSED + 20);
    let mut bundle = picked(&world);
    bundle.roots.pop();
    input(&reproven(&bundle, |proof| drop(proof.roots.pop())))
}

/// A second lot with the first one's label, which a careless server logged.
fn taken_label() -> Value {
    let mut world = world();
    let mut opened = Opened::new(world.packer, "vải thiều".parse().expect("text"));
    opened.label = Some(label());
    let pen = Pen::new(world.packer, key(5), time(NOW));
    let first = nguon_core::ledger::begin_record(&pen, opened.into(), Nonce::from_bytes([99; 16]));
    let signed = SignedRecord::sign(&first, key(5), trust().deployment()).expect("signed");
    let lot = ChainId::of_first(world.ledger.log_unjudged(signed).expect("logged"));
    world.append_for(world.household, world.small_picked, drawn_to(lot, 1)).expect("drawn");
    let packed = Packed::new(Inputs::one(world.small_picked, grams(1)), Count::new(1).expect("one"), grams(1));
    world.append(world.packer.into(), 5, lot, packed).expect("packed");
    close(&mut world, CLOSED + 20);
    input(&world.ledger.bundle(lot).expect("a bundle"))
}

/// The world with a recall that the log's map leaves out.
fn forgetful(by: &[(&str, u8)]) -> World {
    let mut world = world();
    let entries = world.ledger.replay().expect("a log").records(&world.picked).iter();
    let old = entries.fold(ChainEntry::START, |entry, record| entry.next(&record.statement, &record.position));
    let mut map = world.ledger.replay().expect("a log").map().clone();
    world.append(world.office.into(), 2, world.picked, Recalled::new(RecallReason::Other)).expect("recalled");
    map.set(&[(chain_key(&world.picked), old.value())]).expect("a map");
    let cosigner = |(name, number): &(&'static str, u8)| nguon_core::ledger::Cosigner {
        name,
        key: key(*number),
        at: time(CLOSED + 20),
    };
    let all = [W1, W2, W3, AUDITOR];
    let cosigners: Vec<_> = all.iter().filter(|known| by.contains(known)).map(cosigner).collect();
    world.ledger.close_over(map, time(CLOSED + 20), key(LOG), &cosigners).expect("closed");
    world
}

fn over_another_map(by: &[(&str, u8)]) -> Value {
    input(&picked(&forgetful(by)))
}

/// The recall left out of the bundle too: only that no map auditor cosigned gives it away.
fn lying_map(by: &[(&str, u8)]) -> Value {
    input(&cut(&picked(&forgetful(by)), 0))
}

fn invalid() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let changed = |change: &dyn Fn(&mut Proof)| input(&reproven(&whole, change));
    let bad_proof = found("invalid", "bad_proof");
    let bad_checkpoint = found("invalid", "bad_checkpoint");
    let bad_inclusion = found("invalid", "bad_inclusion");
    let head = newest(&base);
    let size = head.size;
    let noted = |origin: &str, signer: u8| {
        let text = naive::checkpoint(origin, size, head.root.as_bytes());
        let mut note = format!("{text}\n{}", signed(&text, origin, key(signer)));
        for (name, number) in ENOUGH {
            note.push_str(&cosigned(&text, name, key(number), CLOSED));
        }
        note
    };
    let other_origin = noted("other.example/log", LOG);
    let other_key = noted(ORIGIN, 77);
    let mut rubbish = whole.clone();
    rubbish.proof = Some(ByteString(vec![0xa0]));
    vec![
        case("a proof that is none", input(&rubbish), bad_proof.clone()),
        case("a proof of version 0", changed(&|proof| proof.version = 0), bad_proof.clone()),
        case("a chain less in the proof", changed(&|proof| drop(proof.chains.pop())), bad_proof.clone()),
        case("a position less", changed(&|proof| drop(proof.chains[0].positions.drain(..3))), bad_proof.clone()),
        case("half a position", changed(&|proof| proof.chains[0].positions.truncate(8)), bad_proof.clone()),
        case("no place for the trust root", changed(&|proof| proof.roots.clear()), bad_proof.clone()),
        case("the trust root not at leaf 0", changed(&|proof| proof.roots[0][0] = 1), bad_proof.clone()),
        case(
            "another log's checkpoint",
            changed(&|proof| proof.head.checkpoint.clone_from(&other_origin)),
            bad_checkpoint.clone(),
        ),
        case(
            "a checkpoint by another key",
            changed(&|proof| proof.head.checkpoint.clone_from(&other_key)),
            bad_checkpoint.clone(),
        ),
        case("a checkpoint that is no note", changed(&|proof| proof.head.checkpoint.clear()), bad_checkpoint),
        case(
            "another map's root",
            changed(&|proof| proof.head.root = RootHash::from_bytes([7; 32])),
            bad_inclusion.clone(),
        ),
        case("another time for the map", changed(&|proof| proof.head.time = time(CLOSED + 1)), bad_inclusion.clone()),
        case("an earlier checkpoint's map, which is not the last leaf now", earlier_map(), bad_inclusion),
        case(
            "a record beyond the checkpoint",
            changed(&|proof| proof.chains[0].positions[6] = size),
            found("invalid", "bad_position"),
        ),
        case(
            "two records at one index",
            changed(&|proof| proof.chains[0].positions[3] = proof.chains[0].positions[0]),
            found("invalid", "bad_position"),
        ),
        case(
            "log times that go back",
            changed(&|proof| proof.chains[0].positions[1] -= 1),
            found("invalid", "bad_position"),
        ),
        case(
            "the time of an anchor that the record has not",
            changed(&|proof| proof.chains[0].positions[2] = 1),
            found("invalid", "bad_position"),
        ),
        folded("a place without half a season", 1, |_| bad_proof.clone()),
        folded("a place without anything that settles what is left out", 4, |_| bad_proof.clone()),
        case(
            "records left out of a batch",
            {
                let mut shorter = whole.clone();
                shorter.chains[0].remove(1);
                input(&reproven(&shorter, |proof| {
                    let chain = &mut proof.chains[0];
                    let entry = nguon_core::ids::EntryHash::from_bytes([7; 32]);
                    chain.skipped = Some(nguon_core::verify::Skipped { count: 1, entry });
                    chain.positions.drain(3..6);
                }))
            },
            bad_proof.clone(),
        ),
    ]
}

/// Inclusion proof, root and time of the first checkpoint's map leaf, under the second checkpoint.
fn earlier_map() -> Value {
    let world = grown();
    let earlier = world.ledger.checkpoints()[0].head();
    input(&reproven(&picked(&world), |proof| {
        proof.head.root = earlier.root;
        proof.head.time = earlier.time;
    }))
}

fn forked() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let here = leaves(&base);
    let mut there = here.clone();
    there[5] = naive::leaf_hash(b"rewritten");
    let split = found("forked", "split_log");
    let same_size = seen(&there, there.len(), None);
    let grown = grown();
    let after = leaves(&grown);
    let rewritten = seen(&there, here.len(), Some(consistency(here.len(), &after)));
    let mut ahead = there.clone();
    ahead.extend(&after[here.len()..]);
    let elsewhere = seen(&ahead, ahead.len(), Some(consistency(here.len(), &ahead)));
    vec![
        two_histories(),
        case("the reader has seen another root at this size", with(input(&whole), "seen", same_size), split.clone()),
        case(
            "the log did not grow from what the reader has seen",
            with(input(&picked(&grown)), "seen", rewritten),
            split.clone(),
        ),
        case(
            "a witness shows a larger log that did not grow from this one",
            with(with(input(&whole), "online", true), "seen", elsewhere),
            split,
        ),
    ]
}

/// The household signed two records after the same one, and the log holds the evidence.
fn two_histories() -> Case {
    let mut world = world();
    let chain = world.ledger.chain(&world.picked).expect("the batch");
    let pen = Pen::new(world.farm, key(4), time(NOW));
    for grams in [1, 2] {
        let record = next_record(&pen, drawn_to(world.lot, grams).into(), &chain);
        let signed = SignedRecord::sign(&record, key(4), trust().deployment()).expect("signed");
        match world.ledger.admit(signed) {
            Ok(_) => assert_eq!(grams, 1),
            Err(LedgerError::Conflict(_)) => assert_eq!(grams, 2),
            Err(error) => panic!("{error}"),
        }
    }
    close(&mut world, CLOSED + 20);
    let expect = at("forked", "forked_chain", world.picked, chain.sequence + 1);
    case("a batch with two histories", input(&picked(&world)), expect)
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

fn other() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let head = |chain: &ChainId| base.ledger.chain(chain).expect("a chain").sequence;
    let (batch, plot) = (base.picked, base.plot);
    let of_recalled = |chain: ChainId| input(&picked(&recalled(|_| chain)));
    let listed = |chain: ChainId| recall_list(&base, CLOSED + 1, chain, head(&chain) + 1);
    let stolen = revoked_farm(Some(NOW - 1));
    let safe = revoked_farm(Some(NOW));
    vec![
        case("recalled", of_recalled(batch), at("recalled", "recalled", batch, head(&batch) + 1)),
        case("its plot recalled", of_recalled(plot), at("recalled", "recalled", plot, head(&plot) + 1)),
        case(
            "recalled since, by a newer list",
            with(input(&whole), "recalls", listed(batch)),
            at("recalled", "recalled", batch, head(&batch) + 1),
        ),
        case(
            "its plot recalled since, by a newer list, and the proof is old",
            with(with(input(&whole), "recalls", listed(plot)), "now", CLOSED + FRESH_OFFLINE + 1),
            at("recalled", "recalled", plot, head(&plot) + 1),
        ),
        case("signed after the key was stolen", input(&picked(&stolen)), at("suspect", "revoked_key", batch, 0)),
        case("signed before the key was stolen", input(&picked(&safe)), valid(&safe, CLOSED + 20)),
        after_revocation(),
        by_retired_key(),
        case(
            "a proof of version 2",
            input(&reproven(&whole, |proof| proof.version = 2)),
            found("needs_newer_app", "newer_format"),
        ),
    ]
}

/// A record that the log took after the revocation of its key.
fn after_revocation() -> Case {
    let mut world = revoked_farm(None);
    let sequence = log_anyway(&mut world, |world| Pen::new(world.farm, key(4), time(NOW)));
    close(&mut world, CLOSED + 40);
    let expect = at("untrusted_key", "key_not_then", world.picked, sequence);
    case("signed with a key that was revoked before", input(&picked(&world)), expect)
}

/// A record by a key that the second version of the trust root retired.
fn by_retired_key() -> Case {
    let mut world = world();
    let next = next_root(&world, CLOSED, |root| {
        let office = root.authorities.iter().next().expect("the office").clone();
        let retired = Some(List::of_one(key(12).into()));
        root.authorities = List::of_one(Authority { keys: List::of_one(key(2).into()), retired, ..office });
    });
    world.ledger.add_root(next).expect("version 2");
    let sequence = log_anyway(&mut world, |world| Pen::new(world.office, key(12), time(NOW)));
    close(&mut world, CLOSED + 20);
    let expect = at("untrusted_key", "unknown_key", world.picked, sequence);
    case("by a key that a later trust root retired", input(&picked(&world)), expect)
}

/// Logs a record on the batch that no honest server would take; its sequence.
fn log_anyway(world: &mut World, pen: impl for<'a> Fn(&'a World) -> Pen<'static>) -> u64 {
    let chain = world.ledger.chain(&world.picked).expect("the batch");
    let pen = pen(world);
    let event: Event = match pen.signer {
        nguon_core::record::Signer::Authority(_) => certificate().into(),
        nguon_core::record::Signer::Actor(_) => drawn_to(world.lot, 1).into(),
    };
    let record = next_record(&pen, event, &chain);
    let signed = SignedRecord::sign(&record, pen.key, trust().deployment()).expect("signed");
    world.ledger.log_unjudged(signed).expect("logged");
    chain.sequence + 1
}
