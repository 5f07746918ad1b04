//! A co-op's list becomes households, plots and shares; the same list again becomes nothing.

mod common;

use std::path::PathBuf;

use common::{Home, TestServer, day, text};
use serde_json::Value;

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../nguon-import/tests/data/danh-sach-500-ho.xlsx");
const SAME_LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../nguon-import/tests/data/danh-sach-500-ho.csv");

/// A co-op with the two growing areas of the list, their season open.
fn coop() -> Home {
    let home = Home::with_deployment();
    home.ok(&["key", "new", "coop", "--no-passphrase"]);
    let coop = [
        "enrol",
        "--as",
        "authority",
        "--role",
        "registrar",
        "--name",
        "Hợp tác xã Hồng Giang",
        "--key",
        "coop",
        "--alias",
        "coop",
    ];
    home.ok(&coop);
    for (code, alias) in [("VN-BGOR-0123", "vung-1"), ("VN-BGOR-0456", "vung-2")] {
        let place = ["place", "area", "--as", "coop", "--issuer", "VN", "--commune", "07525", "--hectares", "300"];
        home.ok(&[&place[..], &["--code", code, "--alias", alias]].concat());
        let (from, until) = (day(-30), day(60));
        let window = ["--season", "2026", "--from", &from, "--until", &until, "--ceiling", "2000000"];
        home.ok(&[&["place", "season", alias, "--as", "coop"], &window[..]].concat());
    }
    home
}

fn list(home: &Home, name: &str, rows: &str) -> PathBuf {
    let path = home.beside(name);
    std::fs::write(&path, format!("Họ tên;SĐT;Thôn;Xã;MSVT;Thửa;Diện tích (ha);Giống;Sản lượng (kg);Khóa\n{rows}"))
        .unwrap();
    path
}

fn counts(answer: &Value) -> [u64; 5] {
    ["households", "plots", "seasons", "shares", "keys"].map(|name| answer[name].as_u64().unwrap())
}

#[test]
fn five_hundred_households_are_imported_pushed_and_imported_again() {
    let mut home = coop();
    let server = TestServer::start(&home);
    home.talks_to(&server);

    let seen = home.json(&["import", LIST, "--preview", "--season", "2026"]);
    assert_eq!(
        (seen["clean"].as_bool(), seen["households"].as_u64(), seen["plots"].as_u64()),
        (Some(true), Some(500), Some(696)),
        "{seen}"
    );
    let chains = home.beside("chuoi.csv");
    let signed = home.json(&["import", LIST, "--as", "coop", "--season", "2026", "--chains", text(&chains)]);
    assert_eq!(counts(&signed), [500, 696, 696, 633, 0]);
    // Signed and not sent: the same list signs nothing a second time.
    assert_eq!(counts(&home.json(&["import", LIST, "--as", "coop", "--season", "2026"])), [0; 5]);

    let sent = home.json(&["push"]);
    assert_eq!(sent["left"].as_u64(), Some(0), "{sent}");
    for again in [LIST, SAME_LIST] {
        assert_eq!(counts(&home.json(&["import", again, "--as", "coop", "--season", "2026"])), [0; 5]);
    }
    assert_eq!(home.ok(&["push"]).stdout, "Nothing waits.\n");

    // What the server has is what the list says: somebody's plot can be harvested up to its share.
    let written = std::fs::read_to_string(&chains).unwrap();
    let first: Vec<&str> = written.lines().nth(1).unwrap().split(';').map(|field| field.trim_matches('"')).collect();
    let (household, plot) = (first[2], first[4]);
    let remaining = home.json(&["remaining", plot]);
    let share = remaining["seasons"][0]["allotted_g"].as_u64().unwrap();
    assert!(share > 0, "{remaining}");
    let kilograms = format!("{plot}={}", share / 1000);
    home.ok(&[
        "register",
        "--as",
        "coop",
        "--for",
        household,
        "--product",
        "vải thiều",
        "--harvest",
        &kilograms,
        "--alias",
        "lo-1",
    ]);
    assert_eq!(home.json(&["push"])["left"].as_u64(), Some(0));
    assert_eq!(home.verify(&["lo-1"]).0, 2, "signatures hold; this deployment has no log");
}

