//! A label that no phone would read is not printed, and the refusal says what would do.

mod support;

use nguon_label::{
    Date, DateKind, Dpi, Error, Field, Grid, Label, LabelText, Length, Level, Paper, PlaceKind, PrintLabel, PrintRun,
};
use support::{full_text, label, link, serial_labels};

fn run(paper: &str, dpi: Dpi) -> PrintRun {
    PrintRun::on(Paper::named(paper).unwrap(), dpi)
}

fn um(um: u32) -> Length {
    Length::from_um(um)
}

#[test]
fn modules_below_the_limit_are_refused_in_words() {
    for (module, refused) in [(0, true), (395, true), (396, false), (990, false), (2_000, false), (2_001, true)] {
        let answer = run("roll-100x150", Dpi::D300).with_module(um(module));
        assert_eq!(answer.is_err(), refused, "{module}");
    }
    let error = run("roll-100x150", Dpi::D300).with_module(um(300)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "modules of 0.3 mm are too small to be read: take at least 0.396 mm, or leave the size out"
    );
    assert!(error.in_vietnamese().contains("ít nhất 0.396 mm"), "{}", error.in_vietnamese());
    // What is asked for is reached, in whole dots.
    let pages = run("roll-100x150", Dpi::D203).with_module(um(600)).unwrap();
    assert_eq!(pages.lay_out(&[label(None, full_text())]).unwrap()[0].placed()[0].dots_per_module, 5);
}

#[test]
fn a_quiet_zone_below_four_modules_is_refused_and_a_wider_one_is_kept() {
    for modules in 0..4 {
        let error = run("roll-70x50", Dpi::D300).with_quiet_zone(modules).unwrap_err();
        assert!(matches!(error, Error::QuietZone(refused) if refused == modules));
        assert!(error.to_string().contains("at least 4"));
    }
    let pages = run("roll-70x50", Dpi::D300).with_quiet_zone(6).unwrap().lay_out(&[label(None, full_text())]).unwrap();
    let placed = &pages[0].placed()[0];
    let picture = support::Picture::of_png(&pages[0].to_png().unwrap());
    let edge = 6 * placed.dots_per_module;
    assert_eq!(picture.crop(placed.symbol).read(), [link(None)]);
    for (x, y) in (0..placed.symbol.width).flat_map(|x| (0..edge).map(move |y| (x, y))) {
        for (x, y) in [(x, y), (y, x), (x, placed.symbol.height - 1 - y), (placed.symbol.width - 1 - y, x)] {
            assert!(!picture.is_dark(placed.symbol.x + x, placed.symbol.y + y));
        }
    }
}

#[test]
fn a_symbol_that_does_not_fit_names_the_paper_that_would_do() {
    // 45 modules of 4 dots at 203 dpi are 22.5 mm: more than a label of 21.2 mm.
    let error = run("a4-65-38.1x21.2", Dpi::D203).lay_out(&serial_labels(2, &full_text())).unwrap_err();
    let Error::SymbolTooLarge { number: 1, needed, height, fits: Some(fits), .. } = error else { panic!("{error}") };
    assert!(needed > height && needed.um() > 22_000, "{needed} {height}");
    assert!(run(fits, Dpi::D203).lay_out(&serial_labels(2, &full_text())).is_ok());
    assert!(error.to_string().contains(&format!("the paper {fits} would do")), "{error}");
    // A level that holds more needs more room.
    let text = LabelText::new("Vải").unwrap();
    let of =
        |level| PrintLabel::new(Label::with_level(link(None).parse().unwrap(), level).unwrap(), text.clone()).unwrap();
    assert!(run("a4-65-38.1x21.2", Dpi::D300).lay_out(&[of(Level::M)]).is_ok());
    assert!(matches!(run("a4-65-38.1x21.2", Dpi::D300).lay_out(&[of(Level::H)]), Err(Error::SymbolTooLarge { .. })));
    // No paper is large enough for modules of 2 mm and a quiet zone of 40.
    let huge = run("roll-50x30", Dpi::D300).with_module(um(2_000)).unwrap().with_quiet_zone(40).unwrap();
    let error = huge.lay_out(&[of(Level::M)]).unwrap_err();
    assert!(error.to_string().ends_with("take a larger label or a finer printer"), "{error}");
}

#[test]
fn a_long_name_wraps_then_shrinks_then_is_refused_by_name() {
    let heights = |words: usize| {
        let product = vec!["Vải thiều"; words].join(" ");
        let pages = run("roll-50x30", Dpi::D300).lay_out(&[label(None, LabelText::new(&product).unwrap())]);
        pages.map(|pages| pages[0].placed()[0].lines.clone())
    };
    let (one, many) = (heights(1).unwrap(), heights(9).unwrap());
    assert!(many.len() > one.len(), "it wraps");
    assert!(many[0].height < one[0].height, "it shrinks");
    // Nothing is printed below 6 points: the ink of a line with a hook above and a tail below is about 1.1 em.
    let smallest = many.iter().map(|line| line.height).min().unwrap();
    assert!(f64::from(smallest) >= 6.0 / 72.0 * 300.0 * 0.7, "{smallest}");

    let long =
        "Vải thiều Lục Ngạn sấy khô đóng hộp quà tặng cao cấp xuất khẩu sang Nhật Bản và châu Âu, vụ chính năm 2026";
    let labels = [label(None, full_text()), label(None, LabelText::new(long).unwrap())];
    let error = run("a4-65-38.1x21.2", Dpi::D300).lay_out(&labels[1..]).unwrap_err();
    let Error::TextTooLong { number: 1, field: Field::Product | Field::Lot | Field::ElementString, fits: Some(fits) } =
        error
    else {
        panic!("{error}")
    };
    assert!(run(fits, Dpi::D300).lay_out(&labels[1..]).is_ok());
    // The place of the fault is the label and the field.
    let word = "X".repeat(110);
    let error = run("roll-50x30", Dpi::D300).lay_out(&[labels[0].clone(), label(None, LabelText::new(&word).unwrap())]);
    let error = error.unwrap_err();
    assert!(matches!(error, Error::TextTooLong { number: 2, field: Field::Product, .. }), "{error}");
    assert!(error.in_vietnamese().starts_with("Tem số 2: tên sản phẩm không vừa"), "{}", error.in_vietnamese());
}

