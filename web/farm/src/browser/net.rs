//! Requests.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{NOTHING, ask, ask_and_wait, bytes_of, field};

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Got {
    /// HTTP status; 0 if nothing came
    pub status: u16,
    /// Body
    pub bytes: Vec<u8>,
    /// How much of a file the server has (`Upload-Offset`), if it says so
    pub offset: Option<u64>,
    /// When the server says that it is, Unix seconds
    pub date: Option<u64>,
}

impl Got {
    /// Nothing came.
    pub const NOTHING: Self = Self { status: 0, bytes: Vec::new(), offset: None, date: None };

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
        let offset = field(value, "offset").and_then(|text| text.as_string()?.parse().ok());
        let date =
            field(value, "date").and_then(|text| text.as_string()).map(|text| js_sys::Date::parse(&text) / 1000.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let date = date.filter(|date| date.is_finite() && *date > 0.0).map(|date| date as u64);
        Some(Got { status, bytes: bytes_of(&field(value, "bytes")?)?, offset, date })
    };
    value.as_ref().and_then(read).unwrap_or(Got::NOTHING)
}

/// Fetches an address.
pub async fn get(url: &str) -> Got {
    got(ask_and_wait("get", url.into(), NOTHING).await)
}

/// Something asked for that is still on its way: several may be.
pub struct Asked(JsValue);

/// Begins to fetch an address.
#[must_use]
pub fn begin(url: &str) -> Asked {
    Asked(ask("get", &url.into(), &NOTHING))
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

/// Sends bytes. `headers` is a JSON object of further headers, or empty.
pub async fn send(method: &str, url: &str, media_type: &str, headers: &str, bytes: &[u8]) -> Got {
    let how = Array::of4(&method.into(), &url.into(), &media_type.into(), &headers.into());
    // Nothing stands for no body: HEAD and DELETE may have none.
    let body = if bytes.is_empty() { NOTHING } else { Uint8Array::from(bytes).into() };
    got(ask_and_wait("send", how.into(), body).await)
}
