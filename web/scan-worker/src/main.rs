//! The program inside the worker. `load.js` finds it in four functions, which have no logic of their own:
//!
//! - `nguonRead(bytes, width, height, stride, format, isPicture, milliseconds)`: the payloads read, each an array of bytes;
//!   undefined for a format that it does not know or sides that do not go with the bytes
//! - `nguonProbe()`: `{side, bytes}`, the picture that a `BarcodeDetector` has to read first
//! - `nguonProbed(texts)`: what it read; `nguonTrusted(theirs, ours)`: how many symbols it and this program saw in a frame,
//!   `theirs` undefined if it gave no answer. Both say whether it is asked from now on.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect, Uint8Array, global};
use nguon_scan::{Scanner, read_picture};
use nguon_scan_worker::pixels::{Layout, Picture};
use nguon_scan_worker::probe;
use nguon_scan_worker::trust::Trust;
use wasm_bindgen::prelude::*;

/// `nguonRead`.
type Read = dyn FnMut(Uint8Array, usize, usize, usize, String, bool, f64) -> JsValue;

fn main() {
    let scanner = RefCell::new(Scanner::new());
    let read = move |bytes: Uint8Array, width, height, stride, format: String, is_picture: bool, milliseconds: f64| {
        let Some(layout) = Layout::of_format(&format) else { return JsValue::UNDEFINED };
        let picture = Picture::new(layout, width, height, stride, bytes.to_vec());
        let Ok(frame) = picture.frame() else { return JsValue::UNDEFINED };
        let until = now() + milliseconds;
        let go_on = || now() < until;
        let symbols = if is_picture { read_picture(frame, go_on) } else { scanner.borrow_mut().read(frame, go_on) };
        symbols.iter().map(|symbol| JsValue::from(Uint8Array::from(symbol.bytes()))).collect::<Array>().into()
    };
    let read: Closure<Read> = Closure::new(read);
    offer("nguonRead", read.into_js_value());

    let probe: Closure<dyn FnMut() -> JsValue> = Closure::new(|| {
        object([("side", (probe::SIDE as f64).into()), ("bytes", Uint8Array::from(&*probe::picture()).into())])
    });
    offer("nguonProbe", probe.into_js_value());

    let trust = Rc::new(Cell::new(Trust::after_probe(&[])));
    let of_probe = {
        let trust = Rc::clone(&trust);
        move |read: Array| {
            let texts: Vec<String> = read.iter().filter_map(|text| text.as_string()).collect();
            trust.set(Trust::after_probe(&texts));
            trust.get().holds()
        }
    };
    let of_probe: Closure<dyn FnMut(Array) -> bool> = Closure::new(of_probe);
    offer("nguonProbed", of_probe.into_js_value());
    let of_frame = move |theirs: Option<usize>, ours: usize| {
        trust.set(theirs.map_or(trust.get().broken(), |theirs| trust.get().after(theirs, ours)));
        trust.get().holds()
    };
    let of_frame: Closure<dyn FnMut(Option<usize>, usize) -> bool> = Closure::new(of_frame);
    offer("nguonTrusted", of_frame.into_js_value());
}

fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in &fields {
        // A new object takes every field.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

fn offer(name: &str, function: JsValue) {
    let _ = Reflect::set(&global(), &name.into(), &function);
}

/// Milliseconds; a worker without a clock gives each frame one attempt.
fn now() -> f64 {
    let clock = Reflect::get(&global(), &"performance".into()).ok();
    let now = clock.as_ref().and_then(|clock| Reflect::get(clock, &"now".into()).ok()?.dyn_into::<Function>().ok());
    let now = clock.zip(now).and_then(|(clock, now)| now.call0(&clock).ok()?.as_f64());
    now.unwrap_or(f64::INFINITY)
}
