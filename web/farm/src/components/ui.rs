//! Small parts that many pages use.

use nguon_ui::el::{Inside, When, el, el_of, nodes};
use yew::prelude::*;

use crate::lang::Lang;
use crate::state::Part as Coming;

/// Something or nothing, in one place either way: what follows it in the document stays the element that it was, with what was
/// typed into it.
pub fn maybe(html: Option<Html>) -> Html {
    html.unwrap_or_default()
}

/// A line icon on a grid of 24.
pub fn icon(path: &'static str) -> Html {
    el("svg")
        .at(&["class", "viewBox", "aria-hidden"], &["icon", "0 0 24 24", "true"])
        .with(el("path").at(&["d"], &[path]))
        .html()
}

/// A button that sends no form.
pub fn button(class: &str, words: &'static str, press: Callback<Event>) -> Html {
    el("button")
        .at(&["type", "class"], &["button", &["button ", class].concat()])
        .on(When::Click, press)
        .with(words)
        .html()
}

/// In place of a page whose part of the program is on its way, or did not come.
pub fn to_come(lang: Lang, part: Coming, again: Callback<Event>) -> Html {
    let m = lang.messages();
    if part == Coming::Coming {
        return el("p").at(&["role"], &["status"]).with(m.loading()).html();
    }
    el("section")
        .with(el("p").at(&["class", "role"], &["band amber", "alert"]).with(m.not_here()))
        .with(button("big", m.try_again(), again))
        .html()
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
    el("span")
        .at(&["class"], &[&["told ", tone.class()].concat()])
        .with(icon(tone.sign()))
        .with(el("span").with(words))
        .html()
}

/// A fact under its name.
pub fn fact(name: &'static str, value: impl Into<AttrValue>) -> Html {
    let value: AttrValue = value.into();
    el("div").with(el("dt").with(name)).with(el("dd").with(value)).html()
}

/// A band across the page: what holds for all of it.
pub fn band(class: &'static str, words: Html) -> Html {
    el("div").at(&["class", "role"], &[&["band ", class].concat(), "status"]).with(words).html()
}

/// A heading with words under it.
pub fn title(words: &'static str, lead: &'static str) -> Html {
    nodes()
        .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(words))
        .with(maybe((!lead.is_empty()).then(|| el_of("p", "lead").with(lead).html())))
        .html()
}

/// Numbered steps.
pub fn steps(all: &[&'static str]) -> Html {
    el_of("ol", "steps").all(all.iter().map(|words| el("li").with(*words).html())).html()
}
