//! Why a label cannot be drawn.

mod vi;

use crate::length::Length;

/// Why a label cannot be drawn. All but [`Error::Png`] and [`Error::Pdf`] lie with the caller's arguments. Displayed in
/// English; [`Error::in_vietnamese`] says the same.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The link does not fit the largest symbol.
    #[error("a link of {0} bytes does not fit a QR symbol")]
    LinkTooLong(usize),
    /// No printer has this resolution.
    #[error("{0} dpi is outside 72 to 2400 dpi")]
    Dpi(u16),
    /// Modules of no pixels, or of very many.
    #[error("{0} pixels a module are outside 1 to 64")]
    Scale(u8),
    /// The PNG encoder failed.
    #[error("cannot write PNG")]
    Png(#[from] png::EncodingError),
    /// The PDF writer failed.
    #[error("cannot write PDF: {0}")]
    Pdf(String),
    /// A length that cannot be read.
    #[error("{0:?} is no length in millimetres: write it like 38.1")]
    Length(String),
    /// No such paper is known by name.
    #[error("no paper is called {0:?}: choose one of the list, or give rows, columns and sizes")]
    UnknownPaper(String),
    /// A sheet of no or very many labels.
    #[error("{columns} columns and {rows} rows: a sheet has 1 to 50 of each")]
    Grid {
        /// Side by side.
        columns: u16,
        /// One below the other.
        rows: u16,
    },
    /// Labels below 10 mm or above 420 mm.
    #[error("a label of {width} × {height}: its sides are 10 mm to 420 mm")]
    LabelSize {
        /// Its width.
        width: Length,
        /// Its height.
        height: Length,
    },
    /// Labels that reach over the edge of their page.
    #[error("the labels need {needed}, the page has {page}: check sizes, gaps and margins")]
    OffThePage {
        /// Margin, labels and gaps.
        needed: Length,
        /// The page's side.
        page: Length,
    },
    /// The first label to be printed is not on the sheet.
    #[error("label {start} is not on the sheet: it has labels 1 to {labels}")]
    Start {
        /// What was asked for, counted from 1.
        start: u32,
        /// How many there are.
        labels: u32,
    },
    /// A shift that moves what is printed over the edge of the page.
    #[error(
        "a shift this far moves the print over the edge of the page: shift less, or keep more free inside each label"
    )]
    Shift,
    /// A margin that leaves nothing of a label.
    #[error("{0} kept free on each side leave nothing of the label")]
    Margin(Length),
    /// Modules that no phone tells apart.
    #[error("modules of {0} are too small to be read: take at least 0.396 mm, or leave the size out")]
    ModuleTooSmall(Length),
    /// Modules larger than any reader expects.
    #[error("modules of {0} are larger than readers expect: take at most 2 mm, or leave the size out")]
    ModuleTooLarge(Length),
    /// A symbol that touches what is around it.
    #[error("{0} modules around the symbol are too few to be read: leave at least 4 free")]
    QuietZone(u8),
    /// The symbol does not fit the label.
    #[error(
        "label {number}: its QR code needs {needed} × {needed} with its white border, the label has {width} × {height} to \
         print on; {}", Fits(*fits)
    )]
    SymbolTooLarge {
        /// Which of the labels, counted from 1.
        number: usize,
        /// The symbol's side, quiet zone included.
        needed: Length,
        /// What there is, without what is kept free at the edge.
        width: Length,
        /// The same.
        height: Length,
        /// The smallest named paper of the same kind that would do.
        fits: Option<&'static str>,
    },
    /// Text that does not fit at 6 points, the smallest that is read.
    #[error("label {number}: the {field} does not fit at the smallest print (6 points): shorten it; {}", Fits(*fits))]
    TextTooLong {
        /// Which of the labels, counted from 1.
        number: usize,
        /// What is too long.
        field: Field,
        /// The smallest named paper of the same kind that would do.
        fits: Option<&'static str>,
    },
    /// Nothing but spaces.
    #[error("the {0} is empty")]
    Empty(Field),
    /// Longer than any label shows.
    #[error("the {field} is longer than {most} characters")]
    FieldLength {
        /// What is too long.
        field: Field,
        /// How many it may have.
        most: usize,
    },
    /// More of something than a label has.
    #[error("a label has at most {most} of these: {field}")]
    TooMany {
        /// What there are too many of.
        field: Field,
        /// How many there may be.
        most: usize,
    },
    /// A character that the labels' font has not.
    #[error("the {field} has {character:?} as character {at}, which the labels' font cannot print: write it otherwise")]
    Character {
        /// Where it stands.
        field: Field,
        /// Which one, counted from 1.
        at: usize,
        /// The character.
        character: char,
    },
    /// No day of any calendar.
    #[error("{year}-{month}-{day} is no date")]
    Date {
        /// 2000 to 2199.
        year: u16,
        /// From 1.
        month: u8,
        /// From 1.
        day: u8,
    },
    /// More labels than one file should hold.
    #[error("{0} labels are too many for one file: print at most 10,000 at a time")]
    TooManyLabels(usize),
}

impl Error {
    /// The same in Vietnamese.
    #[must_use]
    pub fn in_vietnamese(&self) -> String {
        vi::tell(self)
    }
}

/// A part of a label's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Field {
    /// What is in the box.
    Product,
    /// The lot.
    Lot,
    /// The growing area's or packing house's code.
    Place,
    /// A date.
    Date,
    /// How much is in the box.
    Weight,
    /// A line of the caller's own.
    Note,
    /// GTIN, lot and serial with their identifiers.
    ElementString,
    /// A title or mark on a test page.
    TestPage,
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Product => "product name",
            Self::Lot => "lot",
            Self::Place => "place code",
            Self::Date => "date",
            Self::Weight => "weight",
            Self::Note => "line of text",
            Self::ElementString => "line with GTIN, lot and serial",
            Self::TestPage => "text of the test page",
        })
    }
}

/// What would fit, in words.
struct Fits(Option<&'static str>);

impl std::fmt::Display for Fits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(name) => write!(f, "the paper {name} would do"),
            None => f.write_str("take a larger label or a finer printer"),
        }
    }
}
