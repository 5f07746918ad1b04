//! Another way in: the code typed from the label.

use yew::prelude::*;

use super::el::{El, When, el, el_of, slot};
use super::seal::seal;
use crate::browser;
use crate::link::typed_path;
use crate::model::{Action, Seal, State};

/// Draws a field for the code and a button; on the home page it stands alone.
pub fn code_form(state: &State, alone: bool, act: &Callback<Action>) -> El {
    let m = state.lang.messages();
    let wrong = state.mistyped.as_ref().map(|error| error.sentence(m));
    let invalid = if wrong.is_some() { "true" } else { "false" };
    let submit = {
        let act = act.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            match typed_path(&browser::typed("code")) {
                Ok(path) => browser::go(&path),
                Err(error) => {
                    act.emit(Action::Mistyped(error));
                    browser::focus("code");
                }
            }
        })
    };
    let input = el("input").at(
        &[
            "id",
            "type",
            "autocomplete",
            "autocapitalize",
            "spellcheck",
            "enterkeyhint",
            "aria-describedby",
            "aria-invalid",
        ],
        &["code", "text", "off", "characters", "false", "go", "code-hint code-error", invalid],
    );
    let error = el("p").at(&["class", "id", "role"], &["error", "code-error", "alert"]);
    let fields = el("form")
        .at(&["novalidate"], &[""])
        .on(When::Submit, submit)
        .with(el("label").at(&["for"], &["code"]).text(m.code_label()))
        .with(input)
        .with(error.text(wrong.unwrap_or_default()))
        .with(el("p").at(&["class", "id"], &["small", "code-hint"]).text(m.code_hint()))
        .with(el("button").at(&["class", "type"], &["button", "submit"]).text(m.code_button()));
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
        .with(fields)
        .with(saved)
}
