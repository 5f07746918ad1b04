//! The copies a host sends instead: made once, as small as each format allows.

use std::io::Write as _;

use anyhow::{Context as _, Result, ensure};
use brotli::concat::{BroCatli, BroCatliResult};
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::Compression;
use flate2::write::GzEncoder;

/// What the encoder takes a text for, and how large its blocks are: none is best for all files.
const GUESSES: [(BrotliEncoderMode, i32); 9] = [
    (BrotliEncoderMode::BROTLI_MODE_GENERIC, 0),
    (BrotliEncoderMode::BROTLI_MODE_GENERIC, 18),
    (BrotliEncoderMode::BROTLI_MODE_FONT, 16),
    (BrotliEncoderMode::BROTLI_FORCE_LSB_PRIOR, 0),
    (BrotliEncoderMode::BROTLI_FORCE_LSB_PRIOR, 17),
    (BrotliEncoderMode::BROTLI_FORCE_MSB_PRIOR, 0),
    (BrotliEncoderMode::BROTLI_FORCE_UTF8_PRIOR, 0),
    (BrotliEncoderMode::BROTLI_FORCE_SIGNED_PRIOR, 0),
    (BrotliEncoderMode::BROTLI_FORCE_SIGNED_PRIOR, 17),
];

/// Brotli (RFC 7932) at its highest quality and its largest window that every browser takes. A file that changes its nature
/// at `seams` is compressed piece by piece too, and the smaller of both is taken.
pub fn brotli(bytes: &[u8], seams: &[usize]) -> Result<Vec<u8>> {
    let whole = piece(bytes, false)?;
    if seams.is_empty() {
        return Ok(whole);
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    for until in seams.iter().copied().chain([bytes.len()]) {
        let part = bytes.get(from..until).context("a seam beyond the file")?;
        if !part.is_empty() {
            pieces.push(piece(part, true)?);
        }
        from = until;
    }
    let sewn = sew(&pieces)?;
    Ok(if sewn.len() < whole.len() { sewn } else { whole })
}

/// Compresses bytes; `sewable`: so that others may stand before them and behind.
fn piece(bytes: &[u8], sewable: bool) -> Result<Vec<u8>> {
    let packed = GUESSES.into_iter().map(|(mode, lgblock)| {
        let params = BrotliEncoderParams {
            quality: 11,
            lgwin: 24,
            size_hint: bytes.len(),
            mode,
            lgblock,
            catable: sewable,
            appendable: sewable,
            use_dictionary: !sewable,
            ..Default::default()
        };
        let mut packed = Vec::new();
        brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params)?;
        Ok(packed)
    });
    let packed = packed.collect::<Result<Vec<_>>>()?;
    packed.into_iter().min_by_key(Vec::len).context("a guess")
}

/// One stream of several, which unpacks to what they unpack to, one after the other.
fn sew(pieces: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut sewing = BroCatli::new();
    let mut sewn = vec![0; pieces.iter().map(|piece| piece.len() + 16).sum::<usize>() + 64];
    let mut out = 0;
    for piece in pieces {
        sewing.new_brotli_file();
        let mut taken = 0;
        let result = sewing.stream(piece, &mut taken, &mut sewn, &mut out);
        ensure!(result == BroCatliResult::NeedsMoreInput, "Brotli pieces do not sew: {result:?}");
    }
    let result = sewing.finish(&mut sewn, &mut out);
    ensure!(result == BroCatliResult::Success, "Brotli pieces do not sew: {result:?}");
    sewn.truncate(out);
    Ok(sewn)
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

    #[test]
    fn pieces_sewn_together_unpack_as_one() {
        let pieces = [b"abcabcabcabc".repeat(50), (0..=255).collect::<Vec<u8>>().repeat(9), vec![7; 3_000]];
        let (bytes, seams) = (pieces.concat(), [pieces[0].len(), pieces[0].len() + pieces[1].len()]);
        let packed: Vec<_> = pieces.iter().map(|bytes| piece(bytes, true).unwrap()).collect();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &sew(&packed).unwrap()[..], &mut unpacked).unwrap();
        assert_eq!(unpacked, bytes);
        assert!(brotli(&bytes, &seams).unwrap().len() <= piece(&bytes, false).unwrap().len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn both_give_the_bytes_back(bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
            let mut unpacked = Vec::new();
            brotli::BrotliDecompress(&mut &brotli(&bytes, &[]).unwrap()[..], &mut unpacked).unwrap();
            prop_assert_eq!(&unpacked, &bytes);
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(&gzip(&bytes).unwrap()[..]).read_to_end(&mut unpacked).unwrap();
            prop_assert_eq!(&unpacked, &bytes);
        }
    }
}
