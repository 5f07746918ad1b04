//! Files of the season.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use nguon_core::trust::SignedRoot;
use nguon_examples::season::Season;

/// Writes `root.nguon`: what a server and every reader pins.
pub fn write_root(folder: &Path, root: &SignedRoot) -> Result<()> {
    write(&folder.join("root.nguon"), &root.to_bytes()?)
}

/// Writes each case's bundle, `bundles/{case}.cbor`.
pub fn write_bundles(folder: &Path, season: &Season) -> Result<()> {
    for case in &season.cases {
        if let Some(batch) = case.batch {
            let bundle = season.ledger.bundle(batch)?.to_bytes()?;
            write(&folder.join("bundles").join(format!("{}.cbor", case.name)), &bundle)?;
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::write(path, bytes).with_context(|| path.display().to_string())
}
