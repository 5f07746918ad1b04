//! PDF: a header with a version at the very beginning, and at the end where its cross-reference begins (ISO 32000-1, 7.5).

pub(super) const MAGIC: &[u8] = b"%PDF-";

/// How far from the end a reader looks for the end.
const TAIL: usize = 1_024;

pub(super) fn is_sound(bytes: &[u8]) -> bool {
    let Some([major, b'.', minor, ..]) = bytes.strip_prefix(MAGIC) else { return false };
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default();
    let has = |word: &[u8]| tail.windows(word.len()).any(|found| found == word);
    matches!(major, b'1' | b'2') && minor.is_ascii_digit() && has(b"startxref") && has(b"%%EOF")
}
