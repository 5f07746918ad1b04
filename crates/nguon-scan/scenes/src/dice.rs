//! The only source of chance: `SplitMix64` from a seed.

/// A generator of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "24 bits are a float's")]
    pub(crate) const fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / 16_777_216.0
    }

    pub(crate) const fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// One or the other way.
    pub(crate) const fn either(&mut self, low: f32, high: f32) -> f32 {
        let value = self.between(low, high);
        if self.next() & 1 == 0 { value } else { -value }
    }

    pub(crate) const fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Normally distributed, nearly: twelve dice (Irwin and Hall).
    pub(crate) fn normal(&mut self) -> f32 {
        let word = self.next();
        let (a, b) = (self.next(), word);
        let sum: u64 = (0..6).map(|i| (a >> (10 * i) & 0x3ff) + (b >> (10 * i) & 0x3ff)).sum();
        #[expect(clippy::cast_precision_loss, reason = "a sum of twelve numbers of ten bits")]
        let sum = sum as f32;
        sum / 1_023.0 - 6.0
    }
}

/// Smooth noise of a place: the same everywhere for the same place and seed, from -1 to 1.
pub(crate) fn noise(x: f32, y: f32, seed: u64) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let (dx, dy) = (x - left, y - top);
    let (dx, dy) = (dx * dx * (3.0 - 2.0 * dx), dy * dy * (3.0 - 2.0 * dy));
    let corner = |x: f32, y: f32| {
        let place = u64::from(x.to_bits()) << 32 | u64::from(y.to_bits());
        Dice::new(place ^ seed.wrapping_mul(0x9e37_79b9)).unit() * 2.0 - 1.0
    };
    let upper = corner(left, top) * (1.0 - dx) + corner(left + 1.0, top) * dx;
    let lower = corner(left, top + 1.0) * (1.0 - dx) + corner(left + 1.0, top + 1.0) * dx;
    upper * (1.0 - dy) + lower * dy
}
