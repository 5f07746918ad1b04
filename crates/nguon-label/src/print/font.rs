//! The fonts: a subset of Noto Sans with the Latin letters of Vietnamese and of Europe, in two weights. `fonts/README.md`
//! says where they come from.
//!
//! For whoever sets other documents in them than labels:
//!
//! ```
//! use nguon_label::font::{Face, UNITS, can_print};
//!
//! assert!("Vải thiều, 1.234,5 kg".chars().all(can_print));
//! // What the subset has not is for the caller to show in another way; nothing is drawn in its place.
//! assert!(Face::Regular.glyph('荔').is_none());
//! // Figures stand under one another: they are equally wide.
//! assert_eq!(Face::Bold.width("1"), Face::Bold.width("8"));
//! let points = Face::Regular.width("kg") * 10 / UNITS; // at 10 points an em
//! assert!((10..13).contains(&points));
//! ```

use std::sync::LazyLock;

use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId};

/// Font units an em, of both.
pub const UNITS: u32 = 1_000;

/// A weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// Weight 400.
    Regular,
    /// Weight 700.
    Bold,
}

/// One character's shape.
#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    /// Its number in the font file.
    pub id: u32,
    /// In font units, as are those below.
    pub advance: u32,
    /// How far ink reaches above the baseline.
    pub above: u32,
    /// Below it.
    pub below: u32,
    /// How far ink reaches out of the advance, on the left.
    pub left: u32,
    /// On the right.
    pub right: u32,
}

impl Face {
    /// The font file (TrueType), under the SIL Open Font License 1.1.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../fonts/NotoSans-Regular.ttf"),
            Self::Bold => include_bytes!("../../fonts/NotoSans-Bold.ttf"),
        }
    }

    /// None for a character that the font has not.
    #[must_use]
    pub fn glyph(self, character: char) -> Option<Glyph> {
        static REGULAR: LazyLock<Table> = LazyLock::new(|| Table::read(Face::Regular));
        static BOLD: LazyLock<Table> = LazyLock::new(|| Table::read(Face::Bold));
        let Table(glyphs) = match self {
            Self::Regular => &*REGULAR,
            Self::Bold => &*BOLD,
        };
        let at = glyphs.binary_search_by_key(&character, |(character, _)| *character).ok()?;
        glyphs.get(at).map(|(_, glyph)| *glyph)
    }

    /// How wide text is, in font units; characters that the font has not count nothing.
    #[must_use]
    pub fn width(self, text: &str) -> u32 {
        text.chars().filter_map(|character| self.glyph(character)).map(|glyph| glyph.advance).sum()
    }
}

/// Whether both weights have it.
#[must_use]
pub fn can_print(character: char) -> bool {
    // A soft hyphen is there only to be left out.
    character != '\u{AD}' && Face::Regular.glyph(character).is_some() && Face::Bold.glyph(character).is_some()
}

/// A font's glyphs by character.
struct Table(Vec<(char, Glyph)>);

impl Table {
    /// The fonts are part of the program; one that cannot be read, which a test rules out, would print nothing.
    fn read(face: Face) -> Self {
        let Ok(font) = FontRef::new(face.bytes()) else { return Self(Vec::new()) };
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let mut glyphs: Vec<(char, Glyph)> = font
            .charmap()
            .mappings()
            .filter_map(|(character, id)| Some((char::from_u32(character)?, glyph(&metrics, id)?)))
            .collect();
        glyphs.sort_by_key(|(character, _)| *character);
        Self(glyphs)
    }
}

fn glyph(metrics: &skrifa::metrics::GlyphMetrics<'_>, id: GlyphId) -> Option<Glyph> {
    let bounds = metrics.bounds(id).unwrap_or_default();
    let advance = metrics.advance_width(id)?;
    Some(Glyph {
        id: id.to_u32(),
        advance: whole(advance),
        above: whole(bounds.y_max),
        below: whole(-bounds.y_min),
        left: whole(-bounds.x_min),
        right: whole(bounds.x_max - advance),
    })
}

/// A font unit count, which is small and whole; none below zero.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(units: f32) -> u32 {
    units.clamp(0.0, 10_000.0).ceil() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_vietnamese_is_in_both_weights() {
        let vowels = "aăâeêioôơuưy";
        let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        for vowel in vowels.chars() {
            for tone in tones {
                for text in [format!("{vowel}{tone}"), format!("{vowel}{tone}").to_uppercase()] {
                    let letters: Vec<char> = unicode_normalization::UnicodeNormalization::nfc(text.as_str()).collect();
                    assert_eq!(letters.len(), 1, "{text}");
                    assert!(letters.iter().all(|&letter| can_print(letter)), "{text}");
                }
            }
        }
        assert!("đĐ₫–—“”…№²×°".chars().all(can_print));
        assert!((' '..='~').all(can_print));
        assert!(!"荔\u{AD}\u{0}\n☃".chars().any(can_print));
    }
}
