//! The tools in `load.js` for the shelf, for keeping and for the installed app. Each may be lacking: in a browser inside
//! another app, in a private window, where storage is forbidden.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Uses a tool; undefined where it is lacking.
pub fn ask(tool: &str, given: &[JsValue]) -> JsValue {
    let tools = Reflect::get(&js_sys::global(), &"nguonDevice".into());
    let Some(tools) = tools.ok().and_then(|tools| tools.dyn_into::<Function>().ok()) else { return JsValue::UNDEFINED };
    let arguments: Array = std::iter::once(JsValue::from(tool)).chain(given.iter().cloned()).collect();
    tools.apply(&JsValue::UNDEFINED, &arguments).unwrap_or(JsValue::UNDEFINED)
}

/// Uses a tool that takes its time. The tool has begun when this returns: a browser grants some things to a click only.
///
/// # Errors
/// It is lacking, or it failed; with the name of the error, if it has one.
pub fn begin(tool: &str, given: &[JsValue]) -> impl Future<Output = Result<JsValue, Trouble>> + use<> {
    let promise: Option<Promise> = ask(tool, given).dyn_into().ok();
    async move {
        let promise = promise.ok_or(Trouble::Lacking)?;
        JsFuture::from(promise).await.map_err(|error| {
            let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
            match name.as_deref() {
                Some("QuotaExceededError") => Trouble::Full,
                Some("AbortError") => Trouble::LeftOff,
                _ => Trouble::Lacking,
            }
        })
    }
}

/// Why a tool did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such thing here, or it is forbidden
    Lacking,
    /// There is no room left
    Full,
    /// The reader thought better of it
    LeftOff,
}

/// Whether the page stands in a browser inside another app.
#[must_use]
pub fn is_inside() -> bool {
    ask("inside", &[]).is_truthy()
}

/// Text that a tool gives.
#[must_use]
pub fn text(tool: &str) -> String {
    ask(tool, &[]).as_string().unwrap_or_default()
}
