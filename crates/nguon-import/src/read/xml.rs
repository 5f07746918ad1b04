//! The little of XML that workbooks need: elements by local name, attributes, text.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::Error;

/// One step through a file.
pub(super) enum Step {
    /// An element begins.
    Open(Element),
    /// An element ends.
    Close(String),
    /// Text within one.
    Text(String),
    /// The end of the file.
    End,
}

/// An element's beginning.
pub(super) struct Element {
    /// Its name without prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// It ends at once.
    pub empty: bool,
}

impl Element {
    /// An attribute by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// Steps through a file.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'static str,
}

impl<'a> Xml<'a> {
    pub(super) fn new(bytes: &'a [u8], part: &'static str) -> Self {
        let mut reader = Reader::from_reader(bytes);
        reader.config_mut().check_end_names = false;
        Self { reader, part }
    }

    /// The next step. What is neither an element nor text is passed over.
    pub(super) fn step(&mut self) -> Result<Step, Error> {
        loop {
            let damaged = Error::Damaged { part: self.part };
            match self.reader.read_event() {
                Ok(Event::Start(start)) => return Ok(Step::Open(element(&start, false))),
                Ok(Event::Empty(start)) => return Ok(Step::Open(element(&start, true))),
                Ok(Event::End(end)) => return Ok(Step::Close(end.local_name().as_ref().to_owned())),
                Ok(Event::Text(text)) => return Ok(Step::Text((*text).to_owned())),
                Ok(Event::CData(text)) => return Ok(Step::Text((*text).to_owned())),
                Ok(Event::GeneralRef(name)) => {
                    if let Some(c) = reference(&name) {
                        return Ok(Step::Text(c.into()));
                    }
                }
                Ok(Event::Eof) => return Ok(Step::End),
                Ok(_) => {}
                Err(_) => return Err(damaged),
            }
        }
    }
}

fn element(start: &BytesStart<'_>, empty: bool) -> Element {
    let mut attributes = start.attributes();
    let attributes = attributes
        .with_checks(false)
        .flatten()
        .map(|attribute| (attribute.key.local_name().as_ref().to_owned(), unescaped(&attribute.value)))
        .collect();
    Element { name: start.local_name().as_ref().to_owned(), attributes, empty }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after.split_once(';').and_then(|(name, after)| Some((reference(name)?, after))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// XML's five names, and characters by number; no others are defined by a workbook.
fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            code.ok().and_then(char::from_u32).filter(|c| *c != '\0')
        }
    }
}
