//! A second bookkeeping, slow and simple, written from DESIGN.md alone: it takes the records that a ledger accepted, keeps
//! what each says by now, and adds everything up anew whenever it is asked.

use std::collections::{BTreeMap, BTreeSet};

use nguon_core::prelude::*;
use nguon_core::record::Record;

/// No sum is beyond this.
const MOST: i128 = (1 << 53) - 1;

#[derive(Default)]
pub struct Books {
    chains: BTreeMap<ChainId, Chain>,
}

#[derive(Default)]
struct Chain {
    /// What each record says by now, by its sequence.
    said: BTreeMap<u64, Event>,
    /// Corrections that wait: what they correct, and what they would make of it.
    waiting: BTreeMap<u64, (u64, Event)>,
    /// A record that took something in after the first draw.
    late_input: Option<u64>,
}

fn inputs_of(event: &Event) -> Vec<(ChainId, i128)> {
    event.inputs().iter().map(|input| (input.from, i128::from(input.grams.get()))).collect()
}

fn boxes_of(event: &Event) -> Option<(i128, i128)> {
    let both = |boxes: Count, grams: Grams| Some((i128::from(boxes.get()), i128::from(grams.get())));
    match event {
        Event::Packed(event) => both(event.boxes, event.grams_per_box),
        Event::Repacked(event) => both(event.boxes, event.grams_per_box),
        _ => None,
    }
}

fn gone_of(event: &Event) -> i128 {
    i128::from(match event {
        Event::Sold(event) => event.grams.get(),
        Event::Lost(event) => event.grams.get(),
        Event::Disposed(event) => event.grams.get(),
        _ => 0,
    })
}

/// To whom and how much, of a draw or harvest.
fn draw_of(event: &Event) -> Option<(ChainId, i128)> {
    match event {
        Event::Drawn(event) => Some((event.to, i128::from(event.grams.get()))),
        Event::HarvestDrawn(event) => Some((event.to, i128::from(event.grams.get()))),
        _ => None,
    }
}

/// Whether a correction of kilograms needs nobody's approval: it lowers inputs or raises what is lost.
fn only_takes_away(now: &Event, then: &Event) -> bool {
    match (now, then) {
        (Event::Sold(_) | Event::Lost(_) | Event::Disposed(_), then) => gone_of(then) >= gone_of(now),
        _ if !now.inputs().is_empty() => {
            let before: BTreeMap<ChainId, i128> = inputs_of(now).into_iter().collect();
            let fewer_boxes =
                boxes_of(now).zip(boxes_of(then)).is_none_or(|(now, then)| then.0 <= now.0 && then.1 <= now.1);
            fewer_boxes && inputs_of(then).iter().all(|(from, grams)| before.get(from).is_some_and(|now| grams <= now))
        }
        _ => false,
    }
}

impl Books {
    /// All that was accepted, in the order it was.
    pub fn of(accepted: &[(ChainId, Record)]) -> Self {
        let mut books = Self::default();
        for (chain, record) in accepted {
            books.enter(*chain, record);
        }
        books
    }

    pub fn enter(&mut self, chain: ChainId, record: &Record) {
        let chain = self.chains.entry(chain).or_default();
        match &record.event {
            Event::Corrected(event) => {
                let now = &chain.said[&event.sequence];
                if only_takes_away(now, &event.event) {
                    chain.said.insert(event.sequence, (*event.event).clone());
                } else {
                    chain.waiting.insert(record.sequence, (event.sequence, (*event.event).clone()));
                }
            }
            Event::CorrectionApproved(event) => {
                let (origin, event) = chain.waiting.remove(&event.correction).expect("a correction that waits");
                chain.said.insert(origin, event);
            }
            event => {
                let drawn = chain.said.values().any(|event| draw_of(event).is_some());
                if drawn && !event.inputs().is_empty() {
                    chain.late_input = Some(record.sequence);
                }
                chain.said.insert(record.sequence, event.clone());
            }
        }
    }

    fn events(&self, chain: &ChainId) -> impl Iterator<Item = &Event> {
        self.chains.get(chain).into_iter().flat_map(|chain| chain.said.values())
    }

    /// Corrections of a chain that wait for somebody.
    pub fn waiting(&self, chain: &ChainId) -> Vec<u64> {
        self.chains.get(chain).map(|chain| chain.waiting.keys().copied().collect()).unwrap_or_default()
    }

    /// Records of a chain with what each says by now.
    pub fn records(&self, chain: &ChainId) -> Vec<(u64, Event)> {
        let said = self.chains.get(chain).map(|chain| &chain.said).into_iter().flatten();
        said.map(|(sequence, event)| (*sequence, event.clone())).collect()
    }

    pub fn drawn(&self, from: &ChainId, to: &ChainId) -> i128 {
        self.events(from).filter_map(draw_of).filter(|(taker, _)| taker == to).map(|(_, grams)| grams).sum()
    }

    pub fn taken(&self, from: &ChainId, by: &ChainId) -> i128 {
        self.events(by).flat_map(inputs_of).filter(|(source, _)| source == from).map(|(_, grams)| grams).sum()
    }

    pub fn came_in(&self, batch: &ChainId) -> i128 {
        self.events(batch).flat_map(inputs_of).map(|(_, grams)| grams).sum()
    }

    pub fn went_out(&self, chain: &ChainId) -> i128 {
        self.events(chain).filter_map(draw_of).map(|(_, grams)| grams).sum()
    }

    pub fn gone(&self, batch: &ChainId) -> i128 {
        self.events(batch).map(gone_of).sum()
    }

    pub fn remaining(&self, batch: &ChainId) -> i128 {
        self.came_in(batch) - self.went_out(batch) - self.gone(batch)
    }

