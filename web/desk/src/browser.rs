//! What the desk asks of the browser beyond the farm app's: a PDF of labels, a file saved. The calls are made by `load.js`.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

const NOTHING: JsValue = JsValue::UNDEFINED;

fn ask(tool: &str, one: &JsValue, other: &JsValue) -> JsValue {
    let tools = Reflect::get(&js_sys::global(), &"nguonDesk".into()).ok().and_then(|tools| tools.dyn_into().ok());
    tools.and_then(|tools: Function| tools.call3(&NOTHING, &tool.into(), one, other).ok()).unwrap_or(NOTHING)
}

fn field(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &name.into()).ok().filter(|found| !found.is_undefined() && !found.is_null())
}

/// Labels as they came from the printer program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    /// A PDF, of so many pages
    Pdf(Vec<u8>, u32),
    /// It was refused, in words
    Fault(String),
    /// The printer program did not come
    Missing,
}

/// Has the part of the program fetched that reads lists (`xtask/web/src/carve.rs`); whether it is here.
pub async fn lists() -> bool {
    let Ok(promise) = ask("part", &NOTHING, &NOTHING).dyn_into::<Promise>() else { return false };
    JsFuture::from(promise).await.is_ok()
}

/// Has labels printed into a PDF.
pub async fn print(order: &str) -> Printed {
    let Ok(promise) = ask("print", &order.into(), &NOTHING).dyn_into::<Promise>() else { return Printed::Missing };
    let Ok(answer) = JsFuture::from(promise).await else { return Printed::Missing };
    if let Some(fault) = field(&answer, "fault").and_then(|fault| fault.as_string()) {
        return Printed::Fault(fault);
    }
    let pdf = field(&answer, "pdf").and_then(|pdf| pdf.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let pages = field(&answer, "pages").and_then(|pages| pages.as_f64()).map_or(0, |pages| pages as u32);
    pdf.map_or(Printed::Missing, |pdf| Printed::Pdf(pdf, pages))
}

/// What a file says that the page fetches only when it needs it; `None` if it does not come.
pub async fn later(name: &str) -> Option<String> {
    let promise: Promise = ask("later", &name.into(), &NOTHING).dyn_into().ok()?;
    JsFuture::from(promise).await.ok()?.as_string()
}

/// Has the template of a list saved; whether it came.
pub async fn template() -> bool {
    let Ok(promise) = ask("template", &NOTHING, &NOTHING).dyn_into::<Promise>() else { return false };
    JsFuture::from(promise).await.is_ok()
}

/// Saves bytes under a name.
pub fn save(bytes: &[u8], media_type: &str, name: &str) {
    let address = nguon_farm_app::browser::blob_address(bytes, media_type);
    ask("download", &address.into(), &name.into());
}

/// The page's own origin.
#[must_use]
pub fn origin() -> String {
    ask("origin", &NOTHING, &NOTHING).as_string().unwrap_or_default()
}

/// The name of the file chosen in a field.
#[must_use]
pub fn file_name(id: &str) -> String {
    ask("fileName", &id.into(), &NOTHING).as_string().unwrap_or_default()
}
