//! Small parts that several pages use.

use std::rc::Rc;

use nguon_farm_app::browser;
use nguon_farm_app::lang::Lang;
use nguon_ui::el::{Inside, When, el, el_of, is};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;
use yew::virtual_dom::{Listener, ListenerKind};

use crate::messages::{Messages, fill};
use crate::pack::{Fault, Field};

/// What was typed or chosen.
pub fn value_of(event: &Event) -> String {
    event
        .target_dyn_into::<HtmlInputElement>()
        .map(|field| field.value())
        .or_else(|| event.target_dyn_into::<HtmlSelectElement>().map(|field| field.value()))
        .unwrap_or_default()
}

/// The same, letter by letter.
pub fn typed_of(event: &Event) -> String {
    event.target_dyn_into::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
}

/// Whether a box is ticked.
pub fn ticked(event: &Event) -> bool {
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|field| field.checked())
}

/// A labelled field of text, with a hint below and what is wrong with it.
pub struct TextField<'a> {
    id: &'a str,
    label: &'static str,
    value: &'a str,
    typed: Callback<String>,
    hint: &'static str,
    fault: String,
    inputmode: &'static str,
}

/// Begins one: its id, its name, what stands in it, and who hears what is typed.
pub const fn text_field<'a>(
    id: &'a str,
    label: &'static str,
    value: &'a str,
    typed: Callback<String>,
) -> TextField<'a> {
    TextField { id, label, value, typed, hint: "", fault: String::new(), inputmode: "text" }
}

impl TextField<'_> {
    /// With a sentence below.
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// With what is wrong.
    pub fn fault(mut self, fault: impl Into<String>) -> Self {
        self.fault = fault.into();
        self
    }

    /// With another keyboard: `numeric`, `decimal`, `tel`.
    pub const fn inputmode(mut self, inputmode: &'static str) -> Self {
        self.inputmode = inputmode;
        self
    }
}

impl Inside for TextField<'_> {
    #[inline(never)]
    fn html(self) -> Html {
        let Self { id, label, value, typed, hint, fault, inputmode } = self;
        let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-error"));
        let invalid = (!fault.is_empty()).then_some("true");
        let described = format!("{hint_id} {fault_id}");
        let typed = Callback::from(move |event: Event| typed.emit(typed_of(&event)));
        el_of("div", "field")
            .with(el("label").at(&["for"], &[id]).with(label))
            .with(
                el("input")
                    .any(
                        &["id", "inputmode", "autocomplete", "aria-invalid", "aria-describedby"],
                        &[is(id), is(inputmode), is("off"), invalid, is(&described)],
                    )
                    .value(value)
                    .on(When::Input, typed),
            )
            .with(el("small").at(&["id"], &[&hint_id]).with(hint))
            .with(el("p").at(&["id", "class"], &[&fault_id, "error"]).with(fault))
            .html()
    }
}

/// Hears that an element is scrolled.
#[derive(Debug)]
struct Scrolled(Callback<Event>);

impl Listener for Scrolled {
    fn kind(&self) -> ListenerKind {
        ListenerKind::onscroll
    }

    fn handle(&self, event: Event) {
        self.0.emit(event);
    }

    fn passive(&self) -> bool {
        true
    }
}

/// Has somebody hear that this element is scrolled.
pub fn scrolled(callback: Callback<Event>) -> Rc<dyn Listener> {
    Rc::new(Scrolled(callback))
}

/// What is wrong with a field, in words.
#[must_use]
pub fn fault_words(lang: Lang, m: &Messages, fault: Fault) -> String {
    let kg = |grams| nguon_farm_app::format::kilograms(lang, grams);
    match fault {
        Fault::Missing => m.fault_missing().to_owned(),
        Fault::NotANumber => m.fault_number().to_owned(),
        Fault::NotAGtin => m.fault_gtin().to_owned(),
        Fault::NotALot => m.fault_lot().to_owned(),
        Fault::More(grams) => fill(m.fault_more(), &[("kg", &kg(grams))]),
        Fault::MoreThanChosen(grams) => fill(m.fault_more_boxes(), &[("kg", &kg(grams))]),
        Fault::NothingChosen => m.fault_nothing().to_owned(),
        Fault::NotAnAddress => m.fault_address().to_owned(),
        Fault::TooMany(count) => fill(m.fault_too_many(), &[("count", &count.to_string())]),
        Fault::NotADay => m.fault_day().to_owned(),
        Fault::ToCome => m.fault_future().to_owned(),
        Fault::NotAReceiver => m.give_not_code().to_owned(),
        Fault::NotLabelled => m.fault_not_labelled().to_owned(),
        Fault::NotACode => m.fault_code().to_owned(),
    }
}

/// What is wrong with this field, if it is the one.
#[must_use]
pub fn fault_at(lang: Lang, m: &Messages, fault: Option<(Field, Fault)>, field: Field) -> String {
    fault.filter(|(at, _)| *at == field).map(|(_, fault)| fault_words(lang, m, fault)).unwrap_or_default()
}

/// The keyboard goes to the field that is wrong.
pub fn go_to(field: Field) {
    browser::focus(&field.id());
}

/// A bar of how much of a whole is taken, with its numbers beside it in words: colour says nothing alone. Drawn, since the
/// page's policy permits no style of an element's own.
pub fn share(part: u64, whole: u64, words: &str) -> Html {
    let percent = part.saturating_mul(100).checked_div(whole).unwrap_or(0).min(100);
    let tone = match percent {
        0..=89 => "leaf",
        90..=99 => "amber",
        _ => "alert",
    };
    el("span")
        .at(&["class"], &[&["d-share ", tone].concat()])
        .with(
            el("svg")
                .at(
                    &["class", "viewBox", "preserveAspectRatio", "aria-hidden"],
                    &["d-bar", "0 0 100 8", "none", "true"],
                )
                .with(el("rect").at(&["width", "height"], &[&percent.to_string(), "8"])),
        )
        .with(el("span").with(words.to_owned()))
        .html()
}

/// An empty row as high as so many that are not drawn.
pub fn stretch(pixels: usize, columns: usize) -> Html {
    el("tr")
        .at(&["class", "aria-hidden"], &["d-stretch", "true"])
        .with(el("td").at(&["colspan", "height"], &[&columns.to_string(), &pixels.to_string()]))
        .html()
}

/// A whole number as the language writes it.
#[must_use]
pub fn number(lang: Lang, number: u64) -> String {
    let mark = if lang == Lang::Vi { '.' } else { ',' };
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}
