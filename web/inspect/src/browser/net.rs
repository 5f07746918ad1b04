//! Requests.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{NOTHING, ask, ask_and_wait, bytes_of, field};

/// What came.
pub struct Got {
    /// HTTP status; 0 if nothing came
    pub status: u16,
    /// Body
    pub bytes: Vec<u8>,
}

impl Got {
    const NOTHING: Self = Self { status: 0, bytes: Vec::new() };

    /// The body of an answer that is one.
    #[must_use]
    pub fn ok(self) -> Option<Vec<u8>> {
        (self.status == 200).then_some(self.bytes)
    }
}

fn got(value: Option<JsValue>) -> Got {
    let read = |value: &JsValue| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let status = field(value, "status")?.as_f64()? as u16;
        Some(Got { status, bytes: bytes_of(&field(value, "bytes")?)? })
    };
    value.as_ref().and_then(read).unwrap_or(Got::NOTHING)
}

/// Fetches an address.
pub async fn get(url: &str) -> Got {
    got(ask_and_wait("get", url.into(), NOTHING).await)
}

/// Something asked for that is still on its way.
pub struct Asked(JsValue);

/// Begins to fetch an address, for so many milliseconds at most; 0 for the usual patience.
#[must_use]
pub fn begin(url: &str, milliseconds: u32) -> Asked {
    Asked(ask("get", &url.into(), &milliseconds.into()))
}

impl Asked {
    /// What came.
    pub async fn wait(self) -> Got {
        match self.0.dyn_into::<Promise>() {
            Ok(promise) => got(JsFuture::from(promise).await.ok()),
            Err(_) => Got::NOTHING,
        }
    }
}

/// Sends bytes.
pub async fn send(method: &str, url: &str, media_type: &str, bytes: &[u8]) -> Got {
    let how = Array::of3(&method.into(), &url.into(), &media_type.into());
    got(ask_and_wait("send", how.into(), Uint8Array::from(bytes).into()).await)
}

/// An answer that is read while it arrives.
pub struct Stream {
    /// HTTP status; 0 if nothing came
    pub status: u16,
    reader: JsValue,
}

/// Opens an address to be read while it arrives.
pub async fn open(url: &str) -> Stream {
    let opened = ask_and_wait("open", url.into(), NOTHING).await;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let status = opened.as_ref().and_then(|opened| field(opened, "status")?.as_f64()).unwrap_or(0.0) as u16;
    Stream { status, reader: opened.unwrap_or(NOTHING) }
}

/// What comes next of a stream.
pub enum Next {
    /// These bytes
    Bytes(Vec<u8>),
    /// Nothing more: it is whole
    End,
    /// Nothing more: it broke off
    Broken,
}

impl Stream {
    /// The next bytes.
    pub async fn next(&self) -> Next {
        match ask_and_wait("next", self.reader.clone(), NOTHING).await {
            Some(value) => bytes_of(&value).map_or(Next::End, Next::Bytes),
            None => Next::Broken,
        }
    }

    /// Wants no more of it.
    pub fn stop(&self) {
        ask("stop", &self.reader, &NOTHING);
    }
}
