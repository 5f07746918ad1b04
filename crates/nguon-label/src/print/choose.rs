//! Which arrangement, module and print a run of labels gets: one for all, so that they look alike.

use super::arrange::{ARRANGEMENTS, Arranged, Arrangement, Content, Manner, Misfit, SMALLEST, Sizes};
use super::block::Points;
use super::geometry::Rect;
use super::lang::Captions;
use super::text::PrintLabel;
use crate::label::QUIET_ZONE;
use crate::resolution::Dpi;

/// From here on, full captions do more good than larger print.
const READABLE: Points = Points(80);
/// From here on, a larger symbol does more good than larger print: so much of the label's shorter side, but not less or more than
/// these.
const COMFORTABLE: (u32, Points, Points) = (12, Points(110), Points(200));
/// Larger print looks louder than it says.
const LARGEST: Points = Points(280);
/// The product's name takes at most so much of a label's shorter side.
const SHARE_OF_SIDE: u32 = 6;
const STEP: u32 = 5;
/// A symbol takes at most so much of a label's shorter side if it need not take more.
const MOST_OF_SIDE: (u32, u32) = (7, 10);
/// No larger than this by itself: a phone is then two arm's lengths away.
const LARGEST_MODULE_UM: u32 = 990;

/// Module sizes that are tried.
const MOST_MODULES: u32 = 10;

/// What the caller asks of the symbols.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Dots a module, if it is the caller who says it.
    pub dots_per_module: Option<u32>,
    /// Modules left free around a symbol, at least 4.
    pub quiet_zone: u32,
    pub dpi: Dpi,
}

/// One way for all labels of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice {
    arrangement: Arrangement,
    captions: Captions,
    pub dots_per_module: u32,
    head: Points,
    /// What is comfortable on this label.
    comfortable: Points,
    /// Rows of the first label that are broken.
    breaks: u32,
    wanted: Wanted,
}

/// Why there is none.
#[derive(Debug)]
pub(crate) struct NoChoice {
    /// Which label, counted from 0.
    pub at: usize,
    pub misfit: Misfit,
    /// How many dots its symbol takes at least.
    pub side: u32,
}

impl Wanted {
    /// Dots of a symbol's side, with its quiet zone.
    fn side(&self, label: &PrintLabel, dots_per_module: u32) -> u32 {
        (label.label().modules() + 2 * self.extra()) * dots_per_module
    }

    /// What the quiet zone has beyond the standard's.
    fn extra(&self) -> u32 {
        self.quiet_zone.saturating_sub(QUIET_ZONE)
    }

    fn least(&self) -> u32 {
        self.dots_per_module.unwrap_or_else(|| self.dpi.dots_per_module())
    }

    /// Dots a module that may be tried, the largest first.
    fn modules(&self, label: &PrintLabel, room: Rect) -> impl Iterator<Item = u32> + use<> {
        let least = self.least();
        let most = match self.dots_per_module {
            Some(dots) => dots,
            None => {
                let shorter =
                    u64::from(room.width.min(room.height)) * u64::from(MOST_OF_SIDE.0) / u64::from(MOST_OF_SIDE.1);
                let by_side = u32::try_from(shorter).unwrap_or(0) / self.side(label, 1).max(1);
                let by_size = LARGEST_MODULE_UM * u32::from(self.dpi.get()) / crate::resolution::INCH_UM;
                by_side.min(by_size).max(least)
            }
        };
        // Fine printers have dozens of sizes that nobody tells apart.
        let step = (most - least) / MOST_MODULES + 1;
        (least..=most).rev().filter(move |dots| (dots - least).is_multiple_of(step))
    }

    /// The best choice for these labels in the boxes they have: the boxes are alike but for a dot.
    pub fn choose(self, labels: &[PrintLabel], rooms: &[Rect]) -> Result<Choice, NoChoice> {
        let (Some(first), Some(room)) = (labels.first(), smallest(rooms)) else {
            return Ok(self.least_choice(Arrangement::Beside));
        };
        let (share, least, most) = COMFORTABLE;
        let comfortable = self.share_of_side(room, share).clamp(least, most);
        let mut found: Vec<Choice> = Vec::new();
        for captions in [Captions::Full, Captions::Short] {
            let content = Content::of(first, captions);
            for dots_per_module in self.modules(first, room) {
                for arrangement in ARRANGEMENTS {
                    let choice = Choice { captions, dots_per_module, comfortable, ..self.least_choice(arrangement) };
                    found.extend(choice.best_for(room, first, &content));
                }
            }
        }
        found.sort_by_key(|choice| std::cmp::Reverse(choice.merit()));
        let mut blamed = None;
        // The best for the first label can be worse for all of them than another one: the best for all is taken.
        let mut best: Option<Choice> = None;
        for choice in found {
            if best.is_some_and(|best| best.merit() >= choice.merit()) {
                break;
            }
            match choice.for_all(room, labels) {
                Ok(choice) if best.is_none_or(|best| choice.merit() > best.merit()) => best = Some(choice),
                Ok(_) => {}
                Err(fault) => blamed = blamed.or(Some(fault)),
            }
        }
        match best {
            Some(best) => Ok(best),
            None => Err(blamed.unwrap_or_else(|| self.fault(0, room, first))),
        }
    }

