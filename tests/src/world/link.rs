//! The season's links, as the program `season` prints them.

use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

/// A link as printed on a box, and what its page must say.
#[derive(Debug, Clone, Deserialize)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// What it shows, for people.
    pub title: String,
    /// The whole address.
    url: String,
    /// The verdict, as `nguon_examples` names it.
    pub expected: String,
}

impl Link {
    /// The address on a server: everything behind the origin is what the label says.
    #[must_use]
    pub fn at(&self, origin: &str) -> String {
        format!("{origin}{}", self.path())
    }

    /// The same in a language.
    #[must_use]
    pub fn at_in(&self, origin: &str, lang: &str) -> String {
        let (path, commitment) = self.path().split_once('#').unwrap_or((self.path(), ""));
        format!("{origin}{path}?lang={lang}#{commitment}")
    }

    fn path(&self) -> &str {
        let authority = self.url.find("://").map_or(0, |at| at + 3);
        self.url[authority..].find('/').map_or("/", |at| &self.url[authority + at..])
    }

    /// The lot's number.
    #[must_use]
    pub fn lot(&self) -> &str {
        let after = self.url.split("/10/").nth(1).unwrap_or_default();
        after.split(['#', '/']).next().unwrap_or_default()
    }

    /// The GTIN.
    #[must_use]
    pub fn gtin(&self) -> &str {
        let after = self.url.split("/01/").nth(1).unwrap_or_default();
        after.split('/').next().unwrap_or_default()
    }
}

/// Registers the season on a server.
pub(super) fn register(programs: &Path, server: &str, out: &Path) -> Vec<Link> {
    register_with(programs, server, out, &[])
}

/// Registers it under another trust root, which these arguments make.
pub(super) fn register_with(programs: &Path, server: &str, out: &Path, more: &[String]) -> Vec<Link> {
    let mut season = Command::new(programs.join("season"));
    season.arg("--out").arg(out).args(["--server", server]).args(more).stderr(Stdio::piped());
    let output = season.output().expect("season starts");
    let (lines, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "season: {}\n{said}", output.status);
    lines.lines().map(|line| serde_json::from_str(line).expect("a link on each line")).collect()
}
