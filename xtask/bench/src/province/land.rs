//! Growing areas and plots, and what each plot will see this season.

use std::ops::Range;

use super::Size;
use super::cast::{Actor, Cast};
use super::dice::Dice;
use super::scribe::Chain;

/// Days on which fruit is picked.
pub(super) const HARVEST: std::ops::RangeInclusive<usize> = 45..=79;
/// Days on which something is applied. The longest interval after the last of them ends as the harvest begins.
pub(super) const SPRAYS: std::ops::RangeInclusive<usize> = 5..=30;
/// The day on which the merged lot is brought together.
pub(super) const MERGED: usize = 60;
/// Grams a square metre may yield.
const YIELD: usize = 900;
/// Of a hundred plots, so many lie in each of the largest areas.
const LARGE: [usize; 3] = [4, 4, 3];

pub(super) struct Area {
    pub coop: Actor,
    /// Numbers of its plots.
    pub plots: Range<usize>,
    /// Before it is registered there is none.
    pub chain: Option<Chain>,
}

pub(super) struct Plot {
    pub area: usize,
    /// The first plot of its household, by number; its own if it is the first.
    pub first_of_household: usize,
    pub household: Option<Actor>,
    pub square_metres: usize,
    /// Days on which something is applied.
    pub sprays: Vec<usize>,
    /// Days on which it is picked, and grams.
    pub picks: Vec<(usize, usize)>,
    /// Whether its first pick goes into the merged lot.
    pub merged: bool,
    pub chain: Option<Chain>,
}

impl Plot {
    /// Grams it may yield.
    pub(super) const fn allotment(&self) -> usize {
        self.square_metres * YIELD
    }
}

pub(super) struct Land {
    pub areas: Vec<Area>,
    pub plots: Vec<Plot>,
}

impl Land {
    /// Draws the map.
    pub(super) fn draw(size: &Size, mut dice: Dice, cast: &Cast) -> Self {
        let mut land = Self { areas: Vec::new(), plots: Vec::new() };
        let large: usize = LARGE.iter().map(|share| size.plots * share / 100).sum();
        let small = size.areas - LARGE.len();
        for number in 0..size.areas {
            let from = land.plots.len();
            let count = match LARGE.get(number) {
                Some(share) => size.plots * share / 100,
                None => {
                    let (at, left) = (number - LARGE.len(), size.plots - large);
                    left * (at + 1) / small - left * at / small
                }
            };
            for _ in 0..count {
                let plot = draw_plot(&mut dice, number, from, land.plots.len());
                land.plots.push(plot);
            }
            let coop = Actor(cast.coops.start + number % cast.coops.len());
            land.areas.push(Area { coop, plots: from..land.plots.len(), chain: None });
        }
        land.choose_merged(size.merged);
        land
    }

    /// Plots of as many households, spread over the small areas, that feed the merged lot. They have seen a good deal.
    fn choose_merged(&mut self, count: usize) {
        let from = self.areas[LARGE.len()].plots.start;
        let firsts: Vec<usize> =
            (from..self.plots.len()).filter(|at| self.plots[*at].first_of_household == *at).collect();
        assert!(firsts.len() >= count, "too few households for the merged lot");
        // A stretch of neighbours: nine growing areas or so.
        for at in firsts.into_iter().take(count) {
            let plot = &mut self.plots[at];
            plot.merged = true;
            plot.sprays = vec![6, 11, 17, 23, 29];
            let grams = plot.allotment() / 4;
            plot.picks = vec![(MERGED, grams), (MERGED + 5, grams), (MERGED + 11, grams)];
        }
    }
}

fn draw_plot(dice: &mut Dice, area: usize, area_from: usize, number: usize) -> Plot {
    // One household in nine has its next plot beside this one.
    let second = number > area_from && dice.permille(111);
    let square_metres = dice.within(2_000..=9_000);
    let sprays = dice.within(1..=3);
    let sprays = dice.some_of(SPRAYS, sprays);
    let count = dice.within(1..=3) + usize::from(dice.permille(200));
    let days = dice.some_of(HARVEST, count);
    let most = square_metres * YIELD / count;
    let picks = days.into_iter().map(|day| (day, most * dice.within(60..=95) / 100)).collect();
    let first_of_household = if second { number - 1 } else { number };
    let (household, merged, chain) = (None, false, None);
    Plot { area, first_of_household, household, square_metres, sprays, picks, merged, chain }
}
