//! Composing and decomposing Latin letters (Unicode NFC and NFD, UAX #15) from a table of 497 lines.
//!
//! The tables of the whole of Unicode weigh more in a browser than all else here. What is not Latin is left as it is; whoever
//! signs normalises it once more. Tests hold this to `unicode-normalization`.

use std::sync::OnceLock;

/// One line a letter: composed, base, mark; by ascending letter.
const LETTERS: &str = include_str!("../../data/latin.txt");

struct Table {
    /// By the composed letter.
    apart: Vec<(char, char, char)>,
    /// By base and mark.
    together: Vec<(char, char, char)>,
}

fn table() -> &'static Table {
    static READ: OnceLock<Table> = OnceLock::new();
    READ.get_or_init(|| {
        let letters = LETTERS.lines().filter_map(|line| {
            let mut letters = line.chars();
            Some((letters.next()?, letters.next()?, letters.next()?))
        });
        let apart: Vec<(char, char, char)> = letters.collect();
        let mut together: Vec<(char, char, char)> =
            apart.iter().map(|(whole, base, mark)| (*base, *mark, *whole)).collect();
        together.sort_unstable();
        Table { apart, together }
    })
}

/// Whether it is a mark on the letter before it.
pub(super) const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Letters with their marks as one character each.
pub(super) fn composed(text: &str) -> String {
    if !text.chars().any(is_mark) {
        return text.to_owned();
    }
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    // Where the last letter stands that marks can join, and the class of the mark before.
    let (mut base, mut before) = (None, 0);
    for c in decomposed(text) {
        let class = class(c);
        // A mark joins unless one of its own class, or a letter, stands between.
        let free = class > 0 && (before < class || base == out.len().checked_sub(1));
        if let Some(letter) = base.filter(|_| free).and_then(|at: usize| out.get_mut(at))
            && let Some(whole) = whole(*letter, c)
        {
            *letter = whole;
            continue;
        }
        if class == 0 {
            base = Some(out.len());
        }
        before = class;
        out.push(c);
    }
    out.into_iter().collect()
}

/// Letters and their marks apart, marks in canonical order.
pub(super) fn decomposed(text: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(text.len() + text.len() / 2);
    for c in text.chars() {
        push(c, &mut out);
    }
    let mut rest = out.as_mut_slice();
    while let Some(first) = rest.iter().position(|c| class(*c) > 0) {
        let (_, from) = rest.split_at_mut(first);
        let end = from.iter().position(|c| class(*c) == 0).unwrap_or(from.len());
        let (run, behind) = from.split_at_mut(end);
        run.sort_by_key(|c| class(*c));
        rest = behind;
    }
    out
}

fn push(c: char, out: &mut Vec<char>) {
    match c {
        '\u{340}' => out.push('\u{300}'),
        '\u{341}' => out.push('\u{301}'),
        '\u{343}' => out.push('\u{313}'),
        '\u{344}' => out.extend(['\u{308}', '\u{301}']),
        _ => {
            let apart = &table().apart;
            match apart.binary_search_by_key(&c, |(whole, ..)| *whole).ok().and_then(|at| apart.get(at)) {
                Some((_, base, mark)) => {
                    // A base may itself be a letter with a mark; that goes at most two deep.
                    push(*base, out);
                    out.push(*mark);
                }
                None => out.push(c),
            }
        }
    }
}

fn whole(base: char, mark: char) -> Option<char> {
    let together = &table().together;
    let at = together.binary_search_by_key(&(base, mark), |(base, mark, _)| (*base, *mark)).ok()?;
    together.get(at).map(|(_, _, whole)| *whole)
}

/// The canonical combining class of a mark; 0 of everything else.
const fn class(c: char) -> u8 {
    match c {
        '\u{34f}' => 0,
        '\u{334}'..='\u{338}' => 1,
        '\u{321}' | '\u{322}' | '\u{327}' | '\u{328}' => 202,
        '\u{31b}' => 216,
        '\u{316}'..='\u{319}'
        | '\u{31c}'..='\u{320}'
        | '\u{323}'..='\u{326}'
        | '\u{329}'..='\u{333}'
        | '\u{339}'..='\u{33c}'
        | '\u{347}'..='\u{349}'
        | '\u{34d}'
        | '\u{34e}'
        | '\u{353}'..='\u{356}'
        | '\u{359}'
        | '\u{35a}' => 220,
        '\u{315}' | '\u{31a}' | '\u{358}' => 232,
        '\u{35c}' | '\u{35f}' | '\u{362}' => 233,
        '\u{35d}' | '\u{35e}' | '\u{360}' | '\u{361}' => 234,
        '\u{345}' => 240,
        '\u{300}'..='\u{36f}' => 230,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    #[test]
    fn every_latin_letter_composes_and_decomposes_as_unicode_says() {
        for c in ('\u{20}'..'\u{370}').chain('\u{1e00}'..'\u{1f00}') {
            let text = c.to_string();
            let (apart, together): (String, String) = (text.nfd().collect(), text.nfc().collect());
            assert_eq!(decomposed(&text).into_iter().collect::<String>(), apart, "{c:?}");
            assert_eq!(composed(&apart), together, "{c:?}");
        }
        assert!(table().apart.is_sorted() && table().apart.len() == 497);
    }

    proptest! {
        #[test]
        fn letters_and_marks_in_any_order_compose_as_unicode_says(text in "[a-zA-ZÀ-ɏḀ-ỿ ̀-ͯ]{0,24}") {
            prop_assert_eq!(composed(&text), text.nfc().collect::<String>());
        }
    }
}
