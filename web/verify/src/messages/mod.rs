//! Every sentence and word of the page, one table per language. The tables are values of one struct, so a language that
//! lacks a message does not compile. Words in braces are filled in with [`fill`].
//!
//! The page's program carries Vietnamese. Every other language is a file of its own beside it, one message a line, which
//! the page fetches when it is chosen; programs that are no page carry them all.

mod en;
mod ja;
mod ko;
mod table;
mod vi;
mod zh;

use std::sync::OnceLock;

use crate::lang::Lang;

pub use table::{Messages, Written};

/// The languages that are here.
static HERE: [OnceLock<Messages>; Lang::ALL.len()] = [const { OnceLock::new() }; _];

/// All that the page says in a language; in Vietnamese until [`learn`] was given the language's text.
#[must_use]
pub fn of(lang: Lang) -> &'static Messages {
    if let Some(messages) = here(lang) {
        return messages;
    }
    HERE[Lang::Vi as usize].get_or_init(|| Messages::read(text(Lang::Vi)).unwrap_or(Messages::NONE))
}

/// Whether the page can speak a language by now.
#[must_use]
pub fn is_here(lang: Lang) -> bool {
    lang == Lang::Vi || here(lang).is_some()
}

#[cfg(target_arch = "wasm32")]
fn here(lang: Lang) -> Option<&'static Messages> {
    HERE[lang as usize].get()
}

#[cfg(not(target_arch = "wasm32"))]
fn here(lang: Lang) -> Option<&'static Messages> {
    Some(HERE[lang as usize].get_or_init(|| Messages::read(text(lang)).unwrap_or(Messages::NONE)))
}

/// Takes a language's text; says whether it is one.
pub fn learn(lang: Lang, text: String) -> bool {
    // Kept for as long as the page is open, as if it had been compiled in.
    let messages = Messages::read(text.leak());
    messages.is_some_and(|messages| HERE[lang as usize].set(messages).is_ok() || is_here(lang))
}

/// A language's text, as [`learn`] takes it.
#[must_use]
pub const fn text(lang: Lang) -> &'static str {
    macro_rules! text {
        ($written:expr) => {{
            const TEXT: [u8; $written.size()] = $written.text();
            match std::str::from_utf8(&TEXT) {
                Ok(text) => text,
                Err(_) => "",
            }
        }};
    }
    match lang {
        Lang::Vi => text!(vi::VI),
        Lang::En => text!(en::EN),
        Lang::Zh => text!(zh::ZH),
        Lang::Ja => text!(ja::JA),
        Lang::Ko => text!(ko::KO),
    }
}

