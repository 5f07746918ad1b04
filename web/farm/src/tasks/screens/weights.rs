//! Weights by crate: harvest, and each household at the weighing station.

use yew::prelude::*;

use super::plots;
use crate::messages::fill;
use crate::tasks::field::Field;
use crate::tasks::harvest::{self, Warning};
use crate::tasks::parts::{
    Draw, date, day, fault, help, help_button, main_button, maybe, quiet_button, warnings, weight,
};
use crate::tasks::say;
use crate::tasks::sheet::{Action, Step};

/// Harvest from the chosen plot.
pub fn harvest(d: &Draw<'_>, sign: Callback<MouseEvent>, busy: bool) -> Html {
    // Back from the weights another plot can be chosen; what was weighed stays.
    let chosen = d.sheet.plot.filter(|_| d.sheet.step != Step::Plot);
    let Some(plot) = chosen.and_then(|plot| d.facts.plot(&plot)) else { return plots::view(d) };
    let mine = plot.household == d.facts.me;
    let title = if mine { plot.name.clone() } else { format!("{} · {}", plot.farmer, plot.name) };
    let left = plot.season.as_ref().and_then(|season| season.left);
    let warned = harvest::warnings(d.sheet, d.facts).iter().map(|warning| said(d, warning)).collect();
    html! {
        <>
        <h2 id="t-step" tabindex="-1" class="t-about">{ title }</h2>
        { maybe(left.map(|left| html! { <p><small>{ fill(d.m.left_of_plot, &[("kg", &say::kg(d.lang, left))]) }</small></p> })) }
        { maybe((plot.on_behalf && !mine).then(|| html! { <p class="t-note">{ d.m.weigh_behalf_lead }</p> })) }
        { warnings(d, warned) }
        { crates(d) }
        { maybe(mine.then(|| into(d))) }
        { maybe(mine.then(|| day(d))) }
        { bar(d, sign, busy) }
        </>
    }
}

/// The weights, the typed one above the keys.
pub fn crates(d: &Draw<'_>) -> Html {
    let one = |(at, grams): (usize, &u64)| {
        let number = (at + 1).to_string();
        html! {
            <li>
                <span>{ fill(d.m.crate_, &[("n", &number)]) }</span>
                <b>{ say::kg(d.lang, *grams) }</b>
                <button type="button" class="t-remove" aria-label={fill(d.m.crate_remove, &[("n", &number)])} onclick={d.on(Action::RemoveCrate(at))}>{ "✕" }</button>
            </li>
        }
    };
    html! {
        <>
        { weight(d, Field::Weight) }
        { quiet_button("t-add", d.m.crate_add, d.on(Action::AddCrate)) }
        <ol class="t-crates" hidden={d.sheet.crates.is_empty()}>{ for d.sheet.crates.iter().enumerate().map(one) }</ol>
        </>
    }
}

/// How much it is in all, and the signature.
pub fn bar(d: &Draw<'_>, sign: Callback<MouseEvent>, busy: bool) -> Html {
    let typed = usize::from(!d.sheet.text(Field::Weight).trim().is_empty());
    let number = say::count(d.lang, (d.sheet.crates.len() + typed) as u64);
    html! {
        <div class="t-bar">
            <p class="t-total" role="status">
                <span>{ d.m.total }</span>{ " " }<b id="t-total">{ say::kg(d.lang, d.sheet.total()) }</b>{ " " }
                <small>{ fill(d.m.crates, &[("n", &number)]) }</small>
            </p>
            { main_button("t-sign", if busy { d.m.signing } else { d.m.sign }, sign, busy) }
        </div>
    }
}

/// Into which batch: only asked where there is one that takes more.
fn into(d: &Draw<'_>) -> Html {
    let variety = d.sheet.plot.and_then(|plot| d.facts.plot(&plot)).map(|plot| plot.variety.clone());
    let Some(known) = variety.and_then(|variety| d.facts.todays_batch(&variety)) else { return Html::default() };
    let chosen = d.sheet.batch.flatten();
    let chip = |batch, words: String| {
        let pressed = (chosen == batch).to_string();
        html! { <button type="button" class="t-chip" aria-pressed={pressed} onclick={d.on(Action::Batch(batch))}>{ words }</button> }
    };
    html! {
        <div class="t-field" role="group" aria-label={d.m.into_label} id={Field::Into.id()}>
            <div class="t-label"><span>{ d.m.into_label }</span>{ help_button(d, Field::Into) }</div>
            { help(d, Field::Into) }
            <div class="t-chips">
                { chip(Some(known.id), fill(d.m.into_known, &[("kg", &say::kg(d.lang, known.left))])) }
                { chip(None, d.m.into_new.to_owned()) }
            </div>
            { fault(d, Field::Into) }
        </div>
    }
}

/// A warning in words.
pub fn said(d: &Draw<'_>, warning: &Warning) -> String {
    match warning {
        Warning::TooEarly { product, applied, from } => {
            fill(d.m.warn_phi, &[("product", product), ("day", &date(d, *applied)), ("date", &date(d, *from))])
        }
        Warning::AboveShare(left) => fill(d.m.warn_allotment, &[("kg", &say::kg(d.lang, *left))]),
        Warning::OutsideSeason(name, from, until) => {
            fill(d.m.warn_season, &[("season", name), ("from", &date(d, *from)), ("until", &date(d, *until))])
        }
        Warning::NoSeason => d.m.warn_no_season.to_owned(),
        Warning::HeavyCrate(grams) => fill(d.m.warn_crate, &[("kg", &say::kg(d.lang, *grams))]),
    }
}
