//! A verification for people: the result first, then what it is, its journey, and what else is to be known.

use std::collections::BTreeMap;

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::record::Signer;
use nguon_core::verify::{At, Finding, History, Note, Outcome, OutcomeKind, Subject, VerifiedRecord};

use super::Told;
use super::corrected;
use super::serial::Asked;
use super::words::{cause, event_word, explained, incomplete, recall, role};
use crate::command::root::deployment_id;
use crate::error::short;
use crate::lang::{Words, fill};
use crate::moment;
use crate::quantity::{kilograms_and_grams, kilograms_grouped};

/// The whole answer.
pub fn tell(told: &Told<'_>) -> String {
    let words = told.session.lang.words();
    let outcome = &told.verification.verdict.outcome;
    let mut lines = vec![format!("{} {}", mark(outcome.kind()), sentence(told))];
    lines.extend(corrected::recall_path(told));
    let next = next_step(told);
    if !next.is_empty() {
        lines.push(format!("  {next}"));
    }
    lines.extend(told.serial.as_ref().map(|asked| asked.tell(words)));
    if let Some(history) = &told.verification.history {
        lines.extend(product(told, history));
        lines.extend(journey(told, history));
    }
    lines.extend(faults(told));
    lines.extend(notes(told));
    lines.push(String::new());
    if let Some(history) = &told.verification.history
        && !matches!(outcome, Outcome::Invalid { .. } | Outcome::UntrustedKey { .. } | Outcome::NeedsNewerApp)
    {
        let (n, m) = history.signature_count();
        lines.push(fill(words.checked, &[("n", &n.to_string()), ("m", &m.to_string())]));
    }
    lines.extend(checkpoint(told));
    lines.push(format!("{}: {} ({})", words.root, told.trust.payload().name, &deployment_id(told.trust)[..16]));
    lines.push(format!("{}: {}", words.file, told.from));
    lines.join("\n")
}

/// The verdict in one sentence.
pub fn sentence(told: &Told<'_>) -> String {
    let words = told.session.lang.words();
    let verdict = &told.verification.verdict;
    let at = |at: &Option<At>| at.map_or_else(|| "?".into(), |at| step(told, at));
    match &verdict.outcome {
        Outcome::Valid => {
            let (n, m) = told.verification.history.as_ref().map_or((0, 0), History::signature_count);
            fill(words.valid, &[("n", &n.to_string()), ("m", &m.to_string())])
        }
        Outcome::Stale => match verdict.as_of {
            Some(time) => {
                let behind = verdict.findings.iter().any(|finding| finding.subject == Subject::Note(Note::Behind));
                let sentence = if behind { words.stale_behind } else { words.stale };
                fill(sentence, &[("time", &moment::show(time, told.session.offset))])
            }
            None => words.stale_root.into(),
        },
        Outcome::Recalled { reason, .. } => fill(words.recalled, &[("reason", recall(words, *reason))]),
        Outcome::Incomplete => {
            // Findings come worst first, so that the first one is what the verdict rests on.
            incomplete(words, verdict.findings.first().map_or("", Finding::code)).into()
        }
        Outcome::Forked => words.forked.into(),
        Outcome::Invalid { code: "wrong_label", .. } => words.wrong_label.into(),
        Outcome::Invalid { code, at: Some(place) } => {
            fill(words.invalid, &[("step", &step(told, *place)), ("cause", cause(words, code))])
        }
        Outcome::Invalid { code, at: None } => fill(words.invalid_whole, &[("cause", cause(words, code))]),
        Outcome::UntrustedKey { at: place } => fill(words.untrusted_key, &[("step", &at(place))]),
        Outcome::Suspect { at: place } => fill(words.suspect, &[("step", &at(place))]),
        Outcome::OverAllocated { .. } => words.over_allocated.into(),
        Outcome::NeedsNewerApp => words.needs_newer_app.into(),
        // An outcome of a later library is not one to call good.
        _ => words.unlogged.into(),
    }
}

/// A sign that says the same without colour.
pub const fn mark(outcome: OutcomeKind) -> char {
    match outcome {
        OutcomeKind::Valid => '✓',
        OutcomeKind::Unlogged | OutcomeKind::Incomplete | OutcomeKind::NeedsNewerApp => '–',
        OutcomeKind::Stale | OutcomeKind::Suspect | OutcomeKind::OverAllocated => '!',
        OutcomeKind::Invalid | OutcomeKind::Forked | OutcomeKind::UntrustedKey | OutcomeKind::Recalled => '✗',
    }
}

