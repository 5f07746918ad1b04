//! The first run: what this is, in three short steps, the last of which makes the key.

use yew::prelude::*;

use super::Doing;
use super::frame::languages;
use super::ui::{button, maybe, title};
use crate::browser;
use crate::keys::NoKey;
use crate::state::{Action, Page, SecretFault, State};

/// One of the steps.
pub fn view(state: &State, doing: &Doing, step: u8) -> Html {
    let m = state.lang.messages();
    let count = html! { <p class="small count" role="img" aria-label={format!("{}/3", step + 1)}>{ for (0..3).map(|n| html! { <i class={classes!((n <= step).then_some("on"))} /> }) }</p> };
    let inside = match step {
        0 => html! {
            <>
            { title(m.welcome_title, m.welcome_lead) }
            <ul class="points"><li>{ m.welcome_point_offline }</li><li>{ m.welcome_point_once }</li><li>{ m.welcome_point_yours }</li></ul>
            { button("big", m.next, doing.show(Page::Welcome(1))) }
            { practice(state) }
            { languages(state, doing) }
            </>
        },
        1 => html! {
            <>
            { title(m.welcome_sign_title, m.welcome_sign_lead) }
            <ul class="points"><li>{ m.welcome_point_key }</li><li>{ m.welcome_point_correct }</li><li>{ m.welcome_point_private }</li></ul>
            { button("big", m.next, doing.show(Page::Welcome(2))) }
            </>
        },
        _ => html! { <>{ title(m.welcome_name_title, m.welcome_name_lead) }{ form(state, doing, false) }</> },
    };
    html! { <section class="welcome" aria-labelledby="title">{ count }{ inside }</section> }
}

fn practice(state: &State) -> Html {
    let m = state.lang.messages();
    let begin = Callback::from(|_| browser::practise(true));
    maybe((!state.practises).then(
        || html! { <>{ button("big quiet", m.practice_first, begin) }<p class="small">{ m.practice_why }</p></> },
    ))
}

/// Name, and a PIN where several people use the phone; a passphrase where the browser has no keys of its own.
pub fn form(state: &State, doing: &Doing, another: bool) -> Html {
    let m = state.lang.messages();
    let several = another || state.several;
    let passphrase = state.no_key == Some(NoKey::NeedsPassphrase) && !several;
    let make = {
        let bench = doing.bench.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let bench = bench.clone();
            let (name, secret) = (browser::typed("name"), browser::typed("secret"));
            wasm_bindgen_futures::spawn_local(async move { bench.new_person(&name, &secret, several).await });
        })
    };
    let choose = |yes: bool| doing.act.reform(move |_: Event| Action::Several(yes));
    let who = (!another).then(|| html! {
        <fieldset class="choices">
            <legend>{ m.several_label }</legend>
            <label class="choice"><input type="radio" name="several" value="one" checked={!state.several} onchange={choose(false)} /><span>{ m.several_one }</span></label>
            <label class="choice"><input type="radio" name="several" value="many" checked={state.several} onchange={choose(true)} /><span>{ m.several_many }</span></label>
        </fieldset>
    });
    let secret = (several || passphrase).then(|| {
        let (label, hint, kind) = if several {
            (m.pin_label, m.pin_hint, "numeric")
        } else {
            (m.passphrase_label, m.passphrase_hint, "text")
        };
        html! {
            <div class="field">
                <label for="secret">{ label }</label>
                <input id="secret" type="password" inputmode={kind} autocomplete="new-password" aria-describedby="secret-hint secret-error" />
                <p id="secret-hint" class="small">{ hint }</p>
                <p id="secret-error" class="error" role="alert">{ secret_fault(state) }</p>
            </div>
        }
    });
    let name_fault = (state.secret_fault == Some(SecretFault::NoName)).then_some(m.name_missing);
    html! {
        <form onsubmit={make}>
            <div class="field">
                <label for="name">{ m.name_label }</label>
                <input id="name" autocomplete="off" autocapitalize="words" maxlength="40" aria-describedby="name-hint name-error" />
                <p id="name-hint" class="small">{ m.name_hint }</p>
                <p id="name-error" class="error" role="alert">{ name_fault }</p>
            </div>
            { maybe(who) }
            { maybe(secret) }
            { no_key(state) }
            <button class="button big">{ m.key_make }</button>
        </form>
    }
}

/// Why there is no key.
pub fn no_key(state: &State) -> Html {
    let m = state.lang.messages();
    let words = state.no_key.map(|why| match why {
        NoKey::Insecure => m.no_key_insecure,
        NoKey::NeedsPassphrase => m.no_key_passphrase,
        NoKey::NotKept => m.no_key_not_kept,
    });
    maybe(words.map(|words| html! { <p class="error" role="alert">{ words }</p> }))
}

/// Why a secret was not taken.
pub fn secret_fault(state: &State) -> Option<String> {
    let m = state.lang.messages();
    Some(match state.secret_fault? {
        SecretFault::Wrong => m.secret_wrong.to_owned(),
        SecretFault::Wait(until) => {
            let seconds = until.saturating_sub(browser::now()).max(1);
            let (count, unit) = if seconds > 90 { (seconds.div_ceil(60), m.minutes) } else { (seconds, m.seconds) };
            crate::messages::fill(m.secret_wait, &[("time", &format!("{count} {unit}"))])
        }
        SecretFault::NoPin => m.pin_bad.to_owned(),
        SecretFault::Short => m.passphrase_short.to_owned(),
        SecretFault::NoName => return None,
    })
}
