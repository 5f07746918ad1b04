//! Serial labels: lists handed in, proofs of issue and of absence, counts of scans.

use nguon_core::event::{DrawReason, Drawn, Inputs, LabelsIssued, Packed};
use nguon_core::gs1::Serial;
use nguon_core::ids::ChainId;
use nguon_core::ledger::Pen;
use nguon_core::serial::scans::ScanCounts;
use nguon_core::serial::{Answer, SerialList, Why, check};
use nguon_core::values::{Count, Grams};
use nguon_ingest::{Config, Limits};
use serde_json::json;

use crate::live::Live;
use crate::world::{NOW, World, time};

const OCTETS: &str = "application/octet-stream";

fn serials() -> Vec<Serial> {
    (0_u64..300).map(|n| format!("{:016X}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).parse().unwrap()).collect()
}

fn made_up() -> Serial {
    "MADE-UP/1".parse().unwrap()
}

/// A world with a packed batch and 300 labels issued for it.
fn labelled() -> (World, ChainId, SerialList, LabelsIssued) {
    let mut world = World::new();
    let (from, key) = (world.batch(None), world.farm_key.clone());
    let pen = Pen::new(world.farm, &key, time(NOW));
    let opened = world.opened(Some("L1"));
    let batch = world.begin(&pen, opened);
    let grams = Grams::new(300_000).unwrap();
    world.append(&pen, from, Drawn { to: batch, grams, why: DrawReason::Packing }).unwrap();
    let packed = Packed::new(Inputs::one(from, grams), Count::new(300).unwrap(), Grams::new(1_000).unwrap());
    world.append(&pen, batch, packed).unwrap();
    let list = SerialList::of(&batch, &serials()).unwrap();
    let labels = list.labels().unwrap();
    world.append(&pen, batch, labels.clone()).unwrap();
    (world, batch, list, labels)
}

fn filled(world: &World, live: &Live) {
    assert_eq!(live.post("/v1/records", "application/cbor-seq", &world.sequence()).status, 200);
}

fn escaped(serial: &Serial) -> String {
    serial.as_str().replace('/', "%2F")
}

fn ask(live: &Live, batch: &ChainId, labels: &LabelsIssued, serial: &Serial) -> Answer {
    let answer = live.get(&format!("/v1/serials/{batch}/{}", escaped(serial)));
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/cbor"));
    assert_eq!(answer.header("cache-control"), "no-cache");
    check(batch, std::slice::from_ref(labels), serial, &answer.body)
}

#[test]
fn issued_and_never_issued_are_both_proven() {
    let (world, batch, list, labels) = labelled();
    let live = Live::start(&world.trust);
    filled(&world, &live);
    assert_eq!(ask(&live, &batch, &labels, &serials()[0]), Answer::NotProven(Why::NoList));
    for _ in 0..2 {
        let kept = live.post(&format!("/v1/serials/{batch}"), OCTETS, &list.to_bytes());
        assert_eq!((kept.status, kept.json()), (200, json!({"stored": 300})));
    }
    for serial in serials().iter().step_by(23) {
        assert_eq!(ask(&live, &batch, &labels, serial), Answer::Issued);
    }
    assert_eq!(ask(&live, &batch, &labels, &made_up()), Answer::NeverIssued);
}

#[test]
fn a_batch_that_is_not_here_is_no_404() {
    let (world, _, _, labels) = labelled();
    let live = Live::start(&world.trust);
    let nobody = ChainId::from_bytes([9; 32]);
    assert_eq!(ask(&live, &nobody, &labels, &made_up()), Answer::NotProven(Why::NoList));
    live.get("/v1/serials/123/A").problem(400, "bad_address");
    let problem = live.get(&format!("/v1/serials/{nobody}/{}", "A".repeat(21))).problem(400, "bad_address");
    assert_eq!(problem["field"], "serial");
}

#[test]
fn a_list_that_no_record_signs_for_is_refused_in_words() {
    let (world, batch, list, labels) = labelled();
    let live = Live::start(&world.trust);
    let path = format!("/v1/serials/{batch}");
    live.post(&path, OCTETS, &list.to_bytes()).problem(404, "no_such_batch");
    filled(&world, &live);
    let fewer = SerialList::of(&batch, &serials()[1..]).unwrap();
    let problem = live.post(&path, OCTETS, &fewer.to_bytes()).problem(422, "serials_not_signed");
    let detail = problem["detail"].as_str().unwrap();
    for part in ["299", "300", &fewer.root().to_string(), &labels.root.to_string()] {
        assert!(detail.contains(part), "{detail}");
    }
    let mut falling = list.to_bytes();
    falling[32..64].fill(0);
    let problem = live.post(&path, OCTETS, &falling).problem(400, "bad_serials");
    assert_eq!(problem["offset"], 32);
    let problem = live.post(&path, OCTETS, &list.to_bytes()[..100]).problem(400, "bad_serials");
    assert_eq!(problem["offset"], 96);
    live.post(&path, OCTETS, &[]).problem(400, "bad_serials");
    live.post(&path, "text/plain", &list.to_bytes()).problem(415, "unsupported_media_type");
    live.post("/v1/serials/zz", OCTETS, &list.to_bytes()).problem(400, "bad_address");
    assert_eq!(ask(&live, &batch, &labels, &serials()[0]), Answer::NotProven(Why::NoList));
}

#[test]
fn scans_of_issued_serials_are_counted_and_no_others() {
    let (world, batch, list, _) = labelled();
    let live = Live::start(&world.trust);
    filled(&world, &live);
    live.post(&format!("/v1/serials/{batch}"), OCTETS, &list.to_bytes());
    let path = |serial: &Serial| format!("/v1/scans/{batch}/{}", escaped(serial));
    let one = path(&serials()[7]);
    let counts = |answer: &crate::live::Answer| {
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/cbor"));
        assert_eq!(answer.header("cache-control"), "no-store");
        ScanCounts::from_bytes(&answer.body).unwrap()
    };
    assert_eq!(counts(&live.get(&one)).total, 0);
    for n in 1..=3 {
        // A page posts nothing at all.
        assert_eq!(counts(&live.post(&one, "text/plain", b"")).total, n);
    }
    assert_eq!(counts(&live.get(&one)).total, 3);
    let json = live.get_with(&one, &[("accept", "application/json")]).json();
    assert_eq!((json["total"].as_u64(), json["kept_days"].as_u64()), (Some(3), Some(400)));
    assert_eq!((&json["days"][0]["day"], &json["days"][0]["scans"]), (&json["first"], &json!(3)));
    for unknown in [path(&made_up()), path(&"A".repeat(20).parse().unwrap()), format!("/v1/scans/{}/A", world.plot)] {
        live.get(&unknown).problem(404, "no_such_serial");
        live.post(&unknown, "text/plain", b"").problem(404, "no_such_serial");
    }
    live.post("/v1/scans/12/A", "text/plain", b"").problem(400, "bad_address");
}

#[test]
fn nothing_of_who_scanned_is_in_any_file() {
    let (world, batch, list, _) = labelled();
    let mut live = Live::start(&world.trust);
    filled(&world, &live);
    live.post(&format!("/v1/serials/{batch}"), OCTETS, &list.to_bytes());
    let serial = &serials()[7];
    let client = crate::live::Client::new(live.address);
    let secrets = ["nguoi-quet-1234", "banh-quy-5678", "203.0.113.77"];
    let headers = [("user-agent", secrets[0]), ("cookie", secrets[1]), ("x-forwarded-for", secrets[2])];
    let answer = client.send("POST", &format!("/v1/scans/{batch}/{serial}"), &headers, Some(b""));
    assert_eq!((answer.status, answer.header("set-cookie")), (200, ""));
    live.stop();
    let mut files = 0;
    for file in std::fs::read_dir(live.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        files += usize::from(!bytes.is_empty());
        for secret in secrets.iter().chain([&serial.as_str()]) {
            // The serial too: only its hash is known here.
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
        }
    }
    assert!(files >= 2);
}

#[test]
fn too_many_scans_are_not_counted_and_still_read() {
    let (world, batch, list, _) = labelled();
    let live = Live::with(&world.trust, |config| Config { limits: Limits { scans: 0, ..config.limits }, ..config });
    filled(&world, &live);
    live.post(&format!("/v1/serials/{batch}"), OCTETS, &list.to_bytes());
    let path = format!("/v1/scans/{batch}/{}", serials()[0]);
    let answer = live.post(&path, "text/plain", b"");
    answer.problem(429, "too_many_scans");
    assert_eq!(answer.header("retry-after"), "10");
    assert_eq!(live.get(&path).status, 200);
    // One that was never issued has nothing to count.
    live.post(&format!("/v1/scans/{batch}/AB"), "text/plain", b"").problem(404, "no_such_serial");
}

#[test]
fn another_origins_page_may_ask_and_count_without_a_question_beforehand() {
    let (world, batch, list, _) = labelled();
    let live = Live::start(&world.trust);
    filled(&world, &live);
    live.post(&format!("/v1/serials/{batch}"), OCTETS, &list.to_bytes());
    let (serial, origin) = (&serials()[0], [("origin", "https://page.example")]);
    for path in [format!("/v1/serials/{batch}/{serial}"), format!("/v1/scans/{batch}/{serial}")] {
        assert_eq!(live.get_with(&path, &origin).header("access-control-allow-origin"), "*");
    }
    let client = crate::live::Client::new(live.address);
    let counted = client.send("POST", &format!("/v1/scans/{batch}/{serial}"), &origin, Some(b""));
    assert_eq!((counted.status, counted.header("access-control-allow-origin")), (200, "*"));
    // Lists are handed in by programs only.
    let handed = client.send("POST", &format!("/v1/serials/{batch}"), &origin, Some(b""));
    assert_eq!(handed.header("access-control-allow-origin"), "");
}
