//! What the scanner asks of the browser. The calls are made by `load.js`: the companion's, which is there, and the scanner's own,
//! which it fetches when it is first asked for something that needs it.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use yew::Callback;

use super::state::{Camera, Trouble, Why};

/// A picture, as the browser holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture(JsValue);

/// What reaches the page without a button of the scanner's.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// A picture was pasted or dropped
    Picture(Picture),
    /// Text was pasted where no field takes it
    Text(String),
    /// Escape was pressed
    Escape,
    /// The page was hidden or left
    Hidden,
}

/// Listens until it is dropped.
pub struct Ear(
    #[allow(dead_code, reason = "what the browser calls lives as long as this")] Closure<dyn FnMut(String, JsValue)>,
);

impl Ear {
    /// Tells what is heard.
    #[must_use]
    pub fn new(tell: Callback<Heard>) -> Self {
        let hear = Closure::new(move |what: String, value: JsValue| {
            let heard = match what.as_str() {
                "picture" => Some(Heard::Picture(Picture(value))),
                "text" => value.as_string().map(Heard::Text),
                "escape" => Some(Heard::Escape),
                _ => Some(Heard::Hidden),
            };
            if let Some(heard) = heard {
                tell.emit(heard);
            }
        });
        call("listen", &[hear.as_ref().clone()]);
        Self(hear)
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        call("listen", &[]);
    }
}

/// This page's host with its port.
#[must_use]
pub fn host() -> String {
    call("host", &[]).as_string().unwrap_or_default()
}

/// What the camera cannot be had for, if that is known without asking.
#[must_use]
pub fn lack() -> Option<Trouble> {
    match call("means", &[]).as_string().as_deref() {
        Some("camera") => None,
        Some("insecure") => Some(Trouble::Insecure),
        Some("inside") => Some(Trouble::Inside),
        _ => Some(Trouble::Unsupported),
    }
}

/// Whether this is a browser inside another app.
#[must_use]
pub fn is_inside() -> bool {
    call("inside", &[]).is_truthy()
}

/// Goes to a path of this page, also if only its fragment is new.
pub fn go(path: &super::payload::OwnPath) {
    call("go", &[path.as_str().into()]);
}

/// The file that was chosen in a field, which is empty afterwards.
#[must_use]
pub fn chosen(id: &str) -> Option<Picture> {
    let file = call("chosen", &[id.into()]);
    file.is_object().then_some(Picture(file))
}

/// Opens a camera: the lens of this id, or the one at the back.
///
/// # Errors
/// What stands in the way.
pub async fn open(lens: &str) -> Result<Camera, Trouble> {
    let opened = ask("open", &lens.into()).await?;
    let text = |name: &str| get(&opened, name).as_string().unwrap_or_default();
    let lenses: Vec<String> = Array::from(&get(&opened, "lenses")).iter().filter_map(|text| text.as_string()).collect();
    let lenses = lenses.chunks_exact(2).filter_map(|pair| Some((pair.first()?.clone(), pair.get(1)?.clone())));
    Ok(Camera {
        torch: get(&opened, "torch").is_truthy(),
        lit: false,
        current: text("current"),
        lenses: lenses.collect(),
    })
}

/// Closes the camera, if the scanner is here.
pub fn close() {
    call("close", &[]);
}

/// Lights the torch or puts it out; says whether that worked.
pub async fn torch(on: bool) -> bool {
    ask("torch", &on.into()).await.is_ok()
}

/// The payloads in the camera's next frame, or why there is none.
///
/// # Errors
/// The worker failed.
pub async fn frame() -> Result<Result<Vec<Vec<u8>>, Why>, Trouble> {
    let answer = ask("frame", &JsValue::UNDEFINED).await?;
    Ok(match get(&answer, "stopped").as_string().as_deref() {
        None => Ok(payloads(&answer)),
        Some("hidden") => Err(Why::Hidden),
        Some("ended") => Err(Why::Ended),
        Some(_) => Err(Why::Closed),
    })
}

/// The payloads in a picture.
///
/// # Errors
/// It is none, or the worker failed.
pub async fn read(picture: &Picture) -> Result<Vec<Vec<u8>>, Trouble> {
    Ok(payloads(&ask("picture", &picture.0).await?))
}

fn payloads(answer: &JsValue) -> Vec<Vec<u8>> {
    let list = get(answer, "payloads");
    let list = if list.is_object() { Array::from(&list) } else { Array::new() };
    list.iter().filter_map(|bytes| Some(bytes.dyn_into::<Uint8Array>().ok()?.to_vec())).collect()
}

/// Has the scanner do something, which is fetched if it is not here.
async fn ask(tool: &str, given: &JsValue) -> Result<JsValue, Trouble> {
    let promise: Promise = call("ask", &[tool.into(), given.clone()]).dyn_into().map_err(|_| Trouble::Stopped)?;
    let name = |error: JsValue| get(&error, "name").as_string().unwrap_or_default();
    JsFuture::from(promise).await.map_err(|error| Trouble::of_exception(&name(error)))
}

/// Calls one of the companion's tools for the scanner; undefined if it is not there or failed.
fn call(tool: &str, given: &[JsValue]) -> JsValue {
    let tools = get(&js_sys::global(), "nguonScan");
    let tool: Result<Function, _> = get(&tools, tool).dyn_into();
    let given: Array = given.iter().collect();
    tool.and_then(|tool| tool.apply(&tools, &given)).unwrap_or(JsValue::UNDEFINED)
}

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
