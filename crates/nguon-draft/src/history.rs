//! What has been written down, as people want to see it: what each record says by now, and how far it is; what remains of
//! a plot's allotment, and from when on it may be picked.

use std::sync::Arc;

use nguon_core::event::{Event, EventName, InputApplied};
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::judge::Chains as _;
use nguon_core::record::{Record, Signer};
use nguon_core::values::{Code, Text, Time};

use crate::book::Book;
use crate::outbox::{Entry, EntryId, Outbox, Stage};

/// Seconds.
const DAY: u64 = 86_400;

/// A record of a chain, with what has become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its chain
    pub chain: ChainId,
    /// Its place there
    pub sequence: u64,
    /// What it is called
    pub statement: StatementId,
    /// When it happened, by the signer's word
    pub at: Time,
    /// When the log counts it as done, where that is known and another time
    pub counts: Option<Time>,
    /// Who signed
    pub signer: Signer,
    /// For whom
    pub on_behalf_of: Option<ChainId>,
    /// What it said first
    pub said: Event,
    /// What it says by now, if a correction counts: the original stays visible beside it
    pub now: Option<Event>,
    /// Corrections of it, oldest first
    pub corrections: Vec<CorrectionLine>,
    /// How far it is; `None`: the server had it before this device wrote down anything
    pub stage: Option<(EntryId, Stage)>,
}

/// A correction of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionLine {
    /// The `corrected` on the chain
    pub sequence: u64,
    /// What the record should have said
    pub event: Event,
    /// Whether it counts; otherwise it waits for somebody above to approve it
    pub counts: bool,
}

/// All records of a chain, oldest first, with those that wait here.
#[must_use]
pub fn of_chain(book: &Book, outbox: &Outbox, chain: &ChainId) -> Vec<Line> {
    let Some(state) = book.chain(chain) else { return Vec::new() };
    let records = records(book, outbox, chain);
    let counting =
        |sequence: u64| state.corrections().iter().any(|one| one.sequence == sequence && one.counts_from.is_some());
    let corrections_of = |origin: u64| -> Vec<CorrectionLine> {
        let corrections = records.iter().filter_map(|(_, record, _)| match &record.event {
            Event::Corrected(event) if event.sequence == origin => Some(CorrectionLine {
                sequence: record.sequence,
                event: Event::clone(&event.event),
                counts: counting(record.sequence),
            }),
            _ => None,
        });
        corrections.collect()
    };
    let lines = records.iter().map(|(statement, record, stage)| {
        let corrections = corrections_of(record.sequence);
        let newest = state.correction_of(record.sequence);
        let now = corrections.iter().find(|one| Some(one.sequence) == newest).map(|one| one.event.clone());
        let at = record.happened_at();
        let (said, sequence) = (record.event.clone(), record.sequence);
        let counts = counted(&state, sequence).filter(|counts| *counts != at && now.is_none());
        let (signer, on_behalf_of) = (record.signer, record.on_behalf_of);
        let (chain, statement, stage) = (*chain, *statement, stage.clone());
        Line { chain, sequence, statement, at, counts, signer, on_behalf_of, said, now, corrections, stage }
    });
    lines.collect()
}

/// When the log counts an application or a harvest as done.
fn counted(state: &nguon_core::state::ChainState, sequence: u64) -> Option<Time> {
    let log = &state.place()?.log;
    let applied = log.application(sequence).map(|one| one.at);
    applied.or_else(|| log.harvests().iter().find(|one| one.sequence == sequence).map(|one| one.at))
}

type Found = (StatementId, Record, Option<(EntryId, Stage)>);

