//! Byte strings in vector files: hexadecimal, with as much white space as helps the reader.

use nguon_tlog::hash::Hash;
use serde::{Deserialize, Deserializer, de::Error as _};

pub struct Hex(pub Vec<u8>);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits: Option<Vec<u8>> =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
        match digits {
            Some(digits) if digits.len() % 2 == 0 => {
                Ok(Self(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()))
            }
            _ => Err(D::Error::custom("not hexadecimal")),
        }
    }
}

/// Exactly 32 bytes: a hash, or a key of the map.
#[derive(Clone, Copy)]
pub struct Hex32(pub [u8; 32]);

impl From<Hex32> for Hash {
    fn from(hex: Hex32) -> Self {
        Self::from_bytes(hex.0)
    }
}

impl<'de> Deserialize<'de> for Hex32 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Hex(bytes) = Hex::deserialize(deserializer)?;
        bytes.try_into().map(Self).map_err(|_| D::Error::custom("not 32 bytes"))
    }
}

/// Hashes one after the other in a list, as the tree's proofs have them.
pub fn hashes(list: &[Hex32]) -> Vec<Hash> {
    list.iter().map(|hash| Hash::from(*hash)).collect()
}
