//! English.

use super::{Said, area_unit, grouped, listed};
use crate::column::Column as C;
use crate::error::Error;
use crate::finding::{Differs, Finding as F, Skipped};
use crate::text::Garbled;
use crate::value::{MassUnit, NameFault, PhoneFault, QuantityFault as Q};

pub(super) const fn column(column: C) -> &'static str {
    match column {
        C::Ordinal => "number",
        C::Name => "head of household",
        C::Phone => "telephone",
        C::Village => "village",
        C::Commune => "commune",
        C::District => "district",
        C::Place => "address",
        C::AreaCode => "growing area code",
        C::Plot => "plot name",
        C::Size => "area",
        C::Variety => "variety",
        C::Trees => "trees",
        C::Yield => "expected yield",
        C::Key => "phone key",
        C::Note => "note",
    }
}

fn number(number: u64) -> String {
    grouped(number, ',')
}

fn kilograms(grams: u64) -> String {
    let part = format!("{:03}", grams % 1000);
    let part = part.trim_end_matches('0');
    let whole = number(grams / 1000);
    if part.is_empty() { format!("{whole} kg") } else { format!("{whole}.{part} kg") }
}

fn quantity(fault: Q, example: &str, show: impl Fn(u64) -> String) -> Said {
    match fault {
        Q::NotANumber => Said::new("This is no number.", format!("Write a number and its unit, such as {example}.")),
        Q::NotPositive => {
            Said::new("This must be more than 0.", format!("Write it anew, such as {example}, or leave it empty."))
        }
        Q::Ambiguous(one, other) => Said::new(
            format!("This can be read as {} or as {}.", show(one), show(other)),
            "Write it without a mark between thousands.",
        ),
        Q::UnitMissing => {
            Said::new("The unit is not clear.", format!("Write it into the cell or the heading, such as {example}."))
        }
        Q::TooLarge(value) => {
            Said::new(format!("This is more than can be: {}.", show(value)), "Look at the number and its unit.")
        }
    }
}

