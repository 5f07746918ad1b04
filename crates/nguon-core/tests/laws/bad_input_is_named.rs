//! Bad input is refused with its exact fault and the field at fault; what is left is told, and nothing has changed.

use ciborium::Value;
use nguon_core::bytes::ByteString;
use nguon_core::cbor::{CborError, to_canonical};
use nguon_core::fault::Fault;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::LedgerError;
use nguon_core::prelude::*;
use nguon_core::record::{LIMITS, Record};
use nguon_core::state::{ChainState, Mark};
use nguon_core::verify::Bundle;

use crate::scene::{
    DAY, Scene, allotted, corrected, disposed, drawn, harvest, inputs, lost, season, sold, sprayed, trust,
};
use crate::world::{NOW, code, grams, key, time};

const MOST: u64 = (1 << 53) - 1;

/// The fault of an offer, its field, and what it says remains.
#[track_caller]
fn is(result: Result<impl std::fmt::Debug, LedgerError>, code: &str, field: &str, remaining: Option<u64>) {
    let Err(LedgerError::Rejected(fault)) = result else { panic!("{result:?}") };
    let found = (fault.code(), fault.field().unwrap_or_default(), fault.remaining());
    assert_eq!(found, (code, field.to_owned(), remaining), "{fault}");
}

fn both(play: impl Fn(Scene)) {
    for logged in [false, true] {
        play(Scene::in_season(logged));
    }
}

/// A record's payload with one value of its event put in place of another.
fn altered(event: Event, path: &str, new: Value) -> Result<Vec<u8>, CborError> {
    let scene = Scene::in_season(false);
    let pen = Pen::new(scene.farms[0], key(4), time(NOW));
    let state = scene.ledger.chain(&scene.plots[0]).unwrap();
    let record = nguon_core::ledger::next_record(&pen, event, &state);
    let mut value: Value = ciborium::from_reader(&record.to_payload().unwrap()[..]).unwrap();
    let mut at = &mut value;
    for step in std::iter::once("event").chain(path.split('.')) {
        at = match at {
            Value::Map(entries) => {
                let place = entries.iter().position(|(key, _)| key.as_text() == Some(step));
                let place = place.unwrap_or_else(|| {
                    entries.push((Value::Text(step.into()), Value::Bool(true)));
                    entries.len() - 1
                });
                &mut entries[place].1
            }
            Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
            other => panic!("{other:?} has no {step}"),
        };
    }
    *at = new;
    to_canonical(&value, LIMITS)
}

#[track_caller]
fn is_bad(event: impl Into<Event>, path: &str, new: impl Into<Value>) -> String {
    let payload = altered(event.into(), path, new.into()).unwrap();
    let fault = Fault::from(Record::from_payload(&payload).unwrap_err());
    assert_eq!((fault.code(), fault.field().unwrap_or_default()), ("bad_record", format!("event.{path}")));
    fault.to_string()
}

#[test]
fn no_grams_and_too_many() {
    let id = ChainId::from_bytes([1; 32]);
    let from = || inputs(&[(id, 5)]);
    let count = Count::new(1).unwrap();
    let samples: Vec<(Event, &str)> = vec![
        (harvest(id, 5).into(), "harvest_drawn.grams"),
        (drawn(id, 5).into(), "drawn.grams"),
        (sold(5).into(), "sold.grams"),
        (lost(5).into(), "lost.grams"),
        (disposed(5).into(), "disposed.grams"),
        (Harvested::new(from()).into(), "harvested.inputs.0.grams"),
        (Received::new(from()).into(), "received.inputs.0.grams"),
        (Packed::new(from(), count, grams(1)).into(), "packed.inputs.0.grams"),
        (Packed::new(from(), count, grams(1)).into(), "packed.grams_per_box"),
        (Repacked::new(from(), count, grams(1)).into(), "repacked.grams_per_box"),
        (allotted(&[(id, 5)]).into(), "plots_allotted.allotments.0.grams"),
        (season(Some(5)).into(), "season_opened.ceiling"),
        (corrected(1, drawn(id, 5)).into(), "corrected.event.drawn.grams"),
    ];
    for (event, path) in samples {
        assert!(is_bad(event.clone(), path, 0).contains("Grams 0 is outside 1..=9007199254740991"));
        assert!(is_bad(event.clone(), path, -5).contains("Grams -5 is outside"));
        is_bad(event.clone(), path, Value::Text("5 kg".into()));
        // Beyond what JSON can say: it cannot even be written.
        assert!(altered(event, path, (MOST + 1).into()).is_err(), "{path}");
    }
}

