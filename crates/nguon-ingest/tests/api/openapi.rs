//! The description of the API is that of the router, and changes only on purpose.

use crate::live::Live;
use crate::world::World;

#[test]
fn the_served_description_is_the_routers() {
    let live = Live::start(&World::new().trust);
    let answer = live.get("/v1/openapi.json");
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.json(), serde_json::to_value(nguon_ingest::description()).unwrap());
}

#[test]
fn snapshot() {
    let mut description = nguon_ingest::description();
    description.info.version = "…".to_owned();
    insta::assert_json_snapshot!(description);
}

#[test]
fn no_path_serves_the_pinned_trust_root() {
    let description = serde_json::to_value(nguon_ingest::description()).unwrap();
    let paths = description["paths"].as_object().unwrap();
    let named = paths.iter().filter(|(path, _)| path.contains("root"));
    let readable: Vec<&str> =
        named.filter(|(_, item)| item["get"].is_object()).map(|(path, _)| path.as_str()).collect();
    // That one serves the versions that follow it, which prove themselves; what it serves is held to that elsewhere.
    assert_eq!(readable, ["/v1/log/roots"]);
}
