//! What was checked, as drafts; and what is told once they are kept.

use nguon_core::event::{Event, Input};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::record::Record;
use nguon_core::state::is_correctable;
use nguon_draft::{Applied, Correction, Counted, Draft, Harvest, Into, NewBatch, Plain, Receipt, Share};

use super::facts::Facts;
use super::field::{Fault, Faults, Field};
use super::known::Shelf;
use super::meeting::Meeting;
use super::screens::saved::{Saved, Slip};
use super::sheet::Sheet;
use super::{Task, amount, correct, harvest, say, spray, transfer};
use crate::lang::Lang;
use crate::messages::fill;
use crate::messages::tasks::words;

/// What the produce of a plot is called in the trade.
const LYCHEE: &str = "vải thiều";

/// The field log.
///
/// # Errors
/// What stands wrong.
pub fn applied(sheet: &Sheet, facts: &Facts) -> Result<Draft, Faults> {
    let spray = spray::check(sheet, facts)?;
    Ok(Draft::Applied(Applied {
        plot: spray.plot,
        kind: spray.kind,
        product: spray.product,
        ingredients: spray.ingredients,
        lot: spray.lot,
        dose: spray.dose,
        water_ml: spray.water_ml,
        area_m2: spray.area,
        phi_days: spray.phi,
        at: spray.at,
        operator: None,
        note: spray.notes,
        photos: Vec::new(),
    }))
}

/// A harvest of one's own: into today's batch or a new one.
///
/// # Errors
/// What stands wrong.
pub fn harvested(sheet: &Sheet, facts: &Facts) -> Result<Draft, Faults> {
    picked(sheet, facts).map(Draft::Harvested)
}

/// A household's fruit at the weighing station: a batch of its own.
///
/// # Errors
/// What stands wrong.
pub fn weighed_in(sheet: &Sheet, facts: &Facts) -> Result<Draft, Faults> {
    let picked = picked(sheet, facts)?;
    let mine = facts
        .plot(&picked.shares.first().map_or(facts.me, |share| share.plot))
        .is_some_and(|plot| plot.household == facts.me);
    let into = if mine { picked.into } else { Into::New(batch_of(sheet, facts)?) };
    Ok(Draft::WeighedIn(Harvest { into, ..picked }))
}

fn picked(sheet: &Sheet, facts: &Facts) -> Result<Harvest, Faults> {
    let found = harvest::check(sheet, facts)?;
    let into = match found.into {
        Some(batch) => Into::Existing(batch),
        None => Into::New(batch_of(sheet, facts)?),
    };
    let shares = vec![Share { plot: found.plot, season: Some(found.season), crates: found.crates }];
    let counted = Counted::EachWeighed;
    Ok(Harvest { shares, into, counted, at: found.at, operator: None, parcel: None, photos: Vec::new() })
}

fn batch_of(sheet: &Sheet, facts: &Facts) -> Result<NewBatch, Faults> {
    let wrong = || vec![(Field::Plot, Fault::NotChosen)];
    let variety = sheet.plot.and_then(|plot| facts.plot(&plot)).and_then(|plot| plot.variety.parse().ok());
    let product = LYCHEE.parse().map_err(|_| wrong())?;
    Ok(NewBatch { variety, ..NewBatch::of(product) })
}

/// What another gave.
///
/// # Errors
/// What stands wrong; above all more than was given.
pub fn received(sheet: &Sheet, meeting: &Meeting) -> Result<Draft, Faults> {
    let weights = sheet.weights().map_err(|fault| vec![(Field::Weight, fault)])?;
    let inputs = transfer::share_out(&meeting.given, weights.iter().sum());
    let inputs: Vec<Input> = inputs.ok_or_else(|| vec![(Field::Weight, Fault::TooMuch)])?;
    let offer = meeting.offer.as_ref().ok_or_else(|| vec![(Field::Code, Fault::NotAnOffer)])?;
    Ok(Draft::Received(Receipt {
        into: Into::Existing(offer.batch),
        inputs,
        place: None,
        measured_mc: None,
        document: None,
        at: None,
        parcel: meeting.parcel.clone(),
        photos: Vec::new(),
    }))
}

/// A correction; of a harvest, both halves: what left the plot and what came into the batch. What is lowered is lowered in
/// the batch first, what is raised on the plot first, so that no batch holds more than its plot gave.
#[must_use]
pub fn corrected(
    sheet: &Sheet,
    chain: ChainId,
    sequence: u64,
    was: &Event,
    now: &Event,
    shelf: Option<Shelf<'_>>,
) -> Vec<Draft> {
    let own = correction(sheet, chain, sequence, now.clone());
    let half = shelf.and_then(|shelf| other_half(shelf, chain, was));
    let (Some((other, place, mut event)), correct::Kind::Weight(before), correct::Kind::Weight(after)) =
        (half, correct::kind(was), correct::kind(now))
    else {
        return vec![own];
    };
    if let Ok(grams) = nguon_core::values::Grams::new(after) {
        correct::set_grams(&mut event, grams);
    }
    let second = correction(sheet, other, place, event);
    let of_plot = matches!(was, Event::HarvestDrawn(_));
    if (after < before) == of_plot { vec![second, own] } else { vec![own, second] }
}

