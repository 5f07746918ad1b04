//! Writes a finished page to its folder. The folder is replaced as a whole: a host never sees half of it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::assemble::Page;
use crate::compress::{self, Packed};
use crate::headers;
use crate::precache::Precache;
use crate::sizes::{Size, Sizes};
use crate::split::seams;

/// Writes `page` to `out`, which is replaced, and weighs it.
///
/// # Errors
/// A folder that cannot be written.
pub fn write(page: &Page, out: &Path, packed: &Packed) -> Result<Sizes> {
    let fresh = beside(out, "new");
    remove(&fresh)?;
    fs::create_dir_all(fresh.join("assets")).with_context(|| fresh.display().to_string())?;

    let mut sizes = Sizes::default();
    sizes.push(file(packed, &fresh, "index.html", &page.index, true)?);
    for asset in &page.assets {
        let path = format!("assets/{}", asset.hashed_name);
        sizes.push(file(packed, &fresh, &path, &asset.bytes, page.is_first_load(asset))?);
    }
    if let Some(worker) = &page.service_worker {
        sizes.push(file(packed, &fresh, "sw.js", worker.as_bytes(), false)?);
    }
    file(packed, &fresh, "precache.json", &json(&Precache::of(page))?, false)?;
    // For the host, not for readers: never compressed.
    fs::write(fresh.join("headers.json"), json(&headers::rules(&page.policy))?)?;

    let old = beside(out, "old");
    remove(&old)?;
    if out.exists() {
        fs::rename(out, &old).with_context(|| out.display().to_string())?;
    }
    fs::rename(&fresh, out).with_context(|| out.display().to_string())?;
    remove(&old)?;
    Ok(sizes)
}

/// Writes one file and, where they are smaller, its compressed copies.
fn file(before: &Packed, folder: &Path, path: &str, bytes: &[u8], first_load: bool) -> Result<Size> {
    fs::write(folder.join(path), bytes)?;
    let mut sent = [bytes.len(); 2];
    for (sent, (ending, packed)) in
        sent.iter_mut().zip([("br", before.brotli(bytes, &seams(bytes), first_load)?), ("gz", compress::gzip(bytes)?)])
    {
        if packed.len() < bytes.len() {
            fs::write(folder.join(format!("{path}.{ending}")), &packed)?;
            *sent = packed.len();
        }
    }
    Ok(Size { path: path.to_owned(), raw: bytes.len(), brotli: sent[0], gzip: sent[1], first_load })
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}

fn beside(folder: &Path, ending: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    folder.with_file_name(name)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}
