//! Every sentence and word of the task pages, one table per language. The tables are values of one struct, so a language that
//! lacks a message does not compile. Words in braces are filled in with [`fill`](super::fill).

#[cfg(not(target_arch = "wasm32"))]
mod en;
mod table;
mod vi;
#[cfg(not(target_arch = "wasm32"))]
mod zh;

#[cfg(not(target_arch = "wasm32"))]
pub use en::EN;
pub use table::{Messages, Written};
pub use vi::VI;
#[cfg(not(target_arch = "wasm32"))]
pub use zh::ZH;

use crate::lang::Lang;

/// The words of the task pages in a language.
#[must_use]
pub fn words(lang: Lang) -> &'static Messages {
    &super::later::all(lang).tasks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders(message: &str) -> Vec<&str> {
        let parts = message.split('{').skip(1);
        let mut names: Vec<_> = parts.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_language_fills_in_the_same_values() {
        for other in [&EN, &ZH] {
            for ((name, vi), (_, other)) in VI.entries().into_iter().zip(other.entries()) {
                assert_eq!(placeholders(vi), placeholders(other), "{name}");
            }
        }
    }

    #[test]
    fn no_message_is_empty_shouts_boasts_or_speaks_of_machinery() {
        for (name, text) in [VI.entries(), EN.entries(), ZH.entries()].concat() {
            assert!(!text.trim().is_empty() && !text.contains('!'), "{name}");
            let text = text.to_lowercase();
            for phrase in ["blockchain", "100 %", "100%", "secure", "guarantee", "submit", "payload", "hash"] {
                assert!(!text.contains(phrase), "{name}: {phrase}");
            }
        }
    }

    #[test]
    fn every_help_is_at_most_three_sentences() {
        for (name, text) in VI.entries().into_iter().filter(|(name, _)| name.ends_with("_help")) {
            // A decimal comma or `3.6EC` ends no sentence.
            let sentences = text.split(". ").filter(|part| !part.starts_with("Ví dụ")).count();
            assert!(sentences <= 3 && text.chars().count() <= 190, "{name}");
        }
    }

    #[test]
    fn vietnamese_is_written_in_one_spelling_and_composed() {
        for (name, text) in VI.entries() {
            let mut words = text.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase);
            assert!(!words.any(|word| ["khoá", "hoá", "thoả", "huỷ"].contains(&word.as_str())), "{name}");
            assert!(!text.chars().any(|letter| ('\u{300}'..='\u{36f}').contains(&letter)), "{name} is not NFC");
        }
    }
}
