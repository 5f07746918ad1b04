//! Workbooks of Office Open XML (ECMA-376 part 1, SpreadsheetML): sheets, shared strings, which numbers are days, merged ranges.
//! Left out: formulas (their last values are read), formats other than days, comments, pictures, `.xlsb`.
//!
//! The reader is our own for its size and its limits: `calamine` weighs 231 KB brotli in a browser (0.38, `opt-level = "z"`), more
//! than half of what the co-op's desk may weigh in all, and unpacks what it is given without bound. Tests hold this one to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::double::double;
use super::xml::{Element, Step, Xml};
use super::zip::Archive;
use crate::error::{Error, Measure};
use crate::table::{Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, MAX_TEXT, Row, Sheet, Value, Workbook};

/// Cells that merged ranges may fill.
const MAX_MERGED: usize = 500_000;

/// Reads all sheets.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Error> {
    let mut archive = Archive::open(bytes)?;
    let Some(workbook) = archive.file("xl/workbook.xml")? else {
        // An encrypted package, or some other kind of document.
        return Err(if archive.has("EncryptedPackage") { Error::OldExcel } else { Error::NotATable });
    };
    let Contents { sheets, from_1904 } = contents(&workbook)?;
    let relations =
        archive.file("xl/_rels/workbook.xml.rels")?.map(|bytes| relations(&bytes)).transpose()?.unwrap_or_default();
    let strings_at = target(&relations, |relation| relation.kind.ends_with("/sharedStrings"));
    let strings = archive.file(strings_at.as_deref().unwrap_or("xl/sharedStrings.xml"))?;
    let strings = strings.map(|bytes| strings_of(&bytes)).transpose()?.unwrap_or_default();
    let styles_at = target(&relations, |relation| relation.kind.ends_with("/styles"));
    let styles = archive.file(styles_at.as_deref().unwrap_or("xl/styles.xml"))?;
    let days = styles.map(|bytes| day_styles(&bytes)).transpose()?.unwrap_or_default();
    let mut reading = Reading { strings: &strings, days: &days, from_1904, cells: 0, rows: 0, merged: 0 };
    let mut read = Vec::new();
    for (at, (name, id, hidden)) in sheets.into_iter().enumerate() {
        if at >= MAX_SHEETS {
            return Err(Error::TooLarge { what: Measure::Sheets, most: MAX_SHEETS });
        }
        let path = target(&relations, |relation| relation.id == id)
            .unwrap_or_else(|| format!("xl/worksheets/sheet{}.xml", at + 1));
        // A tab can also be a chart, which has no rows.
        let Some(bytes) = archive.file(&path)? else { continue };
        read.push(Sheet { name: Arc::from(name), rows: reading.rows(&bytes)?, hidden });
    }
    Ok(Workbook { sheets: read, text: None })
}

struct Contents {
    /// Name, relation, whether it is hidden.
    sheets: Vec<(String, String, bool)>,
    from_1904: bool,
}

fn contents(bytes: &[u8]) -> Result<Contents, Error> {
    let mut xml = Xml::new(bytes, "workbook.xml");
    let mut contents = Contents { sheets: Vec::new(), from_1904: false };
    loop {
        match xml.step()? {
            Step::Open(element) if element.name == "sheet" => {
                let name = element.attribute("name").unwrap_or_default();
                let hidden = element.attribute("state").is_some_and(|state| state != "visible");
                let id = element.attribute("id").unwrap_or_default().to_owned();
                contents.sheets.push((name.chars().take(64).collect(), id, hidden));
            }
            Step::Open(element) if element.name == "workbookPr" => {
                contents.from_1904 = element.attribute("date1904").is_some_and(|on| matches!(on, "1" | "true"));
            }
            Step::End => return Ok(contents),
            _ => {}
        }
    }
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn relations(bytes: &[u8]) -> Result<Vec<Relation>, Error> {
    let mut xml = Xml::new(bytes, "workbook.xml.rels");
    let mut relations = Vec::new();
    loop {
        match xml.step()? {
            Step::Open(element) if element.name == "Relationship" => {
                let text = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
                relations.push(Relation { id: text("Id"), kind: text("Type"), target: text("Target") });
            }
            Step::End => return Ok(relations),
            _ => {}
        }
    }
}

/// The path of the file that a relation leads to.
fn target(relations: &[Relation], wanted: impl Fn(&Relation) -> bool) -> Option<String> {
    let relation = relations.iter().find(|relation| wanted(relation))?;
    Some(match relation.target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{}", relation.target.trim_start_matches("./")),
    })
}

