//! Small parts that several pages use.

use nguon_farm_app::browser;
use nguon_farm_app::lang::Lang;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::messages::{Messages, fill};
use crate::pack::{Fault, Field};

/// Something or nothing, in one place either way.
pub fn maybe(html: Option<Html>) -> Html {
    html.unwrap_or_default()
}

/// What was typed or chosen.
pub fn value_of(event: &Event) -> String {
    event
        .target_dyn_into::<HtmlInputElement>()
        .map(|field| field.value())
        .or_else(|| event.target_dyn_into::<HtmlSelectElement>().map(|field| field.value()))
        .unwrap_or_default()
}

/// The same, letter by letter.
pub fn typed_of(event: &InputEvent) -> String {
    event.target_dyn_into::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
}

/// Whether a box is ticked.
pub fn ticked(event: &Event) -> bool {
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|field| field.checked())
}

/// A labelled field of text, with a hint below and what is wrong with it.
#[derive(Clone, PartialEq, Properties)]
pub struct TextProps {
    /// Its id
    pub id: AttrValue,
    /// Its name
    pub label: AttrValue,
    /// What stands in it
    pub value: AttrValue,
    /// Hears what is typed
    pub typed: Callback<String>,
    /// A sentence below
    #[prop_or_default]
    pub hint: AttrValue,
    /// What is wrong
    #[prop_or_default]
    pub fault: AttrValue,
    /// `numeric`, `decimal`, `tel`, `text`
    #[prop_or(AttrValue::Static("text"))]
    pub inputmode: AttrValue,
}

/// Draws it.
#[component(TextField)]
pub fn text_field(props: &TextProps) -> Html {
    let TextProps { id, label, value, typed, hint, fault, inputmode } = props.clone();
    let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-error"));
    let invalid = (!fault.is_empty()).then_some("true");
    let typed = Callback::from(move |event: InputEvent| typed.emit(typed_of(&event)));
    html! {
        <div class="field">
            <label for={id.clone()}>{ label }</label>
            <input {id} {value} {inputmode} autocomplete="off" oninput={typed} aria-invalid={invalid} aria-describedby={format!("{hint_id} {fault_id}")} />
            <small id={hint_id}>{ hint }</small>
            <p id={fault_id} class="error">{ fault }</p>
        </div>
    }
}

/// What is wrong with a field, in words.
#[must_use]
pub fn fault_words(lang: Lang, m: &Messages, fault: Fault) -> String {
    let kg = |grams| nguon_farm_app::format::kilograms(lang, grams);
    match fault {
        Fault::Missing => m.fault_missing.to_owned(),
        Fault::NotANumber => m.fault_number.to_owned(),
        Fault::NotAGtin => m.fault_gtin.to_owned(),
        Fault::NotALot => m.fault_lot.to_owned(),
        Fault::More(grams) => fill(m.fault_more, &[("kg", &kg(grams))]),
        Fault::MoreThanChosen(grams) => fill(m.fault_more_boxes, &[("kg", &kg(grams))]),
        Fault::NothingChosen => m.fault_nothing.to_owned(),
        Fault::NotAnAddress => m.fault_address.to_owned(),
        Fault::TooMany(count) => fill(m.fault_too_many, &[("count", &count.to_string())]),
        Fault::NotADay => m.fault_day.to_owned(),
        Fault::NotAReceiver => m.give_not_code.to_owned(),
        Fault::NotLabelled => m.fault_not_labelled.to_owned(),
        Fault::NotACode => m.fault_code.to_owned(),
    }
}

/// What is wrong with this field, if it is the one.
#[must_use]
pub fn fault_at(lang: Lang, m: &Messages, fault: Option<(Field, Fault)>, field: Field) -> AttrValue {
    fault.filter(|(at, _)| *at == field).map(|(_, fault)| fault_words(lang, m, fault)).unwrap_or_default().into()
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
    html! {
        <span class={classes!("d-share", tone)}>
            <svg class="d-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width={percent.to_string()} height="8" /></svg>
            <span>{ words.to_owned() }</span>
        </span>
    }
}

/// An empty row as high as so many that are not drawn.
pub fn stretch(pixels: usize, columns: usize) -> Html {
    html! { <tr class="d-stretch" aria-hidden="true"><td colspan={columns.to_string()} height={pixels.to_string()}></td></tr> }
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
