//! Why a command was not done: whose fault it is, what happened, and what to do next.

use std::fmt;
use std::io::{self, Write as _};
use std::path::Path;

use nguon_core::fault::Fault;
use nguon_core::ids::ChainId;
use serde_json::json;

use crate::lang::Lang;
use crate::moment;
use crate::quantity::kilograms_and_grams;

/// Who can put it right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AtFault {
    /// Whoever typed the command, or the file it names.
    Caller,
    /// The home folder.
    Home,
    /// The record: it breaks a rule.
    Record,
    /// The server, or the way there.
    Server,
    /// This computer.
    System,
}

impl AtFault {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Home => "home",
            Self::Record => "record",
            Self::Server => "server",
            Self::System => "system",
        }
    }

    /// What helps where nothing more is known.
    const fn usual_advice(self) -> &'static str {
        match self {
            Self::Caller => "correct the command and run it again; `nguon help COMMAND` shows examples",
            Self::Home => "restore what is named above from a backup, or move it away and run the command again",
            Self::Record => "correct the record and sign it again",
            Self::Server => "try again later; nothing is lost here",
            Self::System => "look at the disk's space and the folder's permissions, and run the command again",
        }
    }
}

/// A command that was not done.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct Error {
    /// Who can put it right.
    pub at_fault: AtFault,
    /// A name for machines.
    pub code: &'static str,
    what: String,
    next: String,
    /// What remains of what was asked too much of, in its field's unit.
    remaining: Option<u64>,
}

impl Error {
    fn new(at_fault: AtFault, code: &'static str, what: impl fmt::Display) -> Self {
        Self { at_fault, code, what: what.to_string(), next: at_fault.usual_advice().to_owned(), remaining: None }
    }

    /// The command line, or a file it names, is wrong.
    pub fn caller(what: impl fmt::Display) -> Self {
        Self::new(AtFault::Caller, "usage", what)
    }

    /// Something in the home folder is missing or wrong.
    pub fn home(what: impl fmt::Display) -> Self {
        Self::new(AtFault::Home, "home", what)
    }

    /// The server answered what it should not, or did not answer.
    pub fn server(what: impl fmt::Display) -> Self {
        Self::new(AtFault::Server, "server", what)
    }

    /// This computer would not.
    pub fn system(what: impl fmt::Display) -> Self {
        Self::new(AtFault::System, "system", what)
    }

    /// A file could not be read or written.
    pub fn file(path: &Path, error: &io::Error) -> Self {
        Self::new(AtFault::System, "file", format_args!("{}: {error}", path.display()))
    }

    /// A record breaks a rule.
    pub fn record(fault: &Fault, chain: Option<ChainId>, sequence: u64) -> Self {
        let place = match chain {
            Some(chain) => format!("record {sequence} of chain {}", short(&chain)),
            None => "the first record of a new chain".into(),
        };
        let field = fault.field().map(|field| format!(", field {field}")).unwrap_or_default();
        let remaining = fault.remaining().map(|remaining| format!("; {}", remains(fault.code(), remaining)));
        let more = remaining.or_else(|| dates(fault)).unwrap_or_default();
        let what = format_args!("{place}{field}: {fault}{more}");
        let error = Self::new(AtFault::Record, fault.code(), what);
        Self { remaining: fault.remaining(), ..error }.next(advice(fault.code()))
    }

    /// The same with what to do next.
    #[must_use]
    pub fn next(self, next: impl fmt::Display) -> Self {
        Self { next: next.to_string(), ..self }
    }

    /// The same with the place in a document that it is about.
    #[must_use]
    pub fn at(self, path: &str) -> Self {
        Self { what: format!("{path}: {}", self.what), ..self }
    }

    /// The same under a name of its own for machines.
    #[must_use]
    pub fn code(self, code: &'static str) -> Self {
        Self { code, ..self }
    }

    /// Prints it where people or machines look.
    pub fn print(&self, json: bool) -> io::Result<()> {
        if json {
            let error = json!({
                "at_fault": self.at_fault.as_str(), "code": self.code, "message": self.what, "next": self.next,
                "remaining": self.remaining,
            });
            return writeln!(io::stdout(), "{:#}", json!({ "error": error }));
        }
        let mut out = io::stderr().lock();
        writeln!(out, "Not done: {}", self.what)?;
        writeln!(out, "Next: {}", self.next)
    }
}