/// The same beyond 2^53 − 1 by whoever writes it by hand.
#[test]
fn a_number_beyond_what_can_be_said() {
    let scene = Scene::in_season(false);
    let pen = Pen::new(scene.farms[0], key(4), time(NOW));
    let state = scene.ledger.chain(&scene.plots[0]).unwrap();
    let record = nguon_core::ledger::next_record(&pen, harvest(scene.plots[0], MOST).into(), &state);
    let mut payload = record.to_payload().unwrap();
    Record::from_payload(&payload).unwrap();
    let most = MOST.to_be_bytes();
    let at = payload.windows(8).position(|window| window == most).unwrap();
    payload[at..at + 8].copy_from_slice(&(MOST + 1).to_be_bytes());
    let fault = Fault::from(Record::from_payload(&payload).unwrap_err());
    assert_eq!(fault.code(), "not_canonical");
}

#[test]
fn mixed_units() {
    let spray = || Event::from(sprayed(7, None));
    let id = ChainId::from_bytes([1; 32]);
    assert!(is_bad(drawn(id, 5), "drawn.kilograms", 5).ends_with("is not a field here"));
    assert!(is_bad(drawn(id, 5), "drawn.boxes", 5).ends_with("is not a field here"));
    assert!(is_bad(spray(), "input_applied.phi_hours", 5).ends_with("is not a field here"));
    is_bad(spray(), "input_applied.dose", Value::Map(vec![]));
    let dose = |units: &[&str]| Value::Map(units.iter().map(|unit| (Value::Text((*unit).into()), 5.into())).collect());
    is_bad(spray(), "input_applied.dose", dose(&["milligrams", "microlitres"]));
    is_bad(spray(), "input_applied.dose", dose(&["grams"]));
    is_bad(spray(), "input_applied.dose", 5);
}

#[test]
fn two_hundred_and_one_inputs() {
    let one = |n: u8| (ChainId::from_bytes([n; 32]), 5);
    let from: Vec<(ChainId, u64)> = (0..200).map(one).collect();
    let all = |count: u8| Value::Array((0..count).map(|n| input(n, 5)).collect());
    assert!(is_bad(Received::new(inputs(&from)), "received.inputs", all(201)).contains("201 items where 1 to 200"));
    assert!(is_bad(Received::new(inputs(&from)), "received.inputs", all(0)).contains("0 items where 1 to 200"));
    let too_many = from.iter().copied().chain([one(200)]).map(|(from, amount)| Input { from, grams: grams(amount) });
    assert!(Inputs::new(too_many.collect()).is_err());
}

fn input(n: u8, grams: u64) -> Value {
    let from = Value::Bytes(vec![n; 32]);
    Value::Map(vec![(Value::Text("from".into()), from), (Value::Text("grams".into()), grams.into())])
}

#[test]
fn a_draw_for_another_chain() {
    both(|mut scene| {
        let (farm, collector) = (scene.farms[0], scene.collector);
        let batch = scene.picked(scene.plots[0], farm, 100);
        let [meant, other] = [0, 1].map(|_| scene.open(collector));
        scene.offer(farm, batch, drawn(meant, 50)).unwrap();
        is(scene.offer(collector, other, Received::new(inputs(&[(batch, 50)]))), "undrawn_input", "inputs", None);
        // Not by saying that it was harvested, either.
        let picked = scene.offer(collector, other, Harvested::new(inputs(&[(scene.plots[0], 50)])));
        is(picked, "undrawn_input", "inputs", None);
        scene.offer(collector, meant, Received::new(inputs(&[(batch, 50)]))).unwrap();
    });
}

/// A receipt of what nobody sent.
#[test]
fn a_shipment_never_sent() {
    both(|mut scene| {
        let batch = scene.picked(scene.plots[0], scene.farms[0], 100);
        let bought = scene.open(scene.collector);
        let received = scene.offer(scene.collector, bought, Received::new(inputs(&[(batch, 50)])));
        is(received, "undrawn_input", "inputs", None);
        let shipped = scene.offer(scene.farms[0], batch, Shipped::new(1, scene.carrier));
        is(shipped, "bad_field", "draw", None);
    });
}

