//! What the page asks of the browser. The calls themselves are made by `load.js`; each fails quietly where a browser lacks
//! what is asked of it.

pub mod keys;
pub mod net;
pub mod store;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use crate::lang::Lang;

pub(crate) const NOTHING: JsValue = JsValue::UNDEFINED;

/// Has `load.js` use one of its tools; undefined if there is none or it failed.
#[inline(never)]
pub(crate) fn ask(tool: &str, one: &JsValue, other: &JsValue) -> JsValue {
    let tools = Reflect::get(&js_sys::global(), &"nguonDo".into()).ok().and_then(|tools| tools.dyn_into().ok());
    tools.and_then(|tools: Function| tools.call3(&NOTHING, &tool.into(), one, other).ok()).unwrap_or(NOTHING)
}

#[inline(never)]
pub(crate) fn ask_text(tool: &str, one: &str) -> Option<String> {
    ask(tool, &one.into(), &NOTHING).as_string()
}

/// The same for what is awaited; `None` if it failed.
#[inline(never)]
pub(crate) async fn ask_and_wait(tool: &str, one: JsValue, other: JsValue) -> Option<JsValue> {
    let promise: Promise = ask(tool, &one, &other).dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

pub(crate) fn bytes_of(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

pub(crate) fn field(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &name.into()).ok().filter(|found| !found.is_undefined() && !found.is_null())
}

/// The time now, in Unix seconds.
#[must_use]
pub fn now() -> u64 {
    let seconds = js_sys::Date::now() / 1000.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    if seconds.is_finite() { seconds.max(0.0) as u64 } else { 0 }
}

/// The value of `<meta name="nguon-…">`, unless it is empty.
#[must_use]
pub fn setting(name: &str) -> Option<String> {
    ask_text("setting", name).filter(|value| !value.is_empty())
}

/// The trust root that this page pins.
#[must_use]
pub fn root() -> Vec<u8> {
    setting("root").and_then(|base64| bytes_of(&ask("unpack", &base64.into(), &NOTHING))).unwrap_or_default()
}

/// The part of the address behind `#`.
#[must_use]
pub fn fragment() -> String {
    ask_text("fragment", "").unwrap_or_default()
}

/// One value of the part behind `#`.
#[must_use]
pub fn in_fragment(name: &str) -> Option<String> {
    ask_text("inFragment", name)
}

/// Changes the part behind `#`, so that the page opens here again.
pub fn go(fragment: &str) {
    ask("go", &fragment.into(), &NOTHING);
}

/// The language that the address or an earlier choice asks for.
#[must_use]
pub fn chosen_language() -> Lang {
    ask_text("language", "").and_then(|tag| Lang::from_tag(&tag)).unwrap_or_default()
}

/// Remembers the language for the next visit.
pub fn remember_language(lang: Lang) {
    remember("lang", lang.tag());
}

/// Tells the browser what the page is called and in which language it is.
pub fn describe(title: &str, lang: Lang) {
    ask("describe", &title.into(), &lang.tag().into());
}

/// Moves the keyboard to an element.
pub fn focus(id: &str) {
    ask("focus", &id.into(), &NOTHING);
}

/// Moves a drawing within its frame so that one of its parts is in the middle.
pub fn reveal(id: &str) {
    ask("reveal", &id.into(), &NOTHING);
}

/// What was typed or chosen in a field.
#[must_use]
pub fn typed(id: &str) -> String {
    ask_text("typed", id).unwrap_or_default()
}

/// Writes into a field.
pub fn type_into(id: &str, text: &str) {
    ask("typeInto", &id.into(), &text.into());
}

/// Which of several buttons of one name is chosen.
#[must_use]
pub fn chosen(name: &str) -> String {
    ask_text("chosen", name).unwrap_or_default()
}

/// Saves bytes as a file.
pub fn save(name: &str, bytes: &[u8]) {
    ask("save", &name.into(), &Uint8Array::from(bytes));
}

/// Saves bytes as a file of a media type.
pub fn save_as(name: &str, bytes: &[u8], media_type: &str) {
    let named = js_sys::Array::of2(&name.into(), &media_type.into());
    ask("save", &named.into(), &Uint8Array::from(bytes));
}

/// The time now, in Unix seconds, as JavaScript has numbers.
pub(crate) fn now_number() -> JsValue {
    #[allow(clippy::cast_precision_loss)] // seconds have 31 bits
    JsValue::from_f64(now() as f64)
}

/// Copies text; the browser may not let it.
pub fn copy(text: &str) {
    ask("copy", &text.into(), &NOTHING);
}

/// Tells boot.js that the page has come to life.
pub fn ready() {
    ask("ready", &NOTHING, &NOTHING);
}

/// An element of the page.
#[must_use]
pub fn element(id: &str) -> Option<Element> {
    ask("element", &id.into(), &NOTHING).dyn_into().ok()
}

/// Whether the browser thinks that there is a network.
#[must_use]
pub fn online() -> bool {
    ask("online", &NOTHING, &NOTHING).is_truthy()
}

/// Waits until the network comes or goes.
pub async fn network_changed() {
    ask_and_wait("networkChanged", NOTHING, NOTHING).await;
}

/// What this browser was asked to remember under a name.
#[must_use]
pub fn recall(name: &str) -> Option<String> {
    ask_text("recall", name)
}

/// Remembers something, where the browser permits it.
pub fn remember(name: &str, text: &str) {
    ask("remember", &name.into(), &text.into());
}

/// Random bytes; `None` if the browser has none, which then must not make salts or keys.
#[must_use]
pub fn random<const N: usize>() -> Option<[u8; N]> {
    bytes_of(&ask("random", &u32::try_from(N).ok()?.into(), &NOTHING))?.try_into().ok()
}

/// The photos chosen in a field, drawn anew and made smaller.
pub async fn photos(id: &str) -> Vec<Vec<u8>> {
    let list = ask_and_wait("photos", id.into(), NOTHING).await.and_then(|list| list.dyn_into::<Array>().ok());
    list.into_iter().flat_map(|list| list.iter().collect::<Vec<_>>()).filter_map(|photo| bytes_of(&photo)).collect()
}

/// An address for a photo, for as long as the page is open.
#[must_use]
pub fn photo_address(bytes: &[u8]) -> String {
    ask("photoAddress", &Uint8Array::from(bytes), &NOTHING).as_string().unwrap_or_default()
}

/// Whether the browser can read symbols with its camera.
#[must_use]
pub fn can_scan() -> bool {
    ask("canScan", &NOTHING, &NOTHING).is_truthy()
}

/// Shows the camera until a symbol is read or the reader stops; `stop` is on the button.
pub async fn scan(stop: &str) -> Option<String> {
    ask_and_wait("scan", stop.into(), NOTHING).await?.as_string()
}

/// Lets the browser draw and answer before going on.
pub async fn breathe() {
    ask_and_wait("breathe", NOTHING, NOTHING).await;
}

/// Waits so many milliseconds.
pub async fn wait(milliseconds: u32) {
    ask_and_wait("wait", milliseconds.into(), NOTHING).await;
}

/// Milliseconds since the page was opened, for deciding when to breathe.
#[must_use]
pub fn milliseconds() -> f64 {
    ask("clock", &NOTHING, &NOTHING).as_f64().unwrap_or(0.0)
}
