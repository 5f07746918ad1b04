//! What the companion says, one table per language. The tables are values of one struct, so a language that lacks a message
//! does not compile. Words that the page has too (roles, events, dates) are the page's: `nguon_verify_app::messages`.
//!
//! All languages travel with this program: it is loaded after the verdict, and together they take less than the page's words.

mod en;
mod ja;
mod ko;
mod table;
mod vi;
mod zh;

use nguon_verify_app::lang::Lang;

pub use nguon_verify_app::messages::fill;
pub use table::Messages;

/// All that the companion says in a language.
#[must_use]
pub const fn of(lang: Lang) -> &'static Messages {
    match lang {
        Lang::Vi => &vi::VI,
        Lang::En => &en::EN,
        Lang::Zh => &zh::ZH,
        Lang::Ja => &ja::JA,
        Lang::Ko => &ko::KO,
    }
}

#[cfg(test)]
mod tests;
