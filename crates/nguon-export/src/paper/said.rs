//! What is said, in the languages of a document.

use crate::facts::{Language, When};

/// The languages that a document is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Langs {
    /// Vietnamese alone.
    Vi,
    /// English alone.
    En,
    /// Vietnamese, and English beside it.
    ViEn,
}

impl Langs {
    /// The document's own.
    #[must_use]
    pub const fn first(self) -> Language {
        match self {
            Self::Vi | Self::ViEn => Language::Vi,
            Self::En => Language::En,
        }
    }

    /// How many columns paragraphs take.
    pub(super) const fn count(self) -> u32 {
        match self {
            Self::Vi | Self::En => 1,
            Self::ViEn => 2,
        }
    }
}

/// Words in Vietnamese and in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    vi: String,
    /// None: as in Vietnamese.
    en: Option<String>,
    kind: Kind,
    /// The number that it is, so that a column's decimals can stand under one another.
    number: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Words,
    /// Of no language: a code, a figure.
    Code,
}

impl Said {
    /// A sentence in each language.
    #[must_use]
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        let (vi, en) = (vi.into(), en.into());
        Self { en: (en != vi).then_some(en), vi, kind: Kind::Words, number: None }
    }

    /// By language.
    #[must_use]
    pub fn with(say: impl Fn(Language) -> String) -> Self {
        Self::new(say(Language::Vi), say(Language::En))
    }

    /// A code or figure that is the same in every language.
    #[must_use]
    pub fn same(code: impl Into<String>) -> Self {
        Self { vi: code.into(), en: None, kind: Kind::Code, number: None }
    }

    /// A Vietnamese name, which is not translated.
    #[must_use]
    pub fn name(name: impl Into<String>) -> Self {
        Self { vi: name.into(), en: None, kind: Kind::Words, number: None }
    }

    /// A whole number: `1.234` and `1,234`.
    #[must_use]
    pub fn whole(number: u64) -> Self {
        Self::figure(|lang| whole(number, lang))
    }

    /// A number of thousandths: `1.234,5` and `1,234.5`, without zeroes at the end; in a column of numbers all have as many
    /// decimals as the longest.
    #[must_use]
    pub fn thousandths(number: u64) -> Self {
        Self { number: Some(number), ..Self::figure(|lang| thousandths(number, lang)) }
    }

    /// How many decimals it needs, if it is a number.
    pub(super) fn decimals(&self) -> usize {
        let rest = self.number.map_or(0, |number| number % 1_000);
        (0..3).find(|decimals| rest.is_multiple_of(10_u64.pow(3 - decimals))).map_or(3, |decimals| decimals as usize)
    }

    /// The same number with at least so many decimals; anything else as it is.
    pub(super) fn with_decimals(&self, decimals: usize) -> Self {
        let Some(number) = self.number.filter(|_| decimals > 0) else { return self.clone() };
        let written = |lang| {
            let part = format!("{:03}", number % 1_000);
            let part = part.get(..decimals.clamp(self.decimals(), 3)).unwrap_or(&part);
            format!("{}{}{part}", whole(number / 1_000, lang), marks(lang).0)
        };
        Self { number: self.number, ..Self::figure(written) }
    }

    /// Grams as kilograms: `1.234,5 kg` and `1,234.5 kg`. The space does not break.
    #[must_use]
    pub fn kilograms(grams: u64) -> Self {
        Self::figure(|lang| format!("{}\u{A0}kg", thousandths(grams, lang)))
    }

    /// A day: `12/06/2026` and `2026-06-12`.
    #[must_use]
    pub fn day(when: When) -> Self {
        Self::figure(|lang| day(when, lang))
    }

    /// A day and time with its zone.
    #[must_use]
    pub fn minute(when: When) -> Self {
        Self::figure(|lang| format!("{} {} ({})", day(when, lang), when.clock(), zone(when)))
    }

    /// A figure that languages write differently.
    fn figure(write: impl Fn(Language) -> String) -> Self {
        Self { kind: Kind::Code, ..Self::with(write) }
    }

    /// Both one after the other, with something between.
    #[must_use]
    pub fn then(&self, between: &str, next: &Self) -> Self {
        let kind = if [self.kind, next.kind].contains(&Kind::Words) { Kind::Words } else { Kind::Code };
        let joined = |lang| format!("{}{between}{}", self.in_language(lang), next.in_language(lang));
        Self { kind, ..Self::with(joined) }
    }

    /// In one language.
    #[must_use]
    pub fn in_language(&self, lang: Language) -> &str {
        match (lang, &self.en) {
            (Language::En, Some(en)) => en,
            _ => &self.vi,
        }
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.vi.is_empty() && self.en.is_none()
    }

    /// What a document in these languages shows: once, or once for each.
    pub(super) fn shown(&self, langs: Langs) -> Vec<(Option<Language>, &str)> {
        let tag = |lang| (self.kind == Kind::Words).then_some(lang);
        match (langs, &self.en) {
            (Langs::En, Some(en)) => vec![(tag(Language::En), en)],
            (Langs::ViEn, Some(en)) => vec![(tag(Language::Vi), &self.vi), (tag(Language::En), en)],
            _ => vec![(tag(Language::Vi), &self.vi)],
        }
    }

    /// All of it in one line, for outlines, titles and alternative texts.
    pub(super) fn joined(&self, langs: Langs) -> String {
        let texts: Vec<&str> = self.shown(langs).into_iter().map(|(_, text)| text).collect();
        texts.join(" / ")
    }
}

