//! Beside what was written, what counts: corrections of a record, and the way by which a recall reaches the batch.

use nguon_core::ids::ChainId;
use nguon_core::record::Record;
use nguon_core::verify::{History, Subject};

use super::Told;
use crate::command::corrections::{Standing, corrected, differences, in_words};
use crate::error::short;
use crate::lang::fill;

/// What corrections say of a record: the one that counts, and those that wait.
pub fn lines(told: &Told<'_>, history: &History, chain: &ChainId, record: &Record) -> Vec<String> {
    let words = told.session.lang.words();
    let Some(chain) = history.chain(chain) else { return Vec::new() };
    let standing = Standing::of(chain.state(), record.sequence);
    let said = |sequence: u64| {
        let place = chain.state().place_of(sequence)?;
        let correction = chain.records().get(place)?.record();
        let differences = differences(&record.event, corrected(&correction.event)?);
        Some((sequence.to_string(), in_words(&differences, told.session.lang)))
    };
    let line = |message: &str, sequence: u64| {
        let (n, value) = said(sequence)?;
        Some(format!("{:>20}{}", "", fill(message, &[("n", &n), ("value", &value)])))
    };
    let counting = standing.corrected_by.and_then(|sequence| line(words.corrected_value, sequence));
    let waiting = standing.waiting.iter().filter_map(|sequence| line(words.correction_waits, *sequence));
    counting.into_iter().chain(waiting).collect()
}

/// How the recall that decides reaches this batch, if it stands on something it came from.
pub fn recall_path(told: &Told<'_>) -> Option<String> {
    let verdict = &told.verification.verdict;
    let finding = verdict.findings.iter().find(|finding| matches!(finding.subject, Subject::Recall(_)))?;
    if finding.path.len() < 2 {
        return None;
    }
    let names = told.session.home.names().ok();
    let name = |chain: &ChainId| {
        let state = told.verification.history.as_ref().and_then(|history| history.chain(chain)).map(|one| one.state());
        let label = state.and_then(|state| state.batch()?.label.as_ref().map(|label| label.lot.to_string()));
        let code = state.and_then(|state| state.place()?.code.as_ref().map(|(_, code)| code.to_string()));
        let local = names.as_ref().and_then(|names| names.of(chain).map(ToOwned::to_owned));
        local.or(label).or(code).unwrap_or_else(|| short(chain))
    };
    let path: Vec<String> = finding.path.iter().map(name).collect();
    Some(format!("  {}", fill(told.session.lang.words().recall_path, &[("path", &path.join(" → "))])))
}
