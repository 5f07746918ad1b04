//! Numbers, weights and dates as each language writes them.

use crate::communes;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Mass, Stamp, Titled, Unit, Value, Word};

/// A value in the reader's language.
#[must_use]
pub fn value(lang: Lang, value: &Value) -> String {
    let m = lang.messages();
    match value {
        Value::Text(words) => glossed(lang, words),
        Value::Code(code) => code.clone(),
        Value::Moment(at) => moment(lang, *at),
        Value::Days(first, Some(last)) => days(lang, *first, *last),
        Value::Days(first, None) => fill(m.from_on(), &[("from", &day(lang, *first))]),
        Value::Mass(grams) => mass(lang, *grams),
        Value::Measure(thousandths, of) => unit(lang, *thousandths, of.sign()),
        // A thousandth of an hour is 3.6 seconds.
        Value::Hours(seconds) => fill(m.hours(), &[("n", &thousandths(lang, seconds.saturating_mul(10) / 36))]),
        Value::Residue(name, found, limit) => {
            let of = |micrograms| unit(lang, micrograms, Unit::MilligramPerKilogram.sign());
            let found = if *found == 0 { m.residue_none().into() } else { of(*found) };
            let message = if limit.is_some() { m.residue_limit() } else { m.residue() };
            let limit = limit.map(of).unwrap_or_default();
            fill(message, &[("name", name), ("found", &found), ("limit", &limit)])
        }
        Value::Step(number) => fill(m.step_number(), &[("n", &number.to_string())]),
        Value::Area(square_metres) => area(lang, *square_metres),
        Value::Temperature(thousandths) => temperature(lang, *thousandths),
        Value::Count(number) => count(lang, *number),
        Value::DayCount(number) => fill(m.day_count(), &[("n", &count(lang, *number))]),
        Value::Commune(code) => communes::place(code),
        Value::Word(word) => title(*word, lang).into(),
        Value::Withheld => m.withheld().into(),
    }
}

/// Words as recorded, with what they mean to those who do not read Vietnamese, where it is known: varieties are not translated.
#[must_use]
pub fn glossed(lang: Lang, words: &str) -> String {
    let m = lang.messages();
    for entry in m.glossary().split(';') {
        if let Some((known, meaning)) = entry.split_once('=')
            && words.starts_with(known)
        {
            return fill(m.glossed(), &[("words", words), ("meaning", meaning)]);
        }
    }
    words.to_owned()
}

fn title(word: Word, lang: Lang) -> &'static str {
    let m = lang.messages();
    match word {
        Word::Input(word) => word.title(m),
        Word::Draw(word) => word.title(m),
        Word::Place(word) => word.title(m),
        Word::Recall(word) => word.title(m),
        Word::Correction(word) => word.title(m),
        Word::Cooling(word) => word.title(m),
        Word::Treatment(word) => word.title(m),
        Word::Loss(word) => word.title(m),
        Word::Disposal(word) => word.title(m),
        Word::Inspection(word) => word.title(m),
        Word::Purpose(word) => word.title(m),
        Word::Suspension(word) => word.title(m),
        Word::Standing(word) => word.title(m),
    }
}

/// A whole number, in groups of three: `12.400` or `12,400`.
#[must_use]
pub fn count(lang: Lang, number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push_str(marks(lang).0);
        }
        grouped.push(digit);
    }
    grouped
}

/// What stands between groups of three digits, and before the fraction.
fn marks(lang: Lang) -> (&'static str, &'static str) {
    lang.messages().marks().split_at_checked(1).unwrap_or_default()
}

/// A weight in kilograms, to the gram where there are grams: `12.400,5 kg`.
#[must_use]
pub fn mass(lang: Lang, mass: Mass) -> String {
    unit(lang, mass.0, "kg")
}

/// An area in hectares: `0,35 ha`.
#[must_use]
pub fn area(lang: Lang, square_metres: u64) -> String {
    // Ten square metres are a thousandth of a hectare; the last digit of a square metre is below what is surveyed.
    unit(lang, square_metres / 10, "ha")
}

/// A temperature: `4,5 °C`.
#[must_use]
pub fn temperature(lang: Lang, thousandths_of_a_degree: i32) -> String {
    let sign = if thousandths_of_a_degree < 0 { "−" } else { "" };
    sign.to_owned() + &unit(lang, thousandths_of_a_degree.unsigned_abs().into(), "°C")
}

/// Thousandths of a unit, with the unit's name.
fn unit(lang: Lang, number: u64, name: &str) -> String {
    thousandths(lang, number) + "\u{a0}" + name
}

/// A number with noughts before it.
fn padded(number: impl Into<u64>, digits: usize) -> String {
    let mut text = number.into().to_string();
    while text.len() < digits {
        text.insert(0, '0');
    }
    text
}

fn thousandths(lang: Lang, number: u64) -> String {
    let mut text = count(lang, number / 1000);
    let fraction = padded(number % 1000, 3);
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        text.push_str(marks(lang).1);
        text.push_str(fraction);
    }
    text
}

/// A date: `05/06/2026`, `5 Jun 2026` or `2026年6月5日`.
#[must_use]
pub fn day(lang: Lang, at: Stamp) -> String {
    let (civil, m) = (at.civil(), lang.messages());
    let month = m.months().split(' ').nth(usize::from(civil.month - 1)).unwrap_or_default();
    let (day, year) = (civil.day.to_string(), civil.year.to_string());
    fill(m.date(), &[("dd", &padded(civil.day, 2)), ("d", &day), ("month", month), ("year", &year)])
}

