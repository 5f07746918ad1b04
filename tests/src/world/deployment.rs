//! A deployment with a log, all of it one test's own: four witnesses and a map auditor, a server with the sample season,
//! and a page that pins its trust root.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{SystemTime, UNIX_EPOCH};

use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_examples::season::{AUDITOR, Season, Seed, WITNESSES, Watch};
use nguon_witness::auditor::Pace;
use nguon_witness::{Auditor, Clock, Cosigner, Listening, LogKey, Source, Stop, Witness, served, witness};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::link::{self, Link};
use super::network::{Network, Weather};
use super::prepare;
use super::server::{Server, free_port};

/// The running deployment.
pub struct Deployment {
    folder: TempDir,
    page: TempDir,
    inspector: Option<TempDir>,
    farm: Option<TempDir>,
    programs: PathBuf,
    watch: Watch,
    links: Vec<Link>,
    port: u16,
    /// The server; a test may end it.
    pub server: Server,
    watchers: Watchers,
}

impl Deployment {
    /// Starts everything and registers the season. `before` the server a test may put a network of its own: the page is
    /// made for records from that origin.
    ///
    /// # Panics
    /// Something does not start.
    #[must_use]
    pub fn start(programs: &Path, api: Option<&str>, inspected: bool, port: u16) -> Self {
        Self::start_with(programs, api, inspected, false, port)
    }

    fn start_with(programs: &Path, api: Option<&str>, inspected: bool, farmed: bool, port: u16) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the deployment");
        let sockets: Vec<TcpListener> =
            (0..=WITNESSES.len()).map(|_| TcpListener::bind("127.0.0.1:0").expect("a free port")).collect();
        let addresses: Vec<SocketAddr> =
            sockets.iter().map(|socket| socket.local_addr().expect("its address")).collect();
        drop(sockets);
        let urls: Vec<String> = addresses.iter().map(|address| format!("http://{address}")).collect();
        let witnesses = urls[..WITNESSES.len()].to_vec();
        // The server's log keeps real time, and takes no harvest weeks after its season.
        let watch = Watch { witnesses, auditor: urls.last().cloned(), days_later: 0 }.ending_by(now());
        let mut season = Command::new(programs.join("season"));
        let status = season.arg("--root-only").arg("--out").arg(folder.path()).args(arguments(&watch)).status();
        assert!(status.expect("season starts").success());
        let root = folder.path().join("root.nguon");
        let page = match api {
            Some(api) => prepare::page_for(&root, api),
            None => prepare::page_with(&root),
        };
        let inspector = inspected.then(|| prepare::inspector_with(&root));
        let farm = farmed.then(|| prepare::farm_with(&root));
        let watchers = Watchers::start(&root, folder.path(), &addresses, &format!("http://127.0.0.1:{port}"));
        let server = serve(programs, folder.path(), &page, [inspector.as_ref(), farm.as_ref()], port);
        let links = link::register_with(programs, server.origin(), folder.path(), &arguments(&watch));
        Self { folder, page, inspector, farm, programs: programs.to_path_buf(), watch, links, port, server, watchers }
    }

    /// The season's link of this name.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn link(&self, name: &str) -> &Link {
        self.links.iter().find(|link| link.name == name).unwrap_or_else(|| panic!("the season has no link {name:?}"))
    }

    /// Every link of the season.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The season as it was registered, to sign more records.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn season(&self) -> Season {
        Season::logged(&Seed::sample(), &self.watch).expect("the season can be logged")
    }

    /// The trust root's file.
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("root.nguon")
    }

    /// The server's store.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// The page's folder.
    #[must_use]
    pub fn page(&self) -> PathBuf {
        self.page.path().join("page")
    }

    /// Starts the server again after a test has ended it.
    pub fn serve_again(&mut self) {
        let others = [self.inspector.as_ref(), self.farm.as_ref()];
        self.server = serve(&self.programs, self.folder.path(), &self.page, others, self.port);
    }

    /// Ends all witnesses and the auditor.
    pub fn end_watchers(&mut self) {
        self.watchers.end();
    }
}

