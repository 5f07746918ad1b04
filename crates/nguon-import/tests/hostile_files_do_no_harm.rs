//! Damaged and crafted workbooks: refused or read, never a panic, never more memory than the limits.

use nguon_import::preview::{Options, preview};
use nguon_import::{Error, Measure, read};
use proptest::prelude::*;

const XLSX: &[u8] = include_bytes!("data/danh-sach-500-ho.xlsx");

/// A zip archive of stored or deflated files.
fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let packed = miniz_oxide::deflate::compress_to_vec(bytes, 6);
        let at = u32::try_from(out.len()).unwrap();
        let sizes =
            [u32::try_from(packed.len()).unwrap().to_le_bytes(), u32::try_from(bytes.len()).unwrap().to_le_bytes()]
                .concat();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let common = [&[20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &sizes, &length, &[0, 0]].concat();
        out.extend([b"PK\x03\x04", &common[..], name.as_bytes(), &packed].concat());
        directory.extend([b"PK\x01\x02\x14\x00", &common[..], &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let (start, count) = (u32::try_from(out.len()).unwrap(), u16::try_from(files.len()).unwrap().to_le_bytes());
    let length = u32::try_from(directory.len()).unwrap();
    out.extend(directory);
    out.extend(
        [b"PK\x05\x06\0\0\0\0", &count[..], &count, &length.to_le_bytes(), &start.to_le_bytes(), &[0, 0]].concat(),
    );
    out
}

fn sheet(rows: &str) -> Vec<u8> {
    let workbook = r#"<workbook><sheets><sheet name="A" r:id="r1"/></sheets></workbook>"#;
    let relations =
        r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let sheet = format!("<worksheet><sheetData>{rows}</worksheet>");
    archive(&[
        ("xl/workbook.xml", workbook.into()),
        ("xl/_rels/workbook.xml.rels", relations.into()),
        ("xl/worksheets/sheet1.xml", sheet.into_bytes()),
    ])
}

#[test]
fn a_small_file_that_unpacks_to_a_large_one_is_refused() {
    // 300 MB of spaces pack into 300 KB.
    let bomb = archive(&[("xl/workbook.xml", vec![b' '; 300 << 20])]);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(read(&bomb), Err(Error::TooLarge { what: Measure::UnpackedBytes, .. })));
}

#[test]
fn cells_at_the_far_end_of_a_sheet_take_no_more_room_than_others() {
    let far = sheet(
        r#"<row r="1048576"><c r="XFD1048576" t="str"><v>far</v></c><c r="A1048576" t="str"><v>near</v></c></row>"#,
    );
    let book = read(&far).unwrap();
    let row = &book.sheets[0].rows[0];
    assert_eq!((row.number, row.cells().len()), (1_048_576, 1));
    let merged = sheet(
        r#"<row r="1"><c r="A1" t="str"><v>all</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#,
    );
    assert_eq!(read(&merged).unwrap().sheets[0].rows.len(), 1);
    let rows: String =
        (1..=3_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="str"><v>x</v></c></row>"#)).collect();
    let ranges = r#"<mergeCell ref="A1:IV3000"/>"#.repeat(50);
    assert!(matches!(
        read(&sheet(&format!("{rows}</sheetData><mergeCells>{ranges}</mergeCells>"))),
        Err(Error::TooLarge { .. })
    ));
}

#[test]
fn entities_are_not_expanded() {
    let text = r#"<row r="1"><c r="A1" t="str"><v>&lt;a&amp;b&#7843;&lol;</v></c></row>"#;
    assert_eq!(read(&sheet(text)).unwrap().sheets[0].rows[0].cells()[0].value.shown(), "<a&bả");
}

#[test]
fn twenty_thousand_rows_that_are_all_wrong_are_all_told() {
    let rows: String = (0..20_000).map(|row| format!("Tên {row};091;Kép;Xã số {row};;;;;\n")).collect();
    let text = format!("Họ tên;SĐT;Thôn;Xã\n{rows}");
    let seen = preview(&read(text.as_bytes()).unwrap(), &Options::default()).unwrap();
    assert_eq!(seen.rows.len(), 20_000);
    assert!(seen.bad().count() >= 60_000);
}

fn look(bytes: &[u8]) {
    if let Ok(book) = read(bytes) {
        let _ = preview(&book, &Options::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_damaged_workbook_is_refused_or_read(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        let mut bytes = XLSX.to_vec();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        look(&bytes);
        bytes.truncate(cut.index(XLSX.len()));
        look(&bytes);
    }

    #[test]
    fn any_xml_in_a_sheet_is_refused_or_read(rows in r#"(<row r="[0-9]{0,7}">|<c r="[A-Z]{0,4}[0-9]{0,8}" t="(s|str|inlineStr|b|e|n)" s="[0-9]{0,3}">|<v>[0-9e.-]{0,9}|</v>|<is><t>x</t></is>|</c>|</row>|&#x?[0-9a-f]{0,6};|<mergeCell ref="[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}"/>){0,40}"#) {
        look(&sheet(&rows));
    }

    #[test]
    fn any_text_is_refused_or_read(text in "(Họ tên|SĐT|Xã|Thửa|Diện tích|Giống|;|\n|\t|,|\"|nt|0912345678|Chũ|1.234|\\PC){0,60}") {
        look(text.as_bytes());
        look(format!("Họ tên;SĐT;Xã;MSVT;Diện tích\n{text}").as_bytes());
    }
}