pub(super) fn finding(finding: &F) -> Said {
    let square_metres = |value: u64| format!("{} m²", number(value));
    match finding {
        F::Missing(of) => Said::new(format!("The {} is missing.", column(*of)), "Fill it in, and load the file again."),
        F::FailedFormula => Said::new("The formula in this cell failed.", "Mend the formula, or type the value."),
        F::Garbled(Garbled::OldFont) => Said::new(
            "Typed in an old font (TCVN3, .VnTime).",
            "Convert it to Unicode (Unikey: Ctrl+Shift+F6), and load the file again.",
        ),
        F::Garbled(Garbled::Misread) => Said::new(
            "The letters are wrong: the file was opened in a wrong encoding.",
            "Take the original file, or save it as .xlsx.",
        ),
        F::Garbled(Garbled::Lost) => Said::new("Letters were lost; question marks are left.", "Type this cell again."),
        F::TooLong => Said::new("This cell is too long.", "Shorten it to 120 characters."),
        F::NotAName(NameFault::Characters) => Said::new(
            "This is no name: it holds digits or signs.",
            "Write the name only; numbers and notes have columns of their own.",
        ),
        F::NotAName(NameFault::TooShort) => Said::new("This name is too short.", "Write the full name."),
        F::NotAName(NameFault::TooLong) => Said::new("This name is too long.", "One household a cell."),
        F::NotAPhone(PhoneFault::Length(digits)) => Said::new(
            format!("A telephone number of {digits} digits is not one."),
            "A mobile number has 10 digits and begins with 0. Leave it empty if there is none.",
        ),
        F::NotAPhone(PhoneFault::Prefix) => {
            Said::new("No network in Việt Nam begins so.", "Look at the number; leave it empty if there is none.")
        }
        F::NotAPhone(PhoneFault::Characters) => {
            Said::new("This is no telephone number.", "Write digits only; leave it empty if there is none.")
        }
        F::NotAPhone(PhoneFault::Rounded) => {
            Said::new("Excel rounded this telephone number.", "Format the column as Text, and type the number again.")
        }
        F::BecameDate => Said::new("Excel made a date of this cell.", "Format the cell as Text, and type it again."),
        F::NotASize(fault) => quantity(*fault, "0.25 ha, 2500 m2 or 7 sào", square_metres),
        F::NotAYield(fault) => quantity(*fault, "2500 kg or 2.5 tonnes (tấn)", kilograms),
        F::NotACount => Said::new("Trees are a whole number.", "Write it like 120, or leave it empty."),
        F::NotACode => Said::new(
            "No growing area code has such characters.",
            "Write it as on its certificate, such as VN-BGOR-0123.",
        ),
        F::NotAKey => Said::new(
            "This is no key of a phone.",
            "Copy the 64 characters that the phone shows, or leave it empty and add it later.",
        ),
        F::SharedKey(other) => Said::new(
            format!("Cell {other} has the same key for another household."),
            "One key a phone: look at both cells.",
        ),
        F::MergedNumber => {
            Said::new("One merged cell for several plots.", "Unmerge it, and write each plot's own number.")
        }
        F::UnknownCommune(near) if near.is_empty() => Said::new(
            "No commune of Bắc Ninh (with former Bắc Giang) has this name.",
            "Look at the name, or write the five-digit code.",
        ),
        F::UnknownCommune(near) => Said::new(
            "No commune of Bắc Ninh (with former Bắc Giang) has this name.",
            format!("Is it {}?", listed(near, "formerly", ", ")),
        ),
        F::AmbiguousCommune(candidates) => Said::new(
            format!("{} places have this name: {}.", candidates.len(), listed(candidates, "formerly", "; ")),
            "Add the former district after a comma, or write the new name.",
        ),
        F::UnknownArea(Some(near)) => {
            Said::new("No growing area is registered under this code.", format!("Is it {near}?"))
        }
        F::UnknownArea(None) => Said::new(
            "No growing area is registered under this code.",
            "Look at the code; if it is right, register the growing area first.",
        ),
        F::NothingAbove => Said::new("\"The same as above\", but there is nothing above.", "Fill the cell in."),
        F::PhoneWithoutName => Said::new(
            "Another telephone number in a row without a name.",
            "Write the name if it is another household; else remove the number.",
        ),
        F::DuplicatePhone(other) => Said::new(
            format!("The household in {other} has this telephone number."),
            "One number a household: mend one, or leave one empty.",
        ),
        F::DuplicateName(other) => Said::new(
            format!("This name in this village stands in {other} too; it is not clear whether that is one household."),
            "If it is one, put its rows together; if it is two, give telephone numbers, or a byname in brackets.",
        ),
        F::DuplicatePlot(other) => Said::new(
            format!("A plot of this household has this name in {other}."),
            "Name it otherwise, or delete the row.",
        ),
        F::DuplicateRow(other) => Said::new(
            format!("This row says what {other} says."),
            "Delete one; if they are two plots, give each a name.",
        ),
        F::AboveCeiling(code, wanted, left) => Said::new(
            format!("Growing area {code}: the plots want {}, and {} is left.", kilograms(*wanted), kilograms(*left)),
            "Lower the expected yields, or have the ceiling raised first.",
        ),
        F::AboveArea(code, wanted, left) => Said::new(
            format!(
                "Growing area {code}: the plots take {}, and {} is left.",
                square_metres(*wanted),
                square_metres(*left)
            ),
            "Look at the plots' areas and at the growing area's.",
        ),
        F::NamesAlike(other) => Said::new(
            format!(
                "Somebody of this name in this village stands in {other} with another number: taken as two households."
            ),
            "If it is one, write one number.",
        ),
        F::UnusualSize(value) => {
            Said::new(format!("An unusual area: {}.", square_metres(*value)), "Look at the number and its unit.")
        }
        F::UnusualYield(value) => {
            Said::new(format!("An unusual yield: {}.", kilograms(*value)), "Look at the number and its unit.")
        }
        F::HighYield(value) => Said::new(
            format!("{} kg a hectare is more than orchards bear.", number(*value)),
            "Look at the area and the yield.",
        ),
        F::Tidied => Said::new("Written more neatly.", ""),
        F::MendedPhone(mended) if mended.first_of_several => Said::new("Several numbers; the first was taken.", ""),
        F::MendedPhone(mended) if mended.old_prefix => {
            Said::new("An eleven-digit number of before 2018; the new prefix was put in.", "")
        }
        F::MendedPhone(_) => Said::new("Its leading 0 was put back.", ""),
        F::Chosen => Said::new("Only one reading of its marks is plausible.", ""),
        F::AssumedAreaUnit(unit) => Said::new(format!("No unit; taken as {}.", area_unit(*unit)), ""),
        F::AssumedMassUnit(MassUnit::Tonne) => Said::new("No unit; taken as tonnes.", ""),
        F::AssumedMassUnit(_) => Said::new("No unit; taken as kg.", ""),
        F::Rounded => Said::new("Rounded.", ""),
        F::Renamed(candidate) => {
            Said::new(format!("Formerly {}, now {}.", candidate.was.as_deref().unwrap_or_default(), candidate.name), "")
        }
        F::SameAsAbove => Said::new("As the cell above.", ""),
        F::SameHousehold(other) => Said::new(format!("A further plot of the household in {other}."), ""),
        F::Known => Said::new("Registered already.", ""),
        F::Differs(what) => differs(what),
        F::RowSkipped(Skipped::Total) => Said::new("A row of sums; not read.", ""),
        F::RowSkipped(Skipped::Heading) => Said::new("The headings again; not read.", ""),
        F::RowSkipped(Skipped::Group) => Said::new("The village or commune of the rows below.", ""),
        F::RowSkipped(Skipped::Footer) => Said::new("Signatures; not read.", ""),
        F::ColumnIgnored => Said::new("This column is not used.", ""),
        F::ColumnTwice(of) => Said::new(format!("A second column of the {}; not read.", column(*of)), ""),
        F::SheetIgnored => Said::new("This sheet has no heading row; not read.", ""),
        F::SheetHidden => Said::new("This sheet is hidden; not read.", "Unhide it if it is wanted."),
        F::GuessedEncoding => Said::new(
            "Not Unicode; read as windows-1258.",
            "Look at the names; if they are wrong, save the file as .xlsx.",
        ),
    }
}

