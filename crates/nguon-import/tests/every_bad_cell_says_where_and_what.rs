//! Each kind of bad cell, asserted exactly: where it is, what stood there, what is wrong.

mod support;

use nguon_import::finding::Severity;
use nguon_import::preview::{Options, Preview, preview};
use nguon_import::table::{Address, Value};
use nguon_import::words::{self, Lang};
use nguon_import::{Error, Measure, read};
use support::{marks, options, seen};

/// A row that is sound, with one cell replaced.
fn with(column: usize, cell: &str) -> Preview {
    let mut row =
        ["Nguyễn Văn Bảy", "0912345678", "Kép", "Chũ", "VN-BGOR-0123", "Trên", "0,25", "vải thiều", "2500 kg", ""];
    row[column] = cell;
    seen(&format!("{}\n", row.join(";")))
}

#[track_caller]
fn bad(preview: &Preview) -> String {
    let bad: Vec<String> = marks(preview).into_iter().take(preview.count(Severity::Bad)).collect();
    bad.join(" | ")
}

#[test]
fn each_field_refuses_what_it_cannot_take() {
    for (column, cell, expected) in [
        (0, "Nguyễn Văn 7", r#"A2 "Nguyễn Văn 7" NotAName(Characters)"#),
        (0, "B", r#"A2 "B" NotAName(TooShort)"#),
        (0, "NguyÔn V¨n B¶y", r#"A2 "NguyÔn V¨n B¶y" Garbled(OldFont)"#),
        (0, "Nguy?n V?n B?y", r#"A2 "Nguy?n V?n B?y" Garbled(Lost)"#),
        (1, "091234", r#"B2 "091234" NotAPhone(Length(6))"#),
        (1, "0112345678", r#"B2 "0112345678" NotAPhone(Prefix)"#),
        (1, "9.12E+08", r#"B2 "9.12E+08" NotAPhone(Rounded)"#),
        (1, "hàng xóm", r#"B2 "hàng xóm" NotAPhone(Characters)"#),
        (3, "Bát Tràng", r#"D2 "Bát Tràng" UnknownCommune([])"#),
        (3, "", r#"D2 "" Missing(Commune)"#),
        (4, "VN-BGOR-0124", r#"E2 "VN-BGOR-0124" UnknownArea(Some(Code("VN-BGOR-0123")))"#),
        (4, "CN-0001", r#"E2 "CN-0001" UnknownArea(None)"#),
        (4, "vùng 1", r#"E2 "vùng 1" NotACode"#),
        (4, "", r#"E2 "" Missing(AreaCode)"#),
        (6, "rộng", r#"G2 "rộng" NotASize(NotANumber)"#),
        (6, "0", r#"G2 "0" NotASize(NotPositive)"#),
        (6, "2-3 sào", r#"G2 "2-3 sào" NotASize(NotANumber)"#),
        (6, "360.000 m2", r#"G2 "360.000 m2" NotASize(Ambiguous(360, 360000))"#),
        (6, "20000", r#"G2 "20000" NotASize(TooLarge(200000000))"#),
        (6, "", r#"G2 "" Missing(Size)"#),
        (7, "", r#"H2 "" Missing(Variety)"#),
        (8, "nhiều", r#"I2 "nhiều" NotAYield(NotANumber)"#),
        (8, "100.000 kg", r#"I2 "100.000 kg" NotAYield(Ambiguous(100000, 100000000))"#),
        (8, "50", r#"I2 "50" NotAYield(UnitMissing)"#),
        (9, "abc", r#"J2 "abc" NotAKey"#),
        (9, &"0".repeat(64), &format!(r#"J2 "{}" NotAKey"#, "0".repeat(64))),
        (1, "nt", r#"B2 "nt" NothingAbove"#),
    ] {
        assert_eq!(bad(&with(column, cell)), expected, "{cell}");
    }
    assert_eq!(bad(&with(0, "Nguyễn Văn Bảy")), "");
}

#[test]
fn a_commune_of_two_places_gives_the_candidates() {
    let said = bad(&with(3, "Đồng Tiến"));
    assert!(
        said.starts_with("D2 \"Đồng Tiến\" AmbiguousCommune([")
            && said.contains("Xã Đồng Tiến, Yên Thế")
            && said.contains("Xã Đồng Tiến, Hiệp Hòa")
    );
    assert_eq!(bad(&with(3, "Đồng Tiến (Yên Thế)")), "");
    let near = bad(&with(3, "Hồng Giag"));
    assert!(near.contains("UnknownCommune([Candidate { code: CommuneCode(\"07525\")"), "{near}");
}

#[test]
fn cells_that_a_spreadsheet_changed_are_told() {
    let text = "Họ tên;SĐT;Thôn;Xã;MSVT;Thửa;Diện tích (ha);Giống;Sản lượng\nNguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;x1;0,25;vải thiều;2500\n";
    let sound = read(text.as_bytes()).unwrap();
    for (column, value, expected) in [
        (5_u16, Value::Date(46_093.0), r#"F2 "12/03/2026" BecameDate"#),
        (6, Value::Date(46_144.0), r#"G2 "02/05/2026" BecameDate"#),
        (6, Value::Fault("#REF!".into()), r##"G2 "#REF!" FailedFormula"##),
        (8, Value::Number(-1.0), r#"I2 "-1" NotAYield(NotPositive)"#),
        (6, Value::Number(2_500_000.0), r#"G2 "2500000" NotASize(TooLarge(25000000000))"#),
    ] {
        let mut book = sound.clone();
        let row = book.sheets[0].rows[1].clone();
        let mut cells: Vec<_> = row.cells().to_vec();
        for cell in cells.iter_mut().filter(|cell| cell.column == column) {
            cell.value = value.clone();
        }
        book.sheets[0].rows[1] = nguon_import::table::Row::new(row.number, cells);
        assert_eq!(bad(&preview(&book, &options()).unwrap()), expected);
        // Corrected in place, it is sound.
        let at = Address::new("".into(), 2, column);
        book.set(&at, if column == 8 { "2500" } else { "0,3" });
        assert_eq!(bad(&preview(&book, &options()).unwrap()), "");
    }
}

#[test]
fn households_that_cannot_be_told_apart_are_asked_about() {
    let two = |first: &str, second: &str| bad(&seen(&format!("{first}\n{second}\n")));
    for (first, second, expected) in [
        // One number, two names.
        (
            "Nguyễn Văn Bảy;0912345678;Kép;Chũ;;;;;;",
            "Lê Thị Út;0912 345 678;Kép;Chũ;;;;;;",
            r#"B3 "0912 345 678" DuplicatePhone(Address { sheet: "", row: 2, column: 0 })"#,
        ),
        // A further row that names another number.
        (
            "Nguyễn Văn Bảy;0912345678;Kép;Chũ;;;;;;",
            ";0987654321;;;VN-BGOR-0123;;0,25;vải thiều;;",
            r#"B3 "0987 654 321" PhoneWithoutName"#,
        ),
        // The same plot twice, by name and without one.
        (
            "Nguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;Vườn trên;0,25;vải thiều;;",
            ";;;;VN-BGOR-0123;vườn TRÊN;0,3;vải thiều;;",
            r#"G3 "vườn TRÊN" DuplicatePlot(Address { sheet: "", row: 2, column: 6 })"#,
        ),
        (
            "Nguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;;0,25;vải thiều;;",
            ";;;;VN-BGOR-0123;;0,25;vải thiều;;",
            r#"G3 "" DuplicateRow(Address { sheet: "", row: 2, column: 6 })"#,
        ),
        ("Nguyễn Văn Bảy;0912345678;Kép;Chũ;;;;;;", ";;Kép;;;;;;;", r#"A3 "" Missing(Name)"#),
    ] {
        assert_eq!(two(first, second), expected);
    }
    // Somebody else stands in between.
    let rows = "Nguyễn Văn Bảy;;Kép;Chũ;;;;;;\nLê Thị Út;;Kép;Chũ;;;;;;\nNGUYỄN VĂN BẢY;;thôn Kép;xã Nghĩa Hồ;;;;;;\n";
    assert_eq!(bad(&seen(rows)), r#"A4 "Nguyễn Văn Bảy" DuplicateName(Address { sheet: "", row: 2, column: 0 })"#);
    // Told apart by their numbers, they are two, and that is told.
    let both = seen(
        "Nguyễn Văn Bảy;0912345678;Kép;Chũ;;;;;;\nLê Thị Út;;Kép;Chũ;;;;;;\nNguyễn Văn Bảy;0987654321;Kép;Chũ;;;;;;\n",
    );
    assert!(both.is_clean());
    assert_eq!((both.households.len(), both.count(Severity::Doubtful)), (3, 1));
    // The first row of a list has a name.
    assert_eq!(bad(&seen(";0912345678;Kép;Chũ;;;;;;\n")), r#"A2 "" Missing(Name)"#);
}

#[test]
fn a_key_belongs_to_one_household() {
    let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    let rows =
        format!("Nguyễn Văn Bảy;0912345678;Kép;Chũ;;;;;;{key}\nLê Thị Út;;Kép;Chũ;;;;;;{}\n", key.to_uppercase());
    assert_eq!(bad(&seen(&rows)), r#"J3 "" SharedKey(Address { sheet: "", row: 2, column: 9 })"#);
}

#[test]
fn one_merged_number_for_two_plots_is_asked_back() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (heading, at) in ["Họ tên", "Xã", "MSVT", "Thửa", "Diện tích (ha)", "Giống"].into_iter().zip(0_u16..)
    {
        sheet.write_string(0, at, heading).unwrap();
    }
    let plain = rust_xlsxwriter::Format::new();
    for (at, text) in [(0_u16, "Nguyễn Văn Bảy"), (1, "Chũ"), (2, "VN-BGOR-0123"), (5, "vải thiều")] {
        sheet.merge_range(1, at, 2, at, text, &plain).unwrap();
    }
    sheet.write_string(1, 3, "Trên").unwrap().write_string(2, 3, "Dưới").unwrap();
    sheet.merge_range(1, 4, 2, 4, "0,5", &plain).unwrap();
    let seen = preview(&read(&book.save_to_buffer().unwrap()).unwrap(), &options()).unwrap();
    assert_eq!(bad(&seen), r#"Sheet1!E3 "0,5" MergedNumber"#);
    assert_eq!((seen.households.len(), seen.households[0].plots.len()), (1, 2));
}

#[test]
fn whole_columns_that_are_missing_are_told_once() {
    let text = "Họ tên;SĐT;Thửa;Ngày sinh\nNguyễn Văn Bảy;0912345678;Trên;1970\nLê Thị Út;;Dưới;1980\n";
    let book = read(text.as_bytes()).unwrap();
    let seen = preview(&book, &options()).unwrap();
    assert_eq!(
        bad(&seen),
        "sheet  \"\" Missing(Commune) | sheet  \"\" Missing(Size) | sheet  \"\" Missing(Variety) | sheet  \"\" Missing(AreaCode)"
    );
    // What the caller says need not stand in the list.
    let given = Options {
        commune: Some("07525".parse().unwrap()),
        variety: Some("vải thiều".parse().unwrap()),
        ..Options::default()
    };
    assert_eq!(bad(&preview(&book, &given).unwrap()), "sheet  \"\" Missing(Size) | sheet  \"\" Missing(AreaCode)");
}

#[test]
fn files_that_hold_no_list_say_why() {
    for (bytes, error) in [
        (&b""[..], Error::Empty),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", Error::OldExcel),
        (b"<html><table>", Error::NotATable),
        (b"%PDF-1.7 \0\0", Error::NotATable),
        (b"PK\x03\x04 cut", Error::Damaged { part: "zip" }),
    ] {
        assert_eq!(read(bytes), Err(error));
    }
    let no_list = read("a;b;c\n1;2;3\n".as_bytes()).unwrap();
    assert_eq!(preview(&no_list, &options()), Err(Error::NoHeading { rows: 20 }));
    let large = vec![b'a'; nguon_import::table::MAX_BYTES + 1];
    assert_eq!(read(&large), Err(Error::TooLarge { what: Measure::Bytes, most: nguon_import::table::MAX_BYTES }));
}

/// No sentence is empty, bad cells say what to do, and the three languages differ.
#[test]
fn every_bad_cell_says_what_to_do_in_three_languages() {
    let rows = "Nguyễn Văn 7;12;Kép;Đồng Tiến;VN-X;;0;;50;abc\nLê Thị Út;;Kép;Bát Tràng;;;;;;\nLê Văn;;Kép;Hồng Giag;;;360.000 m2;vải;;\n";
    let seen = seen(rows);
    assert!(seen.count(Severity::Bad) >= 10, "{:?}", marks(&seen));
    for mark in &seen.marks {
        let said = [Lang::Vi, Lang::En, Lang::Zh].map(|lang| words::finding(lang, &mark.finding));
        for one in &said {
            assert!(!one.what.is_empty());
            assert!(!one.todo.is_empty() || mark.finding.severity() != Severity::Bad, "{:?}", mark.finding);
        }
        assert!(said[0] != said[1] && said[1] != said[2]);
    }
}
