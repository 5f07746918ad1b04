//! Laws of events: what is written is read, the order of lists changes no id, and a change of anything does.

use nguon_core::values::UtcOffset;
use nguon_export::epcis::decimal::Decimal;
use nguon_export::epcis::document::{DocumentWriter, Head};
use nguon_export::epcis::hash::{Version, agrees, event_id};
use nguon_export::epcis::model::{
    BizTransaction, Event, Extension, Group, Quantity, SensorElement, SensorReport, SourceDest, Value, What,
};
use nguon_export::epcis::read::{Limits, read, read_all};
use nguon_export::epcis::time::Timestamp;
use nguon_export::epcis::unit::Unit;
use nguon_export::epcis::uri::Uri;
use nguon_export::epcis::vocabulary::{
    Action, BizStep, BizTransactionType, Disposition, MeasurementType, SourceDestType,
};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

fn uris(most: usize) -> impl Strategy<Value = Vec<Uri>> {
    let one =
        "(urn:epc:id:sgtin:9521234\\.054321\\.[A-Z][0-9a-z]{0,6}|https://example\\.org/[a-z]{1,9}|urn:uuid:[a-f]{8})";
    btree_set(one, 1..=most).prop_map(|set| set.iter().map(|text| text.parse().unwrap()).collect())
}

fn quantities() -> impl Strategy<Value = Vec<Quantity>> {
    let unit = prop_oneof![Just("KGM"), Just("TNE"), Just("LBR")];
    let one = ("[A-Z0-9]{1,8}", 1..1_000_000_000_i64, 0..=3_u8, proptest::option::of(unit));
    btree_set("[A-Z0-9]{1,8}", 1..4).prop_flat_map(move |lots| {
        vec(one.clone(), lots.len()).prop_map(move |amounts| {
            let each = lots.iter().zip(amounts).map(|(lot, (_, units, places, unit))| Quantity {
                epc_class: format!("https://id.gs1.org/01/09521234543213/10/{lot}").parse().unwrap(),
                quantity: Some(Decimal::new(units, if unit.is_some() { places } else { 0 })),
                uom: unit.map(|unit| Unit::parse(unit).unwrap()),
            });
            each.collect()
        })
    })
}

fn what() -> impl Strategy<Value = What> {
    let action = || prop_oneof![Just(Action::Add), Just(Action::Observe), Just(Action::Delete)];
    prop_oneof![
        (action(), uris(4), quantities()).prop_map(|(action, epcs, quantities)| What::Object {
            action,
            epcs,
            quantities
        }),
        (action(), uris(1), uris(4), quantities()).prop_map(|(action, parent, children, quantities)| {
            What::Aggregation(Group { action, parent: parent.into_iter().next(), children, quantities })
        }),
        // Of single objects nothing is known about their masses.
        (uris(4), quantities(), uris(4), quantities()).prop_map(
            |(input_epcs, input_quantities, output_epcs, output_quantities)| What::Transformation {
                id: None,
                input_epcs,
                input_quantities,
                output_epcs,
                output_quantities
            }
        ),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        "\\PC{0,12}".prop_map(Value::Text),
        (-1_000_000_000_i64..1_000_000_000, 0..=4_u8)
            .prop_map(|(units, places)| Value::Number(Decimal::new(units, places))),
        any::<bool>().prop_map(Value::Boolean),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::List),
            inner.prop_map(|value| Value::Map(vec![Extension::nguon("inner", value)])),
        ]
    })
}

