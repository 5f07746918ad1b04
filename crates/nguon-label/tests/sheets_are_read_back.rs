//! What is printed on a sheet is found on it again, label by label: by the shopper's decoder, and by a reader of PDFs.

mod support;

use std::collections::BTreeSet;

use nguon_label::{Dpi, FORMATS, Length, Paper, PrintRun};
use support::{PRODUCT, Pdf, Picture, full_text, labels, link, read_labels, serial_labels};

#[test]
fn every_label_of_an_a4_sheet_is_read_from_its_picture_and_from_its_pdf() {
    let run = PrintRun::on(Paper::named("a4-24-70x37").unwrap(), Dpi::D300);
    let pages = run.lay_out(&serial_labels(30, &full_text())).unwrap();
    assert_eq!(pages.iter().map(|page| page.placed().len()).collect::<Vec<_>>(), [24, 6]);
    let pdf = Pdf::of(&pages);
    let (mut drawn, mut printed) = (Vec::new(), Vec::new());
    for (n, page) in pages.iter().enumerate() {
        drawn.extend(read_labels(page, &Picture::of_png(&page.to_png().unwrap())));
        printed.extend(read_labels(page, &pdf.draw(n + 1, 300)));
    }
    let expected: Vec<String> = (0..30).map(|serial| link(Some(serial))).collect();
    assert_eq!(drawn, expected);
    assert_eq!(printed, expected);
}

#[test]
fn every_serial_stands_once_on_the_paper_and_once_in_words() {
    let run = PrintRun::on(Paper::named("a4-21-63.5x38.1").unwrap(), Dpi::D600).starting_at(20).unwrap();
    let pages = run.lay_out(&serial_labels(40, &full_text())).unwrap();
    assert_eq!(pages.iter().map(|page| page.placed().len()).collect::<Vec<_>>(), [2, 21, 17]);
    let pdf = Pdf::of(&pages);
    let text = pdf.text();
    let mut found = BTreeSet::new();
    for (n, page) in pages.iter().enumerate() {
        for link in read_labels(page, &pdf.draw(n + 1, 300).scaled_to(page)) {
            assert!(found.insert(link), "twice");
        }
    }
    assert_eq!(found, (0..40).map(|serial| link(Some(serial))).collect());
    for serial in 0..40 {
        assert_eq!(text.matches(&format!("(21){serial:016}")).count(), 1, "{serial} in {text}");
    }
}

#[test]
fn the_pdf_gives_its_vietnamese_back() {
    let run = PrintRun::on(Paper::named("a4-14-99.1x38.1").unwrap(), Dpi::D600);
    let text = full_text().with_note("HTX Hồng Giang: Ắ ẵ Ề ễ Ỗ ộ Ứ ữ Ỷ ỹ đ Đ").unwrap();
    let pages = run.lay_out(&labels(3, &text)).unwrap();
    let pdf = Pdf::of(&pages);
    let text = pdf.text();
    for words in [
        PRODUCT,
        "Lô: VT-2026-0612",
        "Mã số vùng trồng: VN-BGOR-0127",
        "Ngày thu hoạch: 12/06/2026",
        "Ngày đóng gói: 13/06/2026",
        "HTX Hồng Giang: Ắ ẵ Ề ễ Ỗ ộ Ứ ữ Ỷ ỹ đ Đ",
        "(01)09521234543213(10)VT-2026-0612",
    ] {
        assert_eq!(text.matches(words).count(), 3, "{words} in {text}");
    }
    let fonts = pdf.fonts();
    assert_eq!(fonts.len(), 2, "{fonts:?}");
    // Six letters and a plus: a subset; then embedded, subset, and with its characters.
    for font in &fonts {
        assert!(font.contains("+NotoSans") && font.contains("yes yes yes"), "{font}");
    }
    assert_eq!(nguon_label::to_pdf(&pages, "Tem").unwrap(), nguon_label::to_pdf(&pages, "Tem").unwrap());
}

