//! Every sentence and word of the app's shell, one table per language; the tasks' own are in [`tasks`]. The tables are values of one struct, so a language that lacks
//! a message does not compile. Words in braces are filled in with [`fill`]. In the browser the other
//! languages come as files ([`later`]), which an installed app keeps.

#[cfg(not(target_arch = "wasm32"))]
mod en;
pub mod later;
pub mod lines;
mod table;
pub mod tasks;
mod vi;
#[cfg(not(target_arch = "wasm32"))]
mod zh;

#[cfg(not(target_arch = "wasm32"))]
pub use en::EN;
pub use table::{Messages, Written};
pub use vi::VI;
#[cfg(not(target_arch = "wasm32"))]
pub use zh::ZH;

/// Replaces each `{name}` of a message by its value. A name that is not given stays as it is, for the tests to find.
#[must_use]
pub fn fill(message: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(message.len() + 32);
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => {
                filled.push('{');
                filled.push_str(name);
                filled.push('}');
            }
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
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
            for phrase in
                ["blockchain", "100 %", "100%", "an toàn tuyệt đối", "secure", "guarantee", "submit", "payload", "hash"]
            {
                assert!(!text.contains(phrase), "{name}: {phrase}");
            }
        }
    }

    #[test]
    fn vietnamese_is_written_in_one_spelling_and_composed() {
        for (name, text) in VI.entries() {
            let mut words = text.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase);
            assert!(!words.any(|word| ["khoá", "hoá", "thoả"].contains(&word.as_str())), "{name}");
            assert!(!text.chars().any(|letter| ('\u{300}'..='\u{36f}').contains(&letter)), "{name} is not NFC");
        }
    }
}
