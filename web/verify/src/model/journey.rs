//! The way of the fruit, from the orchard to the box.

use std::rc::Rc;

use nguon_core::event::EventName;

use crate::codec::{self, Bytes, Coded, Reader};

use super::{Exhibit, Fact, Mass, Name, Role, Stamp, Status, Tone, Voice};

/// The steps in the order of the fruit's way. Each has a number of its own, from the batch's line to what is folded away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journey {
    /// The growing areas: registration, season, allotment
    pub areas: Steps,
    /// How many codes are registered there
    pub codes: usize,
    /// Where the fruit came together: one line that opens to one entry a household
    pub origins: Option<Group>,
    /// What happened to the batch since
    pub steps: Vec<Step>,
}

/// Steps that are folded away, packed until somebody unfolds them: a lot of five hundred households has thousands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps(Rc<Bytes>);

impl Steps {
    /// Packs steps.
    #[must_use]
    pub fn of(steps: &Vec<Step>) -> Self {
        Self(Rc::new(Bytes(if steps.is_empty() { Vec::new() } else { codec::to_bytes(steps) })))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.0.is_empty()
    }

    /// Unpacks them.
    #[must_use]
    pub fn unpacked(&self) -> Vec<Step> {
        codec::from_bytes(&self.0.0).unwrap_or_default()
    }
}

impl Coded for Steps {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        Self(Coded::take(from))
    }
}

impl Journey {
    /// Every step, in the order of their numbers.
    #[must_use]
    pub fn all(&self) -> Vec<Step> {
        let members = self.origins.iter().flat_map(|group| &group.members);
        let mut all = self.steps.clone();
        all.extend(members.flat_map(|member| member.steps.unpacked()));
        all.extend(self.areas.unpacked());
        all
    }
}

/// The households or traders whose batches were merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they gave together
    pub mass: Mass,
    /// One entry each
    pub members: Vec<Member>,
}

impl Group {
    /// Whether they are all farming households, and not also traders with lots of their own.
    #[must_use]
    pub fn households(&self) -> bool {
        self.members.iter().all(|member| member.party.role == Role::Farm)
    }

    /// How many of them had someone else keep their records.
    #[must_use]
    pub fn written_for(&self) -> usize {
        self.members.iter().filter(|member| member.written_for).count()
    }
}

/// One household or trader of a merged batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who
    pub party: Party,
    /// Where its fruit grew
    pub place: Option<Place>,
    /// What it gave
    pub mass: Mass,
    /// Whether the co-op keeps its records
    pub written_for: bool,
    /// Its own steps
    pub steps: Steps,
}

/// One record, told as a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number, by which the verdict names it
    pub number: usize,
    /// What happened
    pub event: EventName,
    /// Who signed
    pub signer: Party,
    /// For whom, if not for itself
    pub on_behalf: Option<Party>,
    /// Whether the signer claims or attests
    pub voice: Voice,
    /// Where
    pub place: Option<Place>,
    /// When, by the signer's clock
    pub at: Stamp,
    /// Kilograms in and out
    pub flow: Flow,
    /// The same before a correction
    pub before: Option<Flow>,
    /// What else the record says
    pub facts: Vec<Fact>,
    /// Whether it says what no reader should pass over: a recall or suspension that stands, a test that failed
    pub alarm: bool,
    /// How its check ended
    pub status: Status,
    /// Ids and raw bytes
    pub exhibits: Rc<Vec<Exhibit>>,
}

impl Step {
    /// A colour of its own, for a step that no reader should pass over.
    #[must_use]
    pub fn tone(&self) -> Option<Tone> {
        match self.status {
            Status::Failed | Status::Doubted => Some(self.status.tone()),
            _ if self.alarm => Some(Tone::Alert),
            _ => None,
        }
    }
}

/// A party as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its role
    pub role: Role,
    /// Its name
    pub name: Name,
}

/// A place as records name it: never nearer than the commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Five-digit code of the commune
    pub commune: Option<String>,
    /// Code of the growing area or packing house
    pub code: Option<String>,
}

/// What a step took in and gave out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Into the batch
    pub taken: Option<Mass>,
    /// Out of it
    pub given: Option<Mass>,
}
