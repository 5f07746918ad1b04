//! Keys in the browser: made, locked away, opened, used. Which way is decided in [`crate::keys`].

use js_sys::{Array, Uint8Array};
use nguon_core::SigningKey;
use nguon_core::ids::PublicKeyBytes;

use super::{NOTHING, ask, ask_and_wait, bytes_of};

/// Whether the browser has what keys need: it has not where a page came without https.
#[must_use]
pub fn can_hold() -> bool {
    ask("canHold", &NOTHING, &NOTHING).is_truthy()
}

/// Makes a key that the browser keeps and gives to nobody; `None` if it has no Ed25519.
pub async fn make() -> Option<PublicKeyBytes> {
    let public = bytes_of(&ask_and_wait("makeKey", NOTHING, NOTHING).await?)?;
    PublicKeyBytes::try_from(public.as_slice()).ok()
}

/// Locks a key away under a secret and under this device's own lock; whether it is on disk.
pub async fn lock(key: &SigningKey, secret: &str) -> bool {
    let name = PublicKeyBytes::from(key).to_string();
    let what = Array::of2(&name.into(), &Uint8Array::from(&key.to_bytes()[..]));
    ask_and_wait("wrapKey", what.into(), secret.into()).await.is_some()
}

/// Opens a key that was locked away; `None` if that is not the secret.
pub async fn open(key: &PublicKeyBytes, secret: &str) -> Option<SigningKey> {
    let seed = bytes_of(&ask_and_wait("openKey", key.to_string().into(), secret.into()).await?)?;
    let found = SigningKey::from_bytes(&seed.try_into().ok()?);
    (PublicKeyBytes::from(&found) == *key).then_some(found)
}

/// Has the browser sign with a key that it keeps.
pub async fn sign(key: &PublicKeyBytes, message: &[u8]) -> Option<Vec<u8>> {
    bytes_of(&ask_and_wait("sign", key.to_string().into(), Uint8Array::from(message).into()).await?)
}
