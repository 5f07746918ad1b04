//! Keys on this device. Where the browser has Ed25519 and one person uses the device, the browser holds a key that it gives
//! to nobody. Else the key is kept locked away: under a passphrase where the browser has no Ed25519, under a PIN where
//! several people share a phone; and each time under a second lock of this device, so that the secret cannot be guessed at with
//! what another page or an export of the database shows. (Whoever copies the browser's own files has both locks and can try
//! PINs: a stolen phone is a reason to have its keys revoked, PIN or not.)

mod ring;
mod tries;

pub use ring::{NoSignature, Ring};
pub use tries::Tries;

use nguon_core::SigningKey;
use nguon_core::ids::PublicKeyBytes;
use nguon_draft::{kept_fields, kept_words};

use crate::browser::{random, vault};

/// How a key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// The browser holds it and gives it to nobody
    Held,
    /// Locked away under a passphrase: the browser has no Ed25519
    Passphrase,
    /// Locked away under a PIN: several people use this phone
    Pin,
}

/// A key on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceKey {
    /// What everybody may see of it
    pub public: PublicKeyBytes,
    /// How it is kept
    pub keeping: Keeping,
}

kept_words! { Keeping { Held, Passphrase, Pin } }
kept_fields! { DeviceKey { public, keeping } }

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoKey {
    /// The page did not come by https: the browser keeps no keys for it
    Insecure,
    /// The browser has no Ed25519: a passphrase is needed
    NeedsPassphrase,
    /// The browser could not keep it
    NotKept,
}

/// The fewest characters of a passphrase, and the fewest digits of a PIN.
pub const SHORTEST_PASSPHRASE: usize = 10;
/// The fewest digits of a PIN.
pub const SHORTEST_PIN: usize = 6;

/// Whether a PIN is one: digits, enough of them, and none that everybody tries first.
#[must_use]
pub fn is_pin(text: &str) -> bool {
    let digits: Vec<u8> = text.bytes().collect();
    let steps = || digits.windows(2).map(|pair| i16::from(pair[1]) - i16::from(pair[0]));
    text.len() >= SHORTEST_PIN
        && text.len() <= 12
        && digits.iter().all(u8::is_ascii_digit)
        && ![-1, 0, 1].into_iter().any(|step| steps().all(|found| found == step))
}

/// Makes a key that the browser holds.
///
/// # Errors
/// Why it cannot.
pub async fn make_held() -> Result<DeviceKey, NoKey> {
    if !vault::can_hold() {
        return Err(NoKey::Insecure);
    }
    let public = vault::make().await.ok_or(NoKey::NeedsPassphrase)?;
    Ok(DeviceKey { public, keeping: Keeping::Held })
}

/// Makes a key and locks it away; it is open for as long as the app is.
///
/// # Errors
/// Why it cannot.
pub async fn make_locked(keeping: Keeping, secret: &str, ring: &Ring) -> Result<DeviceKey, NoKey> {
    if !vault::can_hold() {
        return Err(NoKey::Insecure);
    }
    let key = SigningKey::from_bytes(&random::<32>().ok_or(NoKey::Insecure)?);
    if !vault::lock(&key, secret).await {
        return Err(NoKey::NotKept);
    }
    let public = PublicKeyBytes::from(&key);
    ring.put(key);
    Ok(DeviceKey { public, keeping })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_that_everybody_tries_first_is_none() {
        for good in ["260693", "918273", "112358"] {
            assert!(is_pin(good), "{good}");
        }
        for bad in ["", "12345", "123456", "987654", "000000", "77777777", "12a456", "2606931234567", "２６０６９３"]
        {
            assert!(!is_pin(bad), "{bad}");
        }
    }
}
