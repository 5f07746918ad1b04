//! Other ways in: the companion's, which scans codes and takes typed ones, and a file.

use yew::prelude::*;

use super::el::{El, When, el, el_of, slot};
use super::seal::seal;
use crate::model::{Action, Seal, State};

/// Draws the places for the companion's ways, and the one for a file; on the home page they stand alone.
pub fn ways_in(state: &State, alone: bool, act: &Callback<Action>) -> El {
    let m = state.lang.messages();
    let choose = {
        let act = act.clone();
        Callback::from(move |_: Event| act.emit(Action::Chosen))
    };
    let file = el("input")
        .at(&["id", "type", "accept", "aria-describedby"], &["file", "file", ".cbor,application/cbor", "file-hint"])
        .on(When::Change, choose);
    let saved = el_of("div", "saved")
        .with(file)
        .with(el("label").at(&["for", "class"], &["file", "button quiet"]).text(m.file_label()))
        .with(el("p").at(&["class", "id"], &["small", "file-hint"]).text(m.file_hint()));
    let (class, heading, title) =
        if alone { ("another home", "h1", m.home_title()) } else { ("another", "h2", m.another_title()) };
    el("section")
        .at(&["class", "aria-labelledby"], &[class, "another"])
        .maybe(alone.then(|| seal(Seal::Open)))
        .with(el(heading).at(&["id"], &["another"]).text(title))
        .maybe(alone.then(|| el_of("p", "lead").text(m.home_text())))
        .with(slot("scan"))
        .with(slot("typed"))
        .with(saved)
}
