//! What is to be signed on a plot that used a bad lot.

use std::collections::BTreeSet;

use nguon_core::admit::Statement;
use nguon_core::event::{Event, InputApplied, Role};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::record::{Record, Signer};
use nguon_core::state::{ChainState, Recall};
use nguon_core::values::Time;

use super::ProductLot;
use crate::command::corrections::corrected;
use crate::command::show::records;
use crate::desk::Desk;
use crate::error::Error;
use crate::session::Session;

/// The most batches that one recall names.
const MOST_NAMED: usize = 200;

/// One plot.
#[derive(Debug)]
pub struct Case {
    /// Its chain.
    pub plot: ChainId,
    /// Whose it is.
    pub custodian: ChainId,
    /// When the product was applied, oldest first.
    pub applied: Vec<Time>,
    /// What was picked since.
    pub picked: Vec<Pick>,
    /// What a recall of it covers, the one that stands or the one to be signed.
    pub limit: Limit,
    /// What is done about it.
    pub fate: Fate,
}

/// What went to one batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick {
    /// The batch.
    pub batch: ChainId,
    /// Grams.
    pub grams: u64,
}

/// What a recall covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// What went to these batches.
    Harvests(Vec<ChainId>),
    /// Everything, until it is released.
    All,
}

/// What is done about a plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A recall is signed.
    Sign {
        /// For this household.
        on_behalf_of: Option<ChainId>,
    },
    /// A recall by this record stands, here or at the server.
    Stands(u64),
    /// The signer may not: an authority must, or the custodian.
    NotOurs,
}

/// The case of a plot; `None` if the lot does not stand on its field log here.
pub fn case(session: &Session, desk: &Desk<'_>, plot: &ChainId, args: &ProductLot) -> Result<Option<Case>, Error> {
    let state = desk.book.need(plot)?;
    let Some(place) = state.place() else { return Ok(None) };
    let records = records(session, &desk.book, plot)?;
    let mut applied: Vec<Time> = Vec::new();
    for (statement, _) in &records {
        if let Some(origin) = names(&statement.record.event, statement.record.sequence, args) {
            // By what was claimed or by what the log counts, whichever is earlier: residues do not ask.
            let counted = place.log.application(origin).map(|application| application.at);
            applied.extend(counted.map(|counted| counted.min(statement.record.happened_at())));
        }
    }
    applied.sort_unstable();
    applied.dedup();
    let Some(first) = applied.first().copied() else { return Ok(None) };
    let picked = picked(&state, &records, first);
    let custodian = place.custodian();
    let (limit, stands) = match standing(&state, args, &picked) {
        Some((recall, limit)) => (limit, Some(recall)),
        None => (limit(&picked, args), None),
    };
    let fate = match (stands, may(desk, &custodian)) {
        (Some(recall), _) => Fate::Stands(recall),
        (None, Some(on_behalf_of)) => Fate::Sign { on_behalf_of },
        (None, None) => Fate::NotOurs,
    };
    Ok(Some(Case { plot: *plot, custodian, applied, picked, limit, fate }))
}

/// Whether a record says that the lot was applied, first or as a correction: the application's sequence.
fn names(event: &Event, sequence: u64, args: &ProductLot) -> Option<u64> {
    let is_it = |event: &InputApplied| {
        event.product_lot.as_ref() == Some(&args.lot)
            && args.product.as_ref().is_none_or(|product| event.product == *product)
    };
    match (event, corrected(event)) {
        (Event::InputApplied(event), _) if is_it(event) => Some(sequence),
        (Event::Corrected(correction), Some(Event::InputApplied(event))) if is_it(event) => Some(correction.sequence),
        _ => None,
    }
}

/// What was picked from a moment on, by what was claimed or by what the log counts, whichever is later.
fn picked(state: &ChainState, records: &[(Statement, bool)], from: Time) -> Vec<Pick> {
    let Some(place) = state.place() else { return Vec::new() };
    let claimed = |sequence: u64| {
        let mut all = records.iter().map(|(statement, _)| &statement.record);
        all.find(|record| record.sequence == sequence).map(Record::happened_at)
    };
    let harvests = place.log.harvests().iter();
    let since = harvests.filter(|harvest| claimed(harvest.sequence).max(Some(harvest.at)) >= Some(from));
    let since: BTreeSet<u64> = since.map(|harvest| harvest.sequence).collect();
    let of = |batch: ChainId| {
        let flows = state.draws().iter().filter(|flow| flow.other == batch && since.contains(&flow.origin));
        let grams: i64 = flows.map(|flow| flow.grams).sum();
        u64::try_from(grams).ok().filter(|grams| *grams > 0).map(|grams| Pick { batch, grams })
    };
    place.draws.others().into_iter().filter_map(of).collect()
}

fn limit(picked: &[Pick], args: &ProductLot) -> Limit {
    // Before the first harvest only a recall of what is still to come reaches anything.
    if args.all_until_released || picked.is_empty() || picked.len() > MOST_NAMED {
        return Limit::All;
    }
    Limit::Harvests(picked.iter().map(|pick| pick.batch).collect())
}

/// The recall of this lot that stands, if what stands covers all that one signed now would.
fn standing(state: &ChainState, args: &ProductLot, picked: &[Pick]) -> Option<(u64, Limit)> {
    let of_lot = |recall: &&Recall| recall.stands() && recall.product_lot.as_ref() == Some(&args.lot);
    let standing: Vec<&Recall> = state.recalls().iter().filter(of_lot).collect();
    if let Some(recall) = standing.iter().find(|recall| recall.harvests.is_empty()) {
        return Some((recall.sequence, Limit::All));
    }
    let limit = limit(picked, args);
    let Limit::Harvests(batches) = &limit else { return None };
    let named = |batch: &ChainId| standing.iter().any(|recall| recall.harvests.contains(batch));
    let newest = standing.last().filter(|_| batches.iter().all(named))?;
    Some((newest.sequence, limit))
}

/// Whether the signer may recall on this custodian's plot, and for whom it then signs.
fn may(desk: &Desk<'_>, custodian: &ChainId) -> Option<Option<ChainId>> {
    let signer = match desk.signer {
        Signer::Authority(_) => return Some(None),
        Signer::Actor(signer) if signer == *custodian => return Some(None),
        Signer::Actor(signer) => signer,
    };
    let registrar = desk.book.chain(&signer)?.actor()?.role == Role::Registrar;
    let household = desk.book.chain(custodian)?;
    let household = household.actor()?;
    (registrar && household.role == Role::Farm && !household.has_active_key()).then_some(Some(*custodian))
}
