//! The field log's screens: which plot, which product, how much, and all of it once more.

use yew::prelude::*;

use super::plots;
use crate::messages::fill;
use crate::products::Product;
use crate::tasks::amount::{AreaUnit, DoseUnit};
use crate::tasks::facts::Used;
use crate::tasks::field::Field;
use crate::tasks::parts::{
    Draw, Typing, around, choices, date, day, fact, line, lines, main_button, maybe, row, warnings, with_unit,
};
use crate::tasks::product::matching;
use crate::tasks::sheet::{Action, Step};
use crate::tasks::spray::{self, Warning};
use crate::tasks::{amount, say};

/// What the page does besides changing the sheet.
pub struct Press {
    /// A product was chosen
    pub product: Callback<Product>,
    /// The amount is told
    pub amount: Callback<MouseEvent>,
    /// Signed
    pub sign: Callback<MouseEvent>,
}

/// The screen of a step.
pub fn view(d: &Draw<'_>, press: &Press, photos: Html, busy: bool) -> Html {
    match d.sheet.step {
        Step::Product => product(d, press),
        Step::Amount => how_much(d, press),
        Step::Check => check(d, press, photos, busy),
        _ => plots::view(d),
    }
}

fn product(d: &Draw<'_>, press: &Press) -> Html {
    let m = d.m;
    let kinds = [
        ("plant_protection", m.kind_protection),
        ("fertilizer", m.kind_fertilizer),
        ("growth_regulator", m.kind_regulator),
    ];
    let kind = match d.sheet.text(Field::Kind) {
        "" => "plant_protection",
        chosen => chosen,
    };
    let used: Vec<Product> =
        d.facts.used.iter().filter(|used| used.kind == kind).map(|used| used.product.clone()).collect();
    // The server's list is of plant protection products.
    let list = if kind == "plant_protection" { &d.facts.list[..] } else { &[] };
    let typed = d.sheet.text(Field::Product).trim().to_owned();
    let found = matching(&typed, &used, list);
    let known = found.iter().any(|product| product.name == typed);
    let one = |product: &&Product| {
        let before = used.iter().any(|used| used.name == product.name);
        let days = fill(m.product_phi, &[("days", &product.phi_days.to_string())]);
        let said = format!("{} · {}", if before { m.product_used } else { m.product_list }, days);
        let (choose, product) = (press.product.clone(), (*product).clone());
        let name = product.name.clone();
        row(None, &name, html! { <small>{ said }</small> }, None, choose.reform(move |_| product.clone()))
    };
    let own = (!typed.is_empty() && !known).then(|| {
        let name = Product { name: typed.clone(), active_ingredient: String::new(), phi_days: 0, registration: None };
        let choose = press.product.clone();
        let words = fill(m.product_own, &[("name", &typed)]);
        html! {
            <>
            { maybe(found.is_empty().then(|| html! { <p>{ m.product_none }</p> })) }
            <button type="button" id="t-own" class="button quiet" onclick={choose.reform(move |_| name.clone())}>{ words }</button>
            </>
        }
    });
    let chip = |(value, words): (&'static str, &'static str)| {
        let pressed = (value == kind).to_string();
        html! { <button type="button" class="t-chip" aria-pressed={pressed} onclick={d.on(Action::Type(Field::Kind, value.to_owned()))}>{ words }</button> }
    };
    html! {
        <>
        <h2 id="t-step" tabindex="-1">{ m.log_what }</h2>
        <div class="t-chips" role="group" aria-label={m.kind_label}>{ for kinds.map(chip) }</div>
        { around(d, Field::Product, false, line(d, Field::Product, Typing::Words)) }
        <div class="t-rows" role="group" aria-label={m.product_find}>{ for found.iter().map(one) }</div>
        { maybe(own) }
        </>
    }
}

fn how_much(d: &Draw<'_>, press: &Press) -> Html {
    let m = d.m;
    let doses = DoseUnit::ALL.map(|unit| (unit.sign(), if unit == DoseUnit::Litre { m.litre } else { unit.sign() }));
    let areas = AreaUnit::ALL.map(|unit| (unit.value(), say::area_unit(d.lang, unit)));
    html! {
        <>
        <h2 id="t-step" tabindex="-1">{ m.log_amount }</h2>
        <p class="t-about">{ d.sheet.text(Field::Product).to_owned() }</p>
        { around(d, Field::Dose, false, html! {
            <>{ with_unit(d, Field::Dose, Field::DoseUnit, &doses) }{ maybe(last_dose(d)) }</>
        }) }
        { around(d, Field::Area, false, with_unit(d, Field::Area, Field::AreaUnit, &areas)) }
        { around(d, Field::Water, true, line(d, Field::Water, Typing::Decimal)) }
        { main_button("t-next", m.next, press.amount.clone(), false) }
        </>
    }
}

