//! What a label says, apart from where its link leads.

use std::fmt;

use crate::commitment::Commitment;
use crate::error::{Error, Fault, Part};
use crate::gtin::Gtin;
use crate::text::{Lot, Serial, Variant};

/// The GS1 Application Identifiers that name a batch or one item of it: the key (01) and its
/// qualifiers, in the order in which a link holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ai {
    /// (01) Global Trade Item Number.
    Gtin,
    /// (22) Consumer product variant.
    Variant,
    /// (10) Batch or lot number.
    Lot,
    /// (21) Serial number.
    Serial,
}

impl Ai {
    /// The digits of the identifier.
    pub fn digits(self) -> &'static str {
        match self {
            Self::Gtin => "01",
            Self::Variant => "22",
            Self::Lot => "10",
            Self::Serial => "21",
        }
    }

    pub(crate) fn from_digits(digits: &str) -> Option<Self> {
        [Self::Gtin, Self::Variant, Self::Lot, Self::Serial].into_iter().find(|ai| ai.digits() == digits)
    }

    pub(crate) fn part(self) -> Part {
        match self {
            Self::Gtin => Part::Gtin,
            Self::Variant => Part::Variant,
            Self::Lot => Part::Lot,
            Self::Serial => Part::Serial,
        }
    }
}

impl fmt::Display for Ai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({})", self.digits())
    }
}

/// What a label says: which product, which lot, which box of it, and which history it is bound to.
///
/// Shown as people read it under a bar code (GS1 General Specifications §4.14, human readable
/// interpretation); the commitment is not part of that line.
///
/// ```
/// use nguon_gs1::LabelCode;
///
/// let code = LabelCode::new("09521234543213".parse()?, "ABC123".parse()?)
///     .with_serial("0042".parse()?);
/// assert_eq!(code.to_string(), "(01)09521234543213(10)ABC123(21)0042");
/// # Ok::<(), nguon_gs1::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelCode {
    gtin: Gtin,
    variant: Option<Variant>,
    lot: Lot,
    serial: Option<Serial>,
    commitment: Option<Commitment>,
}

impl LabelCode {
    /// A code for every item of a lot.
    pub fn new(gtin: Gtin, lot: Lot) -> Self {
        Self { gtin, variant: None, lot, serial: None, commitment: None }
    }

    /// The same, of one consumer product variant.
    #[must_use]
    pub fn with_variant(self, variant: Variant) -> Self {
        Self { variant: Some(variant), ..self }
    }

    /// The same, for one item.
    #[must_use]
    pub fn with_serial(self, serial: Serial) -> Self {
        Self { serial: Some(serial), ..self }
    }

    /// The same, bound to one batch's history.
    #[must_use]
    pub fn with_commitment(self, commitment: Commitment) -> Self {
        Self { commitment: Some(commitment), ..self }
    }

    /// The product.
    pub fn gtin(&self) -> &Gtin {
        &self.gtin
    }

    /// The consumer product variant, if named.
    pub fn variant(&self) -> Option<&Variant> {
        self.variant.as_ref()
    }

    /// The lot.
    pub fn lot(&self) -> &Lot {
        &self.lot
    }

    /// The serial number, if the label names one item.
    pub fn serial(&self) -> Option<&Serial> {
        self.serial.as_ref()
    }

    /// The batch history that the label is bound to; without one, a server could put another
    /// history behind the label.
    pub fn commitment(&self) -> Option<&Commitment> {
        self.commitment.as_ref()
    }
}

impl fmt::Display for LabelCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Ai::Gtin, self.gtin)?;
        if let Some(variant) = &self.variant {
            write!(f, "{}{variant}", Ai::Variant)?;
        }
        write!(f, "{}{}", Ai::Lot, self.lot)?;
        match &self.serial {
            Some(serial) => write!(f, "{}{serial}", Ai::Serial),
            None => Ok(()),
        }
    }
}

/// A code that is being read, one AI after the other.
#[derive(Default)]
pub(crate) struct Fields {
    gtin: Option<Gtin>,
    variant: Option<Variant>,
    lot: Option<Lot>,
    serial: Option<Serial>,
}

impl Fields {
    /// Whether a value for `ai` was read already.
    pub(crate) fn has(&self, ai: Ai) -> bool {
        match ai {
            Ai::Gtin => self.gtin.is_some(),
            Ai::Variant => self.variant.is_some(),
            Ai::Lot => self.lot.is_some(),
            Ai::Serial => self.serial.is_some(),
        }
    }

    /// Reads the value of `ai`, whose spelling `decode` understands.
    pub(crate) fn read(&mut self, ai: Ai, value: &str, decode: &impl Decode) -> Result<(), Error> {
        match ai {
            Ai::Gtin => self.gtin = Some(decode.value(Part::Gtin, value)?),
            Ai::Variant => self.variant = Some(decode.value(Part::Variant, value)?),
            Ai::Lot => self.lot = Some(decode.value(Part::Lot, value)?),
            Ai::Serial => self.serial = Some(decode.value(Part::Serial, value)?),
        }
        Ok(())
    }

    /// The whole code; `part` takes the blame, at `end`, for what is missing.
    pub(crate) fn finish(self, part: Part, end: usize) -> Result<LabelCode, Error> {
        let missing = |fault| Error::new(part, end, fault);
        Ok(LabelCode {
            gtin: self.gtin.ok_or(missing(Fault::NoGtin))?,
            variant: self.variant,
            lot: self.lot.ok_or(missing(Fault::NoLot))?,
            serial: self.serial,
            commitment: None,
        })
    }
}

/// How a value is spelt where it was found: percent-encoded in a link, with spaces when typed.
pub(crate) trait Decode {
    /// Reads one value; the error's offset points into `text`.
    fn value<T: std::str::FromStr<Err = Error>>(&self, part: Part, text: &str) -> Result<T, Error>;
}
