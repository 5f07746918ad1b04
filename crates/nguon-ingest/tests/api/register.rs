//! What a phone and a co-op's desk ask for: whose a key is, which chains a device needs, who has not recorded anything lately.

use nguon_core::event::{EventName, KeyAdded, KeyRevoked, RevocationReason, Role};
use nguon_core::ids::ChainId;
use nguon_core::key::PublicKey;
use nguon_core::ledger::Pen;
use nguon_core::prelude::SigningKey;
use serde_json::Value;

use crate::live::{Answer, Live};
use crate::world::{NOW, World, encode_openings, time};

const SEQUENCE: &str = "application/cbor-seq";

fn post_all(live: &Live, world: &World) {
    assert_eq!(live.post("/v1/records", SEQUENCE, &world.sequence()).status, 200);
}

fn lines(answer: &Answer) -> Vec<Value> {
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/x-ndjson"));
    std::str::from_utf8(&answer.body).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn key_path(key: &SigningKey) -> String {
    format!("/v1/keys/{}", PublicKey::from_bytes(&key.into()).unwrap().id())
}

#[test]
fn a_phone_finds_its_enrolment_and_asks_cheaply() {
    let mut world = World::new();
    let live = Live::start(&world.trust);
    post_all(&live, &world);
    let new = SigningKey::from_bytes(&[77; 32]);
    let path = key_path(&new);
    let waiting = live.get(&path);
    waiting.problem(404, "no_such_key");
    assert_eq!(waiting.header("retry-after"), "5");

    let (coop_key, farm) = (world.coop_key.clone(), world.farm);
    let by_coop = Pen::new(world.coop, &coop_key, time(NOW));
    world.append(&by_coop, farm, KeyAdded { key: (&new).into(), holder: None }).unwrap();
    post_all(&live, &world);
    let found = live.get(&path);
    let json = found.json();
    assert_eq!(json["actors"][0]["actor"], farm.to_string());
    assert_eq!(json["actors"][0]["role"], "farm");
    assert_eq!(json["actors"][0]["enrolled_by"]["actor"], world.coop.to_string());
    assert_eq!(json["actors"][0]["since"]["sequence"], 1);
    assert!(json["actors"][0]["since"]["time"].is_u64() && json["actors"][0]["revoked"].is_null());
    assert_eq!(json["authorities"], serde_json::json!([]));
    let again = live.get_with(&path, &[("if-none-match", found.header("etag"))]);
    assert_eq!((again.status, again.body.len()), (304, 0));

    // Lost: the same question then says so, under another tag.
    let key = PublicKey::from_bytes(&(&new).into()).unwrap().id();
    let revoked =
        KeyRevoked { key, reason: RevocationReason::Stolen, suspect_since: Some(time(NOW - 5)), details: None };
    world.append(&by_coop, farm, revoked).unwrap();
    post_all(&live, &world);
    let after = live.get_with(&path, &[("if-none-match", found.header("etag"))]);
    assert_eq!(after.status, 200);
    let told = after.json()["actors"][0]["revoked"].clone();
    assert_eq!((told["sequence"].as_u64(), told["reason"].as_str()), (Some(2), Some("stolen")));
    assert_eq!(told["suspect_since"], NOW - 5);
}

#[test]
fn an_authoritys_key_is_told_as_such() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let json = live.get(&key_path(&world.office)).json();
    assert_eq!(json["authorities"], serde_json::json!([{"id": world.authority, "name": "Sở mẫu"}]));
    assert_eq!(json["actors"], serde_json::json!([]));
    live.get("/v1/keys/nonsense").problem(400, "bad_address");
}