fn event() -> impl Strategy<Value = Event> {
    let fields = (value(), value(), proptest::option::of(0..400_i64), any::<bool>(), any::<bool>());
    (what(), 0..4_000_000_000_000_i64, -840..=840_i64, fields).prop_map(|(what, millis, minutes, fields)| {
        let (one, other, degrees, stepped, handed) = fields;
        let mut event =
            Event::new(what, Timestamp::from_millis(millis).unwrap(), UtcOffset::try_from(minutes).unwrap());
        event.extensions = vec![Extension::nguon("one", one), Extension::cbvmda("other", other)];
        let report = |tenths| SensorReport::measured(MeasurementType::TEMPERATURE, Decimal::new(tenths, 1), "CEL");
        event.sensor_element_list = degrees.map(|tenths| SensorElement::of(vec![report(tenths)])).into_iter().collect();
        if stepped {
            event.biz_step = Some(BizStep::PACKING);
            event.disposition = Some(Disposition::ACTIVE);
            event.persistent_disposition.set = vec![Disposition::COMPLETENESS_VERIFIED, Disposition::RECALLED];
        }
        if handed {
            let side = |id: &str| SourceDest { kind: SourceDestType::OWNING_PARTY, id: id.parse().unwrap() };
            event.source_list = vec![side("https://id.gs1.org/417/9521234000006"), side("https://example.org/b")];
            event.destination_list = vec![side("https://example.org/c")];
            let document =
                |id: &str| BizTransaction { kind: Some(BizTransactionType::PO), biz_transaction: id.parse().unwrap() };
            event.biz_transaction_list = vec![document("urn:x:2"), document("urn:x:1")];
        }
        event
    })
}

fn document(event: &Event) -> Vec<u8> {
    let head = Head { creation_date: Timestamp::from_millis(0).unwrap(), extensions: Vec::new() };
    let mut writer = DocumentWriter::begin(Vec::new(), &head).unwrap();
    writer.event(event).unwrap();
    writer.finish(&[Extension::nguon("end", Value::Boolean(true))]).unwrap()
}

/// The same event with every list turned round.
fn turned(event: &Event) -> Event {
    let mut event = event.clone();
    let (mut epcs, mut quantities): (Vec<&mut Vec<Uri>>, Vec<&mut Vec<Quantity>>) = (Vec::new(), Vec::new());
    match &mut event.what {
        What::Object { epcs: list, quantities: amounts, .. } => {
            epcs.push(list);
            quantities.push(amounts);
        }
        What::Aggregation(group) => {
            epcs.push(&mut group.children);
            quantities.push(&mut group.quantities);
        }
        What::Transformation { input_epcs, input_quantities, output_epcs, output_quantities, .. } => {
            epcs.extend([input_epcs, output_epcs]);
            quantities.extend([input_quantities, output_quantities]);
        }
        _ => {}
    }
    epcs.into_iter().for_each(|list| list.reverse());
    quantities.into_iter().for_each(|list| list.reverse());
    event.extensions.reverse();
    event.source_list.reverse();
    event.biz_transaction_list.reverse();
    event.persistent_disposition.set.reverse();
    event
}

proptest! {
    #[test]
    fn what_is_written_is_read(mut event in event()) {
        event.event_id = Some(event_id(&event, Version::Cbv20));
        let read = read_all(&document(&event), &Limits::default());
        prop_assert_eq!(read.map_err(|faults| faults.to_string()), Ok(vec![event]));
    }

    #[test]
    fn order_changes_no_id(event in event()) {
        for version in [Version::Cbv20, Version::Cbv21, Version::Release193] {
            prop_assert_eq!(event_id(&event, version), event_id(&turned(&event), version));
        }
    }

    #[test]
    fn a_change_changes_the_id(mut event in event(), which in 0..5) {
        for version in [Version::Release193, Version::Cbv21, Version::Cbv20] {
            event.event_id = Some(event_id(&event, version));
            prop_assert!(agrees(&event));
        }
        match which {
            0 => event.event_time = Timestamp::from_millis(event.event_time.millis() + 1).unwrap(),
            1 => event.extensions.push(Extension::nguon("added", Value::Boolean(false))),
            2 => event.biz_location = Some("https://example.org/elsewhere".parse::<Uri>().unwrap().into()),
            3 => event.certification_info.clear(),
            _ => event.disposition = Some(Disposition::STOLEN),
        }
        // Certificates are no part of an id.
        prop_assert_eq!(agrees(&event), which == 3);
    }

    #[test]
    fn nothing_that_is_sent_panics(event in event(), cuts in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = document(&event);
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let reading = read(&bytes, &Limits::default(), |_, _| ());
        prop_assert!(reading.faults.listed().iter().all(|fault| !fault.in_vietnamese().is_empty()));
    }
}
