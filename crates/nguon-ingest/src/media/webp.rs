//! WebP: a RIFF container of form `WEBP` whose size fits, and whole chunks with a picture among them (RFC 9649, 2).

pub(super) const RIFF: &[u8] = b"RIFF";
pub(super) const WEBP: &[u8] = b"WEBP";

pub(super) fn is_sound(bytes: &[u8]) -> bool {
    let Some((length, rest)) = bytes.strip_prefix(RIFF).and_then(|rest| rest.split_first_chunk::<4>()) else {
        return false;
    };
    let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
    let Some(mut chunks) = rest.get(..length).and_then(|body| body.strip_prefix(WEBP)) else { return false };
    let (mut is_first, mut has_picture) = (true, false);
    while !chunks.is_empty() {
        let Some((kind, data, after)) = chunk(chunks) else { return false };
        has_picture |= matches!(kind, b"VP8 " | b"VP8L" | b"ANMF") && !data.is_empty();
        if is_first && !matches!(kind, b"VP8 " | b"VP8L" | b"VP8X") {
            return false;
        }
        (is_first, chunks) = (false, after);
    }
    has_picture
}

/// Name and data of the first chunk, and what follows; data of an odd length has a byte of padding.
fn chunk(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (kind, rest) = bytes.split_first_chunk::<4>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (data, rest) = rest.split_at_checked(length)?;
    Some((kind, data, if length % 2 == 1 { rest.get(1..)? } else { rest }))
}
