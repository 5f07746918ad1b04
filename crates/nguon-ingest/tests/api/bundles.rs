//! Bundles: found by id and by label, verified by the reader, cached, compressed, readable from any page.

use std::io::Read as _;

use nguon_core::ids::ChainId;
use nguon_core::prelude::{Options, Outcome, verify};
use nguon_core::verify::OutcomeKind;
use rusqlite::params;

use crate::live::Live;
use crate::world::{NOW, World, time};

const LABEL: &str = "/v1/bundles/01/09521234543213/10/L1%2F2";

fn filled() -> (World, ChainId, Live) {
    let mut world = World::new();
    let batch = world.batch(Some("L1/2"));
    let live = Live::start(&world.trust);
    assert_eq!(live.post("/v1/records", "application/cbor-seq", &world.sequence()).status, 200);
    assert_eq!(live.post("/v1/openings", "application/cbor", &world.openings_body()).status, 200);
    (world, batch, live)
}

#[test]
fn the_reader_verifies_what_it_gets() {
    let (world, batch, live) = filled();
    let answer = live.get(&format!("/v1/bundles/{batch}"));
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/cbor"));
    let options = Options { batch: Some(batch), ..Options::at(time(NOW)) };
    let verified = verify(&answer.body, &world.trust, &options);
    assert_eq!(verified.verdict.outcome, Outcome::Unlogged, "{:?}", verified.verdict);
    assert_eq!(verified.history.unwrap().name_of(&world.farm).text(), Some("Nguyễn Thị Mẫu"));
}

#[test]
fn label_and_serial_lead_to_the_same_bundle() {
    let (_, batch, live) = filled();
    let by_id = live.get(&format!("/v1/bundles/{batch}"));
    for path in [LABEL.to_owned(), format!("{LABEL}/21/ABC-1")] {
        assert_eq!(live.get(&path).body, by_id.body);
    }
}

#[test]
fn json_for_those_who_ask() {
    let (_, batch, live) = filled();
    let path = format!("/v1/bundles/{batch}");
    for accept in ["application/json", "text/html, application/json;q=0.9"] {
        let answer = live.get_with(&path, &[("accept", accept)]);
        assert_eq!(answer.header("content-type"), "application/json");
        let json = answer.json();
        assert_eq!(json["chains"][0]["chain"], batch.to_string());
        assert_eq!(json["chains"][0]["records"][0]["record"]["event"]["opened"]["label"]["lot"], "L1/2");
        let names: Vec<_> = json["openings"].as_array().unwrap().iter().map(|opening| &opening["value"]).collect();
        assert!(names.contains(&&serde_json::json!("Nguyễn Thị Mẫu")));
    }
    for accept in ["*/*", "application/cbor", "application/cbor, application/json"] {
        assert_eq!(live.get_with(&path, &[("accept", accept)]).header("content-type"), "application/cbor");
    }
}

#[test]
fn unchanged_is_not_sent_again_and_changed_is() {
    let (mut world, batch, live) = filled();
    let path = format!("/v1/bundles/{batch}");
    let first = live.get(&path);
    let tag = first.header("etag").to_owned();
    assert_eq!(first.header("cache-control"), "no-cache");
    for asked in [tag.as_str(), "*", &format!("\"other\", {tag}")] {
        let again = live.get_with(&path, &[("if-none-match", asked)]);
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag.as_str()));
    }
    assert_eq!(live.get_with(&path, &[("if-none-match", "\"other\"")]).status, 200);
    let json = live.get_with(&path, &[("if-none-match", &tag), ("accept", "application/json")]);
    assert_eq!(json.status, 200, "another form is another thing");
    world.list(batch, 1);
    live.post_record(world.records.last().unwrap().as_bytes());
    assert_eq!(live.get_with(&path, &[("if-none-match", &tag)]).status, 200);
}

#[test]
fn compressed_for_those_who_ask() {
    let (_, batch, live) = filled();
    let path = format!("/v1/bundles/{batch}");
    let plain = live.get_with(&path, &[("accept-encoding", "identity")]);
    assert_eq!(plain.header("content-encoding"), "");
    let gzip = live.get_with(&path, &[("accept-encoding", "gzip")]);
    assert_eq!(gzip.header("content-encoding"), "gzip");
    assert!(gzip.header("vary").contains("accept-encoding"));
    assert!(gzip.body.len() < plain.body.len());
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&gzip.body[..]).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
    assert_eq!(live.get_with(&path, &[("accept-encoding", "br, gzip")]).header("content-encoding"), "br");
}

#[test]
fn any_page_may_read_and_none_may_write() {
    let (world, batch, live) = filled();
    let origin = ("origin", "https://kiemtra.example");
    for path in
        [format!("/v1/bundles/{batch}"), LABEL.to_owned(), "/v1/health".to_owned(), format!("/v1/chains/{batch}")]
    {
        let answer = live.get_with(&path, &[origin]);
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, "*"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let client = crate::live::Client::new(live.address);
    let preflight = |method: &str, path: &str| {
        client.send("OPTIONS", path, &[origin, ("access-control-request-method", method)], None)
    };
    let allowed = preflight("GET", &format!("/v1/bundles/{batch}"));
    assert_eq!(allowed.header("access-control-allow-origin"), "*");
    let refused = preflight("POST", "/v1/records");
    assert_eq!(refused.header("access-control-allow-origin"), "");
    let written = client.send(
        "POST",
        "/v1/records",
        &[origin, ("content-type", "application/cose")],
        Some(world.records[0].as_bytes()),
    );
    assert_eq!((written.status, written.header("access-control-allow-origin")), (200, ""));
}

#[test]
fn an_edited_database_is_refused_by_the_reader_and_shown_as_damaged() {
    let (world, batch, live) = filled();
    let at = nguon_store::sqlite::Location::of(live.folder.path());
    let database = rusqlite::Connection::open(at.records).unwrap();
    let edit = |position: usize| {
        let mut bytes = world.ledger.records(&batch)[1].as_bytes().to_vec();
        let at = if position == 0 { bytes.len() - 1 } else { position };
        bytes[at] ^= 1;
        let update = "UPDATE record SET bytes = ?2 WHERE chain_id = ?1 AND sequence = 1";
        assert_eq!(database.execute(update, params![batch.as_bytes(), bytes]).unwrap(), 1);
    };
    let path = format!("/v1/bundles/{batch}");
    // In the signature, in the payload, in the envelope.
    for position in [0, 120, 3] {
        edit(position);
        let verdict = verify(&live.get(&path).body, &world.trust, &Options::at(time(NOW))).verdict;
        assert_ne!(verdict.outcome.kind(), OutcomeKind::Unlogged, "{verdict:?}");
        assert_ne!(verdict.outcome.kind(), OutcomeKind::Valid, "{verdict:?}");
    }
    live.get_with(&path, &[("accept", "application/json")]).problem(500, "damaged_record");
    assert_eq!(live.get("/v1/health").status, 200);
}