fn records(book: &Book, outbox: &Outbox, chain: &ChainId) -> Vec<Found> {
    let entry_of = |statement: &StatementId| {
        let has = |entry: &&Entry| entry.records.iter().any(|kept| kept.statement == *statement);
        outbox.entries().find(has).map(|entry| (entry.id, entry.stage.clone()))
    };
    let mut found: Vec<Found> = Vec::new();
    if let Some(stored) = book.stored(chain) {
        let decoded = stored.ids.iter().zip(&stored.records);
        found.extend(
            decoded.filter_map(|(id, signed)| Some((*id, Record::from_payload(signed.payload()).ok()?, entry_of(id)))),
        );
    }
    for entry in outbox.entries().filter(|entry| entry.waits()) {
        let kept = entry.records.iter().zip(entry.decoded()).filter(|(kept, _)| kept.chain == *chain);
        let stage = Some((entry.id, entry.stage.clone()));
        found.extend(kept.map(|(kept, record)| (kept.statement, record, stage.clone())));
    }
    found.sort_by_key(|(_, record, _)| record.sequence);
    found.dedup_by_key(|(statement, ..)| *statement);
    found
}

/// A plot today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plot {
    /// Its chain
    pub chain: ChainId,
    /// Its growing area
    pub area: Option<ChainId>,
    /// Its household
    pub household: ChainId,
    /// Square metres
    pub area_m2: Option<u64>,
    /// The season opened last, with its window
    pub season: Option<(Code, Time, Time)>,
    /// Grams that the area allots it this season; `None` if the area is not known here
    pub allotted: Option<u64>,
    /// Grams harvested this season, with what waits here
    pub harvested: u64,
    /// Grams that may still be harvested
    pub remaining: Option<u64>,
    /// From when on it may be picked; `None` if nothing stands in the way
    pub earliest: Option<Time>,
    /// Whole days until then, a day that has begun counted
    pub days_left: u64,
    /// The product whose interval ends last, and so stands in the way
    pub because_of: Option<Text>,
    /// What was applied, newest first, as each counts by now
    pub applied: Vec<Application>,
    /// Its variety
    pub variety: Option<Text>,
    /// Whether the area's code is suspended
    pub suspended: bool,
    /// Whether a recall stands on it
    pub recalled: bool,
}

/// Something applied on a plot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its record on the plot
    pub sequence: u64,
    /// When it counts as done
    pub at: Time,
    /// From when on its interval is over
    pub until: Time,
    /// What it says by now
    pub event: InputApplied,
}

/// A plot as it is now, with what waits here.
#[must_use]
pub fn plot(book: &Book, outbox: &Outbox, chain: &ChainId, now: Time) -> Option<Plot> {
    let state = book.chain(chain)?;
    let place = state.place().filter(|place| place.area.is_some())?;
    let area = place.area.and_then(|area| book.chain(&area));
    let season = place.seasons.last();
    let of_area = season.and_then(|season| area.as_ref()?.place()?.season(&season.name));
    let allotted = of_area.map(|of| grams(of.allotted.with(chain, |_| true)));
    let harvested = season.map_or(0, |season| grams(season.harvested.total()));
    let earliest = Time::new(place.log.earliest_harvest()).ok().filter(|earliest| *earliest > now);
    let applied = applied(&state, &of_chain(book, outbox, chain));
    let mut last = applied.iter().filter(|one| earliest == Some(one.until)).map(|one| one.event.product.clone());
    let variety = records(book, outbox, chain).into_iter().find_map(|(_, record, _)| match record.event {
        Event::PlotRegistered(event) => Some(event.variety),
        _ => None,
    });
    Some(Plot {
        chain: *chain,
        because_of: last.next(),
        applied,
        variety,
        area: place.area,
        household: place.custodian(),
        area_m2: place.area_m2.map(nguon_core::values::SquareMetres::get),
        season: season.map(|season| (season.name.clone(), season.from, season.until)),
        allotted,
        harvested,
        remaining: allotted.map(|allotted| allotted.saturating_sub(harvested)),
        earliest,
        days_left: earliest.map_or(0, |earliest| (earliest.get() - now.get()).div_ceil(DAY)),
        suspended: area.as_ref().and_then(|area| area.place()).is_some_and(|area| area.is_suspended(|_| true)),
        recalled: state.is_recalled() || area.is_some_and(|area| area.is_recalled()),
    })
}

