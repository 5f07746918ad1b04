//! The files within a workbook (PKWARE APPNOTE 4.3): stored or deflated, never more bytes than a limit. Not read: ZIP64,
//! encryption, several volumes, checksums (XML that was damaged does not parse, or shows in the preview).

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::error::{Error, Measure};

/// Bytes that a workbook may unpack to, over all files read from it.
pub(super) const MAX_UNPACKED: usize = 256 << 20;

const DAMAGED: Error = Error::Damaged { part: "zip" };

/// A workbook's files, by name.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
    left: usize,
}

struct Entry {
    name: String,
    method: u16,
    packed: usize,
    header: usize,
}

impl<'a> Archive<'a> {
    /// Reads the directory at the end.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let end = end_of_directory(bytes).ok_or(DAMAGED)?;
        let count = u16_at(bytes, end + 10).ok_or(DAMAGED)?;
        let mut at = offset_at(bytes, end + 16).ok_or(DAMAGED)?;
        let mut entries = Vec::new();
        for _ in 0..count {
            if bytes.get(at..).is_none_or(|rest| !rest.starts_with(b"PK\x01\x02")) {
                return Err(DAMAGED);
            }
            let short = |place: usize| u16_at(bytes, at + place).ok_or(DAMAGED);
            let (flags, method) = (short(8)?, short(10)?);
            let (name, extra, comment) = (usize::from(short(28)?), usize::from(short(30)?), usize::from(short(32)?));
            let packed = offset_at(bytes, at + 20).ok_or(DAMAGED)?;
            let header = offset_at(bytes, at + 42).ok_or(DAMAGED)?;
            let name_bytes = bytes.get(at + 46..at + 46 + name).ok_or(DAMAGED)?;
            if flags & 1 == 1 {
                return Err(Error::OldExcel);
            }
            // Windows' own packer writes backslashes; names are compared without case, as Excel does.
            let name = String::from_utf8_lossy(name_bytes).replace('\\', "/").to_ascii_lowercase();
            entries.push(Entry { name, method, packed, header });
            at += 46 + usize::from(short(28)?) + extra + comment;
        }
        Ok(Self { bytes, entries, left: MAX_UNPACKED })
    }

    /// Whether there is a file of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// Unpacks a file; `None` if there is none of this name.
    pub(super) fn file(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let name = name.to_ascii_lowercase();
        let Some(entry) = self.entries.iter().find(|entry| entry.name == name) else { return Ok(None) };
        let local = self.bytes.get(entry.header..).filter(|local| local.starts_with(b"PK\x03\x04")).ok_or(DAMAGED)?;
        let short = |place: usize| u16_at(local, place).map(usize::from).ok_or(DAMAGED);
        let start = 30 + short(26)? + short(28)?;
        let packed = local.get(start..).and_then(|rest| rest.get(..entry.packed)).ok_or(DAMAGED)?;
        let too_large = Error::TooLarge { what: Measure::UnpackedBytes, most: MAX_UNPACKED };
        let unpacked = match entry.method {
            0 if packed.len() > self.left => return Err(too_large),
            0 => packed.to_vec(),
            8 => decompress_to_vec_with_limit(packed, self.left).map_err(|error| {
                let full = error.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput;
                if full { too_large } else { DAMAGED }
            })?,
            _ => return Err(DAMAGED),
        };
        self.left -= unpacked.len();
        Ok(Some(unpacked))
    }
}

/// The end record stands last but for a comment of at most 65,535 bytes.
fn end_of_directory(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(22)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find(|at| bytes.get(*at..).is_some_and(|rest| rest.starts_with(b"PK\x05\x06")))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair: [u8; 2] = bytes.get(at..)?.first_chunk().copied()?;
    Some(u16::from_le_bytes(pair))
}

/// Four bytes that are an offset or a length; never beyond what a file here can have.
fn offset_at(bytes: &[u8], at: usize) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..)?.first_chunk().copied()?;
    usize::try_from(u32::from_le_bytes(four)).ok().filter(|offset| *offset <= bytes.len())
}
