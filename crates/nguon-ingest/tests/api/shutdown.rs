//! Stopping: what was begun is finished, what was acknowledged is there.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use nguon_store::Store as _;
use nguon_store::sqlite::SqliteStore;

use crate::live::Live;
use crate::world::World;

#[test]
fn a_request_under_way_is_finished() {
    let world = World::new();
    let mut live = Live::start(&world.trust);
    let record = world.records[0].as_bytes();
    let mut stream = TcpStream::connect(live.address).unwrap();
    let head = format!(
        "POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        record.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The server says that it has begun to read the body.
    let mut goes_on = [0; 25];
    stream.read_exact(&mut goes_on).unwrap();
    assert_eq!(&goes_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    let sender = std::thread::spawn({
        let record = record.to_vec();
        move || {
            stream.write_all(&record).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        }
    });
    live.stop();
    let answer = sender.join().unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(TcpStream::connect(live.address).is_err(), "nobody listens any more");
    let (folder, trust) = (live.folder.path().to_owned(), world.trust.clone());
    let Live { folder: kept, store, .. } = live;
    drop(store);
    let store = SqliteStore::open(&folder, trust).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(store.count()).unwrap(), 1);
    drop(kept);
}

#[test]
fn an_idle_connection_does_not_hold_it_up() {
    let mut live = Live::start(&World::new().trust);
    let mut stream = TcpStream::connect(live.address).unwrap();
    stream.write_all(b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).unwrap();
    live.stop();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
}

#[test]
fn an_address_in_use_is_explained() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let folder = tempfile::tempdir().unwrap();
    let store = std::sync::Arc::new(SqliteStore::open(folder.path(), world.trust.clone()).unwrap());
    let config = nguon_ingest::Config::new(live.address, world.trust.clone(), store);
    let error = live.ask(nguon_ingest::Server::start(config)).unwrap_err();
    assert!(error.to_string().contains("--listen"), "{error}");
}
