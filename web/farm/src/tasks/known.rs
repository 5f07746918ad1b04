//! Facts taken from the book and the outbox: what the server has, and what waits on this device.

use nguon_core::event::{Dose, Event, InputKind};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::permission::ChainSort;
use nguon_core::record::Record;
use nguon_core::state::{ChainState, PlaceState};
use nguon_draft::{Book, Outbox};

use super::facts::{Batch, Facts, Plot, Season, Used, Wait};
use super::spray::KINDS;
use crate::products::Product;

/// As many products used before are offered.
const MOST_USED: usize = 24;

/// Records by chain and place, wherever they are.
#[derive(Clone, Copy)]
pub struct Shelf<'a> {
    /// What the server has
    pub book: &'a Book,
    /// What waits
    pub outbox: &'a Outbox,
}

impl Shelf<'_> {
    /// A record, whether the server has it or it waits here.
    #[must_use]
    pub fn record(&self, chain: &ChainId, sequence: u64) -> Option<Record> {
        let stored = self.book.stored(chain).and_then(|known| known.records.get(usize::try_from(sequence).ok()?));
        if let Some(signed) = stored {
            return Record::from_payload(signed.payload()).ok();
        }
        let entries = self.outbox.entries().filter(|entry| !matches!(entry.stage, nguon_draft::Stage::Withdrawn));
        let kept = entries.flat_map(|entry| &entry.records).filter(|kept| kept.chain == *chain);
        let decoded = kept.filter_map(|kept| {
            let signed = nguon_core::envelope::SignedRecord::from_bytes(kept.record.0.clone()).ok()?;
            Record::from_payload(signed.payload()).ok()
        });
        // What was signed again last is what will be sent.
        decoded.rev().find(|record| record.sequence == sequence)
    }

    /// What a record says by now: what it was corrected to, where a correction counts.
    #[must_use]
    pub fn event(&self, chain: &ChainState, sequence: u64) -> Option<Event> {
        let said = |sequence| self.record(&chain.id, sequence).map(|record| record.event);
        match chain.correction_of(sequence).and_then(said) {
            Some(Event::Corrected(correction)) => Some((*correction.event).clone()),
            _ => said(sequence),
        }
    }
}

/// Whose device this is, and when.
#[derive(Clone, Copy, Debug)]
pub struct Here {
    /// The actor
    pub me: ChainId,
    /// By the device's clock, Unix seconds
    pub now: u64,
    /// Whether other households' plots are wanted as well: at a weighing station, at the co-op's desk
    pub others: bool,
}

/// All that the task pages need to know.
pub fn facts(shelf: Shelf<'_>, here: Here, list: Vec<Product>, name_of: &dyn Fn(&ChainId) -> String) -> Facts {
    let mut plots: Vec<Plot> = Vec::new();
    let mut batches: Vec<Batch> = Vec::new();
    let mut used: Vec<(u64, Used)> = Vec::new();
    let mut weighed = (0, 0);
    for chain in shelf.book.chains() {
        if let Some(place) = chain.place().filter(|place| place.sort == ChainSort::Plot) {
            let mine = place.custodian() == here.me;
            if mine || here.others {
                plots.extend(plot(shelf, chain, place, here, name_of));
            }
            if mine {
                used.extend(applied(shelf, chain, place));
            }
        }
        let of_today = filled_today(shelf, chain, here);
        weighed = (weighed.0 + usize::from(of_today.is_some()), weighed.1 + of_today.unwrap_or(0));
        batches.extend(batch(shelf, chain, here));
    }
    plots.sort_by(|one, other| (&one.farmer, &one.name).cmp(&(&other.farmer, &other.name)));
    batches.sort_by_key(|batch| batch.opened);
    used.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut newest: Vec<Used> = Vec::new();
    for (_, one) in used {
        if newest.len() < MOST_USED && newest.iter().all(|known| known.product.name != one.product.name) {
            newest.push(one);
        }
    }
    Facts { me: here.me, now: here.now, plots, batches, used: newest, list, weighed }
}