fn differs(what: &Differs) -> Said {
    const KEPT: &str = "What is registered stays. If that is wrong, record a correction.";
    match what {
        Differs::Name => Said::new("This telephone number is registered under another name.", KEPT),
        Differs::Phone => Said::new("This household is registered with another telephone number.", KEPT),
        Differs::Area => Said::new("This plot is registered in another growing area.", KEPT),
        Differs::Size(before) => Said::new(format!("Registered with {} m².", number(before.get())), KEPT),
        Differs::Variety(before) => Said::new(format!("Registered as {}.", before.as_str()), KEPT),
        Differs::Yield(before) => Said::new(format!("Its share is {}.", kilograms(before.get())), KEPT),
        Differs::Key => {
            Said::new("This household has a key.", "For a lost or new phone, revoke the old key and add the new one.")
        }
    }
}

pub(super) fn error(error: &Error) -> Said {
    match error {
        Error::Empty => Said::new("The file is empty.", "Choose the list again."),
        Error::OldExcel => Said::new(
            "An old Excel file (.xls), or one under a password.",
            "Open it in Excel, take the password away, and save it as Excel Workbook (.xlsx).",
        ),
        Error::NotATable => {
            Said::new("Neither an Excel workbook (.xlsx) nor a CSV file.", "Save the list as .xlsx or .csv.")
        }
        Error::Damaged { part } => Said::new(
            format!("The workbook is damaged ({part})."),
            "Open it in Excel and save it again, or take the original.",
        ),
        Error::TooLarge { what, most } => Said::new(
            format!("The file is too large: more than {} {what}.", number(u64::try_from(*most).unwrap_or(u64::MAX))),
            "Divide it into several files, and take pictures out.",
        ),
        Error::NoHeading { rows } => Said::new(
            format!("There is no heading row in the first {rows} rows."),
            "One row needs \"Họ và tên chủ hộ\" and at least two further headings, as the template has.",
        ),
        Error::NoRows => {
            Said::new("There is no household below the headings.", "Fill the list in, and load the file again.")
        }
    }
}
