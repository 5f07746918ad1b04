//! Which way a walk goes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Which way a walk goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To where it came from.
    Back,
    /// To where it went.
    Forward,
    /// Back and forward from the beginning. What else came from an ancestor is not on the way.
    Both,
}

/// A word that is no direction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such direction; these are: back, forward, both")]
pub struct UnknownDirection;

impl Direction {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Back, Self::Forward, Self::Both];

    /// As it stands in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Back => "back",
            Self::Forward => "forward",
            Self::Both => "both",
        }
    }

    /// Whether it leads to where things came from.
    #[must_use]
    pub const fn is_back(self) -> bool {
        matches!(self, Self::Back | Self::Both)
    }

    /// Whether it leads to where things went.
    #[must_use]
    pub const fn is_forward(self) -> bool {
        matches!(self, Self::Forward | Self::Both)
    }
}

impl FromStr for Direction {
    type Err = UnknownDirection;
    fn from_str(text: &str) -> Result<Self, UnknownDirection> {
        Self::ALL.into_iter().find(|direction| direction.as_str() == text).ok_or(UnknownDirection)
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
