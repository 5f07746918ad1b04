//! A deployment with a log: its server, two witnesses and a map auditor, each with its own key and state.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use nguon_core::SigningKey;
use nguon_core::bytes::to_hex;
use nguon_core::trust::TrustRoot;
use nguon_ingest::{Config, LogConfig, Server, read_key};
use nguon_store::sqlite::SqliteStore;
use nguon_witness::auditor::Pace;
use nguon_witness::{Auditor, Clock, Cosigner, Listening, LogKey, Source, Stop, Witness, served, witness};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use crate::common::Home;

const WITNESSES: [&str; 2] = ["w1.example", "w2.example"];
const AUDITOR: &str = "audit.example";

/// An address whose answers can be changed while it listens.
struct Desk {
    routes: Arc<Mutex<Option<Router>>>,
    listening: Listening,
}

impl Desk {
    fn open(runtime: &Runtime) -> Self {
        let routes = Arc::new(Mutex::new(None::<Router>));
        let answering = routes.clone();
        let fallback = move |request: Request| {
            let router = answering.lock().unwrap().clone();
            async move {
                match router {
                    Some(router) => router.oneshot(request).await.unwrap(),
                    None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
                }
            }
        };
        let any = "127.0.0.1:0".parse().unwrap();
        let listening = runtime.block_on(Listening::start(any, Router::new().fallback(fallback))).unwrap();
        Self { routes, listening }
    }

    fn url(&self) -> String {
        format!("http://{}", self.listening.local_addr())
    }

    fn answer(&self, router: Option<Router>) {
        *self.routes.lock().unwrap() = router;
    }
}

/// The server and those who watch it.
pub struct TestLog {
    address: SocketAddr,
    server: Option<Server>,
    trust: TrustRoot,
    key: SigningKey,
    witnesses: Vec<(Desk, Router)>,
    auditor: Desk,
    stop: Stop,
    auditing: Option<JoinHandle<()>>,
    folder: TempDir,
    runtime: Runtime,
}

impl TestLog {
    /// Makes the deployment in a new home, and starts everybody.
    pub fn start() -> (Home, Self) {
        let runtime = Runtime::new().unwrap();
        let desks = WITNESSES.map(|_| Desk::open(&runtime));
        let auditor = Desk::open(&runtime);
        let secrets = [11, 12, 13].map(|seed| SigningKey::from_bytes(&[seed; 32]));
        let option = |name: &str, secret: &SigningKey, url: &str| {
            format!("{name}={}@{url}", to_hex(secret.verifying_key().as_bytes()))
        };
        let mut home = Home::new();
        let name = "Sở Nông nghiệp và Môi trường (mẫu)";
        let mut init = vec!["init", "--name", name, "--no-passphrase", "--log", "log.nguon.example"];
        let options: Vec<String> = WITNESSES
            .iter()
            .zip(&secrets)
            .zip(&desks)
            .map(|((name, secret), desk)| option(name, secret, &desk.url()))
            .collect();
        let audited = option(AUDITOR, &secrets[2], &auditor.url());
        for witness in &options {
            init.extend(["--witness", witness]);
        }
        init.extend(["--auditor", &audited]);
        home.ok(&init);

        let folder = TempDir::new().unwrap();
        let trust = TrustRoot::from_bytes(&std::fs::read(home.file("root.nguon")).unwrap()).unwrap();
        let log = LogKey::of_policy(trust.payload().log.as_ref().unwrap()).unwrap();
        let mut witnesses = Vec::new();
        for ((name, secret), desk) in WITNESSES.iter().zip(&secrets).zip(desks) {
            let cosigner = Cosigner::new(name, secret.clone()).unwrap();
            let state = folder.path().join(name);
            std::fs::create_dir_all(&state).unwrap();
            let open = Witness::open(cosigner, vec![log.clone()], &state).unwrap();
            let router = witness::routes::routes(Arc::new(open), Clock::system());
            desk.answer(Some(router.clone()));
            witnesses.push((desk, router));
        }
        let key = read_key(&home.file("keys/log.key"), || None).unwrap();
        let mut log = Self {
            address: "127.0.0.1:0".parse().unwrap(),
            server: None,
            trust: trust.clone(),
            key,
            witnesses,
            auditor,
            stop: Stop::new(),
            auditing: None,
            folder,
            runtime,
        };
        log.run();
        let state = log.folder.path().join(AUDITOR);
        std::fs::create_dir_all(&state).unwrap();
        let cosigner = Cosigner::new(AUDITOR, secrets[2].clone()).unwrap();
        let mut auditor = Auditor::open(cosigner, trust, &state, &mut |_| {}).unwrap();
        log.auditor.answer(Some(served::routes(auditor.shown())));
        let source = Source::at_address(&log.url(), None).unwrap();
        let (stop, pace) = (log.stop.clone(), Pace { poll: Duration::from_millis(20), recosign: 1 });
        log.auditing = Some(std::thread::spawn(move || auditor.run(&source, &Clock::system(), pace, &stop)));
        home.talks_to_url(log.url());
        (home, log)
    }

    /// Starts the server, where it was before if it ran before.
    pub fn run(&mut self) {
        let store = Arc::new(SqliteStore::open(&self.store(), self.trust.clone()).unwrap());
        let mut log = LogConfig::new(self.key.clone(), self.store().join("log"));
        log.interval = Duration::from_millis(20);
        let config = Config { log: Some(log), ..Config::new(self.address, self.trust.clone(), store) };
        let server = self.runtime.block_on(Server::start(config)).unwrap();
        self.address = server.local_addr();
        self.server = Some(server);
    }

    /// Stops the server; its store is free then.
    pub fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.shutdown());
        }
    }

    /// Starts it on what is in the store now: whether it agrees to run.
    pub fn would_run(&self) -> Result<(), String> {
        let store = Arc::new(SqliteStore::open(&self.store(), self.trust.clone()).unwrap());
        let log = LogConfig::new(self.key.clone(), self.store().join("log"));
        let config = Config { log: Some(log), ..Config::new(self.address, self.trust.clone(), store) };
        let server = self.runtime.block_on(Server::start(config)).map_err(|error| error.to_string())?;
        self.runtime.block_on(server.shutdown());
        Ok(())
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// A folder beside the store.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// From now on the witnesses answer nothing.
    pub fn silence_witnesses(&self) {
        self.witnesses.iter().for_each(|(desk, _)| desk.answer(None));
    }

    /// From now on the auditor answers nothing.
    pub fn silence_auditor(&self) {
        self.auditor.answer(None);
    }

    /// From now on the witnesses answer again.
    pub fn let_witnesses_speak(&self) {
        self.witnesses.iter().for_each(|(desk, router)| desk.answer(Some(router.clone())));
    }
}

impl Drop for TestLog {
    fn drop(&mut self) {
        self.stop.now();
        if let Some(auditing) = self.auditing.take() {
            let _ = auditing.join();
        }
        TestLog::stop(self);
    }
}
