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

/// Capital and small letters that are no others with marks.
const PAIRS: [(char, char); 8] =
    [('Đ', 'đ'), ('Æ', 'æ'), ('Ø', 'ø'), ('Ʒ', 'ʒ'), ('Ł', 'ł'), ('Œ', 'œ'), ('Ð', 'ð'), ('Þ', 'þ')];

/// A small letter: of ASCII and full-width letters, of some pairs, and of whatever is one of these with marks. The tables of all
/// of Unicode's capitals weigh 24 KB in a browser. No letter changes its length in UTF-8.
pub(crate) fn small(c: char) -> char {
    match c {
        '\u{ff21}'..='\u{ff3a}' => u32::from(c).checked_add(0x20).and_then(char::from_u32).unwrap_or(c),
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => PAIRS.iter().find(|(large, _)| *large == c).map_or_else(|| with_base(c, small), |(_, small)| *small),
    }
}

/// A capital letter, likewise.
pub(crate) fn capital(c: char) -> char {
    match c {
        '\u{ff41}'..='\u{ff5a}' => u32::from(c).checked_sub(0x20).and_then(char::from_u32).unwrap_or(c),
        _ if c.is_ascii() => c.to_ascii_uppercase(),
        _ => PAIRS.iter().find(|(_, small)| *small == c).map_or_else(|| with_base(c, capital), |(large, _)| *large),
    }
}

/// A letter with another base under the same mark, if there is one of the same length.
fn with_base(c: char, other: fn(char) -> char) -> char {
    let apart = &table().apart;
    let found = apart.binary_search_by_key(&c, |(whole, ..)| *whole).ok().and_then(|at| apart.get(at));
    let made = found.and_then(|(_, base, mark)| whole(other(*base), *mark));
    made.filter(|made| made.len_utf8() == c.len_utf8()).unwrap_or(c)
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
    fn small_and_capital_are_what_unicode_says_of_every_letter_of_the_table() {
        let mut of_ours = 0;
        // The long s has a capital that is not its own; nobody is called so.
        for (letter, ..) in table().apart.iter().filter(|(_, base, _)| *base != 'ſ') {
            for (ours, theirs) in [
                (small(*letter), letter.to_lowercase().collect::<String>()),
                (capital(*letter), letter.to_uppercase().collect::<String>()),
            ] {
                // Where Unicode's has another length, or is several letters, ours stays as it is.
                if theirs.len() == letter.len_utf8() && theirs.chars().count() == 1 {
                    assert_eq!(ours.to_string(), theirs, "{letter}");
                    of_ours += 1;
                } else {
                    assert_eq!(ours, *letter);
                }
            }
        }
        assert!(of_ours > 900, "{of_ours}");
        for text in ["Đđ", "ＡｚＺ", "Az09/", "vải THIỀU Ượ ẮỰ"] {
            assert_eq!(text.chars().map(small).collect::<String>(), text.to_lowercase());
            assert_eq!(text.chars().map(capital).collect::<String>(), text.to_uppercase());
        }
    }

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
