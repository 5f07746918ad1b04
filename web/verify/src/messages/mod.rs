//! Every sentence and word of the page, one table per language. The tables are values of one struct, so a language that
//! lacks a message does not compile. Words in braces are filled in with [`fill`].
//!
//! The page's program carries Vietnamese. Every other language is a file of its own beside it, one message a line, which
//! the page fetches when it is chosen; programs that are no page carry them all.

mod en;
mod table;
mod vi;

use std::sync::OnceLock;

use crate::lang::Lang;

pub use table::{Messages, Written};

/// The languages that are here.
static HERE: [OnceLock<Messages>; Lang::ALL.len()] = [const { OnceLock::new() }; _];

/// All that the page says in a language; in Vietnamese until [`learn`] was given the language's text.
#[must_use]
pub fn of(lang: Lang) -> &'static Messages {
    if let Some(messages) = here(lang) {
        return messages;
    }
    HERE[Lang::Vi as usize].get_or_init(|| Messages::read(text(Lang::Vi)).unwrap_or(Messages::NONE))
}

/// Whether the page can speak a language by now.
#[must_use]
pub fn is_here(lang: Lang) -> bool {
    lang == Lang::Vi || here(lang).is_some()
}

#[cfg(target_arch = "wasm32")]
fn here(lang: Lang) -> Option<&'static Messages> {
    HERE[lang as usize].get()
}

#[cfg(not(target_arch = "wasm32"))]
fn here(lang: Lang) -> Option<&'static Messages> {
    Some(HERE[lang as usize].get_or_init(|| Messages::read(text(lang)).unwrap_or(Messages::NONE)))
}

/// Takes a language's text; says whether it is one.
pub fn learn(lang: Lang, text: String) -> bool {
    // Kept for as long as the page is open, as if it had been compiled in.
    let messages = Messages::read(text.leak());
    messages.is_some_and(|messages| HERE[lang as usize].set(messages).is_ok() || is_here(lang))
}

/// A language's text, as [`learn`] takes it.
#[must_use]
pub const fn text(lang: Lang) -> &'static str {
    macro_rules! text {
        ($written:expr) => {{
            const TEXT: [u8; $written.size()] = $written.text();
            match std::str::from_utf8(&TEXT) {
                Ok(text) => text,
                Err(_) => "",
            }
        }};
    }
    match lang {
        Lang::Vi => text!(vi::VI),
        Lang::En => text!(en::EN),
    }
}

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

    fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        Lang::ALL.into_iter().flat_map(|lang| of(lang).entries())
    }

    #[test]
    fn a_language_is_read_as_it_was_written_down() {
        let entries = of(Lang::En).entries();
        assert_eq!(entries.first(), Some(&("brand", en::EN.brand)));
        assert_eq!(entries.last(), Some(&("show_bytes", en::EN.show_bytes)));
        assert_eq!(of(Lang::Vi).verdict_unlogged(), vi::VI.verdict_unlogged);
    }

    #[test]
    fn a_text_of_another_page_is_no_language() {
        let (one_less, _) = text(Lang::En).rsplit_once('\n').unwrap();
        for other in ["", "one line", one_less] {
            assert!(Messages::read(other).is_none());
        }
        let one_more: &'static str = format!("{}\n", text(Lang::En)).leak();
        assert!(Messages::read(one_more).is_none());
    }

    fn placeholders(message: &str) -> Vec<&str> {
        let mut names: Vec<_> =
            message.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_language_fills_in_the_same_values() {
        for ((name, vi), (_, en)) in of(Lang::Vi).entries().into_iter().zip(of(Lang::En).entries()) {
            assert_eq!(placeholders(vi), placeholders(en), "{name}");
        }
    }

    #[test]
    fn no_message_is_empty_and_none_shouts() {
        for (name, text) in all() {
            assert!(!text.trim().is_empty(), "{name}");
            assert_eq!(text, text.trim(), "{name}");
            assert!(!text.contains('!'), "{name}");
        }
    }

    #[test]
    fn the_page_never_says_more_than_was_proven() {
        for (name, text) in all() {
            let text = text.to_lowercase();
            for phrase in ["blockchain", "100 %", "100%", "an toàn tuyệt đối", "secure", "guarantee"] {
                assert!(!text.contains(phrase), "{name}: {phrase}");
            }
        }
    }

    #[test]
    fn vietnamese_is_written_in_one_spelling_and_composed() {
        for (name, text) in of(Lang::Vi).entries() {
            assert!(!text.contains("khoá") && !text.contains("hoá"), "{name}");
            assert!(!text.chars().any(|letter| ('\u{300}'..='\u{36f}').contains(&letter)), "{name} is not NFC");
        }
    }

    #[test]
    fn a_value_is_never_taken_for_a_placeholder() {
        assert_eq!(fill("a {x} b {y}", &[("x", "{y}"), ("y", "2")]), "a {y} b 2");
        assert_eq!(fill("{z} {", &[]), "{z} {");
    }
}
