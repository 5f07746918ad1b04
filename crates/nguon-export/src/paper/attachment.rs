//! A file inside the document (ISO 32000-1 §7.11.4, ISO 19005-3 §6.8).

use super::said::Said;

/// How a file relates to the document that carries it (`AFRelationship`, ISO 19005-3 annex E).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Relation {
    /// The document was made from it.
    Source,
    /// It holds the data that the document shows.
    Data,
}

/// A file to carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub(super) name: String,
    pub(super) media_type: String,
    pub(super) description: Said,
    pub(super) relation: Relation,
    pub(super) bytes: Vec<u8>,
}

impl Attachment {
    /// A file by its name, its media type (RFC 6838) and what it is.
    #[must_use]
    pub fn new(name: &str, media_type: &str, description: Said, relation: Relation, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), media_type: media_type.to_owned(), description, relation, bytes }
    }
}
