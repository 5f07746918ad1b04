use std::path::PathBuf;

use crate::common::{Home, text};
use crate::files_say_when_they_were_true::{offline, sent};

/// The next version of the trust root, signed.
fn next_version(home: &Home, expires: &str) -> PathBuf {
    let payload = home.beside(&format!("{expires}.payload"));
    home.ok(&["root", "propose", "--out", text(&payload), "--expires", expires]);
    let signed = home.json(&["root", "sign", text(&payload), "--key", "root-1"]);
    let out = home.beside(&format!("{expires}.nguon"));
    let made =
        home.json(&["root", "combine", text(&payload), signed["signature"].as_str().unwrap(), "--out", text(&out)]);
    PathBuf::from(made["out"].as_str().unwrap())
}

#[test]
fn a_new_version_is_taken_over_and_bundles_hold_under_it() {
    let (home, log, link) = sent();
    let file = home.beside("before.cbor");
    home.ok(&["fetch", "lo-1", "--out", text(&file)]);
    let next = next_version(&home, "2088-01-01");
    assert_eq!(home.json(&["root", "publish", text(&next)])["version"], 2);
    // Again does no harm.
    home.ok(&["root", "publish", text(&next)]);
    let pulled = home.ok(&["pull"]);
    assert!(pulled.stderr.contains("The trust root is at version 2 now"), "{pulled:?}");
    assert_eq!(std::fs::read(home.file("root-2.nguon")).unwrap(), std::fs::read(&next).unwrap());
    // What is signed from now on is judged under it.
    home.make_batch("lo-2", "VT-0613");
    assert_eq!(home.json(&["push"])["log"]["pending"], 0);
    assert_eq!(home.verify(&["lo-2"]).0, 0);
    assert_eq!(home.verify(&[&link]).0, 0);
    // Whoever knows version 1 alone verifies the same.
    let reader = offline(&home);
    let (code, verdict) = reader.verify(&[&link, "--server", &log.url()]);
    assert_eq!((code, verdict["outcome"].as_str()), (0, Some("valid")), "{verdict}");
    assert_eq!(reader.verify(&[text(&file)]).0, 0);
}

#[test]
fn another_second_version_than_the_one_known_stops_everything() {
    let (home, log, _) = sent();
    let other = offline(&home);
    let next = next_version(&home, "2088-01-01");
    other.ok(&["root", "import", text(&next)]);
    home.ok(&["root", "publish", text(&next_version(&home, "2089-01-01"))]);
    let refused = other.error(&["pull", &home.id("lo-1"), "--server", &log.url()]);
    assert_eq!(refused["code"], "bad_root", "{refused}");
    // And it is too late to publish the first one.
    assert_eq!(other.error(&["root", "publish", text(&next), "--server", &log.url()])["code"], "refused");
}