/// What was used of it last time, to compare with, not filled in: each spray is measured anew.
fn last_dose(d: &Draw<'_>) -> Option<Html> {
    let same = |used: &&Used| used.product.name == d.sheet.text(Field::Product);
    let (fine, is_volume) = d.facts.used.iter().find(same)?.dose;
    let said = say::dose(d.lang, fine, is_volume);
    Some(html! { <small>{ fill(d.m.dose_last, &[("dose", &said)]) }</small> })
}

fn check(d: &Draw<'_>, press: &Press, photos: Html, busy: bool) -> Html {
    let (m, sheet) = (d.m, d.sheet);
    let plot = sheet.plot.and_then(|plot| d.facts.plot(&plot));
    let unit = DoseUnit::of_sign(sheet.text(Field::DoseUnit)).unwrap_or_default();
    let dose = amount::thousandths(sheet.text(Field::Dose)).unwrap_or(0);
    let land = AreaUnit::of_value(sheet.text(Field::AreaUnit)).unwrap_or_default();
    let area = amount::thousandths(sheet.text(Field::Area)).unwrap_or(0);
    html! {
        <>
        <h2 id="t-step" tabindex="-1">{ m.log_check }</h2>
        <dl class="t-facts">
            { maybe(plot.map(|plot| fact(m.slip_plot, plot.name.clone()))) }
            { fact(m.product_label, sheet.text(Field::Product).to_owned()) }
            { fact(m.dose_label, format!("{}\u{a0}{}", say::decimal(d.lang, dose), unit.sign())) }
            { fact(m.area_label, format!("{}\u{a0}{}", say::decimal(d.lang, area), say::area_unit(d.lang, land))) }
        </dl>
        <button type="button" id="t-change" class="button quiet" onclick={d.on(Action::Go(Step::Amount))}>{ m.change }</button>
        { earliest(d) }
        { around(d, Field::Phi, false, line(d, Field::Phi, Typing::Whole)) }
        { day(d) }
        { around(d, Field::Ingredients, spray::kind(sheet) != nguon_core::event::InputKind::PlantProtection, line(d, Field::Ingredients, Typing::Words)) }
        { around(d, Field::ProductLot, true, line(d, Field::ProductLot, Typing::Code)) }
        { photos }
        { around(d, Field::Notes, true, lines(d, Field::Notes)) }
        { warnings(d, spray::warnings(sheet, d.facts).iter().map(|warning| said(d, warning)).collect()) }
        <div class="t-bar">{ main_button("t-sign", if busy { m.signing } else { m.sign }, press.sign.clone(), busy) }</div>
        </>
    }
}

fn earliest(d: &Draw<'_>) -> Html {
    let words = spray::earliest(d.sheet, d.facts).map(|found| {
        let first = found
            .this
            .map_or_else(|| d.m.earliest_none.to_owned(), |day| fill(d.m.earliest, &[("date", &date(d, day))]));
        (first, found.other.map(|day| fill(d.m.earliest_other, &[("date", &date(d, day))])))
    });
    html! {
        <div class="t-earliest" role="status">
            { maybe(words.map(|(first, other)| html! { <><p><b>{ first }</b></p>{ maybe(other.map(|other| html! { <p>{ other }</p> })) }</> })) }
        </div>
    }
}

fn said(d: &Draw<'_>, warning: &Warning) -> String {
    match warning {
        Warning::Harvested(day) => fill(d.m.warn_harvested, &[("date", &date(d, *day))]),
        Warning::Old => d.m.warn_old.to_owned(),
        Warning::Larger => {
            let area = d.sheet.plot.and_then(|plot| d.facts.plot(&plot)).map_or(0, |plot| plot.area_m2);
            fill(d.m.area_above, &[("area", &say::count(d.lang, area))])
        }
    }
}

/// The kinds as a choice, where one entry is corrected.
pub fn kinds(d: &Draw<'_>) -> Html {
    let m = d.m;
    choices(
        d,
        Field::Kind,
        &[
            ("plant_protection", m.kind_protection),
            ("fertilizer", m.kind_fertilizer),
            ("growth_regulator", m.kind_regulator),
        ],
    )
}
