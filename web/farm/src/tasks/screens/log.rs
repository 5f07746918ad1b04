//! The field log's screens: which plot, which product, how much, and all of it once more.

use nguon_ui::el::{Inside, When, el, el_of, nodes};
use yew::prelude::*;

use super::plots;
use crate::messages::fill;
use crate::products::Product;
use crate::tasks::amount::{AreaUnit, DoseUnit};
use crate::tasks::facts::Used;
use crate::tasks::field::Field;
use crate::tasks::parts::{
    Draw, Typing, around, choices, date, day, fact, line, lines, main_button, maybe, row, sign_bar, warnings, with_unit,
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
    pub amount: Callback<Event>,
    /// Signed
    pub sign: Callback<Event>,
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
        ("plant_protection", m.kind_protection()),
        ("fertilizer", m.kind_fertilizer()),
        ("growth_regulator", m.kind_regulator()),
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
        let days = fill(m.product_phi(), &[("days", &product.phi_days.to_string())]);
        let said = format!("{} · {}", if before { m.product_used() } else { m.product_list() }, days);
        let (choose, product) = (press.product.clone(), (*product).clone());
        let name = product.name.clone();
        row(None, &name, el("small").with(said).html(), None, choose.reform(move |_| product.clone()))
    };
    let own = (!typed.is_empty() && !known).then(|| {
        let name = Product { name: typed.clone(), active_ingredient: String::new(), phi_days: 0, registration: None };
        let choose = press.product.clone();
        let words = fill(m.product_own(), &[("name", &typed)]);
        nodes()
            .with(maybe(found.is_empty().then(|| el("p").with(m.product_none()).html())))
            .with(
                el("button")
                    .at(&["type", "id", "class"], &["button", "t-own", "button quiet"])
                    .on(When::Click, choose.reform(move |_| name.clone()))
                    .with(words),
            )
            .html()
    });
    let chip = |(value, words): (&'static str, &'static str)| {
        let pressed = (value == kind).to_string();
        el("button")
            .at(&["type", "class", "aria-pressed"], &["button", "t-chip", &pressed])
            .on(When::Click, d.on(Action::Type(Field::Kind, value.to_owned())))
            .with(words)
            .html()
    };
    nodes()
        .with(el("h2").at(&["id", "tabindex"], &["t-step", "-1"]).with(m.log_what()))
        .with(
            el("div").at(&["class", "role", "aria-label"], &["t-chips", "group", m.kind_label()]).all(kinds.map(chip)),
        )
        .with(around(d, Field::Product, false, line(d, Field::Product, Typing::Words)))
        .with(
            el("div")
                .at(&["class", "role", "aria-label"], &["t-rows", "group", m.product_find()])
                .all(found.iter().map(one)),
        )
        .with(maybe(own))
        .html()
}

fn how_much(d: &Draw<'_>, press: &Press) -> Html {
    let m = d.m;
    let doses = DoseUnit::ALL.map(|unit| (unit.sign(), if unit == DoseUnit::Litre { m.litre() } else { unit.sign() }));
    let areas = AreaUnit::ALL.map(|unit| (unit.value(), say::area_unit(d.lang, unit)));
    nodes()
        .with(el("h2").at(&["id", "tabindex"], &["t-step", "-1"]).with(m.log_amount()))
        .with(el_of("p", "t-about").with(d.sheet.text(Field::Product).to_owned()))
        .with(around(
            d,
            Field::Dose,
            false,
            nodes().with(with_unit(d, Field::Dose, Field::DoseUnit, &doses)).with(maybe(last_dose(d))).html(),
        ))
        .with(around(d, Field::Area, false, with_unit(d, Field::Area, Field::AreaUnit, &areas)))
        .with(around(d, Field::Water, true, line(d, Field::Water, Typing::Decimal)))
        .with(main_button("t-next", m.next(), press.amount.clone(), false))
        .html()
}

