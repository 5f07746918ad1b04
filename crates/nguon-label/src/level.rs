//! How much of a symbol may be lost.

use qrcode::EcLevel;

/// How much of a symbol may be dirty or torn and it is still read (ISO/IEC 18004's error correction levels). Its lowest,
/// L, is not offered: a box label is wet and scratched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Level {
    /// About 15 %: what Nguồn's labels have.
    #[default]
    M,
    /// About 25 %: a larger symbol.
    Q,
    /// About 30 %: larger still.
    H,
}

impl Level {
    pub(crate) const fn of_encoder(self) -> EcLevel {
        match self {
            Self::M => EcLevel::M,
            Self::Q => EcLevel::Q,
            Self::H => EcLevel::H,
        }
    }
}
