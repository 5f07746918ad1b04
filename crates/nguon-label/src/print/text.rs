//! What stands on a label.

use unicode_normalization::UnicodeNormalization as _;

use super::block::{Paragraph, Unit};
use super::date::{Date, DateKind};
use super::font::{Face, can_print};
use super::lang::{Captions, Lang};
use crate::error::{Error, Field};
use crate::label::Label;
use crate::svg::caption_lines;

const LONGEST_PRODUCT: usize = 120;
const LONGEST_NOTE: usize = 80;
const LONGEST_CODE: usize = 40;
const MOST_PLACES: usize = 2;
const MOST_DATES: usize = 4;
const MOST_NOTES: usize = 3;

/// What a code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlaceKind {
    /// Mã số vùng trồng.
    GrowingArea,
    /// Mã số cơ sở đóng gói.
    PackingHouse,
}

/// A label's words: product, place codes, dates. Lot, GTIN and serial come from the link.
///
/// Text is brought into NFC as it enters; what the font cannot print is refused with its place.
///
/// ```
/// use nguon_label::{Date, DateKind, Error, LabelText, PlaceKind};
///
/// let text = LabelText::new("Vải thiều Lục Ngạn")?
///     .with_place(PlaceKind::GrowingArea, "VN-BGOR-0127")?
///     .with_date(DateKind::Harvested, Date::new(2026, 6, 12)?)?
///     .with_weight(5_000)?
///     .with_note("HTX Hồng Giang, xã Lục Ngạn, Bắc Ninh")?;
/// assert_eq!(text.product(), "Vải thiều Lục Ngạn");
///
/// let snowman = LabelText::new("Vải ☃").unwrap_err();
/// assert_eq!(snowman.in_vietnamese(), "Tên sản phẩm có ký tự thứ 5 là “☃”, phông chữ của tem không in được: hãy viết cách khác.");
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelText {
    lang: Lang,
    product: String,
    places: Vec<(PlaceKind, String)>,
    dates: Vec<(DateKind, Date)>,
    grams: Option<u64>,
    notes: Vec<String>,
}

impl LabelText {
    /// With the product's name, and captions in Vietnamese.
    pub fn new(product: &str) -> Result<Self, Error> {
        let product = entered(product, Field::Product, LONGEST_PRODUCT)?;
        Ok(Self { lang: Lang::Vi, product, places: Vec::new(), dates: Vec::new(), grams: None, notes: Vec::new() })
    }

    /// Captions in another language.
    #[must_use]
    pub fn in_language(self, lang: Lang) -> Self {
        Self { lang, ..self }
    }

    /// A growing area's or packing house's code; at most two.
    pub fn with_place(mut self, kind: PlaceKind, code: &str) -> Result<Self, Error> {
        let code = entered(code, Field::Place, LONGEST_CODE)?;
        push(&mut self.places, (kind, code), Field::Place, MOST_PLACES)?;
        Ok(self)
    }

    /// A day; at most four.
    pub fn with_date(mut self, kind: DateKind, date: Date) -> Result<Self, Error> {
        push(&mut self.dates, (kind, date), Field::Date, MOST_DATES)?;
        Ok(self)
    }

    /// What the box weighs without itself, in grams; one weight.
    pub fn with_weight(self, grams: u64) -> Result<Self, Error> {
        match self.grams {
            None => Ok(Self { grams: Some(grams), ..self }),
            Some(_) => Err(Error::TooMany { field: Field::Weight, most: 1 }),
        }
    }

    /// A line of one's own, such as who packed it; at most three.
    pub fn with_note(mut self, note: &str) -> Result<Self, Error> {
        push(&mut self.notes, entered(note, Field::Note, LONGEST_NOTE)?, Field::Note, MOST_NOTES)?;
        Ok(self)
    }

    /// The product's name, in NFC.
    #[must_use]
    pub fn product(&self) -> &str {
        &self.product
    }

    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    pub(crate) fn head(&self) -> Paragraph {
        Paragraph::new(Field::Product, words(&self.product, Face::Bold))
    }