/// As a PDF names a language (BCP 47).
pub(super) const fn tag(language: Language) -> &'static str {
    match language {
        Language::Vi => "vi",
        Language::En => "en",
    }
}

/// What stands before decimals, and between groups of three figures.
const fn marks(language: Language) -> (char, char) {
    match language {
        Language::Vi => (',', '.'),
        Language::En => ('.', ','),
    }
}

fn day(when: When, language: Language) -> String {
    match language {
        Language::Vi => when.day_first(),
        Language::En => when.date(),
    }
}

/// `UTC+7`, or with minutes where there are some.
fn zone(when: When) -> String {
    let minutes = when.offset.get();
    let sign = if minutes < 0 { '−' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

fn whole(number: u64, lang: Language) -> String {
    let digits = number.to_string();
    let (_, mark) = marks(lang);
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(mark);
        }
        grouped.push(digit);
    }
    grouped
}

fn thousandths(number: u64, lang: Language) -> String {
    let whole = whole(number / 1_000, lang);
    match number % 1_000 {
        0 => whole,
        rest => format!("{whole}{}{}", marks(lang).0, format!("{rest:03}").trim_end_matches('0')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_each_language_writes_them() {
        let said = |said: &Said| [Language::Vi, Language::En].map(|lang| said.in_language(lang).replace('\u{A0}', " "));
        assert_eq!(said(&Said::kilograms(1_234_500)), ["1.234,5 kg", "1,234.5 kg"]);
        assert_eq!(said(&Said::kilograms(5)), ["0,005 kg", "0.005 kg"]);
        assert_eq!(said(&Said::kilograms(17_424_000)), ["17.424 kg", "17,424 kg"]);
        assert_eq!(said(&Said::whole(1_000_000)), ["1.000.000", "1,000,000"]);
        let aligned = [10_500_000, 10_526_460].map(|grams| said(&Said::thousandths(grams).with_decimals(2)));
        assert_eq!(aligned, [["10.500,00", "10,500.00"], ["10.526,46", "10,526.46"]]);
        assert_eq!([0, 500, 460, 7].map(|number| Said::thousandths(number).decimals()), [0, 1, 2, 3]);
        assert_eq!(Said::thousandths(7).with_decimals(1), Said::thousandths(7));
        assert_eq!(Said::whole(999).shown(Langs::ViEn).len(), 1);
        let both = Said::new("Tổng", "Sum").then(" ", &Said::whole(1_000));
        assert_eq!(said(&both), ["Tổng 1.000", "Sum 1,000"]);
        let when = |minutes| {
            let offset = nguon_core::values::UtcOffset::new(minutes).unwrap();
            said(&Said::minute(When::new(nguon_core::values::Time::new(1_781_226_000).unwrap(), offset)))
        };
        assert_eq!(when(420), ["12/06/2026 08:00 (UTC+7)", "2026-06-12 08:00 (UTC+7)"]);
        assert_eq!(when(-210), ["11/06/2026 21:30 (UTC−3:30)", "2026-06-11 21:30 (UTC−3:30)"]);
        assert_eq!(both.joined(Langs::ViEn), "Tổng 1.000 / Sum 1,000");
    }
}
