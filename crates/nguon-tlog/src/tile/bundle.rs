//! Entry bundles: entries one after the other, each behind its length in 16 bits, big-endian.

use super::error::TileError;
use super::name::EntryBundle;

/// The longest entry that a bundle can hold.
pub const LONGEST_ENTRY: usize = u16::MAX as usize;

/// The bytes of a bundle of these entries.
///
/// # Errors
/// [`TileError::EntryTooLong`]
pub fn encode_entries<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, TileError> {
    let mut bytes = Vec::with_capacity(entries.iter().map(|entry| 2 + entry.as_ref().len()).sum());
    entries.iter().try_for_each(|entry| push_entry(&mut bytes, entry.as_ref()))?;
    Ok(bytes)
}

/// The entries in a bundle's bytes: exactly as many as its name says, and nothing after them.
///
/// # Errors
/// [`TileError::Entries`]
pub fn decode_entries<'a>(name: &EntryBundle, bytes: &'a [u8]) -> Result<Vec<&'a [u8]>, TileError> {
    let found = take_entries(usize::from(name.width()), bytes).filter(|(_, rest)| rest.is_empty());
    let broken = || TileError::Entries { path: name.path(), expected: name.width() };
    found.map(|(entries, _)| entries).ok_or_else(broken)
}

/// Appends one entry to a bundle's bytes, or leaves them as they are.
pub(super) fn push_entry(bytes: &mut Vec<u8>, entry: &[u8]) -> Result<(), TileError> {
    let length = u16::try_from(entry.len()).map_err(|_| TileError::EntryTooLong(entry.len()))?;
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(entry);
    Ok(())
}

/// The first entries, and the bytes after them.
fn take_entries(count: usize, bytes: &[u8]) -> Option<(Vec<&[u8]>, &[u8])> {
    let mut entries = Vec::with_capacity(count);
    let mut rest = bytes;
    for _ in 0..count {
        let (length, after) = rest.split_first_chunk()?;
        let (entry, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry);
        rest = after;
    }
    Some((entries, rest))
}
