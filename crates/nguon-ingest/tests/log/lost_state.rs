//! A sequencer that lost its state refuses to fork the log.

use std::path::Path;

use nguon_ingest::LogError;
use nguon_ingest::StartError;

use crate::cosigners::Manner;
use crate::site::{COSE, Site};

/// A plain copy of a folder that nobody has open.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn refusal(result: Result<crate::site::Running, StartError>) -> LogError {
    match result {
        Err(StartError::Log(error)) => error,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it runs"),
    }
}

/// A site whose state was saved, and went on since.
fn gone_on(site: &mut Site) -> (std::path::PathBuf, std::path::PathBuf) {
    let batch = site.world.batch(Some("L1"));
    let mut running = site.start();
    site.post_all(&running);
    running.stop();
    drop(running);
    let (old_store, old_tiles) = (site.folder.path().join("old-data"), site.folder.path().join("old-log"));
    copy(&site.store_path(), &old_store);
    copy(&site.tiles(), &old_tiles);
    let running = site.start();
    let record = site.one_more(batch, 1);
    assert_eq!(running.post("/v1/records?wait=60", COSE, record.as_bytes()).status, 201);
    (old_store, old_tiles)
}

#[test]
fn an_old_backup_is_behind_its_witnesses() {
    let mut site = Site::new();
    let (store, tiles) = gone_on(&mut site);
    let error = refusal(site.start_on(&store, &tiles, |_| {}));
    assert!(matches!(&error, LogError::Behind { theirs, ours, .. } if theirs > ours), "{error}");
    assert!(error.to_string().contains("old backup"), "{error}");
    // One witness that remembers is enough.
    for witness in &site.cosigners.witnesses[..3] {
        witness.forget();
    }
    let error = refusal(site.start_on(&store, &tiles, |_| {}));
    assert!(matches!(error, LogError::Behind { .. }), "{error}");
    site.cosigners.agree();
}

#[test]
fn an_old_store_is_behind_its_own_folder() {
    let mut site = Site::new();
    let (store, _) = gone_on(&mut site);
    for witness in &site.cosigners.witnesses {
        witness.set(Manner::Broken);
    }
    let tiles = site.folder.path().join("newer-log");
    copy(&site.tiles(), &tiles);
    let error = refusal(site.start_on(&store, &tiles, |_| {}));
    assert!(matches!(&error, LogError::Behind { who, .. } if who.contains("newer-log")), "{error}");
}

#[test]
fn a_log_founded_anew_under_the_same_key_is_refused() {
    let mut site = Site::new();
    gone_on(&mut site);
    let (store, tiles) = (site.folder.path().join("new-data"), site.folder.path().join("new-log"));
    let error = refusal(site.start_on(&store, &tiles, |_| {}));
    assert!(matches!(error, LogError::Behind { ours: 0, .. }), "{error}");
}

#[test]
fn while_witnesses_are_silent_a_start_accepts_nothing() {
    let mut site = Site::new();
    let (store, tiles) = gone_on(&mut site);
    for witness in &site.cosigners.witnesses {
        witness.set(Manner::Silent);
    }
    // The auditor's memory would tell on it, too: it has seen as much as the witnesses.
    site.cosigners.forget_audit();
    let running = site.start_on(&store, &tiles, |log| log.witness_patience = std::time::Duration::from_millis(200));
    let running = running.unwrap();
    assert_eq!(running.health()["state"], "starting");
    let record = site.world.records.last().unwrap();
    running.post("/v1/records", COSE, record.as_bytes()).problem(503, "log_not_ready");
    running.post("/v1/records", crate::site::SEQUENCE, record.as_bytes()).problem(503, "log_not_ready");
    assert_eq!(running.get("/log/pending").status, 404);
    assert_eq!(running.get("/log/checkpoint").status, 200, "what was published can be read");
    // Now they speak: the store is behind.
    for witness in &site.cosigners.witnesses {
        witness.set(Manner::Honest);
    }
    running.await_state("stopped");
    running.post("/v1/records", COSE, record.as_bytes()).problem(503, "log_stopped");
    assert_eq!(running.ask(running.store.newest_cosigned()).unwrap().unwrap().size, running.checkpoint().0.size);
    site.cosigners.agree();
}

#[test]
fn two_histories_of_one_size_are_told_apart() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let mut running = site.start();
    site.post_all(&running);
    running.stop();
    drop(running);
    let (store, tiles) = (site.folder.path().join("twin-data"), site.folder.path().join("twin-log"));
    copy(&site.store_path(), &store);
    copy(&site.tiles(), &tiles);
    let mut twin = site.world.clone();
    {
        let running = site.start();
        let record = site.one_more(batch, 1);
        assert_eq!(running.post("/v1/records?wait=60", COSE, record.as_bytes()).status, 201);
    }
    // The twin signs another checkpoint of the same size, where no witness of the first history can see it.
    let kept: Vec<_> = site.cosigners.witnesses.iter().map(|witness| witness.take()).collect();
    site.cosigners.forget_audit();
    let theirs = {
        let running = site.start_on(&store, &tiles, |_| {}).unwrap();
        running.await_state("publishing");
        twin.list(batch, 2);
        let record = twin.records.last().unwrap();
        running.post("/v1/records?wait=0", COSE, record.as_bytes());
        running.until("a signature", || site.cosigners.witnesses[0].size() > 0);
        site.cosigners.witnesses[0].size()
    };
    for (witness, state) in site.cosigners.witnesses.iter().zip(kept) {
        witness.give(state);
    }
    assert!(site.cosigners.witnesses[0].size() <= theirs);
    let error = refusal(site.start_on(&store, &tiles, |_| {}));
    assert!(matches!(error, LogError::OtherHistory { .. }), "{error}");
}
