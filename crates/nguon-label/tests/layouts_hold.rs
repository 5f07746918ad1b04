//! The laws of every layout that is accepted: labels on the page and apart, symbol and text inside their label and apart, and
//! no ink in a quiet zone or outside what was laid out.

mod support;

use nguon_label::{
    Date, DateKind, Dpi, Grid, Label, LabelText, Lang, Length, Level, Page, Paper, PlaceKind, PrintLabel, PrintRun,
    Rect,
};
use proptest::prelude::*;
use support::{Picture, read_labels};

fn paper() -> impl Strategy<Value = Paper> {
    let sheet =
        (1_u16..6, 1_u16..14, 20_000_u32..110_000, 20_000_u32..110_000, 0_u32..6_000, 0_u32..6_000, any::<bool>());
    let sheet = sheet.prop_filter_map("off the page", |(columns, rows, width, height, across, down, centred)| {
        let um = Length::from_um;
        let margin = (!centred).then_some((um(across * 2), um(down * 2)));
        let grid = Grid { columns, rows, label: (um(width), um(height)), gap: (um(across), um(down)), margin };
        Paper::a4(grid).ok()
    });
    let roll =
        (1_u16..3, 24_000_u32..110_000, 24_000_u32..160_000, 0_u32..4_000).prop_map(|(columns, width, height, gap)| {
            let um = Length::from_um;
            Paper::roll_across(columns, um(width), um(height), um(gap)).unwrap()
        });
    prop_oneof![sheet, roll]
}

fn text() -> impl Strategy<Value = LabelText> {
    let words = proptest::collection::vec("(Vải|thiều|Lục|NGẠN|ẤẦỒ|jgq|quả tươi|U hồng|loại 1|W{1,14})", 1..9);
    let more = (any::<bool>(), any::<bool>(), proptest::option::of(0_u64..99_999), 0_usize..3, any::<bool>());
    (words, more).prop_map(|(words, (place, dates, weight, notes, english))| {
        let mut text = LabelText::new(&words.join(" ").chars().take(100).collect::<String>()).unwrap();
        if place {
            text = text.with_place(PlaceKind::GrowingArea, "VN-BGOR-0127").unwrap();
        }
        if dates {
            text = text.with_date(DateKind::Packed, Date::new(2026, 6, 12).unwrap()).unwrap();
        }
        if let Some(weight) = weight {
            text = text.with_weight(weight).unwrap();
        }
        for _ in 0..notes {
            text = text.with_note("HTX Nông nghiệp Hồng Giang").unwrap();
        }
        text.in_language(if english { Lang::En } else { Lang::Vi })
    })
}

fn labels() -> impl Strategy<Value = Vec<PrintLabel>> {
    let lot = "[A-Z0-9-]{1,20}";
    let level = prop_oneof![Just(Level::M), Just(Level::Q), Just(Level::H)];
    (text(), lot, proptest::option::of("[A-Z0-9]{1,20}"), level, 1_usize..8).prop_map(
        |(text, lot, serial, level, count)| {
            let label = |n: usize| {
                let serial = serial.as_ref().map(|serial| format!("/21/{}{n}", &serial[..serial.len().min(19)]));
                let link = format!("https://nguon.example/01/09521234543213/10/{lot}{}", serial.unwrap_or_default());
                PrintLabel::new(Label::with_level(link.parse().unwrap(), level).unwrap(), text.clone()).unwrap()
            };
            (0..count).map(label).collect()
        },
    )
}

fn dpi() -> impl Strategy<Value = Dpi> {
    prop_oneof![Just(203), Just(300), Just(600), 150_u16..1200].prop_map(|dpi| Dpi::new(dpi).unwrap())
}

/// What holds of a page without looking at its ink.
fn check(page: &Page, margin: Length) {
    let um = |dots: u32| f64::from(dots) * 25_400.0 / f64::from(page.dpi().get());
    // A label's box is rounded to whole dots inwards, the margin is measured from its true edge.
    let edge = f64::from(margin.um()) - um(1);
    let placed = page.placed();
    for (n, here) in placed.iter().enumerate() {
        assert!(um(here.label.right()) <= f64::from(page.size().0.um()) + 1e-6);
        assert!(um(here.label.bottom()) <= f64::from(page.size().1.um()) + 1e-6);
        let parts: Vec<Rect> = std::iter::once(here.symbol).chain(here.lines.iter().copied()).collect();
        for (i, part) in parts.iter().enumerate() {
            assert!(here.label.holds(*part), "{part:?} in {:?}", here.label);
            assert!(um(part.x - here.label.x) >= edge - 1e-6 && um(part.y - here.label.y) >= edge - 1e-6);
            assert!(um(here.label.right() - part.right()) >= edge - 1e-6);
            assert!(um(here.label.bottom() - part.bottom()) >= edge - 1e-6);
            assert!(parts[i + 1..].iter().all(|other| !part.overlaps(*other)), "{part:?} in {parts:?}");
        }
        assert!(placed[n + 1..].iter().all(|other| !here.label.overlaps(other.label)));
        assert_eq!(here.symbol.width % here.dots_per_module, 0);
        assert!(um(here.dots_per_module) >= 396.0 - 1e-6);
        assert_eq!(here.dots_per_module, placed[0].dots_per_module, "labels of a run are alike");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn labels_are_on_the_page_and_nothing_lies_on_anything(
        paper in paper(), labels in labels(), dpi in dpi(), margin in 0_u32..2_000, start in 1_u32..60,
    ) {
        let margin = Length::from_um(margin);
        let run = PrintRun::on(paper, dpi).with_margin(margin);
        let run = run.starting_at(start.min(paper.labels())).unwrap();
        // Refused is refused: the laws are of what is accepted, and what is refused says why in both languages.
        match run.lay_out(&labels) {
            Ok(pages) => {
                pages.iter().for_each(|page| check(page, margin));
                let numbers: Vec<usize> = pages.iter().flat_map(Page::placed).map(|placed| placed.number).collect();
                prop_assert_eq!(numbers, (1..=labels.len()).collect::<Vec<_>>());
            }
            Err(error) => prop_assert!(!error.to_string().is_empty() && !error.in_vietnamese().is_empty()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn ink_is_where_it_was_laid_out_and_the_symbol_is_read(paper in paper(), labels in labels(), fine in any::<bool>()) {
        let run = PrintRun::on(paper, if fine { Dpi::D300 } else { Dpi::D203 });
        let Ok(pages) = run.lay_out(&labels) else { return Ok(()) };
        let Some(page) = pages.first() else { return Ok(()) };
        let picture = Picture::of_png(&page.to_png().unwrap());
        let expected: Vec<String> =
            labels[..page.placed().len()].iter().map(|label| label.label().link().to_string()).collect();
        prop_assert_eq!(read_labels(page, &picture), expected);
        let parts: Vec<Rect> = page
            .placed()
            .iter()
            .flat_map(|placed| {
                let quiet = 4 * placed.dots_per_module;
                let Rect { x, y, width, height } = placed.symbol;
                let dark = Rect { x: x + quiet, y: y + quiet, width: width - 2 * quiet, height: height - 2 * quiet };
                std::iter::once(dark).chain(placed.lines.iter().copied())
            })
            .collect();
        let width = u32::try_from(picture.width).unwrap();
        for (at, _) in picture.pixels.iter().enumerate().filter(|(_, pixel)| **pixel < 128) {
            let at = u32::try_from(at).unwrap();
            let dot = Rect { x: at % width, y: at / width, width: 1, height: 1 };
            prop_assert!(parts.iter().any(|part| part.holds(dot)), "ink at {dot:?}");
        }
    }
}
