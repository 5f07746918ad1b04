//! The list that a co-op's secretary keeps: two sheets, titles, groups, sums, merged cells, every way of typing.

mod support;

use calamine::{Data, Reader as _, Xlsx};
use nguon_import::finding::{Finding, Severity, Skipped};
use nguon_import::preview::{Preview, preview};
use nguon_import::read;
use nguon_import::table::{Value, Workbook};
use support::files;

const XLSX: &[u8] = include_bytes!("data/danh-sach-500-ho.xlsx");
const CSV: &[u8] = include_bytes!("data/danh-sach-500-ho.csv");

fn seen(bytes: &[u8]) -> Preview {
    preview(&read(bytes).unwrap(), &support::options()).unwrap()
}

#[track_caller]
fn is_the_list(preview: &Preview) {
    let bad: Vec<_> = preview.bad().collect();
    assert!(bad.is_empty(), "{:#?}", &bad[..bad.len().min(5)]);
    let expected = files::households();
    assert_eq!(preview.households.len(), expected.len());
    for (read, household) in preview.households.iter().zip(&expected) {
        assert_eq!(read.name.as_str(), household.name, "{}", read.at);
        assert_eq!(read.phone.as_ref().map(|phone| phone.as_str()), household.phone.as_deref(), "{}", read.at);
        assert_eq!(read.village.as_deref(), Some(household.village), "{}", read.at);
        assert_eq!(read.commune.as_ref().map(|code| code.as_str()), Some(household.commune.1), "{}", read.at);
        assert_eq!(read.plots.len(), household.plots.len(), "{}", read.at);
        for (read, plot) in read.plots.iter().zip(&household.plots) {
            assert_eq!(read.name, plot.name, "{}", read.at);
            assert_eq!(read.size.get(), u64::from(plot.square_metres), "{}", read.at);
            assert_eq!(read.variety.as_str(), plot.variety, "{}", read.at);
            assert_eq!(read.code.as_ref().map(|code| code.as_str()), Some(household.area), "{}", read.at);
            let kilograms = read.expected.as_ref().map(|(grams, _)| grams.get() / 1_000);
            assert_eq!(kilograms, plot.kilograms.map(u64::from), "{}", read.at);
        }
    }
}

#[test]
fn an_untidy_workbook_of_500_households_is_read_whole() {
    let preview = seen(XLSX);
    is_the_list(&preview);
    let sheets: Vec<&str> = preview.lists.iter().map(|list| list.sheet.as_str()).collect();
    assert_eq!(sheets, ["Kép", "Ngọt - Nghĩa"]);
    assert!(preview.lists.iter().all(|list| list.heading_row == 4));
    let has = |wanted: &Finding| preview.marks.iter().any(|mark| mark.finding == *wanted);
    for wanted in [
        Finding::RowSkipped(Skipped::Total),
        Finding::RowSkipped(Skipped::Heading),
        Finding::RowSkipped(Skipped::Group),
        Finding::RowSkipped(Skipped::Footer),
        Finding::ColumnIgnored,
        Finding::SheetIgnored,
        Finding::SheetHidden,
        Finding::SameAsAbove,
        Finding::Chosen,
    ] {
        assert!(has(&wanted), "{wanted:?}");
    }
}

#[test]
fn the_same_list_as_text_says_the_same() {
    let preview = seen(CSV);
    is_the_list(&preview);
    assert_eq!(preview.count(Severity::Doubtful), 0);
}

#[test]
fn the_committed_lists_are_what_the_program_writes() {
    assert_eq!(read(&files::untidy_workbook()).unwrap(), read(XLSX).unwrap());
    assert_eq!(files::tidy_csv().as_bytes(), CSV);
}

#[test]
fn the_committed_template_is_what_the_program_writes_and_an_empty_list() {
    let committed = read(include_bytes!("../files/mau-danh-sach-ho.xlsx")).unwrap();
    let names: Vec<&str> = committed.sheets.iter().map(|sheet| &*sheet.name).collect();
    assert_eq!(names, ["Danh sách", "Hướng dẫn"]);
    #[cfg(feature = "write")]
    assert_eq!(read(&nguon_import::template::workbook().unwrap()).unwrap(), committed);
    let headings: Vec<String> = committed.sheets[0].rows[0].cells().iter().map(|cell| cell.value.shown()).collect();
    let wanted: Vec<&str> = nguon_import::template::headings().map(|(_, heading)| heading).collect();
    assert_eq!(headings, wanted);
    assert_eq!(preview(&committed, &support::options()), Err(nguon_import::Error::NoRows));
    assert_eq!(
        preview(&read(&nguon_import::template::csv()).unwrap(), &support::options()),
        Err(nguon_import::Error::NoRows)
    );
}

/// Our reader and calamine's see the same cells; merged ranges, which only ours repeats, aside.
#[test]
fn our_reader_agrees_with_calamine() {
    for bytes in [XLSX, include_bytes!("../files/mau-danh-sach-ho.xlsx")] {
        let ours: Workbook = read(bytes).unwrap();
        let mut theirs: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(theirs.sheet_names(), ours.sheets.iter().map(|sheet| sheet.name.to_string()).collect::<Vec<_>>());
        for sheet in &ours.sheets {
            let range = theirs.worksheet_range(&sheet.name).unwrap();
            let (top, left) = range.start().unwrap();
            let mut expected = Vec::new();
            for (row, column, data) in range.used_cells() {
                let value = match data {
                    Data::String(text) if text.trim().is_empty() => continue,
                    Data::String(text) => Value::Text(text.clone()),
                    Data::Float(number) => Value::Number(*number),
                    Data::Int(number) => Value::Number(f64::from(i32::try_from(*number).unwrap())),
                    Data::DateTime(moment) => Value::Date(moment.as_f64()),
                    Data::Empty => continue,
                    other => panic!("{other:?}"),
                };
                expected.push((
                    u32::try_from(row).unwrap() + top + 1,
                    u16::try_from(column).unwrap() + u16::try_from(left).unwrap(),
                    value,
                ));
            }
            let cells = sheet.rows.iter().flat_map(|row| row.cells().iter().map(|cell| (row.number, cell)));
            let found: Vec<_> = cells
                .filter(|(_, cell)| !cell.merged)
                .map(|(row, cell)| (row, cell.column, cell.value.clone()))
                .collect();
            assert_eq!(found, expected, "{}", sheet.name);
        }
    }
}
