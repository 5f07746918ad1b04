//! Findings, told plainly.

use yew::prelude::*;

use super::icon::icon;
use crate::lang::Lang;
use crate::model::Note;

/// Draws the findings, if there are any.
pub fn notes(lang: Lang, notes: &[Note]) -> Html {
    if notes.is_empty() {
        return Html::default();
    }
    html! {
        <section class="notes" aria-labelledby="notes">
            <h2 id="notes">{ lang.messages().notes_title }</h2>
            <ul>
                { for notes.iter().map(|note| html! {
                    <li class={note.tone().class()}>{ icon(note.icon()) }<span>{ note.sentence(lang) }</span></li>
                }) }
            </ul>
        </section>
    }
}
