//! The one form of a value.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::epcis::decimal::Decimal;
use crate::epcis::key;
use crate::epcis::model::Value;

/// URNs of the vocabulary's terms, and the Web URIs that stand for them (rule 14).
const TERMS: [(&str, &str); 5] = [
    ("urn:epcglobal:cbv:bizstep:", "https://ref.gs1.org/cbv/BizStep-"),
    ("urn:epcglobal:cbv:disp:", "https://ref.gs1.org/cbv/Disp-"),
    ("urn:epcglobal:cbv:btt:", "https://ref.gs1.org/cbv/BTT-"),
    ("urn:epcglobal:cbv:sdt:", "https://ref.gs1.org/cbv/SDT-"),
    ("urn:epcglobal:cbv:er:", "https://ref.gs1.org/cbv/ER-"),
];

/// A value without white space at its ends; a number without idle zeros, as XML does not tell numbers from text; GS1 keys and
/// terms in their one form.
pub(super) fn canonical(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    // Most values begin with a letter that is no number's, so the look costs little.
    if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return text.parse::<Decimal>().map_or(Cow::Borrowed(text), |number| Cow::Owned(number.to_string()));
    }
    if let Some((rest, web)) = TERMS.iter().find_map(|(urn, web)| Some((text.strip_prefix(urn)?, web))) {
        return Cow::Owned([web, rest].concat());
    }
    key::canonical(text)
}

pub(super) fn put_canonical(text: &str, out: &mut String) {
    out.push_str(&canonical(text));
}

/// A field of another namespace: its name, and its value or what is in it.
pub(super) fn put_field(name: &str, value: &Value, items: &mut Vec<String>) {
    let mut item = String::with_capacity(name.len() + 48);
    item.push_str(name);
    match value {
        Value::List(values) => return values.iter().for_each(|value| put_field(name, value, items)),
        Value::Text(text) => {
            let text = canonical(text);
            if !text.is_empty() {
                item.push('=');
                item.push_str(&text);
            }
        }
        Value::Number(number) => {
            let _ = write!(item, "={number}");
        }
        Value::Boolean(value) => item.push_str(if *value { "=true" } else { "=false" }),
        Value::Map(inner) => {
            let mut inner = super::fields(inner);
            inner.sort_unstable();
            item.extend(inner);
        }
    }
    items.push(item);
}
