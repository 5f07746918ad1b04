//! The real binary in a home of its own, against a real server.
#![allow(dead_code, missing_docs)] // each test file uses a part

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use nguon_core::trust::TrustRoot;
use nguon_ingest::{Config, Server};
use nguon_store::sqlite::SqliteStore;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub const GTIN: &str = "09521234543213";

/// A home folder, and the command at work in it.
pub struct Home {
    dir: PathBuf,
    server: Option<String>,
    _temporary: Option<TempDir>,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Home {
    pub fn new() -> Self {
        let temporary = TempDir::new().unwrap();
        Self { dir: temporary.path().join("home"), server: None, _temporary: Some(temporary) }
    }

    /// A home whose deployment has just been made, keys unencrypted.
    pub fn with_deployment() -> Self {
        let home = Self::new();
        home.ok(&["init", "--name", "Sở Nông nghiệp và Môi trường (mẫu)", "--no-passphrase"]);
        home
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.dir.join(path)
    }

    /// A file beside the home.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.dir.with_file_name(name)
    }

    pub fn talks_to(&mut self, server: &TestServer) {
        self.talks_to_url(server.url());
    }

    pub fn talks_to_url(&mut self, url: String) {
        self.server = Some(url);
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[], "")
    }

    pub fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)], input: &str) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nguon"));
        command.env_clear().envs(std::env::vars().filter(|(name, _)| name == "PATH" || name == "SYSTEMROOT"));
        command.env("NGUON_HOME", &self.dir).env("LANG", "C").envs(environment.iter().copied());
        if let Some(server) = &self.server {
            command.env("NGUON_SERVER", server);
        }
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that reads nothing may be gone before this.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Ended {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A command that must be done.
    #[track_caller]
    pub fn ok(&self, arguments: &[&str]) -> Ended {
        let ended = self.run(arguments);
        assert_eq!(ended.code, 0, "nguon {}\n{ended:?}", arguments.join(" "));
        ended
    }

    /// A command that must be done, as machines read it.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let ended = self.ok(&[arguments, &["--json"]].concat());
        serde_json::from_str(&ended.stdout).unwrap()
    }

    /// A command that must not be done: its error.
    #[track_caller]
    pub fn error(&self, arguments: &[&str]) -> Value {
        let ended = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(ended.code, 3, "nguon {}\n{ended:?}", arguments.join(" "));
        let value: Value = serde_json::from_str(&ended.stdout).unwrap();
        let error = value["error"].clone();
        assert!(error["next"].is_string(), "an error says what to do next: {error}");
        error
    }

    /// A verification: exit code and answer.
    #[track_caller]
    pub fn verify(&self, arguments: &[&str]) -> (i32, Value) {
        let ended = self.run(&[&["verify", "--json"], arguments].concat());
        (ended.code, serde_json::from_str(&ended.stdout).unwrap_or_else(|_| panic!("{ended:?}")))
    }

    /// A co-op, a household without a phone, a growing area, its plot, and their season.
    pub fn make_orchard(&self) {
        self.ok(&["key", "new", "coop", "--no-passphrase"]);
        self.ok(&[
            "enrol",
            "--as",
            "authority",
            "--role",
            "registrar",
            "--name",
            "Hợp tác xã Hồng Giang",
            "--key",
            "coop",
            "--alias",
            "coop",
            "--gs1-prefix",
            "9521234",
        ]);
        self.ok(&[
            "enrol",
            "--as",
            "coop",
            "--role",
            "farm",
            "--name",
            "Nguyễn Văn Bảy",
            "--phone",
            "+84912345678",
            "--commune",
            "07525",
            "--without-key",
            "--alias",
            "bay",
            "--gs1-prefix",
            "9521234",
        ]);
        self.ok(&[
            "place",
            "area",
            "--as",
            "coop",
            "--code",
            "VN-BGOR-0123",
            "--issuer",
            "VN",
            "--commune",
            "07525",
            "--hectares",
            "10",
            "--alias",
            "vung",
        ]);
        self.ok(&[
            "place",
            "plot",
            "--as",
            "coop",
            "--area",
            "vung",
            "--household",
            "bay",
            "--hectares",
            "0.5",
            "--variety",
            "vải thiều Thanh Hà",
            "--location",
            "21.3712,106.5667",
            "--alias",
            "thua",
        ]);
        let (from, until) = (day(-30), day(60));
        let season = ["--season", "2026", "--from", &from, "--until", &until];
        self.ok(&[&["place", "season", "vung", "--as", "coop", "--ceiling", "80000"], &season[..]].concat());
        self.ok(&[&["place", "season", "thua", "--as", "coop", "--for", "bay"], &season[..]].concat());
        self.ok(&["place", "allot", "vung", "--as", "coop", "--season", "2026", "thua=4000"]);
    }

    /// A batch with a label and a harvest. Gives its id.
    pub fn make_batch(&self, alias: &str, lot: &str) -> String {
        let made = self.json(&[
            "register",
            "--as",
            "coop",
            "--for",
            "bay",
            "--product",
            "vải thiều",
            "--gtin",
            GTIN,
            "--lot",
            lot,
            "--harvest",
            "thua=850.5",
            "--crates",
            "34",
            "--operator",
            "Nguyễn Văn Bảy",
            "--alias",
            alias,
        ]);
        made["batch"].as_str().unwrap().to_owned()
    }

    /// Another computer of the same co-op: same root, same key, nothing else.
    pub fn second_computer(&self) -> Self {
        let other = Self { server: self.server.clone(), ..Self::new() };
        let root = self.file("root.nguon");
        other.ok(&["root", "import", root.to_str().unwrap()]);
        std::fs::create_dir_all(other.file("keys")).unwrap();
        std::fs::copy(self.file("keys/coop.key"), other.file("keys/coop.key")).unwrap();
        other
    }

    /// The id behind a local name.
    pub fn id(&self, alias: &str) -> String {
        let names: Value = serde_json::from_slice(&std::fs::read(self.file("names.json")).unwrap()).unwrap();
        names[alias].as_str().unwrap().to_owned()
    }
}

