//! What stands there once something is signed and kept: what it was, and what can be done next.

use nguon_ui::el::{Inside, el, el_of, nodes};
use yew::prelude::*;

use crate::tasks::parts::{Draw, fact, main_button, maybe, quiet_button};
use crate::tasks::say;

/// What was kept, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Facts under their names
    pub facts: Vec<(&'static str, String)>,
    /// The figure that is largest, on a weighing slip
    pub slip: Option<Slip>,
    /// Whether a slip can be followed by the next household
    pub next: bool,
}

/// A weighing slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Grams
    pub net: u64,
    /// Grams of each crate
    pub crates: Vec<u64>,
    /// When, Unix seconds
    pub at: u64,
}

/// What can be done next.
pub struct Press {
    /// Back to today
    pub leave: Callback<Event>,
    /// Another one
    pub again: Callback<Event>,
    /// It was a slip of the finger
    pub correct: Option<Callback<Event>>,
}

/// The screen.
pub fn view(d: &Draw<'_>, saved: &Saved, more: Html, press: &Press) -> Html {
    let m = d.m;
    let facts = saved.facts.iter().map(|(name, value)| fact(name, value.clone()));
    nodes()
        .with(
            el("section")
                .at(&["class", "aria-labelledby"], &["t-saved", "t-step"])
                .with(el("h2").at(&["id", "tabindex"], &["t-step", "-1"]).with(m.saved_title()))
                .with(el("p").with(m.saved_lead()))
                .with(maybe(saved.slip.as_ref().map(|slip| self::slip(d, slip))))
                .with(el_of("dl", "t-facts").all(facts)),
        )
        .with(more)
        .with(if saved.next {
            nodes()
                .with(main_button("t-again", m.weigh_next(), press.again.clone(), false))
                .with(quiet_button("t-done", m.done(), press.leave.clone()))
                .html()
        } else {
            nodes()
                .with(main_button("t-done", m.done(), press.leave.clone(), false))
                .with(quiet_button("t-again", m.again(), press.again.clone()))
                .html()
        })
        .with(maybe(press.correct.clone().map(|correct| quiet_button("t-correct", m.saved_correct(), correct))))
        .html()
}

fn slip(d: &Draw<'_>, slip: &Slip) -> Html {
    let each = slip.crates.iter().map(|grams| say::decimal(d.lang, *grams)).collect::<Vec<_>>().join(" + ");
    el_of("div", "t-slip")
        .with(el("p").with(el("small").with(d.m.slip_title()).with(" · ").with(say::clock(slip.at))))
        .with(el_of("p", "t-net").with(say::kg(d.lang, slip.net)))
        .with(maybe((slip.crates.len() > 1).then(|| el("p").with(el("small").with(each)).html())))
        .html()
}
