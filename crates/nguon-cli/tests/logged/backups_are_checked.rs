use crate::common::text;
use crate::files_say_when_they_were_true::sent;

#[test]
fn a_backup_of_a_running_server_comes_back_and_the_log_goes_on() {
    let (home, mut log, link) = sent();
    let out = log.beside("backup");
    let store = log.store();
    let made = home.json(&["backup", text(&store), text(&out)]);
    let found = &made["found"];
    assert!(found["leaves"].as_u64().unwrap() > 8 && found["signatures_checked"] == true, "{made}");
    assert!(found["cosigned"]["size"].is_u64() && found["signed_checkpoints"].as_u64().unwrap() > 0, "{made}");
    assert!(home.error(&["backup", text(&store), text(&out)])["message"].as_str().unwrap().contains("already"));

    log.stop();
    std::fs::rename(&store, log.beside("lost")).unwrap();
    let restored = home.json(&["restore", text(&out), text(&store)]);
    assert_eq!(restored["witnesses_answered"], 2, "{restored}");
    log.run();
    let (code, verdict) = home.verify(&[&link]);
    assert_eq!((code, verdict["outcome"].as_str()), (0, Some("valid")), "{verdict}");
    home.make_batch("lo-2", "VT-0613");
    assert_eq!(home.json(&["push"])["log"]["pending"], 0);
    assert_eq!(home.verify(&["lo-2"]).0, 0);
}

#[test]
fn an_older_log_is_not_put_over_a_newer_one() {
    let (home, mut log, _) = sent();
    let (out, store) = (log.beside("backup"), log.store());
    home.ok(&["backup", text(&store), text(&out)]);
    home.make_batch("lo-2", "VT-0613");
    home.ok(&["push"]);
    log.stop();
    let restore = ["restore", text(&out), text(&store)];
    // In its place there is a store that holds more, and tiles that say so.
    assert_eq!(home.error(&restore)["code"], "log_rollback");
    assert_eq!(home.error(&[&restore[..], &["--offline"]].concat())["code"], "log_rollback");
    std::fs::rename(store.join("log"), log.beside("tiles")).unwrap();
    assert_eq!(home.error(&[&restore[..], &["--offline"]].concat())["code"], "store");
    // The store is lost: only the witnesses know.
    std::fs::rename(&store, log.beside("lost")).unwrap();
    let refused = home.error(&restore);
    assert_eq!(refused["code"], "log_rollback");
    assert!(refused["message"].as_str().unwrap().contains("has seen"), "{refused}");
    log.silence_witnesses();
    let refused = home.error(&restore);
    assert!(refused["message"].as_str().unwrap().contains("audit.example has seen"), "{refused}");
    log.silence_auditor();
    assert_eq!(home.error(&restore)["code"], "witnesses_silent");
    let told = home.ok(&[&restore[..], &["--offline"]].concat()).stdout;
    assert!(told.contains("NOBODY was asked"), "{told}");
    // The server asks them, and does not run behind them.
    log.let_witnesses_speak();
    let refused = log.would_run().unwrap_err();
    assert!(!refused.is_empty());
}

#[test]
fn a_damaged_backup_is_found() {
    let (home, log, _) = sent();
    let (out, store) = (log.beside("backup"), log.store());
    home.ok(&["backup", text(&store), text(&out), "--without-personal"]);
    assert!(!out.join("nguon.personal.db").exists());
    // A leaf of a record: 0x00, log time, statement id.
    let id = home.json(&["show", "lo-1"])["records"][0]["statement_id"].as_str().unwrap().to_owned();
    let id: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&id[2 * at..2 * at + 2], 16).unwrap()).collect();
    let path = out.join("nguon.db");
    let whole = std::fs::read(&path).unwrap();
    let places: Vec<usize> =
        whole.windows(32).enumerate().filter(|(_, window)| *window == id).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    let mut found = 0;
    for at in places {
        let mut bytes = whole.clone();
        bytes[at + 7] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let target = log.beside(&format!("target-{at}"));
        let ended = home.run(&["restore", text(&out), text(&target), "--json"]);
        found += usize::from(ended.code == 3 && ended.stdout.contains("damaged"));
    }
    // The id stands in the leaf, in the record's row and in indexes; the leaf's place must be noticed.
    assert!(found >= 1);
}
