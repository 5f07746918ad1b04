//! Quantities that are none: zero, negative, beyond 2^53 − 1, with a decimal point or a unit, or in more parts than a record
//! holds. The server names the field, the reader the record.

use ciborium::Value;
use ed25519_dalek::Signer as _;
use nguon_core::SigningKey;
use nguon_core::cbor::{self, Limits};
use nguon_core::envelope::{SignedRecord, to_be_signed};
use nguon_core::event::{Drawn, Event, Harvested, Input, Inputs};
use nguon_core::ids::{ChainId, KeyId, Nonce, PublicKeyBytes, SignatureBytes};
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{begin_record, next_record};
use nguon_core::verify::Outcome;

use crate::fruit::{drawn, harvested, kg, received};
use crate::server::Live;
use crate::support::{Insider, at, pen, season};

const LIMITS: Limits = Limits { length: 1 << 16, depth: 8 };
const LOT: &str = "hung/0614";

/// The next record of a chain with one field of its event changed after it was written, and signed as it is.
fn signed(actor: &str, chain: &str, event: impl Into<Event>, field: &str, value: Value) -> SignedRecord {
    let (event, key) = (event.into(), season().key(actor));
    let name = event.name().as_str();
    let state = season().ledger.chain(&season().id(chain)).unwrap();
    let record = next_record(&pen(actor, &key), event, &state);
    let mut payload: Value = ciborium::from_reader(&record.to_payload().unwrap()[..]).unwrap();
    *at_path(&mut payload, &["event", name, field]) = value;
    // This project's own encoder would refuse most of it.
    let mut bytes = Vec::new();
    ciborium::into_writer(&payload, &mut bytes).unwrap();
    sign(&bytes, &key)
}

fn sign(payload: &[u8], key: &SigningKey) -> SignedRecord {
    let id = KeyId::of(&PublicKeyBytes::from(key));
    let signature = key.sign(&to_be_signed(id, payload, season().ledger.trust().deployment()));
    SignedRecord::assemble(id, payload, &SignatureBytes::from_bytes(signature.to_bytes())).unwrap()
}

fn at_path<'a>(value: &'a mut Value, path: &[&str]) -> &'a mut Value {
    let Some((first, rest)) = path.split_first() else { return value };
    let entries = value.as_map_mut().expect("a map");
    let entry = entries.iter_mut().find(|(key, _)| key.as_text() == Some(first));
    at_path(&mut entry.expect("the field").1, rest)
}

fn one_kilogram() -> Drawn {
    drawn(season().id("packer/intake"), 1)
}

/// What a server and a reader say of kilograms like these.
fn grams(live: &Live, value: Value) -> ((u16, Option<String>, Option<String>), Outcome) {
    let forged = signed("hung", LOT, one_kilogram(), "grams", value);
    let mut insider = Insider::of(LOT);
    insider.push(season().id(LOT), forged.clone());
    (live.offer(&forged), insider.outcome())
}

#[test]
fn kilograms_that_are_none() {
    let live = Live::with_season();
    let next = season().ledger.records(&season().id(LOT)).len() as u64;
    let most = 1_u64 << 53;
    for value in [0.into(), (-1).into(), most.into(), Value::Float(0.5), "1000 g".into(), Value::Null] {
        let (answer, outcome) = grams(&live, value.clone());
        assert_eq!(answer.0, 400, "{value:?}: {answer:?}");
        let code = answer.1.expect("a code");
        assert!(["bad_record", "not_canonical"].contains(&code.as_str()), "{value:?}: {code}");
        let Outcome::Invalid { code: found, at: place } = outcome else { panic!("{value:?}: {outcome:?}") };
        assert_eq!((found, place), (&*code, Some(at(LOT, next))), "{value:?}");
    }
    // The field is named where the record could be read at all.
    let (answer, _) = grams(&live, Value::from(0));
    assert_eq!(answer.2.as_deref(), Some("event.drawn.grams"));
    assert_eq!(grams(&live, Value::from(1_000)).0, (201, None, None));
}

/// Two hundred sources a record; a merge of more takes a second one.
#[test]
fn two_hundred_and_one_inputs() {
    let live = Live::with_season();
    let sources = |count: u8| -> Vec<Value> {
        (0..count)
            .map(|n| {
                let input = Input { from: ChainId::from_bytes([n; 32]), grams: kg(1) };
                let bytes = cbor::to_canonical(&input, LIMITS).unwrap();
                ciborium::from_reader(&bytes[..]).unwrap()
            })
            .collect()
    };
    let offer = |count| {
        let event = harvested(season().id("khanh/plot"), 1);
        live.offer(&signed("khanh", "khanh/0625", event, "inputs", Value::Array(sources(count))))
    };
    assert_eq!(offer(201), (400, Some("bad_record".to_owned()), Some("event.harvested.inputs".to_owned())));
    // Two hundred can be read; what is wrong with these is that nobody knows the sources.
    assert_eq!(offer(200).1.as_deref(), Some("missing_chain"));
    // Nor one source twice, which would be drawn for once.
    let twice = Inputs::new(vec![Input { from: season().id("khanh/plot"), grams: kg(1) }; 2]).unwrap();
    let khanh = season().key("khanh");
    let state = season().ledger.chain(&season().id("khanh/0625")).unwrap();
    let record = next_record(&pen("khanh", &khanh), Harvested::new(twice).into(), &state);
    let twice = SignedRecord::sign(&record, &khanh, season().ledger.trust().deployment()).unwrap();
    assert_eq!(live.offer(&twice), (422, Some("bad_field".to_owned()), Some("inputs".to_owned())));
}

/// Of a group whose last record is wrong nothing is kept.
#[test]
fn a_group_with_one_of_them() {
    let live = Live::with_season();
    let (hung, packer, deployment) =
        (season().key("hung"), season().key("packer"), season().ledger.trust().deployment());
    let opened = nguon_core::event::Opened::new(season().id("packer"), "Vải thiều tươi".parse().unwrap());
    let mut ledger = season().ledger.clone();
    let first = begin_record(&pen("packer", &packer), opened.into(), Nonce::from_bytes([3; 16]));
    let first = SignedRecord::sign(&first, &packer, deployment).unwrap();
    let lot = ChainId::of_first(ledger.admit(first.clone()).unwrap());
    let draw = next_record(&pen("hung", &hung), drawn(lot, 5).into(), &ledger.chain(&season().id(LOT)).unwrap());
    let draw = SignedRecord::sign(&draw, &hung, deployment).unwrap();
    let take = |kilograms| {
        let event = received(season().id(LOT), kilograms);
        let record = next_record(&pen("packer", &packer), event.into(), &ledger.chain(&lot).unwrap());
        SignedRecord::sign(&record, &packer, deployment).unwrap()
    };
    let refused = live.offer_group(&[first.clone(), draw.clone(), take(6)]);
    assert_eq!(refused, (422, Some("inputs_above_draws".to_owned())));
    // A batch that is not there cannot take anything in.
    assert_eq!(live.offer(&take(5)).1.as_deref(), Some("missing_chain"));
    assert_eq!(live.offer_group(&[first, draw, take(5)]), (200, None));
}
