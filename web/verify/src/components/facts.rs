//! Named values as a definition list.

use super::el::{El, el, el_of};
use crate::format;
use crate::lang::Lang;
use crate::model::{Fact, Titled, Value};

/// Draws a list of facts, if there are any.
pub fn facts(lang: Lang, facts: &[Fact]) -> Option<El> {
    let one = |fact: &Fact| {
        let before = |value: &Value| {
            let words = el("s").text(format::value(lang, value));
            el_of("small", "before").text(lang.messages().step_before()).text(" ").with(words)
        };
        let value = el_of("dd", class(&fact.value))
            .text(format::value(lang, &fact.value))
            .maybe(fact.before.as_ref().map(before));
        el("div").with(el("dt").text(fact.label.title(lang.messages()))).with(value)
    };
    (!facts.is_empty()).then(|| el_of("dl", "facts").all(facts.iter().map(one)))
}

const fn class(value: &Value) -> &'static str {
    match value {
        Value::Code(_) => "code",
        Value::Withheld => "withheld",
        _ => "",
    }
}
