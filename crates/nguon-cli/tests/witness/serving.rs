//! A deployment with a log, and the real command that serves for it.
#![allow(dead_code)] // each test file uses a part

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

use nguon_core::SigningKey;
use nguon_core::bytes::ByteString;
use nguon_tlog::checkpoint::Checkpoint;
use serde_json::Value;
use tempfile::TempDir;
use ureq::Agent;

use crate::history::{Log, Offer};

pub const ORIGIN: &str = "log.nguon.example";

/// A home with a deployment, its log's key, a witness's and an auditor's.
pub struct Deployment {
    pub log: Log,
    folder: TempDir,
}

/// A running command.
pub struct Serving {
    pub url: String,
    pub verifier: String,
    child: Mutex<Child>,
    agent: Agent,
}

pub struct Answer {
    pub status: u16,
    pub body: String,
    pub anybody_may_read: bool,
}

impl Deployment {
    pub fn new() -> Self {
        let log = Log { origin: ORIGIN.to_owned(), key: SigningKey::from_bytes(&[0; 32]) };
        let mut deployment = Self { log, folder: TempDir::new().unwrap() };
        let key = |name: &str| {
            let made = deployment.json(&["key", "new", name, "--no-passphrase"]);
            made["public_key"].as_str().unwrap().to_owned()
        };
        let (witness, auditor) = (format!("w1.example={}", key("w1")), format!("auditor.example={}", key("auditor")));
        deployment.json(&[
            "init",
            "--name",
            "Mẫu",
            "--no-passphrase",
            "--log",
            ORIGIN,
            "--witness",
            &witness,
            "--auditor",
            &auditor,
        ]);
        deployment.log.key = deployment.secret("log");
        deployment
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.folder.path().join("home").join(path)
    }

    pub fn secret(&self, name: &str) -> SigningKey {
        let file = std::fs::read(self.file(&format!("keys/{name}.key"))).unwrap();
        let file: Value = serde_json::from_slice(&file).unwrap();
        let seed: ByteString = serde_json::from_value(file["secret"]["open"].clone()).unwrap();
        SigningKey::from_bytes(seed.0.as_slice().try_into().unwrap())
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nguon"));
        command.env_clear().envs(std::env::vars().filter(|(name, _)| name == "PATH" || name == "SYSTEMROOT"));
        command.env("NGUON_HOME", self.file("")).env("LANG", "C").env("RUST_LOG", "warn").args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Exit code and answer.
    pub fn run(&self, arguments: &[&str]) -> (i32, Value) {
        let output = self.command(&[arguments, &["--json"]].concat()).output().unwrap();
        let answer = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
        (output.status.code().unwrap(), answer)
    }

    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let (code, answer) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {answer}");
        answer
    }

    /// The error of a command that is not done.
    #[track_caller]
    pub fn refused(&self, arguments: &[&str]) -> Value {
        let (code, answer) = self.run(arguments);
        assert_eq!(code, 3, "{arguments:?}: {answer}");
        assert!(answer["error"]["next"].is_string(), "{answer}");
        answer["error"].clone()
    }

    pub fn witness(&self) -> Serving {
        self.witness_with(&[])
    }

    pub fn witness_with(&self, more: &[&str]) -> Serving {
        self.serve(&[&["witness", "serve", "--key", "w1"], more].concat())
    }

    /// Starts a command that serves, on any free port, and waits until it does.
    pub fn serve(&self, arguments: &[&str]) -> Serving {
        let mut command = self.command(&[arguments, &["--listen", "127.0.0.1:0"]].concat());
        let mut child = command.stderr(Stdio::inherit()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = |start: &str| {
            let line = lines.next().expect("it ended before it served").unwrap();
            line.strip_prefix(start).unwrap_or_else(|| panic!("{line:?} instead of {start:?}")).to_owned()
        };
        let (verifier, url) = (said("verifier key "), said("listening on "));
        let agent = Agent::config_builder().http_status_as_error(false).build().new_agent();
        Serving { url, verifier, child: Mutex::new(child), agent }
    }
}

impl Serving {
    /// `None`: it does not answer any more.
    pub fn add(&self, offer: &Offer) -> Option<Answer> {
        Answer::of(self.agent.post(format!("{}/add-checkpoint", self.url)).send(&offer.body))
    }

    pub fn get(&self, path: &str) -> Option<Answer> {
        Answer::of(self.agent.get(format!("{}{path}", self.url)).header("Origin", "https://page.example").call())
    }

    /// The newest cosigned checkpoint's note.
    pub fn note(&self) -> Option<String> {
        // SHA-256 of the origin.
        let answer = self.get(&format!("/{}/checkpoint", nguon_witness::LogId::of(ORIGIN)))?;
        (answer.status == 200).then_some(answer.body)
    }

    pub fn newest(&self) -> Option<Checkpoint> {
        let note = self.note()?;
        Some(Checkpoint::parse(&note[..note.find("\n\n").unwrap() + 1]).unwrap())
    }

    /// Ends it as a power cut would: SIGKILL.
    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Answer {
    fn of(answered: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Option<Self> {
        let mut response = answered.ok()?;
        let anybody_may_read =
            response.headers().get("access-control-allow-origin").is_some_and(|value| value.as_bytes() == b"*");
        let status = response.status().as_u16();
        Some(Self { status, body: response.body_mut().read_to_string().ok()?, anybody_may_read })
    }
}
