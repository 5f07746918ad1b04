//! After sending: the log's word for it, as proofs that are checked here.

use std::thread;
use std::time::{Duration, Instant};

use nguon_core::ids::{RootHash, StatementId};
use nguon_core::trust::Roots;
use serde::Serialize;

use crate::command::root::of_home;
use crate::error::Error;
use crate::lang::{Words, fill};
use crate::log;
use crate::net::{ReceiptAnswer, Server};
use crate::receipt::{Receipt, check};
use crate::report::remark;
use crate::session::Session;

/// How long between two questions.
const PAUSE: Duration = Duration::from_millis(250);

/// What of the records sent is in the log.
#[derive(Debug, Serialize)]
pub struct Logged {
    /// Records with a proof that holds.
    records: Vec<Entry>,
    /// How many are accepted, and in no published checkpoint yet.
    pending: usize,
}

#[derive(Debug, Serialize)]
struct Entry {
    statement_id: StatementId,
    index: u64,
    log_time: u64,
    checkpoint_size: u64,
    checkpoint_root: RootHash,
}

impl Logged {
    /// In words.
    pub fn tell(&self, words: &Words) -> String {
        let last = self.records.iter().max_by_key(|entry| entry.index);
        let size = self.records.iter().map(|entry| entry.checkpoint_size).max().unwrap_or_default();
        let mut lines: Vec<String> = Vec::new();
        if let Some(last) = last {
            let (index, size) = (last.index.to_string(), size.to_string());
            lines.push(fill(words.in_log, &[("index", &index), ("size", &size)]));
        }
        if self.pending > 0 {
            lines.push(fill(words.not_in_log_yet, &[("n", &self.pending.to_string())]));
        }
        lines.join("\n")
    }
}

/// Waits for proofs of all that was sent, and takes the newest checkpoint as the anchor of what is signed next. `None`
/// where there is no log, or nothing was sent.
pub fn wait(session: &Session, server: &Server, sent: &[StatementId], seconds: u64) -> Result<Option<Logged>, Error> {
    let roots = of_home(&session.home)?;
    let Some(last) = sent.last().filter(|_| roots.newest().payload().log.is_some()) else { return Ok(None) };
    let end = Instant::now() + Duration::from_secs(seconds);
    // Records are logged in the order they were accepted, so that the last one stands for all.
    while ask(server, last, &roots)?.is_none() && Instant::now() < end {
        thread::sleep(PAUSE);
    }
    let mut logged = Logged { records: Vec::new(), pending: 0 };
    for statement in sent {
        // Once one is missing, so are all after it.
        let receipt = if logged.pending == 0 { ask(server, statement, &roots)? } else { None };
        match receipt {
            Some(Receipt { index, log_time, checkpoint }) => logged.records.push(Entry {
                statement_id: *statement,
                index,
                log_time: log_time.get(),
                checkpoint_size: checkpoint.size,
                checkpoint_root: checkpoint.root,
            }),
            None => logged.pending += 1,
        }
    }
    log::follow(&session.home, server)?;
    Ok(Some(logged))
}

/// A proof that holds. One that does not is told, and counts as none.
fn ask(server: &Server, statement: &StatementId, roots: &Roots) -> Result<Option<Receipt>, Error> {
    let ReceiptAnswer::Proof(view) = server.receipt(statement)? else { return Ok(None) };
    match check(&view, statement, roots) {
        Ok(receipt) => Ok(Some(receipt)),
        Err(error) => {
            remark(format_args!("Note: {error}."));
            Ok(None)
        }
    }
}
