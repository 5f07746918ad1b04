//! Whatever is sent: a clear answer, nothing stored, and the server stays up.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use nguon_core::envelope::{MAX_RECORD, SignedRecord};
use nguon_core::event::Opened;
use nguon_core::ids::{KeyId, PublicKeyBytes, SignatureBytes};
use nguon_core::ledger::{Pen, begin_record};
use nguon_core::prelude::SigningKey;
use nguon_ingest::{Config, Limits};

use crate::live::Live;
use crate::world::{NOW, World, text, time};

/// What every case ends with.
fn unharmed(live: &Live, world: &World) {
    assert_eq!(live.count(), 0, "nothing refused is stored");
    assert_eq!(live.get("/v1/health").json()["status"], "ok");
    assert_eq!(live.post_record(world.records[0].as_bytes()).status, 201);
}

fn impatient(limits: Limits) -> Limits {
    Limits { head_patience: Duration::from_millis(300), body_patience: Duration::from_millis(300), ..limits }
}

#[test]
fn a_record_cut_at_any_byte() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let record = world.records[0].as_bytes();
    for cut in 0..record.len() {
        let problem = live.post_record(&record[..cut]).problem(400, "bad_envelope");
        assert_eq!(problem["offset"], cut, "{problem:#}");
    }
    unharmed(&live, &world);
}

#[test]
fn any_flipped_byte_of_a_record() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let record = world.records[0].as_bytes();
    for at in 0..record.len() {
        let mut bytes = record.to_vec();
        bytes[at] ^= 0x01;
        let answer = live.post_record(&bytes);
        assert!(matches!(answer.status, 400 | 422), "byte {at}: {}", answer.json());
    }
    unharmed(&live, &world);
}

#[test]
fn bytes_after_a_record() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let mut bytes = world.records[0].as_bytes().to_vec();
    let length = bytes.len();
    bytes.push(0);
    assert_eq!(live.post_record(&bytes).problem(400, "bad_envelope")["offset"], length);
    unharmed(&live, &world);
}

#[test]
fn an_encoding_that_is_not_canonical_names_the_byte_in_the_record() {
    let world = World::new();
    let live = Live::start(&world.trust);
    // The version, 1, in two bytes where one is enough: the last entry of the payload's map.
    let payload = world.records[0].payload();
    let at = payload.windows(8).position(|window| window == b"gversion").unwrap() + 8;
    let long = [&payload[..at], &[0x18, 0x01], &payload[at + 1..]].concat();
    let key = KeyId::of(&PublicKeyBytes::from(&world.office));
    let record = SignedRecord::assemble(key, &long, &SignatureBytes::from_bytes([0; 64])).unwrap();
    let start = record.as_bytes().len() - 66 - long.len();
    let problem = live.post_record(record.as_bytes()).problem(400, "not_canonical");
    assert_eq!(problem["offset"], start + at);
    unharmed(&live, &world);
}

#[test]
fn text_that_is_not_in_normal_form() {
    let mut world = World::new();
    let live = Live::start(&world.trust);
    let (key, nonce) = (world.farm_key.clone(), world.nonce());
    let pen = Pen::new(world.farm, &key, time(NOW));
    let record = |product: &str| {
        let record = begin_record(&pen, Opened::new(world.farm, text(product)).into(), nonce);
        SignedRecord::sign(&record, &key, world.trust.deployment()).unwrap()
    };
    let decomposed = record("va\u{309}i thie\u{302}\u{300}u");
    let problem = live.post_record(decomposed.as_bytes()).problem(422, "bad_field");
    assert_eq!(problem["field"], "opened/product");
    assert_eq!(problem["sequence"], 0);
    unharmed(&live, &world);
    assert_eq!(live.post("/v1/records", "application/cbor-seq", &world.sequence()).status, 200);
    assert_eq!(live.post_record(record("vải thiều").as_bytes()).status, 201);
}

