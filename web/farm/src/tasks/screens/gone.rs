//! Lost, disposed of, cooled: one screen each.

use yew::prelude::*;

use crate::messages::fill;
use crate::tasks::facts::Batch;
use crate::tasks::field::Field;
use crate::tasks::gone;
use crate::tasks::parts::{
    Draw, Typing, around, choices, date, day, fault, help, help_button, line, lines, main_button, row, warnings, weight,
};
use crate::tasks::say;
use crate::tasks::sheet::Action;

/// Which batch, of those that have something left.
pub fn batches(d: &Draw<'_>) -> Html {
    let left: Vec<&Batch> = d.facts.batches.iter().filter(|batch| batch.left > 0).collect();
    if left.is_empty() {
        return html! { <p class="t-empty" id={Field::From.id()} tabindex="-1">{ d.m.no_batches }</p> };
    }
    let chosen = gone::batch(d.sheet, d.facts);
    let one = |batch: &&Batch| {
        let title = batch.variety.clone().unwrap_or_else(|| batch.product.clone());
        let facts = html! {
            <small>{ format!("{} · {}", date(d, d.facts.day(batch.opened)), fill(d.m.from_left, &[("kg", &say::kg(d.lang, batch.left))])) }</small>
        };
        row(
            Some(format!("batch-{}", batch.id)),
            &title,
            facts,
            Some(chosen == Some(batch.id)),
            d.on(Action::Batch(Some(batch.id))),
        )
    };
    html! {
        <div class="t-field" role="group" aria-label={d.m.from_label} id={Field::From.id()} tabindex="-1">
            <div class="t-label"><span>{ d.m.from_label }</span>{ help_button(d, Field::From) }</div>
            { help(d, Field::From) }
            <div class="t-rows">{ for left.iter().map(one) }</div>
            { fault(d, Field::From) }
        </div>
    }
}

/// Whether there is nothing to do it to.
fn has_none(d: &Draw<'_>) -> bool {
    d.facts.batches.iter().all(|batch| batch.left == 0)
}

/// Lost or disposed of.
pub fn gone(d: &Draw<'_>, sign: Callback<MouseEvent>, busy: bool) -> Html {
    let m = d.m;
    if has_none(d) {
        return batches(d);
    }
    let disposal = gone::is_disposal(d.sheet);
    let chip = |(value, words): (&'static str, &'static str)| {
        let pressed = (disposal == (value == "disposed")).to_string();
        html! { <button type="button" class="t-chip" aria-pressed={pressed} onclick={d.on(Action::Type(Field::Kind, value.to_owned()))}>{ words }</button> }
    };
    let losses = [
        ("spoilage", m.loss_spoilage),
        ("sorting", m.loss_sorting),
        ("transport", m.loss_transport),
        ("drying", m.loss_drying),
        ("theft", m.loss_theft),
        ("sample", m.loss_sample),
        ("other", m.loss_other),
    ];
    let disposals = [
        ("compost", m.method_compost),
        ("landfill", m.method_landfill),
        ("animal_feed", m.method_feed),
        ("incineration", m.method_incineration),
        ("other", m.method_other),
    ];
    let above = gone::above_left(d.sheet, d.facts, Field::Gone);
    html! {
        <>
        <div class="t-chips" role="group">{ for [("lost", m.gone_lost), ("disposed", m.gone_disposed)].map(chip) }</div>
        { batches(d) }
        { weight(d, Field::Gone) }
        { if disposal { choices(d, Field::Reason, &disposals) } else { choices(d, Field::Reason, &losses) } }
        { day(d) }
        { around(d, Field::Notes, true, lines(d, Field::Notes)) }
        { warnings(d, above.map(|left| fill(m.warn_over, &[("kg", &say::kg(d.lang, left))])).into_iter().collect()) }
        <div class="t-bar">{ main_button("t-sign", if busy { m.signing } else { m.sign }, sign, busy) }</div>
        </>
    }
}

/// Cooled.
pub fn cool(d: &Draw<'_>, sign: Callback<MouseEvent>, busy: bool) -> Html {
    let m = d.m;
    if has_none(d) {
        return batches(d);
    }
    let methods = [
        ("hydrocooling", m.cool_hydro),
        ("room", m.cool_room),
        ("ice", m.cool_ice),
        ("forced_air", m.cool_air),
        ("transport", m.cool_transport),
    ];
    html! {
        <>
        { batches(d) }
        { choices(d, Field::Method, &methods) }
        { around(d, Field::Degrees, false, line(d, Field::Degrees, Typing::Words)) }
        { day(d) }
        <div class="t-bar">{ main_button("t-sign", if busy { m.signing } else { m.sign }, sign, busy) }</div>
        </>
    }
}
