//! Plain drawings of symbols are always read, whatever their size, level, angle and scale, and give back what they hold.

#![allow(clippy::cast_possible_truncation, reason = "casts of floats saturate")]

mod support;

use std::collections::BTreeSet;

use nguon_label::Label;
use nguon_scan::Scanner;
use proptest::prelude::*;
use qrcode::EcLevel;
use support::{Frame, Modules};

#[test]
fn of_every_version_and_level() {
    for version in 1..=40 {
        for level in [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H] {
            let data = format!("{version}{level:?}");
            let symbols = Modules::of_version(data.as_bytes(), version, level).framed(4.0).read();
            assert_eq!(symbols.len(), 1, "{data}");
            assert_eq!(symbols[0].text(), Some(data.as_str()));
        }
    }
}

fn labels() -> impl Strategy<Value = Label> {
    ("[A-Z0-9-]{1,12}", proptest::option::of("[A-Z0-9]{13}")).prop_map(|(lot, serial)| {
        let serial = serial.map_or(String::new(), |serial| format!("/21/{serial}"));
        let link = format!("https://nguon.example/01/09529876000019/10/{lot}{serial}#AAECAwQFBgcICQoLDA0ODw");
        Label::new(link.parse().unwrap()).unwrap()
    })
}

/// As `nguon-label` draws it, without its quiet zone.
fn modules(label: &Label) -> Modules {
    let code = qrcode::QrCode::with_error_correction_level(label.link().to_string(), EcLevel::M).unwrap();
    let modules = Modules::of(&code);
    assert_eq!(modules.side as u32 + 8, label.modules());
    modules
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// From 2 pixels a module on.
    #[test]
    fn a_label_at_any_angle_and_scale(
        label in labels(), module in 2.0..9.0_f32, turned in 0.0..6.3_f32, x in -40.0..40.0_f32, y in -40.0..40.0_f32,
    ) {
        let modules = modules(&label);
        let side = (modules.side as f32 + 8.0) * module * 1.42 + 90.0;
        let mut frame = Frame::light(side as usize, side as usize);
        frame.draw(&modules, (side / 2.0 + x, side / 2.0 + y), module, turned);
        let link = label.link().to_string();
        let symbols = frame.read();
        prop_assert_eq!(symbols.len(), 1);
        prop_assert_eq!(symbols[0].text(), Some(link.as_str()));
        let symbols = frame.inverted().read();
        prop_assert_eq!(symbols.len(), 1);
        prop_assert_eq!(symbols[0].text(), Some(link.as_str()));
    }

    /// Each corner is where it was drawn, to a module.
    #[test]
    fn corners_are_where_they_were_drawn(label in labels(), module in 3.0..6.0_f32, turned in 0.0..6.3_f32) {
        let modules = modules(&label);
        let side = (modules.side as f32 + 8.0) * module * 1.42 + 20.0;
        let mut frame = Frame::light(side as usize, side as usize);
        frame.draw(&modules, (side / 2.0, side / 2.0), module, turned);
        let symbols = frame.read();
        prop_assert_eq!(symbols.len(), 1);
        let half = modules.side as f32 * module / 2.0;
        let (sin, cos) = turned.sin_cos();
        for (corner, (x, y)) in symbols[0].corners().iter().zip([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]) {
            let drawn = (side / 2.0 + half * (x * cos - y * sin), side / 2.0 + half * (x * sin + y * cos));
            prop_assert!((corner.x - drawn.0).hypot(corner.y - drawn.1) < module, "{corner:?}, drawn at {drawn:?}");
        }
    }

    /// All of those in view, each once, though the first be there twice.
    #[test]
    fn as_many_as_there_are(labels in proptest::collection::vec(labels(), 1..6), turned in 0.0..6.3_f32) {
        let mut frame = Frame::light(1_080, 720);
        let twice = labels.first().cloned();
        for (i, label) in labels.iter().chain(&twice).enumerate() {
            let middle = ((i % 3) as f32 * 360.0 + 180.0, (i / 3) as f32 * 360.0 + 180.0);
            frame.draw(&modules(label), middle, 4.5, turned + i as f32);
        }
        let links: BTreeSet<String> = labels.iter().map(|label| label.link().to_string()).collect();
        let symbols = frame.read();
        prop_assert_eq!(symbols.len(), links.len());
        let read: BTreeSet<String> = symbols.iter().filter_map(|symbol| symbol.text()).map(str::to_owned).collect();
        prop_assert_eq!(read, links);
    }
}

/// In a video too, though only one of them be looked at closely.
#[test]
fn a_scanner_gives_all_of_a_frame() {
    let mut frame = Frame::light(1_280, 720);
    frame.draw(&Modules::encode(b"large", EcLevel::M), (300.0, 360.0), 9.0, 0.3);
    frame.draw(&Modules::encode(b"small", EcLevel::M), (900.0, 360.0), 2.2, 0.0);
    let mut scanner = Scanner::new();
    for _ in 0..8 {
        let read: BTreeSet<Vec<u8>> = scanner.read(frame.luma(), || true).iter().map(|s| s.bytes().to_vec()).collect();
        assert_eq!(read, BTreeSet::from([b"large".to_vec(), b"small".to_vec()]));
    }
}
