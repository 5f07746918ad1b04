//! What the screens of all tasks are made of.

use nguon_ui::el::{Inside, When, el, el_of, is, nodes, yes};
use yew::prelude::*;

use super::day::Day;
use super::facts::Facts;
use super::field::{Fault, Field};
use super::say;
use super::sheet::{Action, Sheet};
use crate::browser;
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
pub fn main_button(id: &'static str, words: &'static str, press: Callback<Event>, disabled: bool) -> Html {
    el("button")
        .any(&["type", "id", "class", "disabled"], &[Some("button"), is(&id), Some("button main"), yes(disabled)])
        .on(When::Click, press)
        .with(words)
        .html()
}

/// The signature, at the foot of the screen wherever that is; above it what it is about.
pub fn sign_bar(d: &Draw<'_>, above: Html, press: Callback<Event>, busy: bool) -> Html {
    let words = if busy { d.m.signing() } else { d.m.sign() };
    el_of("div", "t-bar").with(above).with(main_button("t-sign", words, press, busy)).html()
}

/// Another thing to press.
pub fn quiet_button(id: &'static str, words: &'static str, press: Callback<Event>) -> Html {
    el("button").at(&["type", "id", "class"], &["button", id, "button quiet"]).on(When::Click, press).with(words).html()
}

/// A field with its label, its help and what is wrong with it around it.
pub fn around(d: &Draw<'_>, field: Field, optional: bool, inner: Html) -> Html {
    el_of("div", "t-field")
        .with(
            el_of("div", "t-label")
                .with(
                    el("label")
                        .at(&["for"], &[field.id()])
                        .with(field.label(d.m))
                        .with(maybe(optional.then(|| el("small").with(d.m.optional()).html()))),
                )
                .with(help_button(d, field)),
        )
        .with(help(d, field))
        .with(inner)
        .with(fault(d, field))
        .html()
}

/// The button that opens a field's help.
pub fn help_button(d: &Draw<'_>, field: Field) -> Html {
    let open = d.sheet.help == Some(field);
    let words = fill(d.m.explain(), &[("field", field.label(d.m))]);
    el("button")
        .at(
            &["type", "class", "aria-label", "aria-expanded", "aria-controls"],
            &["button", "t-help", &words, &open.to_string(), &field.help_id()],
        )
        .on(When::Click, d.on(Action::Help(field)))
        .with("?")
        .html()
}

/// A field's help, if it is open.
pub fn help(d: &Draw<'_>, field: Field) -> Html {
    let open = d.sheet.help == Some(field);
    el("p")
        .any(&["class", "id", "hidden"], &[Some("t-help-text"), is(&field.help_id()), yes(!open)])
        .with(field.help(d.m))
        .html()
}

/// What is wrong with a field.
pub fn fault(d: &Draw<'_>, field: Field) -> Html {
    let words = d.sheet.fault(field).map(|fault: Fault| fault.sentence(d.m));
    el("p")
        .any(&["class", "id", "hidden"], &[Some("t-error"), is(&field.error_id()), yes(words.is_none())])
        .with(words)
        .html()
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
    /// A day of the calendar
    Day,
}

/// A line to type into.
pub fn line(d: &Draw<'_>, field: Field, typing: Typing) -> Html {
    let typed = d.act.reform(move |event: Event| Action::Type(field, browser::value(&event)));
    entry(d, field, typing, d.sheet.text(field), typed)
}

fn entry(d: &Draw<'_>, field: Field, typing: Typing, stands: &str, typed: Callback<Event>) -> Html {
    let mode = match typing {
        Typing::Words | Typing::Code => "text",
        Typing::Decimal => "decimal",
        Typing::Whole | Typing::Day => "numeric",
    };
    let capitals = (typing == Typing::Code).then_some("characters");
    el("input")
        .any(
            &[
                "id",
                "type",
                "inputmode",
                "autocomplete",
                "autocapitalize",
                "spellcheck",
                "maxlength",
                "aria-invalid",
                "aria-describedby",
            ],
            &[
                is(&field.id()),
                Some("text"),
                is(&mode),
                Some("off"),
                capitals,
                Some("false"),
                Some("400"),
                invalid(d, field),
                is(&format!("{} {}", field.error_id(), field.help_id())),
            ],
        )
        .value(stands)
        .on(When::Input, typed)
        .html()
}

/// Lines to type into.
pub fn lines(d: &Draw<'_>, field: Field) -> Html {
    let typed = d.act.reform(move |event: Event| Action::Type(field, browser::value(&event)));
    el("textarea")
        .any(
            &["id", "rows", "maxlength", "aria-invalid", "aria-describedby"],
            &[
                is(&field.id()),
                Some("3"),
                Some("2000"),
                invalid(d, field),
                is(&format!("{} {}", field.error_id(), field.help_id())),
            ],
        )
        .value(d.sheet.text(field))
        .on(When::Input, typed)
        .html()
}

