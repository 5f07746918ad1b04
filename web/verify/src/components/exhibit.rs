//! Ids and bytes to compare for oneself, with a button that copies them.

use yew::prelude::*;

use super::el::{El, button, el, el_of, group};
use super::icon::{Tool, tool_icon};
use crate::browser;
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Exhibit, Titled};

/// Longer than this is raw bytes, which are written out only when asked for: a season has hundreds of records.
const SHORT: usize = 64;

/// Draws a list of exhibits.
pub fn exhibits(lang: Lang, exhibits: &[Exhibit]) -> El {
    let one = |exhibit: &Exhibit| html! { <ExhibitView {lang} exhibit={exhibit.clone()} /> };
    el_of("dl", "exhibits").all(exhibits.iter().map(one))
}

#[derive(Properties, PartialEq)]
struct Props {
    lang: Lang,
    exhibit: Exhibit,
}

#[component]
fn ExhibitView(props: &Props) -> Html {
    let m = props.lang.messages();
    let open = use_state_eq(|| props.exhibit.bytes.len() <= SHORT);
    let copied = use_state_eq(|| None::<bool>);
    let show = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(true))
    };
    let copy = {
        let (copied, bytes) = (copied.clone(), props.exhibit.bytes.clone());
        Callback::from(move |_: MouseEvent| {
            let copied = copied.clone();
            browser::copy(&format::hex(&bytes).replace(' ', ""), move |done| copied.set(Some(done)));
        })
    };
    let copy_label = match *copied {
        None => m.copy,
        Some(true) => m.copied,
        Some(false) => m.copy_failed,
    };
    let size = fill(m.exhibit_bytes, &[("n", &format::count(props.lang, props.exhibit.bytes.len() as u64))]);
    let status = el("span").at("role", "status").text(copy_label);
    let tools = button("tool", copy, group(vec![tool_icon(Tool::Copy), status.into()]));
    let bytes: Html = if *open {
        el("code").at("tabindex", "0").text(format::hex(&props.exhibit.bytes)).into()
    } else {
        button("tool show", show, m.show_bytes)
    };
    el("div")
        .with(el("dt").text(props.exhibit.kind.title(m)).with(el("small").text(size)))
        .with(el("dd").with(tools).with(bytes))
        .into()
}
