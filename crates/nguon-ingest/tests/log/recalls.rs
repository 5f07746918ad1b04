//! Authorities' lists of recalls: kept by their signatures, one an authority, never an older one.

use nguon_core::SigningKey;
use nguon_core::event::RecallReason;
use nguon_core::ids::ChainId;
use nguon_core::recalls::{ListedRecall, RecallList, VERSION};
use nguon_core::values::Time;

use crate::site::{COSE, Site};

const PATH: &str = "/v1/recalls";

fn list(site: &Site, issued: u64, key: &SigningKey) -> Vec<u8> {
    let chain = ChainId::from_bytes([3; 32]);
    let recalls = vec![ListedRecall { chain, reason: RecallReason::PesticideResidue, sequence: 4 }];
    let authority = site.world.authority;
    let list = RecallList { version: VERSION, issued: Time::new(issued).unwrap(), recalls, authority };
    list.sign(key, site.world.trust.deployment()).unwrap()
}

#[test]
fn the_newest_list_is_served_and_outlives_a_restart() {
    let site = Site::new();
    let running = site.start();
    running.get(PATH).problem(404, "no_recalls");
    let (old, new) = (list(&site, 1_000, &site.world.office), list(&site, 2_000, &site.world.office));
    let kept = running.put(PATH, COSE, &new);
    assert_eq!(
        (kept.status, kept.json()["issued"].as_u64(), kept.json()["recalls"].as_u64()),
        (200, Some(2_000), Some(1))
    );
    running.put(PATH, COSE, &old).problem(409, "older_recalls");
    assert_eq!(running.put(PATH, "application/cbor", &new).status, 200, "the same again is harmless");
    let served = running.get(PATH);
    assert_eq!((served.status, &served.body), (200, &new));
    assert!(served.header("content-type").starts_with(COSE));
    assert_eq!(served.header("access-control-allow-origin"), "*");
    let roots = nguon_core::trust::Roots::logged(site.world.trust.clone());
    assert_eq!(RecallList::verify(served.body, &roots).unwrap().issued.get(), 2_000);
    assert_eq!(running.get(&format!("{PATH}?authority={}", site.world.authority)).body, new);
    running.get(&format!("{PATH}?authority={}", "0".repeat(64))).problem(404, "no_recalls");
    running.get(&format!("{PATH}?authority=x")).problem(400, "bad_address");

    drop(running);
    let running = site.start();
    assert_eq!(running.get(PATH).body, new);
}

#[test]
fn what_no_authority_signed_is_refused() {
    let site = Site::new();
    let running = site.start();
    let stranger = SigningKey::from_bytes(&[88; 32]);
    running.put(PATH, COSE, &list(&site, 1_000, &stranger)).problem(422, "unknown_key");
    let mut altered = list(&site, 1_000, &site.world.office);
    let last = altered.len() - 1;
    altered[last] ^= 1;
    running.put(PATH, COSE, &altered).problem(422, "bad_signature");
    let record = site.world.records[0].as_bytes();
    assert_eq!(running.put(PATH, COSE, record).status, 400, "a record is no list");
    assert_eq!(running.put(PATH, COSE, b"").status, 400);
    running.put(PATH, "text/plain", b"x").problem(415, "unsupported_media_type");
    running.get(PATH).problem(404, "no_recalls");
}
