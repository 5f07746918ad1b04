//! What people with good keys and no conscience try with kilograms, one attempt after the other.

use nguon_core::judge::Chains as _;
use nguon_core::ledger::LedgerError;
use nguon_core::prelude::*;
use nguon_core::state::is_correctable;
use proptest::prelude::*;

use crate::books::Books;
use crate::scene::{Scene, corrected, disposed, drawn, inputs, lost, name, season, sold};
use crate::world::{NOW, grams, time};

/// Something somebody tries.
#[derive(Debug, Clone, Copy)]
pub enum What {
    Open,
    Consign,
    Season,
    Allot,
    Harvest,
    TakeHarvest,
    Draw,
    TakeIn,
    Pack,
    Repack,
    Sell,
    Lose,
    Dispose,
    Label,
    Load,
    Correct,
    Approve,
    Close,
    Wait,
}

/// With what and how much; the numbers are taken modulo what there is.
#[derive(Debug, Clone, Copy)]
pub struct Try {
    pub what: What,
    pub which: usize,
    pub other: usize,
    pub amount: u64,
}

pub fn tries(most: usize) -> impl Strategy<Value = Vec<Try>> {
    use What::{
        Allot, Approve, Close, Consign, Correct, Dispose, Draw, Harvest, Label, Load, Lose, Open, Pack, Repack, Season,
        Sell, TakeHarvest, TakeIn, Wait,
    };
    let what = prop_oneof![
        4 => Just(Open), 1 => Just(Consign), 1 => Just(Season), 1 => Just(Allot), 6 => Just(Harvest),
        6 => Just(TakeHarvest), 9 => Just(Draw), 5 => Just(TakeIn), 5 => Just(Pack), 2 => Just(Repack), 2 => Just(Sell),
        2 => Just(Lose), 1 => Just(Dispose), 2 => Just(Label), 1 => Just(Load), 8 => Just(Correct), 6 => Just(Approve),
        1 => Just(Close), 1 => Just(Wait),
    ];
    let one = (what, 0_usize..1_000, 0_usize..1_000, any::<u16>()).prop_map(|(what, which, other, amount)| Try {
        what,
        which,
        other,
        amount: amount.into(),
    });
    prop::collection::vec(one, most / 2..=most)
}

fn pick<T: Copy>(from: &[T], at: usize) -> Option<T> {
    (!from.is_empty()).then(|| from[at % from.len()])
}

/// Often a part of what is left, sometimes all, sometimes more.
fn of(left: i128, amount: u64) -> u64 {
    let left = u64::try_from(left).unwrap_or(0);
    match amount % 8 {
        0 => left + 1,
        1 => 2 * left + amount,
        2 => left,
        _ => amount % left.max(1),
    }
    .max(1)
}

