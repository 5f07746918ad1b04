//! Findings, told plainly.

use super::el::{El, el, el_of, section};
use super::icon::icon;
use crate::lang::Lang;
use crate::model::Note;

/// Draws the findings, if there are any.
pub fn notes(lang: Lang, notes: &[Note]) -> Option<El> {
    let one = |note: &Note| {
        el_of("li", note.tone().class()).with(icon(note.icon())).with(el("span").text(note.sentence(lang)))
    };
    let list = el("ul").all(notes.iter().map(one));
    (!notes.is_empty()).then(|| section("notes", lang.messages().notes_title()).with(list))
}
