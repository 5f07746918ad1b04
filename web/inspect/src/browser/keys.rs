//! The device's key. Where the browser has Ed25519 (WebCrypto), it holds a key that nobody can take out of it; elsewhere
//! the key is kept encrypted under a passphrase (PBKDF2-SHA-256, AES-256-GCM) and is opened to sign.

use js_sys::{Array, Uint8Array};
use nguon_core::SigningKey;
use nguon_core::ids::PublicKeyBytes;
use wasm_bindgen::JsValue;

use super::{NOTHING, ask_and_wait, bytes_of, field, random};
use crate::record::Device;

fn public(found: &JsValue) -> Option<PublicKeyBytes> {
    PublicKeyBytes::try_from(bytes_of(&field(found, "public")?)?.as_slice()).ok()
}

fn device(found: Option<JsValue>) -> Device {
    let Some(found) = found else { return Device::Impossible };
    let held = field(&found, "held").is_some_and(|held| held.is_truthy());
    match public(&found) {
        None => Device::None,
        Some(key) if held => Device::Held(key),
        Some(key) => Device::Wrapped(key, false),
    }
}

/// The key on this device.
pub async fn find() -> Device {
    device(ask_and_wait("key", NOTHING, NOTHING).await)
}

/// Makes a key that the browser holds; `None` if it cannot.
pub async fn make() -> Option<Device> {
    let made = ask_and_wait("makeKey", NOTHING, NOTHING).await?;
    Some(device(Some(made))).filter(|device| matches!(device, Device::Held(_)))
}

/// Makes a key under a passphrase; it is open for as long as the page is.
pub async fn make_wrapped(passphrase: &str) -> Option<(Device, SigningKey)> {
    let key = SigningKey::from_bytes(&random::<32>()?);
    let public = PublicKeyBytes::from(&key);
    let both = Array::of2(&Uint8Array::from(&key.to_bytes()[..]), &Uint8Array::from(&public.as_bytes()[..]));
    ask_and_wait("wrapKey", both.into(), passphrase.into()).await?;
    Some((Device::Wrapped(public, true), key))
}

/// Opens the key that is kept under a passphrase; `None` if that is not the passphrase.
pub async fn open(passphrase: &str) -> Option<SigningKey> {
    let seed = bytes_of(&ask_and_wait("openKey", passphrase.into(), NOTHING).await?)?;
    Some(SigningKey::from_bytes(&seed.try_into().ok()?))
}

/// Has the browser sign with the key that it holds.
pub async fn sign(message: &[u8]) -> Option<Vec<u8>> {
    bytes_of(&ask_and_wait("sign", Uint8Array::from(message).into(), NOTHING).await?)
}
