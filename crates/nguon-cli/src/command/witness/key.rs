//! The key of a cosigner, and the name it cosigns under.

use nguon_core::ids::PublicKeyBytes;
use nguon_core::trust::LogVerifier;
use nguon_witness::Cosigner;

use crate::command::root::key_file;
use crate::error::Error;
use crate::session::Session;

/// Unlocks the key. Its name is the given one or, without one, that of the same key among those `listed` by a trust root.
pub fn cosigner(
    session: &Session,
    key: &str,
    name: Option<&str>,
    listed: &[LogVerifier],
    role: &str,
) -> Result<Cosigner, Error> {
    let file = key_file(session, key)?;
    let name = match name {
        Some(name) => name.to_owned(),
        None => name_in(listed, &file.public).ok_or_else(|| {
            Error::caller(format_args!("the trust root lists no {role} with the key {}", file.public))
                .next(format_args!(
                    "have it added as NAME={}@URL with `nguon root propose`, import the new version, or give a --name",
                    file.public
                ))
                .code("not_listed")
        })?,
    };
    Cosigner::new(&name, file.unlock(&session.passphrases)?)
        .map_err(|error| Error::caller(format_args!("{name:?} cannot be a cosigner's name: {error}")))
}

fn name_in(listed: &[LogVerifier], key: &PublicKeyBytes) -> Option<String> {
    listed.iter().find(|verifier| verifier.key == *key).map(|verifier| verifier.name.to_string())
}
