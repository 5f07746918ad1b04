//! What the screens of all tasks are made of.

use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::day::Day;
use super::facts::Facts;
use super::field::{Fault, Field};
use super::say;
use super::sheet::{Action, Sheet};
pub use crate::components::ui::maybe;
use crate::lang::Lang;
use crate::messages::fill;
use crate::messages::tasks::{Messages, words};

/// What every screen draws from.
pub struct Draw<'a> {
    /// In which language
    pub lang: Lang,
    /// Its words
    pub m: &'static Messages,
    /// What is known
    pub facts: &'a Facts,
    /// What was typed and chosen
    pub sheet: &'a Sheet,
    /// What can be done
    pub act: &'a Callback<Action>,
}

impl<'a> Draw<'a> {
    /// Of these.
    #[must_use]
    pub fn new(lang: Lang, facts: &'a Facts, sheet: &'a Sheet, act: &'a Callback<Action>) -> Self {
        Self { lang, m: words(lang), facts, sheet, act }
    }

    /// A callback that does this.
    #[must_use]
    pub fn on<E>(&self, action: Action) -> Callback<E> {
        self.act.reform(move |_: E| action.clone())
    }
}

/// The one thing to press on a screen.
pub fn main_button(id: &'static str, words: &str, press: Callback<MouseEvent>, disabled: bool) -> Html {
    html! { <button type="button" {id} class="button main" onclick={press} {disabled}>{ words }</button> }
}

/// Another thing to press.
pub fn quiet_button(id: &'static str, words: &str, press: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {id} class="button quiet" onclick={press}>{ words }</button> }
}

/// A field with its label, its help and what is wrong with it around it.
pub fn around(d: &Draw<'_>, field: Field, optional: bool, inner: Html) -> Html {
    html! {
        <div class="t-field">
            <div class="t-label">
                <label for={field.id()}>{ field.label(d.m) }{ maybe(optional.then(|| html! { <small>{ d.m.optional }</small> })) }</label>
                { help_button(d, field) }
            </div>
            { help(d, field) }
            { inner }
            { fault(d, field) }
        </div>
    }
}

/// The button that opens a field's help.
pub fn help_button(d: &Draw<'_>, field: Field) -> Html {
    let open = d.sheet.help == Some(field);
    let words = fill(d.m.explain, &[("field", field.label(d.m))]);
    html! {
        <button type="button" class="t-help" aria-label={words} aria-expanded={open.to_string()} aria-controls={field.help_id()}
            onclick={d.on(Action::Help(field))}>{ "?" }</button>
    }
}

/// A field's help, if it is open.
pub fn help(d: &Draw<'_>, field: Field) -> Html {
    let open = d.sheet.help == Some(field);
    html! { <p class="t-help-text" id={field.help_id()} hidden={!open}>{ field.help(d.m) }</p> }
}

/// What is wrong with a field.
pub fn fault(d: &Draw<'_>, field: Field) -> Html {
    let words = d.sheet.fault(field).map(|fault: Fault| fault.sentence(d.m));
    html! { <p class="t-error" id={field.error_id()} hidden={words.is_none()}>{ words }</p> }
}

/// How a field is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// Letters
    Words,
    /// A number with decimals
    Decimal,
    /// A whole number
    Whole,
    /// A code of capitals and figures
    Code,
}

