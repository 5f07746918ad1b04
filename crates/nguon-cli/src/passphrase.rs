//! Where passphrases come from: a file, the environment, or whoever sits at the terminal.

use std::path::PathBuf;

use age::secrecy::{ExposeSecret as _, SecretString};
use unicode_normalization::UnicodeNormalization as _;

use crate::error::Error;
use crate::files;
use crate::report::remark;

/// The environment variable.
pub const VARIABLE: &str = "NGUON_PASSPHRASE";

/// Shorter ones are guessed even through scrypt.
const SHORTEST: usize = 8;

/// How passphrases are asked for.
#[derive(Debug, Clone)]
pub struct Passphrases {
    /// A file whose first line is the passphrase.
    pub file: Option<PathBuf>,
    /// Keep new keys as they are.
    pub none: bool,
}

impl Passphrases {
    /// The passphrase for keys about to be made; `None`: they are to be kept unencrypted.
    pub fn for_new_keys(&self) -> Result<Option<SecretString>, Error> {
        if self.none {
            remark(
                "Warning: the secret keys are kept unencrypted. Whoever reads this disk or a backup of it can sign in \
                 your name. `nguon key passphrase NAME` encrypts one.",
            );
            return Ok(None);
        }
        if let Some(given) = self.given()? {
            return long_enough(given).map(Some);
        }
        ask_twice().map(Some)
    }

    /// The passphrase that a key is to have from now on; what opened it until now is not asked again.
    pub fn for_changed_key(&self, file: Option<PathBuf>) -> Result<Option<SecretString>, Error> {
        let new = Self { file, none: self.none };
        if new.none || new.file.is_some() { new.for_new_keys() } else { ask_twice().map(Some) }
    }

    /// The passphrase of a key that is there.
    pub fn of_key(&self, name: &str) -> Result<SecretString, Error> {
        match self.given()? {
            Some(given) => Ok(given),
            None => ask(&format!("Passphrase of key {name}: ")),
        }
    }

    fn given(&self) -> Result<Option<SecretString>, Error> {
        if let Some(path) = &self.file {
            let bytes =
                files::read(path)?.ok_or_else(|| Error::caller(format_args!("{} is not there", path.display())))?;
            let text = String::from_utf8(bytes)
                .map_err(|_| Error::caller(format_args!("{} is not UTF-8 text", path.display())))?;
            return Ok(Some(secret(text.lines().next().unwrap_or_default())));
        }
        match std::env::var(VARIABLE) {
            Ok(text) if !text.is_empty() => {
                remark(format_args!(
                    "Note: the passphrase comes from {VARIABLE}, which other programs of this account can read. \
                     --passphrase-file keeps it closer."
                ));
                Ok(Some(secret(&text)))
            }
            _ => Ok(None),
        }
    }
}

/// Vietnamese is typed composed on one keyboard and decomposed on another: both are the same passphrase.
fn secret(text: &str) -> SecretString {
    SecretString::from(text.nfc().collect::<String>())
}

fn long_enough(passphrase: SecretString) -> Result<SecretString, Error> {
    if passphrase.expose_secret().chars().count() >= SHORTEST {
        Ok(passphrase)
    } else {
        Err(Error::caller(format_args!("a passphrase has at least {SHORTEST} characters"))
            .next("choose a longer one; four unrelated words are good"))
    }
}

fn ask_twice() -> Result<SecretString, Error> {
    let first = long_enough(ask("New passphrase: ")?)?;
    let again = ask("The same again: ")?;
    if first.expose_secret() == again.expose_secret() {
        Ok(first)
    } else {
        Err(Error::caller("the two passphrases differ").next("run the command again"))
    }
}

fn ask(prompt: &str) -> Result<SecretString, Error> {
    rpassword::prompt_password(prompt).map(|text| secret(&text)).map_err(|error| {
        Error::caller(format_args!("there is no terminal to ask for a passphrase ({error})"))
            .next("give it with --passphrase-file FILE, or keep test keys open with --no-passphrase")
    })
}