#[test]
fn a_device_is_told_its_chains_and_fetches_what_is_new() {
    let mut world = World::new();
    let batch = world.batch(Some("L1"));
    let live = Live::start(&world.trust);
    post_all(&live, &world);
    let told = |live: &Live| lines(&live.get(&format!("/v1/actors/{}/chains", world.farm)));
    let before = told(&live);
    assert_eq!(before[0]["start"], serde_json::json!({"actor": world.farm, "as_of": null}));
    assert_eq!(before.last().unwrap()["end"]["chains"], before.len() - 2);
    let of = |lines: &[Value], chain: ChainId| {
        let found = lines.iter().find(|line| line["chain"]["chain"] == chain.to_string());
        found.map(|line| line["chain"].clone()).unwrap()
    };
    assert_eq!((&of(&before, world.farm)["why"], &of(&before, world.farm)["sort"]), (&"self".into(), &"actor".into()));
    assert_eq!((&of(&before, world.plot)["why"], &of(&before, world.plot)["sort"]), (&"held".into(), &"plot".into()));
    assert_eq!(of(&before, world.area)["why"], "around");
    assert_eq!(of(&before, batch)["sequence"], 1);

    let mut later = world.clone();
    later.list(batch, 1);
    later.list(batch, 2);
    post_all(&live, &later);
    assert_eq!(of(&told(&live), batch)["sequence"], 3);
    let new: Vec<u8> = later.ledger.records(&batch)[2..].iter().flat_map(|record| record.as_bytes().to_vec()).collect();
    let path = format!("/v1/chains/{batch}/records");
    assert_eq!(live.get(&format!("{path}?from=2")).body, new);
    assert!(live.get(&path).body.ends_with(&new));
    let nothing = live.get(&format!("{path}?from=4"));
    assert_eq!((nothing.status, nothing.body.len()), (200, 0));
    live.get(&format!("{path}?from=-1")).problem(400, "bad_address");
    let positions = live.get(&format!("/v1/chains/{batch}/positions?from=1")).json();
    assert_eq!(positions, serde_json::json!({"chain": batch, "from": 1, "positions": []}));

    let nobody = "0".repeat(64);
    live.get(&format!("/v1/actors/{nobody}/chains")).problem(404, "no_such_actor");
    live.get(&format!("/v1/actors/{}/chains", world.plot)).problem(404, "no_such_actor");
    live.get(&format!("/v1/chains/{nobody}/records?from=1")).problem(404, "no_such_chain");
    live.get(&format!("/v1/chains/{nobody}/positions")).problem(404, "no_such_chain");
}

/// A CBOR head: major type, number, and what follows.
fn head(bytes: &[u8]) -> (u8, usize, &[u8]) {
    let (major, number, rest) = nguon_core::cbor::item_head(bytes).unwrap();
    (major, usize::try_from(number).unwrap(), rest)
}

