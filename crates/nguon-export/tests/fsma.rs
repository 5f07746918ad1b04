//! The FDA's sheet, opened by calamine and by a reader of csv.

mod support;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use nguon_core::event::Event;
use nguon_core::verify::OutcomeKind;
use nguon_export::facts::Language;
use nguon_export::fsma::{Exporter, Request, SHEETS, Summary};
use nguon_export::table::{CsvTables, Workbook};
use nguon_export::{Facts, Personal, Remedy, Source};
use support::{LOGGED, opened, source};

type Table = Vec<BTreeMap<String, String>>;

fn xlsx(sources: &[&Source], personal: Personal) -> (BTreeMap<&'static str, Table>, Summary) {
    let mut exporter = Exporter::new(Workbook::begin(&SHEETS, "FSMA 204", LOGGED.now()).unwrap());
    for source in sources {
        exporter.add(&Facts::new(source, personal).with_communes(|_| Some("Phường Chũ".into()))).unwrap();
    }
    let (book, summary) = exporter.finish().unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.into_bytes().unwrap())).unwrap();
    assert_eq!(book.sheet_names(), SHEETS.map(|sheet| sheet.name));
    let tables = SHEETS.map(|sheet| {
        let range = book.worksheet_range(sheet.name).unwrap();
        let mut rows = range.rows();
        let headings: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(headings, sheet.columns.iter().map(|column| column.heading).collect::<Vec<_>>());
        let row = |row: &[Data]| headings.iter().cloned().zip(row.iter().map(text)).collect();
        (sheet.name, rows.map(row).collect())
    });
    (tables.into(), summary)
}

fn text(cell: &Data) -> String {
    match cell {
        // A day is a number with a format; calamine knows the format.
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}

fn csv(sources: &[&Source], personal: Personal) -> BTreeMap<&'static str, Table> {
    let mut exporter = Exporter::new(CsvTables::begin(&SHEETS, |_| Ok(Vec::new())).unwrap());
    for source in sources {
        exporter.add(&Facts::new(source, personal).with_communes(|_| Some("Phường Chũ".into()))).unwrap();
    }
    let files = exporter.finish().unwrap().0.finish().unwrap();
    let tables = SHEETS.iter().zip(files).map(|(sheet, file)| {
        let file = file.strip_prefix("\u{FEFF}".as_bytes()).unwrap();
        let mut reader = csv::Reader::from_reader(file);
        (sheet.name, reader.deserialize().map(Result::unwrap).collect())
    });
    tables.collect()
}

fn kilograms(rows: &[BTreeMap<String, String>], heading: &str) -> f64 {
    rows.iter().map(|row| row[heading].parse::<f64>().unwrap()).sum()
}

#[test]
fn the_exported_lot_has_every_event_with_its_elements() {
    let source = opened(&LOGGED, "export");
    let (tables, summary) = xlsx(&[&source], Personal::Opened);
    let facts = Facts::new(&source, Personal::Opened);
    let harvested: u64 = facts
        .entries()
        .filter_map(|entry| match entry.event {
            Event::HarvestDrawn(draw) if facts.chain(&draw.to).is_some() => Some(draw.grams.get()),
            _ => None,
        })
        .sum();
    let harvesting = &tables["Harvesting"];
    assert!(harvesting.len() >= 8, "eight households");
    assert!((kilograms(harvesting, "Quantity") - harvested as f64 / 1_000.0).abs() < 1e-6);
    let packing = &tables["Initial packing"];
    assert_eq!(packing.len(), harvesting.len());
    let code = facts.own_lot().code();
    for row in packing {
        assert_eq!(row["Traceability lot code assigned"], code);
        for element in [
            "Commodity received",
            "Farm where harvested (location description)",
            "Date of harvesting",
            "Harvester's business name",
            "Traceability lot code source (location description)",
            "Date of initial packing",
            "Reference document number",
        ] {
            assert!(!row[element].is_empty(), "{element}: {row:?}");
        }
        assert!(
            row["Date of harvesting"] <= row["Date received"] && row["Date received"] <= row["Date of initial packing"],
            "{row:?}"
        );
    }
    // One household has no telephone, and the sheet says so.
    let without = packing.iter().filter(|row| row["Harvester's phone number"].is_empty()).count();
    assert_eq!(without, 1);
    let phone = summary.missing.iter().filter(|missing| missing.element.contains("harvester, phone number"));
    assert!(phone.clone().count() == 2 && phone.into_iter().all(|missing| missing.remedy == Remedy::Enrol));
    assert_eq!(tables["Lots"].len(), 1);
    assert_eq!(tables["Lots"][0]["Verdict"], "valid", "{:?}", source.verdict());
    // Every location that a row names stands among the locations.
    let known: Vec<&str> = tables["Locations"].iter().map(|row| row["Location identifier"].as_str()).collect();
    for row in harvesting {
        let farm = &row["Farm where harvested (location description)"];
        assert!(known.contains(&farm.split(';').next().unwrap()), "{farm}");
    }
    assert_eq!(tables["Missing"].len(), summary.missing.len());
    assert!(summary.missing.iter().all(|missing| missing.remedy != Remedy::Personal), "{:?}", summary.missing);
}

