//! A household of the file, its plots, and by what it is known again.

use std::fmt;
use std::str::FromStr;

use nguon_core::ids::{ChainId, PublicKeyBytes};
use nguon_core::values::{Code, CommuneCode, Count, Grams, SquareMetres, Text};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::table::Address;
use crate::text::squeeze;
use crate::value::{PersonName, Phone};

/// A household, as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Household {
    /// The cell of its name.
    pub at: Address,
    /// Its head's name.
    pub name: PersonName,
    /// Its telephone number.
    pub phone: Option<Phone>,
    /// Its village. No record has it: it tells people of one name apart.
    pub village: Option<String>,
    /// Its commune.
    pub commune: Option<CommuneCode>,
    /// Its phone's key, and the cell of it.
    pub key: Option<(PublicKeyBytes, Address)>,
    /// Its plots.
    pub plots: Vec<Plot>,
}

/// A plot, as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// The cell of its size.
    pub at: Address,
    /// What the household calls it. No record has it.
    pub name: Option<String>,
    /// The growing area's code.
    pub code: Option<Code>,
    /// The growing area's chain, where areas were given.
    pub area: Option<ChainId>,
    /// Its size.
    pub size: SquareMetres,
    /// What grows there.
    pub variety: Text,
    /// How many trees.
    pub trees: Option<Count>,
    /// What it is expected to bear this season, and the cell of that.
    pub expected: Option<(Grams, Address)>,
}

/// By what a household is known again: a hash of its telephone number, or of its name, village and commune.
///
/// It is no secret: whoever has it can try all telephone numbers. A register of them is as private as the numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HouseholdKey([u8; 16]);

impl HouseholdKey {
    /// Of a telephone number.
    #[must_use]
    pub fn of_phone(phone: &Phone) -> Self {
        Self::hash(&["phone", phone.as_str()])
    }

    /// Of a name in a village. Capitals, spaces and the spelling of the village's kind do not count, marks of the name do.
    #[must_use]
    pub fn of_name(name: &PersonName, village: Option<&str>, commune: Option<&CommuneCode>) -> Self {
        let village = village.map(village_key).unwrap_or_default();
        Self::hash(&["name", &name.key(), &village, commune.map_or("", CommuneCode::as_str)])
    }

    /// As it was kept.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// To be kept.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0
    }

    fn hash(parts: &[&str]) -> Self {
        let mut state = Sha256::new_with_prefix(b"nguon/household/v1");
        for part in parts {
            state.update(b"\n");
            state.update(part.as_bytes());
        }
        let digest: [u8; 32] = state.finalize().into();
        let mut half = [0; 16];
        half.copy_from_slice(&digest[..16]);
        Self(half)
    }
}

/// "Thôn Kép 1", "thôn Kép1" and "Kép 1" are one village.
#[must_use]
pub fn village_key(village: &str) -> String {
    let squeezed = squeeze(village);
    let kinds = ["todanpho", "khupho", "thon", "xom", "ban", "tdp", "khu", "lang", "pho"];
    let bare = kinds.iter().find_map(|kind| squeezed.strip_prefix(kind)).filter(|rest| !rest.is_empty());
    bare.unwrap_or(&squeezed).to_owned()
}

impl fmt::Display for HouseholdKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Text that is no household key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a household key is 32 digits of lower-case hexadecimal")]
pub struct BadHouseholdKey;

impl FromStr for HouseholdKey {
    type Err = BadHouseholdKey;
    fn from_str(text: &str) -> Result<Self, BadHouseholdKey> {
        let mut key = [0; 16];
        let digits = text.as_bytes();
        if digits.len() != 32 || digits.iter().any(|digit| !matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(BadHouseholdKey);
        }
        for (byte, pair) in key.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| BadHouseholdKey)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| BadHouseholdKey)?;
        }
        Ok(Self(key))
    }
}

impl TryFrom<String> for HouseholdKey {
    type Error = BadHouseholdKey;
    fn try_from(text: String) -> Result<Self, BadHouseholdKey> {
        text.parse()
    }
}

impl From<HouseholdKey> for String {
    fn from(key: HouseholdKey) -> Self {
        key.to_string()
    }
}

impl Household {
    /// The key of its telephone number, if it has one.
    #[must_use]
    pub fn phone_key(&self) -> Option<HouseholdKey> {
        self.phone.as_ref().map(HouseholdKey::of_phone)
    }

    /// The key of its name.
    #[must_use]
    pub fn name_key(&self) -> HouseholdKey {
        HouseholdKey::of_name(&self.name, self.village.as_deref(), self.commune.as_ref())
    }
}

impl Plot {
    /// By what a plot of a household is known again: its name, or its place in the list among those without one.
    #[must_use]
    pub fn label(plots: &[Self], at: usize) -> String {
        let plot = plots.get(at);
        match plot.and_then(|plot| plot.name.as_deref()) {
            Some(name) => name.to_owned(),
            None => {
                let before = plots.iter().take(at).filter(|plot| plot.name.is_none()).count();
                format!("#{}", before + 1)
            }
        }
    }
}
