//! The batch commitment in a link's fragment.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Fault, Part};

/// The base64url alphabet (RFC 4648 §5).
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// 16 bytes need 22 characters of 6 bits; the last one has 4 bits to spare.
const CHARACTERS: usize = 22;

/// The first 16 bytes of a batch id, printed on the label, so that a server cannot put another
/// history behind it.
///
/// Written in the link's fragment as 22 characters of unpadded base64url. Exactly one spelling is
/// accepted: spare bits that are not zero are refused. A browser never sends the fragment to the
/// server.
///
/// ```
/// use nguon_gs1::Commitment;
///
/// let printed = Commitment::new([0xA5; 16]);
/// assert_eq!(printed.to_string(), "paWlpaWlpaWlpaWlpaWlpQ");
/// assert_eq!("paWlpaWlpaWlpaWlpaWlpQ".parse(), Ok(printed));
/// assert!("paWlpaWlpaWlpaWlpaWlpR".parse::<Commitment>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commitment([u8; 16]);

impl Commitment {
    /// A commitment to a batch whose id begins with these bytes.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The commitment to a batch id.
    pub fn to_batch(id: &[u8; 32]) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&id[..16]);
        Self(bytes)
    }

    /// Whether the label was printed for this batch id.
    ///
    /// ```
    /// use nguon_gs1::Commitment;
    ///
    /// let printed = Commitment::to_batch(&[1; 32]);
    /// assert!(printed.matches(&[1; 32]));
    /// assert!(!printed.matches(&[2; 32]));
    /// ```
    pub fn matches(&self, id: &[u8; 32]) -> bool {
        *self == Self::to_batch(id)
    }

    /// The bytes committed to.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = u128::from_be_bytes(self.0);
        let text: String = (0..CHARACTERS)
            .map(|i| {
                let sextet = match 122_usize.checked_sub(6 * i) {
                    Some(shift) => bits >> shift,
                    None => bits << 4,
                };
                char::from(ALPHABET[usize::from(sextet.to_le_bytes()[0] & 0x3F)])
            })
            .collect();
        f.pad(&text)
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Commitment({self})")
    }
}

impl FromStr for Commitment {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let error = |at, fault| Error::new(Part::Commitment, at, fault);
        if text.is_empty() {
            return Err(error(0, Fault::Empty));
        }
        let sextets = text
            .char_indices()
            .map(|(at, c)| sextet(c).ok_or(error(at, Fault::NotBase64Url(c))))
            .collect::<Result<Vec<u8>, Error>>()?;
        // The first 21 characters give 126 bits, the last one the remaining two.
        let ([first @ .., last], CHARACTERS) = (&sextets[..], sextets.len()) else {
            let fault = Fault::Length { found: sextets.len(), allowed: "22" };
            return Err(error(0, fault));
        };
        if last & 0x0F != 0 {
            return Err(error(CHARACTERS - 1, Fault::NotCanonical));
        }
        let bits = first.iter().fold(0, |bits, &six| bits << 6 | u128::from(six));
        Ok(Self((bits << 2 | u128::from(last >> 4)).to_be_bytes()))
    }
}

/// The six bits that a base64url character stands for.
fn sextet(c: char) -> Option<u8> {
    (0_u8..).zip(ALPHABET).find_map(|(six, &symbol)| (char::from(symbol) == c).then_some(six))
}