#[test]
fn many_chains_are_read_in_one_question() {
    let mut world = World::new();
    let batch = world.batch(Some("L1"));
    let coop_key = world.coop_key.clone();
    let by_coop = Pen::new(world.coop, &coop_key, time(NOW));
    let more: Vec<ChainId> = (0..70).map(|n| world.enrol(&by_coop, Role::Farm, &format!("Hộ {n}"), None)).collect();
    let live = Live::start(&world.trust);
    post_all(&live, &world);
    let nobody = ChainId::from_bytes([7; 32]);
    let wanted: std::collections::BTreeMap<ChainId, u64> =
        more.iter().map(|chain| (*chain, 0)).chain([(batch, 1), (world.farm, 9), (nobody, 0)]).collect();
    let answer = live.post("/v1/chains/read", "application/json", &serde_json::to_vec(&wanted).unwrap());
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/cbor-seq"));
    let items = nguon_core::cbor::split_sequence(&answer.body).unwrap();
    let (last, chains) = items.split_last().unwrap();
    assert_eq!(head(last), (0, 72, &[][..]));
    assert_eq!(chains.len(), 72);
    for (item, (chain, from)) in chains.iter().zip(wanted.iter().filter(|(chain, _)| **chain != nobody)) {
        let (4, 4, rest) = head(item) else { panic!("four members") };
        let (2, 32, rest) = head(rest) else { panic!("an id") };
        assert_eq!(&rest[..32], chain.as_bytes());
        let (0, first, rest) = head(&rest[32..]) else { panic!("a sequence") };
        assert_eq!(first as u64, *from);
        let (4, count, mut rest) = head(rest) else { panic!("records") };
        let expected = world.ledger.records(chain).iter().skip(first);
        assert_eq!(count, expected.len());
        for record in expected {
            let (2, length, after) = head(rest) else { panic!("a record") };
            assert_eq!(&after[..length], record.as_bytes());
            rest = &after[length..];
        }
        assert_eq!(head(rest), (4, 0, &[][..]), "no log, no positions");
    }
    for (body, code) in [("[]", "bad_body"), (r#"{"x": 0}"#, "bad_body"), (r#"{"x""#, "bad_body")] {
        live.post("/v1/chains/read", "application/json", body.as_bytes()).problem(400, code);
    }
    live.post("/v1/chains/read", "application/cbor", b"{}").problem(415, "unsupported_media_type");
    let all: std::collections::BTreeMap<ChainId, u64> =
        (0..20_001_u32).map(|n| (ChainId::from_bytes([n.to_be_bytes(); 8].concat().try_into().unwrap()), 0)).collect();
    live.post("/v1/chains/read", "application/json", &serde_json::to_vec(&all).unwrap())
        .problem(413, "too_many_chains");
}

#[test]
fn a_desk_is_told_its_households_and_ceilings() {
    let mut world = World::new();
    world.batch(None);
    let live = Live::start(&world.trust);
    post_all(&live, &world);
    let path = format!("/v1/registrars/{}/households", world.coop);
    let found = lines(&live.get(&path));
    assert_eq!(found[0]["start"], serde_json::json!({"registrar": world.coop, "as_of": null}));
    let household = &found[1]["household"];
    assert_eq!((&household["actor"], &household["role"]), (&world.farm.to_string().into(), &"farm".into()));
    assert_eq!((household["active_keys"].as_u64(), household["retired"].as_bool()), (Some(1), Some(false)));
    assert!(household["name"].is_null() && household["last_record"].is_u64());
    assert_eq!((&household["last_harvested"], &household["last_applied"]), (&NOW.into(), &Value::Null));
    let plot = &household["plots"][0];
    assert_eq!((&plot["plot"], &plot["area"]), (&world.plot.to_string().into(), &world.area.to_string().into()));
    assert_eq!((plot["area_m2"].as_u64(), plot["variety"].as_str()), (Some(5_000), Some("vải thiều")));
    let season = &plot["seasons"][0];
    assert_eq!((season["season"].as_str(), season["drawn_g"].as_u64()), (Some("2026"), Some(850_000)));
    assert_eq!(season["allotted_g"], 1_000_000_000_000_u64);
    let area = &found[2]["area"];
    assert_eq!((&area["area"], area["area_m2"].as_u64()), (&world.area.to_string().into(), Some(100_000)));
    assert_eq!(area["code"], serde_json::json!({"issuer": "VN", "code": "VN-MAU-0001"}));
    let season = &area["seasons"][0];
    assert_eq!(
        (&season["ceiling_g"], &season["allotted_g"]),
        (&1_000_000_000_000_u64.into(), &1_000_000_000_000_u64.into())
    );
    assert_eq!(season["drawn_g"], 850_000);
    assert_eq!(found[3], serde_json::json!({"end": {"households": 1, "areas": 1}}));
    assert_eq!(found.len(), 4);

    assert_eq!(live.post("/v1/openings", "application/cbor", &encode_openings(&world.openings)).status, 200);
    assert_eq!(lines(&live.get(&path))[1]["household"]["name"], "Nguyễn Thị Mẫu");
    live.get(&format!("/v1/registrars/{}/households", world.farm)).problem(404, "no_such_registrar");
    live.get("/v1/registrars/nonsense/households").problem(400, "bad_address");
}

#[test]
fn a_list_longer_than_a_piece_is_whole() {
    const HOUSEHOLDS: usize = 1_030;
    let mut world = World::new();
    let coop_key = world.coop_key.clone();
    let pen = Pen::new(world.coop, &coop_key, time(NOW));
    assert!(EventName::ALL.len() > 1);
    for number in 1..HOUSEHOLDS {
        world.enrol(&pen, Role::Farm, &format!("Hộ {number}"), None);
    }
    let live = Live::start(&world.trust);
    post_all(&live, &world);
    let found = lines(&live.get(&format!("/v1/registrars/{}/households", world.coop)));
    let actors: Vec<&str> = found.iter().filter_map(|line| line["household"]["actor"].as_str()).collect();
    assert!(actors.is_sorted() && actors.len() == HOUSEHOLDS);
    assert_eq!(found.last().unwrap()["end"], serde_json::json!({"households": HOUSEHOLDS, "areas": 1}));
}
