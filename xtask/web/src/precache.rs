//! `precache.json`: what an installed page keeps, and the hash of each, so that it can tell a changed file.

use serde::Serialize;

use crate::assemble::Page;
use crate::digest;

/// `{page, files: [{url, integrity, bytes}]}`; `page` is the published hash of `index.html`.
#[derive(Serialize)]
pub struct Precache {
    page: String,
    files: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    url: String,
    integrity: String,
    bytes: usize,
}

impl Precache {
    /// The list for a page.
    pub fn of(page: &Page) -> Self {
        let entry = |url: String, bytes: &[u8]| Entry { url, integrity: digest::integrity(bytes), bytes: bytes.len() };
        let index = entry(format!("{}/", page.base), &page.index);
        let assets = page.assets.iter().map(|asset| entry(asset.url(), &asset.bytes));
        Self { page: page.hash(), files: std::iter::once(index).chain(assets).collect() }
    }
}
