//! The program that `load.js` starts. It leaves one function, `nguonPrint(json)`: `{pdf, pages}`, or `{fault}` in Vietnamese words.

use js_sys::{Object, Reflect, Uint8Array, global};
use nguon_desk_print::{Order, print};
use wasm_bindgen::prelude::*;

fn main() {
    let answer: Closure<dyn FnMut(String) -> JsValue> = Closure::new(|json: String| {
        let answer = Object::new();
        let put = |name: &str, value: JsValue| {
            let _ = Reflect::set(&answer, &name.into(), &value);
        };
        match Order::from_json(&json).and_then(|order| print(&order)) {
            Ok(printed) => {
                put("pdf", Uint8Array::from(printed.pdf.as_slice()).into());
                put("pages", u32::try_from(printed.pages).unwrap_or(u32::MAX).into());
            }
            Err(error) => put("fault", error.in_vietnamese().into()),
        }
        answer.into()
    });
    let _ = Reflect::set(&global(), &"nguonPrint".into(), &answer.into_js_value());
}
