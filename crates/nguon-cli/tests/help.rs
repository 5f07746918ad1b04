//! Help that teaches, labels that are drawn, roots that are shown.

mod common;

use common::{Home, text};

#[test]
fn every_command_explains_itself() {
    let home = Home::new();
    let help = home.ok(&["--help"]).stdout;
    assert!(help.contains("nguon init --name") && help.contains("verify: 0 valid, 2 unlogged"));
    for command in [
        "init",
        "enrol",
        "place",
        "register",
        "append",
        "push",
        "pull",
        "fetch",
        "verify",
        "receipt",
        "recalls",
        "backup",
        "restore",
        "label",
        "label issue",
        "label print",
        "label send",
        "erase",
        "key revoke",
        "trace",
        "holdings",
        "recall product-lot",
        "release",
        "release approve",
        "correct",
        "approve",
        "weigh-in",
        "spray",
        "harvest",
        "hand-over",
        "receive",
        "remaining",
        "plot",
    ] {
        let arguments: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let help = home.ok(&arguments).stdout;
        assert!(help.contains("Example"), "{command}: {help}");
        assert!(help.contains(&format!("nguon {command}")), "{command}: {help}");
        // Examples are copied: a line that wraps is copied broken.
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{command}: {help}");
    }
    // Asking for help or an explanation needs no home.

    assert!(home.ok(&["append", "--explain", "shipped"]).stdout.contains("thousandths of a degree Celsius"));
    assert!(home.ok(&["append", "--explain", "all"]).stdout.contains("harvest_drawn"));
    assert!(!home.dir().exists());
}

#[test]
fn a_label_is_drawn_for_terminal_printer_and_screen() {
    let home = Home::new();
    let link = "https://nguon.example/01/09521234543213/10/VT-2026-0612#AAECAwQFBgcICQoLDA0ODw";
    let drawn = home.ok(&["label", "--terminal", link]);
    assert!(drawn.stdout.starts_with("\u{1B}[38;5;231;48;5;16m███"), "{drawn:?}");
    assert!(drawn.stderr.is_empty());
    assert!(home.ok(&["label", "--terminal", "--plain", link]).stdout.starts_with("███"));
    let folder = home.dir().parent().unwrap().to_owned();
    let (svg, png) = (folder.join("label.svg"), folder.join("label.png"));
    home.ok(&["label", link, "--svg", text(&svg), "--png", text(&png), "--dpi", "203", "--serial", "0042"]);
    let drawing = std::fs::read_to_string(&svg).unwrap();
    assert!(drawing.starts_with("<svg") && drawing.contains("/21/0042#"), "{drawing}");
    assert!(std::fs::read(&png).unwrap().starts_with(b"\x89PNG"));
    let unbound = home.ok(&["label", link.split('#').next().unwrap()]);
    assert!(unbound.stderr.contains("another history behind the label"));
    assert_eq!(home.run(&["label", "https://nguon.example/01/09521234543214/10/A"]).code, 3);
    assert_eq!(home.run(&["label", link, "--dpi", "7"]).code, 3);
}

#[test]
fn a_label_is_not_drawn_before_its_batch_is_accepted() {
    let home = Home::with_deployment();
    home.make_orchard();
    home.make_batch("lo-1", "VT-0612");
    let at = ["--at", "https://nguon.example"];
    let refused = home.error(&[&["label", "lo-1"], &at[..]].concat());
    assert!(refused["next"].as_str().unwrap().contains("nguon push"), "{refused}");
    home.ok(&[&["label", "lo-1", "--even-if-unsent"], &at[..]].concat());
    assert!(home.error(&[&["label", "thua"], &at[..]].concat())["message"].as_str().unwrap().contains("no label"));
}

#[test]
fn a_trust_root_is_shown_compared_and_taken_over() {
    let home = Home::new();
    home.ok(&["init", "--name", "Mẫu", "--root-keys", "3", "--no-passphrase", "--expires", "2030-01-01"]);
    let shown = home.json(&["root", "show"]);
    let id = shown["deployment"].as_str().unwrap();
    assert_eq!((shown["root"]["threshold"].as_u64(), shown["root"]["version"].as_u64()), (Some(2), Some(1)));
    assert!(home.ok(&["root", "show"]).stdout.contains("2 of 3 must sign"));

    let root = home.file("root.nguon");
    let other = Home::new();
    let refused = other.error(&["root", "import", text(&root), "--id", &"0".repeat(64)]);
    assert_eq!(refused["code"], "wrong_root");
    assert!(!other.file("root.nguon").exists());
    other.ok(&["root", "import", text(&root), "--id", id]);
    assert_eq!(other.json(&["root", "show"])["deployment"], id);
    // One home, one deployment.
    assert_eq!(Home::with_deployment().error(&["root", "import", text(&root)])["at_fault"], "home");
    home.error(&["init", "--name", "Mẫu khác", "--no-passphrase"]);
    assert_eq!(home.json(&["root", "show"])["deployment"], id);

    let mut bytes = std::fs::read(&root).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let changed = home.beside("changed.nguon");
    std::fs::write(&changed, &bytes).unwrap();
    // Two of the three signatures still hold, which is what was asked for; a cut file is none.
    home.ok(&["root", "show", text(&changed)]);
    std::fs::write(&changed, &bytes[..last]).unwrap();
    assert_eq!(home.error(&["root", "show", text(&changed)])["code"], "bad_root");
}

#[test]
fn a_deployment_that_cannot_be_is_not_begun() {
    let home = Home::new();
    let name = ["init", "--name", "Mẫu", "--no-passphrase"];
    for wrong in [
        &["--threshold", "2"][..],
        &["--threshold", "0"],
        &["--root-keys", "33"],
        &["--expires", "2001-01-01"],
        &["--authority", ""],
    ] {
        assert_eq!(home.run(&[&name[..], wrong].concat()).code, 3, "{wrong:?}");
    }
    assert!(!home.file("root.nguon").exists() && !home.file("keys").exists());
}