fn correction(sheet: &Sheet, chain: ChainId, sequence: u64, event: Event) -> Draft {
    let reason = match sheet.text(Field::Reason) {
        "typing" => nguon_core::event::CorrectionReason::Typing,
        "weighing" => nguon_core::event::CorrectionReason::Weighing,
        "selection" => nguon_core::event::CorrectionReason::Selection,
        _ => nguon_core::event::CorrectionReason::Other,
    };
    let note = Some(sheet.text(Field::Notes)).filter(|_| matches!(event, Event::InputApplied(_)));
    Draft::Corrected(Correction { chain, sequence, reason, event: bare(event).with("notes", note), details: None })
}

/// The event without digests of words that are not here: they are sealed anew, or left to the original.
fn bare(mut event: Event) -> Plain {
    match &mut event {
        Event::InputApplied(event) => (event.operator, event.notes) = (None, None),
        Event::HarvestDrawn(event) => event.operator = None,
        Event::Lost(event) => event.details = None,
        Event::Disposed(event) => event.details = None,
        _ => {}
    }
    Plain::new(event)
}

/// The record on the other chain that says the same weight: of a harvest's draw its input, of its input the draw.
fn other_half(shelf: Shelf<'_>, chain: ChainId, was: &Event) -> Option<(ChainId, u64, Event)> {
    let (other, grams) = match was {
        Event::HarvestDrawn(event) => (event.to, event.grams),
        Event::Harvested(event) => event.inputs.first().map(|input| (input.from, input.grams))?,
        _ => return None,
    };
    let state = shelf.book.chain(&other)?;
    (0..=state.sequence).rev().find_map(|sequence| {
        let event = shelf.event(&state, sequence)?;
        let same = match (&event, was) {
            (Event::HarvestDrawn(event), Event::Harvested(_)) => event.to == chain && event.grams == grams,
            (Event::Harvested(event), Event::HarvestDrawn(_)) => {
                matches!(&event.inputs[..], [only] if only.from == chain && only.grams == grams)
            }
            _ => false,
        };
        same.then_some((other, sequence, event))
    })
}

/// The record of a group that a slip of the finger is corrected in: the first that can be, on a plot if there is one.
#[must_use]
pub fn correctable(records: &[Record], me: ChainId) -> Option<(ChainId, u64)> {
    let own =
        |record: &&Record| record.acting() == nguon_core::record::Signer::Actor(me) || record.on_behalf_of.is_some();
    let known = |record: &&Record| {
        is_correctable(record.event.name()) && correct::kind(&record.event) != correct::Kind::Nothing
    };
    let found = records.iter().filter(own).find(known)?;
    Some((found.chain?, found.sequence))
}

/// What is told once it is kept.
#[must_use]
pub fn told(lang: Lang, task: &Task, sheet: &Sheet, facts: &Facts, meeting: &Meeting) -> Saved {
    let m = words(lang);
    let plot = sheet.plot.and_then(|plot| facts.plot(&plot));
    let mut told: Vec<(&'static str, String)> = Vec::new();
    let kg = |field| say::kg(lang, amount::thousandths(sheet.text(field)).unwrap_or(0));
    match task {
        Task::Log(_) => {
            told.extend(plot.map(|plot| (m.slip_plot(), plot.name.clone())));
            told.push((m.product_label(), sheet.text(Field::Product).to_owned()));
            let day = spray::earliest(sheet, facts).and_then(|found| found.other.or(found.this));
            told.extend(day.map(|day| (m.earliest_short(), say::day(lang, day))));
        }
        Task::Harvest(_) => {
            told.extend(plot.map(|plot| (m.slip_plot(), plot.name.clone())));
            told.push((m.total(), say::kg(lang, sheet.total())));
            let crates = sheet.weights().map_or(0, |all| all.len());
            told.push((m.harvest_crates(), fill(m.crates(), &[("n", &crates.to_string())])));
        }
        Task::WeighIn if meeting.parcel.is_none() => {
            told.extend(plot.map(|plot| (m.slip_farmer(), plot.farmer.clone())));
            told.extend(plot.map(|plot| (m.slip_plot(), plot.name.clone())));
        }
        Task::Gone => told.push((m.gone_label(), kg(Field::Gone))),
        Task::Cool => told.push((m.degrees_label(), sheet.text(Field::Degrees).to_owned())),
        _ => {}
    }
    let slip = matches!(task, Task::WeighIn).then(|| Slip {
        net: sheet.total(),
        crates: sheet.weights().unwrap_or_default(),
        at: facts.now,
    });
    Saved { facts: told, slip, next: matches!(task, Task::WeighIn) }
}

#[cfg(test)]
mod tests;
