//! Hashes as the web spells them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Hex digits of SHA-256 that a file name carries: enough that two builds of a page share one once in four
/// thousand million times; and then integrity attributes tell them apart.
const NAME_DIGITS: usize = 8;

/// `sha256-…`, what an `integrity` attribute says (W3C Subresource Integrity). Longer hashes would add nothing to what the
/// page is as a whole: its own records rest on SHA-256.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// `sha256-…`, what a policy says of an inline script (CSP Level 3).
pub fn csp_hash(text: &str) -> String {
    integrity(text.as_bytes())
}

/// SHA-256 in hex, the form in which a page's hash is published.
pub fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `style.css` and its bytes to `style-0123456789abcdef.css`.
pub fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = &hex(bytes)[..NAME_DIGITS];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_known_digests() {
        // The empty string, from FIPS 180-4's example values.
        assert_eq!(csp_hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert!(integrity(b"") == csp_hash(""));
        assert!(hex(b"").starts_with("e3b0c44298fc1c14"));
    }

    #[test]
    fn name_keeps_stem_and_extension() {
        assert_eq!(hashed_name("style.css", b""), "style-e3b0c442.css");
        assert_eq!(hashed_name("CNAME", b""), "CNAME-e3b0c442");
    }
}
