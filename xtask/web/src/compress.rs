//! The copies a host sends instead: made once, as small as each format allows.

use std::io::Write as _;

use anyhow::{Context as _, Result};
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::Compression;
use flate2::write::GzEncoder;

/// What the encoder takes a text for, and how large its blocks are: none is best for all files.
const GUESSES: [(BrotliEncoderMode, i32); 4] = [
    (BrotliEncoderMode::BROTLI_MODE_GENERIC, 0),
    (BrotliEncoderMode::BROTLI_MODE_FONT, 16),
    (BrotliEncoderMode::BROTLI_FORCE_LSB_PRIOR, 0),
    (BrotliEncoderMode::BROTLI_FORCE_LSB_PRIOR, 17),
];

/// Brotli (RFC 7932) at its highest quality and its largest window that every browser takes.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let packed = GUESSES.into_iter().map(|(mode, lgblock)| {
        let params =
            BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: bytes.len(), mode, lgblock, ..Default::default() };
        let mut packed = Vec::new();
        brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params)?;
        Ok(packed)
    });
    let packed = packed.collect::<Result<Vec<_>>>()?;
    packed.into_iter().min_by_key(Vec::len).context("a guess")
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