#[test]
fn inputs_above_draws() {
    both(|mut scene| {
        let (farm, collector) = (scene.farms[0], scene.collector);
        let batch = scene.picked(scene.plots[0], farm, 100);
        let bought = scene.open(collector);
        scene.offer(farm, batch, drawn(bought, 50)).unwrap();
        let take = |amount| Received::new(inputs(&[(batch, amount)]));
        is(scene.offer(collector, bought, take(51)), "inputs_above_draws", "inputs", Some(50));
        scene.offer(collector, bought, take(30)).unwrap();
        is(scene.offer(collector, bought, take(21)), "inputs_above_draws", "inputs", Some(50));
        scene.offer(collector, bought, take(20)).unwrap();
    });
}

#[test]
fn more_than_is_left() {
    both(|mut scene| {
        let (farm, collector) = (scene.farms[0], scene.collector);
        let batch = scene.picked(scene.plots[0], farm, 100);
        let bought = scene.open(collector);
        is(scene.offer(collector, bought, drawn(batch, 1)), "over_drawn", "grams", Some(0));
        for event in [drawn(bought, 101).into(), Event::from(sold(101)), lost(MOST).into(), disposed(101).into()] {
            is(scene.offer(farm, batch, event), "over_drawn", "grams", Some(100));
        }
        for (event, left) in [(Event::from(drawn(bought, 10)), 90), (sold(20).into(), 70), (lost(30).into(), 40)] {
            scene.offer(farm, batch, event).unwrap();
            is(scene.offer(farm, batch, disposed(left + 1)), "over_drawn", "grams", Some(left));
        }
    });
}

#[test]
fn more_than_was_allotted() {
    both(|mut scene| {
        let (farm, coop, plot) = (scene.farms[0], scene.coop, scene.plots[0]);
        let batch = scene.picked(plot, farm, 100);
        is(scene.offer(farm, plot, harvest(batch, 5_901)), "above_allotment", "grams", Some(5_900));
        scene.offer(farm, plot, harvest(batch, 5_900)).unwrap();
        is(scene.offer(farm, plot, harvest(batch, 1)), "above_allotment", "grams", Some(0));
        // Another plot of a full area gets nothing; a plot of another area neither.
        let event = PlotRegistered::new(scene.areas[0], farm, SquareMetres::new(1).unwrap(), "vải".parse().unwrap());
        let third = scene.begin(coop, event).unwrap();
        is(scene.offer(coop, scene.areas[0], allotted(&[(third, 1)])), "above_ceiling", "allotments", Some(0));
        let foreign = scene.offer(coop, scene.areas[0], allotted(&[(scene.plots[2], 1)]));
        is(foreign, "above_ceiling", "allotments", Some(0));
    });
}

/// One orchard registered twice, for twice the harvest.
#[test]
fn more_land_than_there_is() {
    for logged in [false, true] {
        let mut scene = Scene::new(logged);
        let (farm, coop, area) = (scene.farms[0], scene.coop, scene.areas[0]);
        scene.offer(scene.office, area, season(Some(10_000))).unwrap();
        scene.offer(coop, area, allotted(&[(scene.plots[0], 1)])).unwrap();
        let size = SquareMetres::new(95_001).unwrap();
        let event = PlotRegistered::new(area, farm, size, "vải".parse().unwrap());
        let twice = scene.begin(coop, event).unwrap();
        is(scene.offer(coop, area, allotted(&[(twice, 1)])), "above_area", "allotments", Some(95_000));
    }
}

#[test]
fn inputs_after_the_first_draw() {
    both(|mut scene| {
        let (farm, collector) = (scene.farms[0], scene.collector);
        let batch = scene.picked(scene.plots[0], farm, 100);
        let bought = scene.merged(collector, &[(batch, 50)]);
        scene.offer(farm, batch, drawn(bought, 10)).unwrap();
        scene.offer(collector, bought, drawn(batch, 1)).unwrap();
        let again = Received::new(inputs(&[(batch, 10)]));
        is(scene.offer(collector, bought, again), "bad_field", "inputs", None);
        // And so nothing comes from itself.
        is(scene.offer(farm, batch, Received::new(inputs(&[(bought, 1)]))), "bad_field", "inputs", None);
        is(scene.offer(farm, batch, drawn(batch, 1)), "bad_field", "to", None);
    });
}

