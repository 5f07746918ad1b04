//! Documents, as poppler reads and draws them.

mod poppler;

use nguon_core::values::Time;
use nguon_export::facts::When;
use nguon_export::paper::{Attachment, Block, Column, Error, Langs, Paper, Relation, Row, Said, Table, Tone, Turn};
use nguon_label::Label;
use poppler::Pdf;

fn morning() -> When {
    When::vietnam(Time::new(1_781_226_000).unwrap())
}

/// One of everything, with a table over some pages.
fn document(langs: Langs, turn: Turn, rows: u64) -> Paper {
    let title = Said::new("Hồ sơ lô vải thiều", "Dossier of a lychee lot");
    let mut paper = Paper::new(title, langs, morning()).turned(turn).with_foot(Said::new(
        "Hồ sơ lô hàng đầy đủ, chưa bị sửa đổi.",
        "The records of this lot are complete and unaltered.",
    ));
    paper.push(Block::notice(
        Tone::Good,
        Said::new("Hồ sơ lô hàng đầy đủ, chưa bị sửa đổi", "The records of this lot are complete and unaltered"),
        [
            Said::new(
                "Đã kiểm tra 412 chữ ký của 46 bên, tính đến 12/06/2026 08:00 (UTC+7).",
                "412 signatures by 46 parties hold, as of 2026-06-12 08:00 (UTC+7).",
            ),
            Said::new(
                "Chữ ký chứng minh ai đã ghi và không có gì bị bỏ bớt; không chứng minh được trong hộp có đúng quả đó.",
                "Signatures prove who said it and that nothing was left out; not that this very box holds that fruit.",
            ),
        ],
    ));
    paper.push(Block::heading(Said::new("1. Hàng hóa", "1. Goods")));
    paper.push(Block::pairs([
        (Said::new("Sản phẩm", "Product"), Said::new("Vải thiều tươi", "Fresh lychee")),
        (Said::new("Giống", "Variety"), Said::name("Vải thiều Thanh Hà chính vụ")),
        (Said::new("Mã GTIN", "GTIN"), Said::same("09521234543213")),
        (Said::new("Khối lượng tịnh", "Net weight"), Said::kilograms(17_424_500)),
        (Said::new("Bên nhận", "Consignee"), Said::name("荔枝进口公司 (Guangzhou)")),
        (
            Said::new("SHA-256", "SHA-256"),
            Said::same("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".repeat(2)),
        ),
    ]));
    let link = "https://nguon.example/01/09521234543213/10/VT-2026-0612#AAECAwQFBgcICQoLDA0ODw";
    paper.push(Block::symbol(
        Label::new(link.parse().unwrap()).unwrap(),
        Said::new("Mã QR dẫn tới trang của lô hàng", "QR code leading to the lot's page"),
        [Said::new("Quét để xem trang của lô hàng.", "Scan to see the lot's page."), Said::same(link)],
    ));
    paper.push(Block::heading(Said::new("2. Khối lượng", "2. Quantities")));
    paper.push(Block::part(Said::new("Từ vườn đến hộp", "From orchard to box")));
    let mut table = Table::new([
        Column::text(Said::new("Ngày", "Date")),
        Column::text(Said::new("Nông hộ", "Household")).naming_rows(),
        Column::text(Said::new("Thửa", "Plot")),
        Column::number(Said::new("Thu hoạch (kg)", "Harvested (kg)")),
        Column::text(Said::new("Ghi chú", "Remark")),
    ]);
    for at in 0..rows {
        table.push(Row::new([
            Said::day(morning()),
            Said::name(format!("Nguyễn Thị Ẫm {at}")),
            Said::same(format!("VN-BGOR-0127/{at}")),
            Said::thousandths(1_234_500 + at),
            if at % 7 == 0 {
                Said::new(
                    "Ghi thay hộ theo yêu cầu của nông hộ, vì hộ không có điện thoại",
                    "Written by the co-op, as the household asked",
                )
            } else {
                Said::same("—")
            },
        ]));
        if at % 11 == 5 {
            table.push(Row::note(Said::new(
                format!("Đính chính {at}: trước là 1.300 kg"),
                format!("Corrected {at}: was 1,300 kg"),
            )));
        }
    }
    table.push(Row::sum([
        Said::new("Tổng", "Sum"),
        Said::same(""),
        Said::same(""),
        Said::thousandths(rows * 1_234_500),
        Said::same(""),
    ]));
    paper.push(table);
    paper.push(Block::paragraph(Said::new(
        "Đoạn văn tiếng Việt với đủ dấu: Ẫm, Ổn, Ữu, ỹ, đặc biệt là chữ hoa có hai dấu. ".repeat(6),
        "A paragraph of English beside it, which is a little longer or shorter than its neighbour. ".repeat(6),
    )));
    paper.push(Block::small(Said::new("Ghi chú nhỏ.", "A small remark.")));
    paper.push(Block::signatures([
        Said::new("Người kiểm tra", "Inspector"),
        Said::new("Đại diện hợp tác xã", "For the co-operative"),
    ]));
    paper
}

