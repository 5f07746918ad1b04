use crate::common::{GTIN, serve, text};
use crate::files_say_when_they_were_true::sent;

#[test]
fn by_the_log_and_not_by_the_server() {
    let (home, log, link) = sent();
    let nobodys = link.split('#').next().unwrap().replace("VT-0612", "VT-9999");
    let (code, verdict) = home.verify(&[&nobodys, "--server", &log.url()]);
    assert_eq!((code, verdict["outcome"].as_str()), (1, Some("no_such_batch")), "{verdict}");
    assert_eq!((&verdict["proven"], &verdict["stale"]), (&true.into(), &false.into()), "{verdict}");
    let told = home.run(&["verify", &nobodys, "--lang", "vi"]).stdout;
    assert!(told.starts_with("Không có lô này trong sổ đăng ký: sổ chung chứng minh điều đó"), "{told}");

    // A server that hides a lot: its bare word, then the proof about another lot.
    let hides = serve(|_| (404, "application/problem+json", b"{}".to_vec()));
    assert_eq!(home.error(&["verify", &link, "--server", &hides])["code"], "unproven_absence");
    assert_eq!(home.error(&["verify", "lo-1", "--server", &hides])["code"], "unproven_absence");
    let proof = absence(&log.url(), "VT-9999");
    let swaps = serve(move |_| (404, "application/cbor", proof.clone()));
    assert_eq!(home.error(&["verify", &link, "--server", &swaps])["code"], "not_in_map");
    let damaged = serve(|_| (404, "application/cbor", b"\xa0".to_vec()));
    assert_eq!(home.error(&["verify", &link, "--server", &damaged])["code"], "bad_proof");
}

#[test]
fn a_proof_older_than_what_was_seen_is_no_proof_of_now() {
    let (home, log, link) = sent();
    let proof = absence(&log.url(), "VT-0700");
    home.make_batch("lo-2", "VT-0700");
    home.ok(&["push"]);
    let old = serve(move |_| (404, "application/cbor", proof.clone()));
    let late = link.split('#').next().unwrap().replace("VT-0612", "VT-0700");
    let (code, verdict) = home.verify(&[&late, "--server", &old]);
    assert_eq!((code, &verdict["stale"]), (1, &true.into()), "{verdict}");
    assert_eq!(home.verify(&[&late]).0, 0, "{}", text(home.dir()));
}

/// The server's proof that nobody has a lot.
fn absence(url: &str, lot: &str) -> Vec<u8> {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    let asked = agent.get(format!("{url}/v1/bundles/01/{GTIN}/10/{lot}")).header("Accept", "application/cbor");
    let mut answer = asked.call().unwrap();
    assert_eq!(answer.status().as_u16(), 404);
    answer.body_mut().read_to_vec().unwrap()
}
