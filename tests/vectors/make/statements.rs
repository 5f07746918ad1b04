//! Proofs of absence, lists of recalls, evidence of forks.

use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::next_record;
use nguon_core::prelude::*;
use nguon_core::recalls::{ListedRecall, RecallList};
use nguon_core::record::Record;
use nguon_core::verify::Absence;
use serde_json::{Value, json};

use super::logged::{CLOSED, FRESH_ONLINE, W1, W2, W3, close, close_with, leaves, next_root, trust, world};
use super::naive::{digest, tree_root};
use super::records::json_view;
use super::world::{NOW, World, drawn_to, key, label, time};
use super::{File, hex};

type Case = (String, Value, Value);

fn nobody() -> Label {
    Label { lot: "NOBODY-1".parse().expect("a lot"), ..label() }
}

fn first_root() -> String {
    hex(&trust().signed().to_bytes().expect("encoded"))
}

pub fn absences() -> File {
    let base = world();
    let of = |world: &World, label: &Label| world.ledger.absence(label).expect("an absence");
    let input = |absence: &Absence| {
        let bytes = absence.to_bytes().expect("encoded");
        json!({
            "trust_root": first_root(), "gtin": label().gtin.get().to_string(), "lot": "NOBODY-1",
            "absence": hex(&bytes), "now": CLOSED + 60,
        })
    };
    let with = |mut input: Value, field: &str, value: Value| {
        input[field] = value;
        input
    };
    let whole = of(&base, &nobody());
    let proven = |world: &World, as_of: u64, stale: bool| {
        let leaves = leaves(world);
        json!({"size": leaves.len(), "root": hex(&tree_root(&leaves)), "as_of": as_of, "stale": stale})
    };
    let mut renewed = base.clone();
    let next = next_root(&renewed, CLOSED, |_| {});
    renewed.ledger.add_root(next).expect("version 2");
    close(&mut renewed, CLOSED + 20);
    let changed = |change: &dyn Fn(&mut Absence)| {
        let mut absence = whole.clone();
        change(&mut absence);
        input(&absence)
    };
    let unseen = {
        let mut world = renewed.clone();
        world.append(world.office.into(), 2, world.lot, Recalled::new(RecallReason::Other)).expect("recalled");
        close_with(&mut world, CLOSED + 30, &[W1, W2, W3]);
        of(&world, &nobody())
    };
    let [freed, retaken] = freed();
    let second = Label { lot: "VT-2026-002".parse().expect("a lot"), ..label() };
    let of_second = |world: &World| with(input(&of(world, &second)), "lot", "VT-2026-002".into());
    let mut rootless = of(&renewed, &nobody());
    rootless.roots.pop();
    rootless.places.pop();
    let expired = CLOSED + FRESH_ONLINE + 1;
    let bytes = whole.to_bytes().expect("encoded");
    let cases = [
        ("nobody has the label", input(&whole), proven(&base, CLOSED, false)),
        (
            "the last second that is fresh",
            with(input(&whole), "now", (expired - 1).into()),
            proven(&base, CLOSED, false),
        ),
        ("a second later", with(input(&whole), "now", expired.into()), proven(&base, CLOSED, true)),
        ("under two versions of the trust root", input(&of(&renewed, &nobody())), proven(&renewed, CLOSED + 20, false)),
        (
            "somebody has the label",
            with(input(&of(&base, &label())), "lot", "VT-2026-001".into()),
            no("incomplete", "not_in_map"),
        ),
        ("a label that its batch has released", of_second(&freed), proven(&freed, CLOSED + 20, false)),
        ("a label that another batch has taken since", of_second(&retaken), no("incomplete", "not_in_map")),
        (
            "the proof is of another label",
            with(input(&whole), "lot", "NOBODY-2".into()),
            no("incomplete", "not_in_map"),
        ),
        ("a byte of the multiproof changed", changed(&|absence| absence.map.0[0] ^= 1), no("incomplete", "not_in_map")),
        ("a version of the trust root kept back", input(&rootless), no("incomplete", "not_in_map")),
        ("no map auditor has cosigned", input(&unseen), no("incomplete", "not_cosigned")),
        (
            "another map's root",
            changed(&|absence| absence.head.root = RootHash::from_bytes([7; 32])),
            no("invalid", "bad_inclusion"),
        ),
        ("no checkpoint", changed(&|absence| absence.head.checkpoint.clear()), no("invalid", "bad_checkpoint")),
        ("no trust root", changed(&|absence| absence.roots.clear()), no("invalid", "other_root")),
        (
            "another deployment's trust root",
            changed(&|absence| absence.roots[0].payload = ByteString(vec![0xa0])),
            no("invalid", "other_root"),
        ),
        (
            "a version that this software does not know",
            changed(&|absence| absence.version = 2),
            no("needs_newer_app", "newer_format"),
        ),
        (
            "its last byte missing",
            with(input(&whole), "absence", hex(&bytes[..bytes.len() - 1]).into()),
            no("invalid", "bad_proof"),
        ),
    ];
    File {
        name: "absences",
        kind: "absence",
        purpose: "That no batch has a label, by the log's word (SPEC.md section 10).",
        shared: None,
        format: json!({
            "input": {
                "trust_root": "version 1, hexadecimal", "gtin": "14 digits", "lot": "of the label",
                "absence": "deterministic CBOR, hexadecimal", "now": "the reader's clock, Unix seconds",
            },
            "expect": {
                "size": "leaves at the checkpoint", "root": "of the log, hexadecimal", "as_of": "Unix seconds",
                "stale": "whether that is too long ago", "outcome": "the verdict it leads to", "code": "of the fault",
            },
        }),
        cases: cases.map(|(name, input, expect)| (name.to_owned(), input, expect)).to_vec(),
    }
}

