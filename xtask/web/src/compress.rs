//! The copies a host sends instead: made once, as small as each format allows.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use brotli::concat::{BroCatli, BroCatliResult};
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::digest;

/// What the encoder takes a text for, and how large its blocks are.
type Guess = (BrotliEncoderMode, i32);

/// What the encoder takes a text for, and how large its blocks are: none is best for all files.
const GUESSES: [Guess; 9] = [
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

/// The guess for what a page fetches later: all of them would take as long as the page's first files together, for a
/// hundredth.
const FOR_LATER: usize = 3;

/// What was compressed before, by the hash of what it was made from: two pages that differ in their trust root have the same
/// program, and to compress one takes half a minute.
pub struct Packed {
    folder: PathBuf,
    hurried: bool,
}

impl Packed {
    /// Kept in a folder, which is made when something is put there.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder, hurried: false }
    }

    /// The same for a page that nobody weighs: what was not compressed before is compressed in a hundredth of the time, and not
    /// kept.
    pub fn in_a_hurry(self, hurried: bool) -> Self {
        Self { hurried, ..self }
    }

    /// What [`brotli()`] gives, unless the same was asked before; every guess is tried for what a page needs at once only.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn brotli(&self, bytes: &[u8], seams: &[usize], at_once: bool) -> Result<Vec<u8>> {
        let guesses = if at_once { &GUESSES[..] } else { &GUESSES[FOR_LATER..=FOR_LATER] };
        let made_of = format!("{guesses:?} {seams:?} {}", digest::hex(bytes));
        let file = self.folder.join(digest::hex(made_of.as_bytes()));
        // Cut short by a build that was ended, it does not unpack to what it should, and is made again.
        if let Ok(packed) = fs::read(&file)
            && unpacks_to(&packed, bytes)
        {
            return Ok(packed);
        }
        if self.hurried {
            return encoded(bytes, BrotliEncoderParams { quality: 5, size_hint: bytes.len(), ..Default::default() });
        }
        let packed = brotli(bytes, seams, guesses)?;
        fs::create_dir_all(&self.folder).with_context(|| self.folder.display().to_string())?;
        // Under a name of its own first: another build may be writing the same.
        let own = file.with_extension(std::process::id().to_string());
        fs::write(&own, &packed).and_then(|()| fs::rename(&own, &file)).with_context(|| file.display().to_string())?;
        Ok(packed)
    }
}

fn unpacks_to(packed: &[u8], bytes: &[u8]) -> bool {
    let mut unpacked = Vec::with_capacity(bytes.len());
    brotli::BrotliDecompress(&mut &packed[..], &mut unpacked).is_ok() && unpacked == bytes
}

/// Brotli (RFC 7932) at its highest quality and its largest window that every browser takes. A file that changes its nature
/// at `seams` is compressed piece by piece too, and the smaller of both is taken.
fn brotli(bytes: &[u8], seams: &[usize], guesses: &[Guess]) -> Result<Vec<u8>> {
    let whole = piece(bytes, false, guesses)?;
    if seams.is_empty() {
        return Ok(whole);
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    for until in seams.iter().copied().chain([bytes.len()]) {
        let part = bytes.get(from..until).context("a seam beyond the file")?;
        if !part.is_empty() {
            pieces.push(piece(part, true, guesses)?);
        }
        from = until;
    }
    let sewn = sew(&pieces)?;
    Ok(if sewn.len() < whole.len() { sewn } else { whole })
}

/// Compresses bytes; `sewable`: so that others may stand before them and behind.
fn piece(bytes: &[u8], sewable: bool, guesses: &[Guess]) -> Result<Vec<u8>> {
    let packed = |&(mode, lgblock): &Guess| {
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
        encoded(bytes, params)
    };
    // Side by side: they have nothing to do with each other. The first of the smallest, so that builds agree.
    let packed = std::thread::scope(|scope| {
        let tried: Vec<_> = guesses.iter().map(|guess| scope.spawn(|| packed(guess))).collect();
        tried.into_iter().map(|tried| tried.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let packed: Result<Vec<Vec<u8>>> = packed;
    packed?.into_iter().min_by_key(Vec::len).context("a guess")
}

fn encoded(bytes: &[u8], params: BrotliEncoderParams) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params)?;
    Ok(packed)
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
        let packed: Vec<_> = pieces.iter().map(|bytes| piece(bytes, true, &GUESSES).unwrap()).collect();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &sew(&packed).unwrap()[..], &mut unpacked).unwrap();
        assert_eq!(unpacked, bytes);
        assert!(brotli(&bytes, &seams, &GUESSES).unwrap().len() <= piece(&bytes, false, &GUESSES).unwrap().len());
    }

    #[test]
    fn what_was_compressed_before_is_used_again_unless_it_is_broken() {
        let folder = tempfile::tempdir().unwrap();
        let packed = Packed::new(folder.path().join("packed"));
        let bytes = b"litchi ".repeat(99);
        let first = packed.brotli(&bytes, &[], true).unwrap();
        let file = fs::read_dir(folder.path().join("packed")).unwrap().next().unwrap().unwrap().path();
        fs::write(&file, &first[..first.len() / 2]).unwrap();
        assert_eq!(packed.brotli(&bytes, &[], true).unwrap(), first);
        assert_eq!(fs::read(&file).unwrap(), first);
    }

    #[test]
    fn in_a_hurry_nothing_is_kept_that_a_weighed_page_would_find() {
        let folder = tempfile::tempdir().unwrap();
        let at = || Packed::new(folder.path().join("packed"));
        let bytes = b"litchi ".repeat(99);
        assert!(unpacks_to(&at().in_a_hurry(true).brotli(&bytes, &[], true).unwrap(), &bytes));
        assert!(!folder.path().join("packed").exists());
        let weighed = at().brotli(&bytes, &[], true).unwrap();
        assert_eq!(at().in_a_hurry(true).brotli(&bytes, &[], true).unwrap(), weighed, "there already");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn both_give_the_bytes_back(bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
            let mut unpacked = Vec::new();
            brotli::BrotliDecompress(&mut &brotli(&bytes, &[], &GUESSES).unwrap()[..], &mut unpacked).unwrap();
            prop_assert_eq!(&unpacked, &bytes);
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(&gzip(&bytes).unwrap()[..]).read_to_end(&mut unpacked).unwrap();
            prop_assert_eq!(&unpacked, &bytes);
        }
    }
}
