//! Where the shelf lives: this browser's IndexedDB, and its cache for bundles. Nothing of it is sent anywhere.

use js_sys::{Array, Uint8Array};
use nguon_core::cbor;
use nguon_verify_app::browser as page;
use nguon_verify_app::link::{bundle_path, code_of_address};
use nguon_verify_app::model::Answer;
use wasm_bindgen::{JsCast as _, JsValue};

use super::entry::Entry;
use crate::installed::device::{self, Trouble};

/// Lots remembered; the oldest go.
const MOST_LOTS: usize = 200;
/// Bundles kept, and bytes of them.
const MOST_BUNDLES: u32 = 60;
const MOST_BYTES: u32 = 20_000_000;

/// Remembers a lot, and forgets the oldest where there are too many.
///
/// # Errors
/// The browser lets nothing be stored, or has no room.
pub async fn look(entry: Entry) -> Result<(), Trouble> {
    device::begin("look", &[entry.to_value()]).await?;
    let mut all = all().await?;
    for old in all.drain(MOST_LOTS.min(all.len())..) {
        forget(&old.address).await?;
    }
    Ok(())
}

/// All that are remembered, the newest first.
///
/// # Errors
/// The browser lets nothing be stored.
pub async fn all() -> Result<Vec<Entry>, Trouble> {
    let found: Array = device::begin("all", &[]).await?.dyn_into().map_err(|_| Trouble::Lacking)?;
    let mut entries: Vec<Entry> = found.iter().filter_map(|value| Entry::from_value(&value)).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.looked));
    Ok(entries)
}

/// Forgets a lot, and drops its bundle.
///
/// # Errors
/// The browser lets nothing be changed.
pub async fn forget(address: &str) -> Result<(), Trouble> {
    device::begin("forget", &[address.into()]).await?;
    if let Some(url) = bundle_url(address) {
        device::begin("unkeep", &[url.into()]).await?;
    }
    Ok(())
}

/// Forgets all lots, and drops all bundles.
///
/// # Errors
/// The browser lets nothing be changed.
pub async fn forget_all() -> Result<(), Trouble> {
    device::begin("forgetAll", &[]).await?;
    device::begin("unkeepAll", &[]).await?;
    Ok(())
}

/// Whether a bundle with this verdict is worth keeping: what a broken proxy or a torn line brought must not take the place
/// of one that holds.
#[must_use]
pub const fn is_worth_keeping(answer: &Answer) -> bool {
    matches!(
        answer,
        Answer::Valid { .. }
            | Answer::Unlogged
            | Answer::Stale { .. }
            | Answer::Recalled { .. }
            | Answer::Forked
            | Answer::Suspect { .. }
            | Answer::OverAllocated { .. }
    )
}

/// Keeps the bundle of an address, for when there is no network.
///
/// # Errors
/// The browser has no place for it.
pub async fn keep(address: &str, bundle: Uint8Array) -> Result<(), Trouble> {
    let url = bundle_url(address).ok_or(Trouble::Lacking)?;
    let is_staged = cbor::first_item(&bundle.to_vec()).is_some_and(|(_, rest)| !rest.is_empty());
    let media_type = if is_staged { "application/cbor-seq" } else { "application/cbor" };
    let given = [url.into(), bundle.into(), media_type.into(), MOST_BUNDLES.into(), MOST_BYTES.into()];
    device::begin("keep", &given).await.map(drop)
}

/// When the bundle of each was kept, in Unix seconds; nothing for those whose bundle is not kept.
pub async fn kept(entries: &[Entry]) -> Vec<Option<i64>> {
    let urls: Array =
        entries.iter().map(|entry| JsValue::from(bundle_url(&entry.address).unwrap_or_default())).collect();
    let found = device::begin("kept", &[urls.into()]).await.ok().and_then(|found| found.dyn_into::<Array>().ok());
    #[allow(clippy::cast_possible_truncation)]
    let seconds = |value: JsValue| value.as_f64().map(|milliseconds| (milliseconds / 1000.0) as i64);
    found.map_or_else(|| vec![None; entries.len()], |found| found.iter().map(seconds).collect())
}

/// Fetches what the server has of a lot now and keeps it: it is checked when the lot is opened.
///
/// # Errors
/// Nothing came.
pub async fn refresh(address: &str) -> Result<(), Trouble> {
    let url = bundle_url(address).ok_or(Trouble::Lacking)?;
    let bytes: Uint8Array = device::begin("refresh", &[url.into()]).await?.dyn_into().map_err(|_| Trouble::Lacking)?;
    keep(address, bytes).await
}

/// Where the bundle of a page's address is, as the page asks for it.
fn bundle_url(address: &str) -> Option<String> {
    let (path, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    let code = code_of_address(path, fragment)?;
    Some(page::setting("api").unwrap_or_default() + &bundle_path(&code))
}
