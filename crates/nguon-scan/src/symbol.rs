//! What was read, and where.

/// A place in a frame, in pixels from its upper left corner. It may lie outside: a symbol can reach over the edge.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// How a payload's bytes are to be understood as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Charset {
    /// UTF-8, of which ASCII is a part: every label of ours.
    Utf8,
    /// ISO/IEC 8859-1: what a symbol without any hint holds if its bytes can be nothing else here.
    Latin1,
    /// Shift JIS: of symbols in Kanji mode, and what can be it and is not UTF-8.
    ShiftJis,
    /// Another that the symbol names by its number in the register of extended channel interpretations, or binary data.
    Other(u32),
}

/// A QR symbol that was read: its payload, whole and uninterpreted, and its corners.
///
/// A payload is whatever a stranger printed: bytes of any value, up to 7,089 characters. Nothing here opens, trims or believes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Symbol {
    pub(crate) bytes: Vec<u8>,
    pub(crate) charset: Charset,
    pub(crate) corners: [Point; 4],
}

impl Symbol {
    /// The payload.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The payload as text, if it is UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok().filter(|_| self.charset == Charset::Utf8)
    }

    /// How the payload's bytes are to be understood.
    #[must_use]
    pub const fn charset(&self) -> Charset {
        self.charset
    }

    /// The corners of the symbol, without its quiet zone, as it would be seen upright: upper left, upper right, lower right,
    /// lower left.
    #[must_use]
    pub const fn corners(&self) -> [Point; 4] {
        self.corners
    }

    /// Whether a place lies in the symbol.
    pub(crate) fn contains(&self, point: Point) -> bool {
        let [a, b, c, d] = self.corners;
        let left = |a: Point, b: Point| (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x);
        let turns = [left(a, b), left(b, c), left(c, d), left(d, a)];
        turns.iter().all(|&turn| turn >= 0.0) || turns.iter().all(|&turn| turn <= 0.0)
    }
}
