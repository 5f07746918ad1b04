//! The languages other than Vietnamese, which the program does not carry: the build writes each as a file of lines, which is
//! fetched when it is chosen.

use std::sync::OnceLock;

use super::lines::{joined, size, text as text_of};
use super::{Messages, tasks};
use crate::lang::Lang;

/// All that the app says in a language.
pub struct All {
    /// The shell
    pub shell: Messages,
    /// The task pages
    pub tasks: tasks::Messages,
}

static HERE: [OnceLock<All>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];

impl All {
    fn read(text: &'static str) -> Option<Self> {
        let mut lines = text.split('\n');
        let all = Self { shell: Messages::read(&mut lines)?, tasks: tasks::Messages::read(&mut lines)? };
        lines.next().is_none().then_some(all)
    }
}

/// Whether the words of a language are here.
#[must_use]
pub fn is_here(lang: Lang) -> bool {
    lang == Lang::Vi || HERE[lang as usize].get().is_some()
}

/// The words of a language; Vietnamese until they are here.
#[must_use]
pub fn all(lang: Lang) -> &'static All {
    #[cfg(not(target_arch = "wasm32"))]
    let _ = read(lang, text(lang).to_owned());
    HERE[lang as usize].get().unwrap_or_else(|| {
        // What is compiled in is what the tables say, which is held by their types.
        HERE[Lang::Vi as usize].get_or_init(|| All::read(text(Lang::Vi)).unwrap_or_else(|| unreachable!()))
    })
}

/// Takes up a language's file: kept for as long as the page is open. Whether it is one.
pub fn read(lang: Lang, text: String) -> bool {
    is_read(lang) || All::read(text.leak()).is_some_and(|all| HERE[lang as usize].set(all).is_ok())
}

fn is_read(lang: Lang) -> bool {
    HERE[lang as usize].get().is_some()
}

/// The name of a language's file.
#[must_use]
pub fn file(lang: Lang) -> String {
    format!("farm-{}.txt", lang.tag())
}

/// What the file of a language says.
#[must_use]
pub const fn text(lang: Lang) -> &'static str {
    macro_rules! text {
        ($shell:expr, $tasks:expr) => {{
            const SHELL: [u8; size(&$shell.lines())] = text_of(&$shell.lines());
            const TASKS: [u8; size(&$tasks.lines())] = text_of(&$tasks.lines());
            const TEXT: [u8; SHELL.len() + 1 + TASKS.len()] = joined(&SHELL, &TASKS);
            match std::str::from_utf8(&TEXT) {
                Ok(text) => text,
                Err(_) => "",
            }
        }};
    }
    match lang {
        #[cfg(not(target_arch = "wasm32"))]
        Lang::En => text!(super::EN, tasks::EN),
        #[cfg(not(target_arch = "wasm32"))]
        Lang::Zh => text!(super::ZH, tasks::ZH),
        _ => text!(super::VI, tasks::VI),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_read_as_it_was_written() {
        let written = [
            (Lang::Vi, &super::super::VI, &tasks::VI),
            (Lang::En, &super::super::EN, &tasks::EN),
            (Lang::Zh, &super::super::ZH, &tasks::ZH),
        ];
        for (lang, shell, tasks) in written {
            let lines: Vec<_> = shell.entries().into_iter().chain(tasks.entries()).map(|(_, text)| text).collect();
            assert_eq!(text(lang).split('\n').collect::<Vec<_>>(), lines, "{lang:?}");
            assert_eq!((all(lang).shell.title(), all(lang).tasks.sign()), (shell.title, tasks.sign));
        }
        assert!(All::read("half").is_none());
    }
}