fn serve(programs: &Path, folder: &Path, page: &TempDir, others: [Option<&TempDir>; 2], port: u16) -> Server {
    let store = folder.join("store");
    std::fs::create_dir_all(&store).expect("a folder for the store");
    let key = folder.join("keys/log.key").display().to_string();
    let [inspector, farm] = others.map(|page| page.map(|page| page.path().join("page").display().to_string()));
    let mut more = vec!["--log-key", &key];
    more.extend(inspector.iter().flat_map(|page| ["--inspect", page]));
    more.extend(farm.iter().flat_map(|page| ["--farm", page]));
    Server::start_with(programs, &folder.join("root.nguon"), &store, Some(&page.path().join("page")), port, &more)
}

fn arguments(watch: &Watch) -> Vec<String> {
    let witnesses = watch.witnesses.iter().flat_map(|url| ["--witness".to_owned(), url.clone()]);
    let auditor = watch.auditor.iter().flat_map(|url| ["--auditor".to_owned(), url.clone()]);
    let days = ["--days-later".to_owned(), watch.days_later.to_string()];
    std::iter::once("--log".to_owned()).chain(witnesses).chain(auditor).chain(days).collect()
}

fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    Time::new(since.as_secs()).expect("a time")
}

/// The four witnesses and the auditor: the programs' own code, on threads of this process, so that none outlives it.
struct Watchers {
    runtime: Option<Runtime>,
    listening: Vec<Listening>,
    stop: Stop,
    auditor: Option<JoinHandle<()>>,
}

impl Watchers {
    fn start(root: &Path, folder: &Path, addresses: &[SocketAddr], log: &str) -> Self {
        let trust = TrustRoot::from_bytes(&std::fs::read(root).expect("the trust root")).expect("a trust root");
        let policy = trust.payload().log.clone().expect("a trust root with a log");
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let cosigner = |name: &str| Cosigner::new(name, Seed::sample().key(name)).expect("a cosigner");
        let mut listening = Vec::new();
        for (n, name) in WITNESSES.iter().enumerate() {
            let logs = vec![LogKey::of_policy(&policy).expect("the log's key")];
            let state = folder.join(format!("witness-{n}"));
            std::fs::create_dir_all(&state).expect("a folder for a witness");
            let one = Witness::open(cosigner(name), logs, &state).expect("a witness");
            let routes = witness::routes::routes(Arc::new(one), Clock::system());
            let started = runtime.block_on(Listening::start(addresses[n], routes));
            listening.push(started.expect("a witness listens"));
        }
        let state = folder.join("auditor");
        std::fs::create_dir_all(&state).expect("a folder for the auditor");
        let mut auditor = Auditor::open(cosigner(AUDITOR), trust, &state, &mut |_| {}).expect("an auditor");
        let routes = served::routes(auditor.shown());
        let started = runtime.block_on(Listening::start(addresses[WITNESSES.len()], routes));
        listening.push(started.expect("the auditor listens"));
        let (stop, source) = (Stop::new(), Source::at_address(log, None).expect("the log's address"));
        let told = stop.clone();
        let auditor = std::thread::spawn(move || {
            auditor.run(&source, &Clock::system(), Pace::default(), &told);
        });
        Self { runtime: Some(runtime), listening, stop, auditor: Some(auditor) }
    }

    fn end(&mut self) {
        self.stop.now();
        self.listening.clear();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
        if let Some(auditor) = self.auditor.take() {
            let _ = auditor.join();
        }
    }
}

impl Drop for Watchers {
    fn drop(&mut self) {
        self.end();
    }
}

/// A deployment on a port of its own.
#[must_use]
pub fn deployment() -> Deployment {
    Deployment::start(&super::world().programs, None, false, free_port())
}

/// The same, with the inspector's page at `/inspect/`.
#[must_use]
pub fn deployment_with_inspector() -> Deployment {
    Deployment::start(&super::world().programs, None, true, free_port())
}

/// The same, with the farmer's app at `/farm/`.
#[must_use]
pub fn deployment_with_farm() -> Deployment {
    Deployment::start_with(&super::world().programs, None, false, true, free_port())
}

/// A deployment behind a network that a test can make bad: readers come by way of it, witnesses and auditor do not.
#[must_use]
pub fn deployment_behind() -> (Deployment, Network) {
    let port = free_port();
    let network = Network::before(port, Weather::Fair);
    (Deployment::start(&super::world().programs, None, false, port), network)
}
