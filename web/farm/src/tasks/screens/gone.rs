//! Lost, disposed of, cooled: one screen each.

use nguon_ui::el::{Inside, When, el, el_of, nodes};
use yew::prelude::*;

use crate::messages::fill;
use crate::tasks::facts::Batch;
use crate::tasks::field::Field;
use crate::tasks::gone;
use crate::tasks::parts::{
    Draw, Typing, around, choices, date, day, fault, help, help_button, line, lines, row, sign_bar, warnings, weight,
};
use crate::tasks::say;
use crate::tasks::sheet::Action;

/// Which batch, of those that have something left.
pub fn batches(d: &Draw<'_>) -> Html {
    let left: Vec<&Batch> = d.facts.batches.iter().filter(|batch| batch.left > 0).collect();
    if left.is_empty() {
        return el("p")
            .at(&["class", "id", "tabindex"], &["t-empty", Field::From.id(), "-1"])
            .with(d.m.no_batches())
            .html();
    }
    let chosen = gone::batch(d.sheet, d.facts);
    let one = |batch: &&Batch| {
        let title = batch.variety.clone().unwrap_or_else(|| batch.product.clone());
        let facts = el("small")
            .with(format!(
                "{} · {}",
                date(d, d.facts.day(batch.opened)),
                fill(d.m.from_left(), &[("kg", &say::kg(d.lang, batch.left))])
            ))
            .html();
        row(
            Some(format!("batch-{}", batch.id)),
            &title,
            facts,
            Some(chosen == Some(batch.id)),
            d.on(Action::Batch(Some(batch.id))),
        )
    };
    el("div")
        .at(
            &["class", "role", "aria-label", "id", "tabindex"],
            &["t-field", "group", d.m.from_label(), Field::From.id(), "-1"],
        )
        .with(el_of("div", "t-label").with(el("span").with(d.m.from_label())).with(help_button(d, Field::From)))
        .with(help(d, Field::From))
        .with(el_of("div", "t-rows").all(left.iter().map(one)))
        .with(fault(d, Field::From))
        .html()
}

/// Whether there is nothing to do it to.
fn has_none(d: &Draw<'_>) -> bool {
    d.facts.batches.iter().all(|batch| batch.left == 0)
}

/// Lost or disposed of.
pub fn gone(d: &Draw<'_>, sign: Callback<Event>, busy: bool) -> Html {
    let m = d.m;
    if has_none(d) {
        return batches(d);
    }
    let disposal = gone::is_disposal(d.sheet);
    let chip = |(value, words): (&'static str, &'static str)| {
        let pressed = (disposal == (value == "disposed")).to_string();
        el("button")
            .at(&["type", "class", "aria-pressed"], &["button", "t-chip", &pressed])
            .on(When::Click, d.on(Action::Type(Field::Kind, value.to_owned())))
            .with(words)
            .html()
    };
    let losses = [
        ("spoilage", m.loss_spoilage()),
        ("sorting", m.loss_sorting()),
        ("transport", m.loss_transport()),
        ("drying", m.loss_drying()),
        ("theft", m.loss_theft()),
        ("sample", m.loss_sample()),
        ("other", m.loss_other()),
    ];
    let disposals = [
        ("compost", m.method_compost()),
        ("landfill", m.method_landfill()),
        ("animal_feed", m.method_feed()),
        ("incineration", m.method_incineration()),
        ("other", m.method_other()),
    ];
    let above = gone::above_left(d.sheet, d.facts, Field::Gone);
    nodes()
        .with(
            el("div")
                .at(&["class", "role"], &["t-chips", "group"])
                .all([("lost", m.gone_lost()), ("disposed", m.gone_disposed())].map(chip)),
        )
        .with(batches(d))
        .with(weight(d, Field::Gone))
        .with(if disposal { choices(d, Field::Reason, &disposals) } else { choices(d, Field::Reason, &losses) })
        .with(day(d))
        .with(around(d, Field::Notes, true, lines(d, Field::Notes)))
        .with(warnings(
            d,
            above.map(|left| fill(m.warn_over(), &[("kg", &say::kg(d.lang, left))])).into_iter().collect(),
        ))
        .with(sign_bar(d, Html::default(), sign, busy))
        .html()
}

/// Cooled.
pub fn cool(d: &Draw<'_>, sign: Callback<Event>, busy: bool) -> Html {
    let m = d.m;
    if has_none(d) {
        return batches(d);
    }
    let methods = [
        ("hydrocooling", m.cool_hydro()),
        ("room", m.cool_room()),
        ("ice", m.cool_ice()),
        ("forced_air", m.cool_air()),
        ("transport", m.cool_transport()),
    ];
    nodes()
        .with(batches(d))
        .with(choices(d, Field::Method, &methods))
        .with(around(d, Field::Degrees, false, line(d, Field::Degrees, Typing::Words)))
        .with(day(d))
        .with(sign_bar(d, Html::default(), sign, busy))
        .html()
}
