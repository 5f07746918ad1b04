//! What a record said and what counts of it now: both, wherever a record is shown.

use nguon_core::event::Event;
use nguon_core::state::ChainState;
use serde_json::Value;

use crate::lang::Lang;
use crate::quantity::kilograms_grouped;

/// A field of an event, as it was said first and as a correction has it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// The field: `grams`, `inputs.0.grams`.
    pub field: String,
    /// What the original says; `None` if it says nothing there.
    pub original: Option<Value>,
    /// What the correction says.
    pub corrected: Option<Value>,
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Standing {
    /// Sequence of the correction that counts; `None`: the record counts as it is.
    pub corrected_by: Option<u64>,
    /// Sequences of corrections that wait for an approval.
    pub waiting: Vec<u64>,
}

impl Standing {
    /// Of a record of a chain.
    pub fn of(state: &ChainState, sequence: u64) -> Self {
        let mine = state.corrections().iter().filter(|correction| correction.origin == sequence);
        let waiting = mine.filter(|correction| correction.counts_from.is_none()).map(|correction| correction.sequence);
        Self { waiting: waiting.collect(), corrected_by: state.correction_of(sequence) }
    }
}

/// The event inside a correction.
pub fn corrected(event: &Event) -> Option<&Event> {
    if let Event::Corrected(corrected) = event { Some(&corrected.event) } else { None }
}

/// Where two events of one name differ. A correction without a time leaves the original's, and the words of personal
/// fields are sealed anew: neither is a difference.
pub fn differences(original: &Event, corrected: &Event) -> Vec<Difference> {
    let sealed: Vec<&str> = original.digests().iter().chain(&corrected.digests()).map(|(field, _)| *field).collect();
    let (before, after) = (leaves(original), leaves(corrected));
    let value = |leaves: &[(String, Value)], field: &str| {
        leaves.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone())
    };
    let mut fields: Vec<&String> = before.iter().chain(&after).map(|(field, _)| field).collect();
    let mut seen = std::collections::BTreeSet::new();
    fields.retain(|field| seen.insert(field.as_str()) && !sealed.contains(&field.as_str()));
    let all = fields.into_iter().map(|field| Difference {
        field: field.clone(),
        original: value(&before, field),
        corrected: value(&after, field),
    });
    all.filter(|one| one.original != one.corrected && !(one.field == "at" && one.corrected.is_none())).collect()
}

/// Each value of an event with the way to it.
fn leaves(event: &Event) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let whole = serde_json::to_value(event).unwrap_or_default();
    if let Some(body) = whole.as_object().and_then(|map| map.values().next()) {
        collect(body, "", &mut found);
    }
    found
}

fn collect(value: &Value, path: &str, found: &mut Vec<(String, Value)>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| collect(value, &below(key), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| collect(value, &below(&at.to_string()), found));
        }
        leaf => found.push((path.to_owned(), leaf.clone())),
    }
}

/// In words: `grams 850.5 kg → 845 kg, crates 34 → 33`.
pub fn in_words(differences: &[Difference], lang: Lang) -> String {
    let word = |field: &str, value: &Option<Value>| match value {
        None => "–".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => match value.as_u64().filter(|_| is_mass(field)) {
            Some(grams) => kilograms_grouped(grams, lang),
            None => value.to_string(),
        },
    };
    let one = |Difference { field, original, corrected }: &Difference| {
        format!("{field} {} → {}", word(field, original), word(field, corrected))
    };
    if differences.is_empty() {
        "no difference".into()
    } else {
        differences.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

fn is_mass(field: &str) -> bool {
    matches!(field.rsplit('.').next(), Some("grams" | "grams_per_box" | "ceiling"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(text: &str) -> Event {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn only_what_is_said_otherwise_is_a_difference() {
        let to = "ab".repeat(32);
        let original = event(&format!(
            r#"{{"harvest_drawn": {{"season": "2026", "to": "{to}", "grams": 850500, "operator": "{to}", "at": 7}}}}"#
        ));
        let corrected = event(&format!(r#"{{"harvest_drawn": {{"season": "2026", "to": "{to}", "grams": 845000}}}}"#));
        let found = differences(&original, &corrected);
        assert_eq!(in_words(&found, Lang::En), "grams 850.5 kg → 845 kg");
        assert!(differences(&original, &original).is_empty());
    }
}
