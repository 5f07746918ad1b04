//! The languages other than Vietnamese, which the program does not carry: the build writes each as a file of lines, which is
//! fetched when it is chosen.

use std::sync::OnceLock;

use nguon_farm_app::lang::Lang;
use nguon_farm_app::messages::lines::{size, text as text_of};

use super::Messages;

static HERE: [OnceLock<Messages>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];

fn read_all(text: &'static str) -> Option<Messages> {
    let mut lines = text.split('\n');
    let messages = Messages::read(&mut lines)?;
    lines.next().is_none().then_some(messages)
}

/// Whether the words of a language are here.
#[must_use]
pub fn is_here(lang: Lang) -> bool {
    lang == Lang::Vi || HERE[lang as usize].get().is_some()
}

/// The words of a language; Vietnamese until they are here.
#[must_use]
pub fn all(lang: Lang) -> &'static Messages {
    #[cfg(not(target_arch = "wasm32"))]
    let _ = read(lang, text(lang).to_owned());
    HERE[lang as usize].get().unwrap_or_else(|| {
        // What is compiled in is what the table says, which is held by its type.
        HERE[Lang::Vi as usize].get_or_init(|| read_all(text(Lang::Vi)).unwrap_or_else(|| unreachable!()))
    })
}

/// Takes up a language's file: kept for as long as the page is open. Whether it is one.
pub fn read(lang: Lang, text: String) -> bool {
    let here = &HERE[lang as usize];
    here.get().is_some() || read_all(text.leak()).is_some_and(|messages| here.set(messages).is_ok())
}

/// The name of a language's file.
#[must_use]
pub fn file(lang: Lang) -> String {
    format!("desk-{}.txt", lang.tag())
}

/// What the file of a language says.
#[must_use]
pub const fn text(lang: Lang) -> &'static str {
    macro_rules! text {
        ($table:expr) => {{
            const TEXT: [u8; size(&$table.lines())] = text_of(&$table.lines());
            match std::str::from_utf8(&TEXT) {
                Ok(text) => text,
                Err(_) => "",
            }
        }};
    }
    match lang {
        #[cfg(not(target_arch = "wasm32"))]
        Lang::En => text!(super::EN),
        #[cfg(not(target_arch = "wasm32"))]
        Lang::Zh => text!(super::ZH),
        _ => text!(super::VI),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_read_as_it_was_written() {
        for (lang, written) in
            [(Lang::Vi, &super::super::VI), (Lang::En, &super::super::EN), (Lang::Zh, &super::super::ZH)]
        {
            let lines: Vec<_> = written.entries().into_iter().map(|(_, text)| text).collect();
            assert_eq!(text(lang).split('\n').collect::<Vec<_>>(), lines, "{lang:?}");
            assert_eq!((all(lang).title(), all(lang).newcomer_role()), (written.title, written.newcomer_role));
        }
        assert!(read_all("half").is_none());
    }
}
