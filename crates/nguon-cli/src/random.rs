//! Random bytes from the operating system.

use nguon_core::SigningKey;
use nguon_core::ids::{AuthorityId, Nonce, Salt};
use nguon_gs1::Serial;

use crate::error::Error;

/// So many random bytes.
pub fn bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::system(format_args!("the operating system gave no random bytes: {error}")))?;
    Ok(bytes)
}

/// A new signing key.
pub fn signing_key() -> Result<SigningKey, Error> {
    Ok(SigningKey::from_bytes(&bytes()?))
}

/// A new authority's name.
pub fn authority_id() -> Result<AuthorityId, Error> {
    bytes().map(AuthorityId::from_bytes)
}

/// What makes a new chain's id unguessable.
pub fn nonce() -> Result<Nonce, Error> {
    bytes().map(Nonce::from_bytes)
}

/// What keeps a digest from being guessed.
pub fn salt() -> Result<Salt, Error> {
    bytes().map(Salt::from_bytes)
}

/// A label's serial: 80 bits in Crockford's base 32, so that nobody finds one even among a hundred thousand hashes. Upper case
/// and digits take less of a QR symbol than other characters, and none of them looks like another.
pub fn serial() -> Result<Serial, Error> {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bits = bytes::<10>()?.into_iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(byte));
    let digit = |place: u32| usize::try_from(bits >> (place * 5) & 31).ok().and_then(|at| ALPHABET.get(at)).copied();
    let text: String = (0..16).rev().filter_map(digit).map(char::from).collect();
    text.parse().map_err(Error::system)
}

/// A number below another one, which is not 0.
pub fn below(end: usize) -> Result<usize, Error> {
    // Of few numbers none is noticeably likelier.
    bytes().map(|bytes| usize::from_le_bytes(bytes) % end.max(1))
}
