//! A lost phone, and a key that counts no more: what happened, what is kept, how to go on.

use yew::prelude::*;

use super::Doing;
use super::ui::{button, maybe, steps, title};
use crate::format;
use crate::messages::fill;
use crate::state::{Page, Standing, State, person::revoked_at};
use nguon_core::event::RevocationReason;

/// What to do when a phone is gone: to be read on another one, or beforehand.
pub fn lost(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    html! {
        <section aria-labelledby="title">
            { title(m.lost_title, m.lost_lead) }
            { steps(&[m.lost_step_call, m.lost_step_new, m.lost_step_scan, m.lost_step_go_on]) }
            <p class="note">{ m.lost_kept }</p>
            { button("quiet big", m.back, doing.show(Page::Device)) }
        </section>
    }
}

/// The key of who uses this device counts no more.
pub fn revoked(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let Some(person) = state.person() else { return html! {} };
    let Standing::Revoked(enrolment, revoked) = &person.standing else { return html! {} };
    let coop = if enrolment.by.is_empty() { m.coop } else { &enrolment.by };
    let when = revoked_at(revoked).map(|time| format::day(state.lang, time.get()));
    let what = match when {
        Some(day) => fill(m.revoked_on, &[("coop", coop), ("day", &day)]),
        None => fill(m.revoked_by, &[("coop", coop)]),
    };
    let why = revoked.reason.map(|reason| match reason {
        RevocationReason::Lost => m.revoked_lost,
        RevocationReason::Compromised => m.revoked_compromised,
        _ => m.revoked_other,
    });
    let waiting = state.work.as_ref().map_or(0, |work| work.unsent());
    let kept = (waiting > 0).then(|| fill(m.revoked_unsent, &[("count", &waiting.to_string())]));
    let anew = doing.go(|bench| async move { bench.new_key().await });
    html! {
        <section class="revoked" aria-labelledby="title">
            { title(m.revoked_title, "") }
            <p>{ what }{ " " }{ why }</p>
            <h2>{ m.revoked_kept_title }</h2>
            <p>{ m.revoked_kept }</p>
            { maybe(kept.map(|words| html! { <p><b>{ words }</b></p> })) }
            <h2>{ m.revoked_way_title }</h2>
            { steps(&[m.revoked_step_ask, m.revoked_step_key, m.revoked_step_sign]) }
            { button("big", m.revoked_new_key, anew) }
            { super::welcome::no_key(state) }
            { button("quiet big", m.history_look, doing.show(Page::History)) }
        </section>
    }
}
