//! Single cells: from what stands there to what it says, with what is to be remarked.

use nguon_core::ids::PublicKeyBytes;
use nguon_core::key::PublicKey;
use nguon_core::values::{Code, Count, Grams, SquareMetres, Text};

use crate::column::Heading;
use crate::finding::Finding;
use crate::table::{MAX_TEXT, Value};
use crate::text::{garbled, is_none, tidy};
use crate::value::{
    AreaUnit, MassUnit, Mended, PersonName, Phone, QuantityFault, Read, quantity_of_number, read_quantity,
};

/// What a cell says, how it will be written if that is another way, and what is to be remarked.
pub(super) struct Said<T> {
    pub value: T,
    pub taken: Option<String>,
    pub findings: Vec<Finding>,
}

impl<T> Said<T> {
    fn plain(value: T) -> Self {
        Self { value, taken: None, findings: Vec::new() }
    }
}

/// Words; `None` if the cell says "nothing".
pub(super) fn words(value: &Value) -> Result<Option<String>, Finding> {
    match value {
        Value::Fault(_) => Err(Finding::FailedFormula),
        Value::Date(_) => Err(Finding::BecameDate),
        Value::Text(text) if text.chars().count() >= MAX_TEXT => Err(Finding::TooLong),
        Value::Text(text) => match garbled(text) {
            Some(how) => Err(Finding::Garbled(how)),
            None => Ok(Some(tidy(text)).filter(|text| !text.is_empty() && !is_none(text))),
        },
        other => Ok(Some(other.shown())),
    }
}

pub(super) fn name(text: &str) -> Result<Said<PersonName>, Finding> {
    let (name, changed) = PersonName::read(text).map_err(Finding::NotAName)?;
    let taken = changed.then(|| name.as_str().to_owned());
    let findings = if changed { vec![Finding::Tidied] } else { Vec::new() };
    Ok(Said { value: name, taken, findings })
}

pub(super) fn phone(text: &str) -> Result<Said<Phone>, Finding> {
    let (phone, mended) = Phone::read(text).map_err(Finding::NotAPhone)?;
    let taken = Some(phone.spoken()).filter(|spoken| spoken != text);
    let findings = if mended == Mended::default() { Vec::new() } else { vec![Finding::MendedPhone(mended)] };
    Ok(Said { value: phone, taken, findings })
}

/// A public key: 64 digits, with whatever somebody put between them.
pub(super) fn key(text: &str) -> Result<Said<PublicKeyBytes>, Finding> {
    let digits: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let key: PublicKeyBytes = digits.parse().map_err(|_| Finding::NotAKey)?;
    PublicKey::from_bytes(&key).map_err(|_| Finding::NotAKey)?;
    Ok(Said::plain(key))
}

/// A growing area's code: capitals, no spaces.
pub(super) fn code(text: &str) -> Result<Code, Finding> {
    let bare: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '–' | '—' | '‐' | '‑') { '-' } else { c })
        .collect();
    bare.to_ascii_uppercase().parse().map_err(|_| Finding::NotACode)
}

/// For comparing codes: letters and digits only.
pub(super) fn code_key(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
}

pub(super) fn short_text(text: &str) -> Result<Text, Finding> {
    Text::try_from(text.to_owned()).map_err(|_| Finding::TooLong)
}

pub(super) fn size(value: &Value, heading: Option<Heading>) -> Result<Option<Said<SquareMetres>>, Finding> {
    let unit = heading.and_then(|heading| heading.size);
    let Some(read) = quantity::<AreaUnit>(value, unit, Finding::NotASize)? else { return Ok(None) };
    let size = SquareMetres::new(read.value).map_err(|_| Finding::NotASize(QuantityFault::TooLarge(read.value)))?;
    let mut findings = remarks(&read);
    findings.extend(read.assumed.map(Finding::AssumedAreaUnit));
    if read.unusual {
        findings.push(Finding::UnusualSize(read.value));
    }
    Ok(Some(Said { value: size, taken: Some(format!("{} m²", read.value)), findings }))
}

pub(super) fn mass(value: &Value, heading: Option<Heading>) -> Result<Option<Said<Grams>>, Finding> {
    let unit = heading.and_then(|heading| heading.mass);
    let Some(read) = quantity::<MassUnit>(value, unit, Finding::NotAYield)? else { return Ok(None) };
    let grams = Grams::new(read.value).map_err(|_| Finding::NotAYield(QuantityFault::TooLarge(read.value)))?;
    let mut findings = remarks(&read);
    findings.extend(read.assumed.map(Finding::AssumedMassUnit));
    if read.unusual {
        findings.push(Finding::UnusualYield(read.value));
    }
    Ok(Some(Said { value: grams, taken: Some(kilograms(read.value)), findings }))
}

/// `1234,5 kg`.
pub(crate) fn kilograms(grams: u64) -> String {
    let part = format!("{:03}", grams % 1000);
    let part = part.trim_end_matches('0');
    if part.is_empty() { format!("{} kg", grams / 1000) } else { format!("{},{part} kg", grams / 1000) }
}

pub(super) fn count(value: &Value) -> Result<Option<Said<Count>>, Finding> {
    let number = match value {
        Value::Number(number) if number.fract() == 0.0 && (1.0..1e9).contains(number) => value.shown(),
        Value::Number(_) => return Err(Finding::NotACount),
        other => match words(other)? {
            None => return Ok(None),
            Some(text) => text.trim_end_matches("cây").trim().to_owned(),
        },
    };
    let digits: String = number.chars().filter(|c| !matches!(c, '.' | ',' | ' ')).collect();
    let count = digits.parse::<u64>().ok().and_then(|count| Count::new(count).ok()).ok_or(Finding::NotACount)?;
    Ok(Some(Said::plain(count)))
}

fn quantity<U: crate::value::Unit>(
    value: &Value,
    unit: Option<U>,
    fault: fn(QuantityFault) -> Finding,
) -> Result<Option<Read<U>>, Finding> {
    let read = match value {
        Value::Number(number) => quantity_of_number(*number, unit),
        other => match words(other)? {
            None => return Ok(None),
            Some(text) => read_quantity(&text, unit),
        },
    };
    read.map(Some).map_err(fault)
}

fn remarks<U>(read: &Read<U>) -> Vec<Finding> {
    let chosen = read.chosen.then_some(Finding::Chosen);
    chosen.into_iter().chain(read.rounded.then_some(Finding::Rounded)).collect()
}
