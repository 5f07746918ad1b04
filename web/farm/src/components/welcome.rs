//! The first run: what this is, in three short steps, the last of which makes the key.

use nguon_ui::el::{Inside, When, el, el_of, nodes};
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
    let count = el("p")
        .at(&["class", "role", "aria-label"], &["small count", "img", &format!("{}/3", step + 1)])
        .all((0..3).map(|n| el_of("i", if n <= step { "on" } else { "" }).html()))
        .html();
    let inside = match step {
        0 => nodes()
            .with(title(m.welcome_title(), m.welcome_lead()))
            .with(
                el_of("ul", "points")
                    .with(el("li").with(m.welcome_point_offline()))
                    .with(el("li").with(m.welcome_point_once()))
                    .with(el("li").with(m.welcome_point_yours())),
            )
            .with(button("big", m.next(), doing.show(Page::Welcome(1))))
            .with(practice(state))
            .with(languages(state.lang, &doing.act.reform(Action::Speak)))
            .html(),
        1 => nodes()
            .with(title(m.welcome_sign_title(), m.welcome_sign_lead()))
            .with(
                el_of("ul", "points")
                    .with(el("li").with(m.welcome_point_key()))
                    .with(el("li").with(m.welcome_point_correct()))
                    .with(el("li").with(m.welcome_point_private())),
            )
            .with(button("big", m.next(), doing.show(Page::Welcome(2))))
            .html(),
        _ => nodes().with(title(m.welcome_name_title(), m.welcome_name_lead())).with(form(state, doing, false)).html(),
    };
    el("section").at(&["class", "aria-labelledby"], &["welcome", "title"]).with(count).with(inside).html()
}

fn practice(state: &State) -> Html {
    let m = state.lang.messages();
    let begin = Callback::from(|_| browser::practise(true));
    maybe((!state.practises).then(|| {
        nodes()
            .with(button("big quiet", m.practice_first(), begin))
            .with(el_of("p", "small").with(m.practice_why()))
            .html()
    }))
}

/// Name, and a PIN where several people use the phone; a passphrase where the browser has no keys of its own.
pub fn form(state: &State, doing: &Doing, another: bool) -> Html {
    let m = state.lang.messages();
    let several = another || state.several;
    let passphrase = state.no_key == Some(NoKey::NeedsPassphrase) && !several;
    let make = {
        let bench = doing.bench.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            let bench = bench.clone();
            let (name, secret) = (browser::typed("name"), browser::typed("secret"));
            wasm_bindgen_futures::spawn_local(async move { bench.new_person(&name, &secret, several).await });
        })
    };
    let choose = |yes: bool| doing.act.reform(move |_: Event| Action::Several(yes));
    let who = (!another).then(|| {
        el_of("fieldset", "choices")
            .with(el("legend").with(m.several_label()))
            .with(
                el_of("label", "choice")
                    .with(
                        el("input")
                            .at(&["type", "name"], &["radio", "several"])
                            .value("one")
                            .checked(!state.several)
                            .on(When::Change, choose(false)),
                    )
                    .with(el("span").with(m.several_one())),
            )
            .with(
                el_of("label", "choice")
                    .with(
                        el("input")
                            .at(&["type", "name"], &["radio", "several"])
                            .value("many")
                            .checked(state.several)
                            .on(When::Change, choose(true)),
                    )
                    .with(el("span").with(m.several_many())),
            )
            .html()
    });
    let secret = (several || passphrase).then(|| {
        let (label, hint, kind) = if several {
            (m.pin_label(), m.pin_hint(), "numeric")
        } else {
            (m.passphrase_label(), m.passphrase_hint(), "text")
        };
        el_of("div", "field")
            .with(el("label").at(&["for"], &["secret"]).with(label))
            .with(el("input").at(
                &["id", "type", "inputmode", "autocomplete", "aria-describedby"],
                &["secret", "password", kind, "new-password", "secret-hint secret-error"],
            ))
            .with(el("p").at(&["id", "class"], &["secret-hint", "small"]).with(hint))
            .with(el("p").at(&["id", "class", "role"], &["secret-error", "error", "alert"]).with(secret_fault(state)))
            .html()
    });
    let name_fault = (state.secret_fault == Some(SecretFault::NoName)).then_some(m.name_missing());
    el("form")
        .on(When::Submit, make)
        .with(
            el_of("div", "field")
                .with(el("label").at(&["for"], &["name"]).with(m.name_label()))
                .with(el("input").any(
                    &["id", "autocomplete", "autocapitalize", "maxlength", "aria-describedby"],
                    &[Some("name"), Some("off"), Some("words"), Some("40"), Some("name-hint name-error")],
                ))
                .with(el("p").at(&["id", "class"], &["name-hint", "small"]).with(m.name_hint()))
                .with(el("p").at(&["id", "class", "role"], &["name-error", "error", "alert"]).with(name_fault)),
        )
        .with(maybe(who))
        .with(maybe(secret))
        .with(no_key(state))
        .with(el_of("button", "button big").with(m.key_make()))
        .html()
}

/// Why there is no key.
pub fn no_key(state: &State) -> Html {
    let m = state.lang.messages();
    let words = state.no_key.map(|why| match why {
        NoKey::Insecure => m.no_key_insecure(),
        NoKey::NeedsPassphrase => m.no_key_passphrase(),
        NoKey::NotKept => m.no_key_not_kept(),
    });
    maybe(words.map(|words| el("p").at(&["class", "role"], &["error", "alert"]).with(words).html()))
}

/// Why a secret was not taken.
pub fn secret_fault(state: &State) -> Option<String> {
    let m = state.lang.messages();
    Some(match state.secret_fault? {
        SecretFault::Wrong => m.secret_wrong().to_owned(),
        SecretFault::Wait(until) => {
            let seconds = until.saturating_sub(browser::now()).max(1);
            let (count, unit) = if seconds > 90 { (seconds.div_ceil(60), m.minutes()) } else { (seconds, m.seconds()) };
            crate::messages::fill(m.secret_wait(), &[("time", &format!("{count} {unit}"))])
        }
        SecretFault::NoPin => m.pin_bad().to_owned(),
        SecretFault::Short => m.passphrase_short().to_owned(),
        SecretFault::NoName => return None,
    })
}
