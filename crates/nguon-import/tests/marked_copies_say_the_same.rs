//! The copy in which bad cells are marked holds the same list: mended there, it is imported like the list.

mod support;

use nguon_import::finding::Severity;
use nguon_import::preview::{Preview, preview};
use nguon_import::words::{Lang, finding};
use nguon_import::{marked, read};
use support::{files, options};

fn looked_at(bytes: &[u8]) -> Preview {
    preview(&read(bytes).unwrap(), &options()).unwrap()
}

/// What was read, place by place; a copy of a file of text has another name of its sheet.
fn told(preview: &Preview) -> Vec<(String, String)> {
    let place = |text: String| text.rsplit('!').next().unwrap_or_default().to_owned();
    let cells = preview.rows.iter().flat_map(|row| &row.cells);
    cells.map(|cell| (place(cell.at.to_string()), cell.taken.clone().unwrap_or_default())).collect()
}

#[test]
fn an_untidy_list_is_read_from_its_copy_as_from_itself() {
    let file = files::untidy_workbook();
    let (list, before) = (read(&file).unwrap(), looked_at(&file));
    let copy = marked::workbook(&list, &before.marks, Lang::Vi).unwrap();
    let after = looked_at(&copy);
    assert_eq!(after.households, before.households);
    assert_eq!(told(&after), told(&before));
}

#[test]
fn every_bad_cell_of_a_file_of_text_is_red_in_the_copy_and_says_what_to_do() {
    let text = "Họ tên;SĐT;Thôn;Xã;MSVT;Diện tích (ha);Giống\n\
                Nguyễn Văn Bảy;0912;Kép;07525;VN-BGOR-0123;0,5;vải thiều\n\
                Trần Thị Hai;0912345678;Kép;07525;VN-KHONG-CO;rộng;vải thiều\n";
    let (list, seen) = (read(text.as_bytes()).unwrap(), looked_at(text.as_bytes()));
    let bad: Vec<_> = seen.marks.iter().filter(|mark| mark.finding.severity() == Severity::Bad).collect();
    assert!(bad.len() >= 3, "{:?}", seen.marks);
    let copy = marked::workbook(&list, &seen.marks, Lang::Vi).unwrap();
    let parts = unzipped(&copy);
    let (notes, styles) = (&parts["xl/comments1.xml"], &parts["xl/styles.xml"]);
    for mark in bad {
        let todo = finding(Lang::Vi, &mark.finding).todo;
        assert!(notes.contains(&escaped(&todo)), "{todo} in {notes}");
    }
    assert!(styles.contains("F8B4B4"));
    assert!(parts["xl/workbook.xml"].contains("Cần sửa"));
    // Marked is not mended: the copy is as bad as the list.
    assert_eq!(looked_at(&copy).count(Severity::Bad), seen.count(Severity::Bad));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The parts of a workbook, which is a ZIP file of stored and deflated entries.
fn unzipped(bytes: &[u8]) -> std::collections::BTreeMap<String, String> {
    let number = |at: usize, length: usize| {
        (0..length).rev().fold(0_usize, |sum, place| sum << 8 | usize::from(bytes[at + place]))
    };
    let end = bytes.windows(4).rposition(|found| found == b"PK\x05\x06").unwrap();
    let (mut at, mut parts) = (number(end + 16, 4), std::collections::BTreeMap::new());
    for _ in 0..number(end + 10, 2) {
        let [name, extra, comment] = [28, 30, 32].map(|place| number(at + place, 2));
        let (method, length, header) = (number(at + 10, 2), number(at + 20, 4), number(at + 42, 4));
        let data = header + 30 + number(header + 26, 2) + number(header + 28, 2);
        let packed = &bytes[data..data + length];
        let plain = match method {
            0 => packed.to_vec(),
            _ => miniz_oxide::inflate::decompress_to_vec(packed).unwrap(),
        };
        let name_text = String::from_utf8(bytes[at + 46..at + 46 + name].to_vec()).unwrap();
        parts.insert(name_text, String::from_utf8_lossy(&plain).into_owned());
        at += 46 + name + extra + comment;
    }
    parts
}
