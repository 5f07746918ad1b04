//! A giver's screen, and what the receiver's computer makes of it.

use std::path::Path;

use crate::common::{Home, TestServer, text};
use crate::world::world;

/// A giver and a receiver, each with a computer; the draw is signed and not sent. Gives what the giver's terminal showed.
fn handed_over() -> (Home, Home, TestServer, String) {
    let (home, server) = world();
    home.ok(&["harvest", "thua=50", "--product", "vải thiều", "--alias", "lo-bay", "--as", "coop", "--for", "bay"]);
    home.ok(&["register", "--as", "can", "--product", "vải thiều", "--alias", "lo-can"]);
    home.ok(&["push"]);
    let theirs = home.second_computer();
    for alias in ["lo-bay", "lo-can", "can"] {
        theirs.ok(&["pull", &home.id(alias), "--alias", alias]);
    }
    std::fs::create_dir_all(theirs.file("keys")).unwrap();
    std::fs::copy(home.file("keys/can.key"), theirs.file("keys/can.key")).unwrap();
    let given = ["hand-over", "lo-bay", "50", "--to", "lo-can", "--as", "coop", "--for", "bay", "--qr", "--plain"];
    let shown = home.ok(&given).stdout;
    (home, theirs, server, shown)
}

/// What stands on a terminal, as a picture: two rows of modules a line, four pixels a module.
fn picture(shown: &str, file: &Path) {
    const SIDE: usize = 4;
    let lines: Vec<Vec<char>> =
        shown.lines().filter(|line| line.starts_with('█')).map(|line| line.chars().collect()).collect();
    let width = lines[0].len();
    let mut pixels = Vec::new();
    for line in &lines {
        for light in [['█', '▀'], ['█', '▄']] {
            let row: Vec<u8> = line.iter().flat_map(|c| [if light.contains(c) { 255 } else { 0 }; SIDE]).collect();
            (0..SIDE).for_each(|_| pixels.extend_from_slice(&row));
        }
    }
    let (width, height) = (width * SIDE, lines.len() * 2 * SIDE);
    let size = |n: usize| u32::try_from(n).unwrap();
    let file = std::fs::File::create(file).unwrap();
    let mut encoder = png::Encoder::new(file, size(width), size(height));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
}

#[test]
fn a_receiver_photographs_the_givers_terminal() {
    let (_home, theirs, _server, shown) = handed_over();
    assert!(shown.starts_with("1/2\n"), "{shown}");
    let (first, second) = shown.split_once("2/2\n").unwrap();
    let files = ["man-hinh-1.png", "man-hinh-2.png"].map(|name| theirs.beside(name));
    picture(first, &files[0]);
    picture(second, &files[1]);
    let receive = ["receive", "lo-bay=49", "--into", "lo-can", "--as", "can", "--draw", text(&files[1])];
    assert_eq!(theirs.error(&receive)["code"], "not_whole");
    let came = theirs.json(&[&receive[..], &["--draw", text(&files[0])]].concat());
    assert_eq!(came["shortage"], 1_000, "{came}");
}

#[test]
fn a_hand_scanner_types_the_frames_in_any_order_and_what_is_missing_is_named() {
    let (home, _server) = world();
    // What the server does not have goes along: more than one symbol.
    home.ok(&["harvest", "thua=50", "--product", "vải thiều", "--alias", "lo-bay", "--as", "coop", "--for", "bay"]);
    for _ in 0..4 {
        home.ok(&["harvest", "thua=20", "--into", "lo-bay", "--as", "coop", "--for", "bay"]);
    }
    home.ok(&["register", "--as", "can", "--product", "vải thiều", "--alias", "lo-can"]);
    let given = ["hand-over", "lo-bay", "50", "--to", "lo-can", "--as", "coop", "--for", "bay", "--qr"];
    let given = home.json(&given);
    let mut frames: Vec<&str> =
        given["frames"].as_array().unwrap().iter().map(|frame| frame.as_str().unwrap()).collect();
    assert!(frames.len() > 2, "{}", frames.len());
    frames.reverse();
    let receive = ["receive", "lo-bay=50", "--into", "lo-can", "--as", "can", "--draw"];
    let file = home.beside("khung.txt");
    std::fs::write(&file, frames[1..].join("\n")).unwrap();
    let missing = home.error(&[&receive[..], &[text(&file)]].concat());
    assert_eq!(missing["code"], "not_whole", "{missing}");
    assert!(missing["message"].as_str().unwrap().contains(&format!("{} of", frames.len())), "{missing}");
    let came = home.run_with(&[&receive[..], &["-"]].concat(), &[], &(frames.join("\r\n") + "\n"));
    assert_eq!(came.code, 0, "{came:?}");
    assert_eq!(home.json(&["push"])["left"], 0);
}

#[test]
fn what_the_server_has_already_is_no_reason_to_refuse_what_was_handed_over() {
    let (home, theirs, _server, _shown) = handed_over();
    let file = home.beside("giao.json");
    let entry = home.json(&["outbox", "list"])[0]["number"].to_string();
    home.ok(&["outbox", "export", &entry, "--out", text(&file)]);
    // The giver is back in the network first, and the receiver has fetched it.
    home.ok(&["push"]);
    theirs.ok(&["pull", &home.id("lo-bay")]);
    let came = theirs.json(&["receive", "lo-bay=50", "--into", "lo-can", "--draw", text(&file), "--as", "can"]);
    assert_eq!(came["shortage"], 0, "{came}");
}
