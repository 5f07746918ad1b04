//! What the page asks of the browser. Each call fails quietly where a browser, above all one inside another app, lacks it.
//! The calls themselves are made by `load.js`: written out in wasm they were three times as long.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;

use crate::lang::Lang;

/// What came from the network.
pub struct Answer {
    /// HTTP status
    pub status: u16,
    /// Body, or what of it has come
    pub bytes: Vec<u8>,
    /// Whether it is a bundle in stages, of which [`more`] may come
    pub staged: bool,
}

const NOTHING: JsValue = JsValue::UNDEFINED;

/// Has `load.js` use one of its tools; undefined if there is none or it failed.
#[inline(never)]
fn ask(tool: &str, one: &JsValue, other: &JsValue) -> JsValue {
    let tools = Reflect::get(&js_sys::global(), &"nguonDo".into()).ok().and_then(|tools| tools.dyn_into().ok());
    tools.and_then(|tools: Function| tools.call3(&NOTHING, &tool.into(), one, other).ok()).unwrap_or(NOTHING)
}

/// The same for one word, with an answer in words.
#[inline(never)]
fn ask_text(tool: &str, one: &str) -> Option<String> {
    ask(tool, &one.into(), &NOTHING).as_string()
}

/// The same for what is awaited.
#[inline(never)]
async fn ask_and_wait(tool: &str, one: JsValue, other: JsValue) -> Option<JsValue> {
    let promise: Promise = ask(tool, &one, &other).dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
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
    ask_text("setting", name).filter(|value| !value.is_empty())
}

/// A setting that is written in base64.
#[must_use]
pub fn setting_bytes(name: &str) -> Option<Vec<u8>> {
    unpack(&setting(name)?)
}

fn unpack(base64: &str) -> Option<Vec<u8>> {
    let bytes: Uint8Array = ask("unpack", &base64.into(), &NOTHING).dyn_into().ok()?;
    Some(bytes.to_vec())
}

/// Where suspicious labels are reported.
#[must_use]
pub fn report_address() -> Option<String> {
    setting("report")
}

/// Text as it may stand in a part of an address.
#[must_use]
pub fn encode(text: &str) -> String {
    ask_text("encode", text).unwrap_or_default()
}

/// A link to where labels are reported: the page given, or a mail that names the lot.
#[must_use]
pub fn report_link(address: &str, subject: &str) -> String {
    if address.starts_with("https://") {
        return address.to_owned();
    }
    ["mailto:", address, "?subject=", &encode(subject), "&body=", &encode(&href())].concat()
}

/// Path and fragment of the page's address.
#[must_use]
pub fn address() -> (String, String) {
    let part = |tool| ask_text(tool, "").unwrap_or_default();
    (part("path"), part("fragment"))
}

/// The page's whole address.
#[must_use]
pub fn href() -> String {
    ask_text("address", "").unwrap_or_default()
}

/// One value of the address's query.
#[must_use]
pub fn query(name: &str) -> Option<String> {
    ask_text("query", name)
}

/// The language that the address or an earlier choice asks for.
#[must_use]
pub fn chosen_language() -> Lang {
    ask_text("language", "").and_then(|tag| Lang::from_tag(&tag)).unwrap_or_default()
}

/// Remembers the language, in the address so that it is passed on, and for the next visit.
pub fn remember_language(lang: Lang) {
    ask("speak", &lang.code().into(), &NOTHING);
}

/// Tells the browser what the page is called and in which language it is.
pub fn describe(title: &str, lang: Lang) {
    ask("describe", &title.into(), &lang.tag().into());
}

/// Goes to another page of this host.
pub fn go(path: &str) {
    ask("go", &path.into(), &NOTHING);
}

/// Moves the keyboard, and with it the view, to an element.
pub fn focus(id: &str) {
    ask("focus", &id.into(), &NOTHING);
}

/// What was typed into a field.
#[must_use]
pub fn typed(id: &str) -> String {
    ask_text("typed", id).unwrap_or_default()
}

