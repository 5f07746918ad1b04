//! The only source of chance: `SplitMix64`, from a seed.

use std::ops::RangeInclusive;

use nguon_tlog::map::value_hash;

/// A generator of numbers.
#[derive(Debug, Clone)]
pub struct Dice {
    seed: u64,
    state: u64,
}

impl Dice {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self { seed, state: seed }
    }

    /// Another generator out of the same seed: what one draws leaves the other as it is.
    pub fn fork(&self, name: &str) -> Self {
        let hash = value_hash(format!("province {} {name}", self.seed).as_bytes());
        let mut state = [0; 8];
        state.copy_from_slice(&hash[..8]);
        Self { seed: self.seed, state: u64::from_be_bytes(state) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another, which is not 0. (That some come a hair more often matters to nobody here.)
    pub fn below(&mut self, limit: usize) -> usize {
        let wide = u128::from(self.next()) * u128::try_from(limit).unwrap_or_default();
        usize::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number between two, which it may be.
    pub fn within(&mut self, range: RangeInclusive<usize>) -> usize {
        range.start() + self.below(range.end() - range.start() + 1)
    }

    /// True so many times in a thousand.
    pub fn permille(&mut self, times: usize) -> bool {
        self.below(1000) < times
    }

    /// So many different numbers of a range, ascending.
    pub fn some_of(&mut self, range: RangeInclusive<usize>, count: usize) -> Vec<usize> {
        let mut left: Vec<usize> = range.collect();
        let mut taken: Vec<usize> = (0..count).map(|_| left.swap_remove(self.below(left.len()))).collect();
        taken.sort_unstable();
        taken
    }
}
