//! Payloads and envelopes.

use ciborium::Value as Cbor;
use nguon_core::cbor::to_canonical;
use nguon_core::envelope::SignedRecord;
use nguon_core::record::LIMITS;
use serde_json::{Value, json};

use super::samples;
use super::world::{World, key, trust};
use super::{File, hex, sha256};

/// The JSON view of a payload, by another reader of CBOR.
pub fn json_view(payload: &[u8]) -> Value {
    as_json(&ciborium::from_reader(payload).expect("CBOR"))
}

fn as_json(value: &Cbor) -> Value {
    match value {
        Cbor::Integer(number) => i64::try_from(*number).expect("a safe integer").into(),
        Cbor::Bytes(bytes) => hex(bytes).into(),
        Cbor::Text(text) => text.as_str().into(),
        Cbor::Bool(value) => (*value).into(),
        Cbor::Array(items) => items.iter().map(as_json).collect(),
        Cbor::Map(entries) => {
            entries.iter().map(|(key, value)| (key.as_text().expect("a name").to_owned(), as_json(value))).collect()
        }
        other => panic!("{other:?} is in no record"),
    }
}

/// The chains of the world with a name for each.
fn chains(world: &World) -> Vec<(&'static str, Vec<SignedRecord>)> {
    let chains = [
        ("registrar", world.coop),
        ("household with a key", world.farm),
        ("household without a key", world.household),
        ("growing area", world.area),
        ("packing house", world.house),
        ("plot", world.plot),
        ("plot of the household without a key", world.small_plot),
        ("picked batch, signed on behalf", world.small_picked),
        ("labelled lot", world.lot),
        ("consignment", world.consignment),
    ];
    chains.into_iter().map(|(name, chain)| (name, world.ledger.records(&chain).to_vec())).collect()
}

pub fn good() -> File {
    let world = World::new();
    let mut cases = Vec::new();
    for (name, records) in chains(&world) {
        for (sequence, record) in records.iter().enumerate() {
            let view = json_view(record.payload());
            let event = view["event"].as_object().and_then(|event| event.keys().next()).expect("an event");
            let name = format!("{name}, sequence {sequence}: {event}");
            let expect = json!({"record": view, "encodes_to_the_same": true});
            cases.push((name, json!({"payload": hex(record.payload())}), expect));
        }
    }
    // The fullest record of every event.
    for event in samples::events() {
        for (which, record) in [("later", samples::later(event.clone())), ("first", samples::first(event.clone()))] {
            let payload = record.to_payload().expect("encoded");
            let expect = json!({"record": json_view(&payload), "encodes_to_the_same": true});
            cases.push((
                format!("all fields, a {which} record: {}", event.name()),
                json!({"payload": hex(&payload)}),
                expect,
            ));
        }
    }
    File {
        name: "records_good",
        kind: "record",
        purpose: "Payloads of records and what they say, in the JSON view (SPEC.md section 4).",
        shared: None,
        format: json!({
            "input": {"payload": "deterministic CBOR, hexadecimal"},
            "expect": {"record": "the JSON view", "encodes_to_the_same": "true"},
        }),
        cases,
    }
}

/// A sound payload (`drawn`, a later record) with something changed.
fn changed(change: impl FnOnce(&mut Vec<(Cbor, Cbor)>)) -> Value {
    let world = World::new();
    let record = &world.ledger.records(&world.picked)[2];
    let mut value: Cbor = ciborium::from_reader(record.payload()).expect("CBOR");
    let Cbor::Map(entries) = &mut value else { panic!("a record is a map") };
    change(entries);
    json!({"payload": hex(&to_canonical(&value, LIMITS).expect("in the permitted form"))})
}

fn put(entries: &mut Vec<(Cbor, Cbor)>, name: &str, value: Option<Cbor>) {
    entries.retain(|(key, _)| key.as_text() != Some(name));
    entries.extend(value.map(|value| (Cbor::Text(name.into()), value)));
}

fn event(name: &str, fields: &[(&str, Cbor)]) -> Cbor {
    let fields = fields.iter().map(|(name, value)| (Cbor::Text((*name).into()), value.clone())).collect();
    Cbor::Map(vec![(Cbor::Text(name.into()), Cbor::Map(fields))])
}