    /// A share of a box's shorter side as a font size.
    fn share_of_side(self, room: Rect, share: u32) -> Points {
        Points(room.width.min(room.height) / share * 720 / u32::from(self.dpi.get()))
    }

    fn least_choice(self, arrangement: Arrangement) -> Choice {
        Choice {
            arrangement,
            captions: Captions::Short,
            dots_per_module: self.least(),
            head: SMALLEST,
            comfortable: COMFORTABLE.1,
            breaks: 0,
            wanted: self,
        }
    }

    /// What is wrong with a label that no arrangement takes: what got furthest.
    fn fault(self, at: usize, room: Rect, label: &PrintLabel) -> NoChoice {
        let content = Content::of(label, Captions::Short);
        let misfits = ARRANGEMENTS
            .iter()
            .filter_map(|&arrangement| self.least_choice(arrangement).try_in(room, label, &content).err());
        let misfit = misfits.max_by_key(|misfit| match misfit {
            Misfit::Symbol => 0,
            Misfit::Text(_, before) => before + 1,
        });
        NoChoice { at, misfit: misfit.unwrap_or(Misfit::Symbol), side: self.side(label, self.least()) }
    }
}

/// One that fits into all of them.
fn smallest(rooms: &[Rect]) -> Option<Rect> {
    let width = rooms.iter().map(|room| room.width).min()?;
    let height = rooms.iter().map(|room| room.height).min()?;
    Some(Rect { x: 0, y: 0, width, height })
}

impl Choice {
    fn manner(&self) -> Manner {
        Manner { arrangement: self.arrangement, sizes: Sizes::of(self.head), dpi: self.wanted.dpi }
    }

    /// Print that is read first, then full captions, print that is read well, rows that are not broken, the larger symbol, and
    /// the larger print.
    fn merit(&self) -> (Points, Captions, Points, std::cmp::Reverse<u32>, u32, Points) {
        let Self { head, captions, comfortable, dots_per_module, breaks, .. } = *self;
        (head.min(READABLE), captions, head.min(comfortable), std::cmp::Reverse(breaks), dots_per_module, head)
    }

    /// The label in its box.
    pub fn arrange(&self, room: Rect, label: &PrintLabel) -> Result<Arranged, Misfit> {
        self.try_in(room, label, &Content::of(label, self.captions))
    }

    fn try_in(&self, room: Rect, label: &PrintLabel, content: &Content) -> Result<Arranged, Misfit> {
        let quiet = self.wanted.quiet_zone * self.dots_per_module;
        self.manner().arrange(room, self.side_of(label), quiet, content)
    }

    /// The same with the print that is best for this label.
    fn best_for(self, room: Rect, label: &PrintLabel, content: &Content) -> Option<Self> {
        let most = self.wanted.share_of_side(room, SHARE_OF_SIDE).clamp(self.comfortable, LARGEST);
        let largest = self.largest(most, |choice| choice.try_in(room, label, content).is_ok())?;
        // Smaller print may break fewer rows.
        let whole = largest.largest(largest.head, |choice| {
            choice.try_in(room, label, content).is_ok_and(|arranged| arranged.breaks == 0)
        });
        let breaks = |choice: Self| choice.try_in(room, label, content).ok().map(|arranged| arranged.breaks);
        let found = [Some(largest), whole].into_iter().flatten();
        found.filter_map(|choice| Some(Self { breaks: breaks(choice)?, ..choice })).max_by_key(Self::merit)
    }

    /// The same with the largest print up to `most` that does. Print that is too large is so above some size: by halving.
    fn largest(self, most: Points, does: impl Fn(&Self) -> bool) -> Option<Self> {
        let of = |steps: u32| Self { head: Points(SMALLEST.0 + steps * STEP), ..self };
        if !does(&of(0)) {
            return None;
        }
        let (mut good, mut bad) = (0, most.0.saturating_sub(SMALLEST.0) / STEP + 1);
        while bad - good > 1 {
            let middle = good.midpoint(bad);
            *(if does(&of(middle)) { &mut good } else { &mut bad }) = middle;
        }
        Some(of(good))
    }

    /// The same with the largest print that all labels take, not above the one it has.
    fn for_all(self, room: Rect, labels: &[PrintLabel]) -> Result<Self, NoChoice> {
        labels.iter().enumerate().try_fold(self, |mut choice, (at, label)| {
            let content = Content::of(label, self.captions);
            while choice.try_in(room, label, &content).is_err() {
                if choice.head <= SMALLEST {
                    return Err(self.wanted.fault(at, room, label));
                }
                choice.head = Points(choice.head.0.saturating_sub(STEP)).max(SMALLEST);
            }
            Ok(choice)
        })
    }

    /// How far the symbol's own quiet zone begins from that which was asked for, in dots.
    pub fn extra(&self) -> u32 {
        self.wanted.extra() * self.dots_per_module
    }

    /// How many dots a label's symbol takes.
    pub fn side_of(&self, label: &PrintLabel) -> u32 {
        self.wanted.side(label, self.dots_per_module)
    }
}
