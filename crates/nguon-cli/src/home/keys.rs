//! Secret keys on disk: an age file under a passphrase, or, when asked for, open.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use age::secrecy::SecretString;
use nguon_core::SigningKey;
use nguon_core::ids::{KeyId, PublicKeyBytes};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::files::{self, Mode};
use crate::passphrase::Passphrases;

const FORMAT: &str = "nguon-key-v1";
const ENDING: &str = ".key";

/// scrypt's cost, N = 2^17 (128 MiB, OWASP's advice): a third of a second here, and for whoever guesses.
const WORK_FACTOR: u8 = 17;

/// More would let a planted file take all memory.
const MOST_WORK: u8 = 20;

/// A key's local name, which is also its file's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyName(String);

impl FromStr for KeyName {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.');
        if (1..=64).contains(&text.len()) && text.bytes().all(plain) && !text.starts_with(['.', '-']) {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!("{text:?} is not a key name: 1 to 64 of a-z, 0-9, '-', '_', '.'"))
        }
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A key as it stands in its file: the secret half still locked.
#[derive(Debug)]
pub struct KeyFile {
    /// Its name.
    pub name: KeyName,
    /// Its public half.
    pub public: PublicKeyBytes,
    secret: Secret,
    path: PathBuf,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Secret {
    /// An armored age file that holds the 32-byte seed (RFC 8032 §5.1.5).
    Age(String),
    /// The seed itself.
    Open(nguon_core::bytes::ByteString),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self, Self::Age(_)) { "Age" } else { "Open" })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnDisk {
    format: String,
    public_key: PublicKeyBytes,
    secret: Secret,
}

impl KeyFile {
    /// Puts a new key into the folder; a name that is taken is an error.
    pub fn create(folder: &Path, name: KeyName, key: &SigningKey, under: Option<&SecretString>) -> Result<Self, Error> {
        files::make_private_folder(folder)?;
        let path = folder.join(format!("{name}{ENDING}"));
        if path.exists() {
            return Err(Error::caller(format_args!("there is a key named {name} already"))
                .next("choose another name; `nguon key list` shows those there are"));
        }
        let file = Self { public: PublicKeyBytes::from(key), secret: Secret::lock(key, under)?, name, path };
        files::create(&file.path, &file.to_bytes()?, Mode::Private)?;
        Ok(file)
    }

    /// Reads a key's file.
    pub fn load(folder: &Path, name: &KeyName) -> Result<Self, Error> {
        let path = folder.join(format!("{name}{ENDING}"));
        let bytes = files::read_secret(&path)?.ok_or_else(|| {
            Error::home(format_args!("there is no key named {name}"))
                .next("`nguon key list` shows those there are; `nguon key new NAME` makes one")
                .code("no_key")
        })?;
        let damaged = |why: &dyn fmt::Display| {
            Error::home(format_args!("the key file {} is damaged: {why}", path.display()))
                .next("restore it from a backup, or revoke the key and make a new one")
                .code("damaged")
        };
        let disk: OnDisk = serde_json::from_slice(&bytes).map_err(|error| damaged(&error))?;
        if disk.format != FORMAT {
            return Err(damaged(&format_args!("its format is {:?}, not {FORMAT}", disk.format)));
        }
        Ok(Self { name: name.clone(), public: disk.public_key, secret: disk.secret, path })
    }

    /// The names of all keys in the folder.
    pub fn names(folder: &Path) -> Result<Vec<KeyName>, Error> {
        let names = files::list(folder, ENDING)?;
        Ok(names.iter().filter_map(|name| name.strip_suffix(ENDING)?.parse().ok()).collect())
    }

    /// Its id.
    pub fn id(&self) -> KeyId {
        KeyId::of(&self.public)
    }

    /// Whether a passphrase is needed.
    pub fn is_encrypted(&self) -> bool {
        matches!(self.secret, Secret::Age(_))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The secret half.
    pub fn unlock(&self, passphrases: &Passphrases) -> Result<SigningKey, Error> {
        let key = match &self.secret {
            Secret::Open(seed) => self.key_of(&seed.0)?,
            Secret::Age(armored) => {
                let mut identity = age::scrypt::Identity::new(passphrases.of_key(&self.name.to_string())?);
                identity.set_max_work_factor(MOST_WORK);
                let seed = age::decrypt(&identity, armored.as_bytes()).map_err(|error| self.locked(&error))?;
                self.key_of(&seed)?
            }
        };
        if PublicKeyBytes::from(&key) == self.public {
            Ok(key)
        } else {
            Err(self.damaged("its two halves do not belong together"))
        }
    }

    /// Writes it anew under another passphrase.
    pub fn lock_again(&mut self, key: &SigningKey, under: Option<&SecretString>) -> Result<(), Error> {
        self.secret = Secret::lock(key, under)?;
        files::write(&self.path, &self.to_bytes()?, Mode::Private)
    }

    fn key_of(&self, seed: &[u8]) -> Result<SigningKey, Error> {
        let seed = seed.try_into().map_err(|_| self.damaged("the secret is not 32 bytes"))?;
        Ok(SigningKey::from_bytes(seed))
    }

    fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        let secret = match &self.secret {
            Secret::Age(text) => Secret::Age(text.clone()),
            Secret::Open(seed) => Secret::Open(seed.clone()),
        };
        let disk = OnDisk { format: FORMAT.into(), public_key: self.public, secret };
        let mut bytes = serde_json::to_vec_pretty(&disk).map_err(Error::system)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn locked(&self, error: &age::DecryptError) -> Error {
        // age tells a wrong passphrase from a damaged file as far as its format lets it.
        match error {
            age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed => {
                Error::caller(format_args!("the passphrase does not open key {}", self.name))
                    .next("try again; without the passphrase the key is lost: revoke it and enrol a new one")
                    .code("wrong_passphrase")
            }
            error => self.damaged(&error.to_string()),
        }
    }

    fn damaged(&self, why: &str) -> Error {
        Error::home(format_args!("the key file {} is damaged: {why}", self.path.display()))
            .next("restore it from a backup, or revoke the key and make a new one")
            .code("damaged")
    }
}

impl Secret {
    fn lock(key: &SigningKey, under: Option<&SecretString>) -> Result<Self, Error> {
        let Some(passphrase) = under else {
            return Ok(Self::Open(nguon_core::bytes::ByteString(key.to_bytes().to_vec())));
        };
        let mut recipient = age::scrypt::Recipient::new(passphrase.clone());
        recipient.set_work_factor(WORK_FACTOR);
        age::encrypt_and_armor(&recipient, &key.to_bytes()).map(Self::Age).map_err(Error::system)
    }
}