/// A line to type into.
pub fn line(d: &Draw<'_>, field: Field, typing: Typing) -> Html {
    let typed = d.act.reform(move |event: InputEvent| {
        Action::Type(field, event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let mode = match typing {
        Typing::Words | Typing::Code => "text",
        Typing::Decimal => "decimal",
        Typing::Whole => "numeric",
    };
    let capitals = (typing == Typing::Code).then_some("characters");
    html! {
        <input id={field.id()} type="text" inputmode={mode} autocomplete="off" autocapitalize={capitals} spellcheck="false" maxlength="400"
            value={d.sheet.text(field).to_owned()} oninput={typed} aria-invalid={invalid(d, field)}
            aria-describedby={format!("{} {}", field.error_id(), field.help_id())} />
    }
}

/// Lines to type into.
pub fn lines(d: &Draw<'_>, field: Field) -> Html {
    let typed = d.act.reform(move |event: InputEvent| {
        Action::Type(field, event.target_unchecked_into::<HtmlTextAreaElement>().value())
    });
    html! {
        <textarea id={field.id()} rows="3" maxlength="2000" value={d.sheet.text(field).to_owned()} oninput={typed}
            aria-invalid={invalid(d, field)} aria-describedby={format!("{} {}", field.error_id(), field.help_id())} />
    }
}

fn invalid(d: &Draw<'_>, field: Field) -> Option<&'static str> {
    d.sheet.fault(field).map(|_| "true")
}

/// A number with its unit beside it.
pub fn with_unit(d: &Draw<'_>, field: Field, unit: Field, units: &[(&'static str, &'static str)]) -> Html {
    let chosen = d
        .act
        .reform(move |event: Event| Action::Type(unit, event.target_unchecked_into::<HtmlSelectElement>().value()));
    // Said of one of them in any case: a browser left to itself would show another one than is meant.
    let typed = Some(d.sheet.text(unit)).filter(|typed| !typed.is_empty());
    let is = typed.or(units.first().map(|(value, _)| *value)).unwrap_or_default().to_owned();
    let option = |(value, words): &(&'static str, &'static str)| {
        html! { <option value={*value} selected={is == *value}>{ *words }</option> }
    };
    html! {
        <div class="t-measure">
            { line(d, field, Typing::Decimal) }
            <select id={unit.id()} aria-label={unit.label(d.m)} onchange={chosen}>{ for units.iter().map(option) }</select>
        </div>
    }
}

/// A choice among few, all in view.
pub fn choices(d: &Draw<'_>, field: Field, options: &[(&'static str, &'static str)]) -> Html {
    let is = d.sheet.text(field);
    let option = |(value, words): &(&'static str, &'static str)| {
        html! {
            <label class="t-choice">
                <input type="radio" name={field.id()} value={*value} checked={is == *value}
                    onchange={d.on(Action::Type(field, (*value).to_owned()))} />
                <span>{ *words }</span>
            </label>
        }
    };
    html! {
        <fieldset class="t-field" id={field.id()} tabindex="-1" aria-describedby={format!("{} {}", field.error_id(), field.help_id())}>
            <legend class="t-label"><span>{ field.label(d.m) }</span>{ help_button(d, field) }</legend>
            { help(d, field) }
            <div class="t-choices">{ for options.iter().map(option) }</div>
            { fault(d, field) }
        </fieldset>
    }
}

/// Today, yesterday, or a day of the calendar.
pub fn day(d: &Draw<'_>) -> Html {
    let today = d.facts.today();
    let typed = d.sheet.text(Field::Day).to_owned();
    let chip = |day: Day, words: &'static str| {
        let value = day.to_field();
        let pressed = (value == typed || (typed.is_empty() && day == today)).to_string();
        html! {
            <button type="button" class="t-chip" aria-pressed={pressed} onclick={d.on(Action::Type(Field::Day, value))}>{ words }</button>
        }
    };
    let chosen = d
        .act
        .reform(|event: Event| Action::Type(Field::Day, event.target_unchecked_into::<HtmlInputElement>().value()));
    around(
        d,
        Field::Day,
        false,
        html! {
            <div class="t-day">
                { chip(today, d.m.today) }
                { chip(today.earlier(1), d.m.yesterday) }
                <input id={Field::Day.id()} type="date" max={today.to_field()} value={if typed.is_empty() { today.to_field() } else { typed.clone() }}
                    onchange={chosen} aria-label={d.m.which_day} aria-invalid={invalid(d, Field::Day)} aria-describedby={Field::Day.error_id()} />
            </div>
        },
    )
}

/// The keys of the pad, row by row.
const KEYS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ",", "0", "⌫"];

/// A weight with large keys below it: nothing has to be opened first, and a wet finger finds them.
pub fn weight(d: &Draw<'_>, field: Field) -> Html {
    let typed = d.act.reform(move |event: InputEvent| {
        Action::Type(field, event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let stands = d.sheet.text(field).to_owned();
    let key = |key: &'static str| {
        let text = press(&stands, key);
        html! {
            <button type="button" class="t-key" onclick={d.on(Action::Type(field, text))}>{ key }</button>
        }
    };
    around(
        d,
        field,
        false,
        html! {
            <>
            // The page's own keys are there; one that is plugged in types into it all the same.
            <input id={field.id()} class="t-weight" type="text" inputmode="none" autocomplete="off" maxlength="12" value={stands.clone()}
                oninput={typed} aria-invalid={invalid(d, field)} aria-describedby={format!("{} {}", field.error_id(), field.help_id())} />
            <div class="t-pad">{ for KEYS.map(key) }</div>
            </>
        },
    )
}

/// What a field holds after a key.
#[must_use]
pub fn press(stands: &str, key: &str) -> String {
    match key {
        "⌫" => {
            let mut shorter = stands.to_owned();
            shorter.pop();
            shorter
        }
        "," if stands.contains([',', '.']) => stands.to_owned(),
        "," if stands.is_empty() => "0,".to_owned(),
        key if stands.len() < 12 => format!("{stands}{key}"),
        _ => stands.to_owned(),
    }
}

/// A row to press, with what is said about it.
pub fn row(id: Option<String>, title: &str, facts: Html, pressed: Option<bool>, press: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" {id} class="t-row" aria-pressed={pressed.map(|pressed| pressed.to_string())} onclick={press}>
            <b>{ title }</b>{ facts }
        </button>
    }
}

/// Something to look at before signing.
pub fn warning(words: String) -> Html {
    html! { <li class="t-warning">{ words }</li> }
}

/// All that has to be looked at before signing.
pub fn warnings(d: &Draw<'_>, all: Vec<String>) -> Html {
    let some = !all.is_empty();
    html! {
        <section class="t-warnings" role="status" hidden={!some}>
            { maybe(some.then(|| html! { <><h3>{ d.m.warnings }</h3><ul>{ for all.into_iter().map(warning) }</ul></> })) }
        </section>
    }
}

/// A fact under its name.
pub fn fact(name: &str, value: String) -> Html {
    html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }
}

/// A day in this language.
#[must_use]
pub fn date(d: &Draw<'_>, day: Day) -> String {
    say::day(d.lang, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_type_what_can_be_a_weight() {
        let typed = ["2", "4", ",", "5", ",", "⌫", "2", "5"].iter().fold(String::new(), |text, key| press(&text, key));
        assert_eq!(typed, "24,25");
        assert_eq!(press("", ","), "0,");
        assert_eq!(press("", "⌫"), "");
        assert_eq!(press("123456789012", "3"), "123456789012");
    }
}
