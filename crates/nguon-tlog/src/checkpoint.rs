//! Checkpoints (C2SP tlog-checkpoint v1): the text that a log signs, in at least three lines.
//!
//! Signatures are the [note](crate::note)'s concern: take the text from one that the log's key signed.
//!
//! ```
//! use nguon_tlog::checkpoint::Checkpoint;
//!
//! let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
//! let checkpoint = Checkpoint::parse(text)?;
//! assert_eq!(checkpoint.size, 20_852_163);
//! assert_eq!(checkpoint.to_text(), text);
//! # Ok::<(), nguon_tlog::checkpoint::CheckpointError>(())
//! ```

use crate::base64;
use crate::hash::Hash;

/// A log's size and root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: one line, not empty.
    pub origin: String,
    /// How many leaves its tree has.
    pub size: u64,
    /// The tree's root.
    pub root: Hash,
    /// Further lines, none of them empty. Their meaning is the log's own.
    pub extensions: Vec<String>,
}

/// Which line of a text is not a checkpoint's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// The last line has no newline, or fewer than three are there.
    #[error("a checkpoint is at least three lines, each with its newline")]
    Lines,
    /// The origin is empty.
    #[error("the checkpoint's origin is empty")]
    Origin,
    /// The size is not a decimal below 2^64 without leading zeroes.
    #[error("the checkpoint's size is not a plain decimal number")]
    Size,
    /// The root is not 32 bytes in base64.
    #[error("the checkpoint's root is not a hash in base64")]
    Root,
    /// An extension line is empty.
    #[error("an extension line of the checkpoint is empty")]
    Extension,
}

impl Checkpoint {
    /// Reads a note's text.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(CheckpointError::Lines);
        };
        if origin.is_empty() {
            return Err(CheckpointError::Origin);
        }
        let size = decimal(size).ok_or(CheckpointError::Size)?;
        let root = hash(root).ok_or(CheckpointError::Root)?;
        let mut extensions = Vec::new();
        for line in lines {
            if line.is_empty() {
                return Err(CheckpointError::Extension);
            }
            extensions.push(line.to_owned());
        }
        Ok(Self { origin: origin.to_owned(), size, root, extensions })
    }

    /// The text to sign.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for line in [&self.origin, &self.size.to_string(), &base64::encode(self.root.as_bytes())] {
            text.push_str(line);
            text.push('\n');
        }
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }
}

/// A number in ASCII digits without leading zeroes, below 2^64.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    if text.is_empty() || (text.len() > 1 && text.starts_with('0')) {
        return None;
    }
    text.bytes().try_fold(0u64, |number, byte| match byte {
        b'0'..=b'9' => number.checked_mul(10)?.checked_add(u64::from(byte - b'0')),
        _ => None,
    })
}

/// A hash in base64.
pub(crate) fn hash(text: &str) -> Option<Hash> {
    base64::decode(text)?.try_into().ok().map(Hash::from_bytes)
}
