//! The device's key: made here, shown to whoever enrols it, and under which actor it signs.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ui::{button, maybe, told};
use crate::browser;
use crate::check::conclusion::Tone;
use crate::record::qr::symbol;
use crate::record::{Device, Standing};
use crate::state::{Action, Actor, State};
use crate::work;

/// Draws the part about the key.
pub fn view(state: &State, act: &Callback<Action>) -> Html {
    let m = state.lang.messages();
    let inside = match &state.recording.device {
        Device::Unknown => html! {},
        Device::Impossible => html! { <p class="error">{ m.key_impossible }</p> },
        Device::None => make(state, act),
        Device::Held(key) => html! { <>{ kept(m.key_held) }{ enrolment(state, &key.to_string(), act) }</> },
        Device::Wrapped(key, open) => html! {
            <>
            { kept(m.key_wrapped) }
            { maybe((!open).then(|| unlock(state, act))) }
            { enrolment(state, &key.to_string(), act) }
            </>
        },
    };
    html! {
        <section class="card" aria-labelledby="key-title">
            <h2 id="key-title">{ m.key_title }</h2>
            { inside }
        </section>
    }
}

fn kept(words: &'static str) -> Html {
    html! { <p>{ words }</p> }
}

/// Passphrases are asked for by a form, so that browsers offer to keep them.
fn with_passphrase(
    state: &State,
    id: &'static str,
    words: &'static str,
    press: Callback<SubmitEvent>,
    new: bool,
) -> Html {
    let m = state.lang.messages();
    let fault = state.recording.key_fault.map(|making| if making { m.key_not_made } else { m.key_not_opened });
    html! {
        <form onsubmit={press}>
            <div class="field wide">
                <label for={id}>{ m.passphrase_label }</label>
                <input {id} type="password" autocomplete={if new { "new-password" } else { "current-password" }} />
                <p class="error" role="alert">{ fault }</p>
            </div>
            <div class="row"><button class="button">{ words }</button></div>
        </form>
    }
}

fn make(state: &State, act: &Callback<Action>) -> Html {
    let m = state.lang.messages();
    let press = {
        let act = act.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            spawn_local(work::record::make_key(browser::typed("new-passphrase"), act.clone()));
        })
    };
    let first = {
        let act = act.clone();
        Callback::from(move |_| spawn_local(work::record::make_key(String::new(), act.clone())))
    };
    html! {
        <>
        <p>{ m.key_none }</p>
        // The passphrase is asked for only after the browser could not hold a key.
        { if state.recording.key_fault == Some(true) {
            with_passphrase(state, "new-passphrase", m.key_make, press, true)
        } else {
            button("", m.key_make, first)
        } }
        </>
    }
}

fn unlock(state: &State, act: &Callback<Action>) -> Html {
    let (act, device) = (act.clone(), state.recording.device.clone());
    let press = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        spawn_local(work::record::open_key(browser::typed("passphrase"), device.clone(), act.clone()));
    });
    with_passphrase(state, "passphrase", state.lang.messages().key_open, press, false)
}

fn enrolment(state: &State, key: &str, act: &Callback<Action>) -> Html {
    let m = state.lang.messages();
    let picture = symbol(key).map(|symbol| {
        let side = symbol.side.to_string();
        html! {
            <svg class="symbol" role="img" aria-label={m.key_symbol} viewBox={format!("0 0 {side} {side}")} shape-rendering="crispEdges">
                <rect width={side.clone()} height={side} /><path d={symbol.path} />
            </svg>
        }
    });
    let copied = key.to_owned();
    let copy = Callback::from(move |_| browser::copy(&copied));
    let enter = {
        let (act, device) = (act.clone(), state.recording.device.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            spawn_local(work::record::enter_actor(browser::typed("actor"), device.clone(), act.clone()));
        })
    };
    html! {
        <>
        <p>{ m.key_enrol }</p>
        <div class="public">
            { maybe(picture) }
            <div>
                <p class="code" id="public-key">{ key.to_owned() }</p>
                { button("quiet", m.copy, copy) }
            </div>
        </div>
        <form onsubmit={enter}>
            <div class="field wide">
                <label for="actor">{ m.actor_label }</label>
                <input id="actor" autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="actor-status" />
                <div id="actor-status" role="status">{ standing(state) }</div>
            </div>
            <div class="row"><button class="button quiet">{ m.actor_enter }</button></div>
        </form>
        </>
    }
}

fn standing(state: &State) -> Html {
    let m = state.lang.messages();
    let (tone, words) = match &state.recording.actor {
        Actor::Unknown => return html! { <p class="small">{ m.actor_hint }</p> },
        Actor::Unreadable => (Tone::Alert, m.actor_unreadable),
        Actor::Entered(_) => (Tone::Grey, m.actor_entered),
        Actor::LookedUp(_, Standing::Enrolled) => (Tone::Leaf, m.actor_enrolled),
        Actor::LookedUp(_, Standing::Revoked) => (Tone::Alert, m.actor_revoked),
        Actor::LookedUp(_, Standing::Stranger) => (Tone::Amber, m.actor_stranger),
        Actor::LookedUp(_, Standing::OtherRole) => (Tone::Amber, m.actor_other_role),
        Actor::LookedUp(_, Standing::NotAnActor) => (Tone::Alert, m.actor_none),
    };
    told(tone, words.to_owned())
}
