//! The keys that are open while the app is: gone when it is closed, and when another person takes the phone.

use std::cell::RefCell;
use std::rc::Rc;

use ed25519_dalek::Signer as _;
use nguon_core::SigningKey;
use nguon_core::ids::PublicKeyBytes;

use super::{DeviceKey, Keeping};
use crate::browser::vault;

/// Open keys, shared by the parts of the app.
#[derive(Clone, Default)]
pub struct Ring(Rc<RefCell<Vec<SigningKey>>>);

/// Why nothing was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSignature {
    /// The key is locked: its PIN or passphrase is wanted
    Locked,
    /// The browser does not have the key any more, or did not sign
    Gone,
}

impl Ring {
    /// Adds an open key.
    pub fn put(&self, key: SigningKey) {
        let public = PublicKeyBytes::from(&key);
        let mut keys = self.0.borrow_mut();
        keys.retain(|known| PublicKeyBytes::from(known) != public);
        keys.push(key);
    }

    /// Closes every key; each is wiped from memory.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// Whether this key can sign now.
    #[must_use]
    pub fn is_open(&self, key: &DeviceKey) -> bool {
        key.keeping == Keeping::Held || self.0.borrow().iter().any(|known| PublicKeyBytes::from(known) == key.public)
    }

    /// Signs with a key of this device.
    ///
    /// # Errors
    /// It is locked, or gone.
    pub async fn sign(&self, key: &DeviceKey, message: &[u8]) -> Result<Vec<u8>, NoSignature> {
        if key.keeping == Keeping::Held {
            return vault::sign(&key.public, message).await.ok_or(NoSignature::Gone);
        }
        let keys = self.0.borrow();
        let found = keys.iter().find(|known| PublicKeyBytes::from(*known) == key.public);
        found.map(|found| found.sign(message).to_bytes().to_vec()).ok_or(NoSignature::Locked)
    }
}

#[cfg(test)]
mod tests {
    use nguon_core::ids::SignatureBytes;
    use nguon_core::key::PublicKey;

    use super::*;

    /// Polls once: nothing here waits for a browser.
    fn now<T>(work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match work.as_mut().poll(&mut context) {
            std::task::Poll::Ready(done) => done,
            std::task::Poll::Pending => panic!("waits"),
        }
    }

    #[test]
    fn only_an_open_key_signs_and_closing_closes_all() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let device = DeviceKey { public: PublicKeyBytes::from(&key), keeping: Keeping::Pin };
        let ring = Ring::default();
        assert_eq!(now(ring.sign(&device, b"x")), Err(NoSignature::Locked));
        ring.put(key);
        let signature = now(ring.sign(&device, b"x")).unwrap();
        let signature = SignatureBytes::try_from(signature.as_slice()).unwrap();
        assert!(PublicKey::from_bytes(&device.public).unwrap().verifies(b"x", &signature));
        ring.clear();
        assert!(!ring.is_open(&device));
        assert_eq!(now(ring.sign(&device, b"x")), Err(NoSignature::Locked));
    }
}
