//! Files for other readers, and the EPCIS query, over HTTP.

use std::sync::LazyLock;

use nguon_core::prelude::Options;
use nguon_core::verify::verify;
use nguon_examples::season::{Season, Seed};
use serde_json::Value;

use crate::live::Live;

static SEASON: LazyLock<Season> = LazyLock::new(|| Season::build(&Seed::sample()).unwrap());

/// A server with the sample season.
fn filled() -> Live {
    let live = Live::start(SEASON.ledger.trust());
    for part in SEASON.journal.chunks(100) {
        let body: Vec<u8> = part.iter().flat_map(|record| record.as_bytes().iter().copied()).collect();
        assert_eq!(live.post("/v1/records", "application/cbor-seq", &body).status, 200);
    }
    live
}

fn batch(case: &str) -> String {
    SEASON.case(case).batch.unwrap().to_string()
}

#[test]
fn every_file_is_made_of_what_the_server_verified() {
    let live = filled();
    let batch = batch("export");
    let get = |file: &str| live.get(&format!("/v1/exports/{batch}/{file}"));
    for (file, media, begins) in [
        ("epcis.jsonld", "application/ld+json", &b"{\"@context\""[..]),
        ("fsma.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("circular02.json", "application/json", b"{"),
        ("circular02.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("passport.json", "application/json", b"{"),
        ("passport.html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("vietgap.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("dossier.pdf", "application/pdf", b"%PDF-"),
    ] {
        let answer = get(file);
        assert_eq!((answer.status, answer.header("content-type")), (200, media), "{file}");
        assert!(answer.body.starts_with(begins), "{file}");
        assert!(answer.header("content-disposition").ends_with(&format!("filename=\"{file}\"")), "{file}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{file}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    // The verdict stands in the file: this deployment has no log.
    assert!(matches!(get("passport.json").json()["verdict"]["outcome"].as_str(), Some("unlogged" | "stale")));
    // The dossier carries its proof: the records of the server's bundle, without the names of households.
    let inside = nguon_export::attached::bundle(&get("dossier.pdf").body).unwrap();
    let [inner, outer] = [inside.as_slice(), &live.get(&format!("/v1/bundles/{batch}")).body]
        .map(|bytes| nguon_core::verify::Bundle::from_bytes(bytes).unwrap());
    assert_eq!(inner.chains, outer.chains);
    assert!(inner.openings.len() <= outer.openings.len());
    let verified = verify(&inside, SEASON.ledger.trust(), &Options::at(SEASON.now()));
    assert_eq!(verified.verdict.outcome.kind().as_str(), "unlogged");
}

#[test]
fn a_bad_verdict_needs_to_be_asked_for_and_is_stamped() {
    let live = filled();
    let path = format!("/v1/exports/{}/passport.json", batch("recalled"));
    let problem = live.get(&path).problem(409, "bad_verdict");
    assert!(problem["detail"].as_str().unwrap().contains("despite=true"), "{problem}");
    let answer = live.get(&format!("{path}?despite=true"));
    assert_eq!((answer.status, &answer.json()["verdict"]["outcome"]), (200, &Value::from("recalled")));
    live.get(&format!("/v1/exports/{}/passport.json?despit=1", batch("recalled"))).problem(400, "bad_address");
    live.get(&format!("/v1/exports/{}/passport.docx", batch("export"))).problem(404, "no_such_file");
    live.get(&format!("/v1/exports/{}/dossier.pdf", "0".repeat(64))).problem(404, "no_such_batch");
    live.get("/v1/exports/xyz/dossier.pdf").problem(400, "bad_address");
}

#[test]
fn epcis_is_asked_by_the_standards_names() {
    let live = filled();
    let label = SEASON.case("export").label.as_ref().unwrap();
    let class = format!("https://id.gs1.org/01/{}/10/{}", label.gtin(), label.lot());
    let encoded: String = class.replace(':', "%3A").replace('/', "%2F");
    let ask = |more: &str| live.get(&format!("/v1/epcis/events?MATCH_anyEPCClass={encoded}{more}"));
    let answer = ask("");
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/ld+json"));
    assert_eq!(answer.header("gs1-epcis-version"), "2.0.0");
    let document = answer.json();
    assert_eq!(document["type"], "EPCISQueryDocument");
    let list = |document: &Value| {
        document["epcisBody"]["queryResults"]["resultsBody"]["eventList"].as_array().unwrap().clone()
    };
    let all = list(&document);
    assert!(all.len() >= 3, "{all:?}");
    assert!(all.iter().all(|event| event.to_string().contains(&class)), "only events that name the lot");
    let packed = list(&ask("&EQ_bizStep=packing").json());
    assert!(!packed.is_empty() && packed.len() < all.len());
    assert!(packed.iter().all(|event| event["bizStep"] == "packing"));
    assert!(list(&ask("&LT_eventTime=2020-01-01T00:00:00Z").json()).is_empty());

    // Page after page gives all, each once.
    let (mut pages, mut path) = (Vec::new(), format!("/v1/epcis/events?MATCH_anyEPCClass={encoded}&perPage=2"));
    loop {
        let answer = live.get(&path);
        let page = list(&answer.json());
        assert!(page.len() <= 2);
        pages.extend(page);
        let link = answer.header("link").to_owned();
        let Some(next) = link.strip_prefix('<').and_then(|link| link.split_once('>')) else { break };
        assert!(next.1.contains("rel=\"next\""));
        path = next.0.to_owned();
    }
    assert_eq!(pages, all);

    ask("&EQ_bizStepp=packing").problem(400, "epcis_query_parameter");
    ask("&maxEventCount=1").problem(413, "epcis_query_too_large");
    ask("&nextPageToken=abc").problem(400, "bad_address");
    live.get("/v1/epcis/events?EQ_bizStep=packing").problem(400, "epcis_query_too_complex");
    live.get("/v1/epcis/events?MATCH_anyEPCClass=https%3A%2F%2Fid.gs1.org%2F01%2F09521234543214%2F10%2FA")
        .problem(400, "bad_address");
    live.get("/v1/epcis/events?MATCH_anyEPCClass=https%3A%2F%2Fid.gs1.org%2F01%2F09521234543213%2F10%2FNONE")
        .problem(404, "no_such_batch");
}
