use serde_json::{Value, json};

use crate::common::{Home, serve, text};
use crate::files_say_when_they_were_true::{offline, sent};

const RECALL: &str = r#"{"recalled": {"reason": "pesticide_residue"}}"#;

fn recalled(home: &Home) {
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", RECALL]);
    home.ok(&["push"]);
}

#[test]
fn a_recalled_lot_does_not_stay_valid_when_the_server_serves_what_was() {
    let (home, _log, link) = sent();
    let file = home.beside("before.cbor");
    home.ok(&["fetch", "lo-1", "--out", text(&file)]);
    recalled(&home);
    assert_eq!(home.verify(&[&link]).1["outcome"], "recalled");

    let bundle = std::fs::read(&file).unwrap();
    let old = serve(move |line| match line {
        line if line.contains("/v1/bundles/") => (200, "application/cbor", bundle.clone()),
        _ => (404, "application/problem+json", b"{}".to_vec()),
    });
    // This home has seen the newer checkpoint; another one hears of it from the witnesses.
    for home in [&home, &offline(&home)] {
        let (code, verdict) = home.verify(&[&link, "--server", &old]);
        assert_eq!((code, verdict["outcome"].as_str()), (2, Some("stale")), "{verdict}");
        assert!(verdict["findings"].to_string().contains("\"behind\""), "{verdict}");
    }
    let told = home.run(&["verify", &link, "--server", &old, "--lang", "vi"]).stdout;
    assert!(told.contains("Sổ chung đã ghi thêm sau đó"), "{told}");
}

#[test]
fn a_log_that_contradicts_what_was_seen_is_forked() {
    let (home, log, link) = sent();
    let kept = std::fs::read(home.file("seen.json")).unwrap();
    let seen: Value = serde_json::from_slice(&kept).unwrap();
    let (deployment, newest) = seen.as_object().unwrap().iter().next().unwrap();
    let pretend = |size: u64| {
        let other = json!({ deployment: { "size": size, "root": "11".repeat(32) } });
        std::fs::write(home.file("seen.json"), other.to_string()).unwrap();
    };
    let size = newest["size"].as_u64().unwrap();
    home.make_batch("lo-2", "VT-0700");
    for size in [size, size - 3] {
        pretend(size);
        let (code, verdict) = home.verify(&[&link]);
        assert_eq!((code, verdict["outcome"].as_str()), (1, Some("forked")), "{size}: {verdict}");
        assert_eq!(verdict["findings"][0]["code"], "split_log");
        assert_eq!(home.error(&["pull"])["code"], "split_log");
        assert_eq!(home.error(&["push"])["code"], "split_log");
        // What contradicts is not remembered.
        assert!(std::fs::read_to_string(home.file("seen.json")).unwrap().contains("1111"));
    }
    pretend(size + 100);
    let (code, verdict) = home.verify(&[&link]);
    assert_eq!((code, verdict["outcome"].as_str()), (2, Some("stale")), "{verdict}");
    assert_eq!(home.error(&["pull"])["code"], "log_rollback");
    std::fs::write(home.file("seen.json"), &kept).unwrap();
    home.ok(&["push"]);
    assert_eq!(home.verify(&[&link, "--server", &log.url()]).0, 0);
    std::fs::write(home.file("seen.json"), "{").unwrap();
    assert_eq!(home.error(&["verify", &link])["code"], "damaged");
}

#[test]
fn without_proof_that_it_goes_on_there_is_no_conclusion() {
    let (home, _log, link) = sent();
    let file = home.beside("lo-1.cbor");
    home.make_batch("lo-2", "VT-0700");
    let before = std::fs::read(home.file("seen.json")).unwrap();
    home.ok(&["push"]);
    home.ok(&["fetch", "lo-1", "--out", text(&file)]);
    std::fs::write(home.file("seen.json"), &before).unwrap();
    let bundle = std::fs::read(&file).unwrap();
    let mute = serve(move |line| match line {
        line if line.contains("/v1/bundles/") => (200, "application/cbor", bundle.clone()),
        _ => (404, "application/problem+json", b"{}".to_vec()),
    });
    let (code, verdict) = home.verify(&[&link, "--server", &mute]);
    assert_eq!((code, verdict["outcome"].as_str()), (1, Some("incomplete")), "{verdict}");
    assert_eq!(verdict["findings"][0]["code"], "no_consistency");
    assert_eq!(std::fs::read(home.file("seen.json")).unwrap(), before, "it is not remembered");
    // Without network nobody could give the proof; the file says so, and is not remembered either.
    let mut alone = offline(&home);
    std::fs::write(alone.file("seen.json"), &before).unwrap();
    let told = alone.ok(&["verify", text(&file)]).stdout;
    assert!(told.contains("Not compared with the log this computer saw before"), "{told}");
    assert_eq!(std::fs::read(alone.file("seen.json")).unwrap(), before);
    alone.talks_to_url(_log.url());
    assert_eq!(alone.verify(&[text(&file)]).0, 0);
    assert_ne!(std::fs::read(alone.file("seen.json")).unwrap(), before);
}

#[test]
fn silent_witnesses_are_told_of() {
    let (home, log, link) = sent();
    log.silence_witnesses();
    let (code, verdict) = home.verify(&[&link]);
    assert_eq!((code, &verdict["asked"]["answered"]), (0, &0.into()), "{verdict}");
    assert!(home.ok(&["verify", &link]).stdout.contains("None of the 2 witnesses asked gave an answer"));
}
