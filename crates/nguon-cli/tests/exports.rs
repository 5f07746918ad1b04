//! `nguon export`: files of the sample season's bundles.

mod common;

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use common::Home;
use nguon_examples::season::{Season, Seed, Watch};
use serde_json::Value;

/// A home beside bundle files, with the time at which they are judged.
struct Files {
    home: Home,
    root: String,
    now: String,
}

impl Files {
    fn new(cases: &[&str]) -> Self {
        let season = Season::logged(&Seed::sample(), &Watch::default()).unwrap();
        let home = Home::new();
        std::fs::create_dir_all(home.beside("lots")).unwrap();
        for case in cases {
            let bundle = season.ledger.bundle(season.case(case).batch.unwrap()).unwrap().to_bytes().unwrap();
            std::fs::write(home.beside("lots").join(format!("{case}.cbor")), bundle).unwrap();
        }
        let root = home.beside("root.nguon");
        std::fs::write(&root, Season::root(&Seed::sample(), Some(&Watch::default())).unwrap().to_bytes().unwrap())
            .unwrap();
        Self { home, root: root.display().to_string(), now: season.now().to_string() }
    }

    fn path(&self, name: &str) -> String {
        self.home.beside(name).display().to_string()
    }

    fn run(&self, kind: &str, lot: &str, more: &[&str]) -> common::Ended {
        let lot = self.path(lot);
        let mut arguments = vec!["export", kind, &lot, "--root", &self.root, "--now", &self.now];
        arguments.extend(more);
        self.home.run(&arguments)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.home.beside(name)).unwrap()
    }
}

