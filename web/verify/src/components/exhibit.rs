//! Ids and bytes to compare for oneself, with a button that copies them.

use yew::prelude::*;

use crate::browser;
use crate::components::icon::{Tool, tool_icon};
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Exhibit, Titled};

/// Longer than this is raw bytes, which are written out only when asked for: a season has hundreds of records.
const SHORT: usize = 64;

/// Draws a list of exhibits.
pub fn exhibits(lang: Lang, exhibits: &[Exhibit]) -> Html {
    html! {
        <dl class="exhibits">
            { for exhibits.iter().map(|exhibit| html! { <ExhibitView {lang} exhibit={exhibit.clone()} /> }) }
        </dl>
    }
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
    html! {
        <div>
            <dt>{ props.exhibit.kind.title(m) }<small>{ size }</small></dt>
            <dd>
                <button type="button" class="tool" onclick={copy}>
                    { tool_icon(Tool::Copy) }<span role="status">{ copy_label }</span>
                </button>
                if *open {
                    <code tabindex="0">{ format::hex(&props.exhibit.bytes) }</code>
                } else {
                    <button type="button" class="tool show" onclick={show}>{ m.show_bytes }</button>
                }
            </dd>
        </div>
    }
}
