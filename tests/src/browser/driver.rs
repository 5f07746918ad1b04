//! ChromeDriver and the browser it starts, as one process group that ends with its owner.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A running ChromeDriver.
pub struct Driver {
    child: Child,
    address: String,
    browser: PathBuf,
    profile: TempDir,
}

impl Driver {
    /// Starts one on a port of its own.
    ///
    /// # Panics
    /// There is none on this machine, or it does not start.
    pub fn start() -> Self {
        // On a machine that is short of processes or ports it says nothing and ends; the next one comes up.
        (0..5).find_map(|_| Self::try_start()).expect("chromedriver says on which port it listens")
    }

    fn try_start() -> Option<Self> {
        let browser = find("NGUON_CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]);
        let driver = find("NGUON_CHROMEDRIVER", &["chromedriver"]);
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut command = Command::new(driver);
        // Chromium keeps sockets and crash dumps in the home and the temporary folder.
        command.arg("--port=0").env("HOME", profile.path()).env("TMPDIR", profile.path()).process_group(0);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("chromedriver starts");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let mut lines = output.lines().map_while(Result::ok);
        let Some(port) = lines.find_map(|line| port_in(&line)) else {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        };
        // What it says later must go somewhere: a full pipe would stop it.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { child, address: format!("http://127.0.0.1:{port}"), browser, profile })
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The browser it is to start.
    pub fn browser(&self) -> &Path {
        &self.browser
    }

    /// An empty profile.
    pub fn profile(&self) -> PathBuf {
        self.profile.path().join("profile")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The group that was made above: the driver and every process of its browser.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
    }
}

fn port_in(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

/// The program that `variable` names, or the first of `names` in `PATH`.
fn find(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(path) = env::var_os(variable) {
        return path.into();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let found = names.iter().find_map(|name| env::split_paths(&path).map(|dir| dir.join(name)).find(|p| p.is_file()));
    found.unwrap_or_else(|| panic!("no {} on this machine: apt-get install chromium chromium-driver", names[0]))
}
