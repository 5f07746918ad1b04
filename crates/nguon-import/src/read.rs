//! From bytes to a [`Workbook`]: what kind of file it is, is seen in it, not in its name.

mod delimited;
mod double;
mod encoding;
mod xlsx;
mod xml;
mod zip;

use crate::error::{Error, Measure};
use crate::table::{MAX_BYTES, Workbook};

/// Reads an `.xlsx` workbook, or a table as text: UTF-8, UTF-16 or windows-1258, between commas, semicolons or tabs.
pub fn read(bytes: &[u8]) -> Result<Workbook, Error> {
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    match bytes {
        _ if bytes.len() > MAX_BYTES => Err(Error::TooLarge { what: Measure::Bytes, most: MAX_BYTES }),
        _ if bytes.starts_with(OLE) => Err(Error::OldExcel),
        _ if bytes.starts_with(b"PK\x03\x04") => xlsx::read(bytes),
        _ => delimited::read(bytes),
    }
}