/// A date and time by the signer's own clock, which is named unless it is Vietnam's.
#[must_use]
pub fn moment(lang: Lang, at: Stamp) -> String {
    let civil = at.civil();
    let clock = |hours: u64, minutes: u64| [&*padded(hours, 2), ":", &padded(minutes, 2)].concat();
    let time = clock(civil.hour.into(), civil.minute.into());
    let mut text = fill(lang.messages().moment(), &[("date", &day(lang, at)), ("time", &time)]);
    if at.offset != Stamp::VIETNAM {
        let minutes = at.offset.unsigned_abs();
        let sign = if at.offset < 0 { "−" } else { "+" };
        let away = clock((minutes / 60).into(), (minutes % 60).into());
        text = [&*text, "\u{a0}(UTC", sign, &away, ")"].concat();
    }
    text
}

/// First and last day, or the one day if they are the same.
#[must_use]
pub fn days(lang: Lang, first: Stamp, last: Stamp) -> String {
    let (first, last) = (day(lang, first), day(lang, last));
    if first == last { first } else { fill(lang.messages().from_to(), &[("from", &first), ("to", &last)]) }
}

/// Bytes in hexadecimal, in groups of four bytes that a reader can compare.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 9 / 4);
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 && index.is_multiple_of(4) {
            text.push(' ');
        }
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const NB: char = '\u{a0}';

    #[test]
    fn weights_are_written_as_the_language_writes_them() {
        assert_eq!(mass(Lang::Vi, Mass(12_400_000)), format!("12.400{NB}kg"));
        assert_eq!(mass(Lang::En, Mass(12_400_000)), format!("12,400{NB}kg"));
        assert_eq!(mass(Lang::Vi, Mass(1_234_567_050)), format!("1.234.567,05{NB}kg"));
        assert_eq!(mass(Lang::En, Mass(500)), format!("0.5{NB}kg"));
        assert_eq!(mass(Lang::Vi, Mass(0)), format!("0{NB}kg"));
        assert_eq!(area(Lang::Vi, 3_500), format!("0,35{NB}ha"));
        assert_eq!(temperature(Lang::Vi, 4_500), format!("4,5{NB}°C"));
        assert_eq!(temperature(Lang::En, -18_000), format!("−18{NB}°C"));
    }

    #[test]
    fn every_language_writes_a_date_as_its_readers_do() {
        let flag_day = Stamp::vietnam(1_781_370_000);
        let written = Lang::ALL.map(|lang| day(lang, flag_day).replace(NB, " "));
        assert_eq!(written, ["14/06/2026", "14 Jun 2026", "2026年6月14日", "2026年6月14日", "2026년 6월 14일"]);
        for lang in Lang::ALL {
            let months: Vec<_> = lang.messages().months().split(' ').collect();
            assert_eq!(months.len(), 12, "{lang:?}");
        }
    }

    #[test]
    fn numbers_have_the_marks_of_their_language() {
        for lang in [Lang::En, Lang::Zh, Lang::Ja, Lang::Ko] {
            assert_eq!(mass(lang, Mass(12_400_500)), format!("12,400.5{NB}kg"), "{lang:?}");
        }
        assert_eq!(count(Lang::Vi, 1_234_567), "1.234.567");
        assert_eq!(count(Lang::Ko, 999), "999");
    }

    #[test]
    fn trade_words_stay_as_recorded_and_are_explained_to_foreigners() {
        let fruit = Value::Text("Vải thiều tươi".into());
        assert_eq!(value(Lang::Vi, &fruit), "Vải thiều tươi");
        for (lang, meaning) in [(Lang::En, "lychee"), (Lang::Zh, "荔枝"), (Lang::Ja, "ライチ"), (Lang::Ko, "리치")]
        {
            let told = value(lang, &fruit);
            assert!(told.starts_with("Vải thiều tươi") && told.contains(meaning), "{told}");
        }
        assert_eq!(value(Lang::Ja, &Value::Text("Bưởi Diễn".into())), "Bưởi Diễn", "nothing is guessed");
        assert_eq!(
            value(Lang::Ja, &Value::Code("vải thiều".into())),
            "vải thiều",
            "codes are compared letter by letter"
        );
    }

    #[test]
    fn dates_follow_the_records_own_clock() {
        let afternoon = Stamp::vietnam(1_780_644_600);
        assert_eq!(moment(Lang::Vi, afternoon), format!("05/06/2026{NB}14:30"));
        assert_eq!(moment(Lang::En, afternoon), format!("5{NB}Jun{NB}2026,{NB}14:30"));
        let elsewhere = Stamp { offset: -210, ..afternoon };
        assert_eq!(moment(Lang::Vi, elsewhere), format!("05/06/2026{NB}04:00{NB}(UTC−03:30)"));
    }

    #[test]
    fn one_day_is_not_a_span() {
        let day = Stamp::vietnam(1_780_644_600);
        assert_eq!(days(Lang::Vi, day, day), "05/06/2026");
        let next = Stamp::vietnam(day.unix + 86_400);
        assert_eq!(days(Lang::Vi, day, next), "05/06/2026 đến 06/06/2026");
    }

    #[test]
    fn bytes_can_be_compared_in_groups() {
        assert_eq!(hex(&[0x00, 0x1f, 0xff, 0xa0, 0x07]), "001fffa0 07");
        assert_eq!(hex(&[]), "");
    }
}