/// The world with a label that was taken and freed; and the same once it was taken anew.
fn freed() -> [World; 2] {
    let mut world = world();
    let (packer, office) = (world.packer.into(), world.office.into());
    let mut opened = Opened::new(world.packer, "vải thiều".parse().expect("text"));
    opened.label = Some(Label { lot: "VT-2026-002".parse().expect("a lot"), ..label() });
    let batch = world.begin(packer, 5, opened.clone()).expect("opened");
    world.append(office, 2, batch, NameReleased { details: None }).expect("freed");
    let mut retaken = world.clone();
    retaken.begin(packer, 5, opened).expect("opened anew");
    for world in [&mut world, &mut retaken] {
        close(world, CLOSED + 20);
    }
    [world, retaken]
}

fn no(outcome: &str, code: &str) -> Value {
    json!({"outcome": outcome, "code": code})
}

pub fn recall_lists() -> File {
    let base = world();
    let listed = |chain, sequence| ListedRecall { chain, reason: RecallReason::Treatment, sequence };
    let list =
        |recalls: Vec<ListedRecall>| RecallList { version: 1, issued: time(CLOSED), recalls, authority: base.office };
    let signed = |list: &RecallList, n: u8| list.sign(key(n), trust().deployment()).expect("signed");
    let two = list(vec![listed(base.lot, 4), listed(base.plot, 3)]);
    let by_office = signed(&two, 2);
    // The payload stands in the envelope: head of 2 + 2 + 78 + 1 + 3 bytes before it, 66 after it.
    let payload = |bytes: &[u8]| {
        let value: ciborium::Value = ciborium::from_reader(bytes).expect("CBOR");
        let ciborium::Value::Tag(18, parts) = value else { panic!("no COSE_Sign1") };
        parts.as_array().and_then(|parts| parts[2].as_bytes()).expect("a payload").clone()
    };
    let input = |bytes: &[u8]| json!({"trust_root": first_root(), "list": hex(bytes)});
    let read = |bytes: &[u8]| json!({"list": json_view(&payload(bytes))});
    let second = next_root(&base, CLOSED, |root| {
        let office = root.authorities.iter().next().expect("the office").clone();
        let retired = Some(List::of_one(key(2).into()));
        root.authorities = List::of_one(Authority { keys: List::of_one(key(12).into()), retired, ..office });
    });
    let second = json!([{"signed_root": hex(&second.to_bytes().expect("encoded")), "index": 50}]);
    let later = |bytes: &[u8]| {
        let mut input = input(bytes);
        input["later"] = second.clone();
        input
    };
    let mut flipped = by_office.clone();
    *flipped.last_mut().expect("bytes") ^= 1;
    let other_deployment =
        two.sign(key(2), &nguon_core::envelope::Deployment::of_first_root(b"other")).expect("signed");
    let stranger = RecallList { authority: AuthorityId::from_bytes([8; 32]), ..two.clone() };
    let record = base.ledger.records(&base.lot)[0].as_bytes();
    let none = signed(&list(vec![]), 12);
    let cases: Vec<Case> = vec![
        ("two recalls".into(), input(&by_office), read(&by_office)),
        ("no recall stands".into(), input(&none), read(&none)),
        ("by a key that stays under a later trust root".into(), later(&none), read(&none)),
        ("by a key that a later trust root retired".into(), later(&by_office), no("untrusted_key", "unknown_key")),
        ("by a key of nobody".into(), input(&signed(&two, 77)), no("untrusted_key", "unknown_key")),
        ("of an authority that is none".into(), input(&signed(&stranger, 2)), no("untrusted_key", "unknown_key")),
        ("a bit of the signature flipped".into(), input(&flipped), no("invalid", "bad_signature")),
        ("signed for another deployment".into(), input(&other_deployment), no("invalid", "bad_signature")),
        (
            "of version 2".into(),
            input(&signed(&RecallList { version: 2, ..two }, 2)),
            no("needs_newer_app", "newer_format"),
        ),
        ("a record in its place".into(), input(record), no("invalid", "bad_envelope")),
        ("its last byte missing".into(), input(&by_office[..by_office.len() - 1]), no("invalid", "bad_envelope")),
        ("nothing".into(), input(&[]), no("invalid", "bad_envelope")),
    ];
    File {
        name: "recall_lists",
        kind: "recall_list",
        purpose: "Lists of recalls that an authority signed (SPEC.md section 10).",
        shared: None,
        format: json!({
            "input": {
                "trust_root": "version 1, hexadecimal", "later": "[{signed_root, index of its leaf}]",
                "list": "COSE_Sign1, hexadecimal",
            },
            "expect": {"list": "the JSON view", "outcome": "the verdict it leads to", "code": "of the fault"},
        }),
        cases,
    }
}