#[test]
fn a_file_with_a_bad_cell_signs_nothing_and_says_which() {
    let home = coop();
    let rows = "Nguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;;0,25;vải thiều;2500;\n\
                Lê Thị Út;091234;Kép;Đồng Tiến;VN-BGOR-9999;;;vải thiều;2500;\n";
    let file = list(&home, "ho.csv", rows);
    let marks = home.beside("loi.csv");
    let refused = home.error(&["import", text(&file), "--as", "coop", "--season", "2026", "--marks", text(&marks)]);
    assert_eq!(refused["code"], "bad_cells", "{refused}");
    assert!(
        refused["message"].as_str().unwrap().starts_with("4 cells are to be mended; nothing was signed. First: B3"),
        "{refused}"
    );
    // Three entries make the deployment: a co-op, two areas, two seasons; none was added.
    assert_eq!(home.json(&["outbox", "list"]).as_array().unwrap().len(), 5);
    assert!(!home.file("imported").exists());
    let written = std::fs::read_to_string(&marks).unwrap();
    let cells: Vec<&str> = written.lines().skip(1).map(|line| line.split(';').nth(1).unwrap()).collect();
    assert_eq!(cells, ["\"B3\"", "\"D3\"", "\"E3\"", "\"G3\""]);
    let seen = home.json(&["import", text(&file), "--preview", "--lang", "vi"]);
    assert_eq!((seen["clean"].as_bool(), seen["bad"].as_u64()), (Some(false), Some(4)));
    let said = seen["marks"][1]["message"].as_str().unwrap();
    assert_eq!(
        said,
        "Tên này có 2 nơi: Xã Xuân Lương (trước là Xã Đồng Tiến, Yên Thế); Xã Hoàng Vân (trước là Xã Đồng Tiến, Hiệp Hòa)."
    );
}

#[test]
fn a_preview_needs_no_home_and_a_template_is_an_empty_list() {
    let home = Home::new();
    let seen = home.json(&["import", LIST, "--preview"]);
    assert_eq!((seen["clean"].as_bool(), seen["households"].as_u64()), (Some(true), Some(500)));
    for name in ["mau.xlsx", "mau.csv"] {
        let path = home.beside(name);
        home.ok(&["import", "--template", text(&path)]);
        let empty = home.error(&["import", text(&path), "--preview"]);
        assert_eq!(empty["code"], "unreadable_list", "{empty}");
        assert!(empty["message"].as_str().unwrap().contains("no household below the headings"), "{empty}");
        // It is not written over somebody's list.
        home.error(&["import", "--template", text(&path)]);
    }
    home.error(&["import", "--template", text(&home.beside("mau.doc"))]);
}

#[test]
fn a_list_above_the_ceiling_signs_nothing() {
    let home = coop();
    let file = list(&home, "ho.csv", "Nguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;;20;vải thiều;90 tấn;\n");
    assert_eq!(counts(&home.json(&["import", text(&file), "--as", "coop", "--season", "2026"])), [1, 1, 1, 1, 0]);
    let rows = "Lê Thị Út;0987654321;Kép;Chũ;VN-BGOR-0123;Đồi;20;vải thiều;2000 tấn;\n";
    let refused = home.error(&["import", text(&list(&home, "ho-2.csv", rows)), "--as", "coop", "--season", "2026"]);
    assert_eq!(refused["code"], "bad_cells", "{refused}");
    let rows = "Lê Thị Út;0987654321;Kép;Chũ;VN-BGOR-0123;Đồi;20;vải thiều;390 tấn;\n";
    let large: String = (0..6)
        .map(|at| {
            rows.replace("Đồi", &format!("Đồi {at}")).replacen(
                "Lê Thị Út;0987654321",
                if at == 0 { "Lê Thị Út;0987654321" } else { ";" },
                1,
            )
        })
        .collect();
    let refused = home.error(&["import", text(&list(&home, "ho-3.csv", &large)), "--as", "coop", "--season", "2026"]);
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("the plots want 2,340,000 kg, and 1,910,000 kg is left"), "{message}");
    let closed = home.error(&["import", text(&file), "--as", "coop", "--season", "2027"]);
    assert!(
        closed["message"].as_str().unwrap().contains("season 2027 is not open on growing area VN-BGOR-0123"),
        "{closed}"
    );
}

