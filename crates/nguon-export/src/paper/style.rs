//! Sizes, weights and colours.

use nguon_label::font::Face;

use super::sheet::Milli;

/// A colour of the screen (sRGB).
pub(super) type Colour = [u8; 3];

pub(super) const INK: Colour = [0x24, 0x1A, 0x14];
pub(super) const GREY: Colour = [0x5C, 0x56, 0x50];
pub(super) const LINE: Colour = [0xC9, 0xBD, 0xB0];
pub(super) const EDGE: Colour = [0x8C, 0x7B, 0x6B];
pub(super) const TINT: Colour = [0xF6, 0xF1, 0xEA];

/// What a box or band is to be taken for. Its words say the same: nothing is told by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Proven.
    Good,
    /// To be taken with care: old, suspect.
    Care,
    /// Recalled, invalid.
    Alert,
    /// Not concluded.
    Plain,
}

impl Tone {
    /// At least 4.5:1 on the paper.
    pub(super) const fn ink(self) -> Colour {
        match self {
            Self::Good => [0x2E, 0x6B, 0x3E],
            Self::Care => [0x8A, 0x5A, 0x00],
            Self::Alert => [0x9B, 0x1C, 0x1C],
            Self::Plain => GREY,
        }
    }

    /// Behind the words of a box.
    pub(super) const fn ground(self) -> Colour {
        match self {
            Self::Good => [0xF0, 0xF6, 0xF1],
            Self::Care => [0xFB, 0xF5, 0xE6],
            Self::Alert => [0xFB, 0xEE, 0xEC],
            Self::Plain => [0xF4, 0xF2, 0xF0],
        }
    }
}

/// How a line is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub face: Face,
    pub size: Milli,
    pub colour: Colour,
}

impl Style {
    const fn new(face: Face, size: Milli, colour: Colour) -> Self {
        Self { face, size, colour }
    }

    /// The same in the second language: lighter, so that the eye keeps to one.
    pub const fn second(self) -> Self {
        Self { face: Face::Regular, colour: GREY, ..self }
    }

    pub const fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    pub const fn bold(self) -> Self {
        Self { face: Face::Bold, ..self }
    }

    /// From one baseline to the next.
    pub const fn lead(self) -> Milli {
        self.size * 145 / 100
    }

    /// From the top of a line to its baseline: half of what the line has more than the font's 1,362 units, and the 1,069 that it
    /// has above its baseline.
    pub const fn rise(self) -> Milli {
        self.size * 1_113 / 1_000
    }
}

// A scale of 1.2 from 9 points.
pub(super) const TITLE: Style = Style::new(Face::Bold, 18_660, INK);
pub(super) const SECTION: Style = Style::new(Face::Bold, 12_960, INK);
pub(super) const PART: Style = Style::new(Face::Bold, 10_800, INK);
pub(super) const BODY: Style = Style::new(Face::Regular, 9_000, INK);
pub(super) const CELL: Style = Style::new(Face::Regular, 8_200, INK);
pub(super) const SMALL: Style = Style::new(Face::Regular, 7_500, GREY);
