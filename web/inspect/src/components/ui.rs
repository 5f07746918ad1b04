//! Small parts that many others use.

use yew::prelude::*;

use crate::check::Conclusion;
use crate::check::conclusion::Tone;
use crate::format;
use crate::lang::Lang;

/// Something or nothing, in one place either way: what follows it in the document stays the element that it was, with what was
/// typed into it. (An `Option` itself is laid out as so many nodes as it holds.)
pub fn maybe(html: Option<Html>) -> Html {
    html.unwrap_or_default()
}

/// A line icon on a grid of 24.
pub fn icon(path: &'static str) -> Html {
    html! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg> }
}

/// A button that does not send a form.
pub fn button(class: &'static str, words: &'static str, press: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class={classes!("button", class)} onclick={press}>{ words }</button> }
}

/// A tone's sign and words.
pub fn told(tone: Tone, words: String) -> Html {
    html! { <span class={classes!("told", tone.class())}>{ icon(tone.sign()) }<span>{ words }</span></span> }
}

/// A verdict, with until when it holds.
pub fn verdict(lang: Lang, found: &Conclusion) -> Html {
    let m = lang.messages();
    let as_of =
        found.as_of.map(|time| html! { <small>{ format!("{} {}", m.as_of, format::moment(lang, time)) }</small> });
    html! { <>{ told(found.kind.tone(), found.sentence(lang)) }{ maybe(as_of) }</> }
}

/// A choice among few, as a menu.
pub fn menu(id: &'static str, label: &'static str, options: &[(&'static str, &'static str)], chosen: &str) -> Html {
    let option = |(value, name): &(&'static str, &'static str)| {
        html! { <option value={*value} selected={*value == chosen}>{ *name }</option> }
    };
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            <select {id}>{ for options.iter().map(option) }</select>
        </div>
    }
}

/// A choice among few, all in view, none of them made beforehand. What is chosen stays with the browser: drawing anew does not
/// change it.
pub fn choice(name: &'static str, label: &'static str, options: &[(&'static str, &'static str)]) -> Html {
    let option = |(value, words): &(&'static str, &'static str)| {
        html! {
            <label class="choice">
                <input type="radio" {name} value={*value} required=true />
                <span>{ *words }</span>
            </label>
        }
    };
    html! {
        <fieldset class="choices"><legend>{ label }</legend>{ for options.iter().map(option) }</fieldset>
    }
}

/// A fact under its name.
pub fn fact(name: &'static str, value: impl Into<AttrValue>) -> Html {
    let value: AttrValue = value.into();
    html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }
}
