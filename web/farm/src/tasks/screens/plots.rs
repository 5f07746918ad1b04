//! Which plot: the first screen of what is done on one.

use yew::prelude::*;

use crate::messages::fill;
use crate::tasks::day::Day;
use crate::tasks::facts::Plot;
use crate::tasks::field::Field;
use crate::tasks::parts::{Draw, date, fault, help, help_button, row};
use crate::tasks::say;
use crate::tasks::sheet::Action;

/// The plots, each with whether it may be picked.
pub fn view(d: &Draw<'_>) -> Html {
    if d.facts.plots.is_empty() {
        return html! { <p id="t-step" tabindex="-1" class="t-empty">{ d.m.no_plots }</p> };
    }
    html! {
        <>
        <div class="t-label"><h2 id="t-step" tabindex="-1">{ d.m.plot_label }</h2>{ help_button(d, Field::Plot) }</div>
        { help(d, Field::Plot) }
        { fault(d, Field::Plot) }
        <div class="t-rows">{ for d.facts.plots.iter().map(|plot| one(d, plot)) }</div>
        </>
    }
}

fn one(d: &Draw<'_>, plot: &Plot) -> Html {
    let facts = html! { <><small>{ about(d, plot) }</small>{ state(d, plot) }</> };
    row(Some(format!("plot-{}", plot.id)), &plot.name, facts, None, d.on(Action::Plot(plot.id)))
}

/// Variety and size.
pub fn about(d: &Draw<'_>, plot: &Plot) -> String {
    fill(d.m.plot_facts, &[("variety", &plot.variety), ("area", &say::count(d.lang, plot.area_m2))])
}

/// Whether it may be picked, and from when.
pub fn state(d: &Draw<'_>, plot: &Plot) -> Html {
    match plot.wait.as_ref().filter(|wait| wait.until > d.facts.now) {
        None => html! { <small class="t-good">{ d.m.plot_now }</small> },
        Some(wait) => {
            let day = Day::from_moment_on(wait.until, d.facts.offset);
            html! { <small class="t-wait">{ fill(d.m.plot_from, &[("date", &date(d, day))]) }</small> }
        }
    }
}