fn keep(name: &str, bytes: &[u8]) {
    // To look at what the tests wrote.
    if let Ok(folder) = std::env::var("NGUON_KEEP_PDF") {
        std::fs::write(format!("{folder}/{name}.pdf"), bytes).unwrap();
    }
}

/// Without line ends, which are the layout's.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn vietnamese_comes_back_in_reading_order_with_english_beside_it() {
    let bytes = document(Langs::ViEn, Turn::Upright, 60).to_pdf().unwrap();
    keep("paper-vi-en", &bytes);
    let pdf = Pdf::of(&bytes);
    let text = flowing(&pdf.text());
    let mut from = 0;
    for words in [
        "Hồ sơ lô vải thiều",
        "Dossier of a lychee lot",
        "Hồ sơ lô hàng đầy đủ, chưa bị sửa đổi",
        "Chữ ký chứng minh ai đã ghi và không có gì bị bỏ bớt; không chứng minh được trong hộp có đúng quả đó.",
        "1. Hàng hóa",
        "Vải thiều Thanh Hà chính vụ",
        "17.424,5 kg",
        "17,424.5 kg",
        "Quét để xem trang của lô hàng.",
        "2. Khối lượng",
        "Nguyễn Thị Ẫm 59",
        "74.070",
        "74,070",
        "đặc biệt là chữ hoa có hai dấu.",
        "A paragraph of English beside it",
        "Người kiểm tra",
        "Khi sao chép hoặc nghe đọc sẽ ra chính ký tự đó.",
    ] {
        let at = text[from..].find(words).unwrap_or_else(|| panic!("{words} after {from} in {text}"));
        from += at;
    }
    // Drawn as numbers, copied as characters.
    assert!(text.contains("荔枝进口公司"));
}

#[test]
fn the_structure_has_headings_tables_header_cells_and_a_figure() {
    let pdf = Pdf::of(&document(Langs::ViEn, Turn::Upright, 60).to_pdf().unwrap());
    let structure = pdf.structure();
    let count = |what: &str| structure.lines().filter(|line| line.trim_start().starts_with(what)).count();
    assert_eq!([count("H1 "), count("H2 "), count("H3 ")], [1, 2, 1], "{structure}");
    assert_eq!([count("Table"), count("THead"), count("TBody"), count("Figure")], [2, 1, 1, 1]);
    // Five columns with a header each, and as many rows as there are households; each row of a table is one row, wherever its
    // page ends.
    let scopes = |scope: &str| structure.matches(&format!("/Scope /{scope}")).count();
    assert_eq!([scopes("Column"), scopes("Row")], [5, 6 + 61]);
    assert_eq!(count("TR"), 6 + 1 + 60 + 5 + 1);
    // Header rows that are repeated, and what stands at the foot of pages, are outside of the tree.
    assert!(pdf.pages() > 3);
    assert_eq!(structure.matches("\"Household\"").count(), 1);
    assert!(!structure.contains("Trang 1/"));
    assert_eq!(pdf.text().matches("Household").count(), pdf.pages() - 1);
    let info = pdf.info();
    assert!(info.contains("Tagged:          yes") && info.contains("595.276 x 841.89 pts (A4)"), "{info}");
    assert!(info.contains("Hồ sơ lô vải thiều / Dossier of a lychee lot"), "{info}");
}

#[test]
fn one_language_stands_alone() {
    for (langs, own, other) in
        [(Langs::Vi, "Khối lượng tịnh", "Net weight"), (Langs::En, "Net weight", "Khối lượng tịnh")]
    {
        let bytes = document(langs, Turn::Sideways, 60).to_pdf().unwrap();
        keep(&format!("paper-{langs:?}"), &bytes);
        let pdf = Pdf::of(&bytes);
        let text = flowing(&pdf.text());
        assert!(text.contains(own) && !text.contains(other), "{text}");
        assert!(pdf.info().contains("841.89 x 595.276 pts (A4)"));
    }
}

