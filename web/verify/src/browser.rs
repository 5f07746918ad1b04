//! What the page asks of the browser. Each call fails quietly where a browser, above all one inside another app, lacks it.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, HtmlAnchorElement, HtmlElement, HtmlInputElement, HtmlMetaElement, Storage, Url,
    UrlSearchParams, Window,
};

use crate::lang::Lang;

/// What came from the network.
pub struct Answer {
    /// HTTP status
    pub status: u16,
    /// Body
    pub bytes: Vec<u8>,
}

fn window() -> Option<Window> {
    web_sys::window()
}

/// The time now, in Unix seconds.
#[must_use]
pub fn now() -> u64 {
    let seconds = js_sys::Date::now() / 1000.0;
    // A device set before 1970 reads as 1970; nothing later than the year 287396 fits a record.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    if seconds.is_finite() { seconds.max(0.0) as u64 } else { 0 }
}

/// The value of `<meta name="nguon-…">`, unless it is empty.
#[must_use]
pub fn setting(name: &str) -> Option<String> {
    let selector = format!("meta[name=\"nguon-{name}\"]");
    let found = window()?.document()?.query_selector(&selector).ok()??;
    Some(found.dyn_into::<HtmlMetaElement>().ok()?.content()).filter(|value| !value.is_empty())
}

/// A setting that is written in base64.
#[must_use]
pub fn setting_bytes(name: &str) -> Option<Vec<u8>> {
    let latin1 = window()?.atob(&setting(name)?).ok()?;
    latin1.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect()
}

/// Where suspicious labels are reported.
#[must_use]
pub fn report_address() -> Option<String> {
    setting("report")
}

/// A link to where labels are reported: the page given, or a mail that names the lot.
#[must_use]
pub fn report_link(address: &str, subject: &str) -> String {
    let encode = |text: &str| String::from(js_sys::encode_uri_component(text));
    if address.starts_with("https://") {
        return address.to_owned();
    }
    format!("mailto:{address}?subject={}&body={}", encode(subject), encode(&href()))
}

/// Path and fragment of the page's address.
#[must_use]
pub fn address() -> (String, String) {
    let location = window().map(|window| window.location());
    let part = |read: fn(&web_sys::Location) -> Result<String, JsValue>| {
        location.as_ref().and_then(|place| read(place).ok()).unwrap_or_default()
    };
    (part(web_sys::Location::pathname), part(web_sys::Location::hash))
}

