//! Documents of the sample season: read back whole, ids made anew, corrections beside what they correct.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use nguon_export::epcis::hash::agrees;
use nguon_export::epcis::model::{Event, EventType, Extension, Value};
use nguon_export::epcis::read::{Limits, read_all};
use nguon_export::epcis::time::Timestamp;
use nguon_export::epcis::vocabulary::{BizStep, Disposition};
use nguon_export::epcis::write::{Exporter, Summary, events};
use nguon_export::{Facts, Personal, Source};
use support::{LOGGED, batch, bundle, source, verified};

fn document(sources: &[Source]) -> (Vec<u8>, Summary) {
    let mut exporter = Exporter::begin(Vec::new(), Timestamp::from(LOGGED.now())).unwrap();
    for source in sources {
        exporter.add(&Facts::new(source, Personal::Withheld)).unwrap();
    }
    exporter.finish().unwrap()
}

/// Every labelled batch of the season.
fn season() -> Vec<Source> {
    let batches: BTreeSet<_> = LOGGED.cases.iter().filter_map(|case| case.batch).collect();
    let made = batches
        .into_iter()
        .filter_map(|batch| Source::despite(verified(&LOGGED, &bundle(&LOGGED, batch, false)), LOGGED.now()).ok());
    made.collect()
}

