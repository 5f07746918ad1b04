//! A page's `static/` folder, and what the page fetches later, read once.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

/// The files of a page by name.
pub struct Source {
    files: BTreeMap<String, Vec<u8>>,
    later: BTreeMap<String, Vec<u8>>,
}

impl Source {
    /// Reads every file of `folder`, and of `later` if there is one.
    ///
    /// # Errors
    /// A folder or file that cannot be read, a name that would need escaping in an address, and a folder inside.
    pub fn read(folder: &Path, later: Option<&Path>) -> Result<Self> {
        Ok(Self { files: read(folder)?, later: later.map(read).transpose()?.unwrap_or_default() })
    }

    /// What the page fetches when it needs it.
    pub const fn later(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.later
    }

    /// A file that every page has, as text.
    ///
    /// # Errors
    /// A missing file, and one that is not UTF-8.
    pub fn text(&self, name: &str) -> Result<&str> {
        let bytes = self.files.get(name).with_context(|| format!("the page has no {name}"))?;
        std::str::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8"))
    }

    /// The page's service worker, if it brings one.
    pub fn service_worker(&self) -> Option<&str> {
        self.text("sw.js").ok()
    }

    /// Everything but the page and its scripts, each file after those it may name.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let mut assets: Vec<_> = self
            .files
            .iter()
            .filter(|(name, _)| !["index.html", "boot.js", "load.js", "sw.js"].contains(&name.as_str()))
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        assets.sort_by_key(|(name, _)| match extension(name) {
            "css" => 2,
            "webmanifest" => 1,
            _ => 0,
        });
        assets.into_iter()
    }
}

fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("the page's files in {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        ensure!(plain && path.is_file(), "{}: expected a file named with a-z, 0-9, `-`, `_` and `.`", path.display());
        files.insert(name, std::fs::read(&path).with_context(|| path.display().to_string())?);
    }
    Ok(files)
}

/// What follows the last dot of a name.
pub fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}
