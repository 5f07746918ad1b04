//! The standard's query parameters over the sample season's events.

mod support;

use nguon_export::epcis::model::{Event, EventType};
use nguon_export::epcis::query::{NAMES, Query, QueryFault};
use nguon_export::epcis::vocabulary::BizStep;
use nguon_export::epcis::write::events;
use nguon_export::{Facts, Personal};
use support::{LOGGED, source};

fn season() -> Vec<Event> {
    let source = source(&LOGGED, "export");
    events(&Facts::new(&source, Personal::Withheld))
}

fn found(events: &[Event], parameters: &[(&str, &str)]) -> usize {
    let query = Query::parse(parameters.iter().copied()).unwrap_or_else(|error| panic!("{error}"));
    events.iter().filter(|event| query.matches(event)).count()
}

#[test]
fn every_parameter_finds_what_it_names_and_nothing_else() {
    let events = season();
    let count = |is: &dyn Fn(&Event) -> bool| events.iter().filter(|event| is(event)).count();
    let shipped = events.iter().find(|event| event.biz_step == Some(BizStep::SHIPPING)).unwrap();
    let packed = events.iter().find(|event| event.event_type() == EventType::TransformationEvent).unwrap();
    let class = packed.quantity_lists()[1].1[0].epc_class.as_str();
    let (id, time) = (shipped.event_id.as_ref().unwrap().as_str(), shipped.event_time.to_string());
    let place = packed.biz_location.as_ref().unwrap().id.as_str();
    let owner = shipped.source_list[0].id.as_str();
    let pallet = events.iter().find_map(Event::parent).unwrap().as_str();
    assert_eq!(found(&events, &[]), events.len());
    assert_eq!(found(&events, &[("eventType", "TransformationEvent")]), 1);
    assert_eq!(found(&events, &[("EQ_eventID", id)]), 1);
    let since = found(&events, &[("GE_eventTime", &time)]);
    assert_eq!(since + found(&events, &[("LT_eventTime", &time)]), events.len());
    assert_eq!(since, count(&|event| event.event_time >= shipped.event_time));
    assert_eq!(found(&events, &[("EQ_action", "ADD"), ("EQ_bizStep", "commissioning")]), 8);
    assert_eq!(found(&events, &[("EQ_bizStep", "urn:epcglobal:cbv:bizstep:commissioning|cbv:BizStep-packing")]), 8 + 3);
    assert_eq!(found(&events, &[("EQ_disposition", "in_transit")]), count(&|e| e.biz_step == Some(BizStep::SHIPPING)));
    assert_eq!(found(&events, &[("MATCH_outputEPCClass", class)]), 1);
    assert_eq!(found(&events, &[("MATCH_inputEPCClass", class)]), 0);
    assert!(found(&events, &[("MATCH_anyEPCClass", class)]) > 4);
    assert_eq!(found(&events, &[("MATCH_parentID", pallet)]), 1);
    assert_eq!(found(&events, &[("MATCH_anyEPC", pallet)]), 1);
    assert_eq!(found(&events, &[("MATCH_epc", pallet)]), 0);
    assert!(found(&events, &[("EQ_bizLocation", place)]) >= 2);
    assert_eq!(found(&events, &[("EQ_bizLocation", place)]), found(&events, &[("WD_bizLocation", place)]));
    assert!(found(&events, &[("EQ_source_owning_party", owner)]) > 0);
    assert_eq!(found(&events, &[("EQ_source_location", owner)]), 0);
    assert_eq!(found(&events, &[("GE_recordTime", &time)]), 0);
}

#[test]
fn corrections_are_found() {
    let mut found_one = false;
    for case in LOGGED.cases.iter().filter(|case| case.batch.is_some()) {
        let verification = support::verified(&LOGGED, &support::bundle(&LOGGED, case.batch.unwrap(), false));
        let Ok(source) = nguon_export::Source::despite(verification, LOGGED.now()) else { continue };
        let events = events(&Facts::new(&source, Personal::Withheld));
        let declared = events.iter().filter_map(|event| event.error_declaration.as_ref());
        let ids: Vec<String> =
            declared.flat_map(|error| &error.corrective_event_ids).map(ToString::to_string).collect();
        assert_eq!(found(&events, &[("EXISTS_errorDeclaration", "")]), ids.len());
        assert_eq!(found(&events, &[("EQ_errorReason", "incorrect_data")]), ids.len());
        for id in &ids {
            assert_eq!(found(&events, &[("EQ_correctiveEventID", id)]), 1);
            found_one = true;
        }
    }
    assert!(found_one);
}

#[test]
fn patterns_leave_the_serial_open() {
    let event = r#"{"@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", "type": "ObjectEvent",
        "eventTime": "2026-06-01T00:00:00Z", "eventTimeZoneOffset": "+07:00", "action": "OBSERVE",
        "epcList": ["urn:epc:id:sgtin:9521234.054321.77"]}"#;
    let events = nguon_export::epcis::read::read_all(event.as_bytes(), &Default::default()).unwrap();
    assert_eq!(found(&events, &[("MATCH_epc", "urn:epc:idpat:sgtin:9521234.054321.*")]), 1);
    assert_eq!(found(&events, &[("MATCH_epc", "https://shop.example/01/9521234543213/21/77")]), 1);
    assert_eq!(found(&events, &[("MATCH_epc", "https://shop.example/01/9521234543213/21/7")]), 0);
    assert_eq!(found(&events, &[("MATCH_epc", "urn:epc:idpat:sgtin:9521234.054322.*")]), 0);
}

#[test]
fn what_is_no_parameter_is_told_by_its_name() {
    let fault = |parameters: &[(&'static str, &'static str)]| Query::parse(parameters.iter().copied()).unwrap_err();
    assert_eq!(fault(&[("EQ_bizstep", "x")]).kind, QueryFault::Unknown);
    assert_eq!(fault(&[("EQ_source_nobody", "https://x.y")]).kind, QueryFault::Unknown);
    assert_eq!(fault(&[("EQ_action", "ADD"), ("EQ_action", "DELETE")]).kind, QueryFault::Twice);
    let wrong = [("GE_eventTime", "yesterday"), ("perPage", "0"), ("EQ_bizStep", "weighing"), ("orderBy", "size")];
    for (name, value) in wrong.into_iter().chain([("MATCH_epc", "7"), ("MATCH_epc", "urn:epc:idpat:sgtin:*.*.*")]) {
        let fault = fault(&[(name, value)]);
        assert!(matches!(fault.kind, QueryFault::Expected(_)) && fault.parameter == name, "{fault}");
        assert_ne!(fault.in_vietnamese(), fault.to_string());
    }
    // Every name that is said to be known is.
    for name in NAMES {
        let unknown = Query::parse([(*name, "?")]).is_err_and(|error| error.kind == QueryFault::Unknown);
        assert!(!unknown, "{name}");
    }
}