/// The page's whole address.
#[must_use]
pub fn href() -> String {
    window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// One value of the address's query.
#[must_use]
pub fn query(name: &str) -> Option<String> {
    let search = window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

fn memory() -> Option<Storage> {
    // Throws where storage is forbidden.
    window()?.local_storage().ok()?
}

/// The language that the address or an earlier choice asks for.
#[must_use]
pub fn chosen_language() -> Lang {
    let remembered = || memory()?.get_item("lang").ok()?;
    query("lang").or_else(remembered).and_then(|tag| Lang::from_tag(&tag)).unwrap_or_default()
}

/// Remembers the language, in the address so that it is passed on, and for the next visit.
pub fn remember_language(lang: Lang) {
    if let Some(memory) = memory() {
        let _ = memory.set_item("lang", lang.tag());
    }
    let Some(window) = window() else { return };
    let change = || {
        let (path, hash) = address();
        let query = UrlSearchParams::new_with_str(&window.location().search()?)?;
        query.set("lang", lang.tag());
        let url = format!("{path}?{}{hash}", String::from(query.to_string()));
        window.history()?.replace_state_with_url(&JsValue::NULL, "", Some(&url))
    };
    let _ = change();
}

/// Tells the browser what the page is called and in which language it is.
pub fn describe(title: &str, lang: Lang) {
    if let Some(document) = window().and_then(|window| window.document()) {
        document.set_title(title);
        if let Some(page) = document.document_element() {
            let _ = page.set_attribute("lang", lang.tag());
        }
    }
}

/// Goes to another page of this host.
pub fn go(path: &str) {
    if let Some(window) = window() {
        let _ = window.location().assign(path);
    }
}

/// Moves the keyboard, and with it the view, to an element.
pub fn focus(id: &str) {
    let element = window().and_then(|window| window.document()?.get_element_by_id(id)?.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
        element.scroll_into_view();
    }
}

/// What was typed into a field.
#[must_use]
pub fn typed(id: &str) -> String {
    let field =
        window().and_then(|window| window.document()?.get_element_by_id(id)?.dyn_into::<HtmlInputElement>().ok());
    field.map(|field| field.value()).unwrap_or_default()
}

/// Opens the print dialogue.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// Whether the page is shown inside Zalo, Facebook or the like, where files often cannot be saved.
#[must_use]
pub fn inside_another_app() -> bool {
    window()
        .and_then(|window| Reflect::get(&window, &"nguonInside".into()).ok())
        .is_some_and(|inside| inside.is_truthy())
}

/// Saves bytes as a file.
pub fn save(name: &str, bytes: &[u8]) {
    let attempt = || -> Option<()> {
        let document = window()?.document()?;
        let options = BlobPropertyBag::new();
        options.set_type("application/cbor");
        let parts = Array::of1(&Uint8Array::from(bytes));
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        let url = Url::create_object_url_with_blob(&blob).ok()?;
        let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
        link.set_href(&url);
        link.set_download(name);
        link.click();
        // The browser has taken hold of the blob by the time the click returns.
        Url::revoke_object_url(&url).ok()
    };
    let _ = attempt();
}

/// Copies text, then says whether that worked.
pub fn copy(text: &str, then: impl FnOnce(bool) + 'static) {
    let promise = clipboard_write(text);
    spawn_local(async move {
        let done = match promise {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        then(done);
    });
}

fn clipboard_write(text: &str) -> Option<Promise> {
    // Looked up by hand: outside https the clipboard is missing, which a typed call would not survive.
    let clipboard = Reflect::get(&window()?.navigator(), &"clipboard".into()).ok().filter(JsValue::is_object)?;
    call(&clipboard, "writeText", &text.into())
}

fn call(on: &JsValue, name: &str, argument: &JsValue) -> Option<Promise> {
    let function: Function = Reflect::get(on, &name.into()).ok()?.dyn_into().ok()?;
    function.call1(on, argument).ok()?.dyn_into().ok()
}

/// Passes the page's address on; where the browser cannot, copies it and calls `copied`.
pub fn share(title: &str, copied: impl FnOnce() + 'static) {
    let Some(window) = window() else { return };
    let url = href();
    let data = js_sys::Object::new();
    let _ = Reflect::set(&data, &"title".into(), &title.into());
    let _ = Reflect::set(&data, &"url".into(), &url.as_str().into());
    match call(&window.navigator(), "share", &data) {
        // Turning the dialogue down is the reader's right, not a failure.
        Some(promise) => spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        }),
        None => copy(&url, |done| {
            if done {
                copied();
            }
        }),
    }
}

/// Tells boot.js that the page has come to life.
pub fn ready() {
    call_boot("nguonReady", &JsValue::UNDEFINED);
}

/// Tells boot.js that the program has stopped, so that its plain sentence is shown.
pub fn broken() {
    call_boot("nguonFail", &"broken".into());
}

fn call_boot(name: &str, argument: &JsValue) -> Option<JsValue> {
    let window = window()?;
    let function: Function = Reflect::get(&window, &name.into()).ok()?.dyn_into().ok()?;
    function.call1(&window, argument).ok()
}

/// Fetches an address: with boot.js, which sets the time limit, and with the answer it already asked for if it is the
/// same address. `None` if nothing came.
pub async fn get(url: &str) -> Option<Answer> {
    let promise = early_answer(url).or_else(|| call_boot("nguonGet", &url.into())?.dyn_into().ok())?;
    let answer = JsFuture::from(promise).await.ok()?;
    let field = |name: &str| Reflect::get(&answer, &name.into()).ok();
    let status = field("status")?.as_f64()?;
    let bytes: Uint8Array = field("bytes")?.dyn_into().ok()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(Answer { status: status as u16, bytes: bytes.to_vec() })
}

/// What boot.js asked for, once: a second try asks anew.
fn early_answer(url: &str) -> Option<Promise> {
    let window = window()?;
    let early = Reflect::get(&window, &"nguonFirst".into()).ok().filter(JsValue::is_object)?;
    let asked = Reflect::get(&early, &"url".into()).ok()?.as_string()?;
    let _ = Reflect::set(&window, &"nguonFirst".into(), &JsValue::UNDEFINED);
    (asked == url).then(|| Reflect::get(&early, &"answer".into()).ok()?.dyn_into().ok())?
}

/// Lets the browser draw and answer the reader before going on.
pub async fn breathe() {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback(&resolve);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Milliseconds since the page was opened, for deciding when to breathe.
#[must_use]
pub fn milliseconds() -> f64 {
    window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}
