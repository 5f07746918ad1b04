use crate::common::text;
use crate::files_say_when_they_were_true::{offline, sent};

#[test]
fn a_saved_file_turns_red_without_network() {
    let (home, log, _) = sent();
    let (file, other) = (home.beside("lo-1.cbor"), home.beside("lo-2.cbor"));
    home.make_batch("lo-2", "VT-0613");
    home.ok(&["push"]);
    home.ok(&["fetch", "lo-1", "--out", text(&file)]);
    home.ok(&["fetch", "lo-2", "--out", text(&other)]);
    let reader = offline(&home);
    assert_eq!(reader.verify(&[text(&file)]).0, 0);
    // A list has the seconds of its signing: it must be newer than the bundle.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    let recall = r#"{"recalled": {"reason": "microbial"}}"#;
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", recall]);
    // What waits in the outbox is no recall yet.
    assert_eq!(home.json(&["recalls", "sign", "--as", "authority"])["recalls"].as_array().unwrap().len(), 0);
    home.ok(&["push"]);
    let signed = home.json(&["recalls", "sign", "--as", "authority"]);
    assert_eq!(signed["recalls"][0]["chain"], home.id("lo-1").as_str(), "{signed}");
    assert!(
        home.error(&["recalls", "sign", "--as", "coop"])["message"].as_str().unwrap().contains("not an authority's")
    );
    home.ok(&["recalls", "push"]);

    assert!(reader.ok(&["recalls", "list"]).stdout.contains("nguon recalls pull"));
    reader.ok(&["recalls", "pull", "--server", &log.url()]);
    assert!(reader.ok(&["recalls", "list"]).stdout.contains("harmful microbes"));
    let (code, verdict) = reader.verify(&[text(&file)]);
    assert_eq!((code, verdict["outcome"].as_str()), (1, Some("recalled")), "{verdict}");
    assert_eq!(reader.verify(&[text(&other)]).0, 0, "another lot is not recalled");

    // A list that nobody of the trust root signed is not used.
    let folder = reader.file("recalls");
    let path = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let ended = reader.run(&["verify", text(&file)]);
    assert!(ended.code == 0 && ended.stderr.contains("is not used"), "{ended:?}");
}