const SSCC: &str = "095212340000000013";

pub fn bad() -> File {
    let (int, text) = (|number: i64| Cbor::Integer(number.into()), |text: &str| Cbor::Text(text.into()));
    let bytes = |length: usize| Cbor::Bytes(vec![7; length]);
    let with = |name: &'static str, value: Option<Cbor>| changed(move |entries| put(entries, name, value));
    let drawn = |fields: &[(&str, Cbor)]| with("event", Some(event("drawn", fields)));
    let sound = [("to", bytes(32)), ("grams", int(5)), ("why", text("packing"))];
    let but = |at: usize, value: Cbor| {
        let mut fields = sound.clone();
        fields[at].1 = value;
        drawn(&fields)
    };
    let bad = |field: &str| json!({"code": "bad_record", "field": field});
    let map =
        |fields: &[(&str, Cbor)]| Cbor::Map(fields.iter().map(|(name, value)| (text(name), value.clone())).collect());
    let treated = |treatment: &[(&str, Cbor)]| {
        let fields = [("treatment", map(treatment)), ("facility", text("XL-01")), ("certificate", text("CX-1"))];
        with("event", Some(event("treated", &fields)))
    };
    let reported = |analytes: Vec<Cbor>| {
        let fields = [
            ("report", text("R-1")),
            ("sample", text("M-1")),
            ("method", text("LC-MS/MS")),
            ("sampled_at", int(1)),
            ("analytes", Cbor::Array(analytes)),
        ];
        with("event", Some(event("lab_result", &fields)))
    };
    let found = |level: Cbor| map(&[("name", text("carbendazim")), ("ug_per_kg", level)]);
    let sound_analyte = || found(int(0));
    let analyte = |level: Cbor| reported(vec![found(level)]);
    let source = || map(&[("from", bytes(32)), ("grams", int(1))]);
    let unknown_in_scope = Cbor::Map(vec![(text("events"), Cbor::Array(vec![text("opened"), text("teleported")]))]);
    let cases = vec![
        ("version 2", with("version", Some(int(2))), json!({"code": "unknown_version"})),
        ("version 0", with("version", Some(int(0))), bad("version")),
        ("no version", with("version", None), bad("version")),
        ("an event of later software", with("event", Some(event("teleported", &[]))), json!({"code": "unknown_event"})),
        (
            "a correction of one",
            with("event", Some(event("corrected", &[("event", event("teleported", &[]))]))),
            json!({"code": "unknown_event"}),
        ),
        (
            "a scope over one",
            with("event", Some(event("enrolled", &[("scope", unknown_in_scope)]))),
            json!({"code": "unknown_event"}),
        ),
        ("a field that nobody knows", with("colour", Some(text("red"))), bad("colour")),
        ("no signer", with("signer", None), bad("signer")),
        ("a signer of another kind", with("signer", Some(Cbor::Map(vec![(text("robot"), bytes(32))]))), bad("signer")),
        ("a chain id of 31 bytes", with("chain", Some(bytes(31))), bad("chain")),
        ("a chain id in hexadecimal", with("chain", Some(text(&"07".repeat(32)))), bad("chain")),
        ("no chain in a later record", with("chain", None), bad("chain")),
        ("no previous in a later record", with("previous", None), bad("previous")),
        ("a nonce in a later record", with("nonce", Some(bytes(16))), bad("nonce")),
        ("sequence 0 with a chain", with("sequence", Some(int(0))), bad("chain")),
        ("841 minutes from UTC", with("utc_offset", Some(int(841))), bad("utc_offset")),
        ("signed before 1970", with("signed_at", Some(int(-1))), bad("signed_at")),
        ("replaces nothing", with("replaces", Some(Cbor::Array(vec![]))), bad("replaces")),
        ("0 grams", but(1, int(0)), bad("event.drawn.grams")),
        ("grams as text", but(1, text("5")), bad("event.drawn.grams")),
        ("a reason that is none", but(2, text("whim")), bad("event.drawn.why")),
        ("a reason with a value", but(2, Cbor::Map(vec![(text("packing"), int(1))])), bad("event.drawn.why")),
        ("a field of the event missing", drawn(&sound[..2]), bad("event.drawn.why")),
        (
            "two events",
            with("event", Some(Cbor::Map(vec![(text("drawn"), int(1)), (text("listed"), int(1))]))),
            bad("event"),
        ),
        ("an event without a body", with("event", Some(text("drawn"))), bad("event")),
        (
            "0 boxes",
            with("event", Some(event("aggregated", &[("sscc", text(SSCC)), ("boxes", int(0))]))),
            bad("event.aggregated.boxes"),
        ),
        (
            "an SSCC with another check digit",
            with("event", Some(event("aggregated", &[("sscc", text("095212340000000014")), ("boxes", int(1))]))),
            bad("event.aggregated.sscc"),
        ),
        ("a treatment that is none", treated(&[("prayer", int(1))]), bad("event.treated.treatment")),
        ("two treatments", treated(&[("irradiation_mgy", int(1)), ("cold", int(1))]), bad("event.treated.treatment")),
        ("a dose of 0", treated(&[("irradiation_mgy", int(0))]), bad("event.treated.treatment.irradiation_mgy")),
        ("less than nothing found", analyte(int(-1)), bad("event.lab_result.analytes.0.ug_per_kg")),
        ("a report on nothing", reported(vec![]), bad("event.lab_result.analytes")),
        ("a report on 65 substances", reported(vec![sound_analyte(); 65]), bad("event.lab_result.analytes")),
        (
            "re-attests nothing",
            with("event", Some(event("reattested", &[("sequences", Cbor::Array(vec![]))]))),
            bad("event.reattested.sequences"),
        ),
        (
            "a release without its approval",
            with("event", Some(event("released", &[("recall", int(1))]))),
            bad("event.released.approval"),
        ),
        (
            "a suspension for a reason that is none",
            with("event", Some(event("suspended", &[("reason", text("whim"))]))),
            bad("event.suspended.reason"),
        ),
        (
            "inputs from 201 sources",
            with("event", Some(event("harvested", &[("inputs", Cbor::Array(vec![source(); 201]))]))),
            bad("event.harvested.inputs"),
        ),
    ];
    let mut cases: Vec<(String, Value, Value)> =
        cases.into_iter().map(|(name, input, expect)| (name.to_owned(), input, expect)).collect();
    let not_canonical = json!({"code": "not_canonical"});
    cases.push(("nothing".into(), json!({"payload": ""}), not_canonical.clone()));
    cases.push(("a float".into(), json!({"payload": "f93c00"}), not_canonical));
    File {
        name: "records_bad",
        kind: "record",
        purpose: "Payloads that are refused, with the code for machines and the field at fault.",
        shared: None,
        format: json!({
            "input": {"payload": "hexadecimal"},
            "expect": {"code": "name of the fault", "field": "names from the outermost field to the one at fault"},
        }),
        cases,
    }
}

