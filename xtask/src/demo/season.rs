//! The sample season, made by the program `season` of the package `nguon-examples`.
//!
//! `season --out DIR --root-only --log` writes the sample deployment's trust root, `DIR/root.nguon`, and the keys of its log
//! and of those who watch it, `DIR/keys`: keys come from a fixed seed, so they are the same each time. `season --out DIR --server URL` registers the season on a server that pins this root, and
//! prints one JSON object a line for each link: `{"name", "title", "url", "expected"}`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::demo::watch::Addresses;
use crate::shell;

/// How the program is compiled: as the rest of what runs beside it, so that little is compiled twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As tests are.
    Dev,
    /// As servers are.
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// A link of the season, as printed on a box.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Link {
    /// What it shows, for people.
    pub title: String,
    /// A GS1 Digital Link URI.
    pub url: String,
    /// The verdict that its page must come to.
    pub expected: String,
}

/// The program `season`, compiled.
pub struct Season(PathBuf);

impl Season {
    /// Compiles it.
    ///
    /// # Errors
    /// It does not compile.
    pub fn build(profile: Profile) -> Result<Self> {
        let mut build = shell::cargo(["build", "--package", "nguon-examples", "--bin", "season"]);
        if profile == Profile::Release {
            build.arg("--release");
        }
        shell::run("compile the sample season", &mut build)?;
        Ok(Self(shell::target().join(profile.folder()).join("season")))
    }

    /// Makes the sample deployment's trust root, with a log if somebody watches it, and gives its file.
    ///
    /// # Errors
    /// The program fails.
    pub fn root(&self, dir: &Path, watched: Option<&Addresses>) -> Result<PathBuf> {
        let mut season = shell::command(&self.0);
        season.arg("--root-only").arg("--out").arg(dir).args(watched.map(Addresses::arguments).unwrap_or_default());
        shell::run("make the sample deployment's trust root", &mut season)?;
        let root = dir.join("root.nguon");
        ensure!(root.is_file(), "season left no {}", root.display());
        Ok(root)
    }

    /// Registers the season on a server and gives its links.
    ///
    /// # Errors
    /// The program fails, prints something else than links, or none.
    pub fn register(&self, server: &str, dir: &Path, watched: &Addresses) -> Result<Vec<Link>> {
        let mut lines = Vec::new();
        let mut season = shell::command(&self.0);
        season.arg("--out").arg(dir).args(["--server", server]).args(watched.arguments());
        shell::run_reading("register the season", &mut season, |line| lines.push(link(line)))?;
        let links = lines.into_iter().filter_map(Result::transpose).collect::<Result<Vec<_>>>()?;
        ensure!(!links.is_empty(), "season printed no links");
        Ok(links)
    }
}

/// The link on a line, if there is one: `None` for an empty line.
fn link(line: &str) -> Result<Option<Link>> {
    if line.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(line).map(Some).with_context(|| format!("season printed {line:?} where a link was expected"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_link_or_an_error() {
        let line = r#"{"name":"early","title":"Vải U hồng","url":"http://127.0.0.1:8787/01/09521234543213/10/A#x","expected":"Unlogged"}"#;
        let read = link(line).unwrap().unwrap();
        assert_eq!((read.title.as_str(), read.expected.as_str()), ("Vải U hồng", "Unlogged"));
        assert_eq!(link("  ").unwrap(), None);
        assert!(link("registered 41 households").is_err());
        assert!(link(r#"{"name":"x"}"#).is_err());
    }
}
