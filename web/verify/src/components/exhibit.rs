//! Ids and bytes to compare for oneself, with a button that copies them.

use std::rc::Rc;

use yew::prelude::*;

use super::el::{El, button, el, el_of, group};
use super::icon::{Tool, tool_icon};
use super::live::{Told, live};
use crate::browser;
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Exhibit, Titled};

/// Longer than this is raw bytes, which are written out only when asked for.
const SHORT: usize = 64;

/// State of an exhibit: whether all bytes are shown, and whether they were copied.
const SHOWN: u8 = 1;
const COPIED: u8 = 2;
const NOT_COPIED: u8 = 4;

/// Draws a list of exhibits.
pub fn exhibits(lang: Lang, exhibits: &Rc<Vec<Exhibit>>) -> El {
    let one = |index: usize| {
        let exhibits = exhibits.clone();
        live(Callback::from(move |told| exhibits.get(index).map(|one| exhibit(lang, one, told)).unwrap_or_default()))
    };
    el_of("dl", "exhibits").all((0..exhibits.len()).map(one))
}

fn exhibit(lang: Lang, exhibit: &Exhibit, (state, set): Told) -> Html {
    let m = lang.messages();
    let copy_label = match state & !SHOWN {
        COPIED => m.copied(),
        NOT_COPIED => m.copy_failed(),
        _ => m.copy(),
    };
    let hex = format::hex(&exhibit.bytes);
    let size = fill(m.exhibit_bytes(), &[("n", &format::count(lang, exhibit.bytes.len() as u64))]);
    let status = el("span").at(&["role"], &["status"]).text(copy_label);
    let copy = {
        let (hex, set) = (hex.replace(' ', ""), set.clone());
        Callback::from(move |_: Event| {
            let set = set.clone();
            browser::copy(&hex, move |done| set.emit(state & SHOWN | if done { COPIED } else { NOT_COPIED }));
        })
    };
    let bytes: Html = if state & SHOWN != 0 || exhibit.bytes.len() <= SHORT {
        el("code").at(&["tabindex"], &["0"]).text(hex).into()
    } else {
        button("tool show", set.reform(move |_: Event| state | SHOWN), m.show_bytes())
    };
    el("div")
        .with(el("dt").text(exhibit.kind.title(m)).with(el("small").text(size)))
        .with(el("dd").with(button("tool", copy, group(vec![tool_icon(Tool::Copy), status.into()]))).with(bytes))
        .into()
}