pub fn envelopes_good() -> File {
    let world = World::new();
    let root = trust();
    let deployment = sha256(&[&root.signed().payload.0]);
    let mut cases = Vec::new();
    for (name, records) in chains(&world) {
        let record = &records[0];
        let (payload, bytes) = (record.payload(), record.as_bytes());
        // By hand: 18([protected, {}, payload, signature]) and ["Signature1", protected, external_aad, payload].
        let protected = &bytes[4..81];
        let aad = [b"nguon/v1\n".to_vec(), unhex(&deployment)].concat();
        let mut to_be_signed = b"\x84\x6aSignature1\x58\x4d".to_vec();
        to_be_signed.extend(protected);
        to_be_signed.extend([0x58, 0x29]);
        to_be_signed.extend(&aad);
        let length = u16::try_from(payload.len()).expect("a short payload");
        match length {
            24..=255 => to_be_signed.extend([0x58, bytes[83]]),
            _ => to_be_signed.extend([&[0x59], &length.to_be_bytes()[..]].concat()),
        }
        to_be_signed.extend(payload);
        let statement_id = sha256(&[b"nguon/statement/v1\n", &to_be_signed]);
        let expect = json!({
            "key_id": hex(&bytes[49..81]),
            "payload": hex(payload),
            "signature": hex(&bytes[bytes.len() - 64..]),
            "to_be_signed": hex(&to_be_signed),
            "statement_id": statement_id,
        });
        let input = json!({"bytes": hex(bytes), "root_payload": hex(&root.signed().payload.0)});
        cases.push((format!("first record of: {name}"), input, expect));
    }
    File {
        name: "envelopes_good",
        kind: "envelope",
        purpose: "COSE_Sign1 envelopes, what is in them, what their signature covers, and the statement id (SPEC.md sections 2 and 3).",
        shared: None,
        format: json!({
            "input": {"bytes": "the envelope, hexadecimal", "root_payload": "payload of trust root version 1, hexadecimal"},
            "expect": {
                "key_id": "kid of the protected header", "payload": "hexadecimal", "signature": "hexadecimal",
                "to_be_signed": "the Sig_structure of RFC 9052 section 4.4", "statement_id": "SHA-256(\"nguon/statement/v1\\n\" ‖ to_be_signed)",
            },
        }),
        cases,
    }
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal")).collect()
}