fn applied(state: &nguon_core::state::ChainState, lines: &[Line]) -> Vec<Application> {
    let counting = |line: &Line| {
        let known = state.place()?.log.application(line.sequence)?;
        let event = line.now.as_ref().unwrap_or(&line.said);
        let Event::InputApplied(event) = event else { return None };
        let until = Time::new(known.until()).unwrap_or(known.at);
        Some(Application { sequence: line.sequence, at: known.at, until, event: event.clone() })
    };
    let mut found: Vec<Application> = lines.iter().filter_map(counting).collect();
    found.sort_by_key(|one| std::cmp::Reverse((one.at, one.sequence)));
    found
}

/// The plots of a household, as far as they are known here.
#[must_use]
pub fn plots_of(book: &Book, outbox: &Outbox, household: &ChainId, now: Time) -> Vec<Plot> {
    let mine = book.chains().filter(|chain| {
        chain.custodian() == Some(*household) && chain.place().is_some_and(|place| place.area.is_some())
    });
    let mut ids: Vec<ChainId> = mine.map(|chain| chain.id).collect();
    ids.sort_unstable();
    ids.iter().filter_map(|id| plot(book, outbox, id, now)).collect()
}

/// A batch today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its chain
    pub chain: ChainId,
    /// Whose
    pub owner: ChainId,
    /// What the produce is
    pub product: Option<Text>,
    /// Its variety
    pub variety: Option<Text>,
    /// When it was opened, by its owner's clock
    pub opened_at: Option<Time>,
    /// Its label
    pub label: Option<nguon_core::values::Label>,
    /// Grams that came in
    pub came_in: u64,
    /// Grams left
    pub remaining: u64,
    /// Whether grams were given on: it takes nothing in any more
    pub closed: bool,
    /// Whether the server has its first record
    pub stored: bool,
}

/// The batches of an owner, as far as they are known here.
#[must_use]
pub fn batches_of(book: &Book, outbox: &Outbox, owner: &ChainId) -> Vec<Batch> {
    let mine = book.chains().filter(|chain| chain.batch().is_some_and(|batch| batch.owner == *owner));
    let mut found: Vec<Batch> = mine.filter_map(|chain| batch(book, outbox, &chain.id)).collect();
    found.sort_by_key(|batch| batch.chain);
    found
}

/// A batch as it is now, with what waits here.
#[must_use]
pub fn batch(book: &Book, outbox: &Outbox, chain: &ChainId) -> Option<Batch> {
    let state = book.chain(chain)?;
    let batch = state.batch()?;
    let first = records(book, outbox, chain).into_iter().next().map(|(_, record, _)| record);
    let opened_at = first.as_ref().map(|record| record.signed_at);
    let (product, variety) = match first.map(|record| record.event) {
        Some(Event::Opened(event)) => (Some(event.product), event.variety),
        _ => (None, None),
    };
    Some(Batch {
        chain: *chain,
        owner: batch.owner,
        product,
        variety,
        opened_at,
        label: batch.label.clone(),
        came_in: grams(batch.inputs.total()),
        remaining: batch.remaining(),
        closed: !batch.draws.is_empty(),
        stored: book.logged(chain).is_some(),
    })
}

/// What was applied on a household's plots before, newest first and each product once: to be chosen again.
#[must_use]
pub fn products_used(book: &Book, outbox: &Outbox, household: &ChainId) -> Vec<InputApplied> {
    let mut used: Vec<(Time, InputApplied)> = Vec::new();
    let plots: Vec<Arc<_>> = book.chains().filter(|chain| chain.custodian() == Some(*household)).cloned().collect();
    for plot in plots.iter().filter(|plot| plot.steps.iter().any(|step| step.event == EventName::InputApplied)) {
        for (_, record, _) in records(book, outbox, &plot.id) {
            let at = record.happened_at();
            if let Event::InputApplied(event) = record.event {
                used.push((at, event));
            }
        }
    }
    used.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut named: Vec<InputApplied> = Vec::new();
    for (_, event) in used {
        if !named.iter().any(|known| known.product == event.product) {
            named.push(event);
        }
    }
    named
}

fn grams(sum: i64) -> u64 {
    u64::try_from(sum).unwrap_or(0)
}