#[test]
fn a_roll_is_read_at_203_and_300_dpi_dot_by_dot() {
    let rolls = FORMATS.iter().filter(|format| format.is_roll && format.width > Length::mm(40));
    for (format, dpi) in rolls.flat_map(|format| [(format, Dpi::D203), (format, Dpi::D300)]) {
        let run = PrintRun::on(format.paper().unwrap(), dpi);
        let pages =
            run.lay_out(&serial_labels(2, &full_text())).unwrap_or_else(|error| panic!("{}: {error}", format.name));
        assert_eq!(pages.len(), 2, "{}", format.name);
        let pdf = Pdf::of(&pages);
        for (n, page) in pages.iter().enumerate() {
            let picture = Picture::of_png(&page.to_png().unwrap());
            let expected = [link(Some(u32::try_from(n).unwrap()))];
            assert_eq!(read_labels(page, &picture), expected, "{} {dpi:?}", format.name);
            assert_eq!(read_labels(page, &pdf.draw(n + 1, dpi.get())), expected, "{} {dpi:?}", format.name);
            // Every module is whole dots: a square of one colour.
            let placed = &page.placed()[0];
            let (symbol, dots) = (placed.symbol, placed.dots_per_module);
            assert!(dots >= dpi.dots_per_module() && symbol.width % dots == 0);
            for (y, x) in (0..symbol.height).flat_map(|y| (0..symbol.width).map(move |x| (y, x))) {
                let first = picture.is_dark(symbol.x + x / dots * dots, symbol.y + y / dots * dots);
                assert_eq!(picture.is_dark(symbol.x + x, symbol.y + y), first, "{} {dpi:?}: {x}, {y}", format.name);
            }
        }
    }
}

#[test]
fn a_partly_used_sheet_is_printed_from_the_label_that_is_left() {
    let paper = Paper::named("a4-65-38.1x21.2").unwrap();
    let whole = PrintRun::on(paper, Dpi::D300).lay_out(&labels(65, &short())).unwrap();
    for start in [1, 2, 65] {
        let run = PrintRun::on(paper, Dpi::D300).starting_at(start).unwrap();
        let count = 66 - start;
        let pages = run.lay_out(&labels(count + 1, &short())).unwrap();
        assert_eq!(pages.len(), 2);
        let first = usize::try_from(start - 1).unwrap();
        let places: Vec<_> = pages[0].placed().iter().map(|placed| placed.label).collect();
        let expected: Vec<_> = whole[0].placed()[first..].iter().map(|placed| placed.label).collect();
        assert_eq!(places, expected);
        assert_eq!(pages[1].placed()[0].label, whole[0].placed()[0].label);
        // What is used up stays blank.
        let picture = Picture::of_png(&pages[0].to_png().unwrap());
        for used in &whole[0].placed()[..first] {
            assert!(picture.crop(used.label).pixels.iter().all(|&pixel| pixel == 255), "{used:?}");
        }
    }
    for start in [0, 66] {
        assert!(PrintRun::on(paper, Dpi::D300).starting_at(start).is_err());
    }
}

#[test]
fn every_named_sheet_holds_a_label_of_one_size_or_says_which_would() {
    for format in FORMATS.iter().filter(|format| !format.is_roll) {
        let paper = format.paper().unwrap();
        assert_eq!(format.name.split('-').nth(1).unwrap(), paper.labels().to_string());
        let pages = PrintRun::on(paper, Dpi::D600).lay_out(&labels(2, &short())).unwrap();
        let picture = pages[0].to_png().unwrap();
        let read = read_labels(&pages[0], &Picture::of_png(&picture));
        assert_eq!(read, [link(None), link(None)], "{}", format.name);
    }
}

fn short() -> nguon_label::LabelText {
    nguon_label::LabelText::new("Vải thiều").unwrap()
}

impl Picture {
    /// The same at the resolution a page is laid out for: each pixel several dots.
    fn scaled_to(&self, page: &nguon_label::Page) -> Self {
        let factor = usize::from(page.dpi().get()) / 300;
        let (width, height) = (self.width * factor, self.height * factor);
        let pixel = |i: usize| self.pixels[i / width / factor * self.width + i % width / factor];
        Self { width, height, pixels: (0..width * height).map(pixel).collect() }
    }
}
