//! Customs dossiers of the sample season: they say what the bundle proves, on their face and inside.

mod poppler;
mod support;

use nguon_core::opening::FieldValue;
use nguon_core::verify::{Bundle, Options, OutcomeKind, verify};
use nguon_examples::season::Season;
use nguon_export::attached::bundle as attached;
use nguon_export::dossier::{Dossier, Error};
use nguon_export::facts::{Facts, Personal, Source};
use poppler::Pdf;
use support::{LOGGED, UNLOGGED, batch, bundle, verified};

struct Made {
    bundle: Vec<u8>,
    bytes: Vec<u8>,
    missing: Vec<String>,
    outcome: OutcomeKind,
    pdf: Pdf,
}

fn made(season: &Season, case: &str, personal: Personal) -> Made {
    let bundle = bundle(season, batch(season, case), personal == Personal::Opened);
    let source = Source::despite(verified(season, &bundle), season.now()).unwrap();
    let facts = Facts::new(&source, personal);
    let link = season.case(case).link(&"https://nguon.example".parse().unwrap());
    let dossier = Dossier::new(&facts, &bundle, link.as_ref()).unwrap();
    let bytes = dossier.to_pdf().unwrap();
    if let Ok(folder) = std::env::var("NGUON_KEEP_PDF") {
        std::fs::write(format!("{folder}/dossier-{case}-{personal:?}.pdf"), &bytes).unwrap();
    }
    let missing = dossier.missing().iter().map(|missing| missing.element.clone()).collect();
    Made { pdf: Pdf::of(&bytes), bundle, bytes, missing, outcome: facts.stamp().outcome }
}

fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is inside leads to the verdict that stands on the face.
#[test]
fn the_attached_bundle_gives_the_same_verdict() {
    for season in [&*LOGGED, &*UNLOGGED] {
        for case in ["export", "fumigated", "collected", "recalled-descendant", "suspect"] {
            for personal in [Personal::Withheld, Personal::Opened] {
                let made = made(season, case, personal);
                let inside = attached(&made.bytes).unwrap();
                assert_eq!(made.pdf.detach(1), inside, "{case}, by poppler");
                let verdict = verify(&inside, season.ledger.trust(), &Options::at(season.now())).verdict;
                assert_eq!(verdict.outcome.kind(), made.outcome, "{case}");
                assert!(made.pdf.attachments().contains("bundle.nguon.cbor"));
                // Every record is there, and the proof; personal data only if asked for.
                let [given, inside] = [&made.bundle, &inside].map(|bytes| Bundle::from_bytes(bytes).unwrap());
                assert_eq!((given.chains, given.proof, given.roots), (inside.chains, inside.proof, inside.roots));
                match personal {
                    Personal::Opened => assert_eq!(given.openings, inside.openings),
                    Personal::Withheld => assert!(given.openings.len() > inside.openings.len()),
                }
            }
        }
    }
}

