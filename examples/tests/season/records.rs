//! The records cover the vocabulary of this version, and read the same in JSON and CBOR.

use std::collections::BTreeSet;

use nguon_core::event::EventName;
use nguon_core::opening::digests;
use nguon_core::record::Record;

use super::{SEASON, chains};

#[test]
fn every_event_of_this_version_occurs() {
    let found: BTreeSet<EventName> =
        chains().iter().flat_map(|(_, _, records)| records).map(|record| record.event.name()).collect();
    let missing: Vec<_> = EventName::ALL.iter().filter(|name| !found.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn json_and_cbor_say_the_same() {
    for signed in &SEASON.journal {
        let record = Record::from_payload(signed.payload()).unwrap();
        let json = serde_json::to_string(&record).unwrap();
        let read: Record = serde_json::from_str(&json).unwrap();
        assert_eq!(read, record);
        assert_eq!(read.to_payload().unwrap(), signed.payload());
    }
}

#[test]
fn every_sealed_field_can_be_opened() {
    let opened: BTreeSet<_> =
        SEASON.openings.iter().map(|personal| (personal.opening.record, &personal.opening.path)).collect();
    let deployment = SEASON.ledger.trust().deployment();
    let mut sealed = 0;
    for signed in &SEASON.journal {
        let record = Record::from_payload(signed.payload()).unwrap();
        for (path, _) in digests(&record) {
            assert!(opened.contains(&(signed.statement_id(deployment), &path)), "{path}");
            sealed += 1;
        }
        for personal in SEASON.openings.iter().filter(|one| one.opening.record == signed.statement_id(deployment)) {
            personal.opening.check(&record).unwrap();
        }
    }
    assert_eq!(sealed, SEASON.openings.len());
    let salts: BTreeSet<_> = SEASON.openings.iter().map(|personal| personal.opening.salt).collect();
    assert_eq!(salts.len(), sealed, "a salt is used once");
}

#[test]
fn files_are_what_they_say() {
    let of = |kind| SEASON.attachments.iter().filter(move |file| file.media_type == kind);
    assert_eq!(of("image/png").count() + of("application/pdf").count(), SEASON.attachments.len());
    for photo in of("image/png") {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&photo.bytes)).read_info().unwrap();
        let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
        decoder.next_frame(&mut pixels).unwrap();
    }
    let slip = of("application/pdf").next().unwrap();
    let text = String::from_utf8(slip.bytes.clone()).unwrap();
    let start = text.rsplit("startxref\n").next().and_then(|tail| tail.lines().next()).unwrap();
    assert!(text[start.parse::<usize>().unwrap()..].starts_with("xref\n0 6\n"));
    for n in 1..6 {
        let offset: usize = text[text.find("xref\n0 6").unwrap()..].lines().nth(2 + n).unwrap()[..10].parse().unwrap();
        assert!(text[offset..].starts_with(&format!("{n} 0 obj")));
    }
}

#[test]
fn records_are_small() {
    let largest = SEASON.journal.iter().map(|record| record.as_bytes().len()).max().unwrap();
    assert!(largest < 2_048, "{largest} bytes");
    assert!((300..400).contains(&SEASON.journal.len()), "{} records", SEASON.journal.len());
}
