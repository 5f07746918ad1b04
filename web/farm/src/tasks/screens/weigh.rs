//! The weighing station: whose fruit, then the same weights as at harvest, then the slip, then the next household.

use nguon_ui::el::{Inside, el, el_of, nodes};
use yew::prelude::*;

use super::plots;
use super::weights;
use crate::messages::fill;
use crate::tasks::facts::Plot;
use crate::tasks::field::Field;
use crate::tasks::parts::{Draw, Typing, around, line, maybe, quiet_button, row};
use crate::tasks::product::fold;
use crate::tasks::say;
use crate::tasks::sheet::{Action, Step};

/// As many households are shown at once: the others are found by typing.
const SHOWN: usize = 8;

/// The screen of a step.
pub fn view(d: &Draw<'_>, phone: Callback<Event>, sign: Callback<Event>, busy: bool) -> Html {
    match d.sheet.step {
        Step::Weigh => weights::harvest(d, sign, busy),
        _ => farmer(d, phone),
    }
}

fn farmer(d: &Draw<'_>, phone: Callback<Event>) -> Html {
    let m = d.m;
    let found = matching(d.sheet.text(Field::Farmer), &d.facts.plots);
    let one = |plot: &&Plot| {
        let title =
            if plot.household == d.facts.me { plot.name.clone() } else { format!("{} · {}", plot.farmer, plot.name) };
        let facts = nodes()
            .with(plots::state(d, plot))
            .with(maybe(plot.on_behalf.then(|| el("small").with(m.weigh_behalf()).html())))
            .html();
        row(Some(format!("plot-{}", plot.id)), &title, facts, None, d.on(Action::Plot(plot.id)))
    };
    let (times, grams) = d.facts.weighed;
    nodes()
        .with(maybe((times > 0).then(|| {
            el_of("p", "t-note")
                .with(m.slip_day())
                .with(": ")
                .with(el("b").with(fill(m.slip_sum(), &[("n", &times.to_string()), ("kg", &say::kg(d.lang, grams))])))
                .html()
        })))
        .with(quiet_button("t-phone", m.weigh_phone(), phone))
        .with(around(d, Field::Farmer, false, line(d, Field::Farmer, Typing::Words)))
        .with(
            el("div")
                .at(&["class", "role", "aria-label"], &["t-rows", "group", m.farmer_find()])
                .all(found.iter().map(one)),
        )
        .with(maybe(found.is_empty().then(|| el_of("p", "t-empty").with(m.farmer_none()).html())))
        .html()
}

/// Plots whose household or name fits the typed words, without diacritics.
#[must_use]
pub fn matching<'a>(typed: &str, plots: &'a [Plot]) -> Vec<&'a Plot> {
    let typed = fold(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let fits = |plot: &&Plot| {
        let name = fold(&format!("{} {}", plot.farmer, plot.name));
        words.iter().all(|word| name.contains(word))
    };
    plots.iter().filter(fits).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::samples::facts;

    #[test]
    fn a_household_is_found_by_part_of_its_name_without_accents() {
        let facts = facts();
        assert_eq!(matching("nguyen bay", &facts.plots).len(), 2);
        assert_eq!(matching("bay 3", &facts.plots).len(), 1);
        assert!(matching("hùng", &facts.plots).is_empty());
    }
}
