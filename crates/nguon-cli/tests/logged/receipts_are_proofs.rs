use serde_json::Value;

use crate::common::text;
use crate::files_say_when_they_were_true::{offline, sent};
use crate::world::TestLog;

#[test]
fn a_receipt_holds_alone_and_only_for_its_record() {
    let (home, _log, _) = sent();
    let shown = home.json(&["show", "lo-1"]);
    let [first, second] = [0, 1].map(|at| shown["records"][at]["statement_id"].as_str().unwrap().to_owned());
    let file = home.beside("receipt.json");
    let found = home.json(&["receipt", &first, "--out", text(&file)]);
    assert_eq!(found["logged"], true, "{found}");
    let reader = offline(&home);
    assert!(reader.ok(&["receipt", &first, "--file", text(&file)]).stdout.contains("In the log: entry"));
    assert_eq!(reader.error(&["receipt", &second, "--file", text(&file)])["code"], "bad_receipt");
    let whole: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let changed = |change: fn(&mut Value)| {
        let mut receipt = whole.clone();
        change(&mut receipt);
        std::fs::write(&file, receipt.to_string()).unwrap();
        reader.error(&["receipt", &first, "--file", text(&file)])["code"].clone()
    };
    assert_eq!(changed(|one| one["index"] = (one["index"].as_u64().unwrap() + 1).into()), "bad_receipt");
    assert_eq!(changed(|one| drop(one["inclusion"].as_array_mut().unwrap().pop())), "bad_receipt");
    // Without the witnesses' lines it is only the log's word.
    let cut = changed(|one| {
        let note = one["checkpoint"].as_str().unwrap();
        let lines: Vec<&str> = note.lines().filter(|line| !line.starts_with("— w2")).collect();
        one["checkpoint"] = (lines.join("\n") + "\n").into();
    });
    assert_eq!(cut, "bad_receipt");
    assert_eq!(home.error(&["receipt", &"ab".repeat(32)])["code"], "no_such_record");
}

#[test]
fn nothing_is_called_logged_before_the_witnesses_have_seen_it() {
    let (home, log) = TestLog::start();
    home.make_orchard();
    home.ok(&["push"]);
    log.silence_witnesses();
    let batch = home.make_batch("lo-1", "VT-0612");
    let sent = home.ok(&["push", "--wait", "1"]).stdout;
    assert!(sent.contains("are in no published checkpoint yet"), "{sent}");
    let told = home.ok(&["push", "--lang", "vi"]).stdout;
    assert_eq!(told, "Nothing waits.\n");
    let shown = home.json(&["show", "lo-1"]);
    let pending = home.run(&["receipt", shown["records"][0]["statement_id"].as_str().unwrap()]);
    assert!(pending.code == 1 && pending.stdout.contains("in no published checkpoint yet"), "{batch} {pending:?}");
    log.let_witnesses_speak();
    home.make_batch("lo-2", "VT-0613");
    let sent = home.ok(&["push", "--lang", "vi", "--wait", "30"]).stdout;
    assert!(sent.contains("Đã ghi vào sổ chung, đến mục"), "{sent}");
}
