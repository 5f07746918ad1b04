//! The payload out of data codewords (ISO/IEC 18004 §7.4).

use crate::code::version::Version;
use crate::symbol::Charset;

/// What a symbol says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payload {
    pub(crate) bytes: Vec<u8>,
    pub(crate) charset: Charset,
}

const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Bits from the front, highest first.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        (self.bytes.len() * 8).saturating_sub(self.at)
    }

    fn take(&mut self, count: usize) -> Option<u32> {
        let mut value = 0;
        for _ in 0..count {
            let byte = self.bytes.get(self.at / 8)?;
            value = value << 1 | u32::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(value)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(8).and_then(|value| u8::try_from(value).ok())
    }

    fn count(&mut self, bits: usize) -> Option<usize> {
        self.take(bits).and_then(|value| usize::try_from(value).ok())
    }
}

/// All segments in order; none if one of them cannot be.
pub(crate) fn parse(data: &[u8], version: Version) -> Option<Payload> {
    let mut bits = Bits { bytes: data, at: 0 };
    let mut bytes = Vec::new();
    let (mut kanji, mut named, mut fnc1) = (false, None, false);
    // Of three kinds of counters, which one (table 3).
    let kind = match version.number() {
        ..=9 => 0,
        10..=26 => 1,
        _ => 2,
    };
    while bits.left() >= 4 {
        match bits.take(4)? {
            0 => break,
            1 => numeric(&mut bits, [10, 12, 14][kind], &mut bytes)?,
            2 => alphanumeric(&mut bits, [9, 11, 13][kind], fnc1, &mut bytes)?,
            // Which part of a series this is: each part is given by itself.
            3 => drop(bits.take(16)?),
            4 => {
                for _ in 0..bits.count([8, 16, 16][kind])? {
                    bytes.push(bits.byte()?);
                }
            }
            5 => fnc1 = true,
            7 => named = Some(interpretation(&mut bits)?),
            8 => {
                kanji = true;
                double_bytes(&mut bits, [8, 10, 12][kind], &mut bytes)?;
            }
            9 => {
                fnc1 = true;
                bits.take(8)?;
            }
            _ => return None,
        }
    }
    let charset = match named {
        Some(26) => Charset::Utf8,
        Some(20) => Charset::ShiftJis,
        Some(0..=3) if bytes.is_ascii() => Charset::Utf8,
        Some(1 | 3) => Charset::Latin1,
        Some(number) => Charset::Other(number),
        None if std::str::from_utf8(&bytes).is_ok() => Charset::Utf8,
        // Japanese symbols often hold Shift JIS in byte mode without saying so.
        None if kanji || is_shift_jis(&bytes) => Charset::ShiftJis,
        None => Charset::Latin1,
    };
    Some(Payload { bytes, charset })
}

/// Whether bytes can be Shift JIS: ASCII, katakana of half width, and pairs (JIS X 0208, annex 1).
fn is_shift_jis(bytes: &[u8]) -> bool {
    let mut bytes = bytes.iter();
    while let Some(&first) = bytes.next() {
        let fits = match first {
            0x00..=0x7f | 0xa1..=0xdf => true,
            0x81..=0x9f | 0xe0..=0xfc => bytes.next().is_some_and(|second| matches!(second, 0x40..=0x7e | 0x80..=0xfc)),
            _ => false,
        };
        if !fits {
            return false;
        }
    }
    true
}

fn numeric(bits: &mut Bits<'_>, counter: usize, bytes: &mut Vec<u8>) -> Option<()> {
    let mut left = bits.count(counter)?;
    while left > 0 {
        let digits = left.min(3);
        let value = bits.take([0, 4, 7, 10][digits])?;
        let text = format!("{value:0digits$}");
        if text.len() > digits {
            return None;
        }
        bytes.extend_from_slice(text.as_bytes());
        left -= digits;
    }
    Some(())
}

fn alphanumeric(bits: &mut Bits<'_>, counter: usize, fnc1: bool, bytes: &mut Vec<u8>) -> Option<()> {
    let mut left = bits.count(counter)?;
    let mut text = Vec::with_capacity(left.min(4_296));
    let character = |value: u32| ALPHANUMERIC.get(usize::try_from(value).ok()?).copied();
    while left > 1 {
        let value = bits.take(11)?;
        text.extend([character(value / 45)?, character(value % 45)?]);
        left -= 2;
    }
    if left == 1 {
        text.push(character(bits.take(6)?)?);
    }
    if !fnc1 {
        bytes.append(&mut text);
        return Some(());
    }
    // %% stands for %, and % alone for the separator of GS1's fields (§7.4.8).
    let mut text = text.into_iter().peekable();
    while let Some(byte) = text.next() {
        bytes.push(match byte {
            b'%' if text.next_if_eq(&b'%').is_some() => b'%',
            b'%' => 0x1d,
            other => other,
        });
    }
    Some(())
}

/// Kanji mode: 13 bits for two bytes of Shift JIS.
fn double_bytes(bits: &mut Bits<'_>, counter: usize, bytes: &mut Vec<u8>) -> Option<()> {
    for _ in 0..bits.count(counter)? {
        let value = bits.take(13)?;
        let packed = ((value / 0xc0) << 8) | (value % 0xc0);
        let code = packed + if packed < 0x1f00 { 0x8140 } else { 0xc140 };
        bytes.extend_from_slice(&u16::try_from(code).ok()?.to_be_bytes());
    }
    Some(())
}

/// The number of an extended channel interpretation, in one to three bytes.
fn interpretation(bits: &mut Bits<'_>) -> Option<u32> {
    let first = bits.take(8)?;
    match first {
        0..=0x7f => Some(first),
        0x80..=0xbf => Some((first & 0x3f) << 8 | bits.take(8)?),
        0xc0..=0xdf => Some((first & 0x1f) << 16 | bits.take(16)?),
        _ => None,
    }
}
