//! The ingestion server as a child process that never outlives this one.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::demo::stop::Stop;
use crate::shell;

/// How often a waiting loop looks.
const PAUSE: Duration = Duration::from_millis(100);
/// How long the server may take to finish what it is doing.
const GRACE: Duration = Duration::from_secs(10);

/// What the server is started with.
pub struct Setup<'a> {
    /// Host and port.
    pub address: &'a str,
    /// Where its database is.
    pub dir: &'a Path,
    /// Trust root version 1.
    pub root: &'a Path,
    /// The page's folder.
    pub page: &'a Path,
    /// The inspector's page's folder.
    pub inspect: &'a Path,
    /// The farmer's app's folder.
    pub farm: &'a Path,
}

/// A running server.
pub struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts the server that was built with `--release`.
    ///
    /// # Errors
    /// It is not there.
    pub fn start(setup: &Setup<'_>) -> Result<Self> {
        let mut command = shell::command(shell::target().join("release/nguon-ingest"));
        command.args(["--listen", setup.address]);
        command.arg("--store").arg(setup.dir);
        command.arg("--root").arg(setup.root).arg("--web").arg(setup.page);
        command.arg("--inspect").arg(setup.inspect);
        command.arg("--farm").arg(setup.farm);
        command.arg("--log-key").arg(setup.dir.join("keys/log.key"));
        // One line a request would push the QR codes out of sight.
        if std::env::var_os("RUST_LOG").is_none() {
            command.env("RUST_LOG", "warn");
        }
        shell::announce("start the server", &command);
        let child = command.spawn().context("cannot start nguon-ingest")?;
        Ok(Self { child, address: setup.address.to_owned() })
    }

    /// Waits until it answers.
    ///
    /// # Errors
    /// It stops, does not answer in time, or Ctrl-C was pressed.
    pub fn wait_ready(&mut self, within: Duration, stop: &Stop) -> Result<()> {
        let started = Instant::now();
        while !answers(&self.address) {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server stopped at its start: {status}");
            }
            if stop.requested() {
                bail!("stopped");
            }
            if started.elapsed() > within {
                bail!("the server did not answer within {} s", within.as_secs());
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Waits until Ctrl-C, or the server's own end.
    ///
    /// # Errors
    /// The server ended by itself.
    pub fn wait(&mut self, stop: &Stop) -> Result<()> {
        while !stop.requested() {
            if let Some(status) = self.child.try_wait()? {
                // Ctrl-C in a terminal reaches the server as well, and it may be the quicker one.
                std::thread::sleep(PAUSE);
                if stop.requested() {
                    break;
                }
                bail!("the server stopped: {status}");
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Asks it to finish, and ends it if it does not.
    pub fn end(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        let id = self.child.id().to_string();
        shell::succeeds(shell::command("kill").args(["-TERM", &id]));
        let asked = Instant::now();
        while asked.elapsed() < GRACE {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(PAUSE);
        }
        // Nothing acknowledged is lost by this: that is the server's promise.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// Whether the server says that it is well.
fn answers(address: &str) -> bool {
    let ask = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        // At once: a server that answers after the first part and closes would take its answer back.
        let request = format!("GET /v1/health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(start.to_vec())
    };
    ask().is_ok_and(|start| start.ends_with(b" 200"))
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    fn serve_once(answer: &'static [u8]) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 512];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer);
        });
        address
    }

    #[test]
    fn only_a_healthy_server_answers() {
        assert!(answers(&serve_once(b"HTTP/1.1 200 OK\r\n\r\n")));
        assert!(!answers(&serve_once(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")));
        assert!(!answers(&serve_once(b"")));
    }

    #[test]
    fn a_server_is_ended_by_its_id() {
        let mut sleeper = shell::command("sleep");
        let child = sleeper.arg("600").spawn().unwrap();
        let id = child.id().to_string();
        drop(Server { child, address: String::new() });
        assert!(!shell::succeeds(shell::command("kill").args(["-0", &id])));
    }
}
