//! The DevTools protocol over the browser's own pipe: one connection reaches the page and whatever workers it hires.

use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// Longer than anything here takes: reaching it is a failure.
const PATIENCE: Duration = Duration::from_secs(120);

/// A browser with an empty profile, ended with all its processes when dropped.
pub struct Devtools {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    last: u64,
    /// Events that came while an answer was waited for.
    events: VecDeque<Value>,
    /// What the browser had against commands whose answer nobody waited for.
    pub refusals: BTreeSet<String>,
}

impl Devtools {
    /// Starts it; `flags` besides those of every measurement.
    pub fn start(profile: &Path, flags: &[&str]) -> Self {
        // The protocol's pipe is file descriptors 3 and 4, which a shell can make of the two that a child is given here.
        let mut browser = Command::new("sh");
        browser.args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null"#]).arg(find());
        browser.args(["--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-quic"]);
        browser.args(["--no-first-run", "--disable-background-networking", "--disable-component-update"]);
        browser.args(["--disable-sync", "--disable-dev-shm-usage", "--window-size=360,780", "--accept-lang=vi"]);
        browser.arg("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1").args(flags);
        browser.arg(format!("--user-data-dir={}", profile.join("profile").display())).arg("about:blank");
        browser.env("HOME", profile).env("TMPDIR", profile).process_group(0);
        let mut child = browser.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell");
        let to = child.stdin.take().expect("its input");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, from) = channel();
        std::thread::spawn(move || {
            for message in output.split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else { continue };
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self { child, to, from, last: 0, events: VecDeque::new(), refusals: BTreeSet::new() }
    }

    /// Sends a command and does not wait for its answer.
    pub fn tell(&mut self, session: Option<&str>, command: &str, parameters: Value) -> u64 {
        self.last += 1;
        let mut message = json!({"id": self.last, "method": command, "params": parameters});
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("the browser listens");
        self.last
    }

    /// The answer to a command, or what the browser has against it.
    pub fn ask(&mut self, session: Option<&str>, command: &str, parameters: Value) -> Result<Value, String> {
        let id = self.tell(session, command, parameters);
        loop {
            let message = self.receive();
            if message["id"] != id {
                self.keep(message);
            } else if let Some(error) = message.get("error") {
                return Err(format!("{command}: {error}"));
            } else {
                return Ok(message["result"].clone());
            }
        }
    }

    /// The next event.
    pub fn event(&mut self) -> Value {
        loop {
            if let Some(event) = self.events.pop_front() {
                return event;
            }
            let message = self.receive();
            self.keep(message);
        }
    }

    /// The events that have come.
    pub fn waiting(&mut self) -> VecDeque<Value> {
        while let Ok(message) = self.from.try_recv() {
            self.keep(message);
        }
        std::mem::take(&mut self.events)
    }

    fn keep(&mut self, message: Value) {
        if message.get("method").is_some() {
            self.events.push_back(message);
        } else if let Some(error) = message.get("error") {
            self.refusals.insert(error["message"].as_str().unwrap_or_default().to_owned());
        }
    }

    fn receive(&self) -> Value {
        self.from.recv_timeout(PATIENCE).expect("the browser answers")
    }
}

impl Drop for Devtools {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
    }
}

fn find() -> PathBuf {
    if let Some(path) = std::env::var_os("NGUON_CHROMIUM") {
        return path.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found =
        names.iter().find_map(|name| std::env::split_paths(&path).map(|dir| dir.join(name)).find(|p| p.is_file()));
    found.expect("no chromium on this machine: apt-get install chromium")
}
