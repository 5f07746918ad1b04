//! What an audit says of a log that breaks its rules.

use nguon_witness::{Audit, Error};
use serde_json::json;

use crate::report::Report;

/// Exit code.
const FAULT: u8 = 1;

/// Whether the audit has a result: a log, or what shows it, at fault.
pub fn is_one(error: &Error) -> bool {
    error.index().is_some() || matches!(error, Error::Shrunk { .. })
}

/// The first fault, and what it means.
pub fn report(audit: &Audit, error: &Error) -> Report {
    let sound = audit.replay().size();
    let what = if error.is_the_logs() {
        "The log is at fault: its own signature stands over this. Keep what you have, and tell the authority and the \
         other auditors; no honest auditor cosigns it."
    } else {
        "This may be the log's fault, or that of the files, the server or the clock between it and you: try again, from \
         another place if there is one."
    };
    let text = format!(
        "NOT SOUND. First fault: {error}\n  code  {}\n  {sound} leaves before it keep the rules.\nNext: {what}",
        error.code()
    );
    let fault = json!({
        "index": error.index(), "code": error.code(), "message": error.to_string(), "of_the_log": error.is_the_logs(),
    });
    Report::new(text, json!({ "sound": false, "leaves_sound": sound, "fault": fault })).exit(FAULT)
}
