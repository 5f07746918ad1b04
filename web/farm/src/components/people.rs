//! Who uses this device: another person is two taps away, and a PIN.

use nguon_ui::el::{Inside, When, el, el_of};
use yew::prelude::*;

use super::Doing;
use super::ui::{button, icon, maybe, title};
use super::welcome::form;
use crate::state::{Page, Standing, State};

const KEY: &str = "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l8-8M16 7l3 3";

/// Everybody, to be picked from.
pub fn view(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let people = state.people.iter().flatten().map(|person| {
        let now = state.at_work.as_deref() == Some(person.id.as_str());
        let id = person.id.clone();
        let take = doing.go(move |bench| {
            let id = id.clone();
            async move { bench.switch(&id).await }
        });
        let standing = match person.standing {
            Standing::Unknown | Standing::Waiting(_) => m.standing_unknown(),
            Standing::Enrolled(_) => m.standing_enrolled(),
            Standing::Revoked(..) => m.standing_revoked(),
        };
        el("li")
            .with(
                el("button")
                    .any(&["type", "class", "aria-current"], &[Some("button"), Some("person"), now.then_some("true")])
                    .on(When::Click, take)
                    .with(icon(KEY))
                    .with(el("span").with(el("b").with(person.name.clone())).with(el("small").with(standing))),
            )
            .html()
    });
    el("section")
        .at(&["aria-labelledby"], &["title"])
        .with(title(m.people_title(), m.people_lead()))
        .with(el_of("ul", "people").all(people))
        .with(button("quiet big", m.people_add(), doing.show(Page::NewPerson)))
        .html()
}

/// Somebody else is to use this device too. A phone that one person used alone has a key without a PIN: it stays as it is.
pub fn new_person(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let first = state.people.iter().flatten().next().filter(|person| !person.is_locked_away());
    let warning = first.map(|person| {
        el_of("p", "note").with(crate::messages::fill(m.people_open_key(), &[("name", &person.name)])).html()
    });
    el("section")
        .at(&["aria-labelledby"], &["title"])
        .with(title(m.people_add(), m.people_add_lead()))
        .with(maybe(warning))
        .with(form(state, doing, true))
        .html()
}
