//! Labels with their text on sheets and rolls: printed, read by a reader of PDFs, or refused.

mod common;

use std::path::Path;
use std::process::Command;

use common::{GTIN, Home, TestServer, text};

const LINK: &str = "https://nguon.example/01/09521234543213/10/VT-2026-0612#AAECAwQFBgcICQoLDA0ODw";

/// What a reader copies out of a PDF, by `pdftotext` of Debian's poppler-utils, without which PDFs are not tested.
fn pdf_text(file: &Path) -> String {
    let output = Command::new("pdftotext").args(["-enc", "UTF-8"]).arg(file).arg("-").output();
    let output = output.unwrap_or_else(|error| panic!("pdftotext of Debian's poppler-utils is needed: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_sheet_of_a_link_says_what_was_asked_for_in_either_language() {
    let home = Home::new();
    let out = home.beside("tem.pdf");
    let sheet =
        ["label", "sheet", LINK, "--product", "Vải thiều Lục Ngạn", "--area", "VN-BGOR-0127", "--out", text(&out)];
    let more =
        ["--harvested", "2026-06-12", "--weight", "5", "--note", "HTX Hồng Giang", "--start", "4", "--lang", "vi"];
    let printed = home.json(&[&sheet[..], &more].concat());
    assert_eq!((printed["labels"].as_u64(), printed["pages"].as_u64()), (Some(21), Some(1)), "{printed}");
    assert!(printed["module_mm"].as_f64().unwrap() >= 0.396);
    let words = pdf_text(&out);
    for said in [
        "Vải thiều Lục Ngạn",
        "Mã số vùng trồng: VN-BGOR-0127",
        "Ngày thu hoạch: 12/06/2026",
        "Khối lượng: 5 kg",
        "HTX Hồng Giang",
        "(01)09521234543213(10)VT-2026-0612",
    ] {
        assert_eq!(words.matches(said).count(), 21, "{said} in {words}");
    }
    let english = home.ok(&[&sheet[..], &["--packed", "2026-06-13", "--copies", "1", "--lang", "en"]].concat());
    assert!(english.stdout.contains("Print at 100 %"), "{english:?}");
    let words = pdf_text(&out);
    assert!(words.contains("Growing area code: VN-BGOR-0127") && words.contains("Packed: 2026-06-13"), "{words}");
    // A grid of one's own, several pages, a file for each.
    let svg = home.beside("tem.svg");
    let own = [
        "label",
        "sheet",
        LINK,
        "--product",
        "Vải",
        "--grid",
        "2x4",
        "--size",
        "90x60",
        "--gap",
        "2,5x0",
        "--edge",
        "10x20",
    ];
    let printed = home.json(&[&own[..], &["--copies", "9", "--out", text(&svg)]].concat());
    assert_eq!(printed["files"], 2);
    assert!(std::fs::read_to_string(home.beside("tem-00002.svg")).unwrap().contains("width=\"210.000mm\""));
    // No home is made for that.
    assert!(!home.dir().exists());
}

#[test]
fn a_roll_and_a_test_page_are_printed_in_the_printers_dots() {
    let home = Home::new();
    let out = home.beside("tem.png");
    let roll = ["label", "roll", LINK, "--product", "Vải thiều", "--paper", "roll-70x50", "--out", text(&out)];
    let printed = home.json(&roll);
    assert_eq!(printed["labels"], 1);
    // 70 mm of 203 dpi.
    let width = |file: &Path| u32::from_be_bytes(std::fs::read(file).unwrap()[16..20].try_into().unwrap());
    assert_eq!(width(&out), 559);
    let module = printed["module_mm"].as_f64().unwrap() * 203.0 / 25.4;
    assert!((module - module.round()).abs() < 1e-9 && module >= 4.0, "{module}");
    home.ok(&[&roll[..], &["--dpi", "300"]].concat());
    assert_eq!(width(&out), 826);
    let page = home.beside("thu.pdf");
    home.ok(&["label", "test-page", "--out", text(&page), "--lang", "vi"]);
    assert!(pdf_text(&page).contains("đặt thước thật lên"));
    let papers = home.json(&["label", "papers"]);
    for paper in papers.as_array().unwrap() {
        let name = paper["name"].as_str().unwrap();
        home.ok(&["label", "test-page", "--paper", name, "--out", text(&home.beside("thu.png"))]);
    }
    assert!(home.ok(&["label", "papers"]).stdout.contains("a4-65-38.1x21.2"));
}

#[test]
fn what_no_phone_would_read_is_refused_with_what_to_do() {
    let home = Home::new();
    let out = home.beside("tem.pdf");
    let sheet = ["label", "sheet", LINK, "--product", "Vải thiều", "--out", text(&out)];
    for (wrong, said) in [
        (&["--module", "0.3"][..], "at least 0.396 mm"),
        (&["--quiet-zone", "3"], "at least 4"),
        (&["--paper", "a4-65-38.1x21.2", "--dpi", "203"], "would do"),
        (&["--start", "25"], "labels 1 to 24"),
        (&["--start", "0"], "labels 1 to 24"),
        (&["--right", "-2"], "edge of the page"),
        (&["--product", "荔枝"], "as character 1"),
        (&["--paper", "roll-50x30"], "nguon label roll"),
        (&["--paper", "a5"], "no paper is called"),
        (&["--copies", "10001"], "10,000"),
        (&["--copies", "4000000000"], "10,000"),
        (&["--serials"], "a link leads where it leads"),
        (&["--grid", "9x9", "--size", "70x37"], "the page has 210 mm"),
    ] {
        let wrong: Vec<&str> = match wrong {
            // The later of two would be no option of clap's.
            ["--product", product] => ["label", "sheet", LINK, "--product", product, "--out", text(&out)].to_vec(),
            _ => [&sheet[..], wrong].concat(),
        };
        let refused = home.error(&wrong);
        let told = format!("{} {}", refused["message"].as_str().unwrap(), refused["next"].as_str().unwrap());
        assert!(told.contains(said), "{wrong:?}: {told}");
        assert!(!out.exists(), "{wrong:?}");
    }
    let nameless = home.error(&["label", "sheet", LINK, "--out", text(&out)]);
    assert!(nameless["next"].as_str().unwrap().contains("--product"), "{nameless}");
    let kind = home.error(&["label", "sheet", LINK, "--product", "Vải", "--out", text(&home.beside("tem.doc"))]);
    assert!(kind["next"].as_str().unwrap().contains(".pdf"), "{kind}");
    for wrong in [["--harvested", "2026-02-30"], ["--grid", "3"], ["--right", "1e3"], ["--level", "l"]] {
        assert_ne!(home.run(&[&sheet[..], &wrong].concat()).code, 0, "{wrong:?}");
    }
}

#[test]
fn every_issued_serial_stands_on_one_label_of_the_batch_with_its_product() {
    let mut home = Home::with_deployment();
    let server = TestServer::start(&home);
    home.talks_to(&server);
    home.make_orchard();
    home.make_batch("lo-1", "VT-0612");
    let opened = ["register", "--as", "coop", "--product", "vải thiều sớm", "--gtin", GTIN, "--lot", "VT-0613"];
    home.ok(&[&opened[..], &["--alias", "hop"]].concat());
    let drawn = r#"{"drawn": {"to": {"chain": "hop"}, "grams": 100000, "why": "packing"}}"#;
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", drawn]);
    let inputs = r#"[{"from": {"chain": "lo-1"}, "grams": 100000}]"#;
    let packed = format!(r#"{{"packed": {{"inputs": {inputs}, "boxes": 10, "grams_per_box": 10000}}}}"#);
    home.ok(&["append", "hop", "--as", "coop", "--event", &packed]);
    home.ok(&["label", "issue", "hop", "--as", "coop"]);
    let out = home.beside("tem.pdf");
    let sheet = ["label", "sheet", "hop", "--at", "https://nguon.example", "--serials", "--out", text(&out)];
    // Before the record is there, a label would lead to nothing.
    assert!(home.error(&sheet)["next"].as_str().unwrap().contains("nguon push"));
    home.ok(&["push"]);
    assert_eq!(home.json(&sheet)["labels"], 10);
    let words = pdf_text(&out);
    // The product is the batch's own.
    assert_eq!(words.matches("vải thiều sớm").count(), 10, "{words}");
    let file = std::fs::read_dir(home.file("serials")).unwrap().next().unwrap().unwrap().path();
    for serial in std::fs::read_to_string(file).unwrap().lines() {
        assert_eq!(words.matches(&format!("(21){serial}")).count(), 1, "{serial} in {words}");
    }
}

#[test]
fn every_command_of_it_explains_itself() {
    let home = Home::new();
    for command in ["sheet", "roll", "test-page"] {
        let help = home.ok(&["label", command, "--help"]).stdout;
        assert!(help.contains("Example") && help.contains(&format!("nguon label {command}")), "{help}");
        // Examples are copied: a line that wraps is copied broken.
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    }
    assert!(home.ok(&["label", "--help"]).stdout.contains("nguon label papers"));
}
