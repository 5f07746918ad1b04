//! `nguon append --explain`: an event's fields, their units, who may record it, and an example that is accepted as it stands.

mod fields;

use nguon_core::event::EventName;
use nguon_core::permission::{TABLE, Who};
use serde_json::{Value, json};

use crate::error::Error;
use crate::report::Report;
use fields::{Explained, explained};

/// Explains one event, or lists all.
pub fn explain(name: &str) -> Result<Report, Error> {
    if name == "all" {
        let lines = EventName::ALL.iter().map(|event| format!("{:<20} {}", event.as_str(), known(*event).what));
        let text = format!(
            "{}\nFields and an example of one: nguon append --explain EVENT",
            lines.collect::<Vec<_>>().join("\n")
        );
        let names: Vec<&str> = EventName::ALL.iter().map(|event| event.as_str()).collect();
        return Ok(Report::new(text, json!(names)));
    }
    let event: EventName = name.parse().map_err(|_| {
        Error::caller(format_args!("there is no event {name:?}")).next("`nguon append --explain all` lists them")
    })?;
    let Explained { what, fields, example } = known(event);
    let mut text = format!("{event}: {what}\n\nWho may record it:\n");
    for (chain, who) in permitted(event) {
        text.push_str(&format!("  on {chain}: {who}\n"));
    }
    text.push_str("\nFields (* required):\n");
    for (field, meaning) in fields {
        text.push_str(&format!("  {field:<20} {meaning}\n"));
    }
    text.push_str(&format!("\nExample:\n  {example}"));
    let example: Value = serde_json::from_str(example).map_err(Error::system)?;
    let fields: Vec<Value> =
        fields.iter().map(|(field, meaning)| json!({ "field": field, "meaning": meaning })).collect();
    Ok(Report::new(text, json!({ "event": event, "what": what, "fields": fields, "example": example })))
}

/// An event in words; a test sees to it that every event has them.
fn known(event: EventName) -> Explained {
    explained(event).unwrap_or(Explained { what: event.as_str(), fields: &[], example: "{}" })
}

/// Who may record an event, by chain, from the one permission table.
fn permitted(event: EventName) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for row in TABLE.iter().filter(|row| row.event == event) {
        let who: Vec<String> = row.who.iter().map(|who| in_words(*who)).collect();
        rows.extend(row.chains.iter().map(|chain| (chain.to_string(), who.join(", "))));
    }
    if rows.is_empty() {
        rows.push(("any chain".into(), "whoever may record the event it corrects, on their own record".into()));
    }
    rows
}

fn in_words(who: Who) -> String {
    match who {
        Who::Authority => "an authority".into(),
        Who::Registrar => "any registrar, within its scope".into(),
        Who::RegistrarAbove => "a registrar above its actor, owner or place".into(),
        Who::Custodian => "its custodian (owner, household, holder of the code)".into(),
        Who::Role(role) => {
            let role =
                serde_json::to_value(role).ok().and_then(|value| value.as_str().map(|name| name.replace('_', " ")));
            format!("any {}", role.unwrap_or_default())
        }
        Who::Shipper => "the carrier of a part of it, until that is received".into(),
        Who::ConsignmentOwner => "the owner of the consignment that it names".into(),
        Who::Approver => {
            "a registrar above the custodian, or an authority, that signed neither original nor correction".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use nguon_core::ids::ChainId;
    use nguon_core::values::UtcOffset;

    use super::*;
    use crate::compose;

    #[test]
    fn every_example_is_an_event_and_names_every_field() {
        for event in EventName::ALL {
            let Explained { fields, example, .. } = explained(*event).unwrap();
            let composed = compose::event(example, &[], UtcOffset::VIETNAM, |_| Ok(ChainId::from_bytes([7; 32])));
            let composed = composed.unwrap_or_else(|error| panic!("{event}: {error}"));
            assert_eq!(composed.event.name(), *event);
            // What the type serialises is what the table explains: the examples leave no field out.
            let written = serde_json::to_value(&composed.event).unwrap();
            let mut written: Vec<&str> =
                written[event.as_str()].as_object().unwrap().keys().map(String::as_str).collect();
            // A consignment has no label of its own, so one example cannot show both.
            let other = |field: &&str| *field != "label_of";
            let mut told: Vec<&str> =
                fields.iter().map(|(field, _)| field.trim_end_matches('*')).filter(other).collect();
            written.sort_unstable();
            told.sort_unstable();
            assert_eq!(written, told, "{event}");
        }
    }

    #[test]
    fn every_event_says_who_may_record_it() {
        for event in EventName::ALL {
            let told = explain(event.as_str()).unwrap().text;
            assert!(told.contains("  on "), "{event}: {told}");
        }
    }
}
