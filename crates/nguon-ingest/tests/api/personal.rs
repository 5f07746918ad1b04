//! Openings, attachments, and erasure while the server runs.

use nguon_core::bytes::ByteString;
use nguon_core::opening::FieldValue;
use nguon_core::prelude::{Options, Outcome, verify};
use nguon_ingest::Config;
use nguon_store::{OpeningPolicy, sqlite};

use crate::attached::jpeg;
use crate::live::Live;
use crate::world::{NOW, World, encode_openings, time};

const CBOR: &str = "application/cbor";

fn filled(world: &World, live: &Live) {
    assert_eq!(live.post("/v1/records", "application/cbor-seq", &world.sequence()).status, 200);
    let answer = live.post("/v1/openings", CBOR, &world.openings_body());
    assert_eq!((answer.status, answer.json()), (200, serde_json::json!({"stored": world.openings.len()})));
}

#[test]
fn posting_openings_twice_changes_nothing() {
    let world = World::new();
    let live = Live::start(&world.trust);
    filled(&world, &live);
    filled(&world, &live);
}

#[test]
fn erased_by_another_process_the_bundle_still_verifies() {
    let mut world = World::new();
    let batch = world.batch(None);
    let live = Live::start(&world.trust);
    filled(&world, &live);
    let name = || {
        let bundle = live.get(&format!("/v1/bundles/{batch}"));
        let verified = verify(&bundle.body, &world.trust, &Options::at(time(NOW)));
        assert_eq!(verified.verdict.outcome, Outcome::Unlogged, "{:?}", verified.verdict);
        verified.history.unwrap().name_of(&world.farm).text().map(str::to_owned)
    };
    assert_eq!(name().as_deref(), Some("Nguyễn Thị Mẫu"));
    assert_eq!(sqlite::erase(live.folder.path(), &world.farm).unwrap(), 1);
    assert_eq!(name(), None);
    // The device that posted it posts it again.
    assert_eq!(live.post("/v1/openings", CBOR, &world.openings_body()).json(), serde_json::json!({"stored": 1}));
    assert_eq!(name(), None);
}

#[test]
fn openings_that_do_not_belong_are_refused_with_their_place() {
    let world = World::new();
    let live = Live::start(&world.trust);
    live.post("/v1/openings", CBOR, &world.openings_body()).problem(422, "stray_opening");
    filled(&world, &live);
    let mut changed = world.openings.clone();
    changed[1].opening.value = Some(ByteString(FieldValue::Text("Người khác".to_owned()).to_bytes()));
    let problem = live.post("/v1/openings", CBOR, &encode_openings(&changed)).problem(422, "bad_opening");
    assert_eq!((problem["index"].as_u64(), problem["field"].as_str()), (Some(1), Some("enrolled/name")));

    let mut decomposed = world.openings.clone();
    decomposed[0].opening.value = Some(ByteString(FieldValue::Text("Va\u{309}i".to_owned()).to_bytes()));
    let problem = live.post("/v1/openings", CBOR, &encode_openings(&decomposed)).problem(422, "bad_field");
    assert_eq!(problem["field"], "enrolled/name");
}

#[test]
fn openings_cut_at_any_byte() {
    let world = World::new();
    let live = Live::start(&world.trust);
    filled(&world, &live);
    let body = world.openings_body();
    for cut in 0..body.len() {
        let problem = live.post("/v1/openings", CBOR, &body[..cut]).problem(400, "bad_openings");
        assert!(problem["offset"].as_u64().is_some_and(|offset| offset <= cut as u64), "{problem:#}");
    }
    live.post("/v1/openings", CBOR, &[0x81, 0x01]).problem(400, "bad_openings");
    assert_eq!(live.get("/v1/health").status, 200);
}

#[test]
fn a_photo_travels_by_its_digest_where_the_policy_lets_it() {
    let (photo, other) = (&jpeg(b"a photo of a tree")[..], &jpeg(b"a photo of a bush")[..]);
    let mut world = World::new();
    let (_, opening, digest) = world.batch_with_photo(photo);
    let open = OpeningPolicy::of(["enrolled/name", "attachments"]);
    let live = Live::with(&world.trust, |config| Config { policy: open, ..config });
    let path = format!("/v1/attachments/{digest}");
    filled(&world, &live);
    live.put(&path, photo).problem(404, "no_such_attachment");
    assert_eq!(live.post("/v1/openings", CBOR, &encode_openings(&[opening])).status, 200);
    live.get(&path).problem(404, "no_such_attachment");
    live.put(&path, other).problem(422, "bad_opening");
    live.get(&path).problem(404, "no_such_attachment");
    for _ in 0..2 {
        assert_eq!(live.put(&path, photo).status, 204);
    }
    let answer = live.get(&path);
    assert_eq!((answer.status, answer.body.as_slice()), (200, photo));
    assert_eq!(answer.header("content-type"), "image/jpeg");
    assert!(answer.header("content-security-policy").contains("sandbox"));
    assert_eq!(answer.header("content-disposition"), "attachment");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");

    assert!(sqlite::erase(live.folder.path(), &world.farm).unwrap() > 0);
    live.get(&path).problem(404, "no_such_attachment");
    live.put(&path, photo).problem(404, "no_such_attachment");
}

#[test]
fn a_photo_stays_in_where_the_policy_says_nothing_of_photos() {
    let (mut world, photo) = (World::new(), jpeg(b"a photo"));
    let (_, opening, digest) = world.batch_with_photo(&photo);
    let live = Live::start(&world.trust);
    filled(&world, &live);
    assert_eq!(live.post("/v1/openings", CBOR, &encode_openings(&[opening])).status, 200);
    let path = format!("/v1/attachments/{digest}");
    assert_eq!(live.put(&path, &photo).status, 204);
    live.get(&path).problem(404, "no_such_attachment");
}
