//! Ids and bytes to compare for oneself, with a button that copies them.

use yew::prelude::*;

use super::el::{El, button, el, el_of, group};
use super::icon::{Tool, tool_icon};
use crate::browser;
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Exhibit, Titled};

/// Longer than this is raw bytes, which are written out only when asked for.
const SHORT: usize = 64;

/// Draws a list of exhibits.
pub fn exhibits(lang: Lang, exhibits: &[Exhibit]) -> El {
    let one = |exhibit: &Exhibit| html! { <ExhibitView {lang} exhibit={exhibit.clone()} /> };
    el_of("dl", "exhibits").all(exhibits.iter().map(one))
}

struct ExhibitView {
    open: bool,
    copied: Option<bool>,
}

#[derive(Properties, PartialEq)]
struct Props {
    lang: Lang,
    exhibit: Exhibit,
}

enum Wish {
    Show,
    Copy,
    Copied(bool),
}

impl Component for ExhibitView {
    type Message = Wish;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        Self { open: ctx.props().exhibit.bytes.len() <= SHORT, copied: None }
    }

    fn update(&mut self, ctx: &Context<Self>, wish: Wish) -> bool {
        match wish {
            Wish::Show => self.open = true,
            Wish::Copied(done) => self.copied = Some(done),
            Wish::Copy => {
                let hex = format::hex(&ctx.props().exhibit.bytes).replace(' ', "");
                let done = ctx.link().callback(Wish::Copied);
                browser::copy(&hex, move |copied| done.emit(copied));
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { lang, exhibit } = ctx.props();
        let m = lang.messages();
        let copy_label = match self.copied {
            None => m.copy,
            Some(true) => m.copied,
            Some(false) => m.copy_failed,
        };
        let size = fill(m.exhibit_bytes, &[("n", &format::count(*lang, exhibit.bytes.len() as u64))]);
        let status = el("span").at(&["role"], ["status"]).text(copy_label);
        let copy = ctx.link().callback(|_: MouseEvent| Wish::Copy);
        let bytes: Html = if self.open {
            el("code").at(&["tabindex"], ["0"]).text(format::hex(&exhibit.bytes)).into()
        } else {
            button("tool show", ctx.link().callback(|_: MouseEvent| Wish::Show), m.show_bytes)
        };
        el("div")
            .with(el("dt").text(exhibit.kind.title(m)).with(el("small").text(size)))
            .with(el("dd").with(button("tool", copy, group(vec![tool_icon(Tool::Copy), status.into()]))).with(bytes))
            .into()
    }
}