#[test]
fn what_is_written_is_read_and_the_same() {
    let (document, summary) = document(&season());
    let read = read_all(&document, &Limits::default()).unwrap_or_else(|faults| panic!("{:#?}", faults.listed()));
    assert_eq!(u64::try_from(read.len()).unwrap(), summary.events);
    assert!(read.iter().all(|event| event.event_id.is_some() && agrees(event)));
    let mut written: BTreeMap<String, Event> = BTreeMap::new();
    for source in season() {
        let facts = Facts::new(&source, Personal::Withheld);
        written.extend(events(&facts).into_iter().map(|event| (format!("{:?}", event.event_id), event)));
    }
    for event in &read {
        assert_eq!(Some(event), written.get(&format!("{:?}", event.event_id)));
    }
    let kinds: BTreeSet<EventType> = read.iter().map(Event::event_type).collect();
    assert!(kinds.contains(&EventType::ObjectEvent) && kinds.contains(&EventType::TransformationEvent));
    assert!(kinds.contains(&EventType::AggregationEvent) && kinds.contains(&EventType::TransactionEvent));
    let text = String::from_utf8(document).unwrap();
    assert!(text.contains(r#""nguon:outcome":"recalled""#) && text.contains(r#""nguon:outcome":"valid""#));
}

#[test]
fn goods_are_tied_to_the_paper_they_travel_with() {
    let season = season();
    let mut tied = 0;
    for source in &season {
        let facts = Facts::new(source, Personal::Withheld);
        let events = events(&facts);
        let of_record = |event: &Event| Extension::find(&event.extensions, "record").cloned();
        for tie in events.iter().filter(|event| event.event_type() == EventType::TransactionEvent) {
            let moved =
                |event: &&Event| event.event_type() == EventType::ObjectEvent && of_record(event) == of_record(tie);
            let event = events.iter().find(moved).expect("the shipping or receiving it stands beside");
            assert_eq!(event.biz_transaction_list, tie.biz_transaction_list);
            assert!(
                !tie.biz_transaction_list.is_empty()
                    && event.biz_step == tie.biz_step
                    && event.event_id != tie.event_id
            );
            tied += 1;
        }
        // And none goes without.
        let moves = [BizStep::SHIPPING, BizStep::RECEIVING];
        let moving = events.iter().filter(|event| {
            event.event_type() == EventType::ObjectEvent
                && event.biz_step.as_ref().is_some_and(|step| moves.contains(step))
                && !event.biz_transaction_list.is_empty()
        });
        let ties = events.iter().filter(|event| event.event_type() == EventType::TransactionEvent);
        assert_eq!(moving.count(), ties.count());
    }
    assert!(tied > 0);
}

#[test]
fn a_record_of_several_lots_is_written_once() {
    let twice = [source(&LOGGED, "export"), source(&LOGGED, "export")];
    let (once, again) = (document(&twice[..1]).1, document(&twice).1);
    assert_eq!((once.events, once.missing), (again.events, again.missing));
    assert_eq!((once.lots, again.lots), (1, 2));
}

#[test]
fn a_corrected_event_stands_beside_what_was_first_said() {
    let mut found = 0;
    for source in season() {
        let facts = Facts::new(&source, Personal::Withheld);
        let events = events(&facts);
        for (wrong, declaration) in events.iter().filter_map(|event| Some((event, event.error_declaration.as_ref()?))) {
            let [id] = &declaration.corrective_event_ids[..] else { panic!("one correction counts") };
            let right = events.iter().find(|event| event.event_id.as_ref() == Some(id)).expect("it is in the document");
            let record = |event: &Event, field| Extension::find(&event.extensions, field).cloned();
            assert_eq!(record(right, "corrects"), record(wrong, "record"));
            assert_ne!(record(right, "record"), record(wrong, "record"));
            assert!(agrees(wrong) && agrees(right) && right.error_declaration.is_none());
            found += 1;
        }
    }
    assert!(found > 0, "the season has corrections");
}

#[test]
fn an_export_lot_is_told_from_plot_to_border() {
    let source = source(&LOGGED, "export");
    let facts = Facts::new(&source, Personal::Withheld);
    let events = events(&facts);
    let of = |step: &BizStep| events.iter().filter(|event| event.biz_step.as_ref() == Some(step)).collect::<Vec<_>>();
    assert_eq!(of(&BizStep::COMMISSIONING).len(), 8, "eight households picked");
    let [packed] = of(&BizStep::PACKING)
        .into_iter()
        .filter(|event| event.event_type() == EventType::TransformationEvent)
        .collect::<Vec<_>>()[..]
    else {
        panic!("packed once")
    };
    assert_eq!(Extension::find(&packed.ilmd, "boxes").and_then(Value::count), Some(1_020));
    let [_, (_, outputs)] = packed.quantity_lists();
    assert_eq!(outputs[0].epc_class.as_str(), facts_class(&facts));
    assert_eq!(outputs[0].quantity.unwrap().to_string(), "10200");
    assert_eq!(packed.biz_transaction_list.len(), 1);
    assert!(of(&BizStep::RECEIVING).iter().any(|event| event.sensor_element_list.len() == 1));
    assert!(of(&BizStep::SHIPPING).iter().all(|event| event.disposition == Some(Disposition::IN_TRANSIT)));
    assert!(!of(&BizStep::SHIPPING).is_empty());
}

fn facts_class(facts: &Facts<'_>) -> String {
    let label = facts.own_lot().label.clone().unwrap();
    format!("https://id.gs1.org/01/{}/10/{}", label.gtin, label.lot)
}

#[test]
fn nobody_is_named() {
    let source = support::opened(&LOGGED, "export");
    let mut exporter = Exporter::begin(Vec::new(), Timestamp::from(LOGGED.now())).unwrap();
    exporter.add(&Facts::new(&source, Personal::Withheld)).unwrap();
    let document = String::from_utf8(exporter.finish().unwrap().0).unwrap();
    let facts = Facts::new(&source, Personal::Opened);
    let named = facts.history().chains().filter_map(|chain| facts.party(&chain.id()).name).collect::<Vec<_>>();
    assert!(named.len() > 8);
    assert!(named.iter().all(|name| !document.contains(name.as_str())));
    assert_eq!(batch(&LOGGED, "export"), facts.batch());
    // Whoever asks for it, and has a bundle that opens it, gets what was said in private.
    let plate = "98C-000.01";
    let opened: Vec<Event> = events(&facts);
    let vehicles =
        opened.iter().filter_map(|event| Extension::find(&event.extensions, "vehicle")?.text()).collect::<Vec<_>>();
    assert!(vehicles.contains(&plate) && !document.contains(plate));
    assert!(opened.iter().all(agrees));
}
