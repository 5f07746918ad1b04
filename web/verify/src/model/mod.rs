//! What the page shows, as plain values: no browser, no component, no language, no record. The check fills it in, the
//! components draw it, and it is tested natively.

mod answer;
mod cause;
mod checks;
mod event;
mod excess;
mod fact;
mod journey;
mod note;
mod report;
mod stamp;
mod state;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Icon, NextStep, Proven, Seal, Tone, Urgency};
pub use cause::{Cause, StepRef};
pub use checks::{Check, CheckKind, Exhibit, ExhibitKind, Status};
pub use event::{Role, Standing, Titled, TreatmentKind, Voice, is_background};
pub use excess::{Excess, Limit};
pub use fact::{Fact, Label, Mass, Name, Unit, Value, Word};
pub use journey::{Flow, Group, Journey, Member, Party, Place, Step, Steps};
pub use note::Note;
pub use report::{Contact, LabelBinding, Labels, Lot, Product, Report, Waypoint, WaypointKind};
pub use stamp::{Civil, Stamp};
pub use state::{Action, Page, State};
