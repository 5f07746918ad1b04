//! What the app asks of the browser. The calls themselves are made by `load.js`; each fails quietly where a browser lacks
//! what is asked of it, and says so by giving nothing.

pub mod camera;
pub mod net;
pub mod store;
pub mod vault;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use nguon_core::values::Time;
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

/// The same for what is awaited.
///
/// # Errors
/// The name of what the browser threw; empty if it lacks the tool.
#[inline(never)]
pub(crate) async fn try_and_wait(tool: &str, one: JsValue, other: JsValue) -> Result<JsValue, String> {
    let promise: Promise = ask(tool, &one, &other).dyn_into().map_err(|_| String::new())?;
    let name = |error: JsValue| field(&error, "name").and_then(|name| name.as_string()).unwrap_or_default();
    JsFuture::from(promise).await.map_err(name)
}

/// The same where why it failed does not matter.
pub(crate) async fn ask_and_wait(tool: &str, one: JsValue, other: JsValue) -> Option<JsValue> {
    try_and_wait(tool, one, other).await.ok()
}

pub(crate) fn bytes_of(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

pub(crate) fn field(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &name.into()).ok().filter(|found| !found.is_undefined() && !found.is_null())
}

/// The time now by this device's clock, in Unix seconds.
#[must_use]
pub fn now() -> u64 {
    let seconds = js_sys::Date::now() / 1000.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    if seconds.is_finite() { seconds.max(0.0) as u64 } else { 0 }
}

/// The same as records say it.
#[must_use]
pub fn time() -> Time {
    Time::new(now()).unwrap_or(Time::ZERO)
}

