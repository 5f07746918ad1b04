//! The languages of the page.

use crate::messages::{self, Messages};

/// A language the page speaks: the one that the link asks for, or that was chosen before, or that the browser prefers; if it
/// speaks none of those, Vietnamese.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese
    #[default]
    Vi,
    /// English
    En,
    /// Chinese, in simplified characters
    Zh,
    /// Japanese
    Ja,
    /// Korean
    Ko,
}

impl Lang {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 5] = [Self::Vi, Self::En, Self::Zh, Self::Ja, Self::Ko];

    /// The language of a BCP 47 tag, if the page speaks it. Whatever the region and script: those who read Chinese in
    /// traditional characters are served better by simplified ones than by Vietnamese.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| tag.starts_with(lang.code()))
    }

    /// Its code of two letters: in the address, the memory of the choice and the names of files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::Zh => "zh",
            Self::Ja => "ja",
            Self::Ko => "ko",
        }
    }

    /// Its BCP 47 tag, for `lang=`: with the script where that chooses the characters' shapes.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-Hans",
            other => other.code(),
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
            Self::Zh => "简体中文",
            Self::Ja => "日本語",
            Self::Ko => "한국어",
        }
    }

    /// The file of its messages, if it is not in the page's program.
    #[must_use]
    pub fn file(self) -> String {
        self.code().to_owned() + ".txt"
    }

    /// All that the page says in this language, or in Vietnamese while this one is not here.
    #[must_use]
    pub fn messages(self) -> &'static Messages {
        messages::of(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_found_by_its_code_and_its_tag() {
        for lang in Lang::ALL {
            assert_eq!(Lang::from_tag(lang.code()), Some(lang));
            assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
            assert_eq!(lang.code().len(), 2, "boot.js cuts tags to two letters");
        }
    }

    #[test]
    fn readers_of_any_chinese_get_the_one_there_is() {
        for tag in ["zh", "zh-CN", "zh-TW", "zh-HK", "zh-Hant"] {
            assert_eq!(Lang::from_tag(tag), Some(Lang::Zh), "{tag}");
        }
        assert_eq!(Lang::from_tag("en-GB"), Some(Lang::En));
        assert_eq!(Lang::from_tag("ja-JP"), Some(Lang::Ja));
        for tag in ["", "fr", "z", "VI"] {
            assert_eq!(Lang::from_tag(tag), None, "{tag}");
        }
    }
}
