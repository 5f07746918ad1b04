//! What each event's fields mean. A test holds examples and field names to the types.

mod actor;
mod batch;
mod handling;
mod place;
mod standing;

use nguon_core::event::EventName;

/// An event in words.
pub struct Explained {
    /// What happened.
    pub what: &'static str,
    /// Fields and their meaning; `*` marks what is required.
    pub fields: &'static [(&'static str, &'static str)],
    /// An example with every field that can stand beside the others.
    pub example: &'static str,
}

/// What happened, fields with their meaning, an example.
type Parts = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const AT: (&str, &str) = ("at", "when it happened, if not at signing: Unix seconds or {\"time\": …}");
const DETAILS: (&str, &str) = ("details", "further words: sealed");
const INPUTS: (&str, &str) = (
    "inputs*",
    "[{\"from\": chain, \"grams\": n}, …] 1 to 200, each source once; no more than each has drawn for this batch",
);
const DOCUMENT: (&str, &str) =
    ("document", "{\"kind\": \"phieu-can\", \"number\": \"…\"} a paper outside these records");

/// An event in words; `None` of an event that nobody has explained yet.
pub const fn explained(event: EventName) -> Option<Explained> {
    let groups = [
        actor::explained(event),
        place::explained(event),
        batch::explained(event),
        handling::explained(event),
        standing::explained(event),
    ];
    let mut at = 0;
    while at < groups.len() {
        if let Some((what, fields, example)) = groups[at] {
            return Some(Explained { what, fields, example });
        }
        at += 1;
    }
    None
}
