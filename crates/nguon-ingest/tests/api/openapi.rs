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
fn no_path_serves_the_trust_root() {
    let description = serde_json::to_value(nguon_ingest::description()).unwrap();
    assert!(description["paths"].as_object().unwrap().keys().all(|path| !path.contains("root")));
}
