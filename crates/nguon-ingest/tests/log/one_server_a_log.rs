//! One server runs a log.

use nguon_ingest::{LogError, StartError};

use crate::lost_state::copy;
use crate::site::{COSE, Site};

#[test]
fn a_second_server_on_the_same_folder_is_refused() {
    let site = Site::new();
    let running = site.start();
    let error = site.start_on(&site.folder.path().join("other-data"), &site.tiles(), |_| {}).err().unwrap();
    assert!(matches!(error, StartError::Log(LogError::InUse(_))), "{error}");
    drop(running);
    // The lock goes with its holder.
    site.start();
}

#[test]
fn of_two_servers_on_copies_of_one_log_one_stops() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let mut running = site.start();
    site.post_all(&running);
    running.stop();
    drop(running);
    let (store, tiles) = (site.folder.path().join("twin-data"), site.folder.path().join("twin-log"));
    copy(&site.store_path(), &store);
    copy(&site.tiles(), &tiles);
    let mut twin_world = site.world.clone();

    let first = site.start();
    // Both begin with the same state, which no witness can tell apart.
    let twin = site.start_on(&store, &tiles, |_| {}).unwrap();
    twin.await_state("publishing");
    site.cosigners.auditor.watch(first.address);
    let record = site.one_more(batch, 1);
    assert_eq!(first.post("/v1/records?wait=60", COSE, record.as_bytes()).status, 201);
    let published = first.checkpoint().0;

    // The second one comes too late: its checkpoint is not the witnesses' continuation.
    twin_world.list(batch, 2);
    let record = twin_world.records.last().unwrap();
    let answer = twin.post("/v1/records?wait=0", COSE, record.as_bytes());
    assert_eq!(answer.status, 202);
    twin.await_state("stopped");
    twin.post("/v1/records", COSE, record.as_bytes()).problem(503, "log_stopped");
    assert!(twin.checkpoint().0.size < published.size, "the second one published nothing");

    let record = site.one_more(batch, 3);
    assert_eq!(first.post("/v1/records?wait=60", COSE, record.as_bytes()).status, 201);
}

#[test]
fn what_does_not_fit_the_trust_root_is_refused_with_the_way_out() {
    let site = Site::new();
    let start = |change: &dyn Fn(&mut nguon_ingest::LogConfig)| match site.start_with(|log| change(log)) {
        Err(StartError::Log(error)) => error,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it runs"),
    };
    let error = start(&|log| log.key = nguon_core::SigningKey::from_bytes(&[77; 32]));
    assert!(matches!(error, LogError::OtherKey { .. }) && error.to_string().contains("--log-key"), "{error}");
    let error = start(&|log| {
        log.addresses.insert("w9.example".to_owned(), "http://127.0.0.1:1".to_owned());
    });
    assert!(matches!(error, LogError::UnknownName(_)), "{error}");

    let error = crate::site::Running::start(&site.world, &site.store_path(), None).err().unwrap();
    assert!(matches!(error, StartError::Log(LogError::NoKey)) && error.to_string().contains("--log-key"), "{error}");
    let world = crate::world::World::new();
    let log = nguon_ingest::LogConfig::new(crate::cosigners::log_key(), site.folder.path().join("none"));
    let error = crate::site::Running::start(&world, &site.folder.path().join("plain"), Some(log)).err().unwrap();
    assert!(matches!(error, StartError::Log(LogError::NoLog)), "{error}");

    let mut policy = site.cosigners.policy();
    let bare = |witness: &nguon_core::trust::LogVerifier| {
        let mut witness = witness.clone();
        witness.url = None;
        witness
    };
    let bare: Vec<_> = policy.witnesses.iter().map(bare).collect();
    policy.witnesses = nguon_core::values::List::new(bare).unwrap();
    let world = crate::world::World::under(8, Some(policy));
    let log = nguon_ingest::LogConfig::new(crate::cosigners::log_key(), site.folder.path().join("nowhere"));
    let error = crate::site::Running::start(&world, &site.folder.path().join("bare"), Some(log.clone())).err().unwrap();
    assert!(error.to_string().contains("--witness-url"), "{error}");

    // Addresses given for this server take their place.
    let mut log = log;
    for witness in &site.cosigners.witnesses {
        log.addresses.insert(witness.name.clone(), format!("http://{}/", witness.address));
    }
    let running = crate::site::Running::start(&world, &site.folder.path().join("bare"), Some(log)).unwrap();
    running.await_state("publishing");
}