pub fn evidence() -> File {
    let world = world();
    let chain = world.ledger.chain(&world.lot).expect("the lot");
    let record = |grams: u64, change: &dyn Fn(&mut Record)| {
        let pen = Pen::new(world.packer, key(5), time(NOW));
        let mut record = next_record(&pen, drawn_to(world.consignment, grams).into(), &chain);
        change(&mut record);
        record
    };
    let sign = |record: &Record, n: u8| SignedRecord::sign(record, key(n), trust().deployment()).expect("signed");
    let id = |signed: &SignedRecord| *signed.statement_id(trust().deployment()).as_bytes();
    let pair = |first: &SignedRecord, second: &SignedRecord| {
        let mut both = [first, second];
        both.sort_by_key(|signed| id(signed));
        [&[0x82][..], both[0].as_bytes(), both[1].as_bytes()].concat()
    };
    let input = |bytes: &[u8], logged: &SignedRecord| {
        json!({
            "root_payload": hex(&trust().signed().payload.0), "evidence": hex(bytes),
            "public_key": hex(key(5).verifying_key().as_bytes()), "logged": hex(&id(logged)),
        })
    };
    let [one, two] = [sign(&record(1, &|_| {}), 5), sign(&record(2, &|_| {}), 5)];
    let three = sign(&record(3, &|record| record.replaces = Some(List::of_one(StatementId::from_bytes(id(&one))))), 5);
    let key_id = hex(&digest(&[b"nguon/key/v1\n", key(5).verifying_key().as_bytes()]));
    let expect = |first: &SignedRecord, second: &SignedRecord, signatures: &str, is_fork: bool| {
        let mut ids = [id(first), id(second)];
        ids.sort_unstable();
        json!({
            "chain": world.lot.to_string(), "key_id": key_id, "statements": ids.map(|id| hex(&id)),
            "hash": hex(&digest(&[&pair(first, second)])), "signatures": signatures, "is_fork": is_fork,
            "encodes_to_the_same": true,
        })
    };
    let forged = SignedRecord::assemble(two.key_id(), two.payload(), &one.signature()).expect("an envelope");
    let mut other_key = expect(&one, &two, "other_key", true);
    other_key["key_id"] = key_id.clone().into();
    let good = [
        ("two records after one", input(&pair(&one, &two), &one), expect(&one, &two, "hold", true)),
        ("the log holds the other one", input(&pair(&one, &two), &two), expect(&one, &two, "hold", true)),
        ("the log holds neither", input(&pair(&one, &two), &three), expect(&one, &two, "hold", false)),
        (
            "the log holds the one that replaces the other: no fork",
            input(&pair(&one, &three), &three),
            expect(&one, &three, "hold", false),
        ),
        (
            "one that was logged is claimed to be replaced",
            input(&pair(&one, &three), &one),
            expect(&one, &three, "hold", true),
        ),
        (
            "a signature that somebody made up",
            input(&pair(&one, &forged), &one),
            expect(&one, &forged, "bad_signature", true),
        ),
        (
            "asked about another key",
            {
                let mut input = input(&pair(&one, &two), &one);
                input["public_key"] = hex(key(6).verifying_key().as_bytes()).into();
                input
            },
            other_key,
        ),
    ];
    let sound = pair(&one, &two);
    let mut exchanged = sound.clone();
    let (first, second) = if id(&one) < id(&two) { (&one, &two) } else { (&two, &one) };
    exchanged.splice(1.., [second.as_bytes(), first.as_bytes()].concat());
    let elsewhere = sign(&record(2, &|record| record.previous = Some(StatementId::from_bytes([7; 32]))), 5);
    let other_chain = sign(&record(2, &|record| record.chain = Some(world.picked)), 5);
    let by_other = sign(&record(2, &|_| {}), 6);
    let firsts = [&world.lot, &world.picked].map(|chain| world.ledger.records(chain)[0].clone());
    let refused = [
        ("nothing", vec![], "shape"),
        ("its last byte missing", sound[..sound.len() - 1].to_vec(), "record"),
        ("a byte after it", [&sound[..], &[0]].concat(), "record"),
        ("an array of three", [&[0x83], &sound[1..]].concat(), "shape"),
        ("one record", [&[0x81][..], one.as_bytes()].concat(), "shape"),
        ("the records exchanged", exchanged, "order"),
        ("a record twice", pair(&one, &one), "order"),
        ("after different records", pair(&one, &elsewhere), "compatible"),
        ("on different chains", pair(&one, &other_chain), "compatible"),
        ("by different keys", pair(&one, &by_other), "compatible"),
        ("two first records", pair(&firsts[0], &firsts[1]), "compatible"),
    ];
    let mut cases: Vec<Case> = good.map(|(name, input, expect)| (name.to_owned(), input, expect)).to_vec();
    cases.extend(
        refused.map(|(name, bytes, reason)| (name.to_owned(), input(&bytes, &one), json!({"refused": reason}))),
    );
    File {
        name: "evidence",
        kind: "evidence",
        purpose: "Evidence that somebody signed two histories (SPEC.md section 10).",
        shared: None,
        format: json!({
            "input": {
                "root_payload": "of trust root version 1", "evidence": "CBOR array of two COSE_Sign1, hexadecimal",
                "public_key": "the signer's, as the log gives it", "logged": "statement id of the one the log holds",
            },
            "expect": {
                "chain": "that is forked", "key_id": "of both", "statements": "their ids", "hash": "SHA-256(evidence)",
                "signatures": "hold, or why not", "is_fork": "whether it proves one", "refused": "why it is no evidence",
            },
        }),
        cases,
    }
}