/// What was used of it last time, to compare with, not filled in: each spray is measured anew.
fn last_dose(d: &Draw<'_>) -> Option<Html> {
    let same = |used: &&Used| used.product.name == d.sheet.text(Field::Product);
    let (fine, is_volume) = d.facts.used.iter().find(same)?.dose;
    let said = say::dose(d.lang, fine, is_volume);
    Some(el("small").with(fill(d.m.dose_last(), &[("dose", &said)])).html())
}

fn check(d: &Draw<'_>, press: &Press, photos: Html, busy: bool) -> Html {
    let (m, sheet) = (d.m, d.sheet);
    let plot = sheet.plot.and_then(|plot| d.facts.plot(&plot));
    let unit = DoseUnit::of_sign(sheet.text(Field::DoseUnit)).unwrap_or_default();
    let dose = amount::thousandths(sheet.text(Field::Dose)).unwrap_or(0);
    let land = AreaUnit::of_value(sheet.text(Field::AreaUnit)).unwrap_or_default();
    let area = amount::thousandths(sheet.text(Field::Area)).unwrap_or(0);
    nodes()
        .with(el("h2").at(&["id", "tabindex"], &["t-step", "-1"]).with(m.log_check()))
        .with(
            el_of("dl", "t-facts")
                .with(maybe(plot.map(|plot| fact(m.slip_plot(), plot.name.clone()))))
                .with(fact(m.product_label(), sheet.text(Field::Product).to_owned()))
                .with(fact(m.dose_label(), format!("{}\u{a0}{}", say::decimal(d.lang, dose), unit.sign())))
                .with(fact(
                    m.area_label(),
                    format!("{}\u{a0}{}", say::decimal(d.lang, area), say::area_unit(d.lang, land)),
                )),
        )
        .with(
            el("button")
                .at(&["type", "id", "class"], &["button", "t-change", "button quiet"])
                .on(When::Click, d.on(Action::Go(Step::Amount)))
                .with(m.change()),
        )
        .with(earliest(d))
        .with(around(d, Field::Phi, false, line(d, Field::Phi, Typing::Whole)))
        .with(day(d))
        .with(around(
            d,
            Field::Ingredients,
            spray::kind(sheet) != nguon_core::event::InputKind::PlantProtection,
            line(d, Field::Ingredients, Typing::Words),
        ))
        .with(around(d, Field::ProductLot, true, line(d, Field::ProductLot, Typing::Code)))
        .with(photos)
        .with(around(d, Field::Notes, true, lines(d, Field::Notes)))
        .with(warnings(d, spray::warnings(sheet, d.facts).iter().map(|warning| said(d, warning)).collect()))
        .with(sign_bar(d, Html::default(), press.sign.clone(), busy))
        .html()
}

fn earliest(d: &Draw<'_>) -> Html {
    let words = spray::earliest(d.sheet, d.facts).map(|found| {
        let first = found
            .this
            .map_or_else(|| d.m.earliest_none().to_owned(), |day| fill(d.m.earliest(), &[("date", &date(d, day))]));
        (first, found.other.map(|day| fill(d.m.earliest_other(), &[("date", &date(d, day))])))
    });
    el("div")
        .at(&["class", "role"], &["t-earliest", "status"])
        .with(maybe(words.map(|(first, other)| {
            nodes()
                .with(el("p").with(el("b").with(first)))
                .with(maybe(other.map(|other| el("p").with(other).html())))
                .html()
        })))
        .html()
}

fn said(d: &Draw<'_>, warning: &Warning) -> String {
    match warning {
        Warning::Harvested(day) => fill(d.m.warn_harvested(), &[("date", &date(d, *day))]),
        Warning::Old => d.m.warn_old().to_owned(),
        Warning::Larger => {
            let area = d.sheet.plot.and_then(|plot| d.facts.plot(&plot)).map_or(0, |plot| plot.area_m2);
            fill(d.m.area_above(), &[("area", &say::count(d.lang, area))])
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
            ("plant_protection", m.kind_protection()),
            ("fertilizer", m.kind_fertilizer()),
            ("growth_regulator", m.kind_regulator()),
        ],
    )
}
