//! The languages of the app.

use crate::messages::{Messages, later};

/// A language the app speaks; Vietnamese unless another was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese
    #[default]
    Vi,
    /// English
    En,
    /// Chinese, simplified
    Zh,
}

impl Lang {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Vi, Self::En, Self::Zh];

    /// The language of a BCP 47 tag, if the app speaks it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
            Self::Zh => "中文",
        }
    }

    /// All that the shell of the app says in this language, or in Vietnamese until it is here; the tasks have words of their own.
    #[must_use]
    pub fn messages(self) -> &'static Messages {
        &later::all(self).shell
    }
}
