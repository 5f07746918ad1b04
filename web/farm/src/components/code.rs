//! The code by which the co-op enters this phone's key, and what became of it.

use nguon_ui::el::{Inside, el, el_of};
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
    let Some((person, key)) = state.person().and_then(|person| Some((person, person.key?))) else {
        return Html::default();
    };
    if let Standing::Enrolled(enrolment) = &person.standing {
        let by = if enrolment.by.is_empty() { m.coop() } else { &enrolment.by };
        return el("section")
            .at(&["aria-labelledby"], &["title"])
            .with(title(m.enrolled_title(), ""))
            .with(told(Tone::Leaf, fill(m.enrolled_by(), &[("coop", by)])))
            .with(button("big", m.begin(), doing.show(crate::state::Page::Today)))
            .html();
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
        el_of("div", "card")
            .with(el("p").with(m.practice_enrol_why()))
            .with(button("big", m.practice_enrol(), enter))
            .html()
    });
    el("section")
        .at(&["class", "aria-labelledby"], &["code-page", "title"])
        .with(title(
            if known { m.code_title_again() } else { m.code_title() },
            if known { m.code_lead_again() } else { m.code_lead() },
        ))
        .with(maybe(drawn.map(|drawn| {
            el("svg")
                .at(
                    &["class", "viewBox", "role", "aria-label"],
                    &["symbol", &format!("0 0 {0} {0}", drawn.side), "img", m.code_symbol()],
                )
                .with(el("rect").at(&["width", "height"], &["100%", "100%"]))
                .with(el("path").at(&["d"], &[&drawn.path]))
                .html()
        })))
        .with(el_of("p", "small").with(m.code_by_voice()))
        .with(el("p").at(&["id", "class"], &["code-digits", "digits"]).with(el("b").with(digits)))
        .with(
            el("details").with(el("summary").with(m.code_typed())).with(
                el("p")
                    .at(&["id", "class"], &["code-typed", "digits small"])
                    .all(typed.split(' ').map(|part| el("span").with(part.to_owned()).html())),
            ),
        )
        .with(el_of("div", "row").with(button("quiet", m.copy(), copy)).with(button("quiet", m.code_look(), again)))
        .with(el("p").at(&["class", "role"], &["small", "status"]).with(waiting(state)))
        .with(maybe(practice))
        .with(el("h2").with(m.code_how()))
        .with(steps(&[m.code_step_show(), m.code_step_scan(), m.code_step_wait()]))
        .with(el_of("p", "small").with(crate::enrol::kept(state.lang, &key)))
        .with(maybe((!state.online && !state.practises).then(|| band("amber", el("p").with(m.code_offline()).html()))))
        .html()
}

fn waiting(state: &State) -> &'static str {
    let m = state.lang.messages();
    if state.asked == 0 { m.code_waiting() } else { m.code_waiting_still() }
}