pub fn envelopes_bad() -> File {
    let world = World::new();
    let whole = world.ledger.records(&world.picked)[2].as_bytes().to_vec();
    let end = whole.len();
    let put = |at: usize, with: &[u8]| {
        let mut bytes = whole.clone();
        bytes.splice(at..at + with.len(), with.iter().copied());
        bytes
    };
    let shape = |offset: usize| json!({"code": "bad_envelope", "offset": offset});
    let cases = vec![
        ("without its tag", whole[1..].to_vec(), shape(0)),
        ("COSE_Sign, tag 98", [&[0xd8, 0x62], &whole[1..]].concat(), shape(0)),
        ("three elements", put(1, &[0x83]), shape(1)),
        ("alg EdDSA (-8) for Ed25519 (-19)", put(6, &[0x27]), shape(6)),
        ("another content type", put(10, b"application/vnd.other.record.v1+cbor"), shape(26)),
        ("content type of version 2", put(40, b"2"), json!({"code": "newer_format"})),
        ("a key id of 31 bytes", put(48, &[0x1f]), shape(48)),
        ("an unprotected header", put(81, &[0xa1]), shape(81)),
        ("payload null: detached", put(82, &[0xf6]), shape(82)),
        ("payload as text", put(82, &[0x79]), shape(82)),
        ("payload of indefinite length", put(82, &[0x5f]), shape(82)),
        ("a signature of 63 bytes", put(end - 65, &[0x3f]), shape(end - 66)),
        ("a byte behind it", [&whole[..], &[0]].concat(), shape(end)),
        ("nothing", vec![], shape(0)),
        ("cut inside the header", whole[..40].to_vec(), shape(40)),
        ("cut inside the payload's length", whole[..84].to_vec(), shape(84)),
        ("cut inside the payload", whole[..100].to_vec(), shape(100)),
        ("cut before the signature", whole[..end - 66].to_vec(), shape(end - 66)),
        ("cut inside the signature", whole[..end - 1].to_vec(), shape(end - 1)),
        ("one byte too long", vec![0; 32 * 1024 + 1], json!({"code": "bad_envelope"})),
    ];
    let root_payload = hex(&trust().signed().payload.0);
    let input = |bytes: Vec<u8>| json!({"bytes": hex(&bytes), "root_payload": root_payload});
    assert_eq!(
        world.ledger.records(&world.picked)[2].key_id().to_string(),
        sha256(&[b"nguon/key/v1\n", key(4).verifying_key().as_bytes()])
    );
    File {
        name: "envelopes_bad",
        kind: "envelope",
        purpose: "Envelopes that differ from the one permitted form, and where. One cut short names the byte where it ends.",
        shared: None,
        format: json!({
            "input": {"bytes": "hexadecimal", "root_payload": "payload of trust root version 1, hexadecimal"},
            "expect": {"code": "name of the fault", "offset": "of the first byte that differs, or where the bytes end"},
        }),
        cases: cases.into_iter().map(|(name, bytes, expect)| (name.to_owned(), input(bytes), expect)).collect(),
    }
}