#[test]
fn a_wrong_content_type() {
    let world = World::new();
    let live = Live::start(&world.trust);
    for media_type in ["application/cbor", "application/json", "text/plain", "", "application/cose-key"] {
        let answer = live.post("/v1/records", media_type, world.records[0].as_bytes());
        let problem = answer.problem(415, "unsupported_media_type");
        assert!(problem["detail"].as_str().unwrap().contains("application/cose"));
    }
    live.post("/v1/openings", "application/json", b"[]").problem(415, "unsupported_media_type");
    let none = live.raw(b"POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
    assert!(none.starts_with("HTTP/1.1 415"), "{none}");
    unharmed(&live, &world);
    // Parameters and capitals do not matter.
    let answer = live.post("/v1/records", "Application/COSE; cose-type=\"cose-sign1\"", world.records[1].as_bytes());
    assert_eq!(answer.status, 201);
}

#[test]
fn bodies_that_are_too_long() {
    let world = World::new();
    let live = Live::start(&world.trust);
    live.post_record(&vec![0; MAX_RECORD + 1]).problem(413, "body_too_large");
    let most = Limits::default().body;
    live.post("/v1/records", "application/cbor-seq", &vec![0; most + 1]).problem(413, "body_too_large");
    live.post("/v1/openings", "application/cbor", &vec![0; most + 1]).problem(413, "body_too_large");
    live.put(&format!("/v1/attachments/{}", "0".repeat(64)), &vec![0; most + 1]).problem(413, "body_too_large");
    // A single record too long inside a sequence that is not.
    let mut long = vec![0x5a, 0, 0, 0xff, 0xff];
    long.resize(5 + 0xffff, 0);
    let json = live.post("/v1/records", "application/cbor-seq", &long).json();
    assert_eq!(json["results"][0]["problem"]["code"], "record_too_large");
    assert_eq!(json["results"][0]["problem"]["status"], 413);
    unharmed(&live, &world);
}

#[test]
fn a_length_that_is_only_claimed() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let answer = live.raw(b"POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose\r\nContent-Length: 99999999999\r\n\r\nabc");
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    unharmed(&live, &world);
}

#[test]
fn half_a_request_cut_at_any_byte() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let record = world.records[0].as_bytes();
    let head = format!(
        "POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose\r\nContent-Length: {}\r\n\r\n",
        record.len()
    );
    let request = [head.as_bytes(), record].concat();
    for cut in (0..request.len()).step_by(3) {
        let answer = live.raw(&request[..cut]);
        assert!(!answer.starts_with("HTTP/1.1 2"), "cut at {cut}: {answer}");
    }
    unharmed(&live, &world);
}

#[test]
fn a_client_that_never_finishes_its_head() {
    let world = World::new();
    let live = Live::with(&world.trust, |config| Config { limits: impatient(config.limits), ..config });
    let mut stream = TcpStream::connect(live.address).unwrap();
    stream.write_all(b"GET /v1/health HTTP/1.1\r\nHost:").unwrap();
    let mut answer = Vec::new();
    // The server hangs up; without that this read would never end.
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
    unharmed(&live, &world);
}

#[test]
fn a_client_that_never_finishes_its_body() {
    let world = World::new();
    let live = Live::with(&world.trust, |config| Config { limits: impatient(config.limits), ..config });
    let mut stream = TcpStream::connect(live.address).unwrap();
    let head =
        "POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose\r\nContent-Length: 500\r\n\r\nabc";
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("\"timeout\""), "{answer}");
    unharmed(&live, &world);
}

#[test]
fn more_connections_than_are_served_at_a_time_wait_their_turn() {
    let world = World::new();
    let live = Live::with(&world.trust, |config| {
        let limits = Limits { connections: 4, ..impatient(config.limits) };
        Config { limits, ..config }
    });
    // They say nothing; the server hangs up on them one after the other.
    let silent: Vec<_> = (0..12).map(|_| TcpStream::connect(live.address).unwrap()).collect();
    unharmed(&live, &world);
    drop(silent);
}

