//! What is to be said of a cell, a row, a sheet or the file. The words for it are in [`crate::words`].

use std::sync::Arc;

use nguon_core::values::{Code, Grams, SquareMetres, Text};

use crate::column::Column;
use crate::commune::Candidate;
use crate::table::Address;
use crate::text::Garbled;
use crate::value::{AreaUnit, MassUnit, Mended, NameFault, PhoneFault, QuantityFault};

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Read as meant, and told.
    Told,
    /// Taken, but worth a look.
    Doubtful,
    /// The file is not taken before this is mended.
    Bad,
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A sheet as a whole.
    Sheet(Arc<str>),
    /// A cell; of a row, its first one.
    Cell(Address),
}

/// Something found, where, and what stood there.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where.
    pub at: Place,
    /// What stood there; empty if nothing did.
    pub read: String,
    /// What it is.
    pub finding: Finding,
}

/// Why a row was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// A row of sums.
    Total,
    /// The headings again, or their numbers.
    Heading,
    /// A line that tells the village or commune of those below.
    Group,
    /// Signatures and dates under the list.
    Footer,
}

/// A cell of the file that differs from what is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Differs {
    /// The household of this telephone number has another name there.
    Name,
    /// The household of this name and village has another telephone number there.
    Phone,
    /// The plot is in another growing area.
    Area,
    /// The plot's size.
    Size(SquareMetres),
    /// The plot's variety.
    Variety(Text),
    /// The plot's share this season.
    Yield(Grams),
    /// The household signs with a key already.
    Key,
}

/// What was found. Units: square metres, grams.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Finding {
    /// A cell that must be filled is empty.
    Missing(Column),
    /// A formula that failed.
    FailedFormula,
    /// Letters that were lost or changed on the way into the file.
    Garbled(Garbled),
    /// More characters than the field takes.
    TooLong,
    /// No name of a person.
    NotAName(NameFault),
    /// No telephone number.
    NotAPhone(PhoneFault),
    /// The spreadsheet made a day of it.
    BecameDate,
    /// No area.
    NotASize(QuantityFault),
    /// No mass.
    NotAYield(QuantityFault),
    /// No number of trees.
    NotACount,
    /// No code of a growing area.
    NotACode,
    /// No public key.
    NotAKey,
    /// A key that somebody else in the file has.
    SharedKey(Address),
    /// One merged cell for several plots.
    MergedNumber,
    /// No commune of this name, and those of a near one.
    UnknownCommune(Vec<Candidate>),
    /// Several communes of this name.
    AmbiguousCommune(Vec<Candidate>),
    /// A growing area that is not registered, and one whose code is near.
    UnknownArea(Option<Code>),
    /// "The same as above", with nothing above.
    NothingAbove,
    /// A telephone number in a row without a name, other than that of the household above.
    PhoneWithoutName,
    /// Two households have this telephone number.
    DuplicatePhone(Address),
    /// Two rows have this name and village, and nothing tells whether it is one household.
    DuplicateName(Address),
    /// Two plots of the household have this name.
    DuplicatePlot(Address),
    /// A row that says what another one says.
    DuplicateRow(Address),
    /// The file shares out more than the growing area's ceiling leaves: wanted and left.
    AboveCeiling(Code, u64, u64),
    /// The file's plots are larger than what the growing area leaves: wanted and left.
    AboveArea(Code, u64, u64),

    /// Somebody else of this name in the same village, with another telephone number.
    NamesAlike(Address),
    /// A small or large plot.
    UnusualSize(u64),
    /// A small or large yield.
    UnusualYield(u64),
    /// More kilograms a hectare than orchards bear.
    HighYield(u64),

    /// Written otherwise in the file.
    Tidied,
    /// A telephone number that had to be completed.
    MendedPhone(Mended),
    /// One of two readings of a mark was plausible.
    Chosen,
    /// No unit was named; only this one is plausible.
    AssumedAreaUnit(AreaUnit),
    /// No unit was named; only this one is plausible.
    AssumedMassUnit(MassUnit),
    /// Parts of a square metre or a gram were rounded.
    Rounded,
    /// A commune under its name of before July 2025.
    Renamed(Candidate),
    /// Taken from above: "nt", a merged cell.
    SameAsAbove,
    /// A further plot of a household further up.
    SameHousehold(Address),
    /// Registered earlier: it is not registered again.
    Known,
    /// Differs from what is registered, which stays as it is.
    Differs(Differs),
    /// A row that is no household.
    RowSkipped(Skipped),
    /// A column under an unknown heading.
    ColumnIgnored,
    /// A second column that tells the same.
    ColumnTwice(Column),
    /// A sheet without a heading row.
    SheetIgnored,
    /// A sheet that the spreadsheet hides.
    SheetHidden,
    /// The file is not UTF-8, and was read as windows-1258.
    GuessedEncoding,
}

impl Finding {
    /// How much it matters.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        use Finding as F;
        match self {
            F::Missing(_)
            | F::FailedFormula
            | F::Garbled(_)
            | F::TooLong
            | F::NotAName(_)
            | F::NotAPhone(_)
            | F::BecameDate
            | F::NotASize(_)
            | F::NotAYield(_)
            | F::NotACount
            | F::NotACode
            | F::NotAKey
            | F::SharedKey(_)
            | F::MergedNumber
            | F::UnknownCommune(_)
            | F::AmbiguousCommune(_)
            | F::UnknownArea(_)
            | F::NothingAbove
            | F::PhoneWithoutName
            | F::DuplicatePhone(_)
            | F::DuplicateName(_)
            | F::DuplicatePlot(_)
            | F::DuplicateRow(_)
            | F::AboveCeiling(..)
            | F::AboveArea(..) => Severity::Bad,
            F::NamesAlike(_)
            | F::UnusualSize(_)
            | F::UnusualYield(_)
            | F::HighYield(_)
            | F::Differs(_)
            | F::GuessedEncoding => Severity::Doubtful,
            F::Tidied
            | F::MendedPhone(_)
            | F::Chosen
            | F::AssumedAreaUnit(_)
            | F::AssumedMassUnit(_)
            | F::Rounded
            | F::Renamed(_)
            | F::SameAsAbove
            | F::SameHousehold(_)
            | F::Known
            | F::RowSkipped(_)
            | F::ColumnIgnored
            | F::ColumnTwice(_)
            | F::SheetIgnored
            | F::SheetHidden => Severity::Told,
        }
    }
}
