//! Keeping the proof and passing it on.

use std::rc::Rc;

use yew::prelude::*;

use super::el::{El, button, el, el_of, group, section};
use super::icon::{Tool, tool_icon};
use crate::browser;
use crate::messages::fill;
use crate::model::{Action, Lot, Report, State};

/// Draws the buttons that save, share and print the proof.
pub fn keep(state: &State, lot: &Lot, report: &Rc<Report>, act: &Callback<Action>) -> El {
    let m = state.lang.messages();
    let file = lot.file_name();
    let share_label = if state.link_copied { m.keep_link_copied() } else { m.keep_share() };
    let save = {
        let (file, report) = (file.clone(), report.clone());
        Callback::from(move |_: Event| browser::save(&file, &report.bundle.0))
    };
    let share = {
        let (title, act) = ([m.label_lot(), " ", &lot.lot].concat(), act.clone());
        Callback::from(move |_: Event| {
            let act = act.clone();
            browser::share(&title, move || act.emit(Action::LinkCopied));
        })
    };
    let status = el("span").at(&["role"], &["status"]).text(share_label);
    let print = Callback::from(|_: Event| browser::print());
    let buttons = el_of("div", "row")
        .with(button("button", save, group(vec![tool_icon(Tool::Save), m.keep_save().into()])))
        .with(button("button quiet", share, group(vec![tool_icon(Tool::Share), status.into()])))
        .with(button("button quiet", print, group(vec![tool_icon(Tool::Print), m.keep_print().into()])));
    section("keep", m.keep_title())
        .with(buttons)
        .with(el_of("p", "small").text(fill(m.keep_save_hint(), &[("file", &file)])))
        // On paper, where buttons are of no use, the way back to the page.
        .with(el_of("p", "address").text(browser::href()))
        .maybe(browser::inside_another_app().then(|| el_of("p", "small").text(m.keep_in_app())))
}
