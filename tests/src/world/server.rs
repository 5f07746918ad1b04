//! The ingestion server as a process.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running `nguon-ingest`, killed when dropped.
pub struct Server {
    child: Child,
    origin: String,
}

impl Server {
    pub(super) fn start(programs: &Path, root: &Path, store: &Path, page: Option<&Path>, port: u16) -> Self {
        Self::start_with(programs, root, store, page, port, &[])
    }

    pub(super) fn start_with(
        programs: &Path,
        root: &Path,
        store: &Path,
        page: Option<&Path>,
        port: u16,
        more: &[&str],
    ) -> Self {
        let log = store.join("server.log");
        let mut command = Command::new(programs.join("nguon-ingest"));
        command.arg("--root").arg(root).arg("--store").arg(store).args(["--listen", &format!("127.0.0.1:{port}")]);
        command.args(more);
        if let Some(page) = page {
            command.arg("--web").arg(page);
        }
        let said = File::create(&log).expect("a file for the server's log");
        let mut child = command.stdout(Stdio::piped()).stderr(said).spawn().expect("nguon-ingest starts");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        output.read_line(&mut line).expect("its first line");
        let Some(origin) = line.trim().strip_prefix("listening on ") else {
            let said = std::fs::read_to_string(&log).unwrap_or_default();
            panic!("the server does not say where it listens, but {line:?}\n{said}");
        };
        Self { child, origin: origin.to_owned() }
    }

    /// `http://127.0.0.1:PORT`
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Its port.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.origin.rsplit(':').next().and_then(|port| port.parse().ok()).expect("an origin with a port")
    }

    /// Ends it as an operator does, with what it holds on disk.
    pub fn end(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }

    /// Ends it as a power cut does.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port on which nobody listens.
///
/// # Panics
/// There is none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}
