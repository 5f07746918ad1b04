//! IndexedDB: what survives a closed page. All that belongs together is written in one transaction, which is on disk or
//! did not happen, also if the tab is dropped in the middle of it. One page at a time writes: the one whose mark stands in
//! the database; a page that lost it finds its transactions ended.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::{NOTHING, ask_and_wait, bytes_of, try_and_wait};

/// Where things are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Who uses this device
    People,
    /// What a person's keys signed after what
    Work,
    /// Entries of the outbox
    Entries,
    /// Records of chains, as they were fetched
    Chains,
    /// Photos and other files
    Photos,
    /// All else
    Things,
    /// Keys
    Keys,
}

impl Shelf {
    /// Its name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Work => "work",
            Self::Entries => "entries",
            Self::Chains => "chains",
            Self::Photos => "photos",
            Self::Things => "things",
            Self::Keys => "keys",
        }
    }
}

/// What is to be kept under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text
    Text(String),
    /// Bytes
    Bytes(Vec<u8>),
    /// Nothing: what is there goes
    Gone,
}

/// One change of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// On which shelf
    pub shelf: Shelf,
    /// Under which key
    pub key: String,
    /// What
    pub value: Value,
}

impl Change {
    /// Text under a key.
    #[must_use]
    pub fn text(shelf: Shelf, key: impl Into<String>, text: impl Into<String>) -> Self {
        Self { shelf, key: key.into(), value: Value::Text(text.into()) }
    }

    /// Bytes under a key.
    #[must_use]
    pub fn bytes(shelf: Shelf, key: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { shelf, key: key.into(), value: Value::Bytes(bytes) }
    }

    /// Nothing under a key.
    #[must_use]
    pub fn gone(shelf: Shelf, key: impl Into<String>) -> Self {
        Self { shelf, key: key.into(), value: Value::Gone }
    }

    fn to_js(&self) -> JsValue {
        let value = match &self.value {
            Value::Text(text) => text.into(),
            Value::Bytes(bytes) => Uint8Array::from(&bytes[..]).into(),
            Value::Gone => NOTHING,
        };
        Array::of3(&self.shelf.name().into(), &self.key.as_str().into(), &value).into()
    }
}

/// Why nothing was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// No room is left
    Full,
    /// Another page writes now
    Elsewhere,
    /// The browser does not let this page keep anything
    Refused,
}

/// Makes all of these changes or none.
///
/// # Errors
/// Nothing was changed, and why.
pub async fn write(changes: &[Change]) -> Result<(), NotKept> {
    let list: Array = changes.iter().map(Change::to_js).collect();
    match try_and_wait("write", list.into(), NOTHING).await {
        Ok(_) => Ok(()),
        Err(name) => Err(match name.as_str() {
            "QuotaExceededError" => NotKept::Full,
            "AbortError" => NotKept::Elsewhere,
            _ => NotKept::Refused,
        }),
    }
}

async fn found(shelf: Shelf, key: &str) -> Option<JsValue> {
    ask_and_wait("kept", shelf.name().into(), key.into()).await
}

/// Whatever was kept under a key, [`Value::Gone`] for what is neither text nor bytes; `None` if nothing was.
///
/// # Errors
/// The browser does not let it be read.
pub async fn value(shelf: Shelf, key: &str) -> Result<Option<Value>, NotKept> {
    let found = found(shelf, key).await.ok_or(NotKept::Refused)?;
    if found.is_undefined() || found.is_null() {
        return Ok(None);
    }
    let bytes = bytes_of(&found).map(Value::Bytes);
    Ok(Some(bytes.or_else(|| found.as_string().map(Value::Text)).unwrap_or(Value::Gone)))
}

/// Text that was kept.
pub async fn text(shelf: Shelf, key: &str) -> Option<String> {
    found(shelf, key).await?.as_string()
}

/// Bytes that were kept.
pub async fn bytes(shelf: Shelf, key: &str) -> Option<Vec<u8>> {
    bytes_of(&found(shelf, key).await?)
}

/// All text on a shelf, by key; `None` if the browser does not let it be read.
pub async fn all_text(shelf: Shelf) -> Option<Vec<String>> {
    let list: Array = ask_and_wait("all", shelf.name().into(), NOTHING).await?.dyn_into().ok()?;
    Some(list.iter().filter_map(|value| value.as_string()).collect())
}

/// All bytes on a shelf, by key; `None` if the browser does not let it be read.
pub async fn all_bytes(shelf: Shelf) -> Option<Vec<Vec<u8>>> {
    let list: Array = ask_and_wait("all", shelf.name().into(), NOTHING).await?.dyn_into().ok()?;
    Some(list.iter().filter_map(|value| bytes_of(&value)).collect())
}

/// The keys of a shelf, in the order of what [`all_text`] and [`all_bytes`] give.
pub async fn keys(shelf: Shelf) -> Vec<String> {
    let list = ask_and_wait("keysOf", shelf.name().into(), NOTHING).await.and_then(|list| list.dyn_into().ok());
    list.into_iter().flat_map(|list: Array| list.iter().collect::<Vec<_>>()).filter_map(|key| key.as_string()).collect()
}

/// Whether this page may write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Writer {
    /// Not known yet
    #[default]
    Unknown,
    /// This page
    Here,
    /// Another page of this browser
    Elsewhere,
    /// Nobody: the browser does not let anything be kept
    Refused,
}

/// Makes this page the one that writes, also if another one is it where `steal` says so.
pub async fn own(steal: bool) -> Writer {
    match try_and_wait("own", steal.into(), NOTHING).await {
        Ok(word) if word.as_string().as_deref() == Some("here") => Writer::Here,
        Ok(_) => Writer::Elsewhere,
        Err(_) => Writer::Refused,
    }
}

/// Waits until another page writes.
pub async fn lost() {
    ask_and_wait("lostIt", NOTHING, NOTHING).await;
}

/// Whether what is kept stays when space runs short: asks the browser for it.
pub async fn persist() -> bool {
    let word = ask_and_wait("persist", NOTHING, NOTHING).await.and_then(|word| word.as_string());
    word.as_deref() == Some("kept")
}
