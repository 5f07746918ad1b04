//! The languages other than Vietnamese, which the program does not carry: the build writes each as a file of lines, which is
//! fetched when it is chosen.

use std::cell::RefCell;

use super::{Messages, tasks};
use crate::lang::Lang;

/// All that the app says in a language.
#[derive(Clone, Copy)]
pub struct All {
    /// The shell
    pub shell: &'static Messages,
    /// The task pages
    pub tasks: &'static tasks::Messages,
}

thread_local! {
    static READ: RefCell<Vec<(Lang, All)>> = const { RefCell::new(Vec::new()) };
}

/// The words of a language that was read; `None` for Vietnamese, which is always here, and for one that is not here yet.
#[must_use]
pub fn of(lang: Lang) -> Option<All> {
    #[cfg(not(target_arch = "wasm32"))]
    match lang {
        Lang::Vi => {}
        Lang::En => return Some(All { shell: &super::EN, tasks: &tasks::EN }),
        Lang::Zh => return Some(All { shell: &super::ZH, tasks: &tasks::ZH }),
    }
    READ.with_borrow(|read| read.iter().find(|(known, _)| *known == lang).map(|(_, all)| *all))
}

/// Takes up a language's file: kept for as long as the page is open. Whether it is one.
pub fn read(lang: Lang, text: String) -> bool {
    let text: &'static str = Box::leak(text.into_boxed_str());
    if text.split('\n').count() != Messages::COUNT + tasks::Messages::COUNT {
        return false;
    }
    let mut texts = text.split('\n');
    let mut next = || texts.next().unwrap_or_default();
    let shell = Box::leak(Box::new(Messages::of_texts(&mut next)));
    let all = All { shell, tasks: Box::leak(Box::new(tasks::Messages::of_texts(&mut next))) };
    READ.with_borrow_mut(|read| read.push((lang, all)));
    true
}

/// The name of a language's file.
#[must_use]
pub fn file(lang: Lang) -> String {
    format!("farm-{}.txt", lang.tag())
}

/// What the file of a language says.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn text(lang: Lang) -> String {
    let all = of(lang).unwrap_or(All { shell: &super::VI, tasks: &tasks::VI });
    let lines = all.shell.entries().into_iter().chain(all.tasks.entries()).map(|(_, text)| text);
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_read_as_it_was_written() {
        for lang in Lang::ALL {
            let written = text(lang);
            let kept: &'static str = Box::leak(written.clone().into_boxed_str());
            let mut texts = kept.split('\n');
            let shell = Messages::of_texts(&mut || texts.next().unwrap());
            assert_eq!(
                shell.entries(),
                of(lang).map_or(super::super::VI.entries(), |all| all.shell.entries()),
                "{lang:?}"
            );
            assert!(read(lang, written));
        }
        assert!(!read(Lang::En, "half".to_owned()));
    }
}
