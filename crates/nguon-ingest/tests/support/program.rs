//! The real program, `nguon-ingest`, as a child process.
#![allow(dead_code, reason = "several test programs share it, each with its own needs")]

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};

use nguon_core::trust::TrustRoot;

pub struct Program {
    child: Mutex<Child>,
    pub address: SocketAddr,
}

/// The program with these arguments, and nothing of this environment that would change it.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nguon-ingest"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("NGUON_") || name == "RUST_LOG") {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

pub fn write_root(folder: &Path, trust: &TrustRoot) -> String {
    let path = folder.join("root.nguon");
    std::fs::write(&path, trust.signed().to_bytes().unwrap()).unwrap();
    path.to_str().unwrap().to_owned()
}

impl Program {
    /// Starts it on a free port, and waits until it says which.
    pub fn start(root: &str, store: &Path) -> Self {
        let started = Self::run(command(&[]), root, store, &[]);
        started.unwrap_or_else(|ended| panic!("the server has {ended}"))
    }

    /// With further options; how it ended, if it did before it listened.
    pub fn start_with(root: &str, store: &Path, more: &[&str]) -> Result<Self, ExitStatus> {
        Self::run(command(&[]), root, store, more)
    }

    /// The program that ends at a durable step if its arguments say so; how it ended, if it did before it listened.
    pub fn start_crashing(root: &str, store: &Path, more: &[&str]) -> Result<Self, ExitStatus> {
        Self::run(Command::new(env!("CARGO_BIN_EXE_nguon-ingest-crashing")), root, store, more)
    }

    fn run(mut command: Command, root: &str, store: &Path, more: &[&str]) -> Result<Self, ExitStatus> {
        command.args(["--root", root, "--store", store.to_str().unwrap(), "--listen", "127.0.0.1:0"]).args(more);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit('/').next().and_then(|address| address.parse().ok());
        match address {
            Some(address) => Ok(Self { child: Mutex::new(child), address }),
            None => Err(child.wait().unwrap()),
        }
    }

    /// How it has ended by itself, which it must.
    pub fn ended(&self) -> ExitStatus {
        self.child.lock().unwrap().wait().unwrap()
    }

    /// `kill -9`, perhaps while others talk to it.
    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Sends a signal by name, and waits for the end.
    pub fn end(self, signal: &str) -> ExitStatus {
        let mut child = self.child.lock().unwrap();
        assert!(Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap().success());
        child.wait().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}