/// A server with a store of its own.
pub struct TestServer {
    address: std::net::SocketAddr,
    store: TempDir,
    server: Option<Server>,
    runtime: Runtime,
}

impl TestServer {
    pub fn start(home: &Home) -> Self {
        let trust = TrustRoot::from_bytes(&std::fs::read(home.file("root.nguon")).unwrap()).unwrap();
        let store = TempDir::new().unwrap();
        let opened = Arc::new(SqliteStore::open(store.path(), trust.clone()).unwrap());
        let runtime = Runtime::new().unwrap();
        let config = Config::new("127.0.0.1:0".parse().unwrap(), trust, opened);
        let server = runtime.block_on(Server::start(config)).unwrap();
        Self { address: server.local_addr(), store, server: Some(server), runtime }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn store(&self) -> &Path {
        self.store.path()
    }

    /// Stops it; its address answers no more.
    pub fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.shutdown());
        }
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A day as it is typed, so many days from today; harvests are recorded as they happen, so that seasons are now.
pub fn day(from_today: i64) -> String {
    let moment = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * from_today);
    moment.strftime("%Y-%m-%d").to_string()
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Answers every request by what `answer` makes of its first line: status, media type, body.
pub fn serve(answer: impl Fn(&str) -> (u16, &'static str, Vec<u8>) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, answer) = (stream.unwrap(), answer.clone());
            std::thread::spawn(move || {
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let (mut first, mut length) = (String::new(), 0);
                reader.read_line(&mut first).unwrap();
                loop {
                    let mut header = String::new();
                    reader.read_line(&mut header).unwrap();
                    if header.trim().is_empty() {
                        break;
                    }
                    if let Some(value) = header.to_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap();
                    }
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                let (status, media_type, body) = answer(&first);
                let head = format!(
                    "HTTP/1.1 {status} x\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                // The client may have read enough.
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
            });
        }
    });
    url
}
