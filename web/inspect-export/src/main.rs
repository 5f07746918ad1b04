//! The program that `load.js` starts. It leaves one function, `nguonExport({file, now, despite, page, bundle, root})`:
//! `{bytes, type, missing}`, or `{fault, bad}` in Vietnamese words, `bad` where only the verdict stands against it.

use js_sys::{Array, Object, Reflect, Uint8Array, global};
use nguon_inspect_export::{Error, Wanted, make};
use wasm_bindgen::prelude::*;

fn main() {
    let answer: Closure<dyn FnMut(JsValue) -> JsValue> = Closure::new(|asked: JsValue| {
        let field = |name: &str| Reflect::get(&asked, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let text = |name: &str| field(name).as_string().unwrap_or_default();
        let bytes = |name: &str| field(name).dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default();
        let (file, page) = (text("file"), text("page"));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // seconds of a clock
        let now = field("now").as_f64().unwrap_or(0.0).max(0.0) as u64;
        let wanted = Wanted { file: &file, now, despite: field("despite").is_truthy(), page: &page };
        let answer = Object::new();
        let put = |name: &str, value: JsValue| {
            let _ = Reflect::set(&answer, &name.into(), &value);
        };
        match make(&wanted, &bytes("bundle"), &bytes("root")) {
            Ok(made) => {
                put("bytes", Uint8Array::from(made.bytes.as_slice()).into());
                put("type", made.media_type.into());
                put("missing", made.missing.iter().map(|line| JsValue::from_str(line)).collect::<Array>().into());
            }
            Err(error) => {
                put("bad", matches!(error, Error::BadVerdict(_)).into());
                put("fault", error.in_vietnamese().into());
            }
        }
        answer.into()
    });
    let _ = Reflect::set(&global(), &"nguonExport".into(), &answer.into_js_value());
}
