//! Who uses this device: another person is two taps away, and a PIN.

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
            Standing::Unknown | Standing::Waiting(_) => m.standing_unknown,
            Standing::Enrolled(_) => m.standing_enrolled,
            Standing::Revoked(..) => m.standing_revoked,
        };
        html! {
            <li>
                <button type="button" class="person" aria-current={now.then_some("true")} onclick={take}>
                    { icon(KEY) }<span><b>{ person.name.clone() }</b><small>{ standing }</small></span>
                </button>
            </li>
        }
    });
    html! {
        <section aria-labelledby="title">
            { title(m.people_title, m.people_lead) }
            <ul class="people">{ for people }</ul>
            { button("quiet big", m.people_add, doing.show(Page::NewPerson)) }
        </section>
    }
}

/// Somebody else is to use this device too. A phone that one person used alone has a key without a PIN: it stays as it is.
pub fn new_person(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let first = state.people.iter().flatten().next().filter(|person| !person.is_locked_away());
    let warning = first.map(|person| {
        html! { <p class="note">{ crate::messages::fill(m.people_open_key, &[("name", &person.name)]) }</p> }
    });
    html! {
        <section aria-labelledby="title">
            { title(m.people_add, m.people_add_lead) }
            { maybe(warning) }
            { form(state, doing, true) }
        </section>
    }
}