#[test]
fn the_export_lot_says_everything_in_two_languages() {
    let made = made(&LOGGED, "export", Personal::Withheld);
    assert_eq!(made.outcome, OutcomeKind::Valid);
    let text = flowing(&made.pdf.text());
    for words in [
        "Hồ sơ lô hàng đầy đủ, chưa bị sửa đổi.",
        "The records of this lot are complete and unaltered:",
        "Đúng tính đến:",
        "Vải thiều tươi",
        "XK260614-CN",
        "10.200 kg",
        "10,200 kg",
        "VN-BGOR-901-MAU",
        "VN-BGPH-901-MAU",
        "GACC",
        "Abamectin 3.6EC (mẫu)",
        "Đạt: 24 ngày, cần 7",
        "Kept: 24 days, 7 needed",
        "DL-26-0614-MAU",
        "VietGAP (TCVN 11892-1:2017)",
        "PC-260614-MAU",
        "8 hộ, tên không công bố",
        "nguon verify dossier.pdf",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    // The sums of its own table of harvests and of the growing areas are one.
    assert_eq!(text.matches("10.670").count(), 3, "areas, harvests, and the harvest as a stage");
    // No band on a lot that holds.
    assert!(!text.contains("KHÔNG ĐƯỢC XÁC MINH") && !text.contains("THU HỒI:"));
    let scanned = (1..=made.pdf.pages()).flat_map(|page| made.pdf.draw(page, 150).symbols()).collect::<Vec<_>>();
    let case = LOGGED.case("export").link(&"https://nguon.example".parse().unwrap()).unwrap();
    assert_eq!(scanned, [case.to_string()]);
    let structure = made.pdf.structure();
    let count = |what: &str| structure.lines().filter(|line| line.trim_start().starts_with(what)).count();
    assert_eq!([count("H1 "), count("H2 "), count("Figure")], [1, 10, 1]);
}

#[test]
fn what_is_not_verified_says_so_on_every_page() {
    for (season, case, outcome, vi, en) in [
        (&LOGGED, "recalled-descendant", OutcomeKind::Recalled, "HÀNG BỊ THU HỒI:", "RECALLED:"),
        (&UNLOGGED, "export", OutcomeKind::Unlogged, "CHƯA XÁC MINH ĐẦY ĐỦ:", "NOT FULLY VERIFIED:"),
        (&LOGGED, "suspect", OutcomeKind::Suspect, "KHÔNG ĐƯỢC XÁC MINH:", "NOT VERIFIED:"),
        (&LOGGED, "no-inputs", OutcomeKind::Incomplete, "KHÔNG ĐƯỢC XÁC MINH:", "NOT VERIFIED:"),
    ] {
        let made = made(season, case, Personal::Withheld);
        assert_eq!(made.outcome, outcome);
        let text = made.pdf.text();
        let pages: Vec<&str> = text.split_terminator('\u{C}').collect();
        assert_eq!(pages.len(), made.pdf.pages());
        for (number, page) in pages.iter().enumerate() {
            // In the band at its head, and in its foot.
            let page = flowing(page);
            assert!(page.matches(vi).count() >= 2 && page.matches(en).count() >= 2, "{case}, page {number}: {page}");
        }
    }
    // Completeness is claimed only where a log proves it.
    let claims = |season, case| flowing(&made(season, case, Personal::Withheld).pdf.text());
    assert!(claims(&LOGGED, "export").contains("each party's records are all there"));
    let unlogged = claims(&UNLOGGED, "export");
    assert!(unlogged.contains("Not checked: whether records were left out") && !unlogged.contains("are all there"));
    assert!(claims(&LOGGED, "suspect").contains("do not confirm that it is true or all"));
    let recalled = made(&LOGGED, "recalled-descendant", Personal::Withheld);
    assert!(flowing(&recalled.pdf.text()).contains("Lý do: dư lượng thuốc bảo vệ thực vật vượt mức."));
}

/// Names, telephone numbers and operators of people are written only when asked for, and only if the bundle opens them.
#[test]
fn personal_data_is_written_only_when_asked_for() {
    let closed = made(&LOGGED, "irradiated", Personal::Withheld);
    let open = made(&LOGGED, "irradiated", Personal::Opened);
    let (closed_text, open_text) = (closed.pdf.text(), open.pdf.text());
    let [closed_inside, open_inside] = [&closed, &open].map(|made| attached(&made.bytes).unwrap());
    let holds = |inside: &[u8], words: &str| inside.windows(words.len()).any(|window| window == words.as_bytes());
    let mut people = 0;
    for personal in &LOGGED.openings {
        let Some(FieldValue::Text(text)) =
            personal.opening.value.as_ref().and_then(|value| FieldValue::from_bytes(&value.0))
        else {
            continue;
        };
        let telephone = personal.opening.path == "enrolled/phone";
        if telephone && open_text.contains(&text) {
            people += 1;
            assert!(!closed_text.contains(&text), "{text}");
            assert!(holds(&open_inside, &text) && !holds(&closed_inside, &text), "{text}, inside");
        }
    }
    assert!(people > 0, "the opened dossier has telephone numbers");
    // A server's own bundle carries the names of households, which a dossier does not pass on; those of organisations it does.
    let names = |role_is_farm: bool| {
        let firsts = LOGGED.openings.iter().filter(|personal| personal.opening.path == "enrolled/name");
        let bytes = bundle(&LOGGED, batch(&LOGGED, "irradiated"), true);
        let source = Source::new(verified(&LOGGED, &bytes), LOGGED.now()).unwrap();
        let facts = Facts::new(&source, Personal::Opened);
        let farms: Vec<_> = facts
            .history()
            .chains()
            .filter(|chain| {
                facts
                    .party(&chain.id())
                    .role
                    .is_some_and(|role| (role == nguon_core::event::Role::Farm) == role_is_farm)
            })
            .map(|chain| chain.records()[0].id())
            .collect();
        let texts = firsts.filter(|personal| farms.contains(&personal.opening.record));
        let text = |value: &nguon_core::bytes::ByteString| match FieldValue::from_bytes(&value.0) {
            Some(FieldValue::Text(text)) => text,
            other => panic!("{other:?}"),
        };
        texts.filter_map(|personal| personal.opening.value.as_ref().map(text)).collect::<Vec<_>>()
    };
    let (households, organisations) = (names(true), names(false));
    assert!(households.len() > 2 && organisations.len() > 2);
    assert!(households.iter().all(|name| !holds(&closed_inside, name) && !flowing(&closed_text).contains(name)));
    assert!(organisations.iter().all(|name| holds(&closed_inside, name)));
    assert!(closed.missing.iter().any(|element| element.contains("Name of a party")));
    assert!(!open.missing.iter().any(|element| element.contains("Name of a party")));
}

#[test]
fn what_customs_ask_for_and_nobody_recorded_is_listed() {
    let with = |case: &str| made(&LOGGED, case, Personal::Withheld);
    for case in ["export", "fumigated"] {
        let made = with(case);
        for element in ["HS heading", "Gross weight", "Consignee", "Phytosanitary certificate number"] {
            assert!(made.missing.iter().any(|missing| missing.contains(element)), "{case}: {element}");
        }
        let text = flowing(&made.pdf.text());
        assert!(text.contains("Chủ lô hàng ghi thêm một bản ghi trong ứng dụng"), "where it is entered");
    }
    assert!(with("recalled-descendant").missing.iter().any(|missing| missing.contains("Residue test")));
    assert!(!with("export").missing.iter().any(|missing| missing.contains("Residue test")));
    assert!(with("no-inputs").missing.iter().any(|missing| missing.contains("Boxes, net weight")));
}

#[test]
fn treatments_stand_with_their_doses() {
    let text = flowing(&made(&LOGGED, "irradiated", Personal::Withheld).pdf.text());
    assert!(text.contains("Chiếu xạ: liều nhỏ nhất") && text.contains("Irradiation: least dose"), "{text}");
    let text = flowing(&made(&LOGGED, "fumigated", Personal::Withheld).pdf.text());
    assert!(text.contains("Methyl bromide:") && text.contains("g/m³"), "{text}");
}

#[test]
fn another_lots_bundle_or_link_is_refused() {
    let bytes = bundle(&LOGGED, batch(&LOGGED, "export"), false);
    let source = Source::new(verified(&LOGGED, &bytes), LOGGED.now()).unwrap();
    let facts = Facts::new(&source, Personal::Withheld);
    let other = bundle(&LOGGED, batch(&LOGGED, "fumigated"), false);
    assert!(matches!(Dossier::new(&facts, &other, None), Err(Error::OtherBundle(id)) if id == facts.batch()));
    assert!(matches!(Dossier::new(&facts, b"", None), Err(Error::OtherBundle(_))));
    let link = LOGGED.case("fumigated").link(&"https://nguon.example".parse().unwrap()).unwrap();
    assert!(matches!(Dossier::new(&facts, &bytes, Some(&link)), Err(Error::OtherLink { .. })));
    assert!(Dossier::new(&facts, &bytes, None).unwrap().to_pdf().is_ok());
}

#[test]
fn the_same_lot_gives_the_same_bytes() {
    let write = || made(&LOGGED, "collected", Personal::Withheld).bytes;
    assert_eq!(write(), write());
}