fn next_step(told: &Told<'_>) -> &'static str {
    let words = told.session.lang.words();
    match told.verification.verdict.outcome.kind() {
        OutcomeKind::Valid => words.next_nothing,
        OutcomeKind::NeedsNewerApp => words.next_update,
        OutcomeKind::Incomplete | OutcomeKind::Stale => words.next_again,
        OutcomeKind::Unlogged | OutcomeKind::Suspect | OutcomeKind::Recalled => words.next_seller,
        OutcomeKind::Invalid | OutcomeKind::Forked | OutcomeKind::UntrustedKey | OutcomeKind::OverAllocated => {
            words.next_report
        }
    }
}

fn product(told: &Told<'_>, history: &History) -> Vec<String> {
    let words = told.session.lang.words();
    let Some(chain) = history.chain(&history.batch()) else { return Vec::new() };
    let mut lines = vec![String::new()];
    if let Some(Event::Opened(opened)) = chain.records().first().map(|first| &first.record().event) {
        let variety = opened.variety.as_ref().map(|variety| format!(", {variety}")).unwrap_or_default();
        lines.push(format!("{}: {}{variety}", words.product, opened.product));
        if let Some(label) = &opened.label {
            lines.push(format!("{}: (01){} (10){}", words.lot, label.gtin, label.lot));
        }
    }
    let grams = chain.state().batch().map_or(0, |batch| u64::try_from(batch.inputs.total()).unwrap_or(0));
    lines.push(format!("{}: {}", words.weight, kilograms_grouped(grams, told.session.lang)));
    lines
}

/// The batches' records, and on their plots what was applied and picked, by time.
fn journey(told: &Told<'_>, history: &History) -> Vec<String> {
    let words = told.session.lang.words();
    let on_way = |record: &&VerifiedRecord| {
        !matches!(
            record.record().event,
            Event::Enrolled(_)
                | Event::KeyAdded(_)
                | Event::KeyRevoked(_)
                | Event::PlaceRegistered(_)
                | Event::PlotRegistered(_)
                | Event::SeasonOpened(_)
                | Event::PlotsAllotted(_)
        )
    };
    let mut steps: Vec<(&VerifiedRecord, ChainId)> = history
        .chains()
        .flat_map(|chain| chain.records().iter().filter(on_way).map(move |record| (record, chain.id())))
        .collect();
    let depths = depths(history);
    // What comes from something stands after it, also where a clock of whole seconds shows no difference.
    steps.sort_by_key(|(record, chain)| {
        let body = record.record();
        (body.happened_at(), depths.get(chain).copied(), *chain, body.sequence)
    });
    if steps.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), format!("{}:", words.journey)];
    for (record, chain) in steps {
        let body = record.record();
        let time = moment::show(body.happened_at(), told.session.offset);
        let taken: u64 = body.event.inputs().iter().map(|input| input.grams.get()).sum();
        let mut line =
            format!("  {time}  {:<22} {}", event_word(words, body.event.name()), who(words, history, record));
        if taken > 0 {
            line.push_str(&format!(", {} {}", kilograms_grouped(taken, told.session.lang), words.taken));
        }
        if let Event::Drawn(_) | Event::HarvestDrawn(_) = body.event {
            let grams = match &body.event {
                Event::Drawn(event) => event.grams.get(),
                Event::HarvestDrawn(event) => event.grams.get(),
                _ => 0,
            };
            line.push_str(&format!(", {} {}", kilograms_grouped(grams, told.session.lang), words.given));
        }
        line.push_str(&format!("  [{}/{}]", short(&chain), body.sequence));
        lines.push(line);
        lines.extend(corrected::lines(told, history, &chain, body));
    }
    lines
}

/// How many steps each chain is away from the plots.
fn depths(history: &History) -> BTreeMap<ChainId, usize> {
    let mut depths: BTreeMap<ChainId, usize> = history.chains().map(|chain| (chain.id(), 0)).collect();
    // A history that runs in a circle is told as well, so the rounds are counted.
    for _ in 0..depths.len() {
        let before = depths.clone();
        for chain in history.chains() {
            let inputs = chain.state().batch().map(|batch| batch.inputs.entries()).unwrap_or_default();
            let deepest = inputs.iter().filter_map(|input| before.get(&input.other)).max();
            if let Some(deepest) = deepest {
                depths.insert(chain.id(), deepest + 1);
            }
        }
        if depths == before {
            break;
        }
    }
    depths
}

fn who(words: &Words, history: &History, record: &VerifiedRecord) -> String {
    let named = |actor: &ChainId| {
        let role = history.chain(actor).and_then(|chain| chain.state().actor().map(|actor| role(words, actor.role)));
        let opened = history.name_of(actor);
        format!("{} ({})", opened.text().unwrap_or(words.withheld), role.unwrap_or("?"))
    };
    match (record.record().signer, &record.record().on_behalf_of) {
        (_, Some(household)) => fill(words.on_behalf, &[("name", &named(household))]),
        (Signer::Actor(actor), None) => named(&actor),
        (Signer::Authority(_), None) => words.authority.into(),
    }
}