#[test]
fn csv_says_what_the_workbook_says() {
    let sources = ["export", "repacked", "consignment", "marketplace"].map(|case| source(&LOGGED, case));
    let sources: Vec<&Source> = sources.iter().collect();
    let (workbook, summary) = xlsx(&sources, Personal::Withheld);
    assert_eq!(workbook, csv(&sources, Personal::Withheld));
    assert_eq!(summary.lots, 4);
    for sheet in ["Harvesting", "Cooling", "Initial packing", "Shipping", "Receiving", "Transformation"] {
        println!("{sheet}: {} rows", workbook[sheet].len());
    }
    for sheet in ["Harvesting", "Initial packing", "Shipping", "Receiving", "Transformation"] {
        assert!(!workbook[sheet].is_empty(), "{sheet}");
        let records: Vec<&String> = workbook[sheet].iter().map(|row| &row["Record"]).collect();
        assert!(records.iter().all(|record| record.len() == 64));
    }
}

#[test]
fn a_record_of_several_lots_is_written_once() {
    let one = source(&LOGGED, "marketplace");
    let (once, _) = xlsx(&[&one], Personal::Withheld);
    let (twice, summary) = xlsx(&[&one, &one], Personal::Withheld);
    assert_eq!(summary.lots, 2);
    for sheet in ["Harvesting", "Initial packing", "Shipping", "Receiving", "Locations", "Missing"] {
        assert_eq!(once[sheet], twice[sheet], "{sheet}");
    }
}

#[test]
fn what_is_missing_is_named_with_its_record_and_a_way() {
    let closed = source(&LOGGED, "export");
    let (tables, summary) = xlsx(&[&closed], Personal::Withheld);
    let phone = summary.missing.iter().find(|missing| missing.element.contains("harvester, phone number")).unwrap();
    assert_eq!((phone.remedy, phone.field.as_str(), phone.at.sequence), (Remedy::Personal, "enrolled/phone", 0));
    assert!(closed.history().chain(&phone.at.chain).is_some(), "the chain is one of the history");
    assert!(phone.line(Language::Vi).contains("--personal"));
    for row in &tables["Initial packing"] {
        assert_eq!(row["Harvester's phone number"], "");
        assert_eq!(row["Harvester's business name"], "");
    }
    let asked = xlsx(&[&closed], Personal::Opened).1;
    let phone = asked.missing.iter().find(|missing| missing.element.contains("harvester, phone number")).unwrap();
    assert_eq!(phone.remedy, Remedy::Open, "the bundle does not open it");
}

#[test]
fn a_bad_verdict_stands_on_its_face() {
    let (tables, _) = xlsx(&[&source(&LOGGED, "recalled-descendant")], Personal::Withheld);
    let lot = &tables["Lots"][0];
    assert_eq!(lot["Verdict"], OutcomeKind::Recalled.as_str());
    assert!(lot["Verdict in words"].starts_with("RECALLED"));
    assert!(lot["Findings"].contains("recalled"));
}

#[test]
fn a_request_finds_the_lots_of_a_place_and_time() {
    let source = source(&LOGGED, "export");
    let facts = Facts::new(&source, Personal::Withheld);
    let harvest = facts
        .entries()
        .find(|entry| matches!(entry.event, Event::HarvestDrawn(draw) if facts.chain(&draw.to).is_some()))
        .unwrap();
    let (plot, day) = (harvest.chain.id(), harvest.at.date());
    let code = facts.place(&plot).unwrap().code.unwrap();
    let asked = |place: &str, from: &str, until: &str| {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Request { place: some(place), from: some(from), until: some(until) }.selects(&facts)
    };
    assert!(asked("", "", ""));
    assert!(asked(&code, &day, &day));
    assert!(asked(&plot.to_string(), &day, &day));
    assert!(asked(&facts.own_lot().owner.to_string(), "2026-01-01", "2026-12-31"));
    assert!(!asked(&code, "2025-01-01", "2025-12-31"));
    assert!(!asked("NO-SUCH-CODE", "", ""));
}
