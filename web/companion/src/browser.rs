//! What this program asks of the browser: `load.js` makes the calls that are awkward from wasm.

use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, RequestCredentials, RequestInit, Response};

/// The event by which the page says that it told something.
const TOLD: &str = "nguontold";

/// The element that this program's root is drawn into: nothing of it is seen, what is seen stands in the page's slots.
#[must_use]
pub fn host() -> Option<Element> {
    let document = web_sys::window()?.document()?;
    let host = document.create_element("div").ok()?;
    document.body()?.append_child(&host).ok()?;
    Some(host)
}

/// One of the places that the page left.
#[must_use]
pub fn slot(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// What the page told last.
#[must_use]
pub fn told() -> Option<Vec<u8>> {
    let told: Uint8Array = Reflect::get(&js_sys::global(), &"nguonTold".into()).ok()?.dyn_into().ok()?;
    Some(told.to_vec())
}

/// The bundle that the page verified last, as it came.
#[must_use]
pub fn proof() -> Uint8Array {
    let proof = Reflect::get(&js_sys::global(), &"nguonProof".into()).ok();
    proof.and_then(|proof| proof.dyn_into().ok()).unwrap_or_default()
}

/// Calls back each time the page tells something, for as long as the page is open.
pub fn on_told(then: impl FnMut() + 'static) {
    let listener = Closure::<dyn FnMut()>::new(then);
    if let Some(window) = web_sys::window() {
        // A window that takes no listener tells nothing more; what was told stays.
        let _ = window.add_event_listener_with_callback(TOLD, listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

/// A file that the page fetches later, such as the words of a language, whose promise the page keeps.
#[must_use]
pub fn page_file(name: &str) -> Option<js_sys::Promise> {
    let later: Function = Reflect::get(&js_sys::global(), &"nguonLater".into()).ok()?.dyn_into().ok()?;
    later.call1(&JsValue::UNDEFINED, &name.into()).ok()?.dyn_into().ok()
}

/// The text of what [`page_file`] brought.
#[must_use]
pub fn text_of(answer: &JsValue) -> Option<String> {
    let bytes: Uint8Array = Reflect::get(answer, &"bytes".into()).ok()?.dyn_into().ok()?;
    String::from_utf8(bytes.to_vec()).ok()
}

/// Posts nothing to an address, without cookies; what it answers, if it takes that.
pub async fn post(url: &str) -> Option<Vec<u8>> {
    let asking = RequestInit::new();
    asking.set_method("POST");
    asking.set_credentials(RequestCredentials::Omit);
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(url, &asking)).await.ok()?;
    let answer: Response = answer.dyn_into().ok().filter(Response::ok)?;
    let bytes = JsFuture::from(answer.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&bytes).to_vec())
}
