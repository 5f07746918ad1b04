//! Weights by crate: harvest, and each household at the weighing station.

use nguon_ui::el::{Inside, When, el, el_of, nodes, yes};
use yew::prelude::*;

use super::plots;
use crate::messages::fill;
use crate::tasks::field::Field;
use crate::tasks::harvest::{self, Warning};
use crate::tasks::parts::{Draw, date, day, fault, help, help_button, maybe, quiet_button, sign_bar, warnings, weight};
use crate::tasks::say;
use crate::tasks::sheet::{Action, Step};

/// Harvest from the chosen plot.
pub fn harvest(d: &Draw<'_>, sign: Callback<Event>, busy: bool) -> Html {
    // Back from the weights another plot can be chosen; what was weighed stays.
    let chosen = d.sheet.plot.filter(|_| d.sheet.step != Step::Plot);
    let Some(plot) = chosen.and_then(|plot| d.facts.plot(&plot)) else { return plots::view(d) };
    let mine = plot.household == d.facts.me;
    let title = if mine { plot.name.clone() } else { format!("{} · {}", plot.farmer, plot.name) };
    let left = plot.season.as_ref().and_then(|season| season.left);
    let warned = harvest::warnings(d.sheet, d.facts).iter().map(|warning| said(d, warning)).collect();
    nodes()
        .with(el("h2").at(&["id", "tabindex", "class"], &["t-step", "-1", "t-about"]).with(title))
        .with(maybe(left.map(|left| {
            el("p").with(el("small").with(fill(d.m.left_of_plot(), &[("kg", &say::kg(d.lang, left))]))).html()
        })))
        .with(maybe((plot.on_behalf && !mine).then(|| el_of("p", "t-note").with(d.m.weigh_behalf_lead()).html())))
        .with(warnings(d, warned))
        .with(crates(d))
        .with(maybe(mine.then(|| into(d))))
        .with(maybe(mine.then(|| day(d))))
        .with(bar(d, sign, busy))
        .html()
}

/// The weights, the typed one above the keys.
pub fn crates(d: &Draw<'_>) -> Html {
    let one = |(at, grams): (usize, &u64)| {
        let number = (at + 1).to_string();
        el("li")
            .with(el("span").with(fill(d.m.crate_(), &[("n", &number)])))
            .with(el("b").with(say::kg(d.lang, *grams)))
            .with(
                el("button")
                    .at(
                        &["type", "class", "aria-label"],
                        &["button", "t-remove", &fill(d.m.crate_remove(), &[("n", &number)])],
                    )
                    .on(When::Click, d.on(Action::RemoveCrate(at)))
                    .with("✕"),
            )
            .html()
    };
    nodes()
        .with(weight(d, Field::Weight))
        .with(quiet_button("t-add", d.m.crate_add(), d.on(Action::AddCrate)))
        .with(
            el("ol")
                .any(&["class", "hidden"], &[Some("t-crates"), yes(d.sheet.crates.is_empty())])
                .all(d.sheet.crates.iter().enumerate().map(one)),
        )
        .html()
}

/// How much it is in all, and the signature.
pub fn bar(d: &Draw<'_>, sign: Callback<Event>, busy: bool) -> Html {
    let typed = usize::from(!d.sheet.text(Field::Weight).trim().is_empty());
    let number = say::count(d.lang, (d.sheet.crates.len() + typed) as u64);
    let total = el("p")
        .at(&["class", "role"], &["t-total", "status"])
        .with(el("span").with(d.m.total()))
        .with(" ")
        .with(el("b").at(&["id"], &["t-total"]).with(say::kg(d.lang, d.sheet.total())))
        .with(" ")
        .with(el("small").with(fill(d.m.crates(), &[("n", &number)])));
    sign_bar(d, total.html(), sign, busy)
}

/// Into which batch: only asked where there is one that takes more.
fn into(d: &Draw<'_>) -> Html {
    let variety = d.sheet.plot.and_then(|plot| d.facts.plot(&plot)).map(|plot| plot.variety.clone());
    let Some(known) = variety.and_then(|variety| d.facts.todays_batch(&variety)) else { return Html::default() };
    let chosen = d.sheet.batch.flatten();
    let chip = |batch, words: String| {
        let pressed = (chosen == batch).to_string();
        el("button")
            .at(&["type", "class", "aria-pressed"], &["button", "t-chip", &pressed])
            .on(When::Click, d.on(Action::Batch(batch)))
            .with(words)
            .html()
    };
    el("div")
        .at(&["class", "role", "aria-label", "id"], &["t-field", "group", d.m.into_label(), Field::Into.id()])
        .with(el_of("div", "t-label").with(el("span").with(d.m.into_label())).with(help_button(d, Field::Into)))
        .with(help(d, Field::Into))
        .with(
            el_of("div", "t-chips")
                .with(chip(Some(known.id), fill(d.m.into_known(), &[("kg", &say::kg(d.lang, known.left))])))
                .with(chip(None, d.m.into_new().to_owned())),
        )
        .with(fault(d, Field::Into))
        .html()
}

/// A warning in words.
pub fn said(d: &Draw<'_>, warning: &Warning) -> String {
    match warning {
        Warning::TooEarly { product, applied, from } => {
            fill(d.m.warn_phi(), &[("product", product), ("day", &date(d, *applied)), ("date", &date(d, *from))])
        }
        Warning::AboveShare(left) => fill(d.m.warn_allotment(), &[("kg", &say::kg(d.lang, *left))]),
        Warning::OutsideSeason(name, from, until) => {
            fill(d.m.warn_season(), &[("season", name), ("from", &date(d, *from)), ("until", &date(d, *until))])
        }
        Warning::NoSeason => d.m.warn_no_season().to_owned(),
        Warning::HeavyCrate(grams) => fill(d.m.warn_crate(), &[("kg", &say::kg(d.lang, *grams))]),
    }
}
