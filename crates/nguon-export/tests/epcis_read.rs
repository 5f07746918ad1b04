//! Documents with faults: every one is listed with its place, and nothing of a faulty event is handed out.

use nguon_export::epcis::key::KeyError;
use nguon_export::epcis::model::Event;
use nguon_export::epcis::read::{Fault, FaultKind, Limits, read, read_all};
use nguon_export::epcis::time::TimeError;
use serde_json::{Value, json};

const LOT: &str = "https://id.gs1.org/01/09521234543213/10/A1";
const SERIAL: &str = "https://id.gs1.org/01/09521234543213/21/7";

/// A sound document of one event of each kind.
fn sound() -> Value {
    let of = |grams: u64| json!([{"epcClass": LOT, "quantity": grams, "uom": "GRM"}]);
    let event = |fields: Value| {
        let mut event = json!({"eventTime": "2026-06-14T15:30:00+07:00", "eventTimeZoneOffset": "+07:00"});
        event.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        event
    };
    json!({
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"x": "https://example.org/x/"}],
        "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-06-15T00:00:00Z",
        "epcisBody": {"eventList": [
            event(json!({"type": "ObjectEvent", "action": "ADD", "bizStep": "commissioning", "quantityList": of(5_000),
                "ilmd": {"cbvmda:lotNumber": "A1"}, "readPoint": {"id": "https://id.gs1.org/414/9521234000006"},
                "eventID": "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8"})),
            event(json!({"type": "AggregationEvent", "action": "ADD", "parentID": "https://id.gs1.org/00/095212340000000013",
                "childQuantityList": [{"epcClass": LOT, "quantity": 12}]})),
            event(json!({"type": "TransactionEvent", "action": "ADD", "quantityList": of(5_000),
                "bizTransactionList": [{"type": "po", "bizTransaction": "urn:epcglobal:cbv:bt:9521234000006:1"}]})),
            event(json!({"type": "TransformationEvent", "inputQuantityList": of(5_000),
                "outputQuantityList": [{"epcClass": "https://id.gs1.org/01/09521234543213/10/B1", "quantity": 4.5, "uom": "KGM"}],
                "sensorElementList": [{"sensorReport": [{"type": "Temperature", "value": 4.5, "uom": "CEL"}]}],
                "sourceList": [{"type": "owning_party", "source": "urn:epc:id:pgln:9521234.00000"}]})),
            event(json!({"type": "AssociationEvent", "action": "DELETE", "parentID": "urn:epc:id:grai:9521234.00001.7",
                "x:field": {"x:inner": [1, true, "drei"]}})),
        ]}
    })
}

fn faults(document: &Value) -> Vec<Fault> {
    match read_all(document.to_string().as_bytes(), &Limits::default()) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.listed().to_vec(),
    }
}

#[test]
fn a_sound_document_has_no_fault() {
    assert_eq!(faults(&sound()), []);
}

