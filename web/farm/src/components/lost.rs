//! A lost phone, and a key that counts no more: what happened, what is kept, how to go on.

use nguon_ui::el::{Inside, el, el_of};
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
    el("section")
        .at(&["aria-labelledby"], &["title"])
        .with(title(m.lost_title(), m.lost_lead()))
        .with(steps(&[m.lost_step_call(), m.lost_step_new(), m.lost_step_scan(), m.lost_step_go_on()]))
        .with(el_of("p", "note").with(m.lost_kept()))
        .with(button("quiet big", m.back(), doing.show(Page::Device)))
        .html()
}

/// The key of who uses this device counts no more.
pub fn revoked(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let Some(person) = state.person() else { return Html::default() };
    let Standing::Revoked(enrolment, revoked) = &person.standing else { return Html::default() };
    let coop = if enrolment.by.is_empty() { m.coop() } else { &enrolment.by };
    let when = revoked_at(revoked).map(|time| format::day(state.lang, time.get()));
    let what = match when {
        Some(day) => fill(m.revoked_on(), &[("coop", coop), ("day", &day)]),
        None => fill(m.revoked_by(), &[("coop", coop)]),
    };
    let why = revoked.reason.map(|reason| match reason {
        RevocationReason::Lost => m.revoked_lost(),
        RevocationReason::Compromised => m.revoked_compromised(),
        _ => m.revoked_other(),
    });
    let waiting = state.work.as_ref().map_or(0, |work| work.unsent());
    let kept = (waiting > 0).then(|| fill(m.revoked_unsent(), &[("count", &waiting.to_string())]));
    let anew = doing.go(|bench| async move { bench.new_key().await });
    el("section")
        .at(&["class", "aria-labelledby"], &["revoked", "title"])
        .with(title(m.revoked_title(), ""))
        .with(el("p").with(what).with(" ").with(why))
        .with(el("h2").with(m.revoked_kept_title()))
        .with(el("p").with(m.revoked_kept()))
        .with(maybe(kept.map(|words| el("p").with(el("b").with(words)).html())))
        .with(el("h2").with(m.revoked_way_title()))
        .with(steps(&[m.revoked_step_ask(), m.revoked_step_key(), m.revoked_step_sign()]))
        .with(button("big", m.revoked_new_key(), anew))
        .with(super::welcome::no_key(state))
        .with(button("quiet big", m.history_look(), doing.show(Page::History)))
        .html()
}
