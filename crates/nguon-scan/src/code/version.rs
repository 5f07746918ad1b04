//! Sizes, and where what is not data lies (ISO/IEC 18004 §6.3, tables 1 and 9, annex E).

/// The size of a symbol, 1 to 40.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(usize);

/// How much error correction a symbol has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    L,
    M,
    Q,
    H,
}

/// How codewords are shared out among blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Blocks {
    pub(crate) count: usize,
    /// Check codewords of each.
    pub(crate) check: usize,
    /// Codewords of all, check codewords included.
    pub(crate) codewords: usize,
}

impl Version {
    /// The version whose side has so many modules.
    pub(crate) fn of_side(side: usize) -> Option<Self> {
        let version = side.checked_sub(17)? / 4;
        (side == version * 4 + 17 && (1..=40).contains(&version)).then_some(Self(version))
    }

    pub(crate) const fn number(self) -> usize {
        self.0
    }

    /// Modules a side.
    pub(crate) const fn side(self) -> usize {
        self.0 * 4 + 17
    }

    /// Rows, and columns, in which alignment patterns have their centres.
    pub(crate) fn alignment(self) -> Vec<usize> {
        if self.0 == 1 {
            return Vec::new();
        }
        let count = self.0 / 7 + 2;
        let step = (self.0 * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
        let mut rows: Vec<usize> = (0..count - 1).map(|i| self.side() - 7 - i * step).collect();
        rows.push(6);
        rows.reverse();
        rows
    }

    /// The centres of all alignment patterns, of which there is none where a finder pattern is.
    pub(crate) fn alignment_centres(self) -> Vec<(usize, usize)> {
        let rows = self.alignment();
        let last = self.side() - 7;
        let corner = |x: usize, y: usize| (x == 6 && (y == 6 || y == last)) || (x == last && y == 6);
        rows.iter().flat_map(|&y| rows.iter().map(move |&x| (x, y))).filter(|&(x, y)| !corner(x, y)).collect()
    }

    /// Which modules are not data, row by row.
    pub(crate) fn reserved(self) -> Vec<bool> {
        let side = self.side();
        let mut reserved = vec![false; side * side];
        let mut fill = |x: std::ops::Range<usize>, y: std::ops::Range<usize>| {
            for y in y {
                for module in reserved.get_mut(y * side + x.start..y * side + x.end).unwrap_or_default() {
                    *module = true;
                }
            }
        };
        fill(0..9, 0..9);
        fill(side - 8..side, 0..9);
        fill(0..9, side - 8..side);
        fill(6..7, 0..side);
        fill(0..side, 6..7);
        for (x, y) in self.alignment_centres() {
            fill(x - 2..x + 3, y - 2..y + 3);
        }
        if self.0 >= 7 {
            fill(side - 11..side - 8, 0..6);
            fill(0..6, side - 11..side - 8);
        }
        reserved
    }

    pub(crate) fn blocks(self, level: Level) -> Blocks {
        let row = match level {
            Level::L => 0,
            Level::M => 1,
            Level::Q => 2,
            Level::H => 3,
        };
        let (counts, checks) = (&COUNTS[row], &CHECKS[row]);
        let at = self.0 - 1;
        Blocks { count: usize::from(counts[at]), check: usize::from(checks[at]), codewords: self.codewords() }
    }

    fn codewords(self) -> usize {
        let mut modules = (16 * self.0 + 128) * self.0 + 64;
        if self.0 >= 2 {
            let count = self.0 / 7 + 2;
            modules -= (25 * count - 10) * count - 55;
        }
        if self.0 >= 7 {
            modules -= 36;
        }
        modules / 8
    }
}

/// Blocks by level and version (table 9).
const COUNTS: [[u8; 40]; 4] = [
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18,
        19, 19, 20, 21, 22, 24, 25,
    ],
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31,
        33, 35, 37, 38, 40, 43, 45, 47, 49,
    ],
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40,
        43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
    ],
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48,
        51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ],
];

/// Check codewords of a block, by level and version (table 9).
const CHECKS: [[u8; 40]; 4] = [
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
];