#[test]
fn each_fault_is_told_with_its_place() {
    let put = |event: usize, field: &str, value: Value| {
        let mut document = sound();
        *document["epcisBody"]["eventList"][event].pointer_mut(field).expect("a field") = value;
        (document, format!("/epcisBody/eventList/{event}{field}"))
    };
    let add = |event: usize, parent: &str, field: &str, value: Value| {
        let mut document = sound();
        let found = document["epcisBody"]["eventList"][event].pointer_mut(parent).expect("a parent");
        found.as_object_mut().expect("an object").insert(field.to_owned(), value);
        (document, format!("/epcisBody/eventList/{event}{parent}/{field}"))
    };
    let cut = |event: usize, field: &str| {
        let mut document = sound();
        document["epcisBody"]["eventList"][event].as_object_mut().expect("an object").remove(field);
        (document, format!("/epcisBody/eventList/{event}"))
    };
    let boxes = FaultKind::Boxes { boxes: 3, grams_per_box: 1_000, grams: 4_500 };
    let twice = json!([{"epcClass": LOT, "uom": "KGM", "quantity": 1}, {"epcClass": LOT, "uom": "KGM", "quantity": 2}]);
    let key =
        |text: &str| FaultKind::Key(text.parse::<nguon_gs1::Gtin>().map(|_| ()).map_err(KeyError::from).unwrap_err());
    let cases: Vec<((Value, String), FaultKind)> = vec![
        (add(0, "", "harvester", json!("who")), FaultKind::UnknownField),
        (add(0, "", "y:field", json!(1)), FaultKind::UnknownPrefix),
        (add(0, "/quantityList/0", "x:field", json!(1)), FaultKind::UnknownField),
        (add(1, "", "epcList", json!([])), FaultKind::UnknownField),
        (put(0, "/eventTime", json!("2026-06-31T00:00:00Z")), FaultKind::Time(TimeError::Calendar)),
        (put(0, "/eventTime", json!("14/06/2026")), FaultKind::Time(TimeError::Form)),
        (put(0, "/eventTime", json!("2026-06-14T15:30:00")), FaultKind::Time(TimeError::NoOffset)),
        (put(0, "/eventTimeZoneOffset", json!("+7")), FaultKind::Time(TimeError::Offset)),
        (put(0, "/eventTimeZoneOffset", json!("+14:01")), FaultKind::Time(TimeError::Offset)),
        (put(0, "/action", json!("ADDED")), FaultKind::Action),
        (put(0, "/type", json!("QuantityEvent")), FaultKind::EventType),
        (put(0, "/bizStep", json!("weighing")), FaultKind::Term("weighing".into())),
        (add(0, "", "disposition", json!("fresh")), FaultKind::Term("fresh".into())),
        (put(0, "/quantityList/0/uom", json!("KG")), FaultKind::Unit("KG".into())),
        (put(0, "/quantityList/0/quantity", json!("5")), FaultKind::Expected("a number")),
        (put(0, "/quantityList/0/quantity", json!(-5)), FaultKind::NotPositive),
        (put(0, "/quantityList/0/quantity", json!(1e300)), FaultKind::Digits),
        (put(0, "/quantityList/0/epcClass", json!("lot A1")), FaultKind::Uri),
        (
            put(0, "/quantityList/0/epcClass", json!("https://id.gs1.org/01/09521234543214/10/A1")),
            key("09521234543214"),
        ),
        (put(1, "/parentID", json!("urn:epc:id:sscc:95.1")), FaultKind::Key(KeyError::Scheme("an EPC URN"))),
        (put(1, "/childQuantityList/0/quantity", json!(1.5)), FaultKind::NotWhole),
        (put(3, "/sensorElementList/0/sensorReport/0/type", json!("Warmth")), FaultKind::Term("Warmth".into())),
        (put(3, "/sensorElementList/0/sensorReport", json!([])), FaultKind::Missing("sensorReport")),
        (put(3, "/sourceList/0/type", json!("farmer")), FaultKind::Term("farmer".into())),
        (put(3, "/inputQuantityList/0/quantity", json!(4_000)), FaultKind::MoreOut { inputs: 4_000, outputs: 4_500 }),
        (add(3, "", "ilmd", json!({"nguon:boxes": 3, "nguon:gramsPerBox": 1_000})), boxes),
        (put(2, "/quantityList", twice), FaultKind::Repeated),
        (add(2, "", "epcList", json!([SERIAL, "urn:epc:id:sgtin:9521234.054321.7"])), FaultKind::Repeated),
        (put(0, "/action", json!("OBSERVE")), FaultKind::IlmdWithoutAdd),
        (cut(0, "eventTime"), FaultKind::Missing("eventTime")),
        (cut(0, "eventTimeZoneOffset"), FaultKind::Missing("eventTimeZoneOffset")),
        (cut(0, "action"), FaultKind::Missing("action")),
        (cut(0, "quantityList"), FaultKind::NoObjects("epcList, quantityList or sensorElementList")),
        (cut(1, "parentID"), FaultKind::Missing("parentID")),
        (cut(2, "bizTransactionList"), FaultKind::Missing("bizTransactionList")),
        (cut(3, "outputQuantityList"), FaultKind::NoObjects("outputEPCList or outputQuantityList")),
        (cut(4, "parentID"), FaultKind::Missing("parentID")),
    ];
    for ((document, path), kind) in cases {
        let found = faults(&document);
        let place = match kind {
            FaultKind::Missing("sensorReport") => path.trim_end_matches("/sensorReport"),
            FaultKind::MoreOut { .. } => "/epcisBody/eventList/3/outputQuantityList",
            FaultKind::Boxes { .. } => "/epcisBody/eventList/3/ilmd/nguon:boxes",
            FaultKind::Repeated => &format!("{path}/1"),
            FaultKind::IlmdWithoutAdd => "/epcisBody/eventList/0/ilmd",
            _ => &path,
        };
        assert_eq!(found, [Fault { path: place.to_owned(), kind }]);
        assert_ne!(found[0].to_string(), found[0].in_vietnamese());
    }
}