#[test]
fn clients_that_send_slowly_do_not_keep_readers_waiting() {
    let world = World::new();
    let live = Live::with(&world.trust, |config| {
        let limits = Limits { requests: 2, body_patience: Duration::from_secs(2), ..config.limits };
        Config { limits, ..config }
    });
    let head = "POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose\r\nContent-Length: 500\r\nExpect: 100-continue\r\n\r\n";
    let slow = || {
        let mut stream = TcpStream::connect(live.address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream
    };
    let mut slow = [slow(), slow()];
    for stream in &mut slow {
        // Both places of those that write are taken from here on.
        stream.read_exact(&mut [0; 25]).unwrap();
    }
    assert_eq!(live.get("/v1/health").status, 200);
    // Whoever wants to write waits, and gets a turn when the slow ones have used up theirs.
    unharmed(&live, &world);
}

#[test]
fn no_http_at_all() {
    let world = World::new();
    let live = Live::start(&world.trust);
    for bytes in [&b"\x16\x03\x01\x02\x00\x01\x00"[..], b"GET\r\n\r\n", b"\0\0\0\0", b"GET /v1/health HTTP/9.9\r\n\r\n"]
    {
        let answer = live.raw(bytes);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    let long = [b"GET /v1/health HTTP/1.1\r\nX: ".to_vec(), vec![b'x'; 1024 * 1024]].concat();
    let answer = live.raw(&long);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    unharmed(&live, &world);
}

#[test]
fn random_bodies() {
    let world = World::new();
    let live = Live::start(&world.trust);
    // A plain generator: the point is the variety, and that a failure can be had again.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    };
    for round in 0..150_usize {
        let body: Vec<u8> = (0..round * 7 % 600).map(|_| next()).collect();
        for (path, media_type) in [
            ("/v1/records", "application/cose"),
            ("/v1/records", "application/cbor-seq"),
            ("/v1/records?atomic=true", "application/cbor-seq"),
            ("/v1/openings", "application/cbor"),
        ] {
            let answer = live.post(path, media_type, &body);
            assert!(matches!(answer.status, 200 | 400 | 422), "{path} {}", answer.status);
        }
    }
    unharmed(&live, &world);
}

#[test]
fn addresses_that_lead_nowhere() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let zeros = "0".repeat(64);
    for (path, status, code) in [
        ("/", 404, "no_such_path"),
        ("/v1/root", 404, "no_such_path"),
        ("/v1/records/abc", 400, "bad_address"),
        ("/v1/records/%ff%00", 400, "bad_address"),
        (&format!("/v1/records/{}", "A".repeat(64)), 400, "bad_address"),
        (&format!("/v1/records/{zeros}"), 404, "no_such_record"),
        (&format!("/v1/chains/{zeros}"), 404, "no_such_chain"),
        (&format!("/v1/chains/{zeros}/records"), 404, "no_such_chain"),
        (&format!("/v1/bundles/{zeros}"), 404, "no_such_batch"),
        (&format!("/v1/attachments/{zeros}"), 404, "no_such_attachment"),
        ("/v1/bundles/01/09521234543213/10/L9", 404, "no_such_batch"),
        ("/v1/bundles/01/09521234543214/10/L1", 400, "bad_address"),
        ("/v1/bundles/01/09521234543213/10/L%C3%A9", 400, "bad_address"),
        ("/v1/bundles/01/09521234543213/10/L1/21/%20", 400, "bad_address"),
    ] {
        live.get(path).problem(status, code);
    }
    live.post("/v1/health", "text/plain", b"").problem(405, "method_not_allowed");
    live.post("/v1/records?atomic=perhaps", "application/cbor-seq", b"").problem(400, "bad_address");
    unharmed(&live, &world);
}

#[test]
fn a_stranger_who_signs_with_a_key_nobody_enrolled() {
    let mut world = World::new();
    let live = Live::start(&world.trust);
    assert_eq!(live.post("/v1/records", "application/cbor-seq", &world.sequence()).status, 200);
    let count = live.count();
    let (stranger, nonce) = (SigningKey::from_bytes(&[99; 32]), world.nonce());
    let pen = Pen::new(world.farm, &stranger, time(NOW));
    let record = begin_record(&pen, Opened::new(world.farm, text("vải")).into(), nonce);
    let record = SignedRecord::sign(&record, &stranger, world.trust.deployment()).unwrap();
    assert_eq!(live.post_record(record.as_bytes()).problem(422, "unknown_key")["field"], "kid");
    assert_eq!(live.count(), count);
}
