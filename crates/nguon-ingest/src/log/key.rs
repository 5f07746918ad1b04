//! The log's key, from a file: as `nguon key new` writes it, open or under a passphrase, or the 32-byte seed (RFC 8032
//! §5.1.5) as 64 hexadecimal digits.

use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use nguon_core::SigningKey;
use nguon_core::bytes::ByteString;
use nguon_core::ids::PublicKeyBytes;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

const FORMAT: &str = "nguon-key-v1";

/// scrypt's N = 2^20: more would let a planted file take all memory.
const MOST_WORK: u8 = 20;

/// Why a file gives no key; each says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// It cannot be read.
    #[error("{path}: {source}; `nguon key new log` makes a key", path = path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is no key's file.
    #[error("{path} is no key file: {reason}; `nguon key new log` makes one", path = path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// It is encrypted, and there is no passphrase.
    #[error(
        "{path} is under a passphrase: give it in a file with --log-passphrase-file FILE, or in NGUON_PASSPHRASE",
        path = path.display()
    )]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The passphrase does not open it.
    #[error("the passphrase does not open {path}", path = path.display())]
    Passphrase {
        /// The file.
        path: PathBuf,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OnDisk {
    format: String,
    public_key: PublicKeyBytes,
    secret: Secret,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Secret {
    /// An armored age file that holds the seed.
    Age(String),
    /// The seed itself.
    Open(ByteString),
}

/// Reads a key. The passphrase is asked for only if the file is under one.
pub fn read_key(path: &Path, passphrase: impl FnOnce() -> Option<String>) -> Result<SigningKey, KeyError> {
    let read = std::fs::read_to_string(path);
    let text = read.map_err(|source| KeyError::Read { path: path.to_owned(), source })?;
    let wrong = |reason: &str| KeyError::Format { path: path.to_owned(), reason: reason.to_owned() };
    let trimmed = text.trim();
    if !trimmed.starts_with('{') {
        let seed: PublicKeyBytes =
            trimmed.parse().map_err(|_| wrong("neither JSON nor 64 hexadecimal digits in lower case"))?;
        return Ok(SigningKey::from_bytes(seed.as_bytes()));
    }
    // The parser's own words could repeat a part of the secret.
    let disk: OnDisk = serde_json::from_str(trimmed).map_err(|_| wrong("it is not of the form that nguon writes"))?;
    if disk.format != FORMAT {
        return Err(wrong("it is of another version than this software knows"));
    }
    let seed = match disk.secret {
        Secret::Open(seed) => seed.0,
        Secret::Age(armored) => {
            let given = passphrase().ok_or_else(|| KeyError::Locked { path: path.to_owned() })?;
            // As it was typed on any keyboard, composed or not.
            let mut identity = age::scrypt::Identity::new(SecretString::from(given.nfc().collect::<String>()));
            identity.set_max_work_factor(MOST_WORK);
            let opened = age::decrypt(&identity, armored.as_bytes());
            opened.map_err(|_| KeyError::Passphrase { path: path.to_owned() })?
        }
    };
    let seed = seed.as_slice().try_into().map_err(|_| wrong("the secret is not 32 bytes"))?;
    let key = SigningKey::from_bytes(seed);
    if PublicKeyBytes::from(&key) == disk.public_key {
        Ok(key)
    } else {
        Err(wrong("its two halves do not belong together"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, passphrase: Option<&str>) -> Result<SigningKey, KeyError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        read_key(file.path(), || passphrase.map(ToOwned::to_owned))
    }

    fn disk(key: &SigningKey, secret: serde_json::Value) -> String {
        let public_key = PublicKeyBytes::from(key).to_string();
        serde_json::json!({"format": FORMAT, "public_key": public_key, "secret": secret}).to_string()
    }

    #[test]
    fn each_form_gives_the_key() {
        let key = SigningKey::from_bytes(&[0xab; 32]);
        let hex = "ab".repeat(32);
        let recipient = {
            let mut recipient = age::scrypt::Recipient::new(SecretString::from("mật khẩu".to_owned()));
            recipient.set_work_factor(2);
            recipient
        };
        let armored = age::encrypt_and_armor(&recipient, &key.to_bytes()).unwrap();
        let locked = disk(&key, serde_json::json!({"age": armored}));
        for (text, passphrase) in [
            (format!("{hex}\n"), None),
            (disk(&key, serde_json::json!({"open": hex})), None),
            (locked.clone(), Some("mật khẩu".nfd().collect::<String>())),
        ] {
            assert_eq!(read(&text, passphrase.as_deref()).unwrap().to_bytes(), key.to_bytes());
        }
        assert!(matches!(read(&locked, None), Err(KeyError::Locked { .. })));
        assert!(matches!(read(&locked, Some("another one")), Err(KeyError::Passphrase { .. })));
    }

    #[test]
    fn what_is_no_key_is_refused_without_being_repeated() {
        let key = SigningKey::from_bytes(&[0xab; 32]);
        let hex = "ab".repeat(32);
        let other = SigningKey::from_bytes(&[1; 32]);
        for text in [
            String::new(),
            hex[1..].to_owned(),
            disk(&other, serde_json::json!({"open": hex})),
            disk(&key, serde_json::json!({"open": "abab"})),
            disk(&key, serde_json::json!({"open": hex, "x": 1})),
            disk(&key, serde_json::json!({"open": hex})).replace("-v1", "-v2"),
        ] {
            let error = read(&text, None).unwrap_err();
            assert!(matches!(error, KeyError::Format { .. }), "{error}");
            assert!(!error.to_string().contains("abab"), "{error}");
        }
    }
}
