//! Those who watch the demo's log: four witnesses and a map auditor, each a process with its own key and state, as if each
//! ran on a machine of its own.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::demo::stop::Stop;
use crate::shell;

/// How often a waiting loop looks.
const PAUSE: Duration = Duration::from_millis(100);
/// How long one may take to start.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many witnesses the sample season's trust root names.
const WITNESSES: u16 = 4;

/// Where they answer.
pub struct Addresses {
    host: String,
    /// The first witness; the others, and after them the auditor, listen on the ports that follow.
    first: u16,
}

impl Addresses {
    /// On this host, from this port on.
    #[must_use]
    pub fn new(host: &str, first: u16) -> Self {
        Self { host: host.to_owned(), first }
    }

    /// Whether nobody listens there yet.
    ///
    /// # Errors
    /// Somebody does.
    pub fn check(&self) -> Result<()> {
        for port in self.first..=self.first + WITNESSES {
            TcpListener::bind((self.host.as_str(), port)).with_context(|| {
                format!("cannot run witnesses on {}:{port}: choose another with --watch-port", self.host)
            })?;
        }
        Ok(())
    }

    fn address(&self, n: u16) -> String {
        format!("{}:{}", self.host, self.first + n)
    }

    /// The arguments that put them into the season's trust root.
    #[must_use]
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["--log".to_owned()];
        for n in 0..WITNESSES {
            arguments.extend(["--witness".to_owned(), format!("http://{}", self.address(n))]);
        }
        arguments.extend(["--auditor".to_owned(), format!("http://{}", self.address(WITNESSES))]);
        arguments
    }
}

/// The running processes, ended with this.
pub struct Watch {
    children: Vec<Child>,
}

impl Watch {
    /// Starts them. `log` is where the server will answer; the auditor waits for it.
    ///
    /// # Errors
    /// One does not start.
    pub fn start(at: &Addresses, dir: &Path, root: &Path, log: &str, stop: &Stop) -> Result<Self> {
        let mut watch = Self { children: Vec::new() };
        for n in 0..=WITNESSES {
            let name = if n < WITNESSES { format!("witness-{}", n + 1) } else { "auditor".to_owned() };
            let mut command = shell::command(shell::target().join("release/nguon"));
            command.args(if n < WITNESSES { ["witness", "serve"] } else { ["audit", "serve"] });
            if n == WITNESSES {
                command.arg(log);
            }
            command.arg("--key").arg(dir.join("keys").join(format!("{name}.key")));
            command.arg("--root").arg(root).arg("--state").arg(dir.join(&name));
            command.args(["--listen", &at.address(n)]).arg("--home").arg(dir.join(&name).join("home"));
            if std::env::var_os("RUST_LOG").is_none() {
                command.env("RUST_LOG", "warn");
            }
            shell::announce(&format!("start {name}"), &command);
            watch.children.push(command.spawn().with_context(|| format!("cannot start {name}"))?);
        }
        for n in 0..=WITNESSES {
            watch.wait_for(&at.address(n), stop)?;
        }
        Ok(watch)
    }

    fn wait_for(&mut self, address: &str, stop: &Stop) -> Result<()> {
        let started = Instant::now();
        while TcpStream::connect(address).is_err() {
            for child in &mut self.children {
                if let Some(status) = child.try_wait()? {
                    bail!("one of the witnesses stopped at its start: {status}");
                }
            }
            if stop.requested() {
                bail!("stopped");
            }
            if started.elapsed() > PATIENCE {
                bail!("nobody answers on {address} after {} s", PATIENCE.as_secs());
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // What they promised is on their disks before they say so.
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
