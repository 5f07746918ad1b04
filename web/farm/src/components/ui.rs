//! Small parts that many pages use.

use yew::prelude::*;

/// Something or nothing, in one place either way: what follows it in the document stays the element that it was, with what was
/// typed into it.
pub fn maybe(html: Option<Html>) -> Html {
    html.unwrap_or_default()
}

/// A line icon on a grid of 24.
pub fn icon(path: &'static str) -> Html {
    html! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg> }
}

/// A button that sends no form.
pub fn button(class: &'static str, words: &'static str, press: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class={classes!("button", class)} onclick={press}>{ words }</button> }
}

/// How grave something is: by colour and sign, and in words beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Done
    Leaf,
    /// Waits
    Grey,
    /// To be looked at
    Amber,
    /// Refused
    Alert,
}

impl Tone {
    /// The class that gives it its colour.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Leaf => "leaf",
            Self::Grey => "grey",
            Self::Amber => "amber",
            Self::Alert => "alert",
        }
    }

    /// Its sign, on a grid of 24.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Leaf => "M5 13l4 4 10-10",
            Self::Grey => "M12 7v5l3 3M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
            Self::Amber => "M12 4l9 16H3zM12 10v5M12 17.5v.5",
            Self::Alert => "M7 7l10 10M17 7L7 17",
        }
    }
}

/// A tone's sign and words.
pub fn told(tone: Tone, words: impl Into<AttrValue>) -> Html {
    let words: AttrValue = words.into();
    html! { <span class={classes!("told", tone.class())}>{ icon(tone.sign()) }<span>{ words }</span></span> }
}

/// A fact under its name.
pub fn fact(name: &'static str, value: impl Into<AttrValue>) -> Html {
    let value: AttrValue = value.into();
    html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }
}

/// A band across the page: what holds for all of it.
pub fn band(class: &'static str, words: Html) -> Html {
    html! { <div class={classes!("band", class)} role="status">{ words }</div> }
}

/// A heading with words under it.
pub fn title(words: &'static str, lead: &'static str) -> Html {
    html! { <><h1 id="title" tabindex="-1">{ words }</h1>{ maybe((!lead.is_empty()).then(|| html! { <p class="lead">{ lead }</p> })) }</> }
}

/// Numbered steps.
pub fn steps(all: &[&'static str]) -> Html {
    html! { <ol class="steps">{ for all.iter().map(|words| html! { <li>{ *words }</li> }) }</ol> }
}