    pub fn boxes(&self, batch: &ChainId) -> i128 {
        self.events(batch).filter_map(boxes_of).map(|(boxes, _)| boxes).sum()
    }

    pub fn labels(&self, batch: &ChainId) -> i128 {
        let labels = |event: &Event| if let Event::LabelsIssued(event) = event { event.count.get() } else { 0 };
        self.events(batch).map(|event| i128::from(labels(event))).sum()
    }

    pub fn allotted(&self, area: &ChainId, plot: &ChainId, season: &Code) -> i128 {
        let of_season = self.events(area).filter_map(|event| match event {
            Event::PlotsAllotted(event) if event.season == *season => Some(&event.allotments),
            _ => None,
        });
        let of_plot = of_season.flat_map(|all| all.iter()).filter(|allotment| allotment.plot == *plot);
        of_plot.map(|allotment| i128::from(allotment.grams.get())).sum()
    }

    pub fn harvested(&self, plot: &ChainId, season: &Code) -> i128 {
        let of_season = self.events(plot).filter_map(|event| match event {
            Event::HarvestDrawn(event) if event.season == *season => Some(i128::from(event.grams.get())),
            _ => None,
        });
        of_season.sum()
    }

    pub fn sources(&self, batch: &ChainId) -> BTreeSet<ChainId> {
        self.events(batch).flat_map(inputs_of).map(|(from, _)| from).collect()
    }

    /// Everything DESIGN.md says of kilograms.
    pub fn check(&self) -> Result<(), String> {
        let holds = |holds: bool, what: String| if holds { Ok(()) } else { Err(what) };
        let mut ceilings = 0;
        for (id, chain) in &self.chains {
            for event in chain.said.values() {
                match event {
                    Event::SeasonOpened(SeasonOpened { season, ceiling: Some(ceiling), .. }) => {
                        let all: i128 = self.plots_of(id).iter().map(|plot| self.allotted(id, plot, season)).sum();
                        let ceiling = i128::from(ceiling.get());
                        ceilings += ceiling;
                        holds(all <= ceiling, format!("{all} g allotted of {ceiling}"))?;
                    }
                    Event::PlotRegistered(plot) => {
                        for season in self.seasons_of(id) {
                            let (harvested, allotted) =
                                (self.harvested(id, &season), self.allotted(&plot.area, id, &season));
                            holds(harvested <= allotted, format!("{harvested} g harvested of {allotted}"))?;
                        }
                    }
                    _ => {}
                }
                if let Some((boxes, each)) = boxes_of(event) {
                    let came: i128 = inputs_of(event).iter().map(|(_, grams)| grams).sum();
                    holds(boxes * each <= came, format!("{boxes} boxes of {each} g from {came} g"))?;
                }
                for (from, _) in inputs_of(event) {
                    let (taken, drawn) = (self.taken(&from, id), self.drawn(&from, id));
                    holds(taken <= drawn, format!("{taken} g taken of {drawn} drawn"))?;
                }
            }
            holds(chain.late_input.is_none(), format!("an input after the first draw: {:?}", chain.late_input))?;
            if matches!(chain.said.get(&0), Some(Event::Opened(_))) {
                let remaining = self.remaining(id);
                holds((0..=MOST).contains(&remaining), format!("{remaining} g remaining"))?;
                let (labels, boxes) = (self.labels(id), self.boxes(id));
                holds(labels <= boxes, format!("{labels} labels for {boxes} boxes"))?;
                holds(self.came_in(id) <= MOST, "more than can be said".into())?;
                let pallets = |event: &Event| if let Event::Aggregated(event) = event { event.boxes.get() } else { 0 };
                let loaded: i128 = self.events(id).map(|event| i128::from(pallets(event))).sum();
                holds(loaded <= boxes, format!("{loaded} boxes on pallets of {boxes}"))?;
                holds(!self.comes_from_itself(id), "a batch that came from itself".into())?;
            }
        }
        let at_the_ends = self.at_the_ends();
        holds(at_the_ends <= ceilings, format!("{at_the_ends} g in the world, and {ceilings} can have grown"))
    }

    /// Kilograms that anybody could hold, eat, throw away or miss.
    pub fn at_the_ends(&self) -> i128 {
        let batches = || self.chains.iter().filter(|(_, chain)| matches!(chain.said.get(&0), Some(Event::Opened(_))));
        let held: i128 = batches().map(|(id, _)| self.remaining(id) + self.gone(id)).sum();
        // What was drawn and arrived nowhere, by pair of chains.
        let mut shortage = 0;
        for (from, chain) in &self.chains {
            let takers: BTreeSet<ChainId> = chain.said.values().filter_map(draw_of).map(|(to, _)| to).collect();
            shortage += takers.iter().map(|to| self.drawn(from, to) - self.taken(from, to)).sum::<i128>();
        }
        held + shortage
    }

    fn comes_from_itself(&self, batch: &ChainId) -> bool {
        let mut seen = BTreeSet::new();
        let mut next: Vec<ChainId> = self.sources(batch).into_iter().collect();
        while let Some(source) = next.pop() {
            if source == *batch {
                return true;
            }
            if seen.insert(source) {
                next.extend(self.sources(&source));
            }
        }
        false
    }

    fn plots_of(&self, area: &ChainId) -> Vec<ChainId> {
        let part =
            |chain: &Chain| matches!(chain.said.get(&0), Some(Event::PlotRegistered(plot)) if plot.area == *area);
        self.chains.iter().filter(|(_, chain)| part(chain)).map(|(id, _)| *id).collect()
    }

    fn seasons_of(&self, plot: &ChainId) -> BTreeSet<Code> {
        let harvests = self.events(plot).filter_map(|event| match event {
            Event::HarvestDrawn(event) => Some(event.season.clone()),
            _ => None,
        });
        harvests.collect()
    }
}
