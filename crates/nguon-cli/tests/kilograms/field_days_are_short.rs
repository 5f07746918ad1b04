//! Spray, harvest, hand over, receive: one short command each, by the same drafts that the phones have.

use crate::common::{day, text};
use crate::world::world;

#[test]
fn a_field_day_is_four_short_commands() {
    let (home, _server) = world();
    let spray = ["spray", "thua", "--product", "Abamectin 1.8EC", "--ingredient", "abamectin", "--dose", "250ml"];
    let area = ["--hectares", "0.5", "--operator", "Nguyễn Văn Bảy", "--as", "coop", "--for", "bay"];
    let sprayed = home.json(&[&spray[..], &area, &["--phi-days", "7", "--at", &day(-10)]].concat());
    assert!(sprayed["earliest_harvest"].as_u64().is_some(), "{sprayed}");

    let crates = "thua=31.5,30,32";
    let picked =
        home.json(&["harvest", crates, "--product", "vải thiều", "--alias", "lo-bay", "--as", "coop", "--for", "bay"]);
    assert_eq!(picked["grams"], 93_500, "{picked}");
    let opened = home.json(&["register", "--as", "can", "--product", "vải thiều", "--alias", "lo-can"]);
    let file = home.beside("giao.json");
    let given = ["hand-over", "lo-bay", "93", "--to", "lo-can", "--as", "coop", "--for", "bay", "--out", text(&file)];
    let given = home.json(&given);
    assert_eq!((&given["left"], &given["to"]), (&500.into(), &opened["batch"]), "{given}");
    let came = home.json(&["receive", "lo-bay=92.5", "--into", "lo-can", "--as", "can"]);
    assert_eq!((&came["grams"], &came["shortage"]), (&92_500.into(), &500.into()), "{came}");

    assert_eq!(home.json(&["push"])["left"], 0);
    assert_eq!(home.verify(&["lo-can"]).0, 2);
    assert_eq!(home.json(&["remaining", "lo-can"])["remaining_g"], 92_500);
}

#[test]
fn what_the_server_would_refuse_is_told_and_nothing_is_signed() {
    let (home, _server) = world();
    let spray = ["spray", "thua", "--product", "Ridomil", "--dose", "1kg", "--hectares", "0.5", "--phi-days", "14"];
    home.ok(&[&spray[..], &["--as", "coop", "--for", "bay"]].concat());
    let before = home.json(&["outbox", "list"]).as_array().unwrap().len();
    let early = home.error(&["harvest", "thua=10", "--product", "vải", "--as", "coop", "--for", "bay"]);
    assert_eq!(early["code"], "harvest_too_early", "{early}");
    let too_much = home.error(&["harvest", "thua-hai=9000", "--product", "vải", "--as", "coop", "--for", "hai"]);
    assert_eq!((too_much["code"].as_str(), too_much["remaining"].as_u64()), (Some("above_allotment"), Some(3_000_000)));
    home.error(&["hand-over", "lo-nao", "5", "--to", "NGUON:NHAN/0404", "--as", "can"]);
    home.error(&["spray", "thua", "--product", "Ridomil", "--dose", "1kg", "--hectares", "0.5", "--as", "coop"]);
    assert_eq!(home.json(&["outbox", "list"]).as_array().unwrap().len(), before);
}

#[test]
fn a_receiver_takes_the_givers_draw_from_a_file_before_either_has_a_network() {
    let (home, _server) = world();
    home.ok(&["harvest", "thua=50", "--product", "vải thiều", "--alias", "lo-bay", "--as", "coop", "--for", "bay"]);
    home.ok(&["register", "--as", "can", "--product", "vải thiều", "--alias", "lo-can"]);
    home.ok(&["push"]);
    // The collector's own computer knows both batches and not the draw.
    let theirs = home.second_computer();
    for alias in ["lo-bay", "lo-can", "can"] {
        theirs.ok(&["pull", &home.id(alias), "--alias", alias]);
    }
    std::fs::create_dir_all(theirs.file("keys")).unwrap();
    std::fs::copy(home.file("keys/can.key"), theirs.file("keys/can.key")).unwrap();
    let file = home.beside("giao.json");
    home.ok(&["hand-over", "lo-bay", "50", "--to", "lo-can", "--as", "coop", "--for", "bay", "--out", text(&file)]);
    theirs.error(&["receive", "lo-bay=49", "--into", "lo-can", "--as", "can"]);
    let came = theirs.json(&["receive", "lo-bay=49", "--into", "lo-can", "--draw", text(&file), "--as", "can"]);
    assert_eq!(came["shortage"], 1_000, "{came}");
    assert_eq!(theirs.json(&["push"])["left"], 0);
    let sent = home.json(&["push"]);
    assert_eq!(sent["results"][0]["status"], "duplicate", "{sent}");
    assert_eq!(theirs.verify(&["lo-can"]).0, 2);
}
