//! A parcel as a row of QR symbols: numbered, each with a check, and gathered in any order.
//!
//! ```text
//! NGUON:GIAO/<base 32 of: 0x01 ‖ 8 bytes of SHA-256(parcel) ‖ number ‖ how many ‖ part>
//! parcel = array of records ‖ array of openings    (two CBOR items, RFC 8742)
//! ```

use nguon_core::bytes::ByteString;
use nguon_core::cbor::{self, Limits};
use nguon_core::opening::PersonalOpening;
use sha2::{Digest as _, Sha256};

use super::{CodeError, base32};
use crate::draft::Parcel;

const FRAME: &str = "NGUON:GIAO/";
const VERSION: u8 = 1;
/// Bytes of the parcel in one frame: with its head, in base 32 and with the beginning, no more than 700 characters.
const PART: usize = 416;
/// The most frames of one parcel.
pub const MOST_FRAMES: usize = 64;
/// The most bytes of one parcel.
const MOST: usize = PART * MOST_FRAMES;
const LIMITS: Limits = Limits { length: MOST, depth: 5 };
/// Bytes of a parcel's hash in each frame.
const NAME: usize = 8;

/// The parcel as texts for QR symbols, at most 700 characters each.
///
/// # Errors
/// It would take more than [`MOST_FRAMES`].
pub fn frames(parcel: &Parcel) -> Result<Vec<String>, CodeError> {
    let bytes = to_bytes(parcel)?;
    let hash = Sha256::digest(&bytes);
    let parts: Vec<&[u8]> = bytes.chunks(PART).collect();
    let all = u8::try_from(parts.len()).map_err(|_| CodeError::TooLong)?;
    let frame = |(number, part): (u8, &&[u8])| {
        let name = hash.get(..NAME).unwrap_or_default();
        [FRAME, &base32::encode(&[&[VERSION], name, &[number, all], part].concat())].concat()
    };
    Ok((0..all).zip(&parts).map(frame).collect())
}

fn to_bytes(parcel: &Parcel) -> Result<Vec<u8>, CodeError> {
    let records = cbor::to_bytes(&parcel.records, LIMITS).map_err(|_| CodeError::TooLong)?;
    let openings = cbor::to_bytes(&parcel.openings, LIMITS).map_err(|_| CodeError::TooLong)?;
    let bytes = [records, openings].concat();
    if bytes.len() > MOST { Err(CodeError::TooLong) } else { Ok(bytes) }
}

fn from_bytes(bytes: &[u8]) -> Option<Parcel> {
    let [records, openings] = cbor::split_sequence(bytes).ok()?.try_into().ok()?;
    let records = cbor::from_canonical::<Vec<ByteString>>(records, LIMITS).ok()?;
    let openings = cbor::from_canonical::<Vec<PersonalOpening>>(openings, LIMITS).ok()?;
    Some(Parcel { records, openings })
}

/// Frames as they are scanned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gather {
    name: [u8; NAME],
    parts: Vec<Option<Vec<u8>>>,
}

/// What a scanned frame was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gathered {
    /// One that was missing; the rest is still to come
    More,
    /// One that was there already
    Again,
    /// One of another parcel: what was gathered stays
    Another,
    /// The last one: here it is
    Whole(Parcel),
    /// The last one, and together they are not what was shown: begin again
    Broken,
}

impl Gather {
    /// Takes up a frame.
    ///
    /// # Errors
    /// The text is no frame.
    pub fn take(&mut self, text: &str) -> Result<Gathered, CodeError> {
        let frame = Frame::read(text)?;
        if self.parts.is_empty() {
            (self.name, self.parts) = (frame.name, vec![None; frame.all]);
        }
        if frame.name != self.name || frame.all != self.parts.len() {
            return Ok(Gathered::Another);
        }
        let Some(place) = self.parts.get_mut(frame.number) else { return Err(CodeError::Mistyped) };
        if place.is_some() && self.missing() > 0 {
            return Ok(Gathered::Again);
        }
        if let Some(place) = self.parts.get_mut(frame.number) {
            *place = Some(frame.part);
        }
        if self.missing() > 0 {
            return Ok(Gathered::More);
        }
        let bytes: Vec<u8> = self.parts.iter().flatten().flatten().copied().collect();
        let sound = Sha256::digest(&bytes).starts_with(&self.name);
        let parcel = from_bytes(&bytes).filter(|_| sound);
        Ok(match parcel {
            Some(parcel) => Gathered::Whole(parcel),
            None => {
                *self = Self::default();
                Gathered::Broken
            }
        })
    }

    /// How many frames there are, once one was seen.
    #[must_use]
    pub fn all(&self) -> usize {
        self.parts.len()
    }

    /// How many are still missing.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.parts.iter().filter(|part| part.is_none()).count()
    }

    /// Which ones, from 1, as they are numbered for people.
    #[must_use]
    pub fn wanted(&self) -> Vec<usize> {
        self.parts.iter().enumerate().filter(|(_, part)| part.is_none()).map(|(n, _)| n + 1).collect()
    }
}

struct Frame {
    name: [u8; NAME],
    number: usize,
    all: usize,
    part: Vec<u8>,
}

impl Frame {
    fn read(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        let begins = text.get(..FRAME.len()).is_some_and(|found| found.eq_ignore_ascii_case(FRAME));
        let rest = text.get(FRAME.len()..).filter(|_| begins).ok_or(CodeError::Other)?;
        let bytes = base32::decode(rest)?;
        match bytes.split_first() {
            Some((&VERSION, rest)) => {
                let (name, rest) = rest.split_first_chunk::<NAME>().ok_or(CodeError::Mistyped)?;
                let ([number, all], part) = rest.split_first_chunk::<2>().ok_or(CodeError::Mistyped)?;
                let (number, all) = (usize::from(*number), usize::from(*all));
                let sound = number < all && all <= MOST_FRAMES && (1..=PART).contains(&part.len());
                if sound {
                    Ok(Self { name: *name, number, all, part: part.to_vec() })
                } else {
                    Err(CodeError::Mistyped)
                }
            }
            Some(_) => Err(CodeError::Newer),
            None => Err(CodeError::Mistyped),
        }
    }
}
