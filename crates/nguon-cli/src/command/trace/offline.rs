//! A trace in what a bundle proves: verdict first.

use std::path::Path;

use nguon_core::trace::{of_history, walk};
use serde_json::json;

use super::{Args, Known, Shown};
use crate::command::verify;
use crate::error::Error;
use crate::report::{Report, remark};
use crate::session::Session;

pub fn run(session: &Session, args: &Args, file: &Path) -> Result<Report, Error> {
    let judged = verify::judge_file(session, file)?;
    let words = session.lang.words();
    if session.json {
        println_json(&json!({ "verdict": judged.view }))?;
    } else if args.csv.is_some() {
        remark(&judged.sentence);
    }
    let Some(history) = &judged.verification.history else {
        let report = if session.json { Report::streamed() } else { Report::new(judged.sentence, json!({})) };
        return Ok(report.exit(judged.exit));
    };
    let direction = args.direction();
    let mut shown = Shown::new(session, args, Known::of(session));
    let mut lines = Vec::new();
    let walked =
        walk(&mut of_history(history), vec![history.batch()], direction, args.most, &mut |line| lines.push(line));
    let Ok(_) = walked;
    for line in lines {
        shown.take(line)?;
    }
    if direction.is_forward() && !session.json {
        remark(words.trace_bundle_forward);
    }
    let report = shown.end(direction)?;
    let text = if report.text.is_empty() { report.text } else { format!("{}\n\n{}", judged.sentence, report.text) };
    Ok(Report { text, ..report }.exit(judged.exit))
}

fn println_json(value: &serde_json::Value) -> Result<(), Error> {
    use std::io::Write as _;
    writeln!(std::io::stdout(), "{value}").map_err(Error::system)
}
