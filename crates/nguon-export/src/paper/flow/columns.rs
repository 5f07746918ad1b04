//! How wide a table's columns are: each between its widest word and its widest line (as CSS 2.2 §17.5.2.2 has it), and all of them
//! together as wide as the page. Where that is not enough for all lines, the widest columns give way first.

use super::super::line::widths;
use super::super::said::{Langs, Said};
use super::super::sheet::Milli;
use super::super::style::Style;

/// Between columns.
pub(super) const BETWEEN: Milli = 9_000;

/// A column's widest word and widest line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    least: Milli,
    most: Milli,
}

impl Span {
    /// Makes room for a text.
    pub fn take(&mut self, said: &Said, style: Style, langs: Langs) {
        for (_, text) in said.shown(langs) {
            let (least, most) = widths(text, style);
            self.least = self.least.max(least);
            self.most = self.most.max(most);
        }
    }
}

/// The columns' widths within `measure`, gaps excluded.
pub(super) fn share(spans: &[Span], measure: Milli) -> Vec<Milli> {
    let count = u64::try_from(spans.len()).unwrap_or(1).max(1);
    let room = u64::from(measure).saturating_sub(u64::from(BETWEEN) * (count - 1));
    // One long word, such as a hash, does not push the others together.
    let least: Vec<u64> = spans.iter().map(|span| u64::from(span.least).min(room * 2 / 5).max(1)).collect();
    let most: Vec<u64> = spans.iter().zip(&least).map(|(span, &least)| u64::from(span.most).max(least)).collect();
    let (sum_least, sum_most) = (least.iter().sum::<u64>(), most.iter().sum::<u64>());
    let within = |cap: u64| least.iter().zip(&most).map(move |(&least, &most)| most.min(cap).max(least));
    let widths: Vec<u64> = if sum_most <= room {
        most.iter().map(|most| most + (room - sum_most) * most / sum_most).collect()
    } else if sum_least <= room {
        // The greatest cap under which all fit, and what is left to those that it cuts.
        let (mut fits, mut too_wide) = (0, room + 1);
        while too_wide - fits > 1 {
            let middle = fits.midpoint(too_wide);
            let cap = if within(middle).sum::<u64>() <= room { &mut fits } else { &mut too_wide };
            *cap = middle;
        }
        let rest = room - within(fits).sum::<u64>();
        let last = most.iter().rposition(|&most| most > fits);
        within(fits).enumerate().map(|(at, width)| width + if Some(at) == last { rest } else { 0 }).collect()
    } else {
        least.iter().map(|least| room * least / sum_least).collect()
    };
    widths.into_iter().map(|width| u32::try_from(width).unwrap_or(measure)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn columns_fill_the_measure_and_no_more(spans in prop::collection::vec((0_u32..900_000, 0_u32..900_000), 1..16)) {
            let spans: Vec<Span> =
                spans.into_iter().map(|(a, b)| Span { least: a.min(b), most: a.max(b) }).collect();
            let widths = share(&spans, 480_000);
            let gaps = BETWEEN * (u32::try_from(spans.len()).unwrap() - 1);
            let sum: Milli = widths.iter().sum::<Milli>() + gaps;
            prop_assert!(sum <= 480_000 && sum + 20 > 480_000, "{sum}");
        }
    }
}