/// The texts that cells name by number.
fn strings_of(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let mut xml = Xml::new(bytes, "sharedStrings.xml");
    let mut strings = Vec::new();
    loop {
        match xml.step()? {
            Step::Open(element) if element.name == "si" => {
                if strings.len() >= MAX_CELLS {
                    return Err(Error::TooLarge { what: Measure::Cells, most: MAX_CELLS });
                }
                strings.push(if element.empty { String::new() } else { text_until(&mut xml, "si")? });
            }
            Step::End => return Ok(strings),
            _ => {}
        }
    }
}

/// The text in `t` elements up to the end of an element; not that of phonetic readings.
fn text_until(xml: &mut Xml<'_>, end: &str) -> Result<String, Error> {
    let (mut text, mut inside, mut phonetic) = (String::new(), false, false);
    loop {
        match xml.step()? {
            Step::Open(element) if element.name == "t" => inside = !element.empty,
            Step::Open(element) if element.name == "rPh" => phonetic = !element.empty,
            Step::Close(name) if name == "t" => inside = false,
            Step::Close(name) if name == "rPh" => phonetic = false,
            Step::Close(name) if name == end => return Ok(cut(&unescaped(&text))),
            Step::Text(more) if inside && !phonetic => text.push_str(&more),
            Step::End => return Ok(cut(&text)),
            _ => {}
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}

/// `_x000D_` is how a workbook writes a character that XML does not take.
fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// Which styles show numbers as days: by position in `cellXfs`.
fn day_styles(bytes: &[u8]) -> Result<Vec<bool>, Error> {
    let mut xml = Xml::new(bytes, "styles.xml");
    let (mut own, mut styles, mut inside) = (BTreeSet::new(), Vec::new(), false);
    loop {
        match xml.step()? {
            Step::Open(element) if element.name == "numFmt" => {
                let code = element.attribute("formatCode").unwrap_or_default();
                if is_day_format(code) {
                    own.insert(element.attribute("numFmtId").unwrap_or_default().to_owned());
                }
            }
            Step::Open(element) if element.name == "cellXfs" => inside = !element.empty,
            Step::Close(name) if name == "cellXfs" => inside = false,
            Step::Open(element) if inside && element.name == "xf" => {
                let id = element.attribute("numFmtId").unwrap_or_default();
                // ECMA-376 §18.8.30: 14 to 22 and 45 to 47 are days and times.
                let built_in = id.parse::<u16>().is_ok_and(|id| matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58));
                styles.push(built_in || own.contains(id));
            }
            Step::End => return Ok(styles),
            _ => {}
        }
    }
}

/// A format with a letter for days, months or years outside quotes, brackets and escapes.
fn is_day_format(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    for c in code.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' if !quoted && !bracketed => return true,
            _ => {}
        }
    }
    false
}

/// Reads sheets within limits that hold for all of them together.
struct Reading<'a> {
    strings: &'a [String],
    days: &'a [bool],
    from_1904: bool,
    cells: usize,
    rows: usize,
    merged: usize,
}

