//! Files of the season.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use nguon_core::bytes::to_hex;
use nguon_core::ids::PublicKeyBytes;
use nguon_core::trust::SignedRoot;
use nguon_examples::season::{AUDITOR, LOG_KEY, Season, Seed, WITNESSES};

/// Writes `root.nguon`: what a server and every reader pins.
pub fn write_root(folder: &Path, root: &SignedRoot) -> Result<()> {
    write(&folder.join("root.nguon"), &root.to_bytes()?)
}

/// Writes the keys of the log (`keys/log.key`), its witnesses (`keys/witness-1.key` …) and its map auditor
/// (`keys/auditor.key`), as `nguon key new` writes keys without a passphrase. They come from the seed, so nobody's secret
/// is in them.
pub fn write_log_keys(folder: &Path, seed: &Seed) -> Result<()> {
    let witnesses = (1..).zip(WITNESSES).map(|(n, name)| (format!("witness-{n}"), name));
    let all = [("log".to_owned(), LOG_KEY), ("auditor".to_owned(), AUDITOR)].into_iter().chain(witnesses);
    for (file, name) in all {
        let key = seed.key(name);
        let public = PublicKeyBytes::from(&key).to_string();
        let secret = serde_json::json!({ "open": to_hex(&key.to_bytes()) });
        let json = serde_json::json!({ "format": "nguon-key-v1", "public_key": public, "secret": secret });
        let path = folder.join("keys").join(format!("{file}.key"));
        write(&path, serde_json::to_string_pretty(&json)?.as_bytes())?;
        // Programs refuse keys that others can read, also those that are no secret.
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    }
    Ok(())
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

const DAYS_LATER: &str = "days-later";

/// By how many days the season that this folder is about was moved, if it was registered from here.
pub fn read_days_later(folder: &Path) -> Result<Option<u64>> {
    let path = folder.join(DAYS_LATER);
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    Ok(Some(text.trim().parse().with_context(|| path.display().to_string())?))
}

/// Remembers it.
pub fn write_days_later(folder: &Path, days: u64) -> Result<()> {
    write(&folder.join(DAYS_LATER), format!("{days}\n").as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::write(path, bytes).with_context(|| path.display().to_string())
}
