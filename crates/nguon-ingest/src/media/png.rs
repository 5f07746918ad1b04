//! PNG: the signature, an `IHDR` with a size, and whole chunks up to `IEND` (W3C PNG, 5). Checksums are a decoder's work.

pub(super) const MAGIC: &[u8] = b"\x89PNG\r\n\x1a\n";

pub(super) fn is_sound(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(MAGIC) else { return false };
    let (mut is_first, mut has_data) = (true, false);
    while let Some((kind, data, after)) = chunk(rest) {
        if is_first && !(kind == b"IHDR" && has_size(data)) {
            return false;
        }
        match kind {
            b"IEND" => return has_data,
            b"IDAT" => has_data = true,
            _ => {}
        }
        (is_first, rest) = (false, after);
    }
    false
}

/// Name and data of the first chunk, and what follows its checksum.
fn chunk(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let (data, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    Some((kind, data, rest.get(4..)?))
}

fn has_size(header: &[u8]) -> bool {
    header.len() == 13 && header.get(..4) != Some(&[0; 4]) && header.get(4..8) != Some(&[0; 4])
}
