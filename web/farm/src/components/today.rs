//! Today: the plots with the day from which they may be picked, the large actions, what waits.

use nguon_core::event::Role;
use nguon_draft::history::{Plot, plots_of};
use nguon_ui::el::{Inside, When, el, el_of, nodes};
use yew::prelude::*;

use super::Doing;
use super::ui::{Tone, button, icon, maybe, told};
use crate::browser;
use crate::format::{day, days_until, first_whole_day, kilograms};
use crate::messages::fill;
use crate::names::name_of;
use crate::state::{Page, State};
use crate::sync::Work;
use crate::tasks::{Task, name};

const SPRAY: &str = "M9 9h6v12H9zM10 9V5h4v4M14 5l5-2M14 7l5 1";
const BASKET: &str = "M3 10h18l-2 10H5zM8 10l3-6M16 10l-3-6";
const OUT: &str = "M4 17V7h9v10zM13 12h8M18 9l3 3-3 3";
const IN: &str = "M11 17V7h9v10zM3 12h8M8 9l3 3-3 3";
const SCALE: &str = "M12 4v3M5 7h14M5 7l-3 6h6zM19 7l-3 6h6zM12 7v13M8 20h8";
const GONE: &str = "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13";
const COLD: &str = "M12 3v18M4 7.5l16 9M20 7.5l-16 9";

/// The page.
pub fn view(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let Some(work) = &state.work else { return el("p").at(&["role"], &["status"]).with(m.loading()).html() };
    let me = state.person().and_then(|person| person.actor());
    let now = browser::time();
    let plots = me.map(|me| plots_of(&work.book, &work.outbox, &me, now)).unwrap_or_default();
    el("section")
        .at(&["class", "aria-labelledby"], &["today", "title"])
        .with(
            el("h1")
                .at(&["id", "tabindex"], &["title", "-1"])
                .with(fill(m.today_title(), &[("day", &day(state.lang, now.get()))])),
        )
        .with(maybe((!work.newest_first().is_empty()).then(|| waiting(state, work, doing))))
        .with(actions(state, doing))
        .with(maybe(desk(state)))
        .with(maybe((!plots.is_empty()).then(|| {
            nodes()
                .with(el("h2").with(m.plots_title()))
                .with(el_of("ul", "plots").all(plots.iter().map(|plot| card(state, work, doing, plot))))
                .html()
        })))
        .with(maybe(
            (plots.is_empty() && state.person().and_then(|person| person.role()) == Some(Role::Farm))
                .then(|| el_of("p", "note").with(m.plots_none()).html()),
        ))
        .html()
}

fn actions(state: &State, doing: &Doing) -> Html {
    let first: &[(Task, &'static str)] = match state.person().and_then(|person| person.role()) {
        Some(Role::Collector | Role::Registrar) => {
            &[(Task::WeighIn, SCALE), (Task::Receive, IN), (Task::Give, OUT), (Task::Gone, GONE), (Task::Cool, COLD)]
        }
        Some(Role::Farm) => &[
            (Task::Log(None), SPRAY),
            (Task::Harvest(None), BASKET),
            (Task::Give, OUT),
            (Task::Receive, IN),
            (Task::Gone, GONE),
        ],
        _ => &[(Task::Receive, IN), (Task::Give, OUT), (Task::WeighIn, SCALE), (Task::Cool, COLD), (Task::Gone, GONE)],
    };
    let action = |(task, sign): &(Task, &'static str)| {
        el("li")
            .with(
                el("button")
                    .at(&["type", "class", "data-task"], &["button", "action", task.fragment().trim_start_matches('#')])
                    .on(When::Click, doing.show(Page::Task(task.clone())))
                    .with(icon(sign))
                    .with(el("span").with(name(state.lang, task))),
            )
            .html()
    };
    el_of("ul", "actions").all(first.iter().map(action)).html()
}

/// The desk is a program of its own, which takes this page's place; practice has none.
fn desk(state: &State) -> Option<Html> {
    let role = state.person().and_then(|person| person.role());
    let has_one = matches!(role, Some(Role::Registrar | Role::PackingHouse)) && !state.practises;
    let words = state.lang.messages().desk_open();
    has_one.then(|| el("a").at(&["class", "href"], &["button quiet desk-link", "#desk"]).with(words).html())
}

fn waiting(state: &State, work: &Work, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let refused = work.outbox.troubles().count();
    let unsent = work.outbox.unsent() - refused.min(work.outbox.unsent());
    let count = |words: &'static str, count: usize| fill(words, &[("count", &count.to_string())]);
    let alert = (refused > 0).then(|| {
        el("button")
            .at(&["type", "class"], &["button", "waiting alert"])
            .on(When::Click, doing.show(Page::History))
            .with(told(Tone::Alert, count(m.waiting_refused(), refused)))
            .html()
    });
    let line = match (unsent, state.sending.busy, state.online) {
        (0, ..) => told(Tone::Leaf, m.waiting_none()),
        (_, _, false) => told(Tone::Grey, count(m.waiting_offline(), unsent)),
        (_, true, _) => told(Tone::Grey, count(m.waiting_busy(), unsent)),
        _ => told(Tone::Grey, count(m.waiting_some(), unsent)),
    };
    let now = (unsent > 0 && state.online && !state.sending.busy)
        .then(|| button("small quiet", m.send_now(), doing.go(|bench| async move { bench.try_now().await })));
    el("div")
        .at(&["class", "role"], &["waits", "status"])
        .with(maybe(alert))
        .with(el("p").with(line))
        .with(maybe(now))
        .html()
}

/// A plot: from when on it may be picked, what is left of its share, and what is done there.
fn card(state: &State, work: &Work, doing: &Doing, plot: &Plot) -> Html {
    let (m, lang) = (state.lang.messages(), state.lang);
    let ready = match (plot.suspended, plot.recalled, plot.earliest) {
        (true, ..) => told(Tone::Alert, m.plot_suspended()),
        (_, true, _) => told(Tone::Alert, m.plot_recalled()),
        (_, _, Some(earliest)) => {
            let because = plot.because_of.as_ref().map_or_else(String::new, ToString::to_string);
            // By the calendar, as that day is: not by hours.
            let days = days_until(earliest.get(), browser::now()).to_string();
            // As the task pages say it: nobody looks at the clock before picking.
            let first = first_whole_day(lang, earliest.get());
            told(Tone::Amber, fill(m.plot_earliest(), &[("day", &first), ("days", &days), ("product", &because)]))
        }
        _ => told(Tone::Leaf, m.plot_ready()),
    };
    let left = plot.remaining.zip(plot.allotted).map(|(left, of)| {
        el_of("div", "share")
            .with(el("p").with(fill(m.plot_left(), &[("left", &kilograms(lang, left)), ("of", &kilograms(lang, of))])))
            .with(
                el("meter")
                    .at(&["min", "max", "value", "aria-hidden"], &["0", &of.to_string(), &left.to_string(), "true"]),
            )
            .html()
    });
    let log = doing.show(Page::Task(Task::Log(Some(plot.chain))));
    let harvest = doing.show(Page::Task(Task::Harvest(Some(plot.chain))));
    el_of("li", "card plot")
        .with(el("h3").with(name_of(&work.book, &plot.chain)))
        .with(el("p").with(ready))
        .with(maybe(left))
        .with(el_of("div", "row").with(button("quiet", name(lang, &Task::Log(None)), log)).with(button(
            "quiet",
            name(lang, &Task::Harvest(None)),
            harvest,
        )))
        .html()
}
