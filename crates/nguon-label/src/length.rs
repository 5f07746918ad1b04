//! Lengths on paper.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

const UM_PER_MM: u32 = 1_000;

/// A length on paper, in whole micrometres, below ten metres.
///
/// ```
/// use nguon_label::Length;
///
/// let width: Length = "38.1".parse()?;
/// assert_eq!(width.to_string(), "38.1 mm");
/// assert_eq!("38,1 mm".parse::<Length>()?, width);
/// assert_eq!(Length::mm(50).um(), 50_000);
/// assert!("-3".parse::<Length>().is_err());
/// # Ok::<(), nguon_label::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Length(u32);

impl Length {
    /// None at all.
    pub const ZERO: Self = Self(0);
    /// The longest.
    pub const MOST: Self = Self(10_000_000);

    /// Whole millimetres.
    #[must_use]
    pub const fn mm(mm: u16) -> Self {
        // 65 metres are above the most; a const function has no `min`.
        let um = mm as u32 * UM_PER_MM;
        if um > Self::MOST.0 { Self::MOST } else { Self(um) }
    }

    /// Micrometres; at most [`Self::MOST`].
    #[must_use]
    pub const fn from_um(um: u32) -> Self {
        if um > Self::MOST.0 { Self::MOST } else { Self(um) }
    }

    /// Micrometres.
    #[must_use]
    pub const fn um(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / UM_PER_MM, self.0 % UM_PER_MM);
        let decimals = format!("{rest:03}");
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{whole} mm"),
            decimals => write!(f, "{whole}.{decimals} mm"),
        }
    }
}

impl FromStr for Length {
    type Err = Error;

    /// Millimetres with at most three decimals, after a point or a comma; `mm` may follow.
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::Length(text.chars().take(40).collect());
        let number = text.trim();
        let number = number.strip_suffix("mm").unwrap_or(number).trim_end();
        let (whole, decimals) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 5 || decimals.len() > 3 || !digits(whole) || !digits(decimals) {
            return Err(wrong());
        }
        let whole: u32 = whole.parse().map_err(|_| wrong())?;
        let decimals: u32 = format!("{decimals:0<3}").parse().map_err(|_| wrong())?;
        match whole * UM_PER_MM + decimals {
            um if um <= Self::MOST.0 => Ok(Self(um)),
            _ => Err(wrong()),
        }
    }
}