/// Copies text, then says whether that worked.
pub fn copy(text: &str, then: impl FnOnce(bool) + 'static) {
    // Asked here and not in the task below: a browser lets a page copy only as the answer to a click.
    let promise: Option<Promise> = ask("copy", &text.into(), &NOTHING).dyn_into().ok();
    spawn_local(async move {
        let done = match promise {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        then(done);
    });
}

/// Tells boot.js that the page has come to life.
pub fn ready() {
    ask("ready", &NOTHING, &NOTHING);
}

/// Tells the companion, which is loaded when there is something to tell, what stands on the page now.
pub fn tell(page: &[u8]) {
    ask("tell", &Uint8Array::from(page), &NOTHING);
}

/// Leaves what was verified where the companion finds it: it is too much to be copied along with every report.
pub fn keep_proof(bundle: &[u8]) {
    ask("proof", &Uint8Array::from(bundle), &NOTHING);
}

/// Stops: tells boot.js to show its plain sentence, and the console why.
pub fn broken(why: &str) {
    ask("fail", &why.into(), &NOTHING);
}

/// An element of the page.
#[must_use]
pub fn element(id: &str) -> Option<Element> {
    ask("element", &id.into(), &NOTHING).dyn_into().ok()
}

/// Fetches an address: with boot.js, which sets the time limit, and with the answer it already asked for if it is the
/// same address. `None` if nothing came.
pub async fn get(url: &str) -> Option<Answer> {
    answer(ask_and_wait("get", url.into(), NOTHING).await?)
}

/// Something asked for that is still on its way.
///
/// Taken hold of from the beginning: a failure that nobody waits for yet is not one that nobody handles.
pub struct Asked(Option<JsFuture>);

/// Begins to fetch an address, for so many milliseconds at most.
#[must_use]
pub fn begin(url: &str, milliseconds: u32) -> Asked {
    Asked(ask("get", &url.into(), &milliseconds.into()).dyn_into::<Promise>().ok().map(JsFuture::from))
}

impl Asked {
    /// What came, if it did.
    pub async fn wait(self) -> Option<Answer> {
        answer(self.0?.await.ok()?)
    }
}

/// The file chosen in a field.
pub async fn chosen_file(id: &str) -> Option<Vec<u8>> {
    answer(ask_and_wait("file", id.into(), NOTHING).await?).map(|file| file.bytes)
}

/// Whether the browser thinks that there is a network.
#[must_use]
pub fn online() -> bool {
    ask("online", &NOTHING, &NOTHING).is_truthy()
}

/// The bundle that was kept of an address, or the one kept last.
pub async fn kept(url: &str) -> Option<Vec<u8>> {
    let bytes: Uint8Array = ask_and_wait("kept", url.into(), NOTHING).await?.dyn_into().ok()?;
    Some(bytes.to_vec())
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

/// Remembers bytes.
pub fn remember_bytes(name: &str, bytes: &[u8]) {
    if let Some(text) = ask("pack", &Uint8Array::from(bytes), &NOTHING).as_string() {
        remember(name, &text);
    }
}

/// Bytes that were remembered.
#[must_use]
pub fn recall_bytes(name: &str) -> Option<Vec<u8>> {
    unpack(&recall(name)?)
}

/// One of the files that are fetched only when they are needed.
pub async fn later(name: &str) -> Option<String> {
    let answer = answer(ask_and_wait("later", name.into(), NOTHING).await?)?;
    String::from_utf8(answer.bytes).ok()
}

/// What comes next of a staged answer: nothing at its end, `None` if it broke off.
pub async fn more() -> Option<Vec<u8>> {
    answer(ask_and_wait("more", NOTHING, NOTHING).await?).map(|answer| answer.bytes)
}

/// Has a worker verify an answer, which came from `url`; says whether it has begun.
pub async fn hire(given: &Answer, url: &str) -> bool {
    let job = ask("answer", &Uint8Array::from(&*given.bytes), &given.staged.into());
    ask_and_wait("hire", job, url.into()).await.is_some()
}

/// The worker's next message; `None` if it broke down.
pub async fn heard() -> Option<Vec<u8>> {
    let message: Uint8Array = ask_and_wait("heard", NOTHING, NOTHING).await?.dyn_into().ok()?;
    Some(message.to_vec())
}

/// In a worker: what it was hired for, and where that came from.
#[must_use]
pub fn job() -> Option<(Answer, String)> {
    let url = ask_text("origin", "")?;
    Some((answer(ask("job", &NOTHING, &NOTHING))?, url))
}

/// In a worker: tells the page.
pub fn say(message: &[u8]) {
    ask("say", &Uint8Array::from(message), &NOTHING);
}

fn answer(got: JsValue) -> Option<Answer> {
    let field = |name: &str| Reflect::get(&got, &name.into()).ok();
    let status = field("status")?.as_f64()?;
    let bytes: Uint8Array = field("bytes")?.dyn_into().ok()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(Answer { status: status as u16, bytes: bytes.to_vec(), staged: field("staged")?.is_truthy() })
}

/// Lets the browser draw and answer the reader before going on.
pub async fn breathe() {
    rest(0).await;
}

/// Waits.
pub async fn rest(milliseconds: u32) {
    ask_and_wait("breathe", milliseconds.into(), NOTHING).await;
}

/// Lets the browser show what was drawn before more is.
pub async fn frame() {
    ask_and_wait("frame", NOTHING, NOTHING).await;
}

/// Milliseconds since the page was opened, for deciding when to breathe.
#[must_use]
pub fn milliseconds() -> f64 {
    ask("clock", &NOTHING, &NOTHING).as_f64().unwrap_or(0.0)
}