/// Replaces each `{name}` of a message by its value, and each `{name?day/days}` by the first word if that value is 1, else by
/// the second: English alone needs that. A name that is not given stays as it is, for the tests to find.
#[must_use]
pub fn fill(message: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(message.len() + 32);
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        let (name, words) = name.split_once('?').unwrap_or((name, ""));
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(match words.split_once('/') {
                Some((one, _)) if *value == "1" => one,
                Some((_, other)) => other,
                None => value,
            }),
            None => {
                filled.push('{');
                filled.push_str(name);
                filled.push('}');
            }
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        Lang::ALL.into_iter().flat_map(|lang| of(lang).entries())
    }

    #[test]
    fn a_language_is_read_as_it_was_written_down() {
        let entries = of(Lang::En).entries();
        assert_eq!(entries.first(), Some(&("marks", en::EN.marks)));
        assert_eq!(entries.last(), Some(&("show_bytes", en::EN.show_bytes)));
        assert_eq!(of(Lang::Vi).verdict_unlogged(), vi::VI.verdict_unlogged);
    }

    #[test]
    fn a_text_of_another_page_is_no_language() {
        let (one_less, _) = text(Lang::En).rsplit_once('\n').unwrap();
        for other in ["", "one line", one_less] {
            assert!(Messages::read(other).is_none());
        }
        let one_more: &'static str = format!("{}\n", text(Lang::En)).leak();
        assert!(Messages::read(one_more).is_none());
    }

    fn placeholders(message: &str) -> Vec<&str> {
        let mut names: Vec<_> =
            message.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect();
        // Where a language has a plural, its word depends on a value that stands in the message too.
        names.retain(|name| !name.contains('?'));
        names.sort_unstable();
        names
    }

    #[test]
    fn one_of_a_thing_is_not_several() {
        let days = of(Lang::En).day_count();
        assert_eq!([fill(days, &[("n", "1")]), fill(days, &[("n", "7")])], ["1 day", "7 days"]);
        let holds = of(Lang::En).verdict_valid();
        assert!(fill(holds, &[("n", "1"), ("m", "1")]).ends_with("1 signature by 1 party holds."));
        for (name, text) in all() {
            for plural in text.split('{').filter_map(|part| part.split_once('}')?.0.split_once('?')) {
                assert!(placeholders(text).contains(&plural.0) && plural.1.contains('/'), "{name}: {text}");
            }
        }
    }

    /// How a date is written is the language's own: with or without a nought before the day.
    fn date_is_of_year_month_and_day(lang: Lang) -> bool {
        let names = placeholders(of(lang).date());
        names == ["d", "month", "year"] || names == ["dd", "month", "year"]
    }

    #[test]
    fn every_language_fills_in_the_same_values() {
        let vi = of(Lang::Vi).entries();
        for lang in Lang::ALL {
            assert!(date_is_of_year_month_and_day(lang), "{lang:?}");
            for ((name, vi), (_, other)) in vi.iter().zip(of(lang).entries()).filter(|((name, _), _)| *name != "date") {
                assert_eq!(placeholders(vi), placeholders(other), "{lang:?} {name}");
            }
        }
    }

    #[test]
    fn no_message_is_empty_and_none_shouts() {
        for lang in Lang::ALL {
            for (name, text) in of(lang).entries() {
                let nothing_to_explain = name == "glossary" && lang == Lang::Vi;
                assert!(!text.trim().is_empty() || nothing_to_explain, "{lang:?} {name}");
                assert!(text == text.trim() || name == "list_mark", "{lang:?} {name}");
                assert!(!text.contains(['!', '！']), "{lang:?} {name}");
            }
        }
    }

    #[test]
    fn the_page_never_says_more_than_was_proven() {
        let boasts = [
            "blockchain",
            "100 %",
            "100%",
            "an toàn tuyệt đối",
            "secure",
            "guarantee",
            "区块链",
            "绝对安全",
            "保证",
            "百分之百",
            "ブロックチェーン",
            "保証",
            "絶対に安全",
            "블록체인",
            "보증",
            "보장",
            "절대 안전",
        ];
        for (name, text) in all() {
            let text = text.to_lowercase();
            for phrase in boasts {
                assert!(!text.contains(phrase), "{name}: {phrase}");
            }
        }
    }

    /// The sentences of shared/UI.md; a reader of Chinese must not be told more than one of Vietnamese.
    #[test]
    fn chinese_verdicts_are_those_that_were_agreed() {
        let m = of(Lang::Zh);
        assert_eq!(m.verdict_valid(), "该批次记录完整、未被改动：{m} 方共 {n} 个签名有效。");
        assert_eq!(m.label_lot_only(), "标签仅对应批次，无法证明这一盒。");
        assert_eq!(m.verdict_unlogged(), "签名有效，但尚无法证明记录完整。");
        assert_eq!(m.verdict_stale(), "截至 {time} 属实，之后尚无确认。");
        assert_eq!(m.verdict_recalled(), "已召回：{reason}。请勿食用并联系卖家。");
        assert_eq!(m.verdict_incomplete(), "记录不全，暂无结论，请重新加载。");
        assert_eq!(m.verdict_forked(), "该批次存在两份矛盾的记录，均不可信，请告知卖家。");
        assert_eq!(m.verdict_invalid(), "第 {step} 步的记录无效：{cause}。");
        assert_eq!(m.verdict_untrusted_key(), "无法识别第 {step} 步的签署者。");
        assert_eq!(m.verdict_suspect(), "第 {step} 步使用了已挂失的密钥，待重新确认。");
        assert_eq!(m.verdict_over_allocated(), "重量不符：流出多于流入。");
        assert_eq!(m.verdict_needs_newer_app(), "需要更新应用才能读取该记录。");
        assert_eq!(m.wrong_label(), "标签与该批次不符，请告知卖家。");
        assert_eq!(m.no_such_lot(), "登记册中没有该批次。");
        assert_eq!(m.not_reachable(), "无法连接，请联网后重试。");
    }

    #[test]
    fn vietnamese_is_written_in_one_spelling() {
        for (name, text) in of(Lang::Vi).entries() {
            assert!(!text.contains("khoá") && !text.contains("hoá"), "{name}");
        }
    }

    #[test]
    fn every_language_is_composed() {
        for lang in Lang::ALL {
            for (name, text) in of(lang).entries() {
                // Combining accents, Japanese voicing marks and Korean letters that stand alone are of decomposed text.
                let loose = |letter| matches!(letter, '\u{300}'..='\u{36f}' | '\u{3099}'..='\u{309c}' | '\u{1100}'..='\u{11ff}');
                assert!(!text.chars().any(loose), "{lang:?} {name} is not NFC");
            }
        }
    }

    /// A message that was copied and never translated is written in the wrong script.
    #[test]
    fn each_language_is_written_in_its_own_script() {
        let han = |letter| matches!(letter, '\u{4e00}'..='\u{9fff}');
        let kana = |letter| matches!(letter, '\u{3040}'..='\u{30ff}');
        let hangul = |letter| matches!(letter, '\u{ac00}'..='\u{d7a3}');
        let plain = ["brand", "marks", "list_mark", "months", "date", "moment", "glossary", "glossed", "residue"];
        let marks_only =
            |text: &str| text.split(['{', '}']).step_by(2).all(|part| !part.chars().any(char::is_alphabetic));
        for lang in [Lang::Zh, Lang::Ja, Lang::Ko] {
            for (name, text) in of(lang).entries().into_iter().filter(|(name, _)| !plain.contains(name)) {
                let own = match lang {
                    Lang::Zh => text.chars().any(han) && !text.chars().any(kana),
                    Lang::Ja => text.chars().any(han) || text.chars().any(kana),
                    _ => text.chars().any(hangul) && !text.chars().any(han) && !text.chars().any(kana),
                };
                assert!(own || marks_only(text), "{lang:?} {name}: {text}");
            }
        }
    }

    #[test]
    fn a_value_is_never_taken_for_a_placeholder() {
        assert_eq!(fill("a {x} b {y}", &[("x", "{y}"), ("y", "2")]), "a {y} b 2");
        assert_eq!(fill("{z} {", &[]), "{z} {");
    }
}
