//! What anyone can read of the log, and check without trusting the server.

use nguon_core::cbor::split_sequence;
use nguon_core::log::Leaf;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::tile::{TileReader, TiledTree};
use nguon_tlog::tree::{Frontier, root, verify_consistency};

use crate::cosigners::indexed;
use crate::site::{COSE, Running, Site};

struct Web<'a>(&'a Running);

impl TileReader for Web<'_> {
    type Error = u16;

    fn read(&self, path: &str) -> Result<Vec<u8>, u16> {
        let answer = self.0.get(&format!("/log/{path}"));
        if answer.status != 200 {
            return Err(answer.status);
        }
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        assert!(answer.header("cache-control").contains("immutable"));
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        Ok(answer.body)
    }
}

fn leaves(running: &Running, size: u64) -> Vec<Vec<u8>> {
    let tree = TiledTree::new(Web(running), size);
    (0..=(size - 1) / 256).flat_map(|bundle| tree.entries(bundle).unwrap()).collect()
}

#[test]
fn tiles_give_the_root_and_entries_the_leaves() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    // More than one tile, so that partial ones become full ones.
    for number in 0..300 {
        site.one_more(batch, number);
    }
    let running = site.start();
    let (half, rest) = site.world.records.split_at(120);
    for records in [half, rest] {
        let body: Vec<u8> = records.iter().flat_map(|record| record.as_bytes().to_vec()).collect();
        assert_eq!(running.post("/v1/records?wait=60", crate::site::SEQUENCE, &body).status, 200);
    }
    let (checkpoint, _) = running.checkpoint();
    let size = checkpoint.size;
    assert!(size > 300);
    assert_eq!(root(&TiledTree::new(Web(&running), size), size), Ok(checkpoint.root));
    let leaves = leaves(&running, size);
    assert_eq!(leaves.len() as u64, size);
    let mut tree = Frontier::new();
    for leaf in &leaves {
        tree.append(hash::leaf(leaf));
    }
    assert_eq!(tree.root(), checkpoint.root);
    let leaves: Vec<Leaf> = leaves.iter().map(|leaf| Leaf::from_bytes(leaf).unwrap()).collect();
    assert!(matches!(leaves[0], Leaf::Root { payload, .. } if payload == site.world.trust.signed().payload_hash()));
    assert!(matches!(leaves.last(), Some(Leaf::Map { .. })));
    assert!(leaves.windows(2).all(|pair| pair[0].log_time() <= pair[1].log_time()));

    // Partial tiles for which there are full ones are taken away; the folder holds nothing else either.
    assert!(site.tiles().join("tile/0/000").is_file() && site.tiles().join("tile/entries/000").is_file());
    for partial in ["tile/0/000.p", "tile/entries/000.p"] {
        running.until("its removal", || !site.tiles().join(partial).exists());
    }
    site.cosigners.agree();
}

#[test]
fn each_checkpoint_continues_every_one_before() {
    let mut site = Site::new();
    let batch = site.world.batch(None);
    let running = site.start();
    site.post_all(&running);
    let mut seen: Vec<(u64, Hash)> = vec![(0, hash::empty())];
    for number in 0..12 {
        let (checkpoint, _) = running.checkpoint();
        seen.push((checkpoint.size, checkpoint.root));
        let record = site.one_more(batch, number);
        assert_eq!(running.post("/v1/records?wait=60", COSE, record.as_bytes()).status, 201);
    }
    for (at, (new, new_root)) in seen.iter().enumerate() {
        for (old, old_root) in &seen[..=at] {
            let answer = running.get(&format!("/v1/log/consistency/{old}/{new}"));
            assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, "*"));
            let proof: Vec<Hash> =
                answer.body.chunks(32).map(|hash| Hash::from_bytes(hash.try_into().unwrap())).collect();
            verify_consistency(*old, *new, old_root, new_root, &proof).unwrap();
        }
    }
    running.get("/v1/log/consistency/5/4").problem(400, "bad_address");
    running.get("/v1/log/consistency/5/100000").problem(404, "not_published");
    running.get("/v1/log/consistency/x/4").problem(400, "bad_address");
    running.get("/v1/log/consistency/0/99999999999999999999").problem(400, "bad_address");
}

