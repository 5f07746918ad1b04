//! Circular 02 and the product passport over the sample season.

mod support;

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use nguon_core::verify::OutcomeKind;
use nguon_export::circular02::{self, Circular02};
use nguon_export::passport::{Passport, Warning};
use nguon_export::table::Workbook;
use nguon_export::{Facts, Personal, Remedy};
use nguon_gs1::UriStem;
use support::{LOGGED, opened, source};

fn stem() -> UriStem {
    "https://nguon.example".parse().unwrap()
}

#[test]
fn the_ten_data_of_circular_02_are_there_or_named_as_missing() {
    let source = opened(&LOGGED, "export");
    let facts = Facts::new(&source, Personal::Opened);
    let data = Circular02::of(&facts);
    assert!(data.product_name.contains("Vải thiều"));
    assert_eq!(data.traceability_code, facts.own_lot().code());
    assert!(data.producers.len() >= 9, "eight households and a packing house");
    assert!(data.producers.iter().all(|producer| producer.name.is_some()));
    let stages: Vec<&str> = data.stages.iter().map(|stage| stage.stage).collect();
    for stage in ["input_applied", "harvest_drawn", "packed"] {
        assert!(stages.contains(&stage), "{stage}: {stages:?}");
    }
    assert!(data.stages.windows(2).all(|pair| pair[0].at <= pair[1].at), "oldest first");
    assert!(data.serials_issued > 0);
    assert_eq!(data.verdict.outcome, OutcomeKind::Valid);
    for missing in &data.missing {
        assert!(source.history().chain(&missing.at.chain).is_some(), "{missing:?}");
    }
    // Nothing personal unless asked for.
    let closed = Circular02::of(&Facts::new(&source, Personal::Withheld));
    let json = serde_json::to_string(&closed).unwrap();
    let household = Facts::new(&source, Personal::Opened).party(&LOGGED.id("hung")).name.unwrap();
    assert!(!json.contains(&household) && serde_json::to_string(&data).unwrap().contains(&household));
    assert!(closed.missing.iter().any(|missing| missing.remedy == Remedy::Personal));
}

#[test]
fn its_workbook_says_the_same() {
    let source = source(&LOGGED, "marketplace");
    let data = Circular02::of(&Facts::new(&source, Personal::Withheld));
    let mut book = Workbook::begin(&circular02::SHEETS, "TT 02/2024", LOGGED.now()).unwrap();
    data.write(&mut book).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.into_bytes().unwrap())).unwrap();
    let information = book.worksheet_range("Thông tin").unwrap();
    let values: Vec<String> = information.rows().skip(1).map(|row| row[2].to_string()).collect();
    assert_eq!(values.len(), 11);
    assert_eq!((values[0].as_str(), values[1].as_str()), (data.verdict_vi.as_str(), data.product_name.as_str()));
    assert_eq!(values[7], data.traceability_code);
    assert_eq!(book.worksheet_range("Công đoạn").unwrap().rows().count(), 1 + data.stages.len());
    assert_eq!(book.worksheet_range("Còn thiếu").unwrap().rows().count(), 1 + data.missing.len());
}

#[test]
fn a_passport_has_what_article_32_asks_for() {
    let link = LOGGED.case("export").link(&stem()).unwrap();
    let source = source(&LOGGED, "export");
    let passport = Passport::of(&Facts::new(&source, Personal::Withheld), Some(&link));
    let label = LOGGED.case("export").label.as_ref().unwrap();
    assert_eq!(passport.gtin.as_deref(), Some(label.gtin().to_string().as_str()));
    assert_eq!(passport.origin_country, "VN");
    assert!(!passport.growing_areas.is_empty() && passport.finished_at.is_some());
    assert!(passport.packed.is_some() && passport.harvested.is_some() && passport.grams > 0);
    assert!(passport.warnings.is_empty());
    let page = passport.to_html();
    assert!(page.contains("class=\"verdict valid\"") && page.contains("class=\"qr\""));
    assert!(!page.contains("<script") && !page.contains("src="), "nothing is fetched or run");
    let json: serde_json::Value = serde_json::from_str(&serde_json::to_string(&passport).unwrap()).unwrap();
    assert_eq!(json["link"], link.to_string());
}

#[test]
fn a_recalled_lots_passport_warns_on_its_face() {
    let source = source(&LOGGED, "recalled-descendant");
    let passport = Passport::of(&Facts::new(&source, Personal::Withheld), None);
    assert!(
        passport.warnings.iter().any(|warning| matches!(warning, Warning::Recalled { .. })),
        "{:?}",
        passport.warnings
    );
    let page = passport.to_html();
    assert!(
        page.contains("class=\"verdict bad\"") && page.contains("HÀNG BỊ THU HỒI") && page.contains("Bị thu hồi (")
    );
}
