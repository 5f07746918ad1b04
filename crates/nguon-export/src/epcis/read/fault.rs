//! What is wrong with a document, and where.

mod vi;

use std::fmt;

use super::path::Path;
use crate::epcis::key::KeyError;
use crate::epcis::time::TimeError;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: a JSON pointer (RFC 6901) into the document, such as `/epcisBody/eventList/17/quantityList/0/quantity`.
    pub path: String,
    /// What.
    pub kind: FaultKind,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FaultKind {
    /// More bytes than are read.
    #[error("the document has {0} bytes, at most {1} are read: send it in parts")]
    TooLong(usize, usize),
    /// Not JSON.
    #[error("not JSON from line {line}, column {column}: {message}")]
    Syntax {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What was met.
        message: String,
    },
    /// Too much within each other.
    #[error("more than {0} objects and lists within each other: what follows was not read")]
    TooDeep(usize),
    /// Too many events.
    #[error("more than {0} events: send them in parts")]
    TooManyEvents(usize),
    /// A field stands twice in one object.
    #[error("this field stands twice")]
    DuplicateField,
    /// A field that the standard does not have here.
    #[error("the standard has no such field here: give fields of your own a prefix that @context explains")]
    UnknownField,
    /// A prefix that the context does not explain.
    #[error("@context does not explain the prefix of this field")]
    UnknownPrefix,
    /// A field that has to be there.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A value of another kind.
    #[error("expected {0}")]
    Expected(&'static str),
    /// A context without the standard's.
    #[error("@context does not name the standard's, https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld")]
    NoContext,
    /// Something else than a document or an event.
    #[error("expected EPCISDocument, EPCISQueryDocument or an event of EPCIS 2.0")]
    DocumentType,
    /// A version that this does not read.
    #[error("schema version {0:?} where 2.0 is read")]
    SchemaVersion(String),
    /// No kind of event of the standard.
    #[error("no kind of event of EPCIS 2.0")]
    EventType,
    /// No time, or no offset.
    #[error(transparent)]
    Time(#[from] TimeError),
    /// No URI.
    #[error("not a URI with a scheme, such as https://id.gs1.org/414/9521234000006")]
    Uri,
    /// A GS1 key or name that breaks its own rules.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// A word that is neither of the vocabulary nor a URI.
    #[error("{0:?} is neither a term of the Core Business Vocabulary nor a URI")]
    Term(String),
    /// No action.
    #[error("expected ADD, OBSERVE or DELETE")]
    Action,
    /// A unit that is not known.
    #[error("{0:?} is no unit of measure known here: write a code of UN/ECE Recommendation 20, such as KGM")]
    Unit(String),
    /// More digits than are kept.
    #[error("a number of more than 18 digits")]
    Digits,
    /// Nothing, or less.
    #[error("expected a number above zero")]
    NotPositive,
    /// Part of a thing.
    #[error("a quantity without a unit counts things, so it is a whole number")]
    NotWhole,
    /// Something that stands in the same list before.
    #[error("the same stands in this list before")]
    Repeated,
    /// An event about nothing.
    #[error("the event names no objects: {0} is needed")]
    NoObjects(&'static str),
    /// Master data where nothing comes to be.
    #[error("ilmd stands only where objects come to be: with the action ADD, or in a transformation")]
    IlmdWithoutAdd,
    /// More came out than went in.
    #[error("{outputs} g come out of {inputs} g")]
    MoreOut {
        /// Grams of all inputs.
        inputs: u64,
        /// Grams of all outputs.
        outputs: u64,
    },
    /// Boxes that weigh something else than is said.
    #[error("{boxes} boxes of {grams_per_box} g are not {grams} g")]
    Boxes {
        /// How many boxes.
        boxes: u64,
        /// Grams in each.
        grams_per_box: u64,
        /// Grams together, as the quantity says.
        grams: u64,
    },
    /// An event id that another event has.
    #[error("event {0} of this document has the same id")]
    EventIdTaken(usize),
    /// An event hash id of other contents.
    #[error("the id is the hash of another event: something was changed after the id was made")]
    EventHash,
    /// A batch that the register does not know.
    #[error("no batch of this name is known here: open it first, or correct the name")]
    UnknownBatch,
    /// A class that several batches have.
    #[error("{0} batches have this lot: say which one by nguon:chain")]
    SeveralBatches(usize),
    /// A batch that is not told at all.
    #[error("it is not told into which batch: say so by nguon:chain")]
    NoBatch,
    /// A place that the register does not know.
    #[error("no place of this name is known here")]
    UnknownPlace,
    /// A party that the register does not know.
    #[error("no party of this name is known here")]
    UnknownParty,
    /// Where something goes is not told.
    #[error("it is not told into which batch of the receiver this goes: say so by nguon:to")]
    NoDestination,
    /// Where something comes from is not told.
    #[error("it is not told which plots this was harvested from: say so by nguon:inputs")]
    NoSource,
    /// No mass, or one that is no whole number of grams.
    #[error("expected a mass that is a whole number of grams, at least one")]
    Mass,
    /// A list of other than one.
    #[error("expected exactly one quantity here, found {0}")]
    OneQuantity(usize),
    /// How produce is boxed is not told.
    #[error(
        "how many boxes and how much in each is not told: add a quantity without unit, or nguon:boxes and nguon:gramsPerBox"
    )]
    NoBoxes,
    /// Our own fields say something else than the standard's.
    #[error("nguon:inputs are {told} g together where the quantities are {listed} g")]
    Inputs {
        /// Grams by the standard's quantities.
        listed: u64,
        /// Grams by our own field.
        told: u64,
    },
    /// More than a record takes.
    #[error("a record takes at most 200 inputs: split the event")]
    TooManyInputs,
    /// No SSCC where one has to be.
    #[error("expected an SSCC")]
    Sscc,
    /// No carrier.
    #[error("who carries it is not told: give a destination of type possessing_party, or nguon:carrier")]
    NoCarrier,
    /// A text that a record cannot hold.
    #[error("a record cannot hold this: {0}")]
    Record(String),
    /// A time before 1970.
    #[error("before 1970")]
    Early,
}

/// What is wrong, in the order in which it was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    listed: Vec<Fault>,
    total: usize,
    most: usize,
}

impl Faults {
    pub(in crate::epcis) const fn new(most: usize) -> Self {
        Self { listed: Vec::new(), total: 0, most }
    }

    pub(in crate::epcis) fn add(&mut self, path: &Path<'_>, kind: impl Into<FaultKind>) {
        if self.listed.len() < self.most {
            self.add_at(path.to_string(), kind.into());
        } else {
            self.total += 1;
        }
    }

    pub(super) fn add_at(&mut self, path: String, kind: FaultKind) {
        self.total += 1;
        if self.listed.len() < self.most {
            self.listed.push(Fault { path, kind });
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The faults, as many as the limit lets be listed.
    #[must_use]
    pub fn listed(&self) -> &[Fault] {
        &self.listed
    }

    /// How many there are, listed or not.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "/" } else { &self.path };
        write!(f, "{path}: {}", self.kind)
    }
}

impl Fault {
    /// The same in Vietnamese.
    #[must_use]
    pub fn in_vietnamese(&self) -> String {
        let path = if self.path.is_empty() { "/" } else { &self.path };
        format!("{path}: {}", vi::tell(&self.kind))
    }
}

/// The first fault, and how many there are.
impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.listed.first() {
            Some(first) if self.total > 1 => write!(f, "{first} (and {} more)", self.total - 1),
            Some(first) => first.fmt(f),
            None => f.write_str("no fault"),
        }
    }
}

impl std::error::Error for Faults {}
