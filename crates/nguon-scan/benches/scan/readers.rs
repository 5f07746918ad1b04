//! Five ways to read a picture.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use encoding_rs::{SHIFT_JIS, WINDOWS_1252};
use nguon_scan::{Charset, Luma, Symbol, read_picture};
use nguon_scenes::Picture;
use rxing::helpers::{detect_in_luma_filtered_with_hints, detect_multiple_in_luma_with_hints};
use rxing::{BarcodeFormat, DecodeHints};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Ours,
    OursQuick,
    Rxing,
    RxingFiltered,
    Rqrr,
}

impl Reader {
    pub const ALL: [Self; 5] = [Self::Ours, Self::OursQuick, Self::Rxing, Self::RxingFiltered, Self::Rqrr];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::OursQuick => "ours_quick",
            Self::Rxing => "rxing",
            Self::RxingFiltered => "rxing_filtered",
            Self::Rqrr => "rqrr",
        }
    }

    /// Whether it is one of ours.
    pub const fn is_ours(self) -> bool {
        matches!(self, Self::Ours | Self::OursQuick)
    }

    /// What it reads. A reader that panics on a picture has read nothing in it.
    pub fn read(self, picture: &Picture) -> Vec<String> {
        catch_unwind(AssertUnwindSafe(|| match self {
            Self::Ours => ours(picture, usize::MAX),
            Self::OursQuick => ours(picture, 2),
            Self::Rxing => rxing(picture),
            Self::RxingFiltered => rxing_filtered(picture),
            Self::Rqrr => rqrr(picture),
        }))
        .unwrap_or_default()
    }
}

fn ours(picture: &Picture, mut attempts: usize) -> Vec<String> {
    let frame = Luma::new(picture.width, picture.height, &picture.pixels).expect("a picture");
    let go_on = || {
        attempts -= 1;
        attempts > 0
    };
    read_picture(frame, go_on).iter().map(text).collect()
}

/// As a browser's `TextDecoder` would have it.
pub fn text(symbol: &Symbol) -> String {
    match symbol.charset() {
        Charset::ShiftJis => SHIFT_JIS.decode(symbol.bytes()).0.into_owned(),
        Charset::Latin1 => WINDOWS_1252.decode(symbol.bytes()).0.into_owned(),
        _ => String::from_utf8_lossy(symbol.bytes()).into_owned(),
    }
}

fn hints() -> DecodeHints {
    DecodeHints {
        TryHarder: Some(true),
        AlsoInverted: Some(true),
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        ..DecodeHints::default()
    }
}

fn size(picture: &Picture) -> (u32, u32) {
    (u32::try_from(picture.width).expect("small"), u32::try_from(picture.height).expect("small"))
}

fn rxing(picture: &Picture) -> Vec<String> {
    let (width, height) = size(picture);
    let found = detect_multiple_in_luma_with_hints(picture.pixels.clone(), width, height, &mut hints());
    found.unwrap_or_default().iter().map(|found| found.getText().to_owned()).collect()
}

fn rxing_filtered(picture: &Picture) -> Vec<String> {
    let (width, height) = size(picture);
    let format = Some(BarcodeFormat::QR_CODE);
    let found = detect_in_luma_filtered_with_hints(picture.pixels.clone(), width, height, format, &mut hints());
    found.iter().map(|found| found.getText().to_owned()).collect()
}

fn rqrr(picture: &Picture) -> Vec<String> {
    let pixel = |x: usize, y: usize| picture.pixels[y * picture.width + x];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(picture.width, picture.height, pixel);
    image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}
