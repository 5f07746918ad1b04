//! What stands there once something is signed and kept: what it was, and what can be done next.

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
    pub leave: Callback<MouseEvent>,
    /// Another one
    pub again: Callback<MouseEvent>,
    /// It was a slip of the finger
    pub correct: Option<Callback<MouseEvent>>,
}

/// The screen.
pub fn view(d: &Draw<'_>, saved: &Saved, more: Html, press: &Press) -> Html {
    let m = d.m;
    let facts = saved.facts.iter().map(|(name, value)| fact(name, value.clone()));
    html! {
        <>
        <section class="t-saved" aria-labelledby="t-step">
            <h2 id="t-step" tabindex="-1">{ m.saved_title }</h2>
            <p>{ m.saved_lead }</p>
            { maybe(saved.slip.as_ref().map(|slip| self::slip(d, slip))) }
            <dl class="t-facts">{ for facts }</dl>
        </section>
        { more }
        { if saved.next {
            html! { <>{ main_button("t-again", m.weigh_next, press.again.clone(), false) }{ quiet_button("t-done", m.done, press.leave.clone()) }</> }
        } else {
            html! { <>{ main_button("t-done", m.done, press.leave.clone(), false) }{ quiet_button("t-again", m.again, press.again.clone()) }</> }
        } }
        { maybe(press.correct.clone().map(|correct| quiet_button("t-correct", m.saved_correct, correct))) }
        </>
    }
}

fn slip(d: &Draw<'_>, slip: &Slip) -> Html {
    let each = slip.crates.iter().map(|grams| say::decimal(d.lang, *grams)).collect::<Vec<_>>().join(" + ");
    html! {
        <div class="t-slip">
            <p><small>{ d.m.slip_title }{ " · " }{ say::clock(slip.at, d.facts.offset) }</small></p>
            <p class="t-net">{ say::kg(d.lang, slip.net) }</p>
            { maybe((slip.crates.len() > 1).then(|| html! { <p><small>{ each }</small></p> })) }
        </div>
    }
}