impl Try {
    /// Tries it. `None` if there is nothing to try it with.
    pub fn attempt(&self, scene: &mut Scene, books: &Books) -> Option<Result<StatementId, LedgerError>> {
        let plot = pick(&scene.plots, self.which)?;
        let area = scene.areas[self.which % 2];
        let seasons = ["2026", "2026", "2027"].map(name);
        let named = seasons[self.other % 3].clone();
        match self.what {
            What::Open => {
                let actors = [scene.farms[0], scene.household, scene.collector, scene.packer, scene.seller];
                let mut event = Opened::new(actors[self.which % 5], "vải".parse().unwrap());
                if self.other.is_multiple_of(4) && event.owner == scene.packer {
                    let lot = format!("L{}", self.amount % 3).parse().unwrap();
                    event.label = Some(Label { gtin: "09521234543213".parse().unwrap(), lot });
                }
                return Some(self.opened(scene, event));
            }
            What::Consign => {
                let labelled = pick(&scene.batches, self.which)?;
                let event = Opened { label_of: Some(labelled), ..Opened::new(scene.seller, "vải".parse().unwrap()) };
                return Some(self.opened(scene, event));
            }
            What::Season => return Some(self.open_season(scene, area, plot, named)),
            What::Allot => {
                let mut shares: Vec<(ChainId, u64)> = vec![(plot, 1 + self.amount % 5_000)];
                if self.amount.is_multiple_of(3) {
                    shares.push((scene.plots[(self.which + 1) % 3], 1 + self.amount % 2_000));
                }
                let event = PlotsAllotted { season: named, ..crate::scene::allotted(&shares) };
                let area = scene.areas[if self.other.is_multiple_of(8) { 1 } else { usize::from(self.which % 3 == 2) }];
                return Some(scene.offer(scene.coop, area, event));
            }
            What::Close => {
                scene.close();
                scene.anchor = scene.ledger.checkpoints().last().map(|checkpoint| checkpoint.anchor());
                return None;
            }
            What::Wait => {
                scene.wait(self.amount);
                return None;
            }
            _ => {}
        }
        let batch = self.likely(scene, books)?;
        let owner = scene.custodian(batch);
        let open: Vec<ChainId> =
            scene.batches.iter().copied().filter(|other| *other != batch && books.went_out(other) == 0).collect();
        let other = pick(if self.wild() { &scene.batches } else { &open }, self.other)?;
        let (left, boxes) = (books.remaining(&batch), books.boxes(&batch));
        let event: Event = match self.what {
            What::Harvest => {
                let plot = scene.plots[self.other % 3];
                let area = scene.ledger.chain(&plot)?.place()?.area?;
                let left = books.allotted(&area, &plot, &named) - books.harvested(&plot, &named);
                let event = HarvestDrawn::new(named, batch, grams(of(left / 2, self.amount)));
                return Some(scene.offer(scene.custodian(plot), plot, event));
            }
            What::TakeHarvest => {
                let from: Vec<(ChainId, u64)> = self.sources(&scene.plots, books, batch);
                Harvested::new(inputs(&from)).into()
            }
            What::TakeIn => Received::new(inputs(&self.sources(&scene.batches, books, batch))).into(),
            What::Pack | What::Repack => {
                let from = self.sources(&scene.batches, books, batch);
                let all: u64 = from.iter().map(|(_, grams)| grams).sum();
                let each = 1 + self.amount % 50;
                let boxes = Count::new((all / each + u64::from(self.amount.is_multiple_of(5))).max(1)).unwrap();
                match self.what {
                    What::Pack => {
                        let place = self.other.is_multiple_of(2).then_some(scene.house);
                        Packed { place, ..Packed::new(inputs(&from), boxes, grams(each)) }.into()
                    }
                    _ => Repacked::new(inputs(&from), boxes, grams(each)).into(),
                }
            }
            What::Draw => drawn(other, of(left, self.amount)).into(),
            What::Sell => sold(of(left, self.amount)).into(),
            What::Lose => lost(of(left, self.amount)).into(),
            What::Dispose => disposed(of(left, self.amount)).into(),
            What::Label => {
                let count = Count::new(of(boxes - books.labels(&batch), self.amount)).unwrap();
                LabelsIssued { count, root: RootHash::from_bytes([1; 32]) }.into()
            }
            What::Load => {
                let boxes = Count::new(of(boxes, self.amount)).unwrap();
                Aggregated { sscc: "095212340000000013".parse().unwrap(), boxes, at: None }.into()
            }
            What::Correct => return self.correct(scene, books),
            What::Approve => return self.approve(scene, books),
            _ => return None,
        };
        Some(scene.offer(owner, batch, event))
    }

    /// Now and then anything is tried with anything.
    const fn wild(&self) -> bool {
        self.amount.is_multiple_of(11)
    }

    /// Most often a batch with which it could succeed.
    fn likely(&self, scene: &Scene, books: &Books) -> Option<ChainId> {
        let waits = |among: &[ChainId], batch: &ChainId| {
            among.iter().any(|source| books.drawn(source, batch) > books.taken(source, batch))
        };
        let could = |batch: &ChainId| match self.what {
            What::Harvest => books.went_out(batch) == 0,
            What::TakeHarvest => waits(&scene.plots, batch),
            What::TakeIn | What::Pack | What::Repack => waits(&scene.batches, batch),
            What::Label | What::Load => books.boxes(batch) > 0,
            What::Draw | What::Sell | What::Lose | What::Dispose => books.remaining(batch) > 0,
            _ => true,
        };
        let likely: Vec<ChainId> = scene.batches.iter().copied().filter(could).collect();
        pick(if self.wild() { &scene.batches } else { &likely }, self.which)
    }

    fn opened(&self, scene: &mut Scene, event: Opened) -> Result<StatementId, LedgerError> {
        let batch = scene.begin(event.owner, event)?;
        scene.batches.push(batch);
        Ok(StatementId::from_bytes(*batch.as_bytes()))
    }

    fn open_season(
        &self,
        scene: &mut Scene,
        area: ChainId,
        plot: ChainId,
        named: Code,
    ) -> Result<StatementId, LedgerError> {
        let ceiling = 1 + self.amount % 20_000;
        if self.amount.is_multiple_of(2) {
            let event = SeasonOpened { season: named, ..season(Some(ceiling)) };
            scene.offer(scene.office, area, event)
        } else {
            let event = SeasonOpened { season: named, ..season(None) };
            scene.offer(scene.coop, plot, event)
        }
    }

    /// Up to three that let something go for this batch, or one that did not.
    fn sources(&self, among: &[ChainId], books: &Books, batch: ChainId) -> Vec<(ChainId, u64)> {
        let left = |source: &ChainId| books.drawn(source, &batch) - books.taken(source, &batch);
        let drew: Vec<ChainId> = among.iter().copied().filter(|source| left(source) > 0).collect();
        let some = drew.iter().take(1 + self.other % 3).map(|source| (*source, of(left(source), self.amount)));
        let some: Vec<(ChainId, u64)> = some.collect();
        if some.is_empty() || self.amount.is_multiple_of(29) {
            vec![(among[self.other % among.len()], 1 + self.amount)]
        } else {
            some
        }
    }

