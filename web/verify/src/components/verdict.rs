//! The upper half of the first screen: seal, sentence, "as of", and what to do.

use yew::prelude::*;

use super::icon::icon;
use super::next::next_steps;
use super::seal::seal;
use crate::format;
use crate::messages::fill;
use crate::model::{Action, Answer, LabelBinding, Lot, Report, State};

/// Draws the verdict of a lot.
pub fn verdict(state: &State, lot: &Lot, answer: &Answer, report: Option<&Report>, act: &Callback<Action>) -> Html {
    let m = state.lang.messages();
    let sentence = answer.sentence(state.lang);
    html! {
        <section id="verdict" class={classes!("verdict", answer.tone().class())} tabindex="-1" aria-busy={(!answer.is_final()).then_some("true")}>
            <div class="seal-box">
                { seal(answer.seal()) }
                <span class="mark">{ icon(answer.icon()) }</span>
            </div>
            <div class="say">
                // Keyed, so that a changed urgency makes a new element, which a screen reader announces.
                <div key={answer.urgency().role()} role={answer.urgency().role()} aria-atomic="true">
                    <p class="badge">{ answer.heading(m) }</p>
                    <h1>{ sentence }</h1>
                </div>
                if let Some(report) = report {
                    { beside(state, report) }
                }
                if !answer.is_final() {
                    <p class="aside">{ m.loading_note }</p>
                }
                { lot_line(state, lot) }
            </div>
            { next_steps(state, lot, answer, report, act) }
        </section>
    }
}

fn beside(state: &State, report: &Report) -> Html {
    let m = state.lang.messages();
    let as_of = report.as_of.map(|at| {
        let message = if report.logged { m.as_of_logged } else { m.as_of_unlogged };
        fill(message, &[("time", &format::moment(state.lang, at))])
    });
    let binding = match report.binding {
        LabelBinding::Lot => Some(m.label_lot_only),
        LabelBinding::Unbound => Some(m.label_unbound),
        LabelBinding::Silent => None,
    };
    html! {
        <>
            if let Some(as_of) = as_of { <p class="as-of">{ as_of }</p> }
            if let Some(binding) = binding { <p class="aside">{ binding }</p> }
        </>
    }
}

fn lot_line(state: &State, lot: &Lot) -> Html {
    let m = state.lang.messages();
    html! {
        <p class="lot">
            <span>{ m.label_lot }{ " " }<b>{ &lot.lot }</b></span>
            <span>{ "GTIN " }<b>{ &lot.gtin }</b></span>
            if let Some(serial) = &lot.serial {
                <span>{ m.label_serial }{ " " }<b>{ serial }</b></span>
            }
        </p>
    }
}
