//! Every sentence and word of the desk, one table per language. The tables are values of one struct, so a language that lacks a
//! message does not compile. In the browser the other languages come as files ([`later`]). What is said of a list's cells is `nguon_import`'s, of entries the farm app's.

#[cfg(not(target_arch = "wasm32"))]
mod en;
pub mod later;
mod table;
mod vi;
#[cfg(not(target_arch = "wasm32"))]
mod zh;

use nguon_farm_app::lang::Lang;

#[cfg(not(target_arch = "wasm32"))]
pub use en::EN;
pub use nguon_farm_app::messages::fill;
pub use table::{Messages, Written};
pub use vi::VI;
#[cfg(not(target_arch = "wasm32"))]
pub use zh::ZH;

/// All that the desk says in a language, or in Vietnamese until it is here.
#[must_use]
pub fn words(lang: Lang) -> &'static Messages {
    later::all(lang)
}

/// The language in which lists are spoken of.
#[must_use]
pub const fn of_lists(lang: Lang) -> nguon_import::words::Lang {
    match lang {
        Lang::Vi => nguon_import::words::Lang::Vi,
        Lang::En => nguon_import::words::Lang::En,
        Lang::Zh => nguon_import::words::Lang::Zh,
    }
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
    fn no_message_is_empty_and_none_shouts_or_boasts() {
        for (name, text) in [VI.entries(), EN.entries(), ZH.entries()].concat() {
            assert!(!text.trim().is_empty() && !text.contains('!'), "{name}");
            let text = text.to_lowercase();
            for phrase in ["blockchain", "an toàn tuyệt đối", "secure", "guarantee", "submit", "payload", "hash"]
            {
                assert!(!text.contains(phrase), "{name}: {phrase}");
            }
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
