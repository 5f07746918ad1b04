//! A real server on a free port of this machine, and a plain HTTP client.
#![allow(dead_code, reason = "several test programs share it, each with its own needs")]

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use nguon_core::trust::TrustRoot;
use nguon_ingest::{Config, Server};
use nguon_store::Store;
use nguon_store::sqlite::SqliteStore;
use serde_json::Value;

pub struct Live {
    pub folder: tempfile::TempDir,
    pub store: Arc<dyn Store>,
    pub address: SocketAddr,
    client: Client,
    runtime: tokio::runtime::Runtime,
    server: Option<Server>,
}

pub struct Answer {
    pub status: u16,
    /// Several of one name are joined by commas (RFC 9110 §5.2).
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Live {
    pub fn start(trust: &TrustRoot) -> Self {
        Self::with(trust, |config| config)
    }

    pub fn with(trust: &TrustRoot, change: impl FnOnce(Config) -> Config) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(folder.path(), trust.clone()).unwrap());
        let config = Config::new("127.0.0.1:0".parse().unwrap(), trust.clone(), store.clone());
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let server = runtime.block_on(Server::start(change(config))).unwrap();
        let address = server.local_addr();
        Self { folder, store, address, client: Client::new(address), runtime, server: Some(server) }
    }

    pub fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.shutdown());
        }
    }

    pub fn ask<T>(&self, answer: impl Future<Output = T>) -> T {
        self.runtime.block_on(answer)
    }

    pub fn count(&self) -> u64 {
        self.ask(self.store.count()).unwrap()
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.client.send("GET", path, headers, None)
    }

    pub fn post(&self, path: &str, media_type: &str, body: &[u8]) -> Answer {
        self.client.send("POST", path, &[("content-type", media_type)], Some(body))
    }

    pub fn put(&self, path: &str, body: &[u8]) -> Answer {
        self.client.send("PUT", path, &[("content-type", "image/jpeg")], Some(body))
    }

    pub fn post_record(&self, record: &[u8]) -> Answer {
        self.post("/v1/records", "application/cose", record)
    }

    /// Sends raw bytes, closes this side, and reads whatever comes back.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }
}

/// One connection that is used again.
pub struct Client {
    agent: ureq::Agent,
    address: SocketAddr,
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).accept_encoding("identity");
        Self { agent: config.build().into(), address }
    }

    /// Gives up soon on a server that has died.
    pub fn impatient(address: SocketAddr) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).accept_encoding("identity");
        let config = config.timeout_global(Some(std::time::Duration::from_secs(5)));
        Self { agent: config.build().into(), address }
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
        self.try_send(method, path, headers, body).unwrap()
    }

    pub fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Result<Answer, ureq::Error> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = match body {
            Some(body) => self.agent.run(request.body(body)?)?,
            None => self.agent.run(request.body(())?)?,
        };
        let joined = |name: &ureq::http::HeaderName| {
            let values = response.headers().get_all(name).into_iter().filter_map(|value| value.to_str().ok());
            (name.to_string(), values.collect::<Vec<_>>().join(", "))
        };
        let headers = response.headers().keys().map(joined).collect();
        let body = response.body_mut().with_config().limit(64 * 1024 * 1024).read_to_vec()?;
        Ok(Answer { status: response.status().as_u16(), headers, body })
    }
}

impl Answer {
    /// Empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {:?}", String::from_utf8_lossy(&self.body)))
    }

    /// Checks that it is a problem in the form of RFC 9457, and gives its members.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        let problem = self.json();
        assert_eq!((self.status, problem["code"].as_str()), (status, Some(code)), "{problem:#}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("https://nguon.example/problems/{code}"));
        assert!(problem["title"].is_string() && problem["detail"].is_string());
        problem
    }
}