#[test]
fn keys_in_the_list_make_phones_sign_and_erasing_forgets() {
    let mut home = coop();
    let server = TestServer::start(&home);
    home.talks_to(&server);
    let phone = home.json(&["key", "new", "phone", "--no-passphrase"])["public_key"].as_str().unwrap().to_owned();
    let rows = format!("Nguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;;0,25;vải thiều;2500;{phone}\n");
    let file = list(&home, "ho.csv", &rows);
    assert_eq!(counts(&home.json(&["import", text(&file), "--as", "coop", "--season", "2026"])), [1, 1, 1, 1, 1]);
    assert_eq!(home.json(&["push"])["left"].as_u64(), Some(0));
    home.ok(&["register", "--as", "phone", "--product", "vải thiều"]);
    let imported = std::fs::read_dir(home.file("imported")).unwrap().next().unwrap().unwrap().path();
    let kept = std::fs::read_to_string(&imported).unwrap();
    assert!(kept.contains("\"phone\"") && !kept.contains("912345678") && !kept.contains("Bảy"), "{kept}");
    let names: Value = serde_json::from_str(&kept).unwrap();
    let household = names["households"].as_object().unwrap().keys().next().unwrap().clone();
    home.ok(&["erase", &household, "--store", text(server.store()), "--yes"]);
    assert!(!std::fs::read_to_string(&imported).unwrap().contains(&household));
}

#[test]
fn a_household_enrolled_by_hand_is_known_by_its_number() {
    let home = coop();
    let bay = [
        "enrol",
        "--as",
        "coop",
        "--role",
        "farm",
        "--name",
        "Nguyễn Văn Bảy",
        "--phone",
        "+84912345678",
        "--without-key",
        "--alias",
        "bay",
    ];
    home.ok(&bay);
    let plot = [
        "place",
        "plot",
        "--as",
        "coop",
        "--area",
        "vung-1",
        "--household",
        "bay",
        "--hectares",
        "0.25",
        "--variety",
        "vải thiều",
    ];
    home.ok(&plot);
    let file = list(&home, "ho.csv", "Nguyễn Văn Bảy;912345678;Kép;Chũ;VN-BGOR-0123;Vườn nhà;0,25;vải thiều;2500;\n");
    assert_eq!(counts(&home.json(&["import", text(&file), "--as", "coop", "--season", "2026"])), [0, 0, 1, 1, 0]);
    assert_eq!(counts(&home.json(&["import", text(&file), "--as", "coop", "--season", "2026"])), [0; 5]);
}

#[test]
fn what_was_dropped_from_the_outbox_is_asked_about() {
    let home = coop();
    let file = list(&home, "ho.csv", "Nguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;;0,25;vải thiều;;\n");
    let signed = home.json(&["import", text(&file), "--as", "coop"]);
    home.ok(&["outbox", "drop", &signed["outbox"][0].to_string()]);
    let asked = home.error(&["import", text(&file), "--as", "coop"]);
    assert_eq!(asked["code"], "missing_chain", "{asked}");
    std::fs::rename(home.file("imported"), home.beside("imported-then")).unwrap();
    assert_eq!(counts(&home.json(&["import", text(&file), "--as", "coop"])), [1, 1, 0, 0, 0]);
}

#[test]
fn a_crash_between_noting_and_signing_registers_nobody_twice_or_never() {
    let home = coop();
    let file = list(&home, "ho.csv", "Nguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;;0,25;vải thiều;;\n");
    home.ok(&["import", text(&file), "--as", "coop"]);
    let noted = home.file("imported/0000000001.json");
    let pending = home.file("imported/pending.json");
    let kept = home.beside("pending.json");
    std::fs::copy(&noted, &kept).unwrap();
    // Killed after the outbox was written: what is pending counts.
    std::fs::rename(&noted, &pending).unwrap();
    assert_eq!(counts(&home.json(&["import", text(&file), "--as", "coop"])), [0; 5]);
    // Killed before: it does not.
    let other = coop();
    std::fs::create_dir_all(other.file("imported")).unwrap();
    std::fs::copy(&kept, other.file("imported/pending.json")).unwrap();
    assert_eq!(counts(&other.json(&["import", text(&file), "--as", "coop"])), [1, 1, 0, 0, 0]);
    assert_eq!(counts(&other.json(&["import", text(&file), "--as", "coop"])), [0; 5]);
}
