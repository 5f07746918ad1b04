//! A file of a lot: its bundle is fetched, verified once more by the program that makes files, and saved.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::proof::Prover;
use crate::browser::{self, ask_and_wait, bytes_of, field};
use crate::code::Code;

/// How far a file is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Making {
    /// None is wanted
    #[default]
    Nothing,
    /// It is being made
    Underway(&'static str),
    /// It was saved; what is missing in it, a line each
    Saved(&'static str, Vec<String>),
    /// Only the verdict stands against it; its words
    BadVerdict(&'static str, String),
    /// It could not be made; why
    Failed(String),
    /// The bundle, or the program that makes files, did not come
    NotReachable,
}

/// Makes a file and saves it.
pub async fn make(code: &Code, file: &'static str, despite: bool) -> Making {
    let Some(asked) = Prover::fetch(code) else { return Making::NotReachable };
    let Some(bundle) = asked.wait().await.ok() else { return Making::NotReachable };
    let how = Array::of3(&file.into(), &browser::now_number(), &despite.into());
    let answer = ask_and_wait("make", how.into(), Uint8Array::from(bundle.as_slice()).into()).await;
    let Some(answer) = answer else { return Making::NotReachable };
    if let Some(words) = field(&answer, "fault").and_then(|words| words.as_string()) {
        let bad = field(&answer, "bad").is_some_and(|bad| bad.is_truthy());
        return if bad { Making::BadVerdict(file, words) } else { Making::Failed(words) };
    }
    let Some(bytes) = field(&answer, "bytes").as_ref().and_then(bytes_of) else { return Making::NotReachable };
    let kind = field(&answer, "type").and_then(|kind| kind.as_string()).unwrap_or_default();
    browser::save_as(file, &bytes, &kind);
    let missing = field(&answer, "missing").map(|list| Array::from(&list)).unwrap_or_default();
    Making::Saved(file, missing.iter().filter_map(|line: JsValue| line.as_string()).collect())
}