    fn correct(&self, scene: &mut Scene, books: &Books) -> Option<Result<StatementId, LedgerError>> {
        let places = [scene.areas[0], scene.areas[1]].into_iter().chain(scene.plots);
        let chains: Vec<ChainId> = scene.batches.iter().copied().chain(places).collect();
        let chain = pick(&chains, self.which)?;
        let records = books.records(&chain);
        let may: Vec<&(u64, Event)> = records.iter().filter(|(_, event)| is_correctable(event.name())).collect();
        let (sequence, event) = pick(&may, self.other)?;
        let by: nguon_core::record::Signer = match event {
            Event::SeasonOpened(_) if scene.areas.contains(&chain) => scene.office.into(),
            Event::SeasonOpened(_) | Event::PlotsAllotted(_) => scene.coop.into(),
            _ => scene.custodian(chain).into(),
        };
        let other = pick(&scene.batches, self.which / 7);
        Some(scene.offer(by, chain, corrected(*sequence, self.altered(event, other))))
    }

    /// The same with other numbers, and at times with another destination.
    fn altered(&self, event: &Event, other: Option<ChainId>) -> Event {
        let anew = |now: u64| match self.amount % 6 {
            0 => now + self.amount % 500,
            1 => now.saturating_sub(self.amount % 500),
            2 => now + 1,
            3 => now.saturating_sub(1),
            4 => now * 2,
            _ => now,
        };
        let weighed = |now: Grams| grams(anew(now.get()).clamp(1, (1 << 53) - 1));
        let counted = |now: Count| Count::new(anew(now.get()).max(1)).unwrap();
        let elsewhere = |to: ChainId| if self.other.is_multiple_of(5) { other.unwrap_or(to) } else { to };
        let poured = |all: &Inputs| {
            let inputs = all.iter().enumerate().map(|(at, input)| {
                let grams = if at == self.other % all.len() { weighed(input.grams) } else { input.grams };
                Input { from: input.from, grams }
            });
            List::new(inputs.collect()).unwrap()
        };
        let until = time(NOW + (50 + self.amount % 60) * 86_400);
        match event.clone() {
            Event::SeasonOpened(event) => SeasonOpened { ceiling: event.ceiling.map(weighed), until, ..event }.into(),
            Event::PlotsAllotted(mut event) => {
                let shares =
                    event.allotments.iter().map(|share| Allotment { grams: weighed(share.grams), ..share.clone() });
                event.allotments = List::new(shares.collect()).unwrap();
                event.into()
            }
            Event::HarvestDrawn(event) => {
                HarvestDrawn { grams: weighed(event.grams), to: elsewhere(event.to), ..event }.into()
            }
            Event::Drawn(event) => Drawn { grams: weighed(event.grams), to: elsewhere(event.to), ..event }.into(),
            Event::Harvested(event) => Harvested { inputs: poured(&event.inputs), ..event }.into(),
            Event::Received(event) => Received { inputs: poured(&event.inputs), ..event }.into(),
            Event::Packed(event) if self.other.is_multiple_of(2) => {
                Packed { boxes: counted(event.boxes), ..event }.into()
            }
            Event::Packed(event) => Packed { inputs: poured(&event.inputs), ..event }.into(),
            Event::Repacked(event) => Repacked { inputs: poured(&event.inputs), ..event }.into(),
            Event::Sold(event) => Sold { grams: weighed(event.grams), ..event }.into(),
            Event::Lost(event) => Lost { grams: weighed(event.grams), ..event }.into(),
            Event::Disposed(event) => Disposed { grams: weighed(event.grams), ..event }.into(),
            Event::Aggregated(event) => Aggregated { boxes: counted(event.boxes), ..event }.into(),
            other => other,
        }
    }

    fn approve(&self, scene: &mut Scene, books: &Books) -> Option<Result<StatementId, LedgerError>> {
        let places = [scene.areas[0], scene.areas[1]].into_iter().chain(scene.plots);
        let chains = scene.batches.iter().copied().chain(places);
        let waiting: Vec<(ChainId, u64)> =
            chains.flat_map(|chain| books.waiting(&chain).into_iter().map(move |sequence| (chain, sequence))).collect();
        let (chain, correction) = pick(&waiting, self.which)?;
        let by = [scene.union.into(), scene.union.into(), scene.coop.into(), scene.office.into()];
        let by: nguon_core::record::Signer = by[self.other % 4];
        Some(scene.offer(by, chain, crate::scene::approved(correction)))
    }
}
