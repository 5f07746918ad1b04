//! IndexedDB: what survives a closed page.

use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::{NOTHING, ask_and_wait, bytes_of};

/// Keeps text under a key; whether it is on disk now.
pub async fn keep(shelf: &str, key: &str, text: &str) -> bool {
    put(shelf, key, text.into()).await
}

/// Keeps bytes.
pub async fn keep_bytes(shelf: &str, key: &str, bytes: &[u8]) -> bool {
    put(shelf, key, Uint8Array::from(bytes).into()).await
}

async fn put(shelf: &str, key: &str, value: JsValue) -> bool {
    ask_and_wait("keep", Array::of2(&shelf.into(), &key.into()).into(), value).await.is_some()
}

async fn found(shelf: &str, key: &str) -> Option<JsValue> {
    ask_and_wait("kept", shelf.into(), key.into()).await
}

/// Text that was kept.
pub async fn kept(shelf: &str, key: &str) -> Option<String> {
    found(shelf, key).await?.as_string()
}

/// Bytes that were kept.
pub async fn kept_bytes(shelf: &str, key: &str) -> Option<Vec<u8>> {
    bytes_of(&found(shelf, key).await?)
}

/// All text on a shelf, by key; `None` if the browser does not let it be read.
pub async fn all(shelf: &str) -> Option<Vec<String>> {
    let list: Array = ask_and_wait("all", shelf.into(), NOTHING).await?.dyn_into().ok()?;
    Some(list.iter().filter_map(|value| value.as_string()).collect())
}

/// Removes what was kept.
pub async fn forget(shelf: &str, key: &str) {
    ask_and_wait("forget", shelf.into(), key.into()).await;
}

/// Asks the browser not to clear what is kept when space runs short.
pub async fn hold_on() {
    ask_and_wait("holdOn", NOTHING, NOTHING).await;
}

/// Nobody else works on the outbox while this lives: not another tab of this page.
pub struct Alone(Function);

/// Takes the outbox; `None` if another tab has it.
pub async fn alone() -> Option<Alone> {
    ask_and_wait("alone", NOTHING, NOTHING).await?.dyn_into().ok().map(Alone)
}

impl Drop for Alone {
    fn drop(&mut self) {
        let _ = self.0.call0(&NOTHING);
    }
}