fn invalid(d: &Draw<'_>, field: Field) -> Option<&'static str> {
    d.sheet.fault(field).map(|_| "true")
}

/// A number with its unit beside it.
pub fn with_unit(d: &Draw<'_>, field: Field, unit: Field, units: &[(&'static str, &'static str)]) -> Html {
    let chosen = d.act.reform(move |event: Event| Action::Type(unit, browser::value(&event)));
    // Said of one of them in any case: a browser left to itself would show another one than is meant.
    let typed = Some(d.sheet.text(unit)).filter(|typed| !typed.is_empty());
    let chosen_unit = typed.or(units.first().map(|(value, _)| *value)).unwrap_or_default().to_owned();
    let option = |(value, words): &(&'static str, &'static str)| {
        el("option").any(&["value", "selected"], &[Some(*value), yes(chosen_unit == *value)]).with(*words).html()
    };
    el_of("div", "t-measure")
        .with(line(d, field, Typing::Decimal))
        .with(
            el("select")
                .at(&["id", "aria-label"], &[unit.id(), unit.label(d.m)])
                .on(When::Change, chosen)
                .all(units.iter().map(option)),
        )
        .html()
}

/// A choice among few, all in view.
pub fn choices(d: &Draw<'_>, field: Field, options: &[(&'static str, &'static str)]) -> Html {
    let is = d.sheet.text(field);
    let option = |(value, words): &(&'static str, &'static str)| {
        el_of("label", "t-choice")
            .with(
                el("input")
                    .at(&["type", "name"], &["radio", field.id()])
                    .value(value)
                    .checked(is == *value)
                    .on(When::Change, d.on(Action::Type(field, (*value).to_owned()))),
            )
            .with(el("span").with(*words))
            .html()
    };
    el("fieldset")
        .at(
            &["class", "id", "tabindex", "aria-describedby"],
            &["t-field", field.id(), "-1", &format!("{} {}", field.error_id(), field.help_id())],
        )
        .with(el_of("legend", "t-label").with(el("span").with(field.label(d.m))).with(help_button(d, field)))
        .with(help(d, field))
        .with(el_of("div", "t-choices").all(options.iter().map(option)))
        .with(fault(d, field))
        .html()
}

/// Today, yesterday, or a day of the calendar.
pub fn day(d: &Draw<'_>) -> Html {
    let today = d.facts.today();
    let typed = d.sheet.text(Field::Day).to_owned();
    let chip = |day: Day, words: &'static str| {
        let value = day.to_field();
        let pressed = (value == typed || (typed.is_empty() && day == today)).to_string();
        el("button")
            .at(&["type", "class", "aria-pressed"], &["button", "t-chip", &pressed])
            .on(When::Click, d.on(Action::Type(Field::Day, value)))
            .with(words)
            .html()
    };
    let chosen = d.act.reform(|event: Event| Action::Type(Field::Day, browser::value(&event)));
    // Not the browser's own field of days, which writes them in the order of the phone's language.
    let stands = if typed.is_empty() { today.to_field() } else { typed.clone() };
    around(
        d,
        Field::Day,
        false,
        el_of("div", "t-day")
            .with(chip(today, d.m.today()))
            .with(chip(today.earlier(1), d.m.yesterday()))
            .with(entry(d, Field::Day, Typing::Day, &stands, chosen))
            .html(),
    )
}

/// The keys of the pad, row by row.
const KEYS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ",", "0", "⌫"];

/// A weight with large keys below it: nothing has to be opened first, and a wet finger finds them.
pub fn weight(d: &Draw<'_>, field: Field) -> Html {
    let typed = d.act.reform(move |event: Event| Action::Type(field, browser::value(&event)));
    let stands = d.sheet.text(field).to_owned();
    // What a key does is worked out when it counts: a quick thumb is at the next one before the page is drawn again.
    let key = |key: &'static str| {
        el("button")
            .at(&["type", "class"], &["button", "t-key"])
            .on(When::Click, d.on(Action::Key(field, key)))
            .with(key)
            .html()
    };
    around(
        d,
        field,
        false,
        // The page's own keys are there; one that is plugged in types into it all the same.
        nodes()
            .with(
                el("input")
                    .any(
                        &[
                            "id",
                            "class",
                            "type",
                            "inputmode",
                            "autocomplete",
                            "maxlength",
                            "aria-invalid",
                            "aria-describedby",
                        ],
                        &[
                            is(&field.id()),
                            Some("t-weight"),
                            Some("text"),
                            Some("none"),
                            Some("off"),
                            Some("12"),
                            invalid(d, field),
                            is(&format!("{} {}", field.error_id(), field.help_id())),
                        ],
                    )
                    .value(&stands)
                    .on(When::Input, typed),
            )
            .with(el_of("div", "t-pad").all(KEYS.map(key)))
            .html(),
    )
}

/// A row to press, with what is said about it.
pub fn row(id: Option<String>, title: &str, facts: Html, pressed: Option<bool>, press: Callback<Event>) -> Html {
    el("button")
        .any(
            &["type", "id", "class", "aria-pressed"],
            &[
                Some("button"),
                id.as_deref(),
                Some("t-row"),
                pressed.map(|pressed| if pressed { "true" } else { "false" }),
            ],
        )
        .on(When::Click, press)
        .with(el("b").with(title.to_owned()))
        .with(facts)
        .html()
}

/// Something to look at before signing.
pub fn warning(words: String) -> Html {
    el_of("li", "t-warning").with(words).html()
}

/// All that has to be looked at before signing.
pub fn warnings(d: &Draw<'_>, all: Vec<String>) -> Html {
    let some = !all.is_empty();
    el("section")
        .any(&["class", "role", "hidden"], &[Some("t-warnings"), Some("status"), yes(!some)])
        .with(maybe(some.then(|| {
            nodes().with(el("h3").with(d.m.warnings())).with(el("ul").all(all.into_iter().map(warning))).html()
        })))
        .html()
}

/// A fact under its name.
pub fn fact(name: &'static str, value: String) -> Html {
    el("div").with(el("dt").with(name)).with(el("dd").with(value)).html()
}

/// A day in this language.
#[must_use]
pub fn date(d: &Draw<'_>, day: Day) -> String {
    say::day(d.lang, day)
}
