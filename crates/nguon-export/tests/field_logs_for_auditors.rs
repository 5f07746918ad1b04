//! VietGAP field logs of the sample season: on paper and in a sheet from the same rows, with corrections and what stood there before.

mod poppler;
mod support;

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::opening::FieldValue;
use nguon_core::verify::VerifiedRecord;
use nguon_export::attached::{bundle as attached, disclosed};
use nguon_export::facts::{Facts, Personal, Source};
use nguon_export::paper::Langs;
use nguon_export::table::{Cell, CsvTables, TableError, Tables, Workbook};
use nguon_export::vietgap::{Error, FieldLog, SHEETS, Value};
use poppler::Pdf;
use support::{LOGGED, UNLOGGED, opened, source};

/// The plot in a source on which something was corrected.
fn corrected_plot(source: &Source) -> ChainId {
    let facts = Facts::new(source, Personal::Withheld);
    let is_correction = |record: &VerifiedRecord| matches!(record.record().event, Event::Corrected(_));
    let mut plots = facts.plots().filter(|plot| plot.records().iter().any(is_correction));
    plots.next().expect("a corrected plot").id()
}

fn keep(name: &str, bytes: &[u8]) {
    if let Ok(folder) = std::env::var("NGUON_KEEP_PDF") {
        std::fs::write(format!("{folder}/{name}"), bytes).unwrap();
    }
}

fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Rows as they come.
#[derive(Default)]
struct Taken(Vec<(usize, Vec<Cell>)>);

impl Tables for Taken {
    fn row(&mut self, sheet: usize, cells: &[Cell]) -> Result<(), TableError> {
        assert_eq!(cells.len(), SHEETS[sheet].columns.len(), "sheet {sheet}");
        self.0.push((sheet, cells.to_vec()));
        Ok(())
    }
}

#[test]
fn every_plot_of_a_lot_has_a_log_with_all_that_was_applied_and_picked() {
    let source = source(&LOGGED, "export");
    let facts = Facts::new(&source, Personal::Withheld);
    let mut plots = 0;
    for plot in facts.plots() {
        plots += 1;
        let id = plot.id();
        let log = FieldLog::of(&facts, &id, None).unwrap();
        let count = |wanted: fn(&Event) -> bool| facts.entries_of(&id).filter(|entry| wanted(entry.event)).count();
        assert_eq!(log.inputs().len(), count(|event| matches!(event, Event::InputApplied(_))));
        assert_eq!(log.harvests().len(), count(|event| matches!(event, Event::HarvestDrawn(_))));
        assert!(log.inputs().len() >= 5 && !log.harvests().is_empty());
        assert!(log.checks().iter().any(|row| row.contains(&Value::Words("Chứng nhận".into(), "Certificate".into()))));
        for row in log.inputs() {
            assert!(row.contains(&Value::Withheld), "operators are not named");
        }
        assert!(log.missing().iter().any(|missing| missing.element.contains("Người thực hiện")));
        assert!(log.missing().iter().any(|missing| missing.element.contains("Phân tích đất, nước")));
    }
    assert_eq!(plots, 8);
}

