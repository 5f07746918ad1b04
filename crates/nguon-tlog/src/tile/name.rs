//! The paths of tiles and entry bundles.

use std::fmt;
use std::str::FromStr;

use super::error::TileError;

/// How many hashes a full tile has, and how many entries a full bundle.
pub const FULL_WIDTH: u16 = 256;

/// The specification's highest level.
const HIGHEST_LEVEL: u8 = 63;

/// A tile's name: `tile/0/x001/x234/067`, or `tile/1/000.p/5` while only 5 of its hashes exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    level: u8,
    place: Place,
}

/// An entry bundle's name: `tile/entries/x001/x234/067`, or `tile/entries/000.p/5` while it has only 5 entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryBundle(Place);

impl Tile {
    /// Names a tile. Level L holds the roots of perfect subtrees of 256^L leaves.
    ///
    /// # Errors
    /// [`TileError::Name`] if the level is above 63, or the width not between 1 and 256.
    pub fn new(level: u8, index: u64, width: u16) -> Result<Self, TileError> {
        let tile = Self { level, place: Place { index, width } };
        if level <= HIGHEST_LEVEL && tile.place.is_valid() { Ok(tile) } else { Err(TileError::Name(tile.path())) }
    }

    /// The tile at this level and index in a log of `size` leaves, as wide as it is there; `None` if there it is empty.
    #[must_use]
    pub fn of(level: u8, index: u64, size: u64) -> Option<Self> {
        let hashes = size.checked_shr(8 * u32::from(level)).unwrap_or(0);
        Place::of(index, hashes).map(|place| Self { level, place })
    }

    /// The last tile at this level of a log of `size` leaves; `None` if there are none.
    #[must_use]
    pub fn last_of(level: u8, size: u64) -> Option<Self> {
        let hashes = size.checked_shr(8 * u32::from(level)).unwrap_or(0);
        Self::of(level, hashes.checked_sub(1)? >> 8, size)
    }

    /// Over how many leaves each of its hashes stands: 256 to this power.
    #[must_use]
    pub fn level(&self) -> u8 {
        self.level
    }

    /// Its place in the level, counted from 0.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.place.index
    }

    /// How many hashes it has: 1 to 256.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.place.width
    }

    /// How many bytes it has.
    #[must_use]
    pub fn byte_length(&self) -> usize {
        usize::from(self.place.width) * crate::hash::Hash::LENGTH
    }

    /// The tile that this one becomes when it is full.
    #[must_use]
    pub fn full(&self) -> Self {
        Self { level: self.level, place: self.place.full() }
    }

    /// Its path below the log's prefix.
    #[must_use]
    pub fn path(&self) -> String {
        self.to_string()
    }

    /// Reads a path; exactly one is accepted for each tile.
    ///
    /// # Errors
    /// [`TileError::Name`] if it is not a tile's.
    pub fn parse(path: &str) -> Result<Self, TileError> {
        let read = || {
            let (level, place) = path.strip_prefix("tile/")?.split_once('/')?;
            let level = u8::try_from(decimal(level)?).ok().filter(|level| *level <= HIGHEST_LEVEL)?;
            Some(Self { level, place: Place::parse(place)? })
        };
        read().ok_or_else(|| TileError::Name(path.to_owned()))
    }
}

impl EntryBundle {
    /// Names an entry bundle.
    ///
    /// # Errors
    /// [`TileError::Name`] if the width is not between 1 and 256.
    pub fn new(index: u64, width: u16) -> Result<Self, TileError> {
        let bundle = Self(Place { index, width });
        if bundle.0.is_valid() { Ok(bundle) } else { Err(TileError::Name(bundle.path())) }
    }

    /// The bundle at this index in a log of `size` entries, as wide as it is there; `None` if there it is empty.
    #[must_use]
    pub fn of(index: u64, size: u64) -> Option<Self> {
        Place::of(index, size).map(Self)
    }

    /// Its place, counted from 0: its first entry is the log's entry 256 · index.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.0.index
    }

    /// How many entries it has: 1 to 256.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.0.width
    }

    /// The bundle that this one becomes when it is full.
    #[must_use]
    pub fn full(&self) -> Self {
        Self(self.0.full())
    }

    /// Its path below the log's prefix.
    #[must_use]
    pub fn path(&self) -> String {
        self.to_string()
    }

    /// Reads a path; exactly one is accepted for each bundle.
    ///
    /// # Errors
    /// [`TileError::Name`] if it is not an entry bundle's.
    pub fn parse(path: &str) -> Result<Self, TileError> {
        let place = path.strip_prefix("tile/entries/").and_then(Place::parse);
        place.map(Self).ok_or_else(|| TileError::Name(path.to_owned()))
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/{}", self.level, self.place)
    }
}

impl fmt::Display for EntryBundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/entries/{}", self.0)
    }
}

impl FromStr for Tile {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        Self::parse(path)
    }
}

impl FromStr for EntryBundle {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        Self::parse(path)
    }
}

/// `<N>[.p/<W>]`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    index: u64,
    width: u16,
}

impl Place {
    fn is_valid(&self) -> bool {
        (1..=FULL_WIDTH).contains(&self.width)
    }

    /// How much of place `index` is filled once there are `count` hashes or entries.
    fn of(index: u64, count: u64) -> Option<Self> {
        let filled = count.checked_sub(index.checked_mul(u64::from(FULL_WIDTH))?)?;
        let place = Self { index, width: u16::try_from(filled).unwrap_or(FULL_WIDTH).min(FULL_WIDTH) };
        place.is_valid().then_some(place)
    }

    fn full(&self) -> Self {
        Self { index: self.index, width: FULL_WIDTH }
    }

    fn parse(text: &str) -> Option<Self> {
        let (index, width) = match text.split_once(".p/") {
            None => (text, FULL_WIDTH),
            Some((index, width)) => {
                let width = u16::try_from(decimal(width)?).ok()?;
                (index, Some(width).filter(|width| (1..FULL_WIDTH).contains(width))?)
            }
        };
        let mut number: u64 = 0;
        let mut groups = index.split('/').peekable();
        let mut first = true;
        while let Some(group) = groups.next() {
            let more = groups.peek().is_some();
            let digits = if more { group.strip_prefix('x')? } else { group };
            if digits.len() != 3
                || !digits.bytes().all(|byte| byte.is_ascii_digit())
                || (first && more && digits == "000")
            {
                return None;
            }
            number = number.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
            first = false;
        }
        Some(Self { index: number, width })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups = self.index.checked_ilog(1000).unwrap_or(0);
        for group in (1..=groups).rev() {
            write!(f, "x{:03}/", self.index / 1000_u64.pow(group) % 1000)?;
        }
        write!(f, "{:03}", self.index % 1000)?;
        if self.width == FULL_WIDTH { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

/// A decimal number as it is written: no sign, no leading zero.
fn decimal(text: &str) -> Option<u64> {
    let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if is_decimal { text.parse().ok() } else { None }
}