#[test]
fn faults_of_the_document_itself_are_told() {
    let put = |field: &str, value: Value| {
        let mut document = sound();
        document[field] = value;
        faults(&document)
    };
    let only = |found: Vec<Fault>, path: &str, kind: FaultKind| {
        assert_eq!(found, [Fault { path: path.to_owned(), kind }]);
    };
    only(put("type", json!("Document")), "/type", FaultKind::DocumentType);
    only(put("schemaVersion", json!("1.2")), "/schemaVersion", FaultKind::SchemaVersion("1.2".into()));
    only(put("author", json!("me")), "/author", FaultKind::UnknownField);
    only(put("creationDate", json!("today")), "/creationDate", FaultKind::Time(TimeError::Form));
    only(put("epcisBody", json!({})), "", FaultKind::Missing("epcisBody/eventList"));
    only(put("epcisBody", json!([])), "/epcisBody", FaultKind::Expected("an object"));
    let no_context = put("@context", json!({"x": "https://example.org/x/"}));
    only(no_context, "/@context", FaultKind::NoContext);
    let text = sound().to_string();
    let broken = read_all(&text.as_bytes()[..text.len() - 9], &Limits::default()).unwrap_err();
    assert!(matches!(broken.listed(), [Fault { kind: FaultKind::Syntax { line: 1, .. }, .. }]), "{broken}");
    let twice = text.replace(r#""action":"ADD","#, r#""action":"ADD","action":"DELETE","#);
    let twice = read_all(twice.as_bytes(), &Limits::default()).unwrap_err();
    assert_eq!(twice.listed()[0].path, "/epcisBody/eventList/0/action");
    assert!(twice.listed().iter().all(|fault| fault.kind == FaultKind::DuplicateField) && twice.total() == 3);
}

#[test]
fn all_faults_are_found_in_one_go_and_the_sound_events_with_them() {
    let mut document = sound();
    let list = &mut document["epcisBody"]["eventList"];
    list[0]["eventTime"] = json!(7);
    list[0]["bizStep"] = json!("weighing");
    list[0]["quantityList"][0]["uom"] = json!("KG");
    list[2]["quantityList"][0]["epcClass"] = json!("https://id.gs1.org/01/09521234543214");
    let mut events = Vec::new();
    let reading = read(document.to_string().as_bytes(), &Limits::default(), |index, _| events.push(index));
    assert_eq!((reading.events, events), (5, vec![1, 3, 4]));
    let paths: Vec<&str> = reading.faults.listed().iter().map(|fault| fault.path.as_str()).collect();
    let at = |rest: &str| format!("/epcisBody/eventList/{rest}");
    assert_eq!(
        paths,
        [at("0/eventTime"), at("0/quantityList/0/uom"), at("0/bizStep"), at("2/quantityList/0/epcClass")]
    );
}

#[test]
fn an_id_is_taken_once_but_for_the_event_that_declares_it_wrong() {
    let mut document = sound();
    let list = document["epcisBody"]["eventList"].as_array_mut().unwrap();
    let mut declared = list[0].clone();
    declared["errorDeclaration"] = json!({"declarationTime": "2026-06-16T00:00:00Z", "reason": "incorrect_data",
        "correctiveEventIDs": ["urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a9"]});
    list.push(declared.clone());
    assert_eq!(faults(&document), []);
    document["epcisBody"]["eventList"].as_array_mut().unwrap().push(declared);
    let expected = Fault { path: "/epcisBody/eventList/6/eventID".into(), kind: FaultKind::EventIdTaken(5) };
    assert_eq!(faults(&document), [expected]);
}

#[test]
fn limits_hold() {
    let text = sound().to_string();
    let told = |limits: Limits| read_all(text.as_bytes(), &limits).unwrap_err();
    let limits = Limits::default();
    let long = told(Limits { bytes: 100, ..limits });
    assert_eq!(long.listed()[0].kind, FaultKind::TooLong(text.len(), 100));
    let many = told(Limits { events: 4, ..limits });
    assert_eq!(many.listed()[0].kind, FaultKind::TooManyEvents(4));
    let deep = told(Limits { depth: 3, ..limits });
    assert_eq!(deep.listed()[0], Fault { path: "/epcisBody/eventList/3".into(), kind: FaultKind::TooDeep(3) });
    let mut wrong = sound();
    wrong["epcisBody"]["eventList"].as_array_mut().unwrap().iter_mut().for_each(|event| event["eventTime"] = json!(0));
    let few = read_all(wrong.to_string().as_bytes(), &Limits { faults: 2, ..limits }).unwrap_err();
    assert_eq!((few.listed().len(), few.total()), (2, 5));
    let mut named = sound();
    named["epcisBody"]["eventList"][0]["n".repeat(100_000)] = json!(1);
    let named = read_all(named.to_string().as_bytes(), &limits).unwrap_err();
    assert_eq!(named.listed()[0].path.chars().count(), "/epcisBody/eventList/0/".len() + 64 + 1);
    for nested in ["[", "{\"a\":"] {
        assert!(read_all(nested.repeat(200_000).as_bytes(), &limits).is_err());
    }
}

#[test]
fn a_single_event_and_an_answer_to_a_query_are_read_too() {
    let document = sound();
    let mut event = document["epcisBody"]["eventList"][0].clone();
    event["@context"] = document["@context"].clone();
    let alone = read_all(event.to_string().as_bytes(), &Limits::default()).unwrap();
    let answer = json!({"@context": document["@context"], "type": "EPCISQueryDocument", "schemaVersion": "2.0",
        "creationDate": "2026-06-15T00:00:00Z", "epcisBody": {"queryResults": {"queryName": "SimpleEventQuery",
            "resultsBody": {"eventList": document["epcisBody"]["eventList"]}}}});
    let answered: Vec<Event> = read_all(answer.to_string().as_bytes(), &Limits::default()).unwrap();
    assert_eq!((alone.len(), answered.len()), (1, 5));
    assert_eq!(alone[0], answered[0]);
    let mut wrong = answer;
    wrong["epcisBody"]["queryResults"]["resultsBody"]["eventList"][1]["action"] = json!("X");
    assert_eq!(faults(&wrong)[0].path, "/epcisBody/queryResults/resultsBody/eventList/1/action");
}

#[test]
fn a_hundred_thousand_events_are_read_and_the_one_fault_among_them_found() {
    let one = sound()["epcisBody"]["eventList"][3].to_string();
    let mut list = vec![one.as_str(); 100_000];
    let wrong = one.replace("Temperature", "Warmth");
    list[77_777] = &wrong;
    let head = sound().to_string();
    let (begin, _) = head.split_once("\"eventList\":[").unwrap();
    // The head may stand behind the events: serde_json sorts its fields, so the body is in the middle here.
    let (_, end) = head.rsplit_once("]}").unwrap();
    let document = format!("{begin}\"eventList\":[{}]}}{end}", list.join(","));
    let mut sound = 0;
    let reading = read(document.as_bytes(), &Limits::default(), |_, _| sound += 1);
    assert_eq!((reading.events, sound, reading.faults.total()), (100_000, 99_999, 1));
    assert!(reading.faults.listed()[0].path.starts_with("/epcisBody/eventList/77777/sensorElementList"));
}