fn sheet(bytes: Vec<u8>, name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let rows = book.worksheet_range(name).unwrap();
    rows.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn every_reader_gets_its_file_in_one_command() {
    let files = Files::new(&["export"]);
    let out = |name: &str| files.path(name);
    let made = files.run("fsma", "lots/export.cbor", &["--out", &out("a.xlsx")]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(made.stdout.contains("fields are missing") && made.stdout.contains("--personal"), "{}", made.stdout);
    assert!(sheet(files.read("a.xlsx"), "Harvesting").len() > 8);

    let made = files.run("fsma", "lots", &["--format", "csv", "--out", &out("b.csv")]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(String::from_utf8(files.read("b-initial-packing.csv")).unwrap().contains("Traceability lot code assigned"));

    let made = files.run("circular02", "lots/export.cbor", &["--out", &out("c.xlsx")]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert_eq!(sheet(files.read("c.xlsx"), "Thông tin").len(), 12);

    let made = files.run("passport", "lots/export.cbor", &["--at", "https://nguon.example", "--out", "-"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let passport: Value = serde_json::from_str(&made.stdout).expect("nothing but the file is on standard output");
    assert!(passport["link"].as_str().unwrap().starts_with("https://nguon.example/01/"));
    let made = files.run("passport", "lots/export.cbor", &["--format", "html", "--out", &out("p.html")]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(files.read("p.html").starts_with(b"<!doctype html>"));

    let made = files.run("vietgap", "lots/export.cbor", &["--out", &out("v.xlsx"), "--json"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let told: Value = serde_json::from_str(&made.stdout).unwrap();
    let plots = told["plots"].as_array().unwrap();
    assert_eq!(plots.len(), 8);
    let plot = &plots[0].as_str().unwrap()[..10];
    let many = files.run("vietgap", "lots/export.cbor", &["--format", "pdf", "--out", &out("v.pdf")]);
    assert!(many.code == 3 && many.stderr.contains("--plot"), "{}", many.stderr);
    let made = files.run("vietgap", "lots/export.cbor", &["--plot", plot, "--format", "pdf", "--out", &out("v.pdf")]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let pdf = out("v.pdf");
    let verified = files.home.run(&["verify", &pdf, "--root", &files.root, "--now", &files.now]);
    assert_eq!(verified.code, 0, "{}", verified.stderr);

    let made = files.run("epcis", "lots/export.cbor", &["--out", &out("e.jsonld"), "--json"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let told: Value = serde_json::from_str(&made.stdout).unwrap();
    let document: Value = serde_json::from_slice(&files.read("e.jsonld")).unwrap();
    let events = document["epcisBody"]["eventList"].as_array().unwrap();
    assert_eq!(told["events"], events.len());
    assert!(events.iter().all(|event| event["eventID"].as_str().unwrap().starts_with("ni:///sha-256;")));
}

#[test]
fn a_dossier_is_verified_by_the_bundle_inside() {
    let files = Files::new(&["export", "household"]);
    let (out, other) = (files.path("d.pdf"), files.path("other.pdf"));
    let made = files.run("dossier", "lots/export.cbor", &["--at", "https://nguon.example", "--out", &out]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let verify = |file: &str| {
        let file = files.path(file);
        files.home.run(&["verify", &file, "--root", &files.root, "--now", &files.now, "--json"])
    };
    let [bundle, pdf] = ["lots/export.cbor", "d.pdf"].map(verify);
    assert_eq!((bundle.code, pdf.code), (0, 0), "{}", pdf.stderr);
    let verdict = |ended: &common::Ended| -> Value {
        let told: Value = serde_json::from_str(&ended.stdout).unwrap();
        told["outcome"].clone()
    };
    assert_eq!((verdict(&bundle), verdict(&pdf)), ("valid".into(), "valid".into()));
    assert!(pdf.stderr.contains("the bundle inside"), "{}", pdf.stderr);
    // It stands for its bundle in every command that takes one.
    let passport = files.run("passport", "d.pdf", &["--out", "-"]);
    assert_eq!(passport.code, 0, "{}", passport.stderr);

    // Altered bytes inside: as an altered bundle. Without a bundle: told so.
    let bytes = files.read("d.pdf");
    std::fs::write(files.home.beside("other.pdf"), &bytes[..bytes.len() / 2]).unwrap();
    let cut = verify("other.pdf");
    assert_eq!(cut.code, 3, "{}", cut.stdout);
    assert!(cut.stderr.contains("other.pdf"), "{} {other}", cut.stderr);
}

#[test]
fn a_bad_verdict_writes_nothing_but_despite_it_a_stamped_file() {
    let files = Files::new(&["export", "recalled"]);
    let out = files.path("f.xlsx");
    for kind in ["fsma", "circular02", "passport", "epcis", "dossier", "vietgap"] {
        let refused = files.run(kind, "lots/recalled.cbor", &["--out", &out]);
        assert_eq!(refused.code, 3, "{kind}: {}", refused.stdout);
        assert!(refused.stderr.contains("recalled") && refused.stderr.contains("--despite"), "{}", refused.stderr);
        assert!(!files.home.beside("f.xlsx").exists(), "{kind}");
        let stamped = files.run(kind, "lots/recalled.cbor", &["--despite", "--out", &out]);
        assert_eq!(stamped.code, 1, "{kind}: {}", stamped.stderr);
        std::fs::remove_file(files.home.beside("f.xlsx")).unwrap();
    }
    // One bad lot among several keeps all back, and is named.
    let refused = files.run("fsma", "lots", &["--out", &out]);
    assert_eq!(refused.code, 3);
    assert!(refused.stderr.contains("1 of 2 lots") && refused.stderr.contains("recalled.cbor"), "{}", refused.stderr);
    let left: Vec<_> = std::fs::read_dir(files.home.beside("lots").parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("f.xlsx")), "nothing half is left: {left:?}");
    let stamped = files.run("fsma", "lots", &["--despite", "--out", &out]);
    assert_eq!(stamped.code, 1, "{}", stamped.stderr);
    let verdicts: Vec<String> =
        sheet(files.read("f.xlsx"), "Lots").into_iter().skip(1).map(|row| row[3].clone()).collect();
    assert_eq!(verdicts, ["valid", "recalled"]);
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let files = Files::new(&["export"]);
    for (kind, lot, more, told) in [
        ("passport", "lots", &[][..], "one lot"),
        ("fsma", "lots/none.cbor", &[], "no file"),
        ("fsma", "lots/export.cbor", &["--since", "12/06/2026"], "2026-06-12"),
        ("fsma", "lots/export.cbor", &["--place", "NO-SUCH-CODE"], "none of these lots"),
        ("fsma", "lots/export.cbor", &["--out", "-"], "standard output"),
    ] {
        let ended = files.run(kind, lot, more);
        assert_eq!(ended.code, 3, "{kind} {lot} {more:?}: {}", ended.stdout);
        assert!(ended.stderr.contains(told), "{kind} {lot} {more:?}: {}", ended.stderr);
    }
}