    /// All but product and element string.
    pub(crate) fn body(&self, label: &Label, captions: Captions) -> Vec<Paragraph> {
        let lang = self.lang;
        let mut rows = vec![row(Field::Lot, lang.lot(), label.link().code().lot().as_str())];
        let place = |(kind, code): &(PlaceKind, String)| row(Field::Place, lang.place(*kind, captions), code);
        rows.extend(self.places.iter().map(place));
        let date = |(kind, date): &(DateKind, Date)| row(Field::Date, lang.date(*kind, captions), &date.show(lang));
        rows.extend(self.dates.iter().map(date));
        let weight = |grams| row(Field::Weight, lang.weight(captions), &kilograms(grams, lang));
        rows.extend(self.grams.map(weight));
        rows.extend(self.notes.iter().map(|note| Paragraph::new(Field::Note, words(note, Face::Regular))));
        rows
    }
}

/// A label with its words, ready to be laid out.
#[derive(Debug, Clone)]
pub struct PrintLabel {
    label: Label,
    text: LabelText,
}

impl PrintLabel {
    /// Refused if the lot or serial has characters that cannot be printed, which those of GS1 always can.
    pub fn new(label: Label, text: LabelText) -> Result<Self, Error> {
        for line in caption_lines(&label) {
            printable(&line, Field::ElementString)?;
        }
        Ok(Self { label, text })
    }

    /// The symbol.
    #[must_use]
    pub fn label(&self) -> &Label {
        &self.label
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> &LabelText {
        &self.text
    }

    /// GTIN, lot and serial with their identifiers: broken between them first, then after an identifier or hyphen.
    pub(crate) fn foot(&self) -> Paragraph {
        let units = caption_lines(&self.label).into_iter().map(|line| {
            let identifier = line.find(')').map_or(0, |at| at + 1);
            let (identifier, value) = line.split_at_checked(identifier).unwrap_or(("", &line));
            let parts = std::iter::once(identifier).chain(value.split_inclusive('-')).filter(|part| !part.is_empty());
            Unit::new(parts, Face::Regular).glued()
        });
        Paragraph::new(Field::ElementString, units.collect())
    }
}

/// Text as it is kept: NFC, single spaces, printable.
fn entered(text: &str, field: Field, most: usize) -> Result<String, Error> {
    // Before anything that takes time by length.
    if text.len() > most * 16 {
        return Err(Error::FieldLength { field, most });
    }
    let normal: String = text.nfc().collect();
    let text = normal.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(Error::Empty(field));
    }
    if text.chars().count() > most {
        return Err(Error::FieldLength { field, most });
    }
    printable(&text, field)?;
    Ok(text)
}

fn printable(text: &str, field: Field) -> Result<(), Error> {
    match text.chars().enumerate().find(|(_, character)| !can_print(*character)) {
        Some((at, character)) => Err(Error::Character { field, at: at + 1, character }),
        None => Ok(()),
    }
}

fn push<T>(list: &mut Vec<T>, value: T, field: Field, most: usize) -> Result<(), Error> {
    if list.len() >= most {
        return Err(Error::TooMany { field, most });
    }
    list.push(value);
    Ok(())
}

fn words(text: &str, face: Face) -> Vec<Unit> {
    text.split(' ').map(|word| Unit::new([word], face)).collect()
}

/// A caption and its value.
fn row(field: Field, caption: &str, value: &str) -> Paragraph {
    let mut units = words(caption, Face::Regular);
    units.extend(value.split(' ').map(|word| Unit::new(word.split_inclusive('-'), Face::Bold)));
    Paragraph::new(field, units)
}

fn kilograms(grams: u64, lang: Lang) -> String {
    let decimals = format!("{:03}", grams % 1_000);
    match decimals.trim_end_matches('0') {
        "" => format!("{} kg", grams / 1_000),
        decimals => format!("{}{}{decimals} kg", grams / 1_000, lang.decimal_mark()),
    }
}
