//! Named values as a definition list.

use yew::prelude::*;

use crate::format;
use crate::lang::Lang;
use crate::model::{Fact, Titled, Value};

/// Draws a list of facts.
pub fn facts(lang: Lang, facts: &[Fact]) -> Html {
    if facts.is_empty() {
        return Html::default();
    }
    html! {
        <dl class="facts">
            { for facts.iter().map(|fact| html! {
                <div><dt>{ fact.label.title(lang.messages()) }</dt><dd class={class(&fact.value)}>{ format::value(lang, &fact.value) }</dd></div>
            }) }
        </dl>
    }
}

fn class(value: &Value) -> Option<&'static str> {
    match value {
        Value::Code(_) => Some("code"),
        Value::Withheld => Some("withheld"),
        _ => None,
    }
}
