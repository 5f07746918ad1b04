//! The season keeps the rules that a later version of the core will enforce: sums of kilograms, harvest windows and
//! pre-harvest intervals.

use std::collections::BTreeMap;

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::record::Record;

use super::chains;

const DAY: u64 = 86_400;

/// Grams drawn and taken in, by source and destination.
#[derive(Default)]
struct Ledger {
    drawn: BTreeMap<(ChainId, ChainId), u64>,
    taken: BTreeMap<(ChainId, ChainId), u64>,
}

fn ledger() -> Ledger {
    let mut ledger = Ledger::default();
    for (_, chain, records) in chains() {
        for record in &records {
            match &record.event {
                Event::HarvestDrawn(event) => *ledger.drawn.entry((chain, event.to)).or_default() += event.grams.get(),
                Event::Drawn(event) => *ledger.drawn.entry((chain, event.to)).or_default() += event.grams.get(),
                _ => {}
            }
            for input in record.event.inputs() {
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
        assert!(drawn - taken <= drawn / 100, "{between:?}: more than 1 % lost on the way");
    }
}

#[test]
fn no_batch_gives_more_than_it_got() {
    let ledger = ledger();
    for (name, chain, records) in chains().into_iter().filter(|(_, _, records)| begins_batch(records)) {
        let (inputs, draws) = (into(&ledger, chain), out_of(&ledger, chain));
        assert!(draws <= inputs, "{name}: {draws} of {inputs} g");
        for record in &records {
            if let Event::Packed(event) = &record.event {
                let boxed = event.boxes.get() * event.grams_per_box.get();
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
    assert_eq!(harvests, 15);
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
