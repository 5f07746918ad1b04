//! The code by which the co-op enters this phone's key, and what became of it.

use yew::prelude::*;

use super::Doing;
use super::ui::{Tone, band, button, maybe, steps, title, told};
use crate::browser;
use crate::messages::fill;
use crate::qr::symbol;
use crate::state::{Standing, State};

/// The code, to be shown; or what it led to.
pub fn view(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let Some((person, key)) = state.person().and_then(|person| Some((person, person.key?))) else { return html! {} };
    if let Standing::Enrolled(enrolment) = &person.standing {
        let by = if enrolment.by.is_empty() { m.coop } else { &enrolment.by };
        return html! {
            <section aria-labelledby="title">
                { title(m.enrolled_title, "") }
                { told(Tone::Leaf, fill(m.enrolled_by, &[("coop", by)])) }
                { button("big", m.begin, doing.show(crate::state::Page::Today)) }
            </section>
        };
    }
    let code = crate::enrol::code(&key.public, person);
    let drawn = symbol(&code.to_text());
    let (typed, digits) = (code.to_typed(), code.digits());
    let copy = {
        let text = code.to_text();
        Callback::from(move |_| browser::copy(&text))
    };
    let again = doing.go(|bench| async move { bench.ask_register().await });
    let known = person.actor().is_some();
    let practice = state.practises.then(|| {
        let enter = doing.go(|bench| async move { bench.practice_enrol().await });
        html! { <div class="card"><p>{ m.practice_enrol_why }</p>{ button("big", m.practice_enrol, enter) }</div> }
    });
    html! {
        <section class="code-page" aria-labelledby="title">
            { title(if known { m.code_title_again } else { m.code_title }, if known { m.code_lead_again } else { m.code_lead }) }
            { maybe(drawn.map(|drawn| html! {
                <svg class="symbol" viewBox={format!("0 0 {0} {0}", drawn.side)} role="img" aria-label={m.code_symbol}>
                    <rect width="100%" height="100%" /><path d={drawn.path} />
                </svg>
            })) }
            <p class="small">{ m.code_by_voice }</p>
            <p id="code-digits" class="digits"><b>{ digits }</b></p>
            <details><summary>{ m.code_typed }</summary><p id="code-typed" class="digits small">{ for typed.split(' ').map(|part| html! { <span>{ part.to_owned() }</span> }) }</p></details>
            <div class="row">{ button("quiet", m.copy, copy) }{ button("quiet", m.code_look, again) }</div>
            <p class="small" role="status">{ waiting(state) }</p>
            { maybe(practice) }
            <h2>{ m.code_how }</h2>
            { steps(&[m.code_step_show, m.code_step_scan, m.code_step_wait]) }
            <p class="small">{ crate::enrol::kept(state.lang, &key) }</p>
            { maybe((!state.online && !state.practises).then(|| band("amber", html! { <p>{ m.code_offline }</p> }))) }
        </section>
    }
}

fn waiting(state: &State) -> &'static str {
    let m = state.lang.messages();
    if state.asked == 0 { m.code_waiting } else { m.code_waiting_still }
}
