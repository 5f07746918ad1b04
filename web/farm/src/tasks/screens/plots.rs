//! Which plot: the first screen of what is done on one.

use nguon_ui::el::{Inside, el, el_of, nodes};
use yew::prelude::*;

use crate::messages::fill;
use crate::tasks::day::Day;
use crate::tasks::facts::Plot;
use crate::tasks::field::Field;
use crate::tasks::parts::{Draw, date, fault, help, help_button, row};
use crate::tasks::sheet::Action;

/// The plots, each with whether it may be picked.
pub fn view(d: &Draw<'_>) -> Html {
    if d.facts.plots.is_empty() {
        return el("p").at(&["id", "tabindex", "class"], &["t-step", "-1", "t-empty"]).with(d.m.no_plots()).html();
    }
    nodes()
        .with(
            el_of("div", "t-label")
                .with(el("h2").at(&["id", "tabindex"], &["t-step", "-1"]).with(d.m.plot_label()))
                .with(help_button(d, Field::Plot)),
        )
        .with(help(d, Field::Plot))
        .with(fault(d, Field::Plot))
        .with(el_of("div", "t-rows").all(d.facts.plots.iter().map(|plot| one(d, plot))))
        .html()
}

fn one(d: &Draw<'_>, plot: &Plot) -> Html {
    let facts = state(d, plot);
    row(Some(format!("plot-{}", plot.id)), &plot.name, facts, None, d.on(Action::Plot(plot.id)))
}

/// Whether it may be picked, and from when.
pub fn state(d: &Draw<'_>, plot: &Plot) -> Html {
    match plot.wait.as_ref().filter(|wait| wait.until > d.facts.now) {
        None => el_of("small", "t-good").with(d.m.plot_now()).html(),
        Some(wait) => {
            let day = Day::from_moment_on(wait.until);
            el_of("small", "t-wait").with(fill(d.m.plot_from(), &[("date", &date(d, day))])).html()
        }
    }
}