/// Against which state of the log it was verified, and who could be asked.
fn checkpoint(told: &Told<'_>) -> Option<String> {
    let words = told.session.lang.words();
    let (seen, as_of) = told.verification.checkpoint.zip(told.verification.verdict.as_of)?;
    let time = moment::show(as_of, told.session.offset);
    Some(fill(words.checkpoint, &[("size", &seen.size.to_string()), ("time", &time)]))
}

/// Whether what a fault says remains is a mass.
fn is_mass(code: &str) -> bool {
    matches!(code, "over_drawn" | "above_allotment" | "above_ceiling")
}

/// Broken rules beside their codes for machines: the log's in the reader's language, others in the library's own words.
fn faults(told: &Told<'_>) -> Vec<String> {
    let words = told.session.lang.words();
    let mut lines = Vec::new();
    for finding in &told.verification.verdict.findings {
        let Subject::Fault(fault) = &finding.subject else { continue };
        let place = finding.at.map(|at| format!("{}: ", step(told, at))).unwrap_or_default();
        let field = fault.field().map(|field| format!(" ({field})")).unwrap_or_default();
        let mut said = explained(words, fault.code()).map_or_else(|| format!("{fault}{field}"), ToOwned::to_owned);
        if let Some(grams) = fault.remaining().filter(|_| is_mass(fault.code())) {
            said.push_str(&format!(
                "; {}",
                fill(words.remains, &[("n", &kilograms_and_grams(grams, told.session.lang))])
            ));
        }
        lines.push(format!("  {place}{said} [{}]", fault.code()));
    }
    if !lines.is_empty() {
        lines.insert(0, format!("\n{}:", words.findings));
    }
    lines
}

fn notes(told: &Told<'_>) -> Vec<String> {
    let words = told.session.lang.words();
    let (mut on_behalf, mut withheld, mut lines) = (0_usize, 0_usize, Vec::new());
    for finding in &told.verification.verdict.findings {
        let Subject::Note(note) = &finding.subject else { continue };
        match note {
            Note::OnBehalf => on_behalf += 1,
            Note::Withheld(_) => withheld += 1,
            Note::LotOnly if told.serial.as_ref().is_some_and(Asked::is_proven) => {}
            Note::LotOnly => lines.push(words.note_lot_only.to_owned()),
            Note::LabelNotBound => lines.push(words.note_unbound.to_owned()),
            Note::RootExpired => lines.push(words.note_root_expired.to_owned()),
            Note::Old => lines.push(words.note_old.to_owned()),
            Note::Behind => lines.push(words.note_behind.to_owned()),
            Note::ClaimedTime => {
                let step = finding.at.map(|at| step(told, at)).unwrap_or_default();
                lines.push(fill(words.note_claimed_time, &[("step", &step)]));
            }
            Note::LateApplication => {
                let step = finding.at.map(|at| step(told, at)).unwrap_or_default();
                lines.push(fill(words.note_late_application, &[("step", &step)]));
            }
            Note::PartRecalled(reason) => {
                lines.push(fill(words.note_part_recalled, &[("reason", recall(words, *reason))]));
            }
            Note::Corrected => {
                let step = finding.at.map(|at| step(told, at)).unwrap_or_default();
                lines.push(fill(words.note_corrected, &[("step", &step)]));
            }
            other => lines.push(other.code().to_owned()),
        }
    }
    lines.extend(asking(told));
    for (count, message) in [(on_behalf, words.note_on_behalf), (withheld, words.note_withheld)] {
        if count > 0 {
            lines.push(fill(message, &[("n", &count.to_string())]));
        }
    }
    let mut lines: Vec<String> = lines.into_iter().map(|line| format!("  {line}")).collect();
    if !lines.is_empty() {
        lines.insert(0, format!("\n{}:", words.notes));
    }
    lines
}

/// What is to be known about those who were asked, or were not.
fn asking(told: &Told<'_>) -> Vec<String> {
    let words = told.session.lang.words();
    let Some(others) = told.others else { return Vec::new() };
    let (asked, answered) = (others.witnesses.asked, others.witnesses.seen.len());
    let mut lines = Vec::new();
    if !others.online {
        lines.push(words.note_offline.to_owned());
    } else if asked > 0 && answered == 0 {
        lines.push(fill(words.note_no_witness, &[("n", &asked.to_string())]));
    }
    if told.uncompared {
        lines.push(words.note_uncompared.to_owned());
    }
    lines
}

/// A record's place, and what it says happened if it could be read.
fn step(told: &Told<'_>, at: At) -> String {
    let words = told.session.lang.words();
    let place = fill(words.step, &[("n", &at.sequence.to_string()), ("chain", &short(&at.chain))]);
    let chain = told.verification.history.as_ref().and_then(|history| history.chain(&at.chain));
    let record = chain.and_then(|chain| chain.records().get(usize::try_from(at.sequence).ok()?));
    match record {
        Some(record) => format!("{place} ({})", event_word(words, record.record().event.name())),
        None => place,
    }
}