#[test]
fn every_page_is_numbered_keeps_its_margins_and_embeds_its_letters() {
    let paper = document(Langs::ViEn, Turn::Upright, 40).with_band(Tone::Alert, Said::new("ĐÃ THU HỒI", "RECALLED"));
    let bytes = paper.to_pdf().unwrap();
    keep("paper-band", &bytes);
    let pdf = Pdf::of(&bytes);
    let (text, pages) = (pdf.text(), pdf.pages());
    for page in 1..=pages {
        assert!(text.contains(&format!("Trang {page}/{pages}")) && text.contains(&format!("Page {page}/{pages}")));
    }
    assert_eq!(text.matches("ĐÃ THU HỒI").count(), pages);
    assert_eq!(text.matches("chưa bị sửa đổi.").count(), pages, "the foot");
    for page in 1..=pages {
        // 21 thousandths of the sides: 4.4 mm and 6.2 mm, which every printer prints.
        assert!(pdf.draw(page, 60).margins_are_white(21), "page {page}");
    }
    let fonts = pdf.fonts();
    assert_eq!(fonts.len(), 2, "{fonts:?}");
    // Embedded, a subset, and with what each letter is.
    assert!(fonts.iter().all(|font| font.contains("NotoSans") && font.contains("yes yes yes")), "{fonts:?}");
}

#[test]
fn the_symbol_is_read_from_the_page() {
    let pdf = Pdf::of(&document(Langs::Vi, Turn::Upright, 0).to_pdf().unwrap());
    assert_eq!(
        pdf.draw(1, 150).symbols(),
        ["https://nguon.example/01/09521234543213/10/VT-2026-0612#AAECAwQFBgcICQoLDA0ODw"]
    );
}

#[test]
fn a_row_longer_than_a_page_goes_on_and_others_stay_whole() {
    let long = "rất dài ".repeat(3_000);
    let mut table = Table::new([Column::text(Said::same("A")), Column::text(Said::same("B"))]);
    for at in 0..30 {
        let words = if at == 3 { long.clone() } else { "ba dòng chữ trong một ô bảng ".repeat(12) };
        table.push(Row::new([Said::same(format!("hàng{at}")), Said::name(words)]));
    }
    let mut paper = Paper::new(Said::name("Bảng"), Langs::Vi, morning());
    paper.push(table);
    let bytes = paper.to_pdf().unwrap();
    keep("paper-long", &bytes);
    let pdf = Pdf::of(&bytes);
    let text = pdf.text();
    assert_eq!(text.matches("rất").count(), 3_000);
    // The page on which a row is named has all of its twelve repetitions.
    let whole = |page: &&str| {
        let rows = page.matches("hàng").count() - page.matches("hàng3\n").count();
        flowing(page).matches("ba dòng chữ trong một ô bảng").count() == 12 * rows
    };
    let pages: Vec<&str> = text.split('\u{C}').collect();
    assert_eq!(pages.iter().filter(|page| !whole(page)).count(), 0);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let write = || document(Langs::ViEn, Turn::Upright, 20).to_pdf().unwrap();
    assert_eq!(write(), write());
}

#[test]
fn what_cannot_be_set_is_refused_with_its_place() {
    let mut table = Table::new([Column::text(Said::same("A")), Column::text(Said::same("B"))]);
    table.push(Row::new([Said::same("1"), Said::same("2")]));
    table.push(Row::new([Said::same("1")]));
    let mut paper = Paper::new(Said::same("A"), Langs::Vi, morning());
    paper.push(table);
    assert_eq!(paper.to_pdf(), Err(Error::Cells { row: 2, cells: 1, columns: 2 }));

    let file = |name, kind: &str| Attachment::new(name, kind, Said::same("tệp"), Relation::Data, vec![1, 2, 3]);
    let paper = Paper::new(Said::same("A"), Langs::Vi, morning());
    let twice = paper.clone().attach(file("a.cbor", "application/cbor")).attach(file("a.cbor", "application/cbor"));
    assert_eq!(twice.to_pdf(), Err(Error::SameName("a.cbor".into())));
    assert_eq!(paper.clone().attach(file("a", "cbor")).to_pdf(), Err(Error::MediaType("cbor".into())));

    let mut endless = paper;
    for _ in 0..4_001 {
        endless.push(Block::paragraph(Said::same("A")));
        endless.push(Block::next_page());
    }
    assert_eq!(endless.to_pdf(), Err(Error::TooLong { most: 4_000 }));
}
