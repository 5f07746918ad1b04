//! The languages of the page.

use crate::messages::{self, Messages};

/// A language the page speaks. Vietnamese unless the reader chose otherwise: the same link shows everyone the same page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese
    #[default]
    Vi,
    /// English
    En,
}

impl Lang {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The language of a BCP 47 tag, if the page speaks it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The BCP 47 tag: for `lang=`, the address and the memory of the choice.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
        }
    }

    /// For those who read no other: that it did not come.
    #[must_use]
    pub const fn missing(self) -> &'static str {
        match self {
            Self::Vi => "",
            Self::En => "English could not be loaded. Choose it again when online.",
        }
    }

    /// The file of its messages, if it is not in the page's program.
    #[must_use]
    pub fn file(self) -> String {
        self.tag().to_owned() + ".txt"
    }

    /// All that the page says in this language, or in Vietnamese while this one is not here.
    #[must_use]
    pub fn messages(self) -> &'static Messages {
        messages::of(self)
    }
}
