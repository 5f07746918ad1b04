//! Keeping the proof and passing it on.

use std::rc::Rc;

use yew::prelude::*;

use super::el::{button, el, el_of, group, section};
use super::icon::{Tool, tool_icon};
use crate::browser;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Lot, Report};

/// Buttons to save, share and print the proof.
pub struct Keep {
    copied: bool,
}

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

pub enum Wish {
    /// To save the file
    Save,
    /// To pass the link on
    Share,
    /// To know that the link was copied instead
    Copied,
    /// To print
    Print,
}

impl Component for Keep {
    type Message = Wish;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self { copied: false }
    }

    fn update(&mut self, ctx: &Context<Self>, wish: Wish) -> bool {
        let Props { lang, lot, report } = ctx.props();
        match wish {
            Wish::Save => browser::save(&lot.file_name(), &report.bundle),
            Wish::Share => {
                let copied = ctx.link().callback(|()| Wish::Copied);
                browser::share(&format!("{} {}", lang.messages().label_lot, lot.lot), move || copied.emit(()));
            }
            Wish::Copied => self.copied = true,
            Wish::Print => browser::print(),
        }
        self.copied
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { lang, lot, .. } = ctx.props();
        let m = lang.messages();
        let status =
            el("span").at(&["role"], ["status"]).text(if self.copied { m.keep_link_copied } else { m.keep_share });
        let press = |class, wish: fn(MouseEvent) -> Wish, tool, label: Html| {
            button(class, ctx.link().callback(wish), group(vec![tool_icon(tool), label]))
        };
        let buttons = el_of("div", "row")
            .with(press("button", |_| Wish::Save, Tool::Save, m.keep_save.into()))
            .with(press("button quiet", |_| Wish::Share, Tool::Share, status.into()))
            .with(press("button quiet", |_| Wish::Print, Tool::Print, m.keep_print.into()));
        section("keep", m.keep_title)
            .with(buttons)
            .with(el_of("p", "small").text(fill(m.keep_save_hint, &[("file", &lot.file_name())])))
            // On paper, where buttons are of no use, the way back to the page.
            .with(el_of("p", "address").text(browser::href()))
            .maybe(browser::inside_another_app().then(|| el_of("p", "small").text(m.keep_in_app)))
            .into()
    }
}
