//! Short codes: a batch that wants to receive, and a phone that wants to be enrolled.

use nguon_core::event::Role;
use nguon_core::ids::{ChainId, PublicKeyBytes};
use nguon_core::values::Text;
use sha2::{Digest as _, Sha256};

use super::{CodeError, base32};

const OFFER: &str = "NGUON:NHAN/";
const ENROL: &str = "NGUON:KHOA/";
const VERSION: u8 = 1;

/// A batch that is to receive, shown by its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The receiver's batch
    pub batch: ChainId,
    /// The receiver's actor chain
    pub owner: ChainId,
    /// What the produce is
    pub product: Text,
}

/// What a phone asks to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WantedRole {
    /// A new actor of this role
    New(Role),
    /// A further key of one that is there: a new phone, another person of the household
    Further,
}

/// A phone's key, shown to a registrar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnrolCode {
    /// The public key
    pub key: PublicKeyBytes,
    /// What it asks to be
    pub role: WantedRole,
}

/// Roles by their numbers in the code.
const ROLES: [Role; 8] = [
    Role::Registrar,
    Role::Farm,
    Role::Collector,
    Role::PackingHouse,
    Role::Carrier,
    Role::Seller,
    Role::Lab,
    Role::Inspector,
];

impl Offer {
    /// Text for one QR symbol.
    #[must_use]
    pub fn to_text(&self) -> String {
        let parts: [&[u8]; 4] =
            [&[VERSION], self.batch.as_bytes(), self.owner.as_bytes(), self.product.as_str().as_bytes()];
        [OFFER, &base32::encode(&parts.concat())].concat()
    }

    /// Reads it, scanned or typed.
    ///
    /// # Errors
    /// Another code, one that is not whole, or one of a newer app.
    pub fn from_text(text: &str) -> Result<Self, CodeError> {
        let bytes = body(text, OFFER)?;
        let (batch, rest) = bytes.split_first_chunk::<32>().ok_or(CodeError::Mistyped)?;
        let (owner, product) = rest.split_first_chunk::<32>().ok_or(CodeError::Mistyped)?;
        let product = std::str::from_utf8(product).map_err(|_| CodeError::Mistyped)?;
        let product = product.parse().map_err(|_| CodeError::Mistyped)?;
        Ok(Self { batch: ChainId::from_bytes(*batch), owner: ChainId::from_bytes(*owner), product })
    }
}

impl EnrolCode {
    /// Text for one QR symbol.
    #[must_use]
    pub fn to_text(&self) -> String {
        [ENROL, &self.typed()].concat()
    }

    /// The same without its beginning, in groups of four: to be read out and typed.
    #[must_use]
    pub fn to_typed(&self) -> String {
        let text = self.typed();
        let mut grouped = String::with_capacity(text.len() * 5 / 4);
        for (n, character) in text.chars().enumerate() {
            if n > 0 && n % 4 == 0 {
                grouped.push(' ');
            }
            grouped.push(character);
        }
        grouped
    }

    fn typed(&self) -> String {
        let number = match self.role {
            WantedRole::Further => 0,
            WantedRole::New(role) => {
                let place = ROLES.iter().position(|one| *one == role).unwrap_or_default();
                u8::try_from(place + 1).unwrap_or(0)
            }
        };
        base32::encode(&[&[VERSION, number], &self.key.as_bytes()[..]].concat())
    }

    /// Reads either form.
    ///
    /// # Errors
    /// Another code, one that is not whole, or one of a newer app.
    pub fn from_text(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        let whole = if text.contains(':') { text.to_owned() } else { [ENROL, text].concat() };
        let bytes = body(&whole, ENROL)?;
        let (role, key) = bytes.split_first().ok_or(CodeError::Mistyped)?;
        let role = match usize::from(*role).checked_sub(1) {
            None => WantedRole::Further,
            Some(place) => WantedRole::New(*ROLES.get(place).ok_or(CodeError::Newer)?),
        };
        let key = PublicKeyBytes::try_from(key).map_err(|_| CodeError::Mistyped)?;
        Ok(Self { key, role })
    }

    /// Six digits that both sides see, to compare aloud: whoever scanned another phone's code sees other ones.
    #[must_use]
    pub fn digits(&self) -> String {
        let hash = Sha256::digest([b"nguon/enrol/v1\n", &self.key.as_bytes()[..]].concat());
        let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte)) % 1_000_000;
        format!("{number:06}")
    }
}

/// What follows the beginning and the version.
fn body(text: &str, beginning: &str) -> Result<Vec<u8>, CodeError> {
    let text = text.trim();
    let begins = text.get(..beginning.len()).is_some_and(|found| found.eq_ignore_ascii_case(beginning));
    let rest = text.get(beginning.len()..).filter(|_| begins).ok_or(CodeError::Other)?;
    let bytes = base32::decode(rest)?;
    match bytes.split_first() {
        Some((&VERSION, rest)) => Ok(rest.to_vec()),
        Some(_) => Err(CodeError::Newer),
        None => Err(CodeError::Mistyped),
    }
}
