//! A server that alters, fails, or is no server at all: nothing is lost here, and nothing is signed on what it says.

mod common;

use common::{Home, TestServer, serve, text};

fn pushed() -> (Home, TestServer) {
    let mut home = Home::with_deployment();
    let server = TestServer::start(&home);
    home.talks_to(&server);
    home.make_orchard();
    home.make_batch("lo-1", "VT-0612");
    home.ok(&["push"]);
    (home, server)
}

#[test]
fn a_record_altered_on_the_way_is_not_signed_on() {
    let (home, server) = pushed();
    let plot = home.id("thua");
    let records: Vec<(String, Vec<u8>)> = std::fs::read_dir(home.file("chains"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap()))
        .collect();
    let length = records.iter().find(|(id, _)| *id == plot).unwrap().1.len();
    drop(server);
    // The last byte of a chain is the last of a signature; others are payload, key id, or head.
    for at in (0..length).step_by(length / 12).chain([length - 1]) {
        let (records, plot) = (records.clone(), plot.clone());
        let url = serve({
            let plot = plot.clone();
            move |line| match records.iter().find(|(id, _)| line.contains(id.as_str())) {
                Some((id, bytes)) => {
                    let mut bytes = bytes.clone();
                    if *id == plot {
                        bytes[at] ^= 1;
                    }
                    (200, "application/cbor-seq", bytes)
                }
                None => (404, "application/problem+json", b"{}".to_vec()),
            }
        });
        let other = home.second_computer();
        let refused = other.error(&["pull", &plot, "--server", &url]);
        assert_eq!(refused["at_fault"], "server", "byte {at}: {refused}");
        assert!(!other.file("chains").exists(), "byte {at}");
    }
}

#[test]
fn a_failing_server_loses_nothing_and_refuses_nothing() {
    let home = Home::with_deployment();
    home.make_orchard();
    let before = home.json(&["outbox", "list"]);
    let answers: [(u16, &str, &[u8]); 7] = [
        (500, "text/plain", b"oh"),
        (503, "application/problem+json", br#"{"title": "busy", "code": "busy"}"#),
        (429, "application/problem+json", br#"{"title": "too many requests"}"#),
        (200, "text/html", b"<html>please log in to the network</html>"),
        (200, "application/json", br#"{"status": "sure"}"#),
        (204, "text/plain", b""),
        (301, "text/plain", b""),
    ];
    for (status, media_type, body) in answers {
        let url = serve(move |_| (status, media_type, body.to_vec()));
        let refused = home.error(&["push", "--server", &url]);
        assert_eq!(refused["at_fault"], "server", "{status}: {refused}");
        assert_eq!(home.json(&["outbox", "list"]), before, "{status}");
    }
}

#[test]
fn what_is_no_bundle_gives_no_good_verdict() {
    let (home, _server) = pushed();
    let batch = home.id("lo-1");
    for body in [&b""[..], b"<html>please log in to the network</html>", b"\xa0"] {
        let url = serve(move |_| (200, "text/html", body.to_vec()));
        let (code, verdict) = home.verify(&[&batch, "--server", &url]);
        assert_eq!((code, verdict["outcome"].as_str()), (1, Some("invalid")), "{verdict}");
        let out = home.beside("out.cbor");
        assert_eq!(home.error(&["fetch", &batch, "--server", &url, "--out", text(&out)])["at_fault"], "server");
        assert!(!out.exists());
    }
}

#[test]
fn another_batch_than_the_one_asked_for_is_refused() {
    let (home, _server) = pushed();
    home.make_batch("lo-2", "VT-0613");
    home.ok(&["push"]);
    let file = home.beside("lo-2.cbor");
    home.ok(&["fetch", "lo-2", "--out", text(&file)]);
    let bundle = std::fs::read(&file).unwrap();
    let link = home.json(&["label", "lo-1"])["link"].as_str().unwrap().to_owned();
    let url = serve(move |_| (200, "application/cbor", bundle.clone()));
    for subject in [home.id("lo-1"), link] {
        let (code, verdict) = home.verify(&[&subject, "--server", &url]);
        assert_eq!((code, verdict["code"].as_str()), (1, Some("wrong_label")), "{verdict}");
    }
}

#[test]
fn a_trace_that_breaks_off_is_no_trace() {
    let home = Home::with_deployment();
    let [batch, owner] = ["ab", "cd"].map(|two| two.repeat(32));
    let start = format!(r#"{{"start":["{batch}"],"direction":"both","as_of":null}}"#);
    let node = format!(
        r#"{{"node":{{"chain":"{batch}","sort":"batch","depth":0,"owner":"{owner}","in_g":1,"records":1,"opened_at":1,"recalls":[],"forked":false}}}}"#
    );
    let name = format!(r#"{{"name":{{"actor":"{owner}","role":"farm","name":"Bảy\u001b[2Jxóa\nhết"}}}}"#);
    let end = r#"{"end":{"nodes":1,"edges":0,"cut":false}}"#;
    let ask = |lines: &[&str]| {
        let body = lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect::<Vec<u8>>();
        let url = serve(move |_| (200, "application/x-ndjson", body.clone()));
        home.run(&["trace", &batch, "--sort", "batch", "--server", &url])
    };
    let whole = ask(&[&start, &node, &name, end]);
    assert!(whole.code == 0 && whole.stdout.contains("Bảy [2Jxóa hết"), "{whole:?}");
    for lines in [
        &[start.as_str(), &node, &name][..],
        &[&start, "{\"edge\":1}", end],
        &[&start, "no json", end],
        &[&start, "{}", end],
        &[],
    ] {
        let cut = ask(lines);
        assert!(cut.code == 3 && !cut.stdout.contains("abababab"), "{lines:?}: {cut:?}");
    }
    let old = serve(|_| (404, "application/problem+json", br#"{"code": "no_such_path"}"#.to_vec()));
    let refused = home.error(&["trace", &batch, "--sort", "batch", "--server", &old]);
    assert!(refused["message"].as_str().unwrap().contains("too old"), "{refused}");
}