#[test]
fn records_are_served_by_their_place() {
    let mut site = Site::new();
    site.world.batch(Some("L1"));
    let running = site.start();
    site.post_all(&running);
    let (checkpoint, _) = running.checkpoint();
    let size = checkpoint.size;
    let answer = running.get(&format!("/v1/log/records/0/{size}"));
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/cbor-seq"));
    let records = indexed(&answer.body);
    let posted: Vec<Vec<u8>> = site.world.records.iter().map(|record| record.as_bytes().to_vec()).collect();
    assert_eq!(records.iter().map(|(_, record)| record.clone()).collect::<Vec<_>>(), posted);
    let leaves = leaves(&running, size);
    for (index, record) in &records {
        let leaf = Leaf::from_bytes(&leaves[usize::try_from(*index).unwrap()]).unwrap();
        let id = site.world.records[posted.iter().position(|known| known == record).unwrap()]
            .statement_id(site.world.trust.deployment());
        assert!(matches!(leaf, Leaf::Record { statement, .. } if statement == id));
    }
    let (first, _) = &records[0];
    assert_eq!(indexed(&running.get(&format!("/v1/log/records/{first}/1")).body).len(), 1);
    assert!(running.get("/v1/log/records/1000000/10").body.is_empty());
    assert_eq!(running.get("/v1/log/records/18446744073709551615/18446744073709551615").status, 200);
    running.get("/v1/log/records/0/-1").problem(400, "bad_address");
    assert!(split_sequence(&running.get("/v1/log/roots").body).unwrap().is_empty(), "version 1 is served nowhere");
}

#[test]
fn only_tiles_can_be_named() {
    let site = Site::new();
    let running = site.start();
    for path in [
        "/log/tile/0/000.p/0",
        "/log/tile/0/000.p/256",
        "/log/tile/0/999",
        "/log/tile/64/000",
        "/log/tile/entries/../../checkpoint",
        "/log/tile/%2e%2e/checkpoint",
        "/log/tile/..%2fcheckpoint",
        "/log/tile/..%2f..%2fdata%2fnguon.db",
        "/log/tile/0/x000/000",
        "/log/tile/",
    ] {
        assert_eq!(running.get(path).status, 404, "{path}");
    }
    running.get("/log/lock").problem(404, "no_such_path");
    running.get("/log/tile/0/999").problem(404, "no_such_tile");
}

#[test]
fn evidence_of_two_histories_is_kept_and_served() {
    let mut site = Site::new();
    let batch = site.world.batch(None);
    let running = site.start();
    site.post_all(&running);
    let mut rival = site.world.clone();
    let first = site.one_more(batch, 1);
    rival.list(batch, 2);
    let second = rival.records.last().unwrap().clone();
    assert_eq!(running.post("/v1/records?wait=60", COSE, first.as_bytes()).status, 201);
    running.post("/v1/records", COSE, second.as_bytes()).problem(409, "conflict");
    let size = running.checkpoint().0.size;
    let hash = |leaves: Vec<Vec<u8>>| {
        leaves.iter().find_map(|leaf| match Leaf::from_bytes(leaf).unwrap() {
            Leaf::Fork { evidence, .. } => Some(nguon_core::bytes::to_hex(&evidence)),
            _ => None,
        })
    };
    // Whoever is refused does not wait, so the fork leaf may be in the checkpoint to come.
    running.until("the fork", || hash(leaves(&running, running.checkpoint().0.size)).is_some());
    assert!(running.checkpoint().0.size >= size);
    let hash = hash(leaves(&running, running.checkpoint().0.size)).unwrap();
    let answer = running.get(&format!("/v1/evidence/{hash}"));
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/cbor"));
    let evidence = nguon_core::fork::Evidence::from_bytes(&answer.body, site.world.trust.deployment()).unwrap();
    assert_eq!(evidence.chain(), batch);
    assert!(answer.header("cache-control").contains("immutable"));
    running.get(&format!("/v1/evidence/{}", "0".repeat(64))).problem(404, "no_such_evidence");
    running.get("/v1/evidence/0").problem(400, "bad_address");
    let verified = site.verify(&running.get(&format!("/v1/bundles/{batch}")).body);
    assert_eq!(verified.verdict.outcome.kind(), nguon_core::verify::OutcomeKind::Forked, "{:?}", verified.verdict);
    site.cosigners.agree();
}

#[test]
fn a_deployment_without_a_log_says_so() {
    let world = crate::world::World::new();
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&world, folder.path(), None).unwrap();
    let id = "0".repeat(64);
    for path in [
        "/log/checkpoint".to_owned(),
        "/log/pending".to_owned(),
        "/log/tile/0/000".to_owned(),
        "/v1/log/consistency/0/0".to_owned(),
        "/v1/log/records/0/1".to_owned(),
        "/v1/log/roots".to_owned(),
        "/v1/recalls".to_owned(),
        format!("/v1/receipts/{id}"),
    ] {
        running.get(&path).problem(404, "no_log");
    }
    running.get(&format!("/v1/evidence/{id}")).problem(404, "no_such_evidence");
    running.post("/v1/roots", "application/cbor", &world.trust.signed().to_bytes().unwrap()).problem(404, "no_log");
    assert!(running.get("/v1/health").json().get("log").is_none());
}