#[test]
fn text_is_brought_into_nfc_and_what_cannot_be_printed_is_shown_with_its_place() {
    let decomposed = "Va\u{309}i thie\u{302}\u{300}u";
    assert_eq!(LabelText::new(decomposed).unwrap().product(), "Vải thiều");
    assert_eq!(LabelText::new("  Vải \t\n thiều ").unwrap().product(), "Vải thiều");
    for (product, place, wrong) in [("Vải 荔枝", 5, '荔'), ("Vải\u{AD}", 4, '\u{AD}'), ("a\u{0}", 2, '\u{0}')] {
        let error = LabelText::new(product).unwrap_err();
        let Error::Character { field: Field::Product, at, character } = error else { panic!("{error}") };
        assert_eq!((at, character), (place, wrong));
    }
    for nothing in ["", "   ", "\u{A0}\n"] {
        assert!(matches!(LabelText::new(nothing), Err(Error::Empty(Field::Product))));
    }
    let text = || LabelText::new("Vải").unwrap();
    assert!(matches!(LabelText::new(&"a".repeat(121)), Err(Error::FieldLength { field: Field::Product, most: 120 })));
    assert!(matches!(LabelText::new(&"a".repeat(1 << 20)), Err(Error::FieldLength { .. })));
    assert!(matches!(text().with_place(PlaceKind::GrowingArea, ""), Err(Error::Empty(Field::Place))));
    assert!(matches!(text().with_note("☃"), Err(Error::Character { field: Field::Note, at: 1, .. })));
    let day = Date::new(2026, 6, 12).unwrap();
    let four = (0..4).try_fold(text(), |text, _| text.with_date(DateKind::Packed, day)).unwrap();
    assert!(matches!(four.with_date(DateKind::Packed, day), Err(Error::TooMany { field: Field::Date, most: 4 })));
    assert!(matches!(text().with_weight(1).unwrap().with_weight(2), Err(Error::TooMany { field: Field::Weight, .. })));
    for (year, month, day) in [(1999, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 4, 31), (2100, 2, 29), (2026, 1, 0)] {
        assert!(matches!(Date::new(year, month, day), Err(Error::Date { .. })), "{year}-{month}-{day}");
    }
}

#[test]
fn paper_that_cannot_be_is_refused() {
    let grid = |columns, rows, width, height, gap, margin: Option<u32>| Grid {
        columns,
        rows,
        label: (um(width), um(height)),
        gap: (um(gap), um(gap)),
        margin: margin.map(|margin| (um(margin), um(margin))),
    };
    assert!(Paper::a4(grid(3, 8, 70_000, 37_000, 0, None)).is_ok());
    for (columns, rows) in [(0, 1), (1, 0), (51, 1), (1, 51)] {
        assert!(matches!(Paper::a4(grid(columns, rows, 70_000, 37_000, 0, None)), Err(Error::Grid { .. })));
    }
    for (width, height) in [(9_999, 37_000), (70_000, 9_999), (420_001, 37_000), (0, 0)] {
        assert!(matches!(Paper::a4(grid(1, 1, width, height, 0, None)), Err(Error::LabelSize { .. })));
    }
    let wide = Paper::a4(grid(3, 8, 70_000, 37_000, 100, None)).unwrap_err();
    assert!(
        matches!(wide, Error::OffThePage { needed, page } if needed == um(210_200) && page == um(210_000)),
        "{wide}"
    );
    assert!(matches!(Paper::a4(grid(2, 2, 70_000, 37_000, 0, Some(70_001))), Err(Error::OffThePage { .. })));
    assert!(matches!(Paper::a4(grid(50, 50, 420_000, 420_000, 10_000_000, None)), Err(Error::OffThePage { .. })));
    assert!(matches!(Paper::roll(um(0), um(30_000)), Err(Error::LabelSize { .. })));
    assert!(matches!(Paper::named("a5"), Err(Error::UnknownPaper(name)) if name == "a5"));
    let label = [label(None, full_text())];
    let on = || run("a4-24-70x37", Dpi::D300);
    assert!(matches!(on().with_margin(um(18_500)).lay_out(&label), Err(Error::Margin(_))));
    // These sheets have no margin at the sides: only what is kept free inside a label can be moved over.
    assert!(on().shifted(1_000, -1_000).lay_out(&label).is_ok());
    assert!(matches!(on().shifted(2_000, 0).lay_out(&label), Err(Error::Shift)));
    assert!(matches!(on().shifted(i32::MIN, i32::MAX).lay_out(&label), Err(Error::Shift)));
    assert!(matches!(on().lay_out(&vec![label[0].clone(); 10_001]), Err(Error::TooManyLabels(10_001))));
    assert!(on().lay_out(&[]).unwrap().is_empty());
    for text in ["", "x", "-1", "1.2345", "1.2.3", "100000", "1e3", "１"] {
        assert!(matches!(text.parse::<Length>(), Err(Error::Length(_))), "{text}");
    }
}
