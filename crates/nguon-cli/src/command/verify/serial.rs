//! The one box whose label has a serial: whether that was issued. No verdict depends on it.

use nguon_core::serial::{Answer, Why, check, issued};
use nguon_core::verify::{OutcomeKind, Verification};
use nguon_gs1::{Serial, TypedCode};
use serde_json::{Value, json};

use crate::lang::{Words, fill};
use crate::net::Server;
use crate::report::remark;

/// What was asked, and what a server's proof shows.
#[derive(Debug)]
pub struct Asked {
    serial: Serial,
    answer: Answer,
}

/// Asks a server for a proof; `None` if the label has no serial, the history holds no answer, or nobody can be asked.
pub fn ask(label: Option<&TypedCode>, server: Option<&Server>, found: &Verification) -> Option<Asked> {
    use OutcomeKind::{OverAllocated, Recalled, Stale, Suspect, Unlogged, Valid};
    let serial = label?.code().serial()?.clone();
    let history = found.history.as_ref()?;
    // Of a history that is broken, or another batch's, nothing is concluded.
    if !matches!(found.verdict.outcome.kind(), Valid | Unlogged | Stale | Recalled | Suspect | OverAllocated) {
        return None;
    }
    let (batch, issued) = (history.batch(), issued(history));
    let answer = match server?.serial_proof(&batch, &serial) {
        Ok(proof) => check(&batch, &issued, &serial, &proof),
        Err(error) => {
            remark(format_args!("Note: {error}."));
            Answer::NotProven(if issued.is_empty() { Why::NoLabels } else { Why::NoList })
        }
    };
    Some(Asked { serial, answer })
}

impl Asked {
    /// In words.
    pub fn tell(&self, words: &Words) -> String {
        let message = match self.answer {
            Answer::Issued => words.serial_issued,
            Answer::NeverIssued => words.serial_never_issued,
            Answer::NotProven(_) => words.serial_not_proven,
        };
        fill(message, &[("serial", self.serial.as_str())])
    }

    /// Whether more is known of this box than of its lot.
    pub const fn is_proven(&self) -> bool {
        matches!(self.answer, Answer::Issued | Answer::NeverIssued)
    }

    /// For machines.
    pub fn view(&self) -> Value {
        let (answer, why) = match self.answer {
            Answer::Issued => ("issued", None),
            Answer::NeverIssued => ("never_issued", None),
            Answer::NotProven(why) => ("not_proven", Some(why)),
        };
        let why = why.map(|why| match why {
            Why::NoLabels => "no_labels",
            Why::NoList => "no_list",
            Why::OtherLabels => "other_labels",
            Why::Newer => "newer",
            _ => "broken",
        });
        json!({ "serial": self.serial.as_str(), "answer": answer, "why": why })
    }
}
