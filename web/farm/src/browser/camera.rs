//! The camera and pictures of codes. The reader of codes is a program of its own (`web/scan-worker`), fetched when it is
//! first wanted and kept for use without a network; it draws into the element `scan-video`.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::{NOTHING, ask, ask_text, field, try_and_wait};

/// Where the camera's picture is drawn.
pub const VIDEO: &str = "scan-video";

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The page did not come by https: no camera for it
    Insecure,
    /// There is no camera
    None,
    /// The reader did not allow it
    Denied,
    /// Another app has it
    Busy,
    /// The reader of codes is not here and there is no network
    Missing,
    /// It is no picture
    Picture,
    /// The reader of codes stopped
    Stopped,
}

impl Trouble {
    fn of_exception(name: &str) -> Self {
        match name {
            "NotAllowedError" | "SecurityError" => Self::Denied,
            "NotFoundError" | "OverconstrainedError" => Self::None,
            "NotReadableError" | "AbortError" => Self::Busy,
            "Missing" => Self::Missing,
            "Picture" => Self::Picture,
            _ => Self::Stopped,
        }
    }
}

/// What the camera cannot be had for, if that is known without asking.
#[must_use]
pub fn lack() -> Option<Trouble> {
    match ask_text("camera", "").as_deref() {
        Some("camera") => None,
        Some("insecure") => Some(Trouble::Insecure),
        _ => Some(Trouble::None),
    }
}

/// Opens the camera at the back.
///
/// # Errors
/// What stands in the way.
pub async fn open() -> Result<(), Trouble> {
    scan("open", "".into()).await.map(|_| ())
}

/// Closes it.
pub fn close() {
    ask("stopScan", &NOTHING, &NOTHING);
}

/// The payloads in the camera's next frame; `None` once it is closed.
///
/// # Errors
/// The reader of codes failed.
pub async fn frame() -> Result<Option<Vec<Vec<u8>>>, Trouble> {
    let answer = scan("frame", NOTHING).await?;
    Ok(if field(&answer, "stopped").is_some() { None } else { Some(payloads(&answer)) })
}

/// The payloads in the pictures chosen in a field.
///
/// # Errors
/// One of them is no picture, or the reader of codes failed.
pub async fn pictures(id: &str) -> Result<Vec<Vec<u8>>, Trouble> {
    let list = ask("pictures", &id.into(), &NOTHING).dyn_into::<Array>().map_err(|_| Trouble::Picture)?;
    let mut found = Vec::new();
    for file in list.iter() {
        found.extend(payloads(&scan("picture", file).await?));
    }
    Ok(found)
}

async fn scan(tool: &str, given: JsValue) -> Result<JsValue, Trouble> {
    try_and_wait("scan", tool.into(), given).await.map_err(|name| Trouble::of_exception(&name))
}

fn payloads(answer: &JsValue) -> Vec<Vec<u8>> {
    let list = field(answer, "payloads").and_then(|list| list.dyn_into::<Array>().ok());
    let bytes = |value: JsValue| value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
    list.into_iter().flat_map(|list| list.iter().collect::<Vec<_>>()).filter_map(bytes).collect()
}
