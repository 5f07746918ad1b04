//! Hand-over: what the giver draws, what the receiver weighs, and what is short between them.

use nguon_core::event::{DrawReason, Event, Input};
use nguon_core::ids::ChainId;
use nguon_core::record::Record;
use nguon_core::values::Grams;
use nguon_draft::{Counted, Draft, HandOver, Harvest, Into, Share};

use super::facts::Facts;
use super::field::{Fault, Faults, Field};
use super::gone::grams;
use super::harvest::{self, Warning};
use super::sheet::Sheet;
use super::spray::keep;

/// What is given from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A batch of one's own
    Batch(ChainId),
    /// A plot: fruit goes from the tree into the other's batch
    Plot(ChainId),
}

/// What is chosen to give from, or the only thing there is.
#[must_use]
pub fn source(sheet: &Sheet, facts: &Facts) -> Option<Source> {
    if let Some(plot) = sheet.plot {
        return Some(Source::Plot(plot));
    }
    let own = |plot: &&super::facts::Plot| plot.household == facts.me;
    match (super::gone::batch(sheet, facts), facts.plots.iter().find(own)) {
        (Some(batch), _) => Some(Source::Batch(batch)),
        (None, Some(plot)) if facts.batches.iter().all(|batch| batch.left == 0) => {
            (facts.plots.iter().filter(own).count() == 1).then_some(Source::Plot(plot.id))
        }
        _ => None,
    }
}

/// What the giver writes down.
///
/// # Errors
/// What stands wrong, in the order of the page.
pub fn give(sheet: &Sheet, facts: &Facts, to: ChainId) -> Result<Draft, Faults> {
    let mut faults = Faults::new();
    let source = keep(&mut faults, Field::From, source(sheet, facts).ok_or(Fault::NotChosen));
    let grams = keep(&mut faults, Field::Given, grams(sheet, Field::Given));
    let (Some(source), Some(grams)) = (source, grams) else { return Err(faults) };
    Ok(match source {
        Source::Batch(from) => Draft::HandedOver(HandOver {
            from,
            to,
            grams,
            why: DrawReason::Handover,
            carriage: None,
            photos: Vec::new(),
        }),
        Source::Plot(plot) => {
            let season = facts.plot(&plot).and_then(|plot| plot.season.as_ref()).map(|season| season.name.clone());
            let shares = vec![Share { plot, season, crates: vec![grams] }];
            let into = Into::Existing(to);
            let counted = Counted::EachWeighed;
            Draft::Harvested(Harvest {
                shares,
                into,
                counted,
                at: None,
                operator: None,
                parcel: None,
                photos: Vec::new(),
            })
        }
    })
}

/// What to look at before giving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GiveWarning {
    /// More than is left in the batch, grams
    AboveLeft(u64),
    /// What speaks against picking
    Plot(Warning),
}

/// What to look at before giving.
#[must_use]
pub fn warnings(sheet: &Sheet, facts: &Facts) -> Vec<GiveWarning> {
    let typed = super::amount::thousandths(sheet.text(Field::Given)).unwrap_or(0);
    match source(sheet, facts) {
        Some(Source::Batch(batch)) => {
            let left = facts.batch(&batch).map(|batch| batch.left).filter(|left| typed > *left);
            left.map(GiveWarning::AboveLeft).into_iter().collect()
        }
        Some(Source::Plot(plot)) => {
            let found = facts.plot(&plot).map(|plot| harvest::of_plot(plot, typed, facts.now, facts));
            found.unwrap_or_default().into_iter().map(GiveWarning::Plot).collect()
        }
        None => Vec::new(),
    }
}

/// What records draw into a batch, source by source.
#[must_use]
pub fn drawn_into(batch: &ChainId, records: &[Record]) -> Vec<Input> {
    let mut all: Vec<Input> = Vec::new();
    for record in records {
        let (Some(from), Some(grams)) = (record.chain, drawn(&record.event, batch)) else { continue };
        match all.iter_mut().find(|input| input.from == from) {
            Some(known) => known.grams = Grams::new(known.grams.get() + grams.get()).unwrap_or(known.grams),
            None => all.push(Input { from, grams }),
        }
    }
    all
}