fn plot(
    shelf: Shelf<'_>,
    chain: &ChainState,
    place: &PlaceState,
    here: Here,
    name_of: &dyn Fn(&ChainId) -> String,
) -> Option<Plot> {
    let Event::PlotRegistered(registered) = shelf.record(&chain.id, 0)?.event else { return None };
    let household = place.custodian();
    let has_key = shelf.book.chain(&household).and_then(|chain| chain.actor().map(|actor| actor.has_active_key()));
    Some(Plot {
        id: chain.id,
        name: name_of(&chain.id),
        household,
        farmer: name_of(&household),
        on_behalf: household != here.me && has_key == Some(false),
        variety: registered.variety.to_string(),
        area_m2: registered.area_m2.get(),
        season: season(shelf, chain, place),
        wait: wait(shelf, chain, place, here.now),
        harvests: place.log.harvests().iter().map(|harvest| harvest.at.get()).collect(),
    })
}

fn season(shelf: Shelf<'_>, chain: &ChainState, place: &PlaceState) -> Option<Season> {
    let season = place.seasons.last()?;
    let area = place.area.and_then(|area| shelf.book.chain(&area));
    let left = area.and_then(|area| area.place()?.left_of(&chain.id, place, &season.name));
    Some(Season { name: season.name.clone(), from: season.from.get(), until: season.until.get(), left })
}

fn wait(shelf: Shelf<'_>, chain: &ChainState, place: &PlaceState, now: u64) -> Option<Wait> {
    let with_interval = place.log.applications().iter().filter(|application| application.phi_days > 0);
    let last = with_interval.max_by_key(|application| application.until()).filter(|last| last.until() > now)?;
    let product = match shelf.event(chain, last.sequence) {
        Some(Event::InputApplied(event)) => event.product.to_string(),
        _ => String::new(),
    };
    Some(Wait { until: last.until(), product, applied: last.at.get() })
}

/// Products applied on a plot, each with when.
fn applied(shelf: Shelf<'_>, chain: &ChainState, place: &PlaceState) -> Vec<(u64, Used)> {
    let one = |application: &nguon_core::state::Application| {
        let Event::InputApplied(event) = shelf.event(chain, application.sequence)? else { return None };
        let dose = match event.dose {
            Dose::Microlitres(fine) => (fine.get(), true),
            Dose::Milligrams(fine) => (fine.get(), false),
        };
        let names: Vec<&str> = event.active_ingredients.iter().map(nguon_core::values::Text::as_str).collect();
        let product = Product {
            name: event.product.to_string(),
            active_ingredient: names.join(", "),
            phi_days: event.phi_days.get(),
            registration: None,
        };
        let kind = kind_value(event.kind);
        Some((application.at.get(), Used { product, kind, lot: event.product_lot.map(|lot| lot.to_string()), dose }))
    };
    place.log.applications().iter().filter_map(one).collect()
}

fn kind_value(kind: InputKind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(value, _)| value)
}

fn batch(shelf: Shelf<'_>, chain: &ChainState, here: Here) -> Option<Batch> {
    let state = chain.batch().filter(|batch| batch.owner == here.me)?;
    let left = state.remaining();
    let takes_more = state.draws.is_empty() && state.gone.is_empty() && state.label.is_none();
    // One that is empty and never held anything waits to be filled; one that was emptied is done with.
    if left == 0 && !state.inputs.is_empty() {
        return None;
    }
    let record = shelf.record(&chain.id, 0)?;
    let Event::Opened(opened) = record.event else { return None };
    Some(Batch {
        id: chain.id,
        product: opened.product.to_string(),
        variety: opened.variety.map(|variety| variety.to_string()),
        opened: record.signed_at.get(),
        left,
        takes_more,
    })
}

/// Grams that came into a batch of one's own that was opened today.
fn filled_today(shelf: Shelf<'_>, chain: &ChainState, here: Here) -> Option<u64> {
    let state = chain.batch().filter(|batch| here.others && batch.owner == here.me && !batch.inputs.is_empty())?;
    let opened = shelf.record(&chain.id, 0)?.signed_at.get();
    let day = super::day::Day::of;
    (day(opened) == day(here.now)).then(|| u64::try_from(state.inputs.total()).unwrap_or(0))
}