#[test]
fn a_harvest_outside_the_season() {
    both(|mut scene| {
        let (farm, plot) = (scene.farms[0], scene.plots[0]);
        let batch = scene.open(farm);
        let at = |at| HarvestDrawn { at: Some(time(at)), ..harvest(batch, 1) };
        is(scene.offer(farm, plot, at(NOW - 1)), "outside_season", "at", None);
        let none = HarvestDrawn { season: "2027".parse().unwrap(), ..harvest(batch, 1) };
        is(scene.offer(farm, plot, none), "bad_field", "season", None);
        scene.offer(farm, plot, at(NOW)).unwrap();
        scene.wait(100 * DAY + 1);
        is(scene.offer(farm, plot, harvest(batch, 1)), "outside_season", "at", None);
        scene.offer(farm, plot, at(NOW + 100 * DAY)).unwrap();
        // What was picked in time may be recorded two weeks later, and no more.
        scene.wait(14 * DAY - 1);
        scene.offer(farm, plot, at(NOW + 100 * DAY)).unwrap();
        scene.wait(1);
        is(scene.offer(farm, plot, at(NOW + 100 * DAY)), "late_harvest", "season", None);
    });
}

#[test]
fn more_boxes_than_fruit() {
    both(|mut scene| {
        let (farm, packer) = (scene.farms[0], scene.packer);
        let batch = scene.picked(scene.plots[0], farm, 100);
        let lot = scene.open(packer);
        scene.offer(farm, batch, drawn(lot, 100)).unwrap();
        let packed = |boxes, each| Packed::new(inputs(&[(batch, 50)]), Count::new(boxes).unwrap(), grams(each));
        is(scene.offer(packer, lot, packed(6, 10)), "boxes_above_inputs", "boxes", Some(5));
        is(scene.offer(packer, lot, packed(MOST, MOST)), "boxes_above_inputs", "boxes", Some(0));
        scene.offer(packer, lot, packed(5, 10)).unwrap();
        let labels = |count| LabelsIssued { count: Count::new(count).unwrap(), root: RootHash::from_bytes([1; 32]) };
        is(scene.offer(packer, lot, labels(6)), "above_boxes", "count", Some(5));
        scene.offer(packer, lot, labels(3)).unwrap();
        is(scene.offer(packer, lot, labels(3)), "above_boxes", "count", Some(2));
        let sscc: SsccCode = "095212340000000013".parse().unwrap();
        let pallet = |boxes| Aggregated { sscc: sscc.clone(), boxes: Count::new(boxes).unwrap(), at: None };
        is(scene.offer(packer, lot, pallet(6)), "above_boxes", "boxes", Some(5));
        scene.offer(packer, lot, pallet(5)).unwrap();
        is(scene.offer(packer, lot, pallet(1)), "above_boxes", "boxes", Some(0));
        // A correction leaves as many boxes as have labels and stand on pallets.
        is(scene.offer(packer, lot, corrected(1, packed(4, 10))), "above_boxes", "boxes", Some(0));
        is(scene.offer(packer, lot, corrected(1, packed(2, 10))), "above_boxes", "count", Some(0));
    });
}