#[test]
fn an_auditor_reads_it_on_paper() {
    let source = opened(&LOGGED, "export");
    let facts = Facts::new(&source, Personal::Opened);
    let plot = corrected_plot(&source);
    let log = FieldLog::of(&facts, &plot, Some("2026")).unwrap();
    let bytes = log.to_pdf(Langs::Vi).unwrap();
    keep("field-log.pdf", &bytes);
    keep("field-log-two.pdf", &log.to_pdf(Langs::ViEn).unwrap());
    let pdf = Pdf::of(&bytes);
    let text = flowing(&pdf.text());
    for words in [
        "Nhật ký canh tác: thửa",
        "Hồ sơ lô hàng đầy đủ, chưa bị sửa đổi.",
        "Mã số vùng trồng",
        "VietGAP (TCVN 11892-1:2017)",
        "Abamectin 3.6EC (mẫu)",
        "Thuốc bảo vệ thực vật",
        "Hái sớm nhất",
        "Đạt: ",
        "Đề nghị đính chính, chờ duyệt, 23/05/2026 19:05 (UTC+7): Nước pha (lít) phải là 700.",
        "Người thực hiện",
        "Đánh giá viên",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let info = pdf.info();
    assert!(info.contains("841.89 x 595.276 pts (A4)") && info.contains("Tagged:          yes"), "{info}");
    for page in 1..=pdf.pages() {
        assert!(pdf.draw(page, 60).margins_are_white(21), "page {page}");
    }
}

#[test]
fn a_correction_shows_what_stood_there_before() {
    let source = opened(&LOGGED, "collected");
    let facts = Facts::new(&source, Personal::Opened);
    let log = FieldLog::of(&facts, &corrected_plot(&source), None).unwrap();
    let corrections = log.corrections();
    let weights: Vec<_> = corrections
        .iter()
        .filter(|row| row[1] == Value::Words("Khối lượng (kg)".into(), "Weight (kg)".into()))
        .collect();
    let [row] = weights.as_slice() else { panic!("{corrections:?}") };
    assert_ne!(row[2], row[3]);
    assert_eq!(row[4], Value::Words("Có".into(), "Yes".into()));
    // What counts stands in the row of the harvest itself.
    let shown = |row: &Vec<Value>| match row[2] {
        Value::Thousandths(grams) => (grams / 1_000).to_string(),
        ref other => panic!("{other:?}"),
    };
    let now = row[3].clone();
    assert!(log.harvests().iter().map(shown).any(|kg| now == Value::Words(kg.clone(), kg)), "{now:?}");
    let text = flowing(&Pdf::of(&log.to_pdf(Langs::Vi).unwrap()).text());
    assert!(text.contains("Khối lượng (kg) trước ghi là"), "{text}");
}

#[test]
fn a_correction_that_nobody_approved_is_shown_and_does_not_count() {
    let source = opened(&LOGGED, "export");
    let facts = Facts::new(&source, Personal::Opened);
    let log = FieldLog::of(&facts, &corrected_plot(&source), None).unwrap();
    let corrections = log.corrections();
    let [row] = corrections.as_slice() else { panic!("{corrections:?}") };
    assert_eq!(row[1], Value::Words("Nước pha (lít)".into(), "Water (l)".into()));
    assert_eq!(row[3], Value::Words("700".into(), "700".into()));
    assert_eq!(row[4], Value::Words("Chưa: chờ duyệt".into(), "No: awaits approval".into()));
    assert_eq!(row[5], Value::Words("gõ nhầm".into(), "a slip of the finger".into()));
    assert!(log.inputs().iter().all(|row| row[8] != Value::Thousandths(700_000)));
}

#[test]
fn sheets_say_the_same_as_paper() {
    let source = opened(&LOGGED, "export");
    let facts = Facts::new(&source, Personal::Opened);
    let mut book = Workbook::begin(&SHEETS, "Nhật ký canh tác", LOGGED.now()).unwrap();
    let (mut taken, mut rows) = (Taken::default(), [0; 6]);
    for plot in facts.plots() {
        let log = FieldLog::of(&facts, &plot.id(), None).unwrap();
        log.write(&mut book).unwrap();
        log.write(&mut taken).unwrap();
    }
    taken.0.iter().for_each(|(sheet, _)| rows[*sheet] += 1);
    let bytes = book.into_bytes().unwrap();
    keep("field-logs.xlsx", &bytes);
    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(read.sheet_names(), SHEETS.map(|sheet| sheet.name));
    for (sheet, count) in SHEETS.iter().zip(rows) {
        let range = read.worksheet_range(sheet.name).unwrap();
        assert_eq!(range.height(), count + 1, "{}", sheet.name);
        let headings: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(headings, sheet.columns.iter().map(|column| column.heading).collect::<Vec<_>>());
    }
    // Numbers are numbers: the kilograms of the sheet are those of the plots.
    let harvests = read.worksheet_range("Thu hoạch").unwrap();
    let sheet: f64 =
        harvests.rows().skip(1).map(|row| if let Data::Float(kg) = row[4] { kg } else { panic!("{row:?}") }).sum();
    let drawn = facts.plots().flat_map(|plot| facts.entries_of(&plot.id())).filter_map(|entry| match entry.event {
        Event::HarvestDrawn(event) => Some(event.grams.get()),
        _ => None,
    });
    let kilograms = drawn.sum::<u64>() / 1_000;
    assert_eq!(format!("{sheet}"), kilograms.to_string());
}

#[test]
fn comma_separated_values_hold_the_same_rows() {
    let source = source(&LOGGED, "household");
    let facts = Facts::new(&source, Personal::Withheld);
    let plot = facts.plots().next().unwrap().id();
    let log = FieldLog::of(&facts, &plot, None).unwrap();
    let mut taken = Taken::default();
    log.write(&mut taken).unwrap();
    let mut tables = CsvTables::begin(&SHEETS, |_| Ok(Vec::new())).unwrap();
    log.write(&mut tables).unwrap();
    let written = tables.finish().unwrap();
    let text = String::from_utf8(written[1].clone()).unwrap();
    assert_eq!(text.lines().count(), 1 + log.inputs().len(), "{text}");
    assert_eq!(taken.0.iter().filter(|(sheet, _)| *sheet == 1).count(), log.inputs().len());
}

/// Operators, reasons and names of households are written only when asked for.
#[test]
fn personal_data_is_withheld_unless_asked_for() {
    let (closed, open) = (source(&LOGGED, "export"), opened(&LOGGED, "export"));
    let plot = corrected_plot(&closed);
    let text = |source: &Source, personal| {
        let facts = Facts::new(source, personal);
        Pdf::of(&FieldLog::of(&facts, &plot, None).unwrap().to_pdf(Langs::Vi).unwrap()).text()
    };
    let asked = flowing(&text(&open, Personal::Opened));
    for not_asked in [text(&closed, Personal::Withheld), text(&open, Personal::Withheld)].map(|text| flowing(&text)) {
        assert!(not_asked.contains("(không công bố)"));
        let mut names = 0;
        for personal in &LOGGED.openings {
            let path = personal.opening.path.as_str();
            if !(path.ends_with("/operator") || path.ends_with("/notes")) {
                continue;
            }
            let value = personal.opening.value.as_ref().and_then(|value| FieldValue::from_bytes(&value.0));
            if let Some(FieldValue::Text(text)) = value
                && asked.contains(&text)
            {
                names += 1;
                assert!(!not_asked.contains(&text), "{path}: {text}");
            }
        }
        assert!(names > 0);
    }
}

#[test]
fn a_log_carries_its_proof_and_its_verdict() {
    let bytes = support::bundle(&LOGGED, support::batch(&LOGGED, "household"), false);
    let source = source(&LOGGED, "household");
    let facts = Facts::new(&source, Personal::Withheld);
    let plot = facts.plots().next().unwrap().id();
    let log = FieldLog::of(&facts, &plot, None).unwrap();
    assert!(matches!(log.clone().with_bundle(&facts, b"other"), Err(Error::OtherBundle(_))));
    let pdf = log.with_bundle(&facts, &bytes).unwrap().to_pdf(Langs::Vi).unwrap();
    let inside = attached(&pdf).unwrap();
    assert_eq!(inside, disclosed(&facts, &bytes).unwrap());
    assert!(inside.len() < bytes.len(), "the household is not named inside either");

    let unlogged = support::source(&UNLOGGED, "household");
    let facts = Facts::new(&unlogged, Personal::Withheld);
    let plot = facts.plots().next().unwrap().id();
    let pdf = Pdf::of(&FieldLog::of(&facts, &plot, None).unwrap().to_pdf(Langs::Vi).unwrap());
    let text = flowing(&pdf.text());
    assert!(text.matches("CHƯA XÁC MINH ĐẦY ĐỦ:").count() >= 2 * pdf.pages());
}

#[test]
fn a_plot_or_season_that_is_not_there_is_an_error_that_names_it() {
    let source = source(&LOGGED, "household");
    let facts = Facts::new(&source, Personal::Withheld);
    assert!(matches!(FieldLog::of(&facts, &facts.batch(), None), Err(Error::NoPlot(id)) if id == facts.batch()));
    let plot = facts.plots().next().unwrap().id();
    let error = FieldLog::of(&facts, &plot, Some("2019")).unwrap_err();
    assert!(error.to_string().contains("no season 2019") && error.to_string().contains("2026"), "{error}");
}
