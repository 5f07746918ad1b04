//! The copies a host sends instead: made once, as small as each format allows.

use std::io::Write as _;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Brotli (RFC 7932) at its highest quality and its largest window that every browser takes.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params)?;
    Ok(packed)
}

/// Gzip (RFC 1952), for hosts and readers without Brotli; no time in its header, so that builds agree.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn both_give_the_bytes_back(bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
            let mut unpacked = Vec::new();
            brotli::BrotliDecompress(&mut &brotli(&bytes).unwrap()[..], &mut unpacked).unwrap();
            prop_assert_eq!(&unpacked, &bytes);
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(&gzip(&bytes).unwrap()[..]).read_to_end(&mut unpacked).unwrap();
            prop_assert_eq!(&unpacked, &bytes);
        }
    }
}
