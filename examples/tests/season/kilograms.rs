//! The season keeps its sums, harvest windows and pre-harvest intervals, added up here a second time and in another way
//! than the core does it.

use std::collections::BTreeMap;

use nguon_core::event::{Disposed, Event, Lost, Sold};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::record::Record;

use super::{SEASON, chains};

const DAY: u64 = 86_400;

/// Grams drawn and taken in, by source and destination, and what is there no more.
#[derive(Default)]
struct Ledger {
    drawn: BTreeMap<(ChainId, ChainId), u64>,
    taken: BTreeMap<(ChainId, ChainId), u64>,
    gone: BTreeMap<ChainId, u64>,
}

/// What the records of a chain say by now: corrections that count stand in the place of what they correct.
fn effective(chain: &ChainId, records: &[Record]) -> Vec<Event> {
    let state = SEASON.ledger.chain(chain).unwrap();
    let said = |record: &Record| match state.correction_of(record.sequence) {
        None => record.event.clone(),
        Some(by) => match &records[usize::try_from(by).unwrap()].event {
            Event::Corrected(corrected) => (*corrected.event).clone(),
            other => panic!("{} corrects nothing", other.name()),
        },
    };
    records.iter().filter(|record| !matches!(record.event, Event::Corrected(_))).map(said).collect()
}

fn ledger() -> Ledger {
    let mut ledger = Ledger::default();
    for (_, chain, records) in chains() {
        for event in effective(&chain, &records) {
            match &event {
                Event::HarvestDrawn(event) => *ledger.drawn.entry((chain, event.to)).or_default() += event.grams.get(),
                Event::Drawn(event) => *ledger.drawn.entry((chain, event.to)).or_default() += event.grams.get(),
                Event::Sold(Sold { grams, .. })
                | Event::Lost(Lost { grams, .. })
                | Event::Disposed(Disposed { grams, .. }) => {
                    *ledger.gone.entry(chain).or_default() += grams.get();
                }
                _ => {}
            }
            for input in event.inputs() {
                *ledger.taken.entry((input.from, chain)).or_default() += input.grams.get();
            }
        }
    }
    ledger
}

fn out_of(ledger: &Ledger, chain: ChainId) -> u64 {
    ledger.drawn.iter().filter(|((from, _), _)| *from == chain).map(|(_, grams)| grams).sum()
}

fn into(ledger: &Ledger, chain: ChainId) -> u64 {
    ledger.taken.iter().filter(|((_, to), _)| *to == chain).map(|(_, grams)| grams).sum()
}

#[test]
fn nothing_arrives_that_was_not_drawn() {
    let ledger = ledger();
    for (between, taken) in &ledger.taken {
        let drawn = ledger.drawn.get(between).copied().unwrap_or_default();
        assert!(*taken <= drawn, "{between:?}: {taken} of {drawn} g");
        assert!(drawn - taken <= drawn / 50, "{between:?}: more than 2 % lost on the way");
    }
}

#[test]
fn no_batch_gives_more_than_it_got() {
    let ledger = ledger();
    for (name, chain, records) in chains().into_iter().filter(|(_, _, records)| begins_batch(records)) {
        let (inputs, draws) = (into(&ledger, chain), out_of(&ledger, chain));
        let gone = ledger.gone.get(&chain).copied().unwrap_or_default();
        assert!(draws + gone <= inputs, "{name}: {draws} and {gone} of {inputs} g");
        let state = SEASON.ledger.chain(&chain).unwrap();
        assert_eq!(state.batch().unwrap().remaining(), inputs - draws - gone, "{name}");
        for event in effective(&chain, &records) {
            let boxes = match &event {
                Event::Packed(event) => Some((event.boxes, event.grams_per_box)),
                Event::Repacked(event) => Some((event.boxes, event.grams_per_box)),
                _ => None,
            };
            if let Some((boxes, grams)) = boxes {
                let boxed = boxes.get() * grams.get();
                assert!(boxed <= inputs && draws <= boxed, "{name}: {inputs} g in, {boxed} g boxed, {draws} g out");
                assert!(inputs - boxed <= inputs * 6 / 100, "{name}: more than 6 % sorted out");
            }
        }
    }
}

fn begins_batch(records: &[Record]) -> bool {
    matches!(records[0].event, Event::Opened(_))
}

#[test]
fn no_plot_yields_more_than_its_share_and_no_area_more_than_its_ceiling() {
    let ledger = ledger();
    let sizes: BTreeMap<ChainId, u64> = chains()
        .into_iter()
        .filter_map(|(_, id, records)| match &records[0].event {
            Event::PlotRegistered(event) => Some((id, event.area_m2.get())),
            _ => None,
        })
        .collect();
    let mut plots = 0;
    for (name, _, records) in chains() {
        let mut ceiling = 0;
        let mut shared = 0;
        for record in &records {
            match &record.event {
                Event::SeasonOpened(event) => ceiling += event.ceiling.map_or(0, |grams| grams.get()),
                Event::PlotsAllotted(event) => {
                    for share in &event.allotments {
                        let (grams, size) = (share.grams.get(), sizes[&share.plot]);
                        assert!(out_of(&ledger, share.plot) <= grams, "{name}");
                        assert!((800..=1_200).contains(&(grams / size)), "{name}: {} g/m²", grams / size);
                        shared += grams;
                        plots += 1;
                    }
                }
                _ => {}
            }
        }
        assert!(shared <= ceiling || ceiling == 0 && shared == 0, "{name}");
    }
    assert_eq!(plots, sizes.len());
}

#[test]
fn every_harvest_lies_in_its_window_and_clear_of_every_interval() {
    let mut harvests = 0;
    for (name, _, records) in chains() {
        for harvest in &records {
            let Event::HarvestDrawn(_) = &harvest.event else { continue };
            let picked = harvest.happened_at().get();
            let windows = records.iter().filter_map(|record| match &record.event {
                Event::SeasonOpened(season) => Some((season.from.get(), season.until.get())),
                _ => None,
            });
            assert!(windows.into_iter().any(|(from, until)| (from..until).contains(&picked)), "{name}");
            for record in &records {
                if let Event::InputApplied(input) = &record.event {
                    let clear = record.happened_at().get() + u64::from(input.phi_days.get()) * DAY;
                    assert!(clear <= picked, "{name}: {}", input.product);
                }
            }
            harvests += 1;
        }
    }
    assert_eq!(harvests, 20);
}

#[test]
fn clocks_never_run_backwards_on_a_chain() {
    for (name, _, records) in chains() {
        let times: Vec<u64> = records.iter().map(|record| record.signed_at.get()).collect();
        assert!(times.is_sorted(), "{name}: {times:?}");
        assert!(records.iter().all(|record| record.happened_at() <= record.signed_at), "{name}");
        assert!(records.iter().all(|record| record.utc_offset.get() == 420), "{name}");
    }
}
