//! What documents are made of.

use nguon_label::Label;

use super::said::Said;
use super::style::Tone;
use super::table::Table;

/// A part of a document that is laid out by itself.
#[derive(Debug, Clone)]
pub struct Block(pub(super) Inner);

#[derive(Debug, Clone)]
pub(super) enum Inner {
    /// Of a section (`H2`), or of a part of one (`H3`).
    Heading {
        part: bool,
        words: Said,
    },
    Paragraph {
        small: bool,
        words: Said,
    },
    Notice {
        tone: Tone,
        title: Said,
        body: Vec<Said>,
    },
    Pairs(Vec<(Said, Said)>),
    Table(Table),
    Symbol {
        label: Label,
        alt: Said,
        beside: Vec<Said>,
    },
    Signatures(Vec<Said>),
    NextPage,
}

impl Block {
    /// A section's heading. It stays with what follows.
    #[must_use]
    pub fn heading(words: Said) -> Self {
        Self(Inner::Heading { part: false, words })
    }

    /// The heading of a part of a section.
    #[must_use]
    pub fn part(words: Said) -> Self {
        Self(Inner::Heading { part: true, words })
    }

    /// Sentences; two languages stand side by side.
    #[must_use]
    pub fn paragraph(words: Said) -> Self {
        Self(Inner::Paragraph { small: false, words })
    }

    /// A remark in smaller print.
    #[must_use]
    pub fn small(words: Said) -> Self {
        Self(Inner::Paragraph { small: true, words })
    }

    /// A box that is seen first: a verdict, a stamp.
    #[must_use]
    pub fn notice(tone: Tone, title: Said, body: impl IntoIterator<Item = Said>) -> Self {
        Self(Inner::Notice { tone, title, body: body.into_iter().collect() })
    }

    /// Names and their values, one a row.
    #[must_use]
    pub fn pairs(pairs: impl IntoIterator<Item = (Said, Said)>) -> Self {
        Self(Inner::Pairs(pairs.into_iter().collect()))
    }

    /// A QR symbol with words beside it, and what it is for those who do not see it.
    #[must_use]
    pub fn symbol(label: Label, alt: Said, beside: impl IntoIterator<Item = Said>) -> Self {
        Self(Inner::Symbol { label, alt, beside: beside.into_iter().collect() })
    }

    /// Room for signatures, side by side, each below its name.
    #[must_use]
    pub fn signatures(names: impl IntoIterator<Item = Said>) -> Self {
        Self(Inner::Signatures(names.into_iter().collect()))
    }

    /// What follows begins on a new page.
    #[must_use]
    pub fn next_page() -> Self {
        Self(Inner::NextPage)
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Self {
        Self(Inner::Table(table))
    }
}