/// How many minutes east of UTC this device is.
#[must_use]
pub fn utc_offset() -> i64 {
    #[allow(clippy::cast_possible_truncation)]
    let west = js_sys::Date::new_0().get_timezone_offset() as i64;
    -west
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

/// Goes to another page of the app: a step that the browser's own way back undoes.
pub fn go(fragment: &str) {
    ask("go", &fragment.into(), &NOTHING);
}

/// Writes another page of the app into the address without a step.
pub fn replace(fragment: &str) {
    ask("replace", &fragment.into(), &NOTHING);
}

/// Waits until the part behind `#` is another.
pub async fn moved() {
    ask_and_wait("moved", NOTHING, NOTHING).await;
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

/// The text of a file that the build set apart.
pub async fn later(name: &str) -> Option<String> {
    ask_and_wait("later", name.into(), NOTHING).await?.as_string()
}

/// Has the part of the program behind a door fetched (`xtask/web/src/carve.rs`); whether it is here.
pub async fn part(name: &str) -> bool {
    ask_and_wait("part", name.into(), NOTHING).await.is_some()
}

/// Tells the browser what the page is called and in which language it is.
pub fn describe(title: &str, lang: Lang) {
    ask("describe", &title.into(), &lang.tag().into());
}

/// Moves the keyboard to an element.
pub fn focus(id: &str) {
    ask("focus", &id.into(), &NOTHING);
}

/// Shows the page from its top.
pub fn top() {
    ask("top", &NOTHING, &NOTHING);
}

/// What was typed or chosen in a field.
#[must_use]
pub fn typed(id: &str) -> String {
    ask_text("typed", id).unwrap_or_default()
}

/// What is typed or chosen in the field that something happened to.
#[must_use]
pub fn value(event: &web_sys::Event) -> String {
    field(event, "target").and_then(|target| field(&target, "value")?.as_string()).unwrap_or_default()
}

/// Whether the box that something happened to is ticked.
#[must_use]
pub fn is_checked(event: &web_sys::Event) -> bool {
    field(event, "target").and_then(|target| field(&target, "checked")).is_some_and(|checked| checked.is_truthy())
}

/// Writes into a field.
pub fn type_into(id: &str, text: &str) {
    ask("typeInto", &id.into(), &text.into());
}

/// Copies text; the browser may not let it.
pub fn copy(text: &str) {
    ask("copy", &text.into(), &NOTHING);
}

/// Tells boot.js that the app has come to life.
pub fn ready() {
    ask("ready", &NOTHING, &NOTHING);
}

/// Opens the page anew.
pub fn reload() {
    ask("reload", &NOTHING, &NOTHING);
}

/// Lets the phone tremble: something was read, something is kept.
pub fn vibrate() {
    ask("vibrate", &NOTHING, &NOTHING);
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

/// Waits until the page is seen again after it was not.
pub async fn shown() {
    ask_and_wait("shown", NOTHING, NOTHING).await;
}

/// Whether nobody sees the page.
#[must_use]
pub fn hidden() -> bool {
    ask("hidden", &NOTHING, &NOTHING).is_truthy()
}

/// What this browser was asked to remember under a name.
#[must_use]
pub fn recall(name: &str) -> Option<String> {
    ask_text("recall", name)
}

/// Remembers something small, where the browser permits it.
pub fn remember(name: &str, text: &str) {
    ask("remember", &name.into(), &text.into());
}

/// Random bytes; `None` if the browser has none, which then must not make salts or keys.
#[must_use]
pub fn random<const N: usize>() -> Option<[u8; N]> {
    bytes_of(&ask("random", &u32::try_from(N).ok()?.into(), &NOTHING))?.try_into().ok()
}

/// Lets the browser draw and answer before going on.
pub async fn breathe() {
    ask_and_wait("breathe", NOTHING, NOTHING).await;
}

/// Waits so many milliseconds.
pub async fn wait(milliseconds: u32) {
    ask_and_wait("wait", milliseconds.into(), NOTHING).await;
}

/// Whether this is practice, which has a database and a deployment of its own.
#[must_use]
pub fn practises() -> bool {
    ask("practises", &NOTHING, &NOTHING).is_truthy()
}

/// Begins or ends practice: the page opens anew.
pub fn practise(on: bool) {
    ask("practise", &on.into(), &NOTHING);
}

/// Forgets all practice there was.
pub async fn clear_practice() -> bool {
    ask_and_wait("clearPractice", NOTHING, NOTHING).await.is_some()
}

/// Whether the app stands on the phone's screen.
#[must_use]
pub fn installed() -> bool {
    ask("installed", &NOTHING, &NOTHING).is_truthy()
}

/// Whether the browser offers to put it there.
#[must_use]
pub fn can_install() -> bool {
    ask("canInstall", &NOTHING, &NOTHING).is_truthy()
}

/// Has the browser ask whether the app is to be put on the screen; whether it was.
pub async fn install() -> bool {
    ask_and_wait("install", NOTHING, NOTHING).await.is_some_and(|done| done.is_truthy())
}

/// The bytes of the files chosen in a field; of each at most one more than `most`, so that too much is told.
pub async fn files(id: &str, most: u32) -> Vec<Vec<u8>> {
    let list = ask_and_wait("files", id.into(), most.into()).await.and_then(|list| list.dyn_into::<Array>().ok());
    list.into_iter().flat_map(|list| list.iter().collect::<Vec<_>>()).filter_map(|file| bytes_of(&file)).collect()
}

/// A picture drawn anew as a JPEG, no side longer than `longest`, in no more than `most` bytes.
pub async fn redraw(picture: &[u8], longest: u32, most: u32) -> Option<Vec<u8>> {
    let limits = Array::of2(&longest.into(), &most.into());
    bytes_of(&ask_and_wait("redraw", Uint8Array::from(picture).into(), limits.into()).await?)
}

/// An address for bytes that the page shows; to be forgotten when it does no more.
#[must_use]
pub fn blob_address(bytes: &[u8], media_type: &str) -> String {
    ask("blobAddress", &Uint8Array::from(bytes), &media_type.into()).as_string().unwrap_or_default()
}

/// The page shows it no more.
pub fn forget_address(address: &str) {
    ask("forgetAddress", &address.into(), &NOTHING);
}