/// Sums stay within what a record can say: there is no wrapping around, and no panic.
#[test]
fn sums_beyond_what_can_be_said() {
    for logged in [false, true] {
        let mut scene = Scene::new(logged);
        let (farm, coop, area, plot) = (scene.farms[0], scene.coop, scene.areas[0], scene.plots[0]);
        scene.offer(scene.office, area, season(Some(MOST))).unwrap();
        for plot in scene.plots.into_iter().take(2) {
            scene.offer(coop, plot, season(None)).unwrap();
        }
        let both = allotted(&[(plot, MOST), (scene.plots[1], MOST)]);
        is(scene.offer(coop, area, both), "too_much", "grams", None);
        scene.offer(coop, area, allotted(&[(plot, MOST)])).unwrap();
        is(scene.offer(coop, area, allotted(&[(scene.plots[1], 1)])), "above_ceiling", "allotments", Some(0));
        let batch = scene.picked(plot, farm, MOST);
        is(scene.offer(farm, plot, harvest(batch, 1)), "too_much", "grams", None);
        is(scene.offer(farm, batch, Harvested::new(inputs(&[(plot, 1)]))), "too_much", "grams", None);
        let huge = Harvested::new(inputs(&[(plot, MOST), (scene.plots[1], MOST)]));
        is(scene.offer(farm, batch, huge.clone()), "too_much", "grams", None);
        let other = scene.open(farm);
        is(scene.offer(farm, other, huge), "too_much", "grams", None);
        let packed = Packed::new(inputs(&[(batch, MOST)]), Count::new(MOST).unwrap(), grams(1));
        let lot = scene.open(scene.packer);
        scene.offer(farm, batch, drawn(lot, MOST)).unwrap();
        is(scene.offer(farm, batch, drawn(lot, 1)), "over_drawn", "grams", Some(0));
        scene.offer(scene.packer, lot, packed).unwrap();
        let labels = |count| LabelsIssued { count: Count::new(count).unwrap(), root: RootHash::from_bytes([1; 32]) };
        scene.offer(scene.packer, lot, labels(MOST)).unwrap();
        is(scene.offer(scene.packer, lot, labels(1)), "too_much", "grams", None);
        for batch in [batch, lot] {
            assert_eq!(scene.verdict(batch).outcome, scene.sound());
        }
    }
}

/// Batches that each came from the other: no ledger takes them, and who puts them into a bundle is found out.
#[test]
fn a_circle() {
    let mut scene = Scene::in_season(false);
    let (farm, plot) = (scene.farms[0], scene.plots[0]);
    let deployment = *trust(false).deployment();
    let pen = Pen::new(farm, key(4), time(NOW));
    let mut chains: Vec<(ChainState, Vec<ByteString>)> = Vec::new();
    for _ in 0..2 {
        let id = scene.open(farm);
        scene.offer(farm, plot, harvest(id, 10)).unwrap();
        scene.offer(farm, id, Harvested::new(inputs(&[(plot, 10)]))).unwrap();
        let records = scene.ledger.records(&id).iter().map(|record| ByteString(record.as_bytes().to_vec()));
        chains.push((ChainState::clone(&scene.ledger.chain(&id).unwrap()), records.collect()));
    }
    let ids = [chains[0].0.id, chains[1].0.id];
    for (at, (state, records)) in chains.iter_mut().enumerate() {
        let other = ids[1 - at];
        for event in [Event::from(Received::new(inputs(&[(other, 5)]))), drawn(other, 5).into()] {
            let record = nguon_core::ledger::next_record(&pen, event, state);
            let signed = nguon_core::envelope::SignedRecord::sign(&record, key(4), &deployment).unwrap();
            let mark = Mark { key: signed.key_id(), position: None };
            state.advance(&record, signed.statement_id(&deployment), &mark).unwrap();
            records.push(ByteString(signed.as_bytes().to_vec()));
        }
    }
    // No order of these four is accepted.
    let offered = scene.clone().offer(farm, ids[0], Received::new(inputs(&[(ids[1], 5)])));
    assert_eq!(code(offered), "undrawn_input");
    let whole = scene.ledger.bundle(ids[0]).unwrap();
    let mut rest: Vec<(ChainId, Vec<ByteString>)> = Vec::new();
    for chain in &whole.chains[1..] {
        let first = nguon_core::envelope::SignedRecord::from_bytes(chain[0].0.clone()).unwrap();
        rest.push((ChainId::of_first(first.statement_id(&deployment)), chain.clone()));
    }
    rest.push((ids[1], chains[1].1.clone()));
    rest.sort_by_key(|(id, _)| *id);
    let all = std::iter::once(chains[0].1.clone()).chain(rest.into_iter().map(|(_, chain)| chain)).collect();
    let bundle = Bundle::new(vec![trust(false).signed().clone()], all, vec![]);
    let verdict = scene.verdict_of(&bundle);
    assert!(matches!(verdict.outcome, Outcome::Invalid { code: "cycle", .. }), "{:?}", verdict.findings);
}