fn drawn(event: &Event, batch: &ChainId) -> Option<Grams> {
    match event {
        Event::HarvestDrawn(event) if event.to == *batch => Some(event.grams),
        Event::Drawn(event) if event.to == *batch => Some(event.grams),
        _ => None,
    }
}

/// Grams in all.
#[must_use]
pub fn sum(inputs: &[Input]) -> u64 {
    inputs.iter().map(|input| input.grams.get()).sum()
}

/// What arrived, source by source: where less came than was given, each source bears its part. `None` if more came than was
/// given, which cannot be recorded.
#[must_use]
pub fn share_out(given: &[Input], arrived: u64) -> Option<Vec<Input>> {
    let mut total = sum(given);
    if arrived > total || arrived == 0 {
        return None;
    }
    let mut left = arrived;
    let mut shares = Vec::new();
    for input in given {
        // Of what is left, as much as this source is of those that are left: nothing is lost to rounding, and no source
        // bears more than it gave.
        let part = u128::from(left) * u128::from(input.grams.get()) / u128::from(total.max(1));
        let part = u64::try_from(part).unwrap_or(0).max(left.saturating_sub(total - input.grams.get()));
        (total, left) = (total - input.grams.get(), left - part);
        shares.extend(Grams::new(part).ok().map(|grams| Input { from: input.from, grams }));
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tasks::samples::{facts, id};
    use crate::tasks::sheet::{Action, Step};

    fn input(from: u8, grams: u64) -> Input {
        Input { from: id(from), grams: Grams::new(grams).unwrap() }
    }

    #[test]
    fn the_only_batch_with_something_left_is_given_from() {
        let (mut sheet, facts) = (Sheet::new(Step::From), facts());
        sheet.set(Field::Given, "100,5");
        let Ok(Draft::HandedOver(draft)) = give(&sheet, &facts, id(77)) else { panic!("a hand-over") };
        assert_eq!((draft.from, draft.to, draft.grams.get()), (id(9), id(77), 100_500));
        sheet.set(Field::Given, "121");
        assert_eq!(warnings(&sheet, &facts), [GiveWarning::AboveLeft(120_000)]);
    }

    #[test]
    fn fruit_may_go_from_the_plot_into_the_collectors_batch() {
        let (mut sheet, facts) = (Sheet::new(Step::From), facts());
        sheet.act(Action::Plot(id(3)), &facts);
        sheet.set(Field::Given, "24");
        let Ok(Draft::Harvested(draft)) = give(&sheet, &facts, id(77)) else { panic!("a harvest") };
        assert_eq!(draft.into, Into::Existing(id(77)));
        assert!(matches!(warnings(&sheet, &facts)[..], [GiveWarning::Plot(Warning::TooEarly { .. })]));
    }

    #[test]
    fn more_than_was_given_cannot_arrive() {
        assert_eq!(share_out(&[input(1, 5_000)], 5_001), None);
        assert_eq!(share_out(&[input(1, 5_000)], 0), None);
        assert_eq!(share_out(&[], 1), None);
        assert_eq!(share_out(&[input(1, 5_000)], 4_800), Some(vec![input(1, 4_800)]));
    }

    proptest! {
        #[test]
        fn what_arrives_is_shared_out_whole_and_no_source_gives_more_than_it_gave(
            given in prop::collection::vec(1_u64..2_000_000, 1..12),
            part in 1_u64..=1000,
        ) {
            let inputs: Vec<Input> = (1_u8..).zip(&given).map(|(from, grams)| input(from, *grams)).collect();
            let arrived = (sum(&inputs) * part / 1000).max(1);
            let shares = share_out(&inputs, arrived).unwrap();
            prop_assert_eq!(sum(&shares), arrived);
            for share in &shares {
                let of = inputs.iter().find(|input| input.from == share.from).unwrap();
                prop_assert!(share.grams <= of.grams);
            }
        }
    }
}