impl Reading<'_> {
    fn rows(&mut self, bytes: &[u8]) -> Result<Vec<Row>, Error> {
        let mut xml = Xml::new(bytes, "sheet");
        let (mut rows, mut merges) = (Vec::<(u32, Vec<Cell>)>::new(), Vec::new());
        let mut at = (0_u32, 0_u32);
        loop {
            match xml.step()? {
                Step::Open(element) if element.name == "row" => {
                    at = (number(&element, "r").unwrap_or(at.0 + 1).max(1), 0);
                }
                Step::Open(element) if element.name == "c" => {
                    let reference = element.attribute("r").and_then(reference);
                    let (column, row) = reference.unwrap_or((at.1, at.0.max(1)));
                    at.1 = column.saturating_add(1);
                    let Some(value) = self.value(&mut xml, &element)? else { continue };
                    let Some(column) = u16::try_from(column).ok().filter(|column| *column < MAX_COLUMNS) else {
                        continue;
                    };
                    self.keep(&mut rows, row, Cell { column, value, merged: false })?;
                }
                Step::Open(element) if element.name == "mergeCell" => {
                    merges.extend(element.attribute("ref").and_then(range));
                }
                Step::End => break,
                _ => {}
            }
        }
        rows.sort_by_key(|(row, _)| *row);
        rows.dedup_by(|later, kept| {
            later.0 == kept.0 && {
                kept.1.append(&mut later.1);
                true
            }
        });
        self.fill(&mut rows, &merges)?;
        Ok(rows.into_iter().map(|(row, cells)| Row::new(row, cells)).collect())
    }

    fn keep(&mut self, rows: &mut Vec<(u32, Vec<Cell>)>, row: u32, cell: Cell) -> Result<(), Error> {
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Err(Error::TooLarge { what: Measure::Cells, most: MAX_CELLS });
        }
        match rows.last_mut() {
            Some((last, cells)) if *last == row => cells.push(cell),
            _ => {
                self.rows += 1;
                if self.rows > MAX_ROWS {
                    return Err(Error::TooLarge { what: Measure::Rows, most: MAX_ROWS });
                }
                rows.push((row, vec![cell]));
            }
        }
        Ok(())
    }

    /// What a `c` element holds; nothing if it is empty.
    fn value(&self, xml: &mut Xml<'_>, element: &Element) -> Result<Option<Value>, Error> {
        if element.empty {
            return Ok(None);
        }
        let kind = element.attribute("t").unwrap_or("n").to_owned();
        let style = number(element, "s").and_then(|style| usize::try_from(style).ok());
        let (mut text, mut inside) = (String::new(), false);
        loop {
            match xml.step()? {
                Step::Open(inner) if inner.name == "is" && !inner.empty => text = text_until(xml, "is")?,
                Step::Open(inner) if inner.name == "v" => inside = !inner.empty,
                Step::Close(name) if name == "v" => inside = false,
                Step::Close(name) if name == "c" => break,
                Step::Text(more) if inside => text.push_str(&more),
                Step::End => break,
                _ => {}
            }
        }
        let value = match kind.as_str() {
            "s" => Value::Text(
                text.trim().parse().ok().and_then(|at: usize| self.strings.get(at)).cloned().unwrap_or_default(),
            ),
            "str" => Value::Text(cut(&unescaped(&text))),
            "inlineStr" => Value::Text(text),
            "b" => Value::Bool(matches!(text.trim(), "1" | "true")),
            "e" => Value::Fault(cut(&text)),
            "d" => Value::Text(cut(&text)),
            _ => match double(text.trim()) {
                Some(number) => {
                    let is_day = style.and_then(|style| self.days.get(style)).copied().unwrap_or(false);
                    let shift = if self.from_1904 { 1_462.0 } else { 0.0 };
                    if is_day { Value::Date(number + shift) } else { Value::Number(number) }
                }
                _ => Value::Text(cut(&text)),
            },
        };
        Ok(Some(value).filter(|value| !value.is_blank()))
    }

    /// Repeats the first cell of a merged range in its other cells, in rows that have something else.
    fn fill(&mut self, rows: &mut [(u32, Vec<Cell>)], merges: &[Range]) -> Result<(), Error> {
        for merge in merges {
            let first = rows.partition_point(|(row, _)| *row < merge.rows.0);
            let Some((row, cells)) = rows.get(first) else { continue };
            if *row != merge.rows.0 {
                continue;
            }
            let (left, right) = (merge.columns.0, merge.columns.1.min(MAX_COLUMNS - 1));
            let value = cells.iter().find(|cell| cell.column == left && !cell.merged).map(|cell| cell.value.clone());
            let Some(value) = value else { continue };
            for (row, cells) in rows.iter_mut().skip(first).take_while(|(row, _)| *row <= merge.rows.1) {
                for column in left..=right {
                    if *row == merge.rows.0 && column == left {
                        continue;
                    }
                    self.merged += 1;
                    if self.merged > MAX_MERGED {
                        return Err(Error::TooLarge { what: Measure::Cells, most: MAX_MERGED });
                    }
                    cells.push(Cell { column, value: value.clone(), merged: true });
                }
            }
        }
        Ok(())
    }
}

fn number(element: &Element, name: &str) -> Option<u32> {
    element.attribute(name)?.trim().parse().ok()
}

struct Range {
    rows: (u32, u32),
    columns: (u16, u16),
}

/// `A1:C3`.
fn range(text: &str) -> Option<Range> {
    let (from, to) = text.split_once(':')?;
    let ((left, top), (right, bottom)) = (reference(from)?, reference(to)?);
    let columns = (u16::try_from(left).ok()?, u16::try_from(right).unwrap_or(u16::MAX));
    Some(Range { rows: (top, bottom), columns })
}

/// `B12`: column from 0, row from 1.
fn reference(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?) + 1;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    let row = row.parse().ok().filter(|row| *row >= 1)?;
    Some((column.checked_sub(1)?, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_spreadsheets_write_them() {
        for (text, read) in [
            ("A1", Some((0, 1))),
            ("AA10", Some((26, 10))),
            ("b2", Some((1, 2))),
            ("A0", None),
            ("1", None),
            ("ÁB1", None),
        ] {
            assert_eq!(reference(text), read, "{text}");
        }
        assert_eq!(reference("ZZZZZZZZZZ9"), None);
    }

    #[test]
    fn formats_of_days_are_told_from_formats_of_numbers() {
        for (code, day) in [
            ("dd/mm/yyyy", true),
            ("[$-42A]d mmmm yyyy", true),
            ("#,##0.00", false),
            ("0.00\" ha dày\"", false),
            ("[Red]0", false),
            ("General", false),
            ("0\\d", false),
        ] {
            assert_eq!(is_day_format(code), day, "{code}");
        }
    }
}