/// The first eight digits of an id, which is enough to find it in a list.
pub fn short(id: &ChainId) -> String {
    let mut text = id.to_string();
    text.truncate(8);
    text
}

/// The moments in a fault as people read them.
fn dates(fault: &Fault) -> Option<String> {
    let show = |time| moment::show(time, moment::local_offset());
    match fault {
        Fault::HarvestTooEarly { earliest } => Some(format!(" (from {} on)", show(*earliest))),
        Fault::OutsideSeason { from, until } => Some(format!(" ({} to {})", show(*from), show(*until))),
        Fault::LateHarvest { until } => Some(format!(" ({})", show(*until))),
        _ => None,
    }
}

/// What remains, in words, by [`Fault::code`]: grams as kilograms too, boxes and square metres as they are.
pub fn remains(code: &str, remaining: u64) -> String {
    match code {
        "above_boxes" | "boxes_above_inputs" => format!("{remaining} boxes remain"),
        "above_area" => format!("{remaining} m² remain"),
        "inputs_above_draws" => format!("{} were drawn for it", kilograms_and_grams(remaining, Lang::En)),
        _ => format!("{} remain", kilograms_and_grams(remaining, Lang::En)),
    }
}

/// What somebody can do about a broken rule, by [`Fault::code`].
pub fn advice(code: &str) -> &'static str {
    match code {
        "missing_chain" => "fetch the chain with `nguon pull`, or send what it waits for with `nguon push` first",
        "not_permitted" | "on_behalf" => {
            "sign with a key that may record this (--as); `nguon append --explain EVENT` says who may"
        }
        "out_of_scope" => "ask the registrar for a wider scope, or sign as somebody within it (--as)",
        "unknown_key" | "unknown_authority" => {
            "the key is not enrolled under this trust root: `nguon key list` shows which keys are"
        }
        "revoked_key" => {
            "this key was revoked: sign with another (--as), or ask the registrar to add a new one (`nguon key add`)"
        }
        "undrawn_input" => {
            "the source must first record a draw that names this batch: harvest_drawn on a plot, drawn on a batch"
        }
        "inputs_above_draws" => {
            "take in no more than the source let go; if that was too little, its custodian draws the rest first"
        }
        "over_drawn" => "draw no more than `nguon remaining CHAIN` says; if the weight was wrong, `nguon correct` it",
        "above_allotment" => {
            "`nguon plot CHAIN` says what is left of the plot's share; who answers for the growing area may allot more"
        }
        "above_ceiling" | "above_area" => {
            "`nguon remaining CHAIN` says what is left of the growing area's ceiling; share out less, or correct the season"
        }
        "above_boxes" | "boxes_above_inputs" => {
            "count the boxes again: no more than were packed, and than came in fills"
        }
        "below_taken" => "less cannot be said than another chain has taken already: correct that one first",
        "too_much" => "write grams below 2^53; the sum of a chain stays below that too",
        "harvest_too_early" => {
            "wait until the pre-harvest interval is over (`nguon plot CHAIN` says when); a wrong interval is corrected with \
             an approval from above"
        }
        "outside_season" => "compare the date with the season's window: `nguon plot CHAIN` shows it",
        "late_harvest" => {
            "a harvest is recorded at most 14 days after its season: ask whoever answers for the growing area"
        }
        "suspended" => {
            "nothing is harvested or packed under this code until the suspension is lifted: ask the authority"
        }
        "taken" => "choose another lot or code: this one belongs to an earlier chain",
        "wrong_sequence" | "wrong_previous" | "conflict" => {
            "fetch what is new with `nguon pull`, then `nguon push --rebase`"
        }
        "bad_record" | "bad_field" | "not_canonical" | "wrong_reference" => {
            "correct the field; `nguon append --explain EVENT` shows the fields, their units and an example"
        }
        "bad_anchor" => {
            "this was signed on a checkpoint of the log that the server does not know: keep it, and ask whoever runs the server \
             whether its log went back"
        }
        "forked_chain" => "only an authority may add to this chain now: ask it to settle which history holds",
        "key_not_then" => "the key did not count when the log took this: sign with one that does (--as)",
        "weak_key" | "key_twice" => "make a new key with `nguon key new`",
        "newer_format" | "unknown_version" | "unknown_event" => "use a newer version of nguon",
        _ => "correct the record and sign it again",
    }
}
