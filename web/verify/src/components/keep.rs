//! Keeping the proof and passing it on.

use std::rc::Rc;

use yew::prelude::*;

use super::el::{button, el, el_of, group, section};
use super::icon::{Tool, tool_icon};
use crate::browser;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Lot, Report};

#[derive(Properties)]
pub struct Props {
    /// In which language
    pub lang: Lang,
    /// The lot, for the file's name
    pub lot: Lot,
    /// The report with its bundle
    pub report: Rc<Report>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        // A report is made once and never changed: the same one is the same place in memory.
        self.lang == other.lang && Rc::ptr_eq(&self.report, &other.report)
    }
}

/// Buttons to save, share and print the proof.
#[component]
pub fn Keep(props: &Props) -> Html {
    let m = props.lang.messages();
    let shared = use_state_eq(|| false);
    let file = props.lot.file_name();
    let save = {
        let (report, file) = (props.report.clone(), file.clone());
        Callback::from(move |_: MouseEvent| browser::save(&file, &report.bundle))
    };
    let share = {
        let (shared, title) = (shared.clone(), format!("{} {}", m.label_lot, props.lot.lot));
        Callback::from(move |_: MouseEvent| {
            let shared = shared.clone();
            browser::share(&title, move || shared.set(true));
        })
    };
    let status = el("span").at("role", "status").text(if *shared { m.keep_link_copied } else { m.keep_share });
    let print = Callback::from(|_: MouseEvent| browser::print());
    let buttons = el_of("div", "row")
        .with(button("button", save, group(vec![tool_icon(Tool::Save), m.keep_save.into()])))
        .with(button("button quiet", share, group(vec![tool_icon(Tool::Share), status.into()])))
        .with(button("button quiet", print, group(vec![tool_icon(Tool::Print), m.keep_print.into()])));
    section("keep", m.keep_title)
        .with(buttons)
        .with(el_of("p", "small").text(fill(m.keep_save_hint, &[("file", &file)])))
        // On paper, where buttons are of no use, the way back to the page.
        .with(el_of("p", "address").text(browser::href()))
        .maybe(browser::inside_another_app().then(|| el_of("p", "small").text(m.keep_in_app)))
        .into()
}
