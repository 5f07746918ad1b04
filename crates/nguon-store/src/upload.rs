//! Attachments that come in pieces.

use nguon_core::ids::ChainId;
use nguon_core::values::MediaType;

/// How much of unfinished attachments is kept, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadLimits {
    /// Bytes about one person.
    pub per_person: u64,
    /// Bytes in all.
    pub all: u64,
    /// Seconds after the last piece came.
    pub kept: u64,
}

impl Default for UploadLimits {
    /// 32 MiB about one person, 512 MiB in all, a week.
    fn default() -> Self {
        Self { per_person: 32 << 20, all: 512 << 20, kept: 7 * 86_400 }
    }
}

/// An attachment whose opening is stored: what its record says of it, and how much of it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// As the record says.
    pub media_type: MediaType,
    /// Bytes of the whole file, as the record says.
    pub length: u64,
    /// Bytes that came in pieces; all of them once the file is stored.
    pub received: u64,
    /// Whether the whole file is stored and was checked.
    pub is_stored: bool,
    /// The person it is about.
    pub about: ChainId,
}

/// Why a piece was not taken. What came before it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UploadRefusal {
    /// No opening of an attachment with this digest is stored.
    #[error("no opening of an attachment with this digest is stored")]
    NotAwaited,
    /// The whole file is there.
    #[error("the whole file is stored already")]
    Complete,
    /// The piece begins elsewhere than where the last one ended.
    #[error("the next piece begins at byte {expected}")]
    Offset {
        /// Where the next piece begins.
        expected: u64,
    },
    /// The pieces would be longer than the file.
    #[error("the signed record says that the file has {length} bytes")]
    TooLong {
        /// The file's length.
        length: u64,
    },
    /// Too much is unfinished about this person.
    #[error("unfinished uploads about this person may hold {0} bytes in all")]
    TooMuchOfOne(u64),
    /// Too much is unfinished in all.
    #[error("unfinished uploads may hold {0} bytes in all")]
    TooMuch(u64),
}
