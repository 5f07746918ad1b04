//! Text is taken only in Unicode normalisation form C (UAX #15), so that what looks the same is the same.

use axum::http::StatusCode;
use nguon_core::record::Record;
use serde_json::Value;
use unicode_normalization::is_nfc;

use crate::problem::Problem;

/// The first text of a record that is not in form C, as a problem that names its field.
pub(crate) fn check(record: &Record) -> Result<(), Problem> {
    // The JSON view reaches every text, those of events to come included.
    let view = serde_json::to_value(&record.event).unwrap_or(Value::Null);
    find(&view, &mut Vec::new()).map_or(Ok(()), |field| Err(problem(field)))
}

pub(crate) fn problem(field: String) -> Problem {
    let detail = format!("{field}: text must be in Unicode normalisation form C (NFC)");
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_field", "The record breaks a rule", detail)
        .in_field(Some(field))
}

fn find(value: &Value, path: &mut Vec<String>) -> Option<String> {
    match value {
        Value::String(text) if !is_nfc(text) => Some(path.join("/")),
        Value::Array(items) => items.iter().find_map(|item| find(item, path)),
        Value::Object(fields) => fields.iter().find_map(|(name, value)| {
            path.push(name.clone());
            let found = find(value, path);
            path.pop();
            found
        }),
        _ => None,
    }
}
