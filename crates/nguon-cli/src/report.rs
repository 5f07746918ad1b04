//! What a command has to say: words for people, an object for machines, and an exit code.

use std::io::{self, Write as _};

use serde_json::Value;

/// The end of a command that was done.
#[derive(Debug)]
pub struct Report {
    /// For people: short sentences, the next step last.
    pub text: String,
    /// For machines.
    pub json: Value,
    /// Exit code.
    pub exit: u8,
}

impl Report {
    /// Done.
    pub fn new(text: impl Into<String>, json: Value) -> Self {
        Self { text: text.into(), json, exit: 0 }
    }

    /// Done, and all has been said on the way.
    pub fn streamed() -> Self {
        Self { text: String::new(), json: Value::Null, exit: 0 }
    }

    /// The same with an exit code.
    #[must_use]
    pub fn exit(self, exit: u8) -> Self {
        Self { exit, ..self }
    }

    /// Prints it.
    pub fn print(&self, json: bool) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if json {
            if !self.json.is_null() {
                writeln!(out, "{:#}", self.json)?;
            }
        } else if !self.text.is_empty() {
            writeln!(out, "{}", self.text.trim_end_matches('\n'))?;
        }
        out.flush()
    }
}

/// A remark on the way, which is no part of the answer.
pub fn remark(text: impl std::fmt::Display) {
    let _ = writeln!(io::stderr(), "{text}");
}
